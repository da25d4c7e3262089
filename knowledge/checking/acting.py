"""Who acts in a claim and who is acted upon, held against the facts once nothing else speaks against it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.parties import symmetric
from knowledge.checking.roles import Roles, passive, undergoes
from knowledge.checking.seated import Doubt, gap, seats
from knowledge.checking.sides import role_words
from knowledge.model import Verdict
from knowledge.names import Mention

_REACH = 5
_VERB = 2


def wrong_actor(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """Somebody who does what the facts say another did."""
    top = facts[0]
    spoken = {m.first for _, m in roles.speakers}
    seated = [a for known in facts for a in (*known.fact.agent, *((known.fact.speaker,) if known.fact.speaker else ()))]
    seated += [a for known in facts if symmetric(known) for a in known.fact.patient]
    if not top.fact.agent or _announced(base, roles, top):
        return None
    for actor, mention in roles.agents:
        if not roles.by and _undergoes(claimed, mention, top):
            continue
        if mention.first not in spoken and not seats(base, actor, _heard(seated, roles)):
            return Verdict.CONTRADICTED, (gap(claimed, mention, base.sides.names(top.fact.agent)),)
    return None


def _announced(base: Base, roles: Roles, top: Known) -> bool:
    """Whether the claim gives what was announced as said by the one who announced it: others act in it."""
    told = [actor for actor, _ in roles.speakers if base.sides.among(actor, top.fact.agent)]
    return bool(told) and "announce" in top.needed


def _heard(seated: Sequence[str], roles: Roles) -> list[str]:
    """Those who may act; one who is named as speaking need not also act."""
    speaking = {actor for actor, _ in roles.speakers}
    return [actor for actor in seated if actor not in speaking] or list(seated)


def coordinated(base: Base, claimed: Claimed, facts: Sequence[Known]) -> Doubt | None:
    """One to whom it was done, told with «and» among those who did it."""
    fact = facts[0].fact
    if symmetric(facts[0]):
        return None
    for one, other in itertools.pairwise(m for m in claimed.mentions if len(m.ids) == 1):
        if claimed.words[one.last + 1 : other.first] != ["and"]:
            continue
        ids = {one.ids[0], other.ids[0]}
        if ids & set(fact.agent) and ids & (set(fact.patient) - set(fact.agent)):
            return Verdict.CONTRADICTED, (gap(claimed, one, base.sides.names(fact.agent)),)
    return None


def turned_round(base: Base, claimed: Claimed, top: Known) -> Doubt | None:
    """The one to whom it was done as the subject of the verb: «Assad toppled»."""
    fact = top.fact
    if found := _done_to(base, claimed, top):
        return found
    subject = next((m for m in claimed.mentions if len(m.ids) == 1), None)
    if claimed.lang != "en" or symmetric(top) or subject is None or subject.first > 1:
        return None
    verb = next((act for act in claimed.acts if act.first > subject.last), None)
    if verb is None or verb.name not in top.acts or verb.first - subject.last > _VERB or passive(claimed, subject):
        return None
    marked = claimed.said(subject.first, subject.last).endswith(("'s", "’s", "'", "’"))
    patient = base.sides.among(subject.ids[0], fact.patient) and not base.sides.among(subject.ids[0], fact.agent)
    behind = claimed.words[verb.last + 1 : verb.last + 2]
    if not behind or behind[0] in role_words()["prepositions"]:
        return None
    active = claimed.words[verb.first].endswith(("ed", "s")) or claimed.words[verb.first] in role_words()["active"]
    if patient and active and not marked and claimed.words[verb.first] not in role_words()["undergone"]:
        return Verdict.CONTRADICTED, (gap(claimed, subject, base.sides.names(fact.agent)),)
    return None


def _done_to(base: Base, claimed: Claimed, top: Known) -> Doubt | None:
    """Only the one to whom it was done named, where nothing is said to be done to anybody."""
    fact, named, befalls = top.fact, claimed.canonical.actors, set(role_words()["befalls"]) & top.acts
    done = claimed.act_names() & top.acts - befalls - set(role_words()["nominal"])
    if symmetric(top) or not done or (claimed.lang != "en" and claimed.act_names() & befalls):
        return None
    patient = next((m for m in claimed.mentions if m.ids[0] in fact.patient and m.ids[0] not in fact.agent), None)
    acting = any(base.sides.among(a, fact.agent[:1]) for a in named) or any(map(base.sides.nameless, fact.agent))
    if patient and claimed.lang == "en" and (undergoes(claimed, patient) or _object(claimed, patient)):
        return None
    if patient is None or acting or not any(base.sides.alike(patient.ids[0], agent) for agent in fact.agent):
        return None
    return Verdict.CONTRADICTED, (gap(claimed, patient, base.sides.names(fact.agent)),)


def _object(claimed: Claimed, mention: Mention) -> bool:
    """Whether a name stands at once behind something done: «that finished off X»."""
    return any(cue.last + 1 == mention.first for cue in claimed.acts)


def _undergoes(claimed: Claimed, mention: Mention, top: Known) -> bool:
    """Whether what follows a name may be done to it: «fell», «is under sanctions»."""
    befalls = set(role_words()["befalls"]) & top.acts
    if claimed.lang != "en":
        return bool(claimed.act_names() & befalls)
    nominal = set(role_words()["nominal"])
    done = next((act.name for act in claimed.acts if act.first > mention.last and act.name not in nominal), "")
    return not done or done in befalls


def wrong_target(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """«an attack on» those who carried it out."""
    table = role_words()["targeted"]
    for mention in claimed.mentions:
        against = claimed.words[max(0, mention.first - 1)] in table["against"]
        if against and mention.ids[0] in facts[0].fact.agent and not symmetric(facts[0]):
            return Verdict.CONTRADICTED, (gap(claimed, mention, base.sides.names(facts[0].fact.patient)),)
    for act in claimed.acts:
        if act.name not in table["acts"] or claimed.words[act.last + 1 : act.last + 2] not in (
            [w] for w in table["words"]
        ):
            continue
        spoken = {m.first for _, m in roles.speakers}
        near = (m for m in claimed.mentions if act.last < m.first <= act.last + _REACH and len(m.ids) == 1)
        near = (m for m in near if m.first not in spoken)
        target = next(near, None)
        own = [actor for known in facts if act.name in known.acts for actor in known.fact.patient]
        if target and own and not base.sides.among(_headed(base, claimed, target), own):
            return Verdict.CONTRADICTED, (gap(claimed, target, base.sides.names(own)),)
    return None


def _headed(base: Base, claimed: Claimed, mention: Mention) -> str:
    """Whoever leads the group that is named, where the claim says its leader."""
    beside = (
        *claimed.words[mention.last + 1 : mention.last + 2],
        *claimed.words[max(0, mention.first - 2) : mention.first],
    )
    heads = role_words()["heads"]
    return base.sides.leader(mention.ids[0]) if any(word in heads for word in beside) else mention.ids[0]

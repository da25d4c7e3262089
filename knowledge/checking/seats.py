"""Names of a claim that no fact seats where the claim does: a stranger, a wrong speaker, one side in both places."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.finding import Gap
from knowledge.checking.joined import around
from knowledge.checking.parties import symmetric
from knowledge.checking.roles import Roles, passive
from knowledge.checking.sides import role_words
from knowledge.model import Verdict
from knowledge.names import Mention

_Doubt = tuple[Verdict, tuple[Gap, ...]]
_BESIDE, _REACH, _VERB = 3, 5, 2


def misplaced(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """The first name that the facts do not seat where the claim does."""
    return (
        _wrong_speaker(base, claimed, roles, facts)
        or _wrong_target(base, claimed, roles, facts)
        or _stranger(base, claimed, roles, facts)
        or _wrong_actor(base, claimed, roles, facts)
        or _coordinated(base, claimed, facts)
        or _turned_round(base, claimed, facts[0])
        or _countryman(base, claimed, roles, facts[0])
        or _belongs(base, claimed, facts)
        or _paired(base, claimed, roles, facts)
        or _holder(base, claimed, facts)
        or _another_object(base, claimed, roles, facts)
        or _both_places(base, claimed, roles, facts)
    )


def _wrong_speaker(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """Words put into the mouth of somebody who does not say them."""
    speakers = [fact.speaker for fact in (known.fact for known in facts) if fact.speaker]
    entitled = [*speakers, *(actor for known in facts for actor in known.fact.agent)]
    for actor, mention in roles.speakers:
        if not _seats(base, actor, entitled):
            own = base.sides.names(speakers) or "no source given"
            return (Verdict.CONTRADICTED if speakers else Verdict.STRONGER), (_gap(claimed, mention, own),)
    return None


def _wrong_actor(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
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
        if mention.first not in spoken and not _seats(base, actor, _heard(seated, roles)):
            return Verdict.CONTRADICTED, (_gap(claimed, mention, base.sides.names(top.fact.agent)),)
    return None


def _coordinated(base: Base, claimed: Claimed, facts: Sequence[Known]) -> _Doubt | None:
    """One to whom it was done, told with «and» among those who did it."""
    fact = facts[0].fact
    if symmetric(facts[0]):
        return None
    for one, other in itertools.pairwise(m for m in claimed.mentions if len(m.ids) == 1):
        if claimed.words[one.last + 1 : other.first] != ["and"]:
            continue
        ids = {one.ids[0], other.ids[0]}
        if ids & set(fact.agent) and ids & (set(fact.patient) - set(fact.agent)):
            return Verdict.CONTRADICTED, (_gap(claimed, one, base.sides.names(fact.agent)),)
    return None


def _turned_round(base: Base, claimed: Claimed, top: Known) -> _Doubt | None:
    """The one to whom it was done as the subject of the verb: «Assad toppled»."""
    fact = top.fact
    if claimed.lang != "en":
        return _done_to(base, claimed, top)
    subject = next((m for m in claimed.mentions if len(m.ids) == 1), None)
    if symmetric(top) or subject is None or subject.first > 1:
        return None
    verb = next((act for act in claimed.acts if act.first > subject.last), None)
    if verb is None or verb.name not in top.acts or verb.first - subject.last > _VERB or passive(claimed, subject):
        return None
    marked = claimed.said(subject.first, subject.last).endswith(("'s", "’s", "'", "’"))
    patient = base.sides.among(subject.ids[0], fact.patient) and not base.sides.among(subject.ids[0], fact.agent)
    behind = claimed.words[verb.last + 1 : verb.last + 2]
    if not behind or behind[0] in role_words()["prepositions"]:
        return None
    active = claimed.words[verb.first].endswith("ed") or claimed.words[verb.first] in role_words()["active"]
    if patient and active and not marked and claimed.words[verb.first] not in role_words()["undergone"]:
        return Verdict.CONTRADICTED, (_gap(claimed, subject, base.sides.names(fact.agent)),)
    return None


def _done_to(base: Base, claimed: Claimed, top: Known) -> _Doubt | None:
    """Only the one to whom it was done named, where nothing is said to be done to anybody."""
    fact, named = top.fact, claimed.canonical.actors
    if symmetric(top) or claimed.act_names() & set(role_words()["befalls"]) & top.acts:
        return None
    patient = next((m for m in claimed.mentions if m.ids[0] in fact.patient and m.ids[0] not in fact.agent), None)
    acting = any(base.sides.among(actor, fact.agent) for actor in named)
    if patient is None or acting or not any(base.sides.alike(patient.ids[0], agent) for agent in fact.agent):
        return None
    return Verdict.CONTRADICTED, (_gap(claimed, patient, base.sides.names(fact.agent)),)


def _countryman(base: Base, claimed: Claimed, roles: Roles, top: Known) -> _Doubt | None:
    """«the South Korean counterpart» said of one who is not from there."""
    act = next((act for act in claimed.acts if act.name == "counterpart"), None)
    if act is None or top.fact.predicate != "counterpart" or not roles.agents:
        return None
    owner = next((m for m in claimed.mentions if m.last + 1 == act.first and len(m.ids) == 1), None)
    if owner is None or base.sides.person(owner.ids[0]) or base.sides.compatriots(owner.ids[0], roles.agents[0][0]):
        return None
    return Verdict.CONTRADICTED, (_gap(claimed, owner, top.fact.title),)


def _undergoes(claimed: Claimed, mention: Mention, top: Known) -> bool:
    """Whether what follows a name may be done to it: «fell», «is under sanctions»."""
    befalls = set(role_words()["befalls"]) & top.acts
    if claimed.lang != "en":
        return bool(claimed.act_names() & befalls)
    nominal = set(role_words()["nominal"])
    done = next((act.name for act in claimed.acts if act.first > mention.last and act.name not in nominal), "")
    return not done or done in befalls


def _announced(base: Base, roles: Roles, top: Known) -> bool:
    """Whether the claim gives what was announced as said by the one who announced it: others act in it."""
    told = [actor for actor, _ in roles.speakers if base.sides.among(actor, top.fact.agent)]
    return bool(told) and "announce" in top.needed


def _heard(seated: Sequence[str], roles: Roles) -> list[str]:
    """Those who may act; one who is named as speaking need not also act."""
    speaking = {actor for actor, _ in roles.speakers}
    return [actor for actor in seated if actor not in speaking] or list(seated)


def _belongs(base: Base, claimed: Claimed, facts: Sequence[Known]) -> _Doubt | None:
    """«Syrian firms» where the source has the other side's, «the rebuilding of» the wrong country."""
    for act in claimed.acts:
        side = role_words()["belongs"].get(act.name)
        known_by = [k for k in facts if act.name in k.acts] or [k for k in base.known.values() if act.name in k.needed]
        own = [a for known in known_by for a in getattr(known.fact, side or "agent")]
        for mention in _owners(claimed, act) if side and own else ():
            if (
                len(mention.ids) == 1
                and not base.sides.person(mention.ids[0])
                and not _seats(base, mention.ids[0], own)
            ):
                return Verdict.CONTRADICTED, (_gap(claimed, mention, base.sides.names(own)),)
    return None


def _owners(claimed: Claimed, act: Cue) -> list[Mention]:
    """Names at once before a word, or behind it alone or with «of», «from» and an article."""
    small = {"of", "from", "the", "in"}
    if claimed.lang == "tr":
        return []
    bare = claimed.lang != "ko"
    found = [m for m in claimed.mentions if m.last + 1 == act.first and not m.outside]
    found = [m for m in found if bare or not claimed.words[m.last].endswith(_endings(claimed))]
    if claimed.lang == "ar":
        return [m for m in claimed.mentions if m.first == act.last + 1 and not m.outside]
    after = next((m for m in claimed.mentions if m.first > act.last and not m.outside), None)
    if after and claimed.lang == "en" and set(claimed.words[act.last + 1 : after.first]) <= small:
        found.append(after)
    return found


def _holder(base: Base, claimed: Claimed, facts: Sequence[Known]) -> _Doubt | None:
    """Another name at once before the words of a quotation than the side that the source says them of."""
    for quoted in claimed.quoted:
        start = claimed.text.find(quoted)
        before = next((m for m in claimed.mentions if 0 < start - claimed.tokens[m.last].end <= _BESIDE), None)
        own = [a for known in facts if known.fact.quotes for a in (*known.fact.agent, *known.quoted_of)]
        if before and own and len(before.ids) == 1 and not base.sides.among(before.ids[0], own):
            return Verdict.CONTRADICTED, (_gap(claimed, before, base.sides.names(own)),)
    return None


def _wrong_target(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """«an attack on» those who carried it out."""
    table = role_words()["targeted"]
    for act in claimed.acts:
        if act.name not in table["acts"] or claimed.words[act.last + 1 : act.last + 2] not in (
            [w] for w in table["words"]
        ):
            continue
        spoken = {m.first for _, m in roles.speakers}
        near = (m for m in claimed.mentions if act.last < m.first <= act.last + _REACH and len(m.ids) == 1)
        near = (m for m in near if m.first not in spoken)
        mention = next(near, None)
        own = [actor for known in facts if act.name in known.acts for actor in known.fact.patient]
        if mention and own and not base.sides.among(_headed(base, claimed, mention), own):
            return Verdict.CONTRADICTED, (_gap(claimed, mention, base.sides.names(own)),)
    return None


def _headed(base: Base, claimed: Claimed, mention: Mention) -> str:
    """Whoever leads the group that is named, where the claim says its leader."""
    beside = (
        *claimed.words[mention.last + 1 : mention.last + 2],
        *claimed.words[max(0, mention.first - 2) : mention.first],
    )
    heads = role_words()["heads"]
    return base.sides.leader(mention.ids[0]) if any(word in heads for word in beside) else mention.ids[0]


def _paired(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """Ties, or cooperation, between two that have none in the facts."""
    for act in claimed.acts:
        if act.name not in base.joining:
            continue
        sides = around(claimed, act, base.sides)
        if len(sides) == 1 and _with_itself(base, claimed, roles, act, sides[0]):
            return Verdict.CONTRADICTED, (_gap(claimed, sides[0], facts[0].fact.title),)
        pairs = [pair for known in facts for pair in base.joining[act.name].get(known.fact.id, ())]
        if sides and pairs and not any(_fits(base, sides, pair) for pair in pairs):
            return Verdict.CONTRADICTED, (_gap(claimed, sides[-1], "no such ties in the article"),)
    return None


def _with_itself(base: Base, claimed: Claimed, roles: Roles, act: Cue, partner: Mention) -> bool:
    """Whether somebody is said to have ties with his own side."""
    coupled = claimed.words[partner.last].rstrip("의").endswith(tuple(role_words()["coupling"]["ko"]))
    if partner.first < act.first and not (claimed.lang == "ko" and coupled):
        return False
    return any(m is not partner and base.sides.same(actor, partner.ids[0]) for actor, m in roles.agents)


def _fits(base: Base, sides: Sequence[Mention], pair: tuple[str, str]) -> bool:
    """Whether the names are the two of a pair, in either order; one name may be either."""
    if len(sides) == 1:
        return base.sides.among(sides[0].ids[0], pair)
    one, other = (mention.ids[0] for mention in sides)
    return any(base.sides.same(one, a) and base.sides.same(other, b) for a, b in (pair, pair[::-1]))


def _another_object(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """A quotation of which the claim names the occasion, and another one than the source."""
    if not claimed.act_names() & set(base.joining):
        return None
    for known in facts:
        for _, objects in known.objects:
            own = [a for a in objects if not base.sides.among(a, known.parties_of) and not base.sides.person(a)]
            if own and not any(base.sides.among(a, own) for a in claimed.canonical.actors):
                return Verdict.CONTRADICTED, (Gap(claimed.text, base.sides.names(own)),)
    return None


def _stranger(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """A name that none of the facts knows."""
    named = [actor for known in facts for actor in known.named]
    apart = _apart(claimed, roles)
    for actor, mention in (*roles.agents, *roles.patients, *apart):
        if not _seats(base, actor, named) or ((actor, mention) in apart and actor not in named):
            missing = [a for known in facts for a in known.fact.agent if a not in claimed.canonical.actors]
            verdict = Verdict.CONTRADICTED if _replaces(base, actor, missing) else Verdict.NOT_IN_SOURCE
            return verdict, (_gap(claimed, mention, base.sides.names(missing) or facts[0].fact.title),)
    return None


def _apart(claimed: Claimed, roles: Roles) -> list[tuple[str, Mention]]:
    """Names that only qualify another word, and so have no role."""
    seated = {m.first for rows in (roles.agents, roles.patients, roles.speakers) for _, m in rows}
    return [(m.ids[0], m) for m in claimed.mentions if len(m.ids) == 1 and not m.outside and m.first not in seated]


def _replaces(base: Base, actor: str, missing: Sequence[str]) -> bool:
    return any(base.sides.alike(actor, other) for other in missing)


def _both_places(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> _Doubt | None:
    """One side of what was done named twice, and the other not at all."""
    rows = [row for row in (*roles.agents, *roles.patients) if not _where(base, claimed, row[1])]
    rows = [row for n, row in enumerate(rows) if not _apposed(base, claimed, rows[:n], row[1])]
    for known in facts[:1]:
        sides = (known.fact.agent, known.fact.patient)
        if (
            known.fact.predicate in role_words()["alone"]
            or not all(sides)
            or any(base.sides.among(a, sides[1]) for a in sides[0])
        ):
            continue
        for own, other in (sides, sides[::-1]):
            ours = [row for row in rows if row[0] != known.fact.speaker and base.sides.among(row[0], own)]
            if len(ours) > len(own) and not any(base.sides.among(actor, other) for actor, _ in rows):
                return Verdict.CONTRADICTED, (_gap(claimed, ours[-1][1], base.sides.names(other)),)
    return None


def _where(base: Base, claimed: Claimed, mention: Mention) -> bool:
    """Whether a name only says where: «in Damascus»."""
    places = role_words()["places"].get(claimed.lang, ())
    behind = tuple(role_words()["place_endings"].get(claimed.lang, ())) or ("\0",)
    said = claimed.said(mention.first, mention.last)
    return base.sides.place(mention.ids[0]) and (
        claimed.words[max(0, mention.first - 1)] in places or said.endswith(behind)
    )


def _apposed(base: Base, claimed: Claimed, before: Sequence[tuple[str, Mention]], mention: Mention) -> bool:
    """Whether a name stands at once beside another as a second word for it."""
    for _, other in before:
        first, last = sorted((other, mention), key=lambda m: m.first)
        between = claimed.words[first.last + 1 : last.first]
        if first.ids == last.ids and between and set(between) <= set(role_words()["apposing"]):
            return True
        if between or claimed.words[first.last].endswith(_endings(claimed)):
            continue
        if claimed.lang == "ar" and claimed.words[last.first].startswith("و"):
            continue
        mark = claimed.text[claimed.tokens[first.last].end : claimed.tokens[last.first].start]
        if "," not in mark or any(base.sides.person(m.ids[0]) for m in (first, last)):
            return True
    return False


def _endings(claimed: Claimed) -> tuple[str, ...]:
    """Endings that keep two names apart."""
    table = role_words()
    return (*table["subject_endings"]["ko"], *table["object_endings"]["ko"]) if claimed.lang == "ko" else ("\0",)


def _seats(base: Base, actor: str, seated: Sequence[str]) -> bool:
    """Whether a name is one of the others, or a state or body that stands for one; a person stands for nobody."""
    if actor in seated:
        return True
    return not base.sides.person(actor) and base.sides.among(actor, seated)


def _gap(claimed: Claimed, mention: Mention, source: str) -> Gap:
    return Gap(claimed.said(mention.first, mention.last), source)

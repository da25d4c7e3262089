"""Whose a thing is in a claim: firms, words in quotation marks, a counterpart, an old government."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles
from knowledge.checking.seated import Doubt, endings, gap, seats
from knowledge.checking.sides import role_words
from knowledge.model import Verdict
from knowledge.names import Mention

_BESIDE = 3


def belongs(base: Base, claimed: Claimed, facts: Sequence[Known]) -> Doubt | None:
    """«Syrian firms» where the source has the other side's, «the rebuilding of» the wrong country."""
    for act in claimed.acts:
        side = role_words()["belongs"].get(act.name)
        own = _own(base, facts, act.name, side) if side else []
        for mention in _owners(claimed, act) if side and own else ():
            if len(mention.ids) == 1 and not base.sides.person(mention.ids[0]) and not seats(base, mention.ids[0], own):
                return Verdict.CONTRADICTED, (gap(claimed, mention, base.sides.names(own)),)
    return None


def _own(base: Base, facts: Sequence[Known], act: str, side: str) -> list[str]:
    """Whose a thing is: by the facts about just that, else by those that mention it."""
    about = [known for known in base.known.values() if act in known.needed]
    if side == "both":
        return [actor for known in about for actor in known.parties_of]
    known_by = [known for known in facts if act in known.acts] or about
    return [actor for known in known_by for actor in getattr(known.fact, side)]


def _owners(claimed: Claimed, act: Cue) -> list[Mention]:
    """Names at once before a word, or behind it alone or with «of», «from» and an article."""
    small = {"of", "from", "the", "in"}
    if claimed.lang == "tr":
        return []
    bare = claimed.lang != "ko"
    found = [m for m in claimed.mentions if m.last + 1 == act.first and not m.outside]
    found = [m for m in found if bare or not claimed.words[m.last].endswith(endings(claimed))]
    if claimed.lang == "ar":
        return [m for m in claimed.mentions if m.first == act.last + 1 and not m.outside]
    after = next((m for m in claimed.mentions if m.first > act.last and not m.outside), None)
    if after and claimed.lang == "en" and set(claimed.words[act.last + 1 : after.first]) <= small:
        found.append(after)
    return found


def holder(base: Base, claimed: Claimed, facts: Sequence[Known]) -> Doubt | None:
    """Another name at once before the words of a quotation than the side that the source says them of."""
    for quoted in claimed.quoted:
        start = claimed.text.find(quoted)
        before = next((m for m in claimed.mentions if 0 < start - claimed.tokens[m.last].end <= _BESIDE), None)
        own = [a for known in facts if known.fact.quotes for a in (*known.fact.agent, *known.quoted_of)]
        if before and own and len(before.ids) == 1 and not base.sides.among(before.ids[0], own):
            return Verdict.CONTRADICTED, (gap(claimed, before, base.sides.names(own)),)
    return None


def countryman(base: Base, claimed: Claimed, roles: Roles, top: Known) -> Doubt | None:
    """«the South Korean counterpart» said of one who is not from there."""
    act = next((act for act in claimed.acts if act.name == "counterpart"), None)
    if act is None or top.fact.predicate != "counterpart" or not roles.agents:
        return None
    owner = next((m for m in claimed.mentions if m.last + 1 == act.first and len(m.ids) == 1), None)
    if (
        owner is None
        or claimed.said(0, owner.first - 1).endswith(("'s", "’s"))
        or base.sides.person(owner.ids[0])
        or base.sides.compatriots(owner.ids[0], roles.agents[0][0])
    ):
        return None
    return Verdict.CONTRADICTED, (gap(claimed, owner, top.fact.title),)


def the_old(base: Base, claimed: Claimed, top: Known) -> Doubt | None:
    """«the old government» where the fact has the new one."""
    table, parties = role_words()["before_the_new"], (*top.fact.agent, *top.fact.patient)
    at = next(
        (n for n, w in enumerate(claimed.words[1:], 1) if w in table["of"] and claimed.words[n - 1] in table["words"]),
        0,
    )
    new = [actor for actor in parties if "new" in base.sides.names((actor,)).casefold().split()]
    return (Verdict.CONTRADICTED, (Gap(claimed.said(at - 1, at), base.sides.names(new)),)) if at and new else None


def another_object(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """A quotation of which the claim names the occasion, and another one than the source."""
    if not claimed.act_names() & set(base.joining):
        return None
    for known in facts:
        for _, objects in known.objects:
            own = [a for a in objects if not base.sides.among(a, known.parties_of) and not base.sides.person(a)]
            if own and not any(base.sides.among(a, own) for a in claimed.canonical.actors):
                return Verdict.CONTRADICTED, (Gap(claimed.text, base.sides.names(own)),)
    return None

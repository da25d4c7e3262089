"""Which of two came first: the order of names around «before» and «after», in the claim and in the fact."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.model import Verdict

ORDER = ("before", "after")


def order(base: Base, claimed: Claimed, known: Known) -> list[Difference] | None:
    """The difference in order, none where both agree; None where there is no order to compare."""
    theirs, ours = _sequence(claimed), _sequence(known.statement)
    if (
        theirs is None
        or ours is None
        or not all(base.sides.among(a, known.fact.patient) for a in ours)
        or ours[0] == ours[1]
    ):
        return None
    same = base.sides.same
    if same(theirs[0], ours[0]) and same(theirs[1], ours[1]):
        return []
    if same(theirs[0], ours[1]) and same(theirs[1], ours[0]):
        gap = Gap(claimed.text, f"{base.sides.names((ours[0],))} first, then {base.sides.names((ours[1],))}")
        return [Difference("order", Verdict.CONTRADICTED, gap, known.fact.id)]
    return None


def _sequence(found: Claimed) -> tuple[str, str] | None:
    """Actor of the earlier and of the later event."""
    cue = next((cue for cue in found.acts if cue.name in ORDER), None)
    if cue is None:
        return None
    left = [m for m in found.mentions if m.last < cue.first and len(m.ids) == 1]
    right = [m for m in found.mentions if m.first > cue.last and len(m.ids) == 1]
    if not left or not right:
        return None
    first, then = left[-1].ids[0], right[-1].ids[0]
    return (first, then) if cue.name == "before" else (then, first)

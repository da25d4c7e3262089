"""A claim held against the facts nearest to it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.deeds import deeds
from knowledge.checking.evidence import Difference
from knowledge.checking.figures import comparable, quantities, relative_times, telling, times
from knowledge.checking.finding import Gap
from knowledge.checking.hedged import attribution, charged, hedges
from knowledge.checking.negation import polarity
from knowledge.checking.order import ORDER, order
from knowledge.checking.parties import outsiders, parties
from knowledge.checking.quoted import quotations
from knowledge.checking.roles import Roles, roles
from knowledge.checking.stated import places, stated_times
from knowledge.checking.times import Stated
from knowledge.checking.unclear import unclear
from knowledge.checking.worked import Neighbour
from knowledge.model import Label, Verdict
from knowledge.understand.index import EntryKind
from knowledge.understand.quantities import Quantity
from knowledge.understand.rank import Candidate, rank

_CANDIDATES = 60
_FACTS = 7


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a claim was held against."""

    known: Known
    score: float
    differences: tuple[Difference, ...]
    roles: Roles
    beside: tuple[Known, ...] = ()

    def speaking(self, verdict: Verdict) -> tuple[Difference, ...]:
        """Differences that speak for a verdict."""
        return tuple(d for d in self.differences if d.verdict is verdict)


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim, everything found in it, and the facts it was held against, best first."""

    claimed: Claimed
    roles: Roles
    stated: tuple[Stated, ...]
    held: tuple[Held, ...]
    outside: tuple[Gap, ...]
    candidates: tuple[Candidate, ...]
    neighbours: tuple[Neighbour, ...]
    undecided: bool


def compare(base: Base, claimed: Claimed, *, itself: bool = True) -> Compared:
    """A claim held against the facts nearest to it."""
    reader = base.reader
    candidates = rank(reader.index, claimed.canonical, base.lexicon.row, most=_CANDIDATES)
    found = roles(claimed, base.sides)
    stated = stated_times(claimed, reader.lexicon)
    near = [c for c in candidates if c.entry.kind is EntryKind.FACT and c.entry.id in base.known][:_FACTS]
    held = [_hold(base, claimed, found, stated, candidate) for candidate in near]
    held.sort(key=lambda h: -h.score)
    return Compared(
        claimed,
        found,
        tuple(stated),
        tuple(held),
        tuple(outsiders(claimed)),
        tuple(candidates),
        tuple(base.worked.nearest(claimed, itself=itself)),
        base.worked.undecided(claimed, itself=itself),
    )


def _hold(base: Base, claimed: Claimed, found: Roles, stated: list[Stated], candidate: Candidate) -> Held:
    known = base.known[candidate.entry.id]
    if claimed.canonical.ambiguous:
        claimed = claimed.meaning(known.named)
        found = roles(claimed, base.sides)
    differences = (
        *quantities(base, claimed, known, places(stated)),
        *times(base, claimed, known, stated),
        *relative_times(base, claimed, known),
        *parties(base, claimed, known, found),
        *_deeds(base, claimed, known),
        *polarity(base, claimed, known),
        *hedges(base, claimed, known),
        *attribution(base, claimed, known, found),
        *charged(base, claimed, known),
        *quotations(base, claimed, known, found),
        *unclear(base, claimed, known, stated),
    )
    if any(d.kind == "label" for d in differences):
        differences = tuple(d for d in differences if d.kind not in {"wrong_agent", "wrong_party", "swapped"})
    return Held(known, candidate.score + _agreement(base, claimed, known, found), differences, found)


def _deeds(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """Acts, with the order of events compared by names where both sides give one."""
    found, ordered = deeds(base, claimed, known), order(base, claimed, known)
    if ordered is None:
        return found
    return [*ordered, *(d for d in found if d.act not in ORDER)]


def _agreement(base: Base, claimed: Claimed, known: Known, found: Roles) -> float:
    """How much of what the claim says was done the fact holds, for choosing between near facts."""
    acts = claimed.act_names()
    score = -1.0 if known.fact.label is Label.DERIVED else 0.0
    if acts:
        score += 1.5 * len(acts & known.acts) / len(acts) + 0.5 * len(acts & known.told_acts) / len(acts)
        score += 0.5 * len(acts & known.acts) / max(1, len(known.acts))
    if known.needed and not known.needed & acts:
        score -= 0.8
    if found.agents and known.fact.agent:
        score += 0.6 if any(base.sides.among(a, known.fact.agent) for a, _ in found.agents) else 0.0
    if any(_alike(ours, theirs) for ours in known.quantities for theirs in telling(claimed)):
        score += 0.9
    share = base.lexicon.ladders["share"]
    if claimed.rung("share", share) >= 0 and known.statement.rung("share", share) >= 0:
        score += 0.8 if found.agents else 1.5
    return score


def _alike(ours: Quantity, theirs: Quantity) -> bool:
    if ours.unit is None or theirs.unit is None:
        return ours.amount == theirs.amount
    return comparable(ours, theirs)

"""Evidence -> verdict: which facts a claim is about, how it departs from them, and what that makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.deeds import deeds, polarity
from knowledge.checking.evidence import Difference
from knowledge.checking.figures import places, quantities, relative_times, stated_times, times
from knowledge.checking.finding import Gap
from knowledge.checking.hedged import attribution, hedges
from knowledge.checking.parties import outsiders, parties
from knowledge.checking.roles import Roles, roles
from knowledge.checking.times import Stated
from knowledge.model import Verdict
from knowledge.understand.index import EntryKind
from knowledge.understand.rank import Candidate, rank

_CANDIDATES = 60
_FACTS = 6


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a claim was held against."""

    known: Known
    score: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim, everything found in it, and the facts it was held against, best first."""

    claimed: Claimed
    roles: Roles
    held: tuple[Held, ...]
    outside: tuple[Gap, ...]
    candidates: tuple[Candidate, ...]


def compare(base: Base, claimed: Claimed) -> Compared:
    """A claim held against the facts nearest to it."""
    reader = base.reader
    candidates = rank(reader.index, claimed.canonical, reader.weights.row(), most=_CANDIDATES)
    found = roles(claimed)
    stated = stated_times(claimed, reader.lexicon)
    near = [c for c in candidates if c.entry.kind is EntryKind.FACT and c.entry.id in base.known][:_FACTS]
    held = [_hold(base, claimed, found, stated, candidate) for candidate in near]
    return Compared(claimed, found, tuple(sorted(held, key=lambda h: -h.score)), tuple(outsiders(claimed)), tuple(candidates))


def _hold(base: Base, claimed: Claimed, found: Roles, stated: list[Stated], candidate: Candidate) -> Held:
    known = base.known[candidate.entry.id]
    differences = (
        *quantities(claimed, known, places(stated)),
        *times(claimed, known, stated),
        *relative_times(base, claimed, known),
        *parties(base, claimed, known, found),
        *deeds(base, claimed, known),
        *polarity(claimed, known),
        *hedges(base, claimed, known),
        *attribution(base, claimed, known, found),
    )
    return Held(known, candidate.score + _agreement(claimed, known), differences)


def _agreement(claimed: Claimed, known: Known) -> float:
    """How much of what the claim says was done the fact holds, for choosing between near facts."""
    acts = claimed.act_names()
    if not acts:
        return 0.0
    return 1.5 * len(acts & known.acts) / len(acts) + 0.5 * len(acts & known.near_acts) / len(acts)


def decide(base: Base, compared: Compared) -> tuple[Verdict, tuple[Held, ...], tuple[Gap, ...]]:
    """The verdict, the facts it rests on, and the words that differ."""
    if compared.outside:
        return Verdict.NOT_IN_SOURCE, compared.held[:1], compared.outside
    if not compared.held:
        return Verdict.NOT_IN_SOURCE, (), ()
    top = compared.held[0]
    for verdict in (Verdict.CONTRADICTED, Verdict.NOT_IN_SOURCE, Verdict.CANNOT_TELL, Verdict.STRONGER):
        gaps = tuple(d.gap for d in top.differences if d.verdict is verdict)
        if gaps:
            return verdict, (top,), gaps
    return Verdict.SUPPORTED, (top,), ()

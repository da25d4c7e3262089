"""Names of a claim held against the parties of a fact: a wrong name, two names changed over, a whole state for one of its bodies."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles, role_words
from knowledge.model import Attribution, Kind, Verdict
from knowledge.names import Mention

_Named = tuple[str, Mention]


def parties(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """Differences in who did it and to whom."""
    swapped = _swapped(base, claimed, known, roles)
    if swapped:
        return swapped
    return [*_agent(base, claimed, known, roles), *_patient(base, claimed, known, roles), *_widened(base, claimed, known, roles)]


def outsiders(claimed: Claimed) -> list[Gap]:
    """Names that the article does not hold at all."""
    return [Gap(claimed.said(m.first, m.last), "not named") for m in claimed.mentions if m.outside]


def symmetric(claimed: Claimed, known: Known) -> bool:
    """Whether the two sides of what was done may change places."""
    table = role_words()
    if known.fact.predicate in table["symmetric_predicates"]:
        return True
    return bool(set(table["symmetric"]) & known.acts & claimed.act_names())


def _agent(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    expected = (*fact.agent, *(fact.patient if symmetric(claimed, known) else ()), *([fact.speaker] if fact.speaker else ()))
    if not fact.agent or not roles.agents:
        return []
    wrong = [row for row in roles.agents if not base.sides.among(row[0], expected)]
    if not wrong or len(wrong) < len(roles.agents) and not _each_counts(base, wrong, expected):
        return []
    if base.sides.among(wrong[0][0], fact.patient) and not roles.patients:
        return []
    verdict = Verdict.NOT_IN_SOURCE if _unnamed(base, known) else Verdict.CONTRADICTED
    gap = Gap(_said(claimed, wrong[0][1]), base.sides.names(fact.agent))
    return [Difference("wrong_agent", verdict, gap, fact.id)]


def _each_counts(base: Base, wrong: Sequence[_Named], expected: Sequence[str]) -> bool:
    """One wrong person among coordinated agents is a difference; a state named beside its minister is not."""
    return all(base.sides.person(actor) for actor, _ in wrong) and any(base.sides.person(actor) for actor in expected)


def _unnamed(base: Base, known: Known) -> bool:
    """Whether the fact is about parties that the source leaves unnamed, so that a name cannot be refuted."""
    return known.fact.attribution is Attribution.COLLECTIVE_UNNAMED or any(base.sides.nameless(actor) for actor in known.fact.agent)


def _patient(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    if not fact.patient or not roles.patients or any(base.sides.among(actor, known.actors) for actor, _ in roles.patients):
        return []
    for actor, mention in roles.patients:
        if any(base.sides.alike(actor, own) for own in fact.patient):
            verdict = Verdict.NOT_IN_SOURCE if _unnamed(base, known) else Verdict.CONTRADICTED
            return [Difference("wrong_patient", verdict, Gap(_said(claimed, mention), base.sides.names(fact.patient)), fact.id)]
    return []


def _swapped(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    if not fact.agent or symmetric(claimed, known):
        return []
    for actor, mention in roles.agents:
        if base.sides.among(actor, fact.agent) or not base.sides.among(actor, fact.patient):
            continue
        if any(base.sides.among(other, fact.agent) and not base.sides.among(other, fact.patient) for other, _ in roles.patients):
            return [Difference("swapped", Verdict.CONTRADICTED, Gap(_said(claimed, mention), base.sides.names(fact.agent)), fact.id)]
    return []


def _widened(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A whole state put for the body of which a negative speaks."""
    if known.fact.kind is not Kind.NEGATIVE:
        return []
    for actor, mention in roles.agents[:1]:
        if actor not in known.fact.agent and base.sides.among(actor, known.fact.agent):
            gap = Gap(_said(claimed, mention), base.sides.names(known.fact.agent))
            return [Difference("widened", Verdict.STRONGER, gap, known.fact.id)]
    return []


def _said(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)

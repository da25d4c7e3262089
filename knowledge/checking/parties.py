"""Names of a claim held against the parties of a fact: a wrong name, two names changed over, a name the article lacks."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles, role_words
from knowledge.model import Kind, Verdict
from knowledge.names import Mention


def parties(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """Differences in who did it and to whom."""
    return [*_strangers(base, claimed, known, roles), *_swapped(base, claimed, known, roles), *_widened(base, claimed, known, roles)]


def outsiders(claimed: Claimed) -> list[Gap]:
    """Names that the article does not hold at all."""
    return [Gap(claimed.said(m.first, m.last), "not named") for m in claimed.mentions if m.outside]


def _strangers(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    found = []
    for role, named, expected in (("agent", roles.agents, known.fact.agent), ("patient", roles.patients, known.fact.patient)):
        for actor, mention in named:
            if base.sides.among(actor, known.actors):
                continue
            own = expected or known.actors
            source = ", ".join(base.sides.name(a) for a in own[:2]) or known.fact.title
            found.append(Difference(f"wrong_{role}", Verdict.CONTRADICTED, Gap(_said(claimed, mention), source), known.fact.id))
    return found


def _swapped(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    if not fact.agent or set(role_words()["symmetric"]) & known.acts & claimed.act_names():
        return []
    for actor, mention in roles.agents:
        if not base.sides.among(actor, fact.agent) and base.sides.among(actor, fact.patient):
            others = [a for a, _ in roles.patients]
            if not others or any(base.sides.among(a, fact.agent) for a in others):
                gap = Gap(_said(claimed, mention), ", ".join(base.sides.name(a) for a in fact.agent[:2]))
                return [Difference("swapped", Verdict.CONTRADICTED, gap, fact.id)]
    return []


def _widened(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A whole state put for the body of which a negative speaks."""
    if known.fact.kind is not Kind.NEGATIVE:
        return []
    for actor, mention in roles.agents[:1]:
        if actor not in known.fact.agent and base.sides.among(actor, known.fact.agent):
            gap = Gap(_said(claimed, mention), base.sides.name(known.fact.agent[0]))
            return [Difference("widened", Verdict.STRONGER, gap, known.fact.id)]
    return []


def _said(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)

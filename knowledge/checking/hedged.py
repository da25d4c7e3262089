"""How firmly a claim speaks and whom it names as its source, held against a fact."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles
from knowledge.checking.sides import role_words
from knowledge.model import Attribution, Label, Verdict

_HEDGED_UP_TO = 2


def hedges(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """Rungs of a ladder on which the claim stands higher than its fact."""
    found = []
    for ladder, order in base.lexicon.ladders.items():
        ours, theirs = known.statement.rung(ladder, order), claimed.rung(ladder, order)
        if ladder == "share" and 0 <= theirs <= order.index("few") < order.index("some") < ours:
            found.append(_fewer(claimed, known, ladder, order[theirs], order[ours]))
        elif theirs > ours >= 0 or (
            ladder != "share" and 0 <= ours <= _HEDGED_UP_TO and theirs < 0 and _speaks_of(claimed, known)
        ):
            cue = _cue(claimed, ladder, order, theirs)
            own = next(c for c in known.statement.rungs if c.name == f"{ladder}.{order[ours]}")
            gap = Gap(cue, known.statement.said(own.first, own.last))
            found.append(Difference("hedge" if theirs >= 0 else "hedge_dropped", Verdict.STRONGER, gap, known.fact.id))
    return found


def _speaks_of(claimed: Claimed, known: Known) -> bool:
    """Whether a claim says anything that the fact says, or names anybody, so that a hedge can be missing."""
    return bool(claimed.act_names() & known.acts or claimed.mentions)


def _fewer(claimed: Claimed, known: Known, ladder: str, theirs: str, ours: str) -> Difference:
    """A share turned into its opposite."""
    yours = next(c for c in claimed.rungs if c.name == f"{ladder}.{theirs}")
    own = next(c for c in known.statement.rungs if c.name == f"{ladder}.{ours}")
    gap = Gap(claimed.said(yours.first, yours.last), known.statement.said(own.first, own.last))
    return Difference("share", Verdict.CONTRADICTED, gap, known.fact.id)


def _cue(claimed: Claimed, ladder: str, order: tuple[str, ...], rung: int) -> str:
    for cue in claimed.rungs:
        if rung >= 0 and cue.name == f"{ladder}.{order[rung]}":
            return claimed.said(cue.first, cue.last)
    return ""


def attribution(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A second-hand account without its source, and a statement put into the wrong mouth."""
    fact = known.fact
    named = [actor for actor, _ in roles.speakers]
    source = (fact.speaker,) if fact.speaker else ()
    if fact.attribution is Attribution.SECOND_HAND and not any(base.sides.among(actor, source) for actor in named):
        if wrong := next((m for actor, m in roles.speakers if actor not in fact.agent), None):
            gap = Gap(claimed.said(wrong.first, wrong.last), base.sides.names(source))
            return [Difference("wrong_source", Verdict.CONTRADICTED, gap, fact.id)]
        gap = Gap("", f"according to {base.sides.names(source)}")
        return [Difference("attribution", Verdict.STRONGER, gap, fact.id)]
    if fact.attribution is Attribution.COLLECTIVE_UNNAMED and not _collective(base, claimed, known):
        return [
            Difference("attribution", Verdict.STRONGER, Gap("", base.sides.names(fact.agent) or "unnamed"), fact.id)
        ]
    invented = [row for row in roles.speakers if not base.sides.among(row[0], (*fact.agent, *fact.patient))]
    if fact.label is Label.UNATTRIBUTED and invented:
        mention = invented[0][1]
        return [
            Difference(
                "invented", Verdict.STRONGER, Gap(claimed.said(mention.first, mention.last), "no source given"), fact.id
            )
        ]
    if fact.attribution is Attribution.AMBIGUOUS and (pinned := _pinned(base, claimed, known)):
        return [pinned]
    if fact.attribution is Attribution.AMBIGUOUS and any(actor != fact.speaker for actor in named):
        wrong = next(m for a, m in roles.speakers if a != fact.speaker)
        return [
            Difference(
                "speaker",
                Verdict.CANNOT_TELL,
                Gap(claimed.said(wrong.first, wrong.last), base.sides.names((fact.speaker or "",))),
                fact.id,
            )
        ]
    return []


def _pinned(base: Base, claimed: Claimed, known: Known) -> Difference | None:
    """A statement of unclear authorship given to one of the two it may belong to."""
    speaker = known.fact.speaker or ""
    source = f"{base.sides.names((speaker,))}"
    for mention in claimed.mentions:
        if len(mention.ids) == 1 and base.sides.confusable(speaker, mention.ids[0]):
            return Difference(
                "speaker", Verdict.CANNOT_TELL, Gap(claimed.said(mention.first, mention.last), source), known.fact.id
            )
    cue = next((cue for cue in claimed.acts if cue.name == "statement"), None)
    if cue is None or "statement" in known.acts:
        return None
    return Difference("speaker", Verdict.CANNOT_TELL, Gap(claimed.said(cue.first, cue.last), source), known.fact.id)


def charged(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """A label in the claim's own voice that the source reports as somebody's view."""
    found = []
    for cue in claimed.acts:
        own_voice = not set(role_words()["views"]) & claimed.act_names()
        if cue.name in base.lexicon.charged and (cue.name not in known.told_acts or own_voice):
            holder = next((k for k in base.known.values() if cue.name in k.acts), None)
            if holder:
                gap = Gap(claimed.said(cue.first, cue.last), f"the view of {base.sides.names(holder.fact.agent)}")
                found.append(Difference("label", Verdict.STRONGER, gap, holder.fact.id))
    return found


def _collective(base: Base, claimed: Claimed, known: Known) -> bool:
    """Whether the claim keeps the unnamed many as those who hold the view."""
    if any(set(m.ids) & set(known.fact.agent) for m in claimed.mentions):
        return True
    return bool({"country", "count"} & claimed.canonical.concepts)

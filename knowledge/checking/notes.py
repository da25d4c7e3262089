"""One printable sentence beside a verdict, where a reader needs it to print the claim."""

from __future__ import annotations

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.roles import roles
from knowledge.checking.stated import stated_times
from knowledge.model import Attribution, Label, Verdict

_BY_LABEL = {
    Label.DERIVED: "The desk infers this; the article does not say it outright.",
    Label.PRESUPPOSED: "The article takes this as given and does not state it.",
    Label.TIME_UNRELIABLE: "Timing unreliable, check.",
    Label.UNATTRIBUTED: "The article names no source for this.",
}


def note(base: Base, claimed: Claimed, verdict: Verdict, facts: tuple[str, ...]) -> str:
    """The note for a verdict; empty where there is nothing to add."""
    known = base.known.get(facts[0]) if facts else None
    if known is None:
        return ""
    if verdict is Verdict.CANNOT_TELL:
        return _caution(base, known)
    if verdict is not Verdict.SUPPORTED:
        return _BY_LABEL[Label.TIME_UNRELIABLE] if known.fact.label is Label.TIME_UNRELIABLE else ""
    return (
        _BY_LABEL.get(known.fact.label) or _unsaid_speaker(base, claimed, known) or _unsaid_date(base, claimed, known)
    )


def _caution(base: Base, known: Known) -> str:
    cautions = {caution.id: caution.note for caution in base.reader.dossier.cautions}
    return next(
        (cautions[name] for name in known.fact.cautions if name in cautions), "The article does not settle this."
    )


def _unsaid_speaker(base: Base, claimed: Claimed, known: Known) -> str:
    fact = known.fact
    if fact.attribution is not Attribution.EXPLICIT or not fact.speaker:
        return ""
    found = roles(claimed, base.sides)
    says = {"announce", "describe"} & claimed.act_names() or found.speakers
    return "" if says else f"The source gives this as said or announced by {base.sides.names((fact.speaker,))}."


def _unsaid_date(base: Base, claimed: Claimed, known: Known) -> str:
    finer = any(time.day or time.year for time in stated_times(claimed, base.reader.lexicon))
    return "The date is the desk's; the article gives only its own time words." if finer and known.points else ""

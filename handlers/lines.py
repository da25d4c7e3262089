"""A fact as an answer shows it: its wording, then how far to trust it, who says so, as of when."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.answer import FactLine
from handlers.context import Context
from handlers.days import dated
from handlers.words import say
from knowledge.dates import in_words
from knowledge.model import Attribution, Fact, Label, Lang, Slot, Time
from knowledge.rules import load_rules, whole_words


def fact_line(context: Context, fact: Fact, lang: Lang, lead: str = "") -> FactLine:
    """A fact with its attribution and its warning; a date that the lead gives already is not given again."""
    line = context.once(("line", fact.id, lang), lambda: _line(context, fact, lang))
    if line.time_note and not fact.perishable and fact.time and _gives(lead, fact.time):
        return line.model_copy(update={"time_note": None})
    return line


def _line(context: Context, fact: Fact, lang: Lang) -> FactLine:
    return FactLine(
        id=fact.id,
        text=fact.statement,
        attribution=attribution(fact, lang),
        label=fact.label,
        label_text=_label(fact, lang),
        spans=tuple((span.start, span.end) for span in fact.spans),
        time_note=_time(fact, lang),
        caution=_caution(context, fact),
    )


def fact_lines(context: Context, ids: Iterable[str], lang: Lang, lead: str = "") -> tuple[FactLine, ...]:
    """Fact lines for ids, in order."""
    return tuple(fact_line(context, fact, lang, lead) for fact in context.facts(ids))


def attribution(fact: Fact, lang: Lang) -> str:
    """Who says so: the article itself where it names nobody, else all of what the curator wrote (R2)."""
    if fact.attribution is Attribution.NONE and fact.label is not Label.DERIVED:
        return say("article_says", lang)
    return fact.slots.get(Slot.SAYS_WHO) or fact.speaker or say("article_says", lang)


def _label(fact: Fact, lang: Lang) -> str:
    label = say(f"label_{fact.label.value}", lang)
    return say("with_sum", lang, label=label, sum=fact.sum) if fact.sum else label


def _caution(context: Context, fact: Fact) -> str | None:
    if fact.label is not Label.TIME_UNRELIABLE:
        return None
    notes = {caution.id: caution.note for caution in context.dossier.cautions}
    return next((notes[i] for i in fact.cautions if i in notes), None)


def _time(fact: Fact, lang: Lang) -> str | None:
    """As of when; nothing where the label or the wording says it, or where only a sum would."""
    if fact.label in {Label.TIME_UNRELIABLE, Label.DERIVED}:
        return None
    if fact.perishable:
        return None if _dated(fact.statement) else say("as_of", lang)
    return _note(fact.time, lang) if fact.time else None


def _dated(statement: str) -> bool:
    return bool(whole_words(load_rules().dates_a_role).search(statement))


def _gives(lead: str, time: Time) -> bool:
    """Whether the lead has both the source's words for the time and its date."""
    written, resolved = time.as_written or "", time.resolved or ""
    return in_words(resolved) in lead and written.casefold() in lead.casefold()


def _note(time: Time, lang: Lang) -> str | None:
    if not time.as_written or not time.resolved or _only_a_sum(time):
        return None
    date = dated(time.resolved, lang)
    return say("time", lang, words=time.as_written, date=date, basis=say(f"time_{time.basis}", lang))


def _only_a_sum(time: Time) -> bool:
    return time.basis == "derived" and "/" in (time.resolved or "")

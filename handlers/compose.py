"""Parts that answers share: fact lines, the read-as line, the footer, next questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.answer import Action, Answer, FactLine, Status, Suggestion
from handlers.words import say
from knowledge.dates import in_words
from knowledge.model import Actor, Dossier, Fact, Label, Lang, Slot, Span
from knowledge.understand.index import EntryKind
from knowledge.understand.reader import Reader
from knowledge.understand.reading import Reading

NEXT = 3
ANSWER_ACTIONS = (Action.SHOW_SOURCE, Action.CITE, Action.SHARE, Action.EXPLAIN, Action.WRONG)


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler is given beside the reading: the reader, the time of loading and of asking."""

    reader: Reader
    loaded: datetime
    now: datetime
    text: str | None = None

    def passage(self, span: Span) -> str | None:
        """The source's own words at a span, where a verified copy is at hand."""
        return self.text[span.start : span.end] if self.text else None

    @property
    def dossier(self) -> Dossier:
        """The dossier that answers rest on."""
        return self.reader.dossier

    def facts(self, ids: Iterable[str]) -> list[Fact]:
        """Facts by id, in order, without the embargoed and unknown ones."""
        rows = (self.reader.facts.get(i) for i in dict.fromkeys(ids))
        return [fact for fact in rows if fact and not fact.embargoed]


def fact_line(context: Context, fact: Fact, lang: Lang) -> FactLine:
    """A fact as an answer shows it, with its attribution and its warning."""
    caution = _caution(context, fact)
    return FactLine(
        id=fact.id,
        text=fact.statement,
        attribution=fact.slots.get(Slot.SAYS_WHO, ""),
        label=fact.label,
        label_text=say(f"label_{fact.label.value}", lang),
        spans=tuple((span.start, span.end) for span in fact.spans),
        time_note=say("sum", lang, sum=fact.sum) if fact.sum else fact.slots.get(Slot.WHEN),
        caution=caution,
    )


def _caution(context: Context, fact: Fact) -> str | None:
    wanted = fact.label in {Label.TIME_UNRELIABLE, Label.AMBIGUOUS}
    if not wanted:
        return None
    notes = {caution.id: caution.note for caution in context.dossier.cautions}
    return next((notes[i] for i in fact.cautions if i in notes), None)


def fact_lines(context: Context, ids: Iterable[str], lang: Lang) -> tuple[FactLine, ...]:
    """Fact lines for ids, in order."""
    return tuple(fact_line(context, fact, lang) for fact in context.facts(ids))


def name(actor: Actor, lang: Lang) -> str:
    """The actor's name in the asker's script where the desk has one."""
    return actor.names.get(lang, actor.name)


def read_as(context: Context, reading: Reading) -> str:
    """How the question was read: slot, names, and the entry that answers it (R30)."""
    parts = [say(f"slot_{reading.slot.value}", reading.lang)] if reading.slot else []
    actors = context.reader.actors
    parts += [name(actors[a], reading.lang) for a in reading.canonical.actors if a in actors][:3]
    entry = context.reader.index.by_id.get(reading.entry or "")
    if entry and entry.kind is not EntryKind.INTENT and entry.title not in parts:
        parts.append(entry.title)
    return " · ".join(parts) or reading.intent


def footer(context: Context, lang: Lang) -> str:
    """Dossier version, when it was loaded, the article's date and where that date comes from (R24)."""
    source = context.dossier.source
    return say(
        "footer",
        lang,
        version=source.version,
        loaded=context.loaded.strftime("%Y-%m-%d"),
        date=in_words(source.published.edtf),
        basis=say(f"basis_{source.published.basis}", lang),
    )


def suggestion(context: Context, entry_id: str) -> Suggestion:
    """A button for an entry: its title, and its id as what pressing it asks."""
    entry = context.reader.index.by_id[entry_id]
    facts = context.facts(entry.facts)
    spans = tuple((span.start, span.end) for fact in facts for span in fact.spans)
    return Suggestion(id=entry_id, label=entry.title, query=entry_id, spans=spans)


def next_questions(context: Context, shown: Sequence[str]) -> tuple[Suggestion, ...]:
    """Up to three facts that share actors with those shown, the most important first."""
    actors = {a for fact in context.facts(shown) for a in fact.actors}
    common = [
        fact
        for fact in context.dossier.facts
        if fact.id not in shown and not fact.embargoed and fact.label is not Label.DERIVED and actors & set(fact.actors)
    ]
    common.sort(key=lambda fact: (-len(actors & set(fact.actors)), -fact.importance))
    return tuple(suggestion(context, fact.id) for fact in common[:NEXT])


def answer(
    context: Context, reading: Reading, status: Status, lead: str, facts: Sequence[str] = (), **more: object
) -> Answer:
    """An Answer with the parts that every answer has."""
    lang = reading.lang
    values: dict[str, object] = {
        "status": status,
        "intent": reading.intent,
        "lang": lang,
        "lead": lead,
        "facts": fact_lines(context, facts, lang),
        "read_as": read_as(context, reading),
        "footer": footer(context, lang),
        "actions": ANSWER_ACTIONS if facts else (Action.EXPLAIN, Action.WRONG),
    }
    return Answer.model_validate(values | more)

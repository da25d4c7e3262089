"""Parts that answers share: names, the read-as line, the footer, suggestions, and the Answer around them."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.answer import Action, Answer, Status, Suggestion
from handlers.context import Context
from handlers.days import dated
from handlers.lines import fact_lines
from handlers.words import say
from knowledge.model import Actor, Fact, Label, Lang
from knowledge.rules import load_rules
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.reading import Outcome, Reading

NEXT = 3
_NAMED = 3
_BUTTON = 75
_OTHERS_WORD = ("terror", "terör", "테러", "إرهاب", "ارهاب")
ANSWER_ACTIONS = (Action.SHOW_SOURCE, Action.CITE, Action.SHARE, Action.EXPLAIN, Action.WRONG)


def name(actor: Actor, lang: Lang) -> str:
    """The actor's name in the asker's script where the desk has one."""
    return actor.names.get(lang, actor.name)


def names(context: Context, actors: Sequence[str], lang: Lang, joint: str = "and") -> str:
    """Actors' names as a list in words; `joint` is `and` or `or`."""
    *most, last = [name(context.reader.actors[actor], lang) for actor in actors]
    return say(joint, lang).join(filter(None, (", ".join(most), last)))


def read_as(context: Context, reading: Reading) -> str:
    """How the question was read: slot, names, and the entry that answers it where these do not tell (R30)."""
    parts = [reading.intent] if reading.outcome is Outcome.COMMAND else []
    parts += [say(f"asked_{reading.slot.value}", reading.lang)] if reading.slot else []
    parts += _actors(context, reading)
    title = _title(context, reading) if reading.outcome is not Outcome.SUGGEST else ""
    if title and title not in parts and len(parts) < 2:
        parts.append(title)
    return " · ".join(dict.fromkeys(parts)) or say("read_nothing", reading.lang)


def _actors(context: Context, reading: Reading) -> list[str]:
    known = context.reader.actors
    found = [known[a] for a in (*reading.canonical.actors, *reading.people) if a in known]
    return [name(actor, reading.lang) for actor in found if actor.type != "Note"][:_NAMED]


def _title(context: Context, reading: Reading) -> str | None:
    entry = context.reader.index.by_id.get(reading.entry or "")
    if entry is None or entry.kind is EntryKind.INTENT:
        return None
    if reading.lang == "en":
        return plain_title(entry)
    return context.once(("label", entry.id, reading.lang), lambda: label(context, entry, reading.lang))


def footer(context: Context, lang: Lang) -> str:
    """Dossier version, when it was loaded, the article's date and where that date comes from (R24)."""
    return context.once(("footer", context.loaded, lang), lambda: _footer(context, lang))


def _footer(context: Context, lang: Lang) -> str:
    source = context.dossier.source
    return say(
        "footer",
        lang,
        version=source.version,
        loaded=context.loaded.strftime("%Y-%m-%d"),
        date=dated(source.published.edtf, lang),
        basis=say(f"basis_{source.published.basis}", lang),
    )


def suggestion(context: Context, entry_id: str, lang: Lang) -> Suggestion:
    """A button for an entry: its name or a question in the asker's language, and its id as what pressing it asks."""
    return context.once(("suggestion", entry_id, lang), lambda: _suggestion(context, entry_id, lang))


def _suggestion(context: Context, entry_id: str, lang: Lang) -> Suggestion:
    entry = context.reader.index.by_id[entry_id]
    facts = context.facts(entry.facts)
    spans = tuple((span.start, span.end) for fact in facts for span in fact.spans)
    return Suggestion(id=entry_id, label=label(context, entry, lang), query=entry_id, spans=spans)


def command(word: str, lang: Lang) -> Suggestion:
    """A button for a command, with what it does."""
    shown = say("help_line", lang, usage=word, help=say(f"help_{word}", lang))
    return Suggestion(id=word, label=shown, query=word)


def label(context: Context, entry: Entry, lang: Lang) -> str:
    """What a button for the entry says; a false premise only ever as the question that holds it."""
    if entry.kind is EntryKind.ACTOR:
        return name(context.reader.actors[entry.id], lang)
    if lang == "en" and entry.kind is not EntryKind.PREMISE:
        return entry.title
    asked: Sequence[str] = getattr(entry.examples, lang)
    question = next(filter(_may_be_said, asked), None)
    if question is None:
        return plain_title(entry)
    return _as_question(question, lang) if entry.kind is EntryKind.PREMISE else question


def _may_be_said(text: str) -> bool:
    """Whether a reader's wording may stand on a button: short, and no word of others as the desk's own (R3 to R5)."""
    bare = any(stem in text.casefold() for stem in _OTHERS_WORD)
    return len(text) <= _BUTTON and not bare and not any(load_rules().offences(text, may_deny=False))


def _as_question(text: str, lang: Lang) -> str:
    mark = "؟" if lang == "ar" else "?"
    return f"{text[0].upper()}{text[1:].rstrip('?؟. ')}{mark}"


def plain_title(entry: Entry) -> str:
    """A title without the word in front that says what kind of false premise it is."""
    return entry.title.partition(": ")[2] or entry.title if entry.kind is EntryKind.PREMISE else entry.title


def next_questions(context: Context, shown: Sequence[str], lang: Lang) -> tuple[Suggestion, ...]:
    """Up to three facts close to those shown, each of another speaker or event; none shown, none unreliable."""
    return context.once(("next", *shown, lang), lambda: _next_questions(context, shown, lang))


def _next_questions(context: Context, shown: Sequence[str], lang: Lang) -> tuple[Suggestion, ...]:
    told = context.facts(shown)
    actors = {a for fact in told for a in fact.actors}
    common = [fact for fact in context.facts_with(actors) if _worth(fact, shown)]
    common.sort(
        key=lambda fact: -len(actors & set(fact.actors)) / len(actors | set(fact.actors)) - fact.importance / 10
    )
    various: dict[str, Fact] = {}
    for fact in common:
        various.setdefault(fact.speaker or fact.predicate, fact)
    return tuple(suggestion(context, fact.id, lang) for fact in list(various.values())[:NEXT])


def _worth(fact: Fact, shown: Sequence[str]) -> bool:
    return fact.id not in shown and fact.label not in {Label.DERIVED, Label.TIME_UNRELIABLE}


def answer(
    context: Context, reading: Reading, status: Status, lead: str, facts: Sequence[str] = (), /, **more: object
) -> Answer:
    """An Answer with the parts that every answer has."""
    lang = reading.lang
    values: dict[str, object] = {
        "status": status,
        "intent": reading.intent,
        "lang": lang,
        "lead": lead,
        "facts": fact_lines(context, facts, lang, lead),
        "read_as": read_as(context, reading),
        "footer": footer(context, lang),
        "actions": _actions(status, facts),
    }
    return Answer.model_validate(values | more)


def told(context: Context, reading: Reading, lead: str, facts: Sequence[str], /, **more: object) -> Answer:
    """An answered question with its facts and what may be asked next."""
    values: dict[str, object] = {
        "suggestions": next_questions(context, facts, reading.lang),
        "suggestions_title": say("next", reading.lang),
    }
    status = more.pop("status", Status.ANSWERED)
    return answer(context, reading, Status(str(status)), lead, facts, **(values | more))


def _actions(status: Status, facts: Sequence[str]) -> tuple[Action, ...]:
    if facts:
        return ANSWER_ACTIONS
    return () if status is Status.COMMAND else (Action.EXPLAIN, Action.WRONG)

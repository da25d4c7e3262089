"""How a question was read: what was found in it, the candidates with their signals, why it ended so, what to edit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from handlers.answer import Answer, Section, Status
from handlers.compose import answer, name, plain_title
from handlers.context import Context
from handlers.words import said, say, slug
from knowledge.model import LANGUAGES, Lang
from knowledge.understand.canonical import Canonical
from knowledge.understand.index import Entry, EntryKind
from knowledge.understand.rank import Candidate
from knowledge.understand.reading import Frame, Outcome, Reading

_SHOWN = 4
_FOR, _AGAINST, _SILENT = 3, 2, 0.05
_LONGEST = 200
_LACKS = ("_missing", "_gap")
_EITHER = {"linear", "slot_agrees"}
_LIMITS = {EntryKind.UNKNOWN: "decline", EntryKind.PREMISE: "correct"}


def handle(context: Context, reading: Reading) -> Answer:
    """How to use the command; with a question after the word, the desk calls `told` instead."""
    return answer(context, reading, Status.COMMAND, say("explain_how", reading.lang))


def told(context: Context, reading: Reading, asked: Reading, given: Answer, after: Frame | None = None) -> Answer:
    """The explanation of a reading and of the answer that came of it; `after` is what a follow-up leaned on."""
    lang = reading.lang
    rows = (
        Section(title=say("explain_read", lang), lines=_read(context, asked, after, lang)),
        Section(title=say("explain_why", lang), lines=_why(context, asked, given, lang)),
        Section(title=say("explain_todo", lang), lines=_todo(context, asked, given, lang)),
        *(_candidate(context, asked, place, lang) for place in range(len(asked.candidates[:_SHOWN]))),
    )
    lead = _lead(context, asked, given, lang)
    sections = tuple(row for row in rows if row.lines)
    return answer(context, reading, Status.COMMAND, lead, sections=sections, read_as=None)


def _lead(context: Context, asked: Reading, given: Answer, lang: Lang) -> str:
    top = context.reader.index.by_id.get(asked.entry or "")
    shown = f"{top.id} “{plain_title(top)}”" if top and top.kind is not EntryKind.INTENT else given.intent
    command = asked.outcome is Outcome.COMMAND and given.status is not Status.CLARIFY
    return say(f"explained_{(Status.COMMAND if command else given.status).value}", lang, entry=shown)


def _read(context: Context, asked: Reading, after: Frame | None, lang: Lang) -> tuple[str, ...]:
    """What was found in the words, each kind of thing only where there is one."""
    found, known = asked.canonical, context.reader.actors
    named = [f"{name(known[a], lang)} ({a})" for a in found.actors if a in known]
    shared = [" / ".join(name(known[a], lang) for a in ids if a in known) for ids in found.ambiguous]
    rows = (
        ("read_slot", [said(f"asked_{asked.slot.value}", lang, asked.slot.value)] if asked.slot else []),
        ("read_names", named),
        ("read_shared_names", shared),
        ("read_outside", _outside(found)),
        ("read_concepts", sorted(found.concepts)),
        ("read_unknown", found.unknown),
        ("read_spelling", [f"{typed} → {spelled}" for typed, spelled in found.corrected.items()]),
        ("read_canonical", [found.summary()] if asked.candidates else []),
    )
    lines = [say(key, lang, words=", ".join(words)) for key, words in rows if words]
    return (*_before(after, lang), *lines)


def _outside(found: Canonical) -> list[str]:
    """Names that the base does not hold, as they were typed."""
    return [" ".join(found.words[m.first : m.last + 1]) for m in found.mentions if m.outside]


def _before(after: Frame | None, lang: Lang) -> tuple[str, ...]:
    if after is None:
        return ()
    of = [say("read_of", lang, ids=", ".join(after.facts[:_SHOWN]))] if after.facts else []
    return (say("read_after", lang, question=after.question[:_LONGEST]), *of)


def _candidate(context: Context, asked: Reading, place: int, lang: Lang) -> Section:
    """An entry with its score, the wording that is nearest to the question, and what moved it up and down."""
    candidate, parts = asked.candidates[place], []
    named, score = _named(candidate.entry, lang), f"{candidate.score:.1f}"
    if closest := _closest(candidate.entry, asked.canonical.text):
        parts.append(say("candidate_closest", lang, text=closest))
    moved = _moved(context, asked, candidate, lang)
    for key, rows in (
        ("candidate_for", [row for row in moved if row[0] > 0][:_FOR]),
        ("candidate_against", [row for row in moved if row[0] < 0][:_AGAINST]),
    ):
        if rows:
            parts.append(say(key, lang, signals=", ".join(f"{words} {value:+.1f}" for value, words in rows)))
    return Section(title=say("candidate", lang, place=place + 1, entry=named, score=score), lines=tuple(parts))


def _closest(entry: Entry, text: str) -> str | None:
    rows = [wording for lang in LANGUAGES for wording in getattr(entry.examples, lang)]
    found = process.extractOne(text, rows, scorer=fuzz.token_sort_ratio, processor=str.casefold)
    return str(found[0]) if found else None


def _moved(context: Context, asked: Reading, candidate: Candidate, lang: Lang) -> list[tuple[float, str]]:
    """Signals by how much they moved the score, the strongest first, where they moved it as their words say."""
    found, kind = asked.canonical, candidate.entry.kind.value
    neutral = {
        name for name, said_so in (("actors_shared", found.actors), ("concepts_shared", found.concepts)) if not said_so
    }
    rows = []
    for signal, value in candidate.explain().items():
        moved = context.reader.weights.rank.get(signal, 0.0) * value
        sense = signal in _EITHER or (moved < 0) == signal.endswith(_LACKS)
        if abs(moved) >= _SILENT and sense and signal not in neutral:
            rows.append((moved, _signal(signal, kind, lang)))
    return sorted(rows, key=lambda row: -abs(row[0]))


def _signal(signal: str, kind: str, lang: Lang) -> str:
    if signal.startswith("is_"):
        return say("signal_kind", lang, kind=say(f"kind_{kind}", lang))
    return said(f"signal_{signal}", lang, signal.replace("_", " "))


def _named(entry: Entry, lang: Lang) -> str:
    return f"{entry.id} “{plain_title(entry)}” ({say(f'kind_{entry.kind.value}', lang)})"


def _why(context: Context, asked: Reading, given: Answer, lang: Lang) -> tuple[str, ...]:
    lines = [_because(reason, asked, lang) for reason in asked.reasons]
    if asked.candidates:
        limit = _LIMITS.get(asked.candidates[0].entry.kind, "answer")
        needed = context.reader.weights.thresholds[limit]
        lines.append(say("sure_enough", lang, sure=f"{asked.confidence:.2f}", needed=f"{needed:.2f}"))
    lines += [say("why_mismatch", lang, yours=m.yours, source=m.source, fact=m.fact) for m in asked.mismatches]
    if asked.slot and _lacks_the_slot(asked, given):
        slot = said(f"asked_{asked.slot.value}", lang, asked.slot.value)
        lines.append(say("why_no_slot", lang, fact=asked.entry, slot=slot))
    return tuple(lines)


def _because(reason: str, asked: Reading, lang: Lang) -> str:
    if asked.slot and reason == f"asks {asked.slot.value.replace('_', ' ')} of the last answer":
        return say("asks_of_the_last", lang, slot=said(f"asked_{asked.slot.value}", lang, asked.slot.value))
    return said(f"because_{slug(reason)}", lang, reason)


def _lacks_the_slot(asked: Reading, given: Answer) -> bool:
    return asked.outcome is Outcome.DIRECT and given.status is Status.DECLINED


def _todo(context: Context, asked: Reading, given: Answer, lang: Lang) -> tuple[str, ...]:
    """What to edit where the outcome is not the right one; nothing for a command that was typed."""
    if asked.outcome is Outcome.COMMAND and not asked.candidates:
        return ()
    lines = [*_entries(asked, given, lang), *_words(asked, lang)]
    return (*lines, say("todo_fit", lang)) if lines else ()


def _entries(asked: Reading, given: Answer, lang: Lang) -> Iterable[str]:
    kinds = [c.entry for c in asked.candidates if c.entry.kind is not EntryKind.INTENT]
    if asked.slot and _lacks_the_slot(asked, given):
        yield say("todo_slot", lang, slot=asked.slot.value, fact=asked.entry)
    elif given.status is Status.SUGGESTED and kinds:
        yield say("todo_wording", lang, entry=_named(kinds[0], lang))
        yield _row(kinds[0].id, asked)
        if not any(entry.kind is EntryKind.UNKNOWN for entry in kinds[:_SHOWN]):
            yield say("todo_unknown", lang)
    elif asked.outcome is Outcome.DECLINE:
        yield from _declined(asked, kinds, lang)
    elif others := [entry for entry in kinds if entry.id != asked.entry]:
        yield say("todo_wrong_entry", lang, entry=_named(others[0], lang))
        yield _row(others[0].id, asked)


def _declined(asked: Reading, kinds: Sequence[Entry], lang: Lang) -> Iterable[str]:
    stated = [entry for entry in kinds if entry.kind in {EntryKind.FACT, EntryKind.ANSWER}]
    if stated:
        yield say("todo_wrong_entry", lang, entry=_named(stated[0], lang))
        yield _row(stated[0].id, asked)
    if not any(entry.id == asked.entry and entry.kind is EntryKind.UNKNOWN for entry in kinds):
        yield say("todo_unknown", lang)
    yield say("todo_fact", lang)


def _words(asked: Reading, lang: Lang) -> Iterable[str]:
    found = asked.canonical
    if found.outside:
        yield say("todo_alias", lang, words=", ".join(_outside(found)))
    if found.corrected:
        yield say("todo_spelling", lang, words=", ".join(found.corrected))
    if found.unknown and asked.candidates:
        yield say("todo_concept", lang, words=", ".join(found.unknown))


def _row(entry: str, asked: Reading) -> str:
    """A line of a wordings file, to paste."""
    text = json.dumps(asked.canonical.text[:_LONGEST], ensure_ascii=False)
    return f"- {{entry: {entry}, lang: {asked.lang}, text: {text}}}"

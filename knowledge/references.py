"""Checks between the entries of a dossier: ids that are doubled or lead nowhere, spans, dates."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.dates import is_edtf
from knowledge.entries import Entry
from knowledge.faults import Fault
from knowledge.model import Actor, Claim, Fact, Question, Source, Span, TimelineEntry, Wording

SECTIONS = ("actors", "facts", "questions", "timeline", "cautions", "claims", "wordings")
ASKABLE = ("actors", "facts", "questions")
ID = re.compile(r"[A-Z][A-Z_0-9]*")
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Ids:
    """Every id by section, also of entries that failed the schema; None where a file could not be read."""

    known: Mapping[str, Collection[str] | None]

    def missing(self, section: str, name: str) -> bool:
        """Whether an id is certainly not there."""
        known = self.known[section]
        return known is not None and name not in known

    def nearest(self, section: str, name: str) -> str:
        """What to do about an id that leads nowhere."""
        close = difflib.get_close_matches(name, self.known[section] or (), 1)
        return f"did you mean {close[0]}?" if close else f"add it to {section} or remove it here"


def dangling(entry: Entry[Any], section: str, names: Iterable[tuple[Path, str | None]], ids: Ids) -> Iterator[Fault]:
    """Faults for names that no entry of the section bears."""
    for path, name in names:
        if name is not None and ids.missing(section, name):
            what = f"`{path[0]}` names {name}, which is not in {section}"
            yield entry.fault(what, ids.nearest(section, name), *path)


def listed(key: str, names: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The names of a list with the path of each."""
    return (((key, index), name) for index, name in enumerate(names))


def fact_faults(entry: Entry[Fact], ids: Ids, chars: int | None) -> Iterator[Fault]:
    """Names, dates and spans of a fact."""
    fact = entry.value
    for key in ("actors", "agent", "patient"):
        yield from dangling(entry, "actors", listed(key, getattr(fact, key)), ids)
    yield from dangling(entry, "actors", [(("speaker",), fact.speaker)], ids)
    speakers = [(("quotes", i, "speaker_actor"), quote.speaker_actor) for i, quote in enumerate(fact.quotes)]
    yield from dangling(entry, "actors", speakers, ids)
    yield from dangling(entry, "cautions", listed("cautions", fact.cautions), ids)
    yield from dangling(entry, "facts", listed("derived_from", fact.derived_from), ids)
    yield from dangling(entry, "facts", [(("supersedes",), fact.supersedes), (("retracts",), fact.retracts)], ids)
    if fact.time:
        for key in ("text_only", "resolved"):
            yield from date_faults(entry, getattr(fact.time, key), "time", key)
    yield from span_faults(entry, "spans", fact.spans, chars)


def question_faults(entry: Entry[Question], ids: Ids) -> Iterator[Fault]:
    """Names of a question; an option may lead to an entry or ask in free text."""
    question = entry.value
    yield from dangling(entry, "facts", listed("facts", question.facts), ids)
    yield from dangling(entry, "actors", listed("actors", question.actors), ids)
    for index, option in enumerate(question.options):
        name = option.entry
        if ID.fullmatch(name) and all(ids.missing(section, name) for section in ASKABLE):
            what = f"option leads to {name}, which is no fact, question or actor"
            yield entry.fault(what, "name one that exists, or write what the button asks", "options", index, "entry")


def actor_faults(entry: Entry[Actor], ids: Ids) -> Iterator[Fault]:
    """Names of an actor."""
    return dangling(entry, "actors", listed("not_to_confuse_with", entry.value.not_to_confuse_with), ids)


def timeline_faults(entry: Entry[TimelineEntry], ids: Ids) -> Iterator[Fault]:
    """Facts and date of a point of the timeline."""
    yield from dangling(entry, "facts", listed("facts", entry.value.facts), ids)
    yield from date_faults(entry, entry.value.edtf, "edtf")


def claim_faults(entry: Entry[Claim], ids: Ids) -> Iterator[Fault]:
    """Facts that a worked example of `check` names."""
    return dangling(entry, "facts", listed("facts", entry.value.facts), ids)


def wording_faults(entry: Entry[Wording], ids: Ids) -> Iterator[Fault]:
    """The entry that a wording asks for."""
    name = entry.value.entry
    if all(ids.missing(section, name) for section in ASKABLE):
        yield entry.fault(f"asks for {name}, which is no fact, question or actor", "name one that exists", "entry")


def source_faults(entry: Entry[Source]) -> Iterator[Fault]:
    """Date and passages of the document."""
    yield from date_faults(entry, entry.value.published.edtf, "published", "edtf")
    yield from span_faults(entry, "passages", entry.value.passages, entry.value.chars)


def date_faults(entry: Entry[Any], text: str | None, *path: str) -> Iterator[Fault]:
    """A fault when the text is no EDTF."""
    if text is not None and not is_edtf(text):
        what = f"`{'.'.join(path)}` {text!r} is no EDTF date"
        yield entry.fault(what, "write '2024-12', '2025-04-10', '1970~/2024-12' or '2024-12/..'", *path)


def span_faults(entry: Entry[Any], key: str, spans: Sequence[Span], chars: int | None) -> Iterator[Fault]:
    """Faults for spans that are empty or leave the document."""
    for index, span in enumerate(spans):
        if span.end <= span.start:
            what, remedy = f"ends at {span.end}, not after its start {span.start}", "correct the offsets"
        elif chars is not None and span.end > chars:
            what, remedy = f"ends at {span.end}, past the document's {chars} characters", "correct the offsets"
        else:
            continue
        yield entry.fault(f"`{key}` {index + 1} {what}", remedy, key, index)


def doubled(entries: Iterable[tuple[str, str, int]]) -> Iterator[Fault]:
    """Faults for (id, file, line) whose id was used before."""
    first: dict[str, tuple[str, int]] = {}
    for name, file, line in entries:
        if name in first:
            place = "{}:{}".format(*first[name])
            yield Fault(file, line, f"id {name} is already used at {place}", "give one of the two a new id")
        first.setdefault(name, (file, line))

"""Every fault of a dossier that can be seen without the source: what keeps the bot from starting, and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.entries import Entry, MarkedDossier
from knowledge.faults import DossierError, Fault
from knowledge.kept import keep, kept, key_of
from knowledge.load import load_marked
from knowledge.model import Actor, Dossier, Examples, Fact, Label, Question, QuestionKind, Source
from knowledge.rules import Rules, load_rules
from knowledge.wording import Folded, folded, same_wording, wording_faults

_KEPT = "dossier"
NEEDS_FACTS = {QuestionKind.ANSWER, QuestionKind.PREMISE}


def lint(marked: MarkedDossier, rules: Rules | None = None) -> list[Fault]:
    """Faults and warnings in the order of files and lines."""
    rules = rules or load_rules()
    faults = [*wording_faults(marked, rules), *_aliases(marked.actors), *_examples(marked, rules)]
    faults += [*_derived(marked.facts), *_timeline(marked, rules), *_cycles(marked.facts), *_embargo(marked)]
    faults += [*_questions(marked.questions), *_titles(marked), *_passages(marked.source), *_strays(marked)]
    return sorted(set(faults))


def load_checked(folder: Path) -> Dossier:
    """A dossier fit to be served; raises DossierError with what load and lint find, warnings aside.

    One that was fit at an earlier start and is the same to the letter is not gone through again.
    """
    key = key_of(folder)
    body = kept(folder, _KEPT, key)
    if body is not None:
        return Dossier.model_validate_json(body)
    marked = load_marked(folder)
    faults = [fault for fault in lint(marked) if not fault.warning]
    if faults:
        raise DossierError(faults)
    if key == key_of(folder):
        keep(folder, _KEPT, key, marked.dossier.model_dump_json(exclude_unset=True).encode())
    return marked.dossier


def _aliases(actors: Iterable[Entry[Actor]]) -> Iterator[Fault]:
    """Names that two actors share without being weak."""
    holders: dict[Folded, list[tuple[Entry[Actor], tuple[str | int, ...], str, bool]]] = {}
    for entry in actors:
        for path, value, weak in _named(entry.value):
            holders.setdefault(folded(value), []).append((entry, path, value, weak))
    for rows in holders.values():
        strong = [row for row in rows if not row[3]]
        first = strong[0] if strong else rows[0]
        for entry, path, value, _ in strong:
            if entry is not first[0]:
                what = f"{value!r} is also a name of {first[0].value.id}"
                yield entry.fault(what, "set `weak: true` on both, or drop it from one", *path)


def _named(actor: Actor) -> Iterator[tuple[tuple[str | int, ...], str, bool]]:
    yield ("name",), actor.name, False
    yield ("source_spelling",), actor.source_spelling, False
    for lang, name in actor.names.items():
        yield ("names", lang), name, False
    for index, alias in enumerate(actor.aliases):
        yield ("aliases", index), alias.value, alias.weak


def _examples(marked: MarkedDossier, rules: Rules) -> Iterator[Fault]:
    """Examples that are too few or stand twice."""
    first: dict[str, Entry[Any]] = {}
    entries: list[Entry[Any]] = [*marked.facts, *marked.questions, *marked.actors]
    for entry in entries:
        for path, text in _asked(entry.value.examples):
            key = same_wording(text)
            if other := first.get(key):
                what = f"example {text!r} is also one of {other.value.id}"
                yield entry.fault(what, "keep it where it is answered best", *path, warning=other is entry)
            first.setdefault(key, entry)
    for fact in marked.facts:
        yield from _too_few(fact, rules.examples)
    for question in marked.questions:
        if not question.value.examples.en:
            yield question.fault("no English examples", "add ways a reader asks it", "examples")


def _asked(examples: Examples) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for lang, texts in examples:
        for index, text in enumerate(texts):
            yield ("examples", lang, index), text


def _too_few(entry: Entry[Fact], wanted: Mapping[Any, int]) -> Iterator[Fault]:
    for lang, texts in entry.value.examples:
        missing = wanted.get(lang, 0) - len(texts)
        if missing > 0:
            what = f"{len(texts)} examples in {lang}, {wanted[lang]} are expected"
            serious = lang == "en" and not texts
            yield entry.fault(what, f"add {missing} more ways a reader asks it", "examples", warning=not serious)


def _derived(facts: Iterable[Entry[Fact]]) -> Iterator[Fault]:
    for entry in facts:
        fact = entry.value
        if fact.label is Label.DERIVED and not (fact.sum and fact.derived_from):
            yield entry.fault("derived without its sum", "add `derived_from` and `sum` (R13)", "label")
        if fact.derived_from and fact.label is not Label.DERIVED:
            yield entry.fault(f"derived but labelled {fact.label.value}", "label it derived (R13)", "label")
        if not fact.spans and not fact.embargoed:
            yield entry.fault("no span", "add the passage that states it", warning=True)


def _timeline(marked: MarkedDossier, rules: Rules) -> Iterator[Fault]:
    doubtful = {fact.id for fact in marked.dossier.facts if fact.label is Label.TIME_UNRELIABLE}
    for entry in marked.timeline:
        point = entry.value
        if doubtful.isdisjoint(point.facts) and point.label != Label.TIME_UNRELIABLE.value:
            continue
        if rules.time_flag not in point.display.casefold():
            remedy = f"add “{rules.time_flag}, check” (R11)"
            yield entry.fault("a time that cannot be relied on, unflagged", remedy, "display")
        if point.label != Label.TIME_UNRELIABLE.value:
            yield entry.fault(f"labelled {point.label}", "label it time-unreliable as its fact is (R11)", "label")


def _cycles(facts: tuple[Entry[Fact], ...]) -> Iterator[Fault]:
    """Facts that in the end supersede or derive from themselves."""
    links = {
        "supersedes": {entry.value.id: tuple(filter(None, [entry.value.supersedes])) for entry in facts},
        "retracts": {entry.value.id: tuple(filter(None, [entry.value.retracts])) for entry in facts},
        "derived_from": {entry.value.id: entry.value.derived_from for entry in facts},
    }
    for key, edges in links.items():
        for entry in facts:
            if edges[entry.value.id] and entry.value.id in _reached(entry.value.id, edges):
                yield entry.fault(f"`{key}` leads back to {entry.value.id}", "break the circle", key)


def _reached(start: str, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(edges[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += edges[name]
    return seen


def _embargo(marked: MarkedDossier) -> Iterator[Fault]:
    """Entries that would give an embargoed fact away (R23)."""
    secret = {fact.id for fact in marked.dossier.facts if fact.embargoed}
    named: list[Entry[Any]] = [*marked.questions, *marked.timeline, *marked.claims]
    derived: list[Entry[Any]] = [entry for entry in marked.facts if not entry.value.embargoed]
    for entry, key in (*((entry, "facts") for entry in named), *((entry, "derived_from") for entry in derived)):
        for index, name in enumerate(getattr(entry.value, key)):
            if name in secret:
                remedy = "remove it here until the embargo is lifted (R23)"
                yield entry.fault(f"names {name}, which is under embargo", remedy, key, index)


def _questions(questions: Iterable[Entry[Question]]) -> Iterator[Fault]:
    for entry in questions:
        question = entry.value
        if question.kind in NEEDS_FACTS and not (question.facts or question.actors):
            about_the_text = question.kind is QuestionKind.ANSWER
            what = f"{question.kind.value} that rests on nothing"
            yield entry.fault(what, "name its facts (R1)", "facts", warning=about_the_text)
        if question.kind is QuestionKind.AMBIGUOUS and len(question.options) < 2:
            yield entry.fault("ambiguous without two options", "give each reading a button (R18)", "options")


def _titles(marked: MarkedDossier) -> Iterator[Fault]:
    first: dict[Folded, Entry[Any]] = {}
    entries: list[Entry[Any]] = [*marked.facts, *marked.questions]
    for entry in entries:
        other = first.setdefault(folded(entry.value.title), entry)
        if other is not entry:
            what = f"title {entry.value.title!r} is also that of {other.value.id}"
            yield entry.fault(what, "make the two buttons tell apart", "title", warning=True)


def _passages(source: Entry[Source]) -> Iterator[Fault]:
    """Sentences of the source must follow each other, or a span has no one place."""
    passages = source.value.passages
    for index, (before, after) in enumerate(pairwise(passages), 1):
        if after.start < before.end:
            what = f"passage {index + 1} starts at {after.start}, inside passage {index} or before it"
            yield source.fault(what, "list the sentences in order, none inside another", "passages", index)


def _strays(marked: MarkedDossier) -> Iterator[Fault]:
    for name in marked.strays:
        yield Fault(name, 1, "not a file of a dossier, so nothing reads it", "rename or remove it", warning=True)

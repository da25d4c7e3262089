"""Lint of what the desk says in its own voice: banned words, attributions, quotations, dates of roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from knowledge.entries import Entry, MarkedDossier
from knowledge.faults import Fault
from knowledge.model import Actor, Attribution, Fact, Label, QuestionKind
from knowledge.rules import Rules, whole_words
from knowledge.understand.text import clean, fold, tokens

Path = tuple[str, ...]
Voiced = tuple[Path, str]
Folded = tuple[str, ...]
BETWEEN_WORDS = re.compile(r"[\W_]+")
NAMES_THE_ABSENT = {QuestionKind.UNKNOWN, QuestionKind.PREMISE}
NAMED = {Attribution.EXPLICIT, Attribution.SECOND_HAND}


def folded(text: str) -> Folded:
    """A text as the words that matching compares: case, diacritics and punctuation gone."""
    return tuple(token.text for token in tokens(clean(text)))


def same_wording(text: str) -> str:
    """A key that examples share when they differ in case, diacritics or punctuation only."""
    plain = BETWEEN_WORDS.sub(" ", text.casefold()).strip()
    return plain if plain.isascii() else " ".join(map(fold, plain.split()))


def wording_faults(marked: MarkedDossier, rules: Rules) -> Iterator[Fault]:
    """Every fault in the desk's own words."""
    yield from _banned(marked, rules)
    statements = "\n".join(fact.statement for fact in marked.dossier.facts)
    actors = {actor.id: actor for actor in marked.dossier.actors}
    for entry in marked.facts:
        yield from _attribution(entry, actors, rules)
        yield from _as_of(entry, rules)
        for index, quote in enumerate(entry.value.quotes):
            if quote.text not in statements:
                what = f"quotation {quote.text!r} is in no statement"
                yield entry.fault(what, "quote it in the statement or remove it here", "quotes", index)
    for question in marked.questions:
        unknown = question.value.kind is QuestionKind.UNKNOWN
        if unknown and not question.value.lead.startswith(rules.not_stated):
            remedy = f"start it with “{rules.not_stated}” (R14)"
            yield question.fault("lead of an unknown does not say so", remedy, "lead", warning=True)


def _banned(marked: MarkedDossier, rules: Rules) -> Iterator[Fault]:
    for entry in marked.facts:
        voiced: list[Voiced] = [(("title",), entry.value.title), (("statement",), entry.value.statement)]
        voiced += [(("slots", slot.value), text) for slot, text in entry.value.slots.items()]
        yield from _offences(entry, voiced, rules, may_deny=False)
    for question in marked.questions:
        voiced = [(("lead",), question.value.lead)]
        if question.value.kind not in NAMES_THE_ABSENT:
            voiced.append((("title",), question.value.title))
        yield from _offences(question, voiced, rules, may_deny=True)
    for caution in marked.cautions:
        yield from _offences(caution, [(("note",), caution.value.note)], rules, may_deny=True)
    for point in marked.timeline:
        yield from _offences(point, [(("display",), point.value.display)], rules, may_deny=False)
    for actor in marked.actors:
        yield from _offences(actor, [(("role",), actor.value.role)], rules, may_deny=True)


def _offences(entry: Entry[Any], voiced: list[Voiced], rules: Rules, *, may_deny: bool) -> Iterator[Fault]:
    for path, text in voiced:
        for words, hit in rules.offences(text, may_deny=may_deny):
            yield entry.fault(f"`{path[-1]}` says {hit!r} ({words.rule})", words.remedy, *path)


def _attribution(entry: Entry[Fact], actors: dict[str, Actor], rules: Rules) -> Iterator[Fault]:
    """A statement that drops who says so, and a label that does not go with the attribution."""
    fact = entry.value
    if not rules.label_fits(fact.attribution, fact.label):
        fitting = " or ".join((*rules.labels[fact.attribution], *rules.any_attribution))
        what = f"label {fact.label.value} does not go with attribution {fact.attribution.value}"
        yield entry.fault(what, f"label it {fitting}, or correct the attribution", "label")
    if fact.attribution not in NAMED or fact.label is Label.DERIVED:
        return
    speaker = actors.get(fact.speaker or "")
    if speaker is None:
        remedy = "add `speaker` with the id of an actor"
        yield entry.fault(f"attribution is {fact.attribution.value} but nobody speaks", remedy, "attribution")
    elif not _names(fact.statement, speaker) and not whole_words(rules.names_a_source).search(fact.statement):
        what = f"statement does not name {speaker.name}, who says so"
        yield entry.fault(what, "name the speaker or write “according to …” (R2)", "statement")


def _names(statement: str, speaker: Actor) -> bool:
    said = f" {' '.join(folded(statement))} "
    names = (speaker.name, speaker.source_spelling, *(alias.value for alias in speaker.aliases))
    return any(f" {' '.join(folded(name))} " in said for name in names)


def _as_of(entry: Entry[Fact], rules: Rules) -> Iterator[Fault]:
    fact = entry.value
    if fact.perishable and not whole_words(rules.dates_a_role).search(" ".join((fact.statement, *fact.slots.values()))):
        what = "a perishable fact that does not say as of when"
        yield entry.fault(
            what, "write “as of the article” in the statement or a slot (R10)", "perishable", warning=True
        )

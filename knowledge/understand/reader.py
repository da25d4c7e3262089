"""Text -> Reading: commands, follow-ups, ambiguous names, then ranked entries and the three tiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from knowledge.model import Dossier, Slot
from knowledge.understand import followup
from knowledge.understand.canonical import Canonical, Canonicaliser
from knowledge.understand.claims import claim_in
from knowledge.understand.confidence import confidence, same_answer
from knowledge.understand.index import CANDIDATES, Entry, EntryKind, Index, IntentSpec, entries_of, kin_of, people_of
from knowledge.understand.lexicon import Lexicon
from knowledge.understand.linear import Linear
from knowledge.understand.literal import EXACT, asks_back, needless, verbatim
from knowledge.understand.rank import SIGNALS, Candidate, Weights, rank
from knowledge.understand.reading import Frame, Mismatch, Outcome, Reading
from knowledge.understand.structure import Shapes
from knowledge.understand.text import clean, fold

_ID = re.compile(r"^[A-Za-z]{1,3}\d{2,6}$|^[A-Z][A-Z_]{2,}$")
OFFERS = 3
_ASK = "ask"
_HEAD, _REST, _LIKE = 6, 3, 0.5
_BEST = SIGNALS.index("best_example")
# How far below the best candidate one may score and still be offered beside a refusal.
_FAR = 4.0
# How sure the reader is of a question that stands in the data word for word.
_LITERAL = 0.99
_OFFERED = {EntryKind.FACT, EntryKind.ANSWER, EntryKind.ACTOR}


def _foreign(found: Canonical) -> bool:
    """Whether nothing in a text but its question word is known to the base."""
    named = found.actors or found.ambiguous or found.concepts
    return bool(found.content) and not named and len(found.unknown) == len(found.content)


@dataclass(frozen=True, slots=True)
class Command:
    """A question that opens with a command's word: which, and the rest of the line."""

    intent: str
    argument: str


class Reader:
    """Reads questions against one dossier; built once, safe to share."""

    def __init__(
        self,
        dossier: Dossier,
        intents: Sequence[IntentSpec],
        weights: Weights | None = None,
        folder: Path | None = None,
    ) -> None:
        # readers' wordings are many, and of no use once they are indexed
        self.dossier = dossier.model_copy(update={"wordings": ()})
        self.linear = Linear.load(folder)
        self.weights = weights or Weights.load(linear=bool(self.linear))
        self.lexicon = Lexicon(dossier.lexicon.concepts, dossier.lexicon.opposites)
        self.canonicaliser = Canonicaliser(dossier, self.lexicon)
        self.index = Index(
            entries_of(dossier, intents), self.canonicaliser, kin_of(dossier), people_of(dossier), folder=folder
        )
        self.shapes = Shapes(dossier, self.canonicaliser)
        self.facts = {fact.id: fact for fact in dossier.facts}
        self.questions = {question.id: question for question in dossier.questions}
        self.actors = {actor.id: actor for actor in dossier.actors}
        self._row = self.weights.row()
        self._intents = {fold(word): spec for spec in intents for word in (spec.name, *spec.words)}

    def read(self, text: str, frame: Frame | None = None, now: datetime | None = None) -> Reading:
        """Understand one message; a fresh frame lets it be a follow-up."""
        line = clean(text)
        if by_id := self._by_id(line):
            return by_id
        live = frame if frame and now and frame.fresh(now) else None
        if command := self._command(line):
            if command.intent == _ASK:
                return self.read(command.argument, frame, now)
            found = self.canonicaliser.read(line)
            bare = live and found.slot and not command.argument
            asked = followup.read(self, found, live) if live and bare else None
            return asked or Reading(found, Outcome.COMMAND, command.intent, argument=command.argument)
        if headed := self._headed(line):
            return headed
        if claim := claim_in(line):
            reasons = ("puts a sentence to be checked",)
            return Reading(self.canonicaliser.read(line), Outcome.COMMAND, "check", argument=claim, reasons=reasons)
        found = self.canonicaliser.read(line)
        if live and (follow := followup.read(self, found, live)):
            return follow
        return self.decide(found)

    def _headed(self, line: str) -> Reading | None:
        """A line that opens with a few words and a colon: a command in the reader's words, or a mere preface."""
        head, colon, rest = line.partition(": ")
        if not colon or len(head.split()) > _HEAD or len(rest.split()) < _REST:
            return None
        preface = self.canonicaliser.read(head)
        candidates = self.rank(preface)
        if candidates and candidates[0].entry.kind is EntryKind.INTENT and candidates[0].signals[_BEST] > _LIKE:
            reasons = ("opens like a command",)
            return Reading(preface, Outcome.COMMAND, candidates[0].entry.id[1:], argument=rest, reasons=reasons)
        if preface.actors or preface.outside or preface.ambiguous:
            return None
        return self.decide(self.canonicaliser.read(rest))

    def decide(self, found: Canonical, lean: Callable[[Entry], float] | None = None) -> Reading:
        """The tiers: a direct answer, a correction, a question back, offers, or not in the article.

        `lean` adds to an entry's score what a thread makes likely.
        """
        if settled := self._ambiguous_name(found) or self._greeting(found):
            return settled
        candidates = [c for c in self.rank(found) if not needless(c.entry, found)]
        if not candidates or _foreign(found):
            return Reading(
                found, Outcome.DECLINE, "ask", slot=found.slot, reasons=("no word of the question is in the base",)
            )
        candidates.sort(key=lambda c: not asks_back(c, found))
        if lean:
            leant = [replace(c, score=c.score + lean(c.entry)) for c in candidates]
            candidates = sorted(leant, key=lambda c: -c.score)
        return self._tier(found, candidates)

    def rank(self, found: Canonical, *, most: int = CANDIDATES) -> list[Candidate]:
        """The likeliest entries for a text, best first."""
        return rank(self.index, found, self._row, self.linear, most=most)

    def _tier(self, found: Canonical, candidates: list[Candidate]) -> Reading:
        top = candidates[0].entry
        mismatches = self._mismatches(found, top)
        sure = confidence(self.weights, candidates, found, mismatch=bool(mismatches))
        if sure < _LITERAL and candidates[0].signals[EXACT] and verbatim(top, found):
            sure = _LITERAL
        offers = self._offers(candidates)
        base = Reading(
            found,
            Outcome.SUGGEST,
            "ask",
            entry=top.id,
            slot=found.slot,
            facts=top.facts,
            offers=offers,
            mismatches=tuple(mismatches),
            candidates=tuple(candidates),
            confidence=sure,
        )
        outcome, reason = self._outcome(top, sure, mismatches)
        if outcome is Outcome.DECLINE:
            close = candidates[0].score - _FAR
            base = replace(base, offers=self._offers([c for c in candidates if c.score > close]))
        intent = (
            top.id[1:]
            if top.kind is EntryKind.INTENT and outcome is Outcome.COMMAND
            else "who"
            if top.kind is EntryKind.ACTOR
            else "ask"
        )
        return replace(base, outcome=outcome, intent=intent, reasons=(reason,))

    def _outcome(self, top: Entry, sure: float, mismatches: Sequence[Mismatch]) -> tuple[Outcome, str]:
        limits = self.weights.thresholds
        if top.kind is EntryKind.UNKNOWN:
            if sure >= limits["decline"]:
                return Outcome.DECLINE, "closest to a question that the article does not answer"
            return Outcome.SUGGEST, "near a question that the article does not answer, but not surely"
        if top.kind is EntryKind.PREMISE:
            if sure >= limits["correct"]:
                return Outcome.CORRECT, "rests on something the article does not say"
            return Outcome.SUGGEST, "may rest on a false premise"
        if mismatches and sure >= limits["mismatch"]:
            return Outcome.CORRECT, "the question's figure, day or verb is not the source's"
        if sure < limits["suggest"] and not mismatches:
            return Outcome.DECLINE, "nothing in the base is close enough"
        if sure < limits["answer"] or mismatches:
            return Outcome.SUGGEST, "not sure enough to answer directly"
        if top.kind is EntryKind.AMBIGUOUS:
            return Outcome.CLARIFY, "the question has more than one reading"
        if top.kind is EntryKind.INTENT:
            return Outcome.COMMAND, "asks for a command"
        return Outcome.DIRECT, "close to a known question, and nothing contradicts it"

    def _mismatches(self, found: Canonical, top: Entry) -> list[Mismatch]:
        if top.kind is not EntryKind.FACT:
            return []
        return self.shapes.mismatches(found, top.facts[0])

    def _offers(self, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        offers: list[Entry] = []
        for candidate in candidates:
            entry = candidate.entry
            if entry.kind is EntryKind.PREMISE and entry.facts:
                entry = self.index.by_id[entry.facts[0]]
            if entry.kind not in _OFFERED:
                continue
            if not any(same_answer(entry, other) for other in offers):
                offers.append(entry)
            if len(offers) == OFFERS:
                break
        return tuple(entry.id for entry in offers)

    def _by_id(self, line: str) -> Reading | None:
        if not _ID.match(line):
            return None
        key = line.upper()
        entry = self.index.by_id.get(key)
        if entry is None:
            return None
        found = self.canonicaliser.read(line, lang="en")
        return self.of_entry(found, entry)

    def of_entry(self, found: Canonical, entry: Entry, slot: Slot | None = None) -> Reading:
        """The reading that an id or a pressed button gives: that entry, without doubt."""
        outcome = {
            EntryKind.PREMISE: Outcome.CORRECT,
            EntryKind.UNKNOWN: Outcome.DECLINE,
            EntryKind.AMBIGUOUS: Outcome.CLARIFY,
        }
        intent = "who" if entry.kind is EntryKind.ACTOR else "ask"
        return Reading(
            found,
            outcome.get(entry.kind, Outcome.DIRECT),
            intent,
            entry=entry.id,
            slot=slot,
            facts=entry.facts,
            confidence=1.0,
            reasons=("asked for by its id",),
        )

    def _command(self, line: str) -> Command | None:
        if not line:
            return Command("brief", "")
        head, _, rest = line.partition(" ")
        word = fold(head.rstrip(":?!.,").lstrip("/"))
        spec = self._intents.get(word)
        if spec is None or not self._takes(spec, head, rest.strip()):
            return None
        return Command(spec.name, rest.strip())

    def _takes(self, spec: IntentSpec, head: str, rest: str) -> bool:
        if not rest or spec.argument == "free" or head.endswith(":"):
            return True
        if spec.argument == "ids":
            return all(_ID.match(part.strip(",[]")) for part in rest.split())
        if spec.argument == "actor":
            found = self.canonicaliser.read(rest)
            covered = sum(m.last - m.first + 1 for m in found.mentions)
            return bool(found.mentions) and covered == len(found.words)
        return False

    def _greeting(self, found: Canonical) -> Reading | None:
        """A line without anything to understand that stands among a command's examples: "hello"."""
        if found.features:
            return None
        asked = (e for e in self.index.entries if e.kind is EntryKind.INTENT and verbatim(e, found))
        entry = next(asked, None)
        if entry is None:
            return None
        return Reading(found, Outcome.COMMAND, entry.id[1:], entry=entry.id, reasons=("asks for a command",))

    def _ambiguous_name(self, found: Canonical) -> Reading | None:
        if not found.ambiguous or found.actors or found.concepts or len(found.content) > len(found.ambiguous) + 1:
            return None
        people = found.ambiguous[0]
        return Reading(
            found,
            Outcome.CLARIFY,
            "who",
            slot=found.slot,
            people=people,
            reasons=("the name has more than one holder",),
        )

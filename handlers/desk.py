"""The Desk: a loaded dossier that answers. What Slack, the command line and the tests all call."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from handlers import commands, explain
from handlers.answer import Answer, Status
from handlers.context import RETENTION_DAYS, Context
from handlers.intents import HANDLERS, specs
from knowledge.embargo import public
from knowledge.lint import load_checked
from knowledge.load import without_collector
from knowledge.model import Dossier, Lang
from knowledge.understand.index import EntryKind
from knowledge.understand.reader import Reader
from knowledge.understand.reading import Frame, Outcome, Reading
from knowledge.verify import source_text

_SOURCED = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and what its thread should remember."""

    answer: Answer
    frame: Frame
    reading: Reading


class Desk:
    """Answers questions from one dossier; immutable once built, so a reload makes a new one."""

    def __init__(
        self,
        dossier: Dossier,
        loaded: datetime,
        text: str | None = None,
        folder: Path | None = None,
        *,
        retention_days: int = RETENTION_DAYS,
    ) -> None:
        self.loaded = loaded
        self.text = text
        self.reader = Reader(public(dossier), specs(), folder=folder)
        self.dossier = self.reader.dossier
        self._retention_days = retention_days
        self._memo: dict[Hashable, Any] = {}

    @classmethod
    def load(
        cls, folder: Path, *, loaded: datetime, sources: Path | None = None, retention_days: int = RETENTION_DAYS
    ) -> Desk:
        """A desk on the dossier in `folder`; raises DossierError with every fault where it has any."""
        dossier = load_checked(folder)
        with without_collector():
            text = source_text(dossier, sources) if sources else None
            return cls(dossier, loaded, text, folder, retention_days=retention_days)

    @property
    def version(self) -> str:
        """The dossier's version."""
        return self.dossier.source.version

    def answer(self, text: str, *, frame: Frame | None = None, now: datetime) -> Reply:
        """The answer to one message, and the frame for the next one in its thread."""
        reading, context = self._read(text, frame, now), self._context(now)
        if reading.intent == "explain" and reading.argument:
            answer = self._explained(context, reading, reading.argument.strip(commands.QUOTES), frame)
        else:
            answer = _answered(context, reading)
        if reading.follow_up:
            answer = answer.model_copy(update={"after": frame})
        return Reply(answer, self._frame(reading, answer, frame, now), reading)

    def command(self, name: str, lang: Lang, *, now: datetime) -> Answer:
        """The answer to a bare command, where no words of a reader say in which language."""
        found = self.reader.canonicaliser.read("", lang=lang)
        return HANDLERS[name](self._context(now), Reading(found, Outcome.COMMAND, name))

    def explain(self, question: str, *, frame: Frame | None = None, now: datetime) -> Answer:
        """How a question was read; with the frame it was asked under, however long ago that was."""
        asked = frame.at if frame and frame.at else now
        reading = Reading(self.reader.canonicaliser.read(question), Outcome.COMMAND, "explain", argument=question)
        return self._explained(self._context(asked), reading, question, frame)

    def _explained(self, context: Context, reading: Reading, question: str, frame: Frame | None) -> Answer:
        asked = self._read(question, frame, context.now)
        after = frame if asked.follow_up else None
        return explain.told(context, reading, asked, _answered(context, asked), after)

    def _context(self, now: datetime) -> Context:
        return Context(self.reader, self.loaded, now, self.text, self._memo, self._retention_days)

    def _read(self, text: str, frame: Frame | None, now: datetime) -> Reading:
        text = commands.asked(self.reader, text)
        reading = commands.in_language(commands.read(self.reader, text) or self.reader.read(text, frame, now))
        if frame and frame.facts and frame.fresh(now) and _bare(reading):
            return replace(reading, argument=" ".join(frame.facts[:_SOURCED]))
        return commands.ambiguous(self.reader, reading) or reading

    def _frame(self, reading: Reading, answer: Answer, before: Frame | None, now: datetime) -> Frame:
        """The thread's memory; a command or a refusal leaves the last answered question in place."""
        if before and reading.follow_up and reading.outcome is Outcome.SUGGEST:
            return before.model_copy(update={"at": now, "options": tuple(s.id for s in answer.suggestions)})
        keeps = reading.outcome is Outcome.DECLINE and reading.follow_up
        if before and ((reading.outcome is Outcome.COMMAND and reading.intent not in {"who", "ask"}) or keeps):
            asked = {"question": reading.canonical.text, "lang": reading.lang, "named": tuple(reading.canonical.actors)}
            return before.model_copy(update={"at": now} | (asked if keeps and reading.canonical.actors else {}))
        facts = tuple(line.id for line in (*answer.facts, *answer.near))
        actors = tuple(
            dict.fromkeys([*reading.canonical.actors, *(a for f in facts[:2] for a in self.reader.facts[f].actors)])
        )
        return Frame(
            question=before.question
            if before and reading.follow_up and not reading.canonical.concepts
            else reading.canonical.text,
            lang=reading.lang,
            intent=reading.intent,
            entry=self._entry(reading, facts),
            read=reading.entry,
            facts=facts,
            actors=actors,
            persons=self._persons(reading, actors, before),
            people=tuple(a for a in actors if self.reader.actors[a].type == "Person"),
            named=tuple(reading.canonical.actors) or (before.named if before and reading.follow_up else ()),
            asked_back=answer.status is Status.CLARIFY,
            options=tuple(s.id for s in answer.suggestions),
            slot=reading.slot,
            at=now,
        )

    def _entry(self, reading: Reading, facts: tuple[str, ...]) -> str | None:
        entry = self.reader.index.by_id.get(reading.entry or "")
        if entry and entry.kind in {EntryKind.FACT, EntryKind.ACTOR, EntryKind.ANSWER}:
            return entry.id
        return facts[0] if facts else None

    def _persons(self, reading: Reading, actors: tuple[str, ...], before: Frame | None) -> tuple[str, ...]:
        """People the next pronoun may mean: those the question named, else those already spoken of, else the facts'."""
        people = [a for a in actors if self.reader.actors[a].type == "Person"]
        named = [a for a in reading.canonical.actors if a in people]
        if not named and reading.follow_up and before and before.persons and set(before.persons) <= set(people):
            return before.persons
        if not people and before:
            return before.persons
        return tuple(named or people)


def _answered(context: Context, reading: Reading) -> Answer:
    return commands.nearest(context, reading) or HANDLERS[_handler(reading)](context, reading)


def _handler(reading: Reading) -> str:
    if reading.outcome in {Outcome.CLARIFY, Outcome.DECLINE, Outcome.SUGGEST} or reading.intent not in HANDLERS:
        return "ask"
    return reading.intent


def _bare(reading: Reading) -> bool:
    """`source`, `cite` or `quote` alone: in a thread, of what was just answered."""
    typed = reading.outcome is Outcome.COMMAND and not reading.argument and not reading.candidates
    return typed and reading.intent in {"source", "cite", "quote"}

"""The Reading: what a question was understood to ask, and the Frame a thread keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.model import Lang, Slot
from knowledge.understand.canonical import Canonical
from knowledge.understand.rank import Candidate

FRAME_LIFE = timedelta(minutes=30)


class Outcome(StrEnum):
    """What is to be done with a question."""

    DIRECT = "direct"
    CORRECT = "correct"
    CLARIFY = "clarify"
    SUGGEST = "suggest"
    DECLINE = "decline"
    COMMAND = "command"


class Frame(BaseModel):
    """What a thread remembers for 30 minutes; serialised with `model_dump_json`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = ""
    lang: Lang = "en"
    intent: str = "ask"
    entry: str | None = None
    read: str | None = None
    facts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    asked_back: bool = False
    slot: Slot | None = None
    at: datetime | None = None

    def fresh(self, now: datetime) -> bool:
        """Whether a follow-up may still lean on this frame."""
        return self.at is not None and timedelta(0) <= now - self.at <= FRAME_LIFE


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a question or claim departs from a fact: which dimension, its words and the source's."""

    dimension: str
    yours: str
    source: str
    fact: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood. `entry` is what answers it; `offers` are the did-you-means, best first."""

    canonical: Canonical
    outcome: Outcome
    intent: str
    entry: str | None = None
    argument: str = ""
    slot: Slot | None = None
    facts: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    follow_up: bool = False
    vacant: bool = False
    reasons: tuple[str, ...] = field(default_factory=tuple)

    @property
    def lang(self) -> Lang:
        """The asker's language."""
        return self.canonical.lang

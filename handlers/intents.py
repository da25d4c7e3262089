"""INTENTS: one visible table of every intent: its words, what may follow them, its help line, its handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from handlers import (
    ask,
    brief,
    changes,
    check,
    cite,
    compare,
    correct,
    digest,
    elsewhere,
    explain,
    quote,
    source,
    status,
    ties,
    timeline,
    who,
)
from handlers import help as help_
from handlers.answer import Answer
from handlers.compose import Context
from knowledge.understand.index import IntentSpec
from knowledge.understand.reading import Reading

Handler = Callable[[Context, Reading], Answer]
_FILE = Path(__file__).with_name("intents.yaml")


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing a reader can want: `argument` says what may follow the word."""

    name: str
    words: tuple[str, ...]
    argument: Literal["none", "ids", "actor", "free"]
    usage: str
    help: str
    handler: Handler

    def spec(self) -> IntentSpec:
        """What the understanding needs of it."""
        return IntentSpec(self.name, self.words, _examples().get(self.name, {}), self.argument)


@lru_cache(maxsize=1)
def _examples() -> Mapping[str, Mapping[str, Sequence[str]]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    table: Mapping[str, Mapping[str, Sequence[str]]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - strings only
    return table


_TABLE = (
    Intent("ask", ("ask", "question"), "free", "ask how many UN members …", "any question about the story", ask.handle),
    Intent(
        "brief", ("brief", "summary", "요약", "موجز", "ozet"), "none", "brief", "the story in a few lines", brief.handle
    ),
    Intent("ties", ("ties",), "actor", "ties", "who has relations with whom", ties.handle),
    Intent(
        "who",
        ("who", "card", "누구", "kim"),
        "actor",
        "who cho",
        "a person or body: role, spellings, what is not said",
        who.handle,
    ),
    Intent(
        "timeline",
        ("timeline", "chronology", "연표", "kronoloji"),
        "actor",
        "timeline",
        "the story in order, with how firm each date is",
        timeline.handle,
    ),
    Intent(
        "quote",
        ("quote", "quotes"),
        "actor",
        "quote cuba",
        "words that the article itself quotes, with speaker and object",
        quote.handle,
    ),
    Intent("compare", ("compare",), "free", "compare cuba and syria", "two actors side by side", compare.handle),
    Intent(
        "check",
        ("check", "verify", "factcheck", "fact-check", "확인", "تحقق", "dogrula"),
        "free",
        "check <a sentence>",
        "a sentence or paragraph against the facts",
        check.handle,
    ),
    Intent(
        "source", ("source", "sources"), "ids", "source F03", "where a fact stands; what the source is", source.handle
    ),
    Intent("cite", ("cite",), "ids", "cite F03", "a cite-as line", cite.handle),
    Intent(
        "explain",
        ("explain",),
        "free",
        "explain <a question>",
        "how a question is read, and why it is answered or not",
        explain.handle,
    ),
    Intent("status", ("status", "version"), "none", "status", "which dossier is loaded", status.handle),
    Intent("changes", ("changes", "corrections"), "none", "changes", "facts corrected or retracted", changes.handle),
    Intent("digest", ("digest",), "free", "digest preview", "the daily digest", digest.handle),
    Intent(
        "correct",
        ("correct", "correction", "wrong"),
        "free",
        "correct <what is wrong>",
        "propose a correction",
        correct.handle,
    ),
    Intent("propose", ("propose",), "free", "propose", "propose a fact with its source", elsewhere.handle),
    Intent("follow", ("follow",), "actor", "", "", elsewhere.handle),
    Intent("unfollow", ("unfollow",), "actor", "", "", elsewhere.handle),
    Intent("unanswered", ("unanswered",), "none", "", "", elsewhere.handle),
    Intent("reload", ("reload",), "none", "", "", elsewhere.handle),
)
INTENTS: tuple[Intent, ...] = (
    Intent(
        "help",
        ("help", "commands", "도움말", "مساعده", "yardim", "?"),
        "none",
        "help",
        "this list",
        help_.handler(_TABLE),
    ),
    *_TABLE,
)
HANDLERS: Mapping[str, Handler] = {intent.name: intent.handler for intent in INTENTS}


def specs() -> tuple[IntentSpec, ...]:
    """Every intent as the understanding takes it."""
    return tuple(intent.spec() for intent in INTENTS)

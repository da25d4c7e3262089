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
from handlers.context import Context
from knowledge.understand.index import IntentSpec
from knowledge.understand.reading import Reading

Handler = Callable[[Context, Reading], Answer]
_FILE = Path(__file__).with_name("intents.yaml")


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing a reader can want: `argument` says what may follow the word, `usage` is the example that help shows."""

    name: str
    words: tuple[str, ...]
    argument: Literal["none", "ids", "actor", "free"]
    usage: str
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
    Intent("ask", ("ask", "question"), "free", "ask how many UN members …", ask.handle),
    Intent("brief", ("brief", "summary", "요약", "موجز", "ozet"), "none", "brief", brief.handle),
    Intent("ties", ("ties",), "actor", "ties", ties.handle),
    Intent("who", ("who", "card", "누구", "kim"), "actor", "who cho", who.handle),
    Intent("timeline", ("timeline", "chronology", "연표", "kronoloji"), "actor", "timeline", timeline.handle),
    Intent("quote", ("quote", "quotes"), "actor", "quote cuba", quote.handle),
    Intent("compare", ("compare",), "free", "compare cuba and syria", compare.handle),
    Intent(
        "check",
        ("check", "verify", "factcheck", "fact-check", "확인", "تحقق", "dogrula"),
        "free",
        "check <a sentence>",
        check.handle,
    ),
    Intent("source", ("source", "sources"), "ids", "source F03", source.handle),
    Intent("cite", ("cite",), "ids", "cite F03", cite.handle),
    Intent("explain", ("explain",), "free", "explain <a question>", explain.handle),
    Intent("status", ("status", "version"), "none", "status", status.handle),
    Intent("changes", ("changes", "corrections"), "none", "changes", changes.handle),
    Intent("digest", ("digest",), "free", "digest preview", digest.handle),
    Intent("correct", ("correct", "correction", "wrong"), "free", "correct <what is wrong>", correct.handle),
    Intent("propose", ("propose",), "free", "propose", elsewhere.handle),
    Intent("follow", ("follow",), "actor", "", elsewhere.handle),
    Intent("unfollow", ("unfollow",), "actor", "", elsewhere.handle),
    Intent("unanswered", ("unanswered",), "none", "", elsewhere.handle),
    Intent("reload", ("reload",), "none", "", elsewhere.handle),
)
TURKISH = frozenset({"ozet", "kim", "kronoloji", "dogrula", "yardim"})
_HELP = ("help", "commands", "도움말", "مساعده", "yardim", "?")
INTENTS: tuple[Intent, ...] = (Intent("help", _HELP, "none", "help", help_.handler(_TABLE)), *_TABLE)
HANDLERS: Mapping[str, Handler] = {intent.name: intent.handler for intent in INTENTS}


def specs() -> tuple[IntentSpec, ...]:
    """Every intent as the understanding takes it."""
    return tuple(intent.spec() for intent in INTENTS)

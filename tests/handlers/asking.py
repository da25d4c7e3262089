"""Asks a desk a line and gives back what a reader sees."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.render.plain import plain
from handlers.answer import Answer
from handlers.context import Context
from handlers.desk import Desk
from handlers.intents import HANDLERS
from knowledge.model import Lang

LOADED = datetime(2025, 4, 12, 8, tzinfo=UTC)
NOW = datetime(2025, 4, 14, 9, tzinfo=UTC)


def asked(desk: Desk, line: str, *, now: datetime = NOW) -> Answer:
    """The answer to one line."""
    return desk.answer(line, now=now).answer


def text(desk: Desk, line: str, *, now: datetime = NOW) -> str:
    """The answer to one line as a reader sees it."""
    return plain(asked(desk, line, now=now))


def thread(desk: Desk, *lines: str) -> list[str]:
    """The answers to the lines of one conversation."""
    frame, told = None, []
    for line in lines:
        reply = desk.answer(line, frame=frame, now=NOW)
        frame = reply.frame
        told.append(plain(reply.answer))
    return told


def entry(desk: Desk, entry_id: str, lang: Lang) -> Answer:
    """The answer to an entry without a doubt about what was meant, for an asker in a language."""
    found = desk.reader.canonicaliser.read("", lang=lang)
    reading = desk.reader.of_entry(found, desk.reader.index.by_id[entry_id])
    return HANDLERS[reading.intent](Context(desk.reader, LOADED, NOW), reading)

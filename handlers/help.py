"""What the desk can do, with one example a command, and the privacy promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.answer import Answer, Section, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.model import Lang
from knowledge.understand.reading import Reading
from knowledge.understand.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.intents import Handler, Intent


def handler(intents: Sequence[Intent]) -> Handler:
    """A handler that lists these intents, or tells of the one that is named."""
    by_word = {fold(word): intent for intent in intents for word in (intent.name, *intent.words)}

    def handle(context: Context, reading: Reading) -> Answer:
        lang = reading.lang
        one = by_word.get(fold(reading.argument.lstrip("/")))
        lead = _line(one, lang) if one else say("help_lead", lang)
        sections = _words(one, lang) if one else _everything(intents, lang, context.retention_days)
        return answer(context, reading, Status.COMMAND, lead, sections=sections)

    return handle


def _everything(intents: Sequence[Intent], lang: Lang, days: int) -> tuple[Section, ...]:
    lines = tuple(_line(intent, lang) for intent in intents if intent.usage)
    privacy = Section(title=say("privacy_title", lang), lines=(say("privacy", lang, days=days),))
    return (Section(title=say("commands", lang), lines=lines), privacy)


def _words(intent: Intent, lang: Lang) -> tuple[Section, ...]:
    words = [word for word in intent.words if word != intent.name]
    line = say("other_words", lang, words=", ".join(words))
    return (Section(title=intent.name, lines=(line,)),) if words else ()


def _line(intent: Intent, lang: Lang) -> str:
    if not intent.usage:
        return say(f"elsewhere_{intent.name}", lang)
    return say("help_line", lang, usage=intent.usage, help=say(f"help_{intent.name}", lang))

"""What the desk can do, with one example a command, and the privacy promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.answer import Answer, Section, Status
from handlers.compose import Context, answer
from knowledge.understand.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.intents import Handler, Intent

PRIVACY = (
    "Question text is kept for 30 days at most and then deleted; other people's messages are never kept. "
    "Slash answers are visible only to you until you press Share."
)


def handler(intents: Sequence[Intent]) -> Handler:
    """A handler that lists these intents."""

    def handle(context: Context, reading: Reading) -> Answer:
        lines = tuple(f"{intent.usage}: {intent.help}" for intent in intents if intent.help)
        lead = "Ask in your own words, in English, Korean, Arabic or Turkish; every answer names its facts. Or type a command:"
        sections = (Section(title="Commands", lines=lines), Section(title="Privacy", lines=(PRIVACY,)))
        return answer(context, reading, Status.COMMAND, lead, sections=sections)

    return handle

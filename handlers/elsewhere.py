"""Commands that need what only Slack or an editor has: said plainly wherever they cannot be carried out."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import answer
from handlers.context import Context
from handlers.words import say
from knowledge.understand.reading import Reading


def handle(context: Context, reading: Reading) -> Answer:
    """What the command would do and where."""
    actions = (Action.PROPOSE,) if reading.intent == "propose" else ()
    lead = say(f"elsewhere_{reading.intent}", reading.lang)
    return answer(context, reading, Status.COMMAND, lead, actions=actions)

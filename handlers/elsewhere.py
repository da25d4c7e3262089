"""Commands that need what only Slack or an editor has: said plainly wherever they cannot be carried out."""

from __future__ import annotations

from handlers.answer import Action, Answer, Status
from handlers.compose import Context, answer
from knowledge.understand.reading import Reading

_LEADS = {
    "propose": "To propose a fact, give a statement, its date, the source's address and the words that carry it; an editor approves before it is ever shown. In Slack press Propose a fact.",
    "reload": "Only an editor can reload the dossier, from Slack or by sending the process a hang-up signal.",
    "unanswered": "The list of questions that the base could not answer is kept for editors in Slack.",
    "follow": "Following an actor or a topic needs a subscription; in Slack type digest subscribe.",
    "unfollow": "There is nothing followed here; in Slack type digest to see what runs where.",
}


def handle(context: Context, reading: Reading) -> Answer:
    """What the command would do and where."""
    actions = (Action.PROPOSE,) if reading.intent == "propose" else ()
    return answer(context, reading, Status.COMMAND, _LEADS[reading.intent], actions=actions)

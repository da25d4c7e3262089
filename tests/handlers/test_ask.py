"""How a question ends: what is offered, what is not, how much."""

from __future__ import annotations

from dataclasses import replace

from handlers import ask
from handlers.answer import Answer, Status
from handlers.context import Context
from handlers.desk import Desk
from knowledge.understand.reading import Outcome, Reading
from tests.handlers.asking import LOADED, NOW, asked
from tests.support.dossiers import small_dossier


def ended(desk: Desk, entry: str, outcome: Outcome, *offers: str) -> Answer:
    """The answer to a reading that ended so."""
    found = desk.reader.canonicaliser.read("a question")
    reading: Reading = desk.reader.of_entry(found, desk.reader.index.by_id[entry])
    return ask.handle(Context(desk.reader, LOADED, NOW), replace(reading, outcome=outcome, offers=offers))


def test_a_false_premise_is_not_offered_as_the_next_question(ferry: Desk) -> None:
    answer = ended(ferry, "U01", Outcome.DECLINE, "P01", "F02")

    assert [s.id for s in answer.suggestions] == ["F02"]


def test_did_you_mean_offers_a_false_premise_as_a_question_only(ferry: Desk) -> None:
    answer = ended(ferry, "F02", Outcome.SUGGEST, "P01", "F02")

    assert answer.status is Status.SUGGESTED
    assert [s.label for s in answer.suggestions] == ["Why did Tidewater build a new ship?", "Tidewater bought a ship"]


def test_a_command_that_may_be_meant_is_offered_with_what_it_does(ferry: Desk) -> None:
    answer = ended(ferry, "/timeline", Outcome.SUGGEST, "F02")

    assert answer.suggestions[0].label.startswith("timeline: the story in order")
    assert asked(ferry, answer.suggestions[0].query).intent == "timeline"


def test_at_most_three_near_facts_are_shown() -> None:
    dossier = small_dossier()
    wide = tuple(
        q.model_copy(update={"facts": ("F01", "F02", "F03", "F04")}) if q.id == "U01" else q for q in dossier.questions
    )
    answer = asked(Desk(dossier.model_copy(update={"questions": wide}), LOADED), "U01")

    assert [line.id for line in answer.near] == ["F01", "F02", "F03"]


def test_two_meanings_are_asked_back_with_their_buttons(ferry: Desk) -> None:
    answer = asked(ferry, "A01")

    assert answer.status is Status.CLARIFY
    assert [s.id for s in answer.suggestions] == ["MAYOR", "HARBOUR_MASTER"]
    assert answer.suggestions_title == "Choose one"

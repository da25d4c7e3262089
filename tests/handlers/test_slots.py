"""When, where, who: the answer first, readable alone, each thing said once."""

from __future__ import annotations

import pytest

from handlers.answer import Status
from handlers.desk import Desk
from handlers.slots import answering
from knowledge.model import Slot
from tests.handlers.asking import NOW, asked, thread


@pytest.mark.parametrize(
    ("fact", "slot", "lead"),
    [
        ("F06", Slot.HOW_MANY, "About 31,000 a year. Until the storm, some 31,000 passengers a year used the line."),
        ("F05", Slot.WHY, "A storm. The line stopped running after a storm in January."),
        ("F02", Slot.WHO, "Tidewater Ferries announced that it had bought a used ship for 4.2 million crowns."),
        (
            "F01",
            None,
            "Mayor Ines Halvorsen said the night ferry between Port Alder and Selm could be back in service in May.",
        ),
    ],
)
def test_the_lead_answers_first_and_stands_alone(ferry: Desk, fact: str, slot: Slot | None, lead: str) -> None:
    assert answering(ferry.reader.facts[fact], slot) == lead


def test_every_slot_of_every_fact_is_answered_with_the_fact_beside_it(desk: Desk) -> None:
    for fact in desk.dossier.facts:
        for slot, words in fact.slots.items():
            lead = answering(fact, slot)
            assert fact.statement in lead or lead == words
            assert lead.endswith((".", '."', ".)"))


def test_a_thread_asks_on_by_a_bare_word(ferry: Desk) -> None:
    _, when, why = thread(ferry, "F05", "when?", "why?")

    assert when.startswith('"January": January 2031. The year is not in the article. The line stopped running')
    assert why.startswith("A storm. The line stopped running after a storm")


def test_what_the_fact_does_not_say_is_not_in_the_article(ferry: Desk) -> None:
    frame = ferry.answer("F04", now=NOW).frame
    answer = ferry.answer("why?", frame=frame, now=NOW).answer

    assert answer.status is Status.DECLINED
    assert answer.lead == "Not in the article. It does not say why (Repairs of the quay took eleven weeks)."
    assert [line.id for line in answer.near] == ["F04"]


def test_the_unreliable_line_keeps_its_flag_for_every_slot(desk: Desk) -> None:
    for slot in desk.reader.facts["F40"].slots:
        assert "timing unreliable, check" in answering(desk.reader.facts["F40"], slot)


def test_a_fact_asked_whole_is_its_statement(ferry: Desk) -> None:
    assert asked(ferry, "F04").lead == "Repairs of the quay took eleven weeks."

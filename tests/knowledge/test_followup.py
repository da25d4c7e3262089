"""Follow-ups in a thread: what a short message means after what was just answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.desk import Desk, Reply
from knowledge.model import Slot
from knowledge.understand.reading import FRAME_LIFE, Frame, Outcome
from tests.support.dossiers import small_dossier

NOW = datetime(2031, 3, 14, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The ferry story as it answers."""
    return Desk(small_dossier(), NOW)


@pytest.fixture(scope="module")
def shipped(shelf) -> Desk:
    """The shipped story as it answers."""
    return shelf.desk


def thread(desk: Desk, *lines: str, later: timedelta = timedelta(minutes=1)) -> Reply:
    """The reply to the last line; each comes a little after the one before."""
    frame, now = None, NOW
    for line in lines:
        reply = desk.answer(line, frame=frame, now=now)
        frame, now = reply.frame, now + later
    return reply


@pytest.mark.parametrize(
    ("first", "then", "entry", "slot"),
    [
        ("How much did the ship cost?", "when?", "F02", Slot.WHEN),
        ("How much did the ship cost?", "and when was that?", "F02", Slot.WHEN),
        ("Why was the ferry suspended?", "since when?", "F05", Slot.WHEN),
        ("When will the night ferry run again?", "where?", "F01", Slot.WHERE),
        ("When will the night ferry run again?", "and who says so?", "F01", Slot.SAYS_WHO),
        ("When did the boat stop?", "why?", "F05", Slot.WHY),
        ("Is the quay safe to use?", "who says that?", "F03", Slot.SAYS_WHO),
        ("배는 얼마에 샀나요?", "언제?", "F02", Slot.WHEN),
        ("Gemi kaça alındı?", "ne zaman?", "F02", Slot.WHEN),
        ("كم دفعت الشركة ثمنا للسفينة؟", "متى؟", "F02", Slot.WHEN),
        ("كم دفعت الشركة ثمنا للسفينة؟", "من قال؟", "F02", Slot.SAYS_WHO),
    ],
)
def test_a_bare_question_word_asks_that_of_the_last_answer(desk, first, then, entry, slot):
    reading = thread(desk, first, then).reading
    assert reading.follow_up
    assert (reading.outcome, reading.entry, reading.slot) == (Outcome.DIRECT, entry, slot)


def test_a_slot_that_the_fact_lacks_is_said_to_be_missing(desk):
    reply = thread(desk, "How much did the ship cost?", "why?")
    assert reply.reading.follow_up
    assert reply.reading.slot is Slot.WHY
    assert reply.answer.status.value == "declined"


@pytest.mark.parametrize("line", ["when?", "why?", "and who says so?", "the other one", "what about that?"])
def test_without_a_thread_there_is_no_follow_up(desk, line):
    assert not thread(desk, line).reading.follow_up


def test_bare_questions_go_on_for_as_long_as_they_are_asked(desk):
    reading = thread(desk, "When will the night ferry run again?", "where?", "who says so?", "when?").reading
    assert (reading.entry, reading.slot) == ("F01", Slot.WHEN)


def test_a_full_question_ignores_the_thread(desk):
    for first in ("Is the quay safe to use?", "When will the night ferry run again?"):
        reading = thread(desk, first, "How much did the ship cost?").reading
        assert not reading.follow_up
        assert (reading.entry, reading.slot) == ("F02", Slot.HOW_MANY)


def test_a_change_of_subject_moves_the_thread(desk):
    reading = thread(desk, "Is the quay safe to use?", "How much did the ship cost?", "when?").reading
    assert (reading.entry, reading.slot) == ("F02", Slot.WHEN)


@pytest.mark.parametrize(("minutes", "leans"), [(0, True), (29, True), (30, True), (31, False), (-1, False)])
def test_a_thread_is_remembered_for_thirty_minutes(desk, minutes, leans):
    assert timedelta(minutes=30) == FRAME_LIFE
    reply = thread(desk, "How much did the ship cost?", "when?", later=timedelta(minutes=minutes))
    assert reply.reading.follow_up is leans


def test_a_frame_without_a_time_is_never_fresh():
    assert not Frame(question="q", entry="F02").fresh(NOW)


def test_a_frame_survives_being_written_down(desk):
    frame = thread(desk, "What did Halvorsen say?").frame
    again = Frame.model_validate_json(frame.model_dump_json())
    assert again == frame
    reading = desk.answer("the harbour master", frame=again, now=NOW + timedelta(minutes=2)).reading
    assert (reading.entry, reading.follow_up) == ("HARBOUR_MASTER", True)


def test_what_about_another_keeps_the_question(shipped):
    reading = thread(shipped, "When did South Korea establish ties with Cuba?", "what about Syria?").reading
    assert reading.follow_up
    assert reading.slot is Slot.WHEN
    assert "SYR" in reading.canonical.actors
    assert "CUBA" not in reading.canonical.actors


def test_what_about_an_outsider_is_not_answered_with_the_last_fact(shipped):
    reading = thread(shipped, "When did South Korea establish ties with Cuba?", "and Brazil?").reading
    assert reading.outcome is not Outcome.DIRECT
    assert reading.follow_up


@pytest.mark.parametrize(
    ("first", "then", "slot"),
    [
        ("Is the quay safe to use?", "who is he?", Slot.WHO),
        ("When will the night ferry run again?", "when did she say so?", Slot.WHEN),
    ],
)
def test_a_pronoun_takes_the_one_person_of_the_last_answer(desk, first, then, slot):
    reply = thread(desk, first, then)
    assert reply.reading.follow_up
    assert reply.reading.outcome is not Outcome.CLARIFY
    assert reply.reading.slot is slot


def test_a_pronoun_puts_the_person_into_the_question(shipped):
    reading = thread(shipped, "Who is Cho?", "who did he meet?").reading
    assert reading.follow_up
    assert "CHO" in reading.canonical.actors
    assert reading.outcome is Outcome.DIRECT


def test_a_pronoun_for_one_of_two_people_asks_with_two_buttons(desk):
    reply = thread(desk, "Did Ines Halvorsen meet Piet Halvorsen?", "what did he say?")
    assert reply.reading.outcome is Outcome.CLARIFY
    assert set(reply.reading.people) == {"MAYOR", "HARBOUR_MASTER"}
    assert [s.id for s in reply.answer.suggestions] == ["MAYOR", "HARBOUR_MASTER"]


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("the mayor", "MAYOR"),
        ("Piet Halvorsen", "HARBOUR_MASTER"),
        ("and the harbour master?", "HARBOUR_MASTER"),
        ("the second", "HARBOUR_MASTER"),
        ("시장", "MAYOR"),
        ("ikinci", "HARBOUR_MASTER"),
    ],
)
def test_an_offered_person_is_picked_by_name_or_place(desk, said, entry):
    reading = thread(desk, "Halvorsen", said).reading
    assert reading.follow_up
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, entry)


def test_the_other_one_is_whom_the_question_did_not_name(shipped):
    first = thread(shipped, "When did Cho meet Shaibani?")
    people = set(first.frame.people)
    assert {"CHO", "SHAIBANI"} <= people
    named = first.frame.model_copy(update={"named": ("CHO",)})
    reading = shipped.answer("and the other one?", frame=named, now=NOW).reading
    assert reading.follow_up
    assert reading.entry == next(person for person in first.frame.people if person != "CHO")


def test_the_other_one_without_another_is_no_follow_up(desk):
    alone = Frame(question="q", entry="F04", facts=("F04",), options=("F04",), at=NOW)
    assert not desk.answer("the other one", frame=alone, now=NOW).reading.follow_up


def test_a_frame_that_names_what_is_gone_is_no_trouble(desk):
    stale = Frame(question="q", entry="F77", facts=("F77",), options=("F78", "F79"), asked_back=True, at=NOW)
    for line in ("when?", "the other one", "the mayor", "and it?", "what about Tidewater?"):
        reading = desk.answer(line, frame=stale, now=NOW).reading
        assert reading.entry not in {"F77", "F78", "F79"}


def test_a_command_leaves_the_thread_where_it_was(desk):
    reading = thread(desk, "How much did the ship cost?", "help", "when?").reading
    assert (reading.entry, reading.slot) == ("F02", Slot.WHEN)


def test_source_alone_is_of_what_was_just_answered(desk):
    assert thread(desk, "How much did the ship cost?", "source").reading.argument == "F02"
    assert thread(desk, "source").reading.argument == ""


def test_an_embargoed_fact_is_not_reached_through_a_thread(desk):
    frame = Frame(question="q", entry="F08", facts=("F08",), options=("F08", "F02"), at=NOW)
    for line in ("when?", "what?", "the other one", "source", "the first one"):
        reply = desk.answer(line, frame=frame, now=NOW)
        assert "Evening Star" not in reply.answer.model_dump_json()
        assert reply.reading.entry != "F08"


@pytest.mark.parametrize("opener", ["ok thanks, and ", "right. ", "so "])
def test_thanks_and_connectives_are_no_part_of_the_question(desk, opener):
    reading = thread(desk, "How much did the ship cost?", f"{opener}when?").reading
    assert (reading.entry, reading.slot) == ("F02", Slot.WHEN)


@pytest.mark.parametrize("line", ["which countries?", "which ones exactly?"])
def test_names_that_the_fact_leaves_open_are_said_to_be_missing(shipped, line):
    reply = thread(shipped, "F32", line)
    assert reply.reading.vacant
    assert reply.answer.status.value == "declined"
    assert [row.id for row in reply.answer.near] == ["F32"]


def test_a_beginning_is_asked_of_the_fact_derived_for_it(shipped):
    reading = thread(shipped, "F29", "since when?").reading
    assert (reading.entry, reading.slot) == ("D04", Slot.WHEN)


def test_a_length_that_only_points_elsewhere_is_taken_from_the_event_beside(shipped):
    reading = thread(shipped, "F12", "how long?").reading
    assert (reading.entry, reading.slot) == ("F30", Slot.HOW_LONG)


def test_a_quotation_alone_is_of_what_was_just_answered(shipped):
    reply = thread(shipped, "F07", "quote?")
    assert reply.reading.argument == "F07"
    assert "close ties with North Korea" in reply.answer.lead


def test_a_person_spoken_of_stays_in_mind_when_an_answer_names_nobody(shipped):
    first = thread(shipped, "Who is Cho?", "F21")
    assert "CHO" in first.frame.persons


@pytest.mark.parametrize(
    ("first", "put", "status", "says"),
    [
        ("F04", "so on Friday?", "corrected", "Thursday"),
        ("F04", "on Thursday then?", "answered", "Thursday"),
        ("F04", "금요일에요?", "corrected", "Thursday"),
        ("F30", "12 weeks?", "corrected", "12 days"),
        ("F30", "12 days?", "answered", "12 days"),
        ("F29", "54?", "corrected", "61"),
        ("F40", "all of them?", "corrected", "some"),
        ("F40", "كلها؟", "corrected", "some"),
    ],
)
def test_a_detail_put_to_the_last_answer_is_confirmed_or_corrected(shipped, first, put, status, says):
    reply = thread(shipped, first, put)
    assert reply.answer.status.value == status
    assert says in reply.answer.lead


@pytest.mark.parametrize(
    ("first", "then", "entry", "slot"),
    [
        ("F14", "is that certain?", "F14", Slot.SAYS_WHO),
        ("F14", "bu kesin mi?", "F14", Slot.SAYS_WHO),
        ("F03", "name?", "F03", Slot.WHO),
        ("F30", "which groups?", "F30", Slot.WHO),
        ("F22", "and how many have them?", "F21", Slot.HOW_MANY),
        ("F35", "and what happened next?", "F39", None),
        ("F23", "which came first?", "D09", None),
    ],
)
def test_what_is_asked_about_the_last_answer_is_found_in_it_or_beside_it(shipped, first, then, entry, slot):
    reading = thread(shipped, first, then).reading
    assert (reading.outcome, reading.entry, reading.slot) == (Outcome.DIRECT, entry, slot)


@pytest.mark.parametrize(
    ("first", "then", "near"),
    [
        ("F30", "which other groups?", "F30"),
        ("F33", "is South Korea one of them?", "F33"),
        ("F24", "did it say the same about Syria?", "F24"),
        ("F16", "by when?", "F16"),
        ("F19", "어떤 제재인가요?", "F20"),
        ("F38", "who set it?", "F38"),
    ],
)
def test_what_the_last_answer_leaves_open_is_not_in_the_article(shipped, first, then, near):
    reply = thread(shipped, first, then)
    assert reply.answer.status.value == "declined"
    assert near in [row.id for row in reply.answer.near]


def test_the_exact_words_of_a_fact_without_any_are_refused_with_the_fact_beside(shipped):
    reply = thread(shipped, "F19", "in his own words?")
    assert (reply.answer.status.value, reply.answer.near[0].id) == ("declined", "F19")


def test_more_on_somebody_is_their_card(shipped):
    assert thread(shipped, "F36", "more on him?").reading.entry == "SHARAA"


def test_a_correction_of_oneself_asks_the_last_question_of_the_one_who_was_meant(shipped):
    reply = thread(shipped, "Who signed for South Korea?", "sorry, I meant the Syrian one")
    assert "Shaibani" in reply.answer.lead


def test_a_few_words_are_read_in_the_language_of_their_thread(shipped):
    reply = thread(shipped, "12 günlük operasyonu kim yaptı?", "niye?")
    assert (reply.reading.slot, reply.answer.lang) == (Slot.WHY, "tr")

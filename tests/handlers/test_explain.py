"""`explain`: how a question was in fact read, and what a curator may edit, in the asker's language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml

from bot.render.plain import plain
from handlers import ask, explain
from handlers.answer import Answer
from handlers.context import Context
from handlers.desk import Desk
from knowledge.understand.reading import Outcome
from tests.handlers.asking import LOADED, NOW, asked, text

FOLLOW_UP = ("who signed the joint statement?", "when?")


def lines(answer: Answer, title: str) -> tuple[str, ...]:
    """The lines under a title."""
    return next((section.lines for section in answer.sections if section.title == title), ())


def test_explain_gives_a_curator_what_to_act_on(desk: Desk) -> None:
    answer = asked(desk, "explain when did Cho blorf in Damascus")

    read = lines(answer, "What was read")
    assert "asks: when" in read
    assert "names found: Cho Tae-yul (CHO), Damascus (DAMASCUS)" in read
    assert "words outside the base: blorf" in read
    assert any(line.startswith("canonical form: @CHO") for line in read)
    assert any("concept in lexicon.yaml: blorf" in line for line in lines(answer, "To change this"))


def test_a_candidate_shows_its_closest_wording_and_what_moved_it(desk: Desk) -> None:
    answer = asked(desk, "explain who signed the joint statement?")
    first = next(section for section in answer.sections if section.title.startswith("Candidate 1: F04 "))

    assert any(line.startswith("closest wording it has: “") for line in first.lines)
    assert any(re.match(r"for it: .+ \+\d\.\d", line) for line in first.lines)


def test_an_offer_comes_with_the_line_that_makes_it_an_answer(desk: Desk) -> None:
    reading = replace(desk.answer("the 191", now=NOW).reading, outcome=Outcome.SUGGEST)
    context = Context(desk.reader, LOADED, NOW)
    answer = explain.told(context, reading, reading, ask.handle(context, reading))
    row = yaml.safe_load(lines(answer, "To change this")[1])

    assert answer.lead.startswith("Not answered, only offered")
    assert row == [{"entry": reading.candidates[0].entry.id, "lang": "en", "text": "the 191"}]


def test_a_follow_up_is_explained_by_the_reading_that_was_used(desk: Desk) -> None:
    first = desk.answer(FOLLOW_UP[0], now=NOW)
    second = desk.answer(FOLLOW_UP[1], frame=first.frame, now=NOW)
    answer = desk.explain(FOLLOW_UP[1], frame=second.answer.after, now=NOW.replace(year=2026))

    assert second.answer.after == first.frame
    assert answer.lead.startswith("Answered with F04 ")
    assert "follow-up to: “who signed the joint statement?”" in lines(answer, "What was read")


def test_a_full_question_leans_on_nothing(desk: Desk) -> None:
    first = desk.answer(FOLLOW_UP[0], now=NOW)

    assert desk.answer("when was Assad overthrown?", frame=first.frame, now=NOW).answer.after is None


def test_what_a_fact_does_not_say_names_the_slot_to_fill(desk: Desk) -> None:
    first = desk.answer(FOLLOW_UP[0], now=NOW)
    answer = desk.explain("why?", frame=first.frame, now=NOW)

    assert answer.lead.startswith("Declined")
    assert "F04 does not say: why" in lines(answer, "Why it ended so")
    assert any("slot why of F04" in line for line in lines(answer, "To change this"))


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("when did Cho meet Jolani", "Declined"),
        ("who Cho", "Taken as the command “who”"),
        ("Esad", "Asked back"),
        ("F03", "Answered with F03"),
    ],
)
def test_the_lead_says_how_it_ended(desk: Desk, question: str, lead: str) -> None:
    assert desk.explain(question, now=NOW).lead.startswith(lead)


def test_an_explanation_is_in_the_asker_s_language(desk: Desk) -> None:
    told = plain(desk.explain("누가 공동성명에 서명했어?", now=NOW))

    assert "읽은 내용" in told
    assert "찾은 이름: " in told
    assert "판정 이유" in told
    assert not re.search("closest wording|names found|certainty", told)


def test_every_reason_has_words_in_every_language(desk: Desk) -> None:
    questions = [q.examples.ko[0] for q in desk.dossier.questions if q.examples.ko]
    for question in questions:
        why = lines(desk.explain(question, now=NOW), "판정 이유")
        assert why, question
        assert not [line for line in why if line.isascii()], question


@pytest.mark.parametrize("line", ["explain the 191", "explain to me why Seoul had no ties", "explain Cho's visit"])
def test_explain_before_no_question_is_a_question(desk: Desk, line: str) -> None:
    assert desk.answer(line, now=NOW).reading.intent != "explain"


@pytest.mark.parametrize(
    "line",
    ["explain", "explain F03", 'explain "the 191"', "explain the 191?", "explain did Cho go", "explain: the 191"],
)
def test_explain_before_a_question_is_the_command(desk: Desk, line: str) -> None:
    reading = desk.answer(line, now=NOW).reading

    assert (reading.outcome, reading.intent) == (Outcome.COMMAND, "explain")


def test_quotation_marks_are_no_part_of_the_question(desk: Desk) -> None:
    assert text(desk, 'explain "who Cho"').startswith("Taken as the command “who”")


def test_a_follow_up_is_explained_in_its_language(desk: Desk) -> None:
    first = desk.answer("누가 공동성명에 서명했어?", now=NOW)
    answer = desk.explain("언제?", frame=first.frame, now=NOW)

    assert "앞선 답에 대해 물음: 언제" in lines(answer, "판정 이유")

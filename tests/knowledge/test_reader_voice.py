"""Readings that reporters once got wrong."""

from __future__ import annotations

import pytest

from knowledge.understand.reading import Outcome


@pytest.mark.parametrize("line", ["ask who signed the joint statement?", "question who signed the joint statement"])
def test_the_word_ask_before_a_question_changes_nothing(story, line):
    reading = story.read(line)
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, "F04")


def test_a_question_whose_names_are_clear_is_not_asked_back(story):
    for line in ("Did South Korea recognise Syria's new government?", "متى أقامت كوريا الجنوبية علاقات مع سوريا؟"):
        assert story.read(line).outcome is not Outcome.CLARIFY


def test_kim_is_a_question_word_in_turkish_and_a_name_in_kim_jong_un(story):
    assert story.read("ortak bildiriyi kim imzaladı?").lang == "tr"
    assert story.read("did kim jong un comment").lang == "en"


def test_words_that_the_base_does_not_hold_get_no_answer(story):
    for line in ("xyzzy plugh", "quokkas zorbing"):
        assert story.read(line).outcome is Outcome.DECLINE


@pytest.mark.parametrize(
    ("text", "outcome", "entry"),
    [
        ("the North", Outcome.CLARIFY, "G04"),
        ("how long did Assad rule", Outcome.CLARIFY, "G15"),
        ("hello", Outcome.COMMAND, "/help"),
    ],
)
def test_what_stands_in_the_data_word_for_word_is_taken_at_its_word(story, text, outcome, entry):
    reading = story.read(text)
    assert (reading.outcome, reading.entry) == (outcome, entry)


def test_the_linear_model_brings_in_what_no_profile_is_near_to(story):
    reading = story.read("What happened between Seoul and Damascus?")
    assert (reading.outcome, reading.entry) == (Outcome.DIRECT, "A01")

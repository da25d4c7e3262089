"""A verdict in words: what differs, each difference once."""

from __future__ import annotations

from handlers.check import verdict_line
from handlers.desk import Desk
from knowledge.check import Finding, Gap
from knowledge.model import Verdict
from tests.handlers.asking import asked, text

STRONGER = Finding(
    "He asked for help.",
    Verdict.STRONGER,
    ("F19",),
    (Gap("asked", "hope"), Gap("", "hope"), Gap("", "according to the side")),
    "",
)


def test_a_word_that_replaces_one_is_not_also_missing() -> None:
    assert verdict_line(STRONGER, "en") == (
        "Stronger than the source: you wrote “asked”, the source has “hope”; missing: according to the side."
    )


def test_the_verdict_is_in_the_asker_s_language_and_in_english() -> None:
    assert verdict_line(STRONGER, "ko").startswith("기사보다 강한 표현 (Stronger than the source): 입력 “asked”")


def test_a_sentence_as_the_facts_have_it_is_supported(desk: Desk) -> None:
    answer = asked(desk, "check “Cho Tae-yul visited Damascus on Thursday.”")

    assert answer.lead.startswith("Supported.")
    assert answer.checks[0].claim == "Cho Tae-yul visited Damascus on Thursday."


def test_true_and_false_are_never_said(desk: Desk) -> None:
    told = text(desk, "check HTS stands for Hayat Tahrir al-Sham. Cho visited on Friday. The moon is made of cheese.")

    assert not {"True", "False"} & set(told.replace(".", " ").split())


def test_check_alone_says_how(desk: Desk) -> None:
    assert asked(desk, "check").lead.startswith("Type a sentence after check")


def test_what_the_source_lacks_is_never_in_quotation_marks() -> None:
    invented = Finding("He gave $10 million.", Verdict.NOT_IN_SOURCE, (), (Gap("$10 million", "no such figure"),), "")

    assert verdict_line(invented, "en") == "Not in the article: “$10 million”: no such figure in the article."
    assert "기사에 없는 수치" in verdict_line(invented, "ko")


def test_a_note_is_in_the_asker_s_language() -> None:
    finding = Finding("x", Verdict.SUPPORTED, (), (), "The article names no source for this.")

    assert verdict_line(finding, "tr") == "Destekleniyor (Supported). Haber bunun için kaynak vermiyor."


def test_every_sentence_of_a_paragraph_names_its_facts(desk: Desk) -> None:
    answer = asked(desk, "check Cho visited Damascus on Thursday. The moon is made of cheese.")

    assert [bool(check.facts) for check in answer.checks] == [True, False]
    assert "[F03" in text(desk, "check Cho visited Damascus on Thursday. The moon is made of cheese.")


def test_a_word_that_differs_from_several_is_named_once() -> None:
    gaps = (Gap("promised aid", "could"), Gap("promised aid", "included"))
    finding = Finding("x", Verdict.STRONGER, (), gaps, "")

    assert verdict_line(finding, "en") == (
        "Stronger than the source: you wrote “promised aid”, the source has “could, included”."
    )

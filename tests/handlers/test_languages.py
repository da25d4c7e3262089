"""A reader is answered in English, Korean, Arabic or Turkish; the facts stay in the source's language."""

from __future__ import annotations

import re

import pytest

from bot.render.plain import plain
from handlers.answer import Answer, Status
from handlers.days import dated
from handlers.desk import Desk
from handlers.words import say, table
from knowledge.dates import in_words
from knowledge.model import Lang
from knowledge.understand.index import EntryKind
from tests.handlers.asking import asked, entry, text

OTHERS: tuple[Lang, ...] = ("ko", "ar", "tr")
SCRIPT = {"ko": re.compile("[가-힣]"), "ar": re.compile("[؀-ۿ]"), "tr": re.compile("[çğıöşüÇĞİÖŞÜ]|[a-z]")}


def ours(answer: Answer) -> list[str]:
    """What the desk itself says around the facts."""
    return [answer.footer or "", answer.suggestions_title or "", *(line.label_text for line in answer.facts)]


@pytest.mark.parametrize("lang", OTHERS)
def test_facts_stay_and_the_words_around_them_are_the_asker_s(desk: Desk, lang: Lang) -> None:
    english = {words for row in table().values() for words in [row["en"]]}
    for fact in desk.dossier.facts:
        answer = entry(desk, fact.id, lang)
        assert fact.statement in plain(answer)
        assert not english & set(ours(answer)), fact.id


@pytest.mark.parametrize("lang", OTHERS)
def test_the_unstated_is_said_in_both(desk: Desk, lang: Lang) -> None:
    for question in desk.dossier.questions:
        if desk.reader.index.by_id[question.id].kind is EntryKind.UNKNOWN:
            lead = entry(desk, question.id, lang).lead
            assert lead.startswith(say("not_in_article", lang))
            assert lead.count("Not in the article") == 1
            assert lead.endswith(question.lead.removeprefix("Not in the article."))


@pytest.mark.parametrize("lang", OTHERS)
def test_suggestions_are_questions_in_the_asker_s_language(desk: Desk, lang: Lang) -> None:
    labels = [s.label for fact in desk.dossier.facts for s in entry(desk, fact.id, lang).suggestions]

    assert labels
    assert all(SCRIPT[lang].search(label) for label in labels)
    assert not {fact.title for fact in desk.dossier.facts} & set(labels)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("연표", "연표"),
        ("kronoloji", "Zaman çizelgesi"),
        ("도움말", "명령"),
        ("مساعدة", "الأوامر"),
        ("yardim", "Komutlar"),
    ],
)
def test_commands_have_words_in_every_language(desk: Desk, line: str, title: str) -> None:
    assert title in text(desk, line).split("\n")


def test_a_card_names_the_actor_in_the_asker_s_script(desk: Desk) -> None:
    told = text(desk, "누구 조태열")

    assert told.startswith("조태열 (Cho Tae-yul): ")
    assert "원문 표기: “Cho Tae-yul”" in told


def test_a_turkish_word_for_a_command_is_answered_in_turkish(desk: Desk) -> None:
    answer = asked(desk, "kim esad")

    assert answer.lang == "tr"
    assert answer.status is Status.CLARIFY
    assert answer.lead == "Esad Hasan Şeybani veya Beşar Esad olabilir. Hangisi?"


def test_a_name_after_an_english_word_leaves_the_answer_english(desk: Desk) -> None:
    assert asked(desk, "who kim jong un").lang == "en"


def test_an_ambiguous_name_is_asked_back_in_korean(desk: Desk) -> None:
    answer = asked(desk, "아사드")

    assert "바샤르 알아사드" in answer.lead
    assert [s.label for s in answer.suggestions] == ["아스아드 알샤이바니", "바샤르 알아사드"]


def test_the_english_flag_stays_in_every_language(desk: Desk) -> None:
    for lang in OTHERS:
        assert "timing unreliable, check" in entry(desk, "F40", lang).facts[0].label_text


@pytest.mark.parametrize(
    ("edtf", "lang", "words"),
    [
        ("2025-04-11", "ko", "2025년 4월 11일"),
        ("2025-04-11", "tr", "11 Nisan 2025"),
        ("2024-12/..", "ar", "ابتداءً من ديسمبر 2024"),
        ("../2024-12", "ko", "2024년 12월까지"),
        ("1970~/2024-12", "tr", "1970 dolayları – Aralık 2024"),
        ("2024", "ko", "2024년"),
        ("2024-12", "en", "December 2024"),
        ("XXXX-05", "ko", in_words("XXXX-05")),
    ],
)
def test_dates_are_in_the_asker_s_language(edtf: str, lang: Lang, words: str) -> None:
    assert dated(edtf, lang) == words


def test_the_warning_word_of_others_stands_on_no_button(desk: Desk) -> None:
    for lang in OTHERS:
        labels = [s.label for fact in desk.dossier.facts for s in entry(desk, fact.id, lang).suggestions]
        assert not [label for label in labels if re.search("terör|테러|[إا]رهاب", label.casefold())]

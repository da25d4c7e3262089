"""Raw text as the understanding takes it: tidy, folded, and in which language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.understand.text import MAX_CHARS, clean, fold, language, tokens


def folded(text: str) -> list[str]:
    return [token.text for token in tokens(clean(text))]


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  two\n\tlines \r\n", "two lines"),
        ("<@U0123ABC> who is the mayor?", "who is the mayor?"),
        ("<#C012|general> ask <!here> now", "ask now"),
        ("see <https://example.org/a|this page> please", "see this page please"),
        ("zero\u200bwidth", "zero width"),
        ("\u202etrick\u202c", "trick"),
        ("nul\x00l", "nul l"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("مُـحَمَّد", "محمد"),
    ],
)
def test_what_a_reader_does_not_see_is_cleaned_away(raw, tidy):
    assert clean(raw) == tidy


def test_text_is_cut_at_a_length_that_no_question_needs():
    assert len(clean("word " * 10_000)) <= MAX_CHARS


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more_for_plain_text(text):
    plain = text.replace("<", "").replace(">", "")
    assert clean(clean(plain)) == clean(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MAYOR", "mayor"),
        ("Café", "cafe"),
        ("İstanbul", "istanbul"),
        ("IŞIK", "ışık"),
        ("Şam", "sam"),
        ("أحمد", "احمد"),
        ("إيران", "ايران"),
        ("مدينة", "مدينه"),
        ("على", "علي"),
        ("٤٢", "42"),
        ("D\u2019Arc", "D'Arc"),
    ],
)
def test_spellings_of_one_word_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("부두", "부투"), ("قلب", "كلب"), ("son", "sun")])
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_hangul_stays_composed():
    assert fold("조태열") == "조태열"
    assert folded("\u110c\u1169") == ["조"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Port Alder's mayor", ["port", "alder", "mayor"]),
        ("the sailors' boat", ["the", "sailors", "boat"]),
        ("Suriye'nin bakanı", ["suriye", "bakani"]),
        ("Selm\u2019de ne var", ["selm", "ne", "var"]),
        ("don't", ["dont"]),
        ("$10 million, 4.2bn, 50%", ["$10", "million", "4.2bn", "50", "%"]),
        ("re-open", ["re", "open"]),
        ("??!", []),
    ],
)
def test_words_lose_possessives_and_the_endings_after_a_name(raw, words):
    assert folded(raw) == words


def test_a_token_knows_where_it_stands():
    text = clean("Who is  Halvorsen's boss?")
    assert [text[t.start : t.end] for t in tokens(text)] == ["Who", "is", "Halvorsen's", "boss"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("When will the ferry run again?", "en"),
        ("ferry restart date", "en"),
        ("When did Erdoğan meet the minister?", "en"),
        ("", "en"),
        ("12345", "en"),
        ("배는 얼마에 샀나요?", "ko"),
        ("Tidewater 배 가격?", "ko"),
        ("متى تعود العبّارة؟", "ar"),
        ("Tidewater متى؟", "ar"),
        ("Gece feribotu ne zaman yeniden başlıyor?", "tr"),
        ("Suriye ile ne oldu", "tr"),
        ("ne zaman?", "tr"),
        ("kim?", "tr"),
        ("Güney Kore", "tr"),
    ],
)
def test_the_language_is_that_of_the_asker(text, lang):
    assert language(text) == lang


@given(st.text())
def test_any_text_has_tokens_and_a_language(text):
    tidy = clean(text)
    assert language(tidy) in {"en", "ko", "ar", "tr"}
    assert all(token.text and 0 <= token.start < token.end <= len(tidy) for token in tokens(tidy))

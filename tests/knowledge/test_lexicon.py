"""What the general lexicon knows of a word, and how a dossier adds to it."""

from __future__ import annotations

import pytest

from knowledge.model import Slot
from knowledge.understand.lexicon import Lexicon, script, stem, variants

LEXICON = Lexicon()


def slot(text: str, lang: str) -> Slot | None:
    return LEXICON.slot(text.split(), lang)


@pytest.mark.parametrize(
    ("word", "lang"),
    [("announced", "en"), ("announcing", "en"), ("발표했다", "ko"), ("اعلنت", "ar"), ("acikladi", "tr")],
)
def test_one_concept_whatever_the_form_or_language(word, lang):
    assert "announce" in LEXICON.concepts(word, lang)


def test_an_unknown_word_has_no_concept():
    assert LEXICON.concepts("qwertyish", "en") == ()
    assert not LEXICON.knows("qwertyish", "en")
    assert LEXICON.knows("friday", "en")


@pytest.mark.parametrize(
    ("text", "lang", "asked"),
    [
        ("when did it stop", "en", Slot.WHEN),
        ("on what day did it stop", "en", Slot.WHEN),
        ("where is it", "en", Slot.WHERE),
        ("why", "en", Slot.WHY),
        ("how come", "en", Slot.WHY),
        ("how", "en", Slot.HOW),
        ("how many weeks did it take", "en", Slot.HOW_LONG),
        ("how many boats", "en", Slot.HOW_MANY),
        ("who says so", "en", Slot.SAYS_WHO),
        ("who met whom", "en", Slot.WHOM),
        ("what stopped", "en", Slot.WHAT),
        ("what happened and where", "en", Slot.WHERE),
        ("언제 멈췄나요", "ko", Slot.WHEN),
        ("왜", "ko", Slot.WHY),
        ("얼마나 오래", "ko", Slot.HOW_LONG),
        ("اين", "ar", Slot.WHERE),
        ("واين", "ar", Slot.WHERE),
        ("من قال", "ar", Slot.SAYS_WHO),
        ("ne zaman", "tr", Slot.WHEN),
        ("kim dedi", "tr", Slot.SAYS_WHO),
        ("ne kadar surdu", "tr", Slot.HOW_LONG),
        ("tell me", "en", None),
    ],
)
def test_the_slot_is_the_longest_question_phrase(text, lang, asked):
    assert slot(text, lang) == asked


@pytest.mark.parametrize(
    ("word", "lang", "left"),
    [
        ("시장은", "ko", "시장"),
        ("부두에서", "ko", "부두"),
        ("وكوبا", "ar", "كوبا"),
        ("بالميناء", "ar", "ميناء"),
        ("feribotun", "tr", "feribot"),
        ("limandan", "tr", "liman"),
    ],
)
def test_particles_clitics_and_endings_come_off(word, lang, left):
    assert left in variants(word, lang)
    assert variants(word, lang)[0] == word


def test_endings_come_off_only_in_their_own_language():
    assert variants("limandan", "en") == ("limandan",)


def test_scripts_are_told_by_the_first_letter():
    assert [script(word) for word in ("부두", "رصيف", "quay", "42")] == ["ko", "ar", "la", "la"]


def test_english_forms_share_a_stem():
    assert stem("repairs") == stem("repaired") == stem("repairing")


def test_a_dossier_s_own_words_are_known_beside_the_general_ones():
    own = Lexicon({"shoal": {"en": ("shoal", "sand_bank"), "ko": ("모래톱",), "tr": ("sığlık",)}})
    assert LEXICON.concepts("shoals", "en") == ()
    assert own.concepts("shoals", "en") == ("shoal",)
    assert own.concepts("모래톱에서", "ko") == ("shoal",)
    assert own.concepts("sigliklar", "tr") == ("shoal",)
    assert own.phrase(["sand", "bank"], 0) == (2, ["shoal"])
    assert "announce" in own.concepts("announced", "en")


def test_a_dossier_s_opposites_join_the_general_ones():
    own = Lexicon({}, [("float", "sink")])
    assert frozenset({"float", "sink"}) in own.opposites
    assert own.opposites > LEXICON.opposites


def test_opposites_are_pairs_of_different_concepts():
    assert LEXICON.opposites
    assert all(len(pair) == 2 for pair in LEXICON.opposites)


@pytest.mark.parametrize(("word", "lang"), [("not", "en"), ("never", "en"), ("لم", "ar"), ("degil", "tr")])
def test_negation_is_seen(word, lang):
    assert LEXICON.word(word, lang).negates


@pytest.mark.parametrize("word", ["the", "please", "article", "when"])
def test_words_that_carry_nothing_are_marked_empty(word):
    assert LEXICON.word(word, "en").empty
    assert not LEXICON.word("storm", "en").empty


def test_a_lexicon_that_met_many_words_answers_the_same():
    small = Lexicon()
    before = small.word("announced", "en")
    for number in range(25_000):
        small.word(f"w{number}", "en")
    assert small.word("announced", "en") == before

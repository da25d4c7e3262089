"""One canonical form for what a text says, whatever its language, spelling or order."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.model import Slot

SLOWEST_S = 2.0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tidewatr", "tidewater"),
        ("harbuor", "harbor"),
        ("passnger", "passenger"),
        ("announcemnt", "announcement"),
    ],
)
def test_spelling_is_corrected_towards_the_words_of_the_base(ferry, typed, meant):
    found = ferry.canonicaliser.read(f"the {typed} please")
    assert meant in found.words
    assert found.corrected == {typed.lower(): meant}


@pytest.mark.parametrize("word", ["ferry", "vessel", "tickets", "unfathomable", "xq", "tha", "4.2", "부드", "رصيق"])
def test_known_words_short_words_and_other_scripts_are_left_alone(ferry, word):
    assert ferry.canonicaliser.read(word).corrected == {}


def test_a_corrected_name_is_found(ferry):
    assert ferry.canonicaliser.read("what did tidewatr feries buy").actors == ["FERRIES"]


def test_names_of_one_actor_give_one_feature(ferry):
    read = ferry.canonicaliser.read
    for text in ("Tidewater", "the ferry company", "타이드워터는", "وتايدووتر", "feribot şirketi ne dedi"):
        assert "@FERRIES" in read(text).features, text


@pytest.mark.parametrize(
    "text", ["The mayor announced it", "시장이 발표했다", "اعلنت إينيس هالفورسن", "Belediye başkanı açıkladı"]
)
def test_languages_meet_in_concepts(ferry, text):
    found = ferry.canonicaliser.read(text)
    assert found.actors == ["MAYOR"]
    assert "announce" in found.concepts


def test_the_slot_quantities_and_times_are_features_too(ferry):
    found = ferry.canonicaliser.read("When was the vessel bought for 4.2 million, in January 2031 on a Monday?")
    assert found.slot is Slot.WHEN
    assert {"?when", "#4.2e+06", "m:1", "d:1", "y:2031"} <= set(found.features)


def test_words_outside_the_base_are_counted(ferry):
    found = ferry.canonicaliser.read("Does the ferry serve mojitos and ceviche?")
    assert {"mojitos", "ceviche"} <= set(found.unknown)
    assert "ferry" not in found.unknown


def test_negation_is_kept(ferry):
    assert ferry.canonicaliser.read("Why did the line not stop?").negated
    assert not ferry.canonicaliser.read("Why did the line stop?").negated


def test_outsiders_stand_out_as_such(ferry):
    features = ferry.canonicaliser.read("Did France buy a ship?").features
    assert {"!FR", "!"} <= set(features)


def test_a_shared_name_weighs_half_for_each_holder(ferry):
    shared = ferry.canonicaliser.read("what did Halvorsen say").features
    sure = ferry.canonicaliser.read("what did Ines Halvorsen say").features
    assert shared["@MAYOR"] == shared["@HARBOUR_MASTER"] == sure["@MAYOR"] / 2


def test_order_and_politeness_do_not_matter(ferry):
    read = ferry.canonicaliser.read
    asked = read("Could you please tell me, what is the price of the vessel?").features
    assert asked == read("the price of the vessel, what is it?").features


def test_a_summary_reads_from_what_weighs_most(ferry):
    found = ferry.canonicaliser.read("When did Tidewater buy the ship?")
    words = found.summary().split()
    assert words[0] == "@FERRIES"
    assert "?when" in words


def test_words_learnt_are_corrected_towards(ferry):
    from knowledge.understand.canonical import Canonicaliser

    canonicaliser = Canonicaliser(ferry.dossier, ferry.lexicon)
    assert canonicaliser.read("gangwey").words == ["gangwey"]
    canonicaliser.learn(["gangway"])
    assert canonicaliser.read("gangwey").words == ["gangway"]
    assert canonicaliser.knows("gangway")


@given(st.text(max_size=2000))
@example("")
@example("<@U1>")
@example("\u0000\u202e'")
@example("'" * 500)
@example("$" * 500)
@example("1.2.3,4" * 90)
@example("[" * 600)
@example("ａ̈́ﷺ" * 200)
@settings(deadline=None)
def test_any_text_at_all_has_a_canonical_form(ferry, text):
    began = time.monotonic()
    found = ferry.canonicaliser.read(text)
    assert time.monotonic() - began < SLOWEST_S
    assert len(found.words) == len(found.tokens)
    assert all(weight > 0 for weight in found.features.values())


@pytest.mark.parametrize("word", ["telling", "guest", "minutes", "bother", "vague"])
def test_everyday_words_are_not_bent_into_words_of_the_base(story, word):
    assert not story.canonicaliser.read(f"a {word} of the ceremony").corrected


def test_the_order_tells_who_does_it_to_whom(story):
    there = story.canonicaliser.read("Did South Korea welcome Syria?").pairs()
    back = story.canonicaliser.read("Did Syria welcome South Korea?").pairs()
    assert "@ROK>~welcome" in there
    assert "@SYR>~welcome" in back
    assert "@ROK>~welcome" not in back


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("the Syrian foreign ministry", ["SYR"]),
        ("Suriye Dışişleri Bakanlığı", ["SYR"]),
        ("وزارة الخارجية السورية", ["SYR"]),
        ("시리아 외교부가", ["SYR"]),
        ("the Russian foreign ministry", []),
        ("the foreign ministry", ["MOFA_ROK"]),
    ],
)
def test_a_ministry_is_that_of_the_country_beside_it(story, text, actors):
    assert story.canonicaliser.read(text).actors == actors

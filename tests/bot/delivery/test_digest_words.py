"""What people type to set up a digest, and what the desk makes of it."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.digest_words import EXAMPLES, Heard, Unheard, in_words, read_schedule
from bot.delivery.places import nearest_zones, zone_named
from bot.delivery.schedule import EVERY_DAY, WEEKDAYS, WEEKEND, Schedule

DEFAULT = Schedule("Asia/Tokyo", time(6, 45), frozenset({3}))


def heard(words: str) -> Schedule:
    found = read_schedule(words, DEFAULT)
    assert isinstance(found, Heard), found
    return found.schedule


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("every weekday 9am Seoul", Schedule("Asia/Seoul", time(9), WEEKDAYS)),
        ("daily 07:30 Europe/Istanbul", Schedule("Europe/Istanbul", time(7, 30), EVERY_DAY)),
        ("mon wed fri 18:00 Damascus", Schedule("Asia/Damascus", time(18), frozenset({0, 2, 4}))),
        ("Sun to Thu at 6 pm cairo", Schedule("Africa/Cairo", time(18), frozenset({6, 0, 1, 2, 3}))),
        ("mon-fri 0730 London", Schedule("Europe/London", time(7, 30), WEEKDAYS)),
        ("tuesday/thursday 8h30 paris", Schedule("Europe/Paris", time(8, 30), frozenset({1, 3}))),
        ("weekends noon KST", Schedule("Asia/Seoul", time(12), WEEKEND)),
        ("every day at midnight New York", Schedule("America/New_York", time(0), EVERY_DAY)),
        ("매일 오전 9시 서울", Schedule("Asia/Seoul", time(9), EVERY_DAY)),
        ("평일 오후 6시 30분 서울 시간", Schedule("Asia/Seoul", time(18, 30), WEEKDAYS)),
        ("월수금 9시 서울", Schedule("Asia/Seoul", time(9), frozenset({0, 2, 4}))),
        ("월요일 수요일 09:30 서울", Schedule("Asia/Seoul", time(9, 30), frozenset({0, 2}))),
        ("كل يوم الساعة 9 صباحا بتوقيت دمشق", Schedule("Asia/Damascus", time(9), EVERY_DAY)),
        ("الأحد والثلاثاء ٨:٣٠ مساء دمشق", Schedule("Asia/Damascus", time(20, 30), frozenset({6, 1}))),
        ("hafta içi saat 9 İstanbul", Schedule("Europe/Istanbul", time(9), WEEKDAYS)),
        ("her gün sabah 8.30 İstanbul saatiyle", Schedule("Europe/Istanbul", time(8, 30), EVERY_DAY)),
        ("pazartesi çarşamba 18:00 Ankara'da", Schedule("Europe/Istanbul", time(18), frozenset({0, 2}))),
        ("9am in Seoul, South Korea every day", Schedule("Asia/Seoul", time(9), EVERY_DAY)),
        ("every morning at 8 damascus time", Schedule("Asia/Damascus", time(8), EVERY_DAY)),
        ("every evening at 7 Seoul", Schedule("Asia/Seoul", time(19), EVERY_DAY)),
        ("mon-fri mornings Korea", Schedule("Asia/Seoul", time(9), WEEKDAYS)),
        ("half past nine Seoul weekdays", Schedule("Asia/Seoul", time(9, 30), WEEKDAYS)),
        ("daily quarter to 8 Seoul", Schedule("Asia/Seoul", time(7, 45), EVERY_DAY)),
        ("weekly 9am Seoul", Schedule("Asia/Seoul", time(9), frozenset({0}))),
        ("weekly on friday 9am Seoul", Schedule("Asia/Seoul", time(9), frozenset({4}))),
    ],
)
def test_a_schedule_in_words(words: str, expected: Schedule) -> None:
    assert heard(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10:15", Schedule("Asia/Tokyo", time(10, 15), frozenset({3}))),
        ("saturdays", Schedule("Asia/Tokyo", time(6, 45), frozenset({5}))),
        ("Damascus", Schedule("Asia/Damascus", time(6, 45), frozenset({3}))),
        ("", DEFAULT),
    ],
)
def test_what_is_left_out_stays_as_it_was(words: str, expected: Schedule) -> None:
    assert heard(words) == expected


@pytest.mark.parametrize(
    ("words", "zone"),
    [("every weekday 9am Seol", "Asia/Seoul"), ("9am Damascas", "Asia/Damascus"), ("9am Instanbul", "Europe/Istanbul")],
)
def test_a_misspelt_place_is_read_and_said(words: str, zone: str) -> None:
    found = read_schedule(words, DEFAULT)
    assert isinstance(found, Heard)
    assert found.schedule.tz == zone
    assert zone in found.notes[0]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [("25:00 mon Seoul", "Mon at 23:00 Asia/Seoul"), ("9:75", "09:59"), ("99", "23:00"), ("at 0 am", "00:00")],
)
def test_a_time_that_is_none_gets_the_nearest_one(words: str, nearest: str) -> None:
    found = read_schedule(words, DEFAULT)
    assert isinstance(found, Unheard)
    assert "not a time" in found.reason
    assert nearest in found.offers[0]


@pytest.mark.parametrize("words", ["9am mars", "banana o'clock somewhere", "daily 9am Atlantis"])
def test_a_place_that_is_none_gets_examples(words: str) -> None:
    found = read_schedule(words, DEFAULT)
    assert isinstance(found, Unheard)
    assert "not a place" in found.reason
    assert found.offers


@pytest.mark.parametrize("words", ["hourly", "every 2 hours Seoul", "twice a day", "monthly", "every other day 9am"])
def test_a_rhythm_that_there_is_not_is_said(words: str) -> None:
    found = read_schedule(words, DEFAULT)
    assert isinstance(found, Unheard)
    assert "once a day" in found.reason


@pytest.mark.parametrize(("offset", "city"), [("GMT+9", "Seoul"), ("UTC +3", "Damascus"), ("utc-5", "New_York")])
def test_an_offset_is_not_taken_for_utc_but_offered_as_a_city(offset: str, city: str) -> None:
    found = read_schedule(f"every day 9am {offset}", DEFAULT)
    assert isinstance(found, Unheard)
    assert any(city in offer for offer in found.offers)
    assert heard(found.offers[0]).at == time(9)


def test_words_that_were_left_out_are_said() -> None:
    found = read_schedule("9am sharpish Seoul", DEFAULT)
    assert isinstance(found, Heard)
    assert found.notes == ("I left out “sharpish”.",)


def test_whether_a_place_was_named_is_known() -> None:
    for words, placed in [("9am", False), ("9am Seoul", True), ("9am Seol", True), ("9am local time", False)]:
        found = read_schedule(words, DEFAULT)
        assert isinstance(found, Heard)
        assert found.placed is placed


@pytest.mark.parametrize("words", EXAMPLES)
def test_every_example_can_be_typed(words: str) -> None:
    heard(words)


@given(
    st.builds(
        Schedule,
        tz=st.sampled_from(["Asia/Seoul", "Europe/Istanbul", "America/New_York", "UTC"]),
        at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        days=st.frozensets(st.integers(0, 6), min_size=1),
    )
)
@settings(max_examples=200, deadline=None)
def test_what_the_desk_says_it_also_understands(schedule: Schedule) -> None:
    assert heard(in_words(schedule)) == schedule


@given(st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_words_get_a_schedule_or_an_offer(words: str) -> None:
    found = read_schedule(words, DEFAULT)
    assert found.offers if isinstance(found, Unheard) else found.schedule.days


@pytest.mark.parametrize(
    "name", ["서울", "دمشق", "İstanbul", "Şam", "Türkiye", "대한민국", "Syria", "asia/seoul", "EST"]
)
def test_places_are_known_in_the_readers_languages(name: str) -> None:
    assert zone_named(name)


def test_an_unknown_place_has_no_near_ones() -> None:
    assert nearest_zones("qqqqqq") == []

"""Numbers with their units, the same whatever the language they are written in."""

from __future__ import annotations

import pytest

from knowledge.understand.lexicon import Lexicon
from knowledge.understand.quantities import Quantity, quantity
from knowledge.understand.text import language, tokens

LEXICON = Lexicon()


def first(text: str) -> tuple[float, str | None] | None:
    words = [token.text for token in tokens(text)]
    found = [q for at in range(len(words)) if (q := quantity(words, at, LEXICON, language(text)))]
    return (found[0].amount, found[0].unit) if found else None


@pytest.mark.parametrize(
    "text",
    [
        "$10 million",
        "$10m",
        "10 million dollars",
        "ten million dollars",
        "10 million US dollars",
        "10-million-dollar",
        "1000만 달러",
        "1천만 달러",
        "10 مليون دولار",
        "١٠ ملايين دولار",
        "10 milyon dolar",
        "10 milyon doları",
    ],
)
def test_ten_million_dollars_is_one_quantity_in_every_language(text):
    assert first(text) == (10_000_000, "USD")


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("12 days", 12, "day"),
        ("twelve days", 12, "day"),
        ("12일", 12, "day"),
        ("12일간", 12, "day"),
        ("12 يوما", 12, "day"),
        ("12 gün", 12, "day"),
        ("54-year rule", 54, "year"),
        ("54년", 54, "year"),
        ("54 عاما", 54, "year"),
        ("54 yıldır", 54, "year"),
        ("3개월", 3, "month"),
        ("2 hafta", 2, "week"),
        ("191 member states", 191, "country"),
        ("191개국", 191, "country"),
        ("191 ülke", 191, "country"),
        ("쉰네 해 만에", 54, None),
        ("12일 만에", 12, "day"),
        ("اثني عشر يوما", 12, "day"),
        ("fifty-four years", 54, "year"),
        ("one hundred and ninety-one members", 191, "country"),
        ("elli dört yıl", 54, "year"),
        ("on iki gün sürdü", 12, "day"),
        ("yüz doksan bir ülke", 191, "country"),
        ("ثلاثة عشر عاما", 13, "year"),
        ("واحد وستون عاما", 61, "year"),
        ("4.2 million", 4_200_000, None),
        ("4.2 million crowns", 4_200_000, None),
        ("4.2bn", 4_200_000_000, None),
        ("10k", 10_000, None),
        ("31,000 passengers", 31_000, None),
        ("1.000.000", 1_000_000, None),
        ("a dozen boats", 12, None),
        ("10 bin", 10_000, None),
    ],
)
def test_amounts_scales_and_units(text, amount, unit):
    assert first(text) == (amount, unit)


@pytest.mark.parametrize("text", ["no number here", "million", "dollars", "부두", ""])
def test_a_unit_or_scale_alone_is_no_quantity(text):
    assert first(text) is None


def test_a_quantity_says_where_it_starts():
    words = ["for", "12", "days"]
    assert quantity(words, 0, LEXICON, "en") is None
    assert quantity(words, 1, LEXICON, "en") == Quantity(12.0, "day", 1)


def test_years_months_and_weekdays_are_times_and_not_amounts(ferry):
    found = ferry.canonicaliser.read("on a Friday in January 2024, for 12 days")
    assert (found.years, found.months, found.weekdays) == (["2024"], ["1"], ["5"])
    assert [(q.amount, q.unit) for q in found.quantities] == [(12.0, "day")]


@pytest.mark.parametrize("text", ["금요일, December", "يوم الجمعة في ديسمبر", "Cuma günü, Aralık ayında ne oldu"])
def test_times_are_the_same_in_the_other_languages(ferry, text):
    found = ferry.canonicaliser.read(text)
    assert (found.months, found.weekdays) == (["12"], ["5"])

"""Dates in EDTF: which texts are dates, their order, and their wording."""

from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import COMMON, end_day, in_words, is_edtf, sort_key, start_day

YEARS = st.integers(1, 9998).map("{:04}".format)
PARTS = st.sampled_from(["01", "02", "11", "12", "13", "00", "29", "30", "31", "XX"])
DATES = st.builds("-".join, st.lists(PARTS, max_size=2).flatmap(lambda rest: YEARS.map(lambda year: [year, *rest])))
QUALIFIED = st.builds("{}{}".format, DATES, st.sampled_from(["", "~", "?", "%"]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024", "2024"),
        ("2024-12", "December 2024"),
        ("2025-04-10", "10 April 2025"),
        ("1970~", "about 1970"),
        ("2024-06?", "June 2024 (uncertain)"),
        ("2024-06%", "about June 2024 (uncertain)"),
        ("1970~/2024-12", "about 1970 to December 2024"),
        ("../2024-12", "up to December 2024"),
        ("2024-12/..", "from December 2024 on"),
        ("2025-03-31?/2025-04-06?", "31 March 2025 to 6 April 2025 (uncertain)"),
        ("XXXX-12", "December, year not given"),
        ("XXXX-12-24", "24 December, year not given"),
        ("XXXX-XX-XX", "a date not given"),
        ("2024-XX", "2024"),
        ("201X", "the years 2010 to 2019"),
        ("[2025-04-03,2025-04-10,2025-04-17]", "3 April 2025, 10 April 2025 or 17 April 2025"),
        ("{2024-01,2024-03}", "January 2024 and March 2024"),
    ],
)
def test_a_date_reads_in_words(text, words):
    assert is_edtf(text)
    assert in_words(text) == words


def test_a_form_without_wording_comes_back_as_written():
    assert is_edtf("2024-21")
    assert in_words("2024-21") == "2024-21"


NO_DATES = "hello|last Friday|2024-13|2023-02-29|2024-00|2025/2024|../..|/|12/2024|2025.04.10|10 April 2025|2025/soon|"


@pytest.mark.parametrize("text", NO_DATES.split("|"))
def test_what_is_no_date_is_refused(text):
    assert not is_edtf(text)


@given(QUALIFIED)
def test_what_is_read_here_the_library_reads_alike(text):
    if is_edtf(text):
        parsed = parse_edtf(text)
        assert start_day(text) == tuple(parsed.lower_strict()[:3])
        assert end_day(text) == tuple(parsed.upper_strict()[:3])


@given(st.from_regex(COMMON, fullmatch=True).filter(lambda text: not text.startswith("XXXX")))
def test_every_common_form_that_is_accepted_is_edtf(text):
    if is_edtf(text):
        parse_edtf(text)


def test_the_timeline_runs_by_start_with_open_ends_in_their_place():
    ordered = ["1963~/2024-12", "1970~/2024-12", "2024", "../2024-12", "2024-12", "2024-12/..", "2025-03-31?"]
    assert sorted(sorted(ordered), key=sort_key) == ordered


def test_an_open_end_has_no_day():
    assert (start_day("../2024-12"), end_day("../2024-12")) == (None, (2024, 12, 31))
    assert (start_day("2024-12/.."), end_day("2024-12/..")) == ((2024, 12, 1), None)


def test_february_ends_on_its_last_day_of_that_year():
    assert (end_day("2024-02"), end_day("2025-02")) == ((2024, 2, 29), (2025, 2, 28))

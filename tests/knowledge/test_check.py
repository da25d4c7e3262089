"""What a reader's sentence is found to be, held against the dossier that ships with the desk."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from knowledge.check import Finding, check_text
from knowledge.load import default_dossier_path, load_dossier
from knowledge.model import Verdict
from knowledge.understand.rank import Weights
from knowledge.understand.reader import Reader

SMALL = Path(__file__).resolve().parent.parent / "support" / "dossier_small"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_dossier(default_dossier_path()), (), Weights({}, {}, {}))


def check(reader: Reader, text: str) -> Finding:
    found = check_text(reader, text)
    assert len(found) == 1
    return found[0]


def test_a_faithful_sentence_is_supported_by_its_fact(reader: Reader) -> None:
    found = check(reader, "Cho Tae-yul went to Damascus on Thursday.")
    assert found.verdict is Verdict.SUPPORTED
    assert found.facts[0] == "F03"
    assert found.differences == ()


def test_a_sentence_about_the_act_itself_is_supported_and_says_who_announced_it(reader: Reader) -> None:
    found = check(reader, "The US removed a $10m bounty on the HTS chief.")
    assert found.verdict is Verdict.SUPPORTED
    assert "United States" in found.note


def test_a_request_is_stronger_than_a_hope_and_both_wordings_are_shown(reader: Reader) -> None:
    found = check(reader, "Syria's foreign minister asked Seoul to help lift sanctions.")
    assert found.verdict is Verdict.STRONGER
    assert any(gap.yours == "asked" and "hope" in gap.source for gap in found.differences)


def test_a_second_hand_account_needs_its_source(reader: Reader) -> None:
    bare = check(reader, "Al-Shaibani welcomed what Cho had proposed.")
    sourced = check(reader, "According to the South Korean side, al-Shaibani welcomed what Cho had proposed.")
    assert bare.verdict is Verdict.STRONGER
    assert bare.differences[0].yours == ""
    assert sourced.verdict is Verdict.SUPPORTED


def test_no_admission_is_reported(reader: Reader) -> None:
    found = check(reader, "Syria admits close ties with North Korea held back cooperation.")
    assert found.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "yours"),
    [
        ("Cho Tae-yul went to Damascus on Friday.", "Friday"),
        ("The HTS operation lasted 21 days.", "21 days"),
        ("South Korea set up ties with Cuba in 2019.", "2019"),
        ("The US tightened some restrictions on Syria.", "tightened"),
        ("South Korean officials met the HTS leader in December.", "South Korean"),
    ],
)
def test_one_wrong_word_contradicts_and_is_named(reader: Reader, text: str, yours: str) -> None:
    found = check(reader, text)
    assert found.verdict is Verdict.CONTRADICTED
    assert any(yours in gap.yours for gap in found.differences)


def test_the_blow_is_about_cuba(reader: Reader) -> None:
    found = check(reader, 'Seoul called its ties with Syria a "political and psychological blow" to the North.')
    assert found.verdict is Verdict.CONTRADICTED
    assert any("Cuba" in gap.source for gap in found.differences)


def test_family_and_party_years_do_not_change_places(reader: Reader) -> None:
    right = check(reader, "The Assad family ruled for 54 years and the Ba'ath Party for 61.")
    wrong = check(reader, "The Assad family ruled for 61 years and the Ba'ath Party for 54.")
    assert right.verdict is Verdict.SUPPORTED
    assert set(right.facts) >= {"F28", "F29"}
    assert wrong.verdict is Verdict.CONTRADICTED


def test_two_statements_in_one_sentence_are_both_checked(reader: Reader) -> None:
    right = check(reader, "Cho flew to Damascus and signed a joint statement.")
    wrong = check(reader, "Cho flew to Damascus on Thursday and signed the statement on Friday.")
    assert right.verdict is Verdict.SUPPORTED
    assert wrong.verdict is Verdict.CONTRADICTED


def test_a_resolved_date_may_stand_for_the_weekday_with_a_note(reader: Reader) -> None:
    found = check(reader, "Cho was in Damascus on 10 April 2025.")
    assert found.verdict is Verdict.SUPPORTED
    assert "date" in found.note


@pytest.mark.parametrize(
    "text",
    ["Hyundai will build a power plant in Syria.", "Seoul is opening an embassy in Damascus.", "Assad fled to Moscow."],
)
def test_what_the_article_does_not_hold_is_not_in_it(reader: Reader, text: str) -> None:
    assert check(reader, text).verdict is Verdict.NOT_IN_SOURCE


@pytest.mark.parametrize(
    "text",
    [
        "The ties took effect on Thursday.",
        "The US eased some restrictions on Syria last week.",
        "The civil war in Syria is over.",
        "Will this really hurt North Korea?",
    ],
)
def test_what_the_source_leaves_open_stays_open(reader: Reader, text: str) -> None:
    assert check(reader, text).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("조태열 장관은 목요일 다마스쿠스를 방문했다.", Verdict.SUPPORTED),
        ("조태열 장관은 금요일 다마스쿠스를 방문했다.", Verdict.CONTRADICTED),
        ("استمرت العملية 12 يوماً.", Verdict.SUPPORTED),
        ("استمرت العملية 21 يوماً.", Verdict.CONTRADICTED),
        ("Baas Partisi'nin 61 yıllık yönetimi sona erdi.", Verdict.SUPPORTED),
        ("ABD Suriye'ye yönelik tüm kısıtlamaları kaldırdı.", Verdict.STRONGER),
    ],
)
def test_korean_arabic_and_turkish_sentences(reader: Reader, text: str, verdict: Verdict) -> None:
    assert check(reader, text).verdict is verdict


def test_words_that_the_source_does_not_quote_may_not_be_quoted(reader: Reader) -> None:
    found = check(reader, 'Cho said South Korea is "ready to support reconstruction".')
    assert found.verdict is Verdict.STRONGER
    assert "quotation" in found.differences[0].source


def test_a_paragraph_is_checked_sentence_by_sentence(reader: Reader) -> None:
    found = check_text(
        reader, "Cho visited Damascus on Thursday. The U.S. removed the bounty. Kim Jong Un was furious."
    )
    assert [f.verdict for f in found] == [Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.NOT_IN_SOURCE]


@pytest.mark.parametrize("text", ["", "   ", "?!…", "🙂🙂", "\u202e\u200b", "<@U123> <!channel>"])
def test_nothing_to_check_is_said_so(reader: Reader, text: str) -> None:
    found = check(reader, text)
    assert found.verdict is Verdict.CANNOT_TELL
    assert found.facts == ()


@pytest.mark.parametrize(
    "text", ["word " * 8000, "한" * 40_000, "a. " * 9000, "'; DROP TABLE facts; --", "*_~`<b>x</b>"]
)
def test_odd_input_is_bounded_and_never_supported(reader: Reader, text: str) -> None:
    found = check_text(reader, text)
    assert 1 <= len(found) <= 20
    assert all(f.verdict in {Verdict.CANNOT_TELL, Verdict.NOT_IN_SOURCE} for f in found)


def test_a_claim_takes_a_few_milliseconds(reader: Reader) -> None:
    check(reader, "Cho visited Damascus on Thursday.")
    took = []
    for _ in range(30):
        began = time.process_time()
        check(reader, "Washington said that the bounty on al-Sharaa was being removed.")
        took.append(time.process_time() - began)
    assert sorted(took)[15] < 0.02


def test_another_dossier_needs_no_code() -> None:
    small = Reader(load_dossier(SMALL), (), Weights({}, {}, {}))
    assert [check(small, claim.text).verdict for claim in small.dossier.claims] == [
        claim.verdict for claim in small.dossier.claims
    ]
    assert check(small, "Repairs of the quay took nine weeks.").verdict is Verdict.CONTRADICTED
    assert check(small, "Repairs of the quay took eleven weeks.").verdict is Verdict.SUPPORTED

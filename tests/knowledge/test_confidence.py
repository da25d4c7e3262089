"""How sure the reader is, and what makes it doubt."""

from __future__ import annotations

import pytest

from knowledge.understand.confidence import CONFIDENCE_SIGNALS, GROUPS, group, judge, same_answer, signals
from knowledge.understand.index import EntryKind
from knowledge.understand.rank import Weights


def sure(reader, text: str) -> float:
    return reader.decide(reader.canonicaliser.read(text)).confidence


def told(reader, text: str, *, mismatch: bool = False) -> dict[str, float]:
    found = reader.canonicaliser.read(text)
    values = signals(reader.rank(found), found, mismatch=mismatch)
    return dict(zip(CONFIDENCE_SIGNALS, values, strict=True))


@pytest.mark.parametrize(
    ("known", "strange"),
    [
        ("How much did the ship cost?", "How much did the mojitos on the ship cost the ceviche guild?"),
        ("Why was the ferry suspended?", "Why was the ferry ambassador decorated?"),
        ("When will the night ferry run again?", "When will Brazil and Norway buy the night ferry?"),
    ],
)
def test_strange_words_make_it_less_sure(ferry, known, strange):
    assert sure(ferry, known) > 0.9
    assert sure(ferry, strange) < sure(ferry, known) - 0.05


def test_confidence_is_a_probability_for_every_example(ferry):
    for entry in ferry.index.entries:
        for text in entry.examples.en:
            assert 0.0 <= sure(ferry, text) <= 1.0


def test_kinds_are_judged_in_three_groups_and_a_fact_that_is_departed_from_in_a_fourth():
    assert {group(kind) for kind in EntryKind} | {judge(EntryKind.FACT, mismatch=True)} == set(GROUPS)
    assert judge(EntryKind.PREMISE, mismatch=True) == "premise"
    assert judge(EntryKind.FACT, mismatch=False) == "direct"
    assert group(EntryKind.PREMISE) == "premise"
    assert group(EntryKind.UNKNOWN) == "unknown"
    assert group(EntryKind.ACTOR) == group(EntryKind.FACT) == "direct"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("F02", "F02", True),
        ("F01", "Q01", True),
        ("F02", "Q01", True),
        ("F03", "Q01", False),
        ("F01", "F02", False),
        ("F02", "P01", False),
        ("U01", "F01", False),
        ("/help", "/status", False),
    ],
)
def test_two_entries_may_end_in_the_same_answer(ferry, one, other, same):
    by_id = ferry.index.by_id
    assert same_answer(by_id[one], by_id[other]) is same
    assert same_answer(by_id[other], by_id[one]) is same


def test_any_two_unknowns_end_alike(story):
    unknown = [entry for entry in story.index.entries if entry.kind is EntryKind.UNKNOWN]
    assert same_answer(unknown[0], unknown[-1])


def test_the_signals_tell_of_rivals_unknown_words_and_mismatches(ferry):
    plain = told(ferry, "How much did the ship cost?")
    assert plain["unknown_words"] == 0.0
    assert plain["mismatch"] == 0.0
    assert plain["share"] > 0.8
    assert plain["share"] + plain["unknown_share"] + plain["premise_share"] <= 1.0 + 1e-9
    assert told(ferry, "How much did the ship cost the ceviche guild?")["unknown_words"] > 0.0
    assert told(ferry, "How much did the ship cost?", mismatch=True)["mismatch"] == 1.0
    assert told(ferry, "ship")["few_words"] == 1.0


def test_a_closer_rival_narrows_the_margin(ferry):
    assert told(ferry, "ferry passengers")["margin"] < told(ferry, "How many passengers a week?")["margin"]


def test_every_group_has_a_model_with_weights_for_known_signals():
    for linear in (False, True):
        weights = Weights.load(linear=linear)
        assert set(weights.confidence) == set(GROUPS)
        assert all(set(model) == set(CONFIDENCE_SIGNALS) for model in weights.confidence.values())
        assert all(0.0 < limit < 1.0 for limit in weights.thresholds.values())

"""Candidates, their signals, and what the fitted weights make of them."""

from __future__ import annotations

import json
import math

import pytest

from knowledge.understand.linear import Linear
from knowledge.understand.rank import SIGNALS, WEIGHTS, Weights, rank, sigmoid


def ranked(reader, text):
    return reader.rank(reader.canonicaliser.read(text))


def signal(reader, text, entry, name) -> float:
    found = next(c for c in ranked(reader, text) if c.entry.id == entry)
    return found.signals[SIGNALS.index(name)]


def test_candidates_come_best_first_each_with_every_signal(ferry):
    found = ranked(ferry, "how much did the ship cost")
    assert found[0].entry.id == "F02"
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(len(c.signals) == len(SIGNALS) for c in found)


def test_a_question_with_no_word_of_the_base_has_no_candidates(ferry):
    assert ranked(ferry, "xyzzy plugh") == []


def test_a_known_wording_is_recognised_as_such(ferry):
    assert signal(ferry, "How much did the ship cost?", "F02", "exact") == 1.0
    assert signal(ferry, "How much did the ship cost the firm?", "F02", "exact") == 0.0


@pytest.mark.parametrize(
    ("plain", "other", "entry", "name"),
    [
        ("what did Tidewater buy", "what did Tidewater and the mayor buy", "F02", "actors_missing"),
        ("what did Tidewater buy", "what did Tidewater and the mayor buy", "F02", "people_missing"),
        ("what did Tidewater buy", "what did Tidewater buy in France", "F02", "outside_missing"),
        ("a ship for 4.2 million", "a ship for 9.9 million", "F02", "quantity_missing"),
        ("a ship for 9.9 million", "a ship for 4.2 million", "F02", "quantity_shared"),
        ("what did the ship cost", "how much did the ship cost", "F02", "slot_agrees"),
        ("the mayor said it", "the mayor", "MAYOR", "bare_name"),
        ("what did the mayor say", "what did Halvorsen say", "A01", "ambiguous_named"),
    ],
)
def test_a_signal_rises_with_what_it_is_named_after(ferry, plain, other, entry, name):
    assert signal(ferry, other, entry, name) > signal(ferry, plain, entry, name)


def test_a_state_s_bodies_count_less_as_missing_than_strangers(story):
    text = "Did {} sign a joint statement with Syria on Thursday in Damascus?"
    own = signal(story, text.format("Seoul"), "F04", "actors_missing")
    stranger = signal(story, text.format("Cuba"), "F04", "actors_missing")
    assert own < stranger


def test_a_linear_model_speaks_for_its_entries_alone(ferry):
    found = ferry.canonicaliser.read("how much did the ship cost")
    row = tuple(1.0 if name == "linear" else 0.0 for name in SIGNALS)
    linear = Linear({"bias": (("F03", 5.0), ("F02", 0.5))})
    top = rank(ferry.index, found, row, linear)
    assert top[0].entry.id == "F03"
    assert top[0].signals[SIGNALS.index("linear_gap")] == 0.0
    assert next(c for c in top if c.entry.id == "F02").signals[SIGNALS.index("linear_gap")] == -4.5


def test_an_explanation_names_the_signals_that_spoke(ferry):
    told = ranked(ferry, "how much did the ship cost")[0].explain()
    assert told["best_example"] > 0
    assert "is_premise" not in told
    assert set(told) <= set(SIGNALS)


def test_weights_come_from_a_small_text_file_in_two_sets(tmp_path):
    assert WEIGHTS.stat().st_size < 40_000
    plain, linear = Weights.load(), Weights.load(linear=True)
    assert set(plain.rank) == set(SIGNALS) == set(linear.rank)
    assert plain.rank["linear"] == 0.0
    assert linear.rank["linear"] != 0.0
    section = {"rank": {"best_example": 2}, "confidence": {}, "thresholds": {}}
    (tmp_path / "weights.json").write_text(json.dumps({"plain": section}))
    row = Weights.load(tmp_path / "weights.json").row()
    assert row[SIGNALS.index("best_example")] == 2.0
    assert sum(row) == 2.0


@pytest.mark.parametrize(("x", "y"), [(0, 0.5), (1e9, 1.0), (-1e9, 0.0), (2, 1 / (1 + math.exp(-2)))])
def test_the_logistic_function_is_safe_at_both_ends(x, y):
    assert math.isclose(sigmoid(x), y, abs_tol=1e-12)

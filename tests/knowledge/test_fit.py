"""Refitting the weights from a dossier's own examples and labelled questions."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from knowledge.understand.confidence import CONFIDENCE_SIGNALS, GROUPS
from knowledge.understand.fit import fit, fit_rank, ranked
from knowledge.understand.index import IntentSpec
from knowledge.understand.linear import FILE, Linear
from knowledge.understand.rank import SIGNALS, Weights
from knowledge.understand.reader import Reader
from knowledge.understand.reading import Outcome
from knowledge.understand.rows import Labelled, collect, whole_linear
from tests.support.dossiers import public_small_dossier

INTENTS = (IntentSpec("timeline", ("timeline",), {"en": ["show me the timeline", "list the events by date"]}),)
QUESTIONS = (
    Labelled("what was paid for the boat", ("direct",), ("F02",)),
    Labelled("what does a ticket to Selm cost", ("unknown",)),
    Labelled("why was a brand-new ship built", ("premise",), ("F02",)),
)


@dataclass(frozen=True)
class Fitted:
    """What one fit left behind."""

    folder: Path
    lines: list[str]

    def reader(self, *, linear: bool) -> Reader:
        weights = Weights.load(self.folder / "weights.json", linear=linear)
        return Reader(public_small_dossier(), INTENTS, weights, self.folder if linear else None)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    """The ferry story's own weights."""
    folder = tmp_path_factory.mktemp("fit")
    return Fitted(folder, list(fit(public_small_dossier(), INTENTS, QUESTIONS, folder / "weights.json", folder)))


@pytest.fixture(scope="module")
def rows():
    """Every example asked of an index that has not seen it, and the labelled questions."""
    return collect(public_small_dossier(), INTENTS, QUESTIONS)[0]


def test_a_fit_writes_weights_that_the_reader_can_use(fitted):
    data = json.loads((fitted.folder / "weights.json").read_text())
    assert set(data) == {"plain", "linear"}
    for section in data.values():
        assert set(section["rank"]) == set(SIGNALS)
        assert set(section["confidence"]) == set(GROUPS)
        assert all(set(model) == set(CONFIDENCE_SIGNALS) for model in section["confidence"].values())
    assert data["plain"]["rank"]["linear"] == 0.0


@pytest.mark.parametrize("linear", [False, True])
def test_a_reader_with_its_own_weights_ranks_well(fitted, linear):
    reader = fitted.reader(linear=linear)
    for text, entry in (
        ("what did Tidewater pay for the vessel", "F02"),
        ("how long did the repairs take", "F04"),
        ("what does a ticket cost", "U01"),
        ("show me the timeline", "/timeline"),
    ):
        assert reader.rank(reader.canonicaliser.read(text))[0].entry.id == entry


def test_the_linear_model_knows_every_entry_with_examples_and_stays_small(fitted):
    model = Linear.load(fitted.folder)
    assert {"F02", "U01", "P01", "MAYOR", "/timeline"} <= set(model.scores({}))
    assert "F08" not in model.scores({})
    assert (fitted.folder / FILE).stat().st_size < 1_000_000
    reader = fitted.reader(linear=True)
    scores = model.scores(reader.index.vector(reader.canonicaliser.read("how long did the repairs take").features))
    assert max(scores, key=lambda entry: scores[entry]) == "F04"


def test_a_fit_says_how_well_unseen_examples_rank(fitted):
    report = "\n".join(fitted.lines)
    assert "plain: thresholds" in report
    assert "linear: thresholds" in report
    assert report.count("right first") == 2 * 5 * 2
    assert " 3: right first" in report


def test_fitting_twice_gives_the_same_model(fitted):
    again = whole_linear(public_small_dossier(), INTENTS)
    asked = {"~money": 0.6, "w:ship": 0.5, "@FERRIES": 0.6}
    assert again.scores(asked) == pytest.approx(Linear.load(fitted.folder).scores(asked), abs=0.05)


def test_an_example_is_asked_of_an_index_that_has_not_seen_it(rows):
    exact = SIGNALS.index("exact")
    held = [row for row in rows if not row.outside]
    assert len(held) > 100
    assert sum(any(c.signals[exact] for c in row.candidates) for row in held) < len(held) / 10


def test_only_labelled_questions_count_as_asked_by_readers(rows):
    assert [row.found.text for row in rows if row.outside] == [question.text for question in QUESTIONS]


def test_fitted_ranking_beats_no_ranking_on_the_unseen_examples(rows):
    weights = fit_rank(rows)
    after = sum(ranked(row, weights).right[0] for row in rows)
    worst = sum(ranked(row, -weights).right[0] for row in rows)
    assert worst < after
    assert after / len(rows) > 0.6


def test_a_ranked_row_keeps_what_belongs_together(rows):
    row = next(row for row in rows if sum(row.right) == 1 and len(row.candidates) > 3)
    right = row.candidates[row.right.index(True)].entry.id
    for weights in (np.ones(len(SIGNALS)), -np.ones(len(SIGNALS))):
        again = ranked(row, weights)
        assert again.candidates[again.right.index(True)].entry.id == right
        assert [c.score for c in again.candidates] == sorted((c.score for c in again.candidates), reverse=True)


def test_an_example_added_to_the_data_is_learnt_by_a_refit():
    dossier = public_small_dossier()
    fact = next(one for one in dossier.facts if one.id == "F04")
    examples = fact.examples.model_copy(
        update={"en": (*fact.examples.en, "barnacle saga", "the barnacle saga, please")}
    )
    facts = tuple(fact.model_copy(update={"examples": examples}) if one.id == "F04" else one for one in dossier.facts)
    before, after = whole_linear(dossier, INTENTS), whole_linear(dossier.model_copy(update={"facts": facts}), INTENTS)
    asked = {"w:barnacl": 0.7, "w:saga": 0.7}
    assert max(after.scores(asked).items(), key=lambda pair: pair[1])[0] == "F04"
    assert after.scores(asked)["F04"] > before.scores(asked)["F04"]


def test_a_question_with_its_own_weights_is_answered_or_offered(fitted):
    reading = fitted.reader(linear=True).read("How much did the ship cost?")
    assert reading.outcome in {Outcome.DIRECT, Outcome.SUGGEST}
    assert reading.entry == "F02"


def test_the_running_bot_imports_nothing_of_what_the_fit_needs():
    code = "import sys, bot.app; print(sorted({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

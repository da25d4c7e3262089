"""Stats: what a dossier holds, and where it is thin."""

from __future__ import annotations

from knowledge.load import load_dossier
from knowledge.stats import stats
from tests.support.dossiers import copy_small, small_dossier


def test_figures_leave_out_what_is_under_embargo():
    found = stats(small_dossier())
    assert (found.dossier, found.version, found.passages) == ("dossier_small", "2031.1", 8)
    assert found.totals == {
        "facts": 8,
        "questions": 4,
        "actors": 5,
        "aliases": 30,
        "timeline": 5,
        "cautions": 3,
        "claims": 5,
        "wordings": 0,
        "spans": 11,
        "quotes": 1,
    }
    assert "F08" not in found.model_dump_json()


def test_facts_and_questions_are_counted_by_kind_and_label():
    found = stats(small_dossier())
    assert found.facts_by_kind == {"background": 3, "claim": 3, "event": 2}
    assert found.facts_by_label == {"stated": 3, "attributed": 2, "derived": 1, "one-sided": 1, "time-unreliable": 1}
    assert found.facts_by_attribution == {"none": 5, "explicit": 2, "second-hand": 1}
    assert found.questions_by_kind == {"ambiguous": 1, "answer": 1, "premise": 1, "unknown": 1}


def test_examples_are_counted_by_language():
    found = stats(small_dossier())
    assert found.examples["facts"] == {"en": 80, "ko": 9, "ar": 9, "tr": 9}
    assert found.examples["questions"] == {"en": 20, "ko": 4, "ar": 4, "tr": 4}
    assert found.examples["actors"] == {"en": 2, "ko": 1, "ar": 1, "tr": 1}


def test_what_is_thin_is_named(tmp_path):
    def without_source(text: str) -> str:
        return text.replace("    says_who: The article says so in its own voice.\n", "", 1).replace("[T03]", "[]", 1)

    found = stats(load_dossier(copy_small(tmp_path, {"facts/line.yaml": without_source})))
    assert found.lacking["facts that do not say who says so"] == ("F04",)
    assert found.lacking["cautions on no fact"] == ("T03",)
    assert "facts without a span" not in found.lacking

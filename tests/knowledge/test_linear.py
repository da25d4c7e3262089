"""The fitted linear model: a text file, read and written, and silent where it knows nothing."""

from __future__ import annotations

import pytest

from knowledge.load import default_dossier_path
from knowledge.understand.linear import FILE, Linear


def test_a_score_is_the_bias_and_every_feature_s_weight():
    model = Linear(
        {"bias": (("F01", -1.0), ("F02", 0.5)), "w:ship": (("F02", 2.0),), "~sail": (("F01", 3.0), ("F02", 1.0))}
    )
    assert model.scores({}) == {"F01": -1.0, "F02": 0.5}
    assert model.scores({"w:ship": 0.5, "~sail": 1.0, "w:unheard": 9.0}) == pytest.approx({"F01": 2.0, "F02": 2.5})


def test_scoring_twice_gives_the_same():
    model = Linear({"bias": (("F01", 0.0),), "w:ship": (("F01", 2.0),)})
    assert model.scores({"w:ship": 1.0}) == model.scores({"w:ship": 1.0})


def test_a_dossier_without_the_file_does_without(tmp_path):
    assert not Linear.load(None)
    assert not Linear.load(tmp_path)
    assert Linear.load(tmp_path).scores({"w:ship": 1.0}) == {}


def test_what_is_written_reads_back_the_same(tmp_path):
    model = Linear({"bias": (("F02", 0.25), ("F01", -1.5)), "w:ship": (("F02", 2.0),)})
    (tmp_path / FILE).write_text(model.written(), encoding="utf-8")
    again = Linear.load(tmp_path)
    assert again
    assert again.scores({"w:ship": 1.0}) == model.scores({"w:ship": 1.0})
    assert again.written() == model.written()


def test_a_broken_line_is_not_read_as_something_else(tmp_path):
    (tmp_path / FILE).write_text("bias\tF01\t0.5\nw:ship\tF01\n", encoding="utf-8")
    with pytest.raises(ValueError, match="zip"):
        Linear.load(tmp_path)


def test_the_shipped_model_is_small_text_and_speaks_for_the_dossier_s_entries(story):
    path = default_dossier_path() / FILE
    assert path.stat().st_size < 2_000_000
    known = set(story.linear.scores({}))
    assert len(known & set(story.index.by_id)) > 100

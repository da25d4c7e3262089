"""`syria-desk kb`: what a curator types and sees."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli_kb import app
from tests.support.dossiers import SMALL, SMALL_SOURCES, copy_small


@pytest.fixture
def kb(tmp_path, monkeypatch):
    """Run `kb …` in an empty folder with an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("SYRIA_DESK_SOURCES", "SYRIA_DESK_DOSSIER"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_lint_of_a_sound_dossier_says_so(kb):
    result = kb("lint", "--dossier", SMALL)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "dossier_small 2031.1: 9 facts, 4 questions, 5 actors; 0 faults, 0 warnings\n"


def test_lint_prints_a_line_a_fault_with_a_path_to_open(kb, tmp_path):
    copy_small(tmp_path, {"facts/line.yaml": lambda text: text.replace("why: A storm.", "why: A deal.")})
    result = kb("lint", "--dossier", tmp_path / "ferry")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    path, number, *_ = line.split(":")
    assert "A deal." in (tmp_path / path).read_text("utf-8").splitlines()[int(number) - 1]
    assert "1 faults, 0 warnings" in result.stdout


def test_lint_of_a_dossier_that_does_not_load_lists_every_fault(kb, tmp_path):
    copy_small(tmp_path, {"facts/line.yaml": lambda text: text.replace("[SELM]", "[SELMA]")})
    result = kb("lint", "--dossier", tmp_path / "ferry")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 4
    assert all("did you mean SELM?" in line for line in result.stderr.splitlines())


def test_a_folder_that_is_not_there_is_one_line(kb, tmp_path):
    result = kb("stats", "--dossier", tmp_path / "nowhere")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "no such dossier folder" in result.stderr


def test_the_dossier_of_the_environment_is_the_default(kb, monkeypatch):
    monkeypatch.setenv("SYRIA_DESK_DOSSIER", str(SMALL))
    assert kb("lint").stdout.startswith("dossier_small")


def test_verify_counts_the_passages(kb):
    result = kb("verify", "--dossier", SMALL, "--sources", SMALL_SOURCES)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "passages: 8/8 covered, 0 of 8 changed" in result.stdout
    assert "spans: 11/11 as read" in result.stdout


def test_verify_names_the_passage_that_changed(kb, tmp_path, monkeypatch):
    text = (SMALL_SOURCES / "ferry.txt").read_text("utf-8")
    (tmp_path / "ferry.txt").write_text(text.replace("eleven", "twelve"), "utf-8")
    monkeypatch.setenv("SYRIA_DESK_SOURCES", str(tmp_path))
    result = kb("verify", "--dossier", SMALL)
    assert result.exit_code == 1
    assert "F04: the passage in paragraph 1, sentence 4 is no longer in the document" in result.stderr
    assert "passages: 8/8 covered, 1 of 8 changed" in result.stdout


def test_verify_without_a_copy_says_what_to_set(kb, tmp_path):
    unset, empty = kb("verify", "--dossier", SMALL), kb("verify", "--dossier", SMALL, "--sources", tmp_path)
    assert (unset.exit_code, empty.exit_code) == (1, 1)
    assert unset.stderr == "syria-desk: no copy of the source: pass --sources FOLDER or set SYRIA_DESK_SOURCES\n"
    assert empty.stderr.startswith("syria-desk: no copy of ferry.txt in ")
    assert len(empty.stderr.splitlines()) == 1


def test_stats_come_as_a_table_or_as_json(kb):
    table, figures = kb("stats", "--dossier", SMALL), kb("stats", "--dossier", SMALL, "--json")
    assert "facts by kind" in table.stdout
    assert json.loads(figures.stdout)["totals"]["facts"] == 8


@pytest.mark.parametrize(
    ("form", "start"), [("timelinejs", "{"), ("jsonld", "{"), ("csv", "id,title"), ("yaml", "- id:")]
)
def test_export_writes_to_standard_output(kb, form, start):
    result = kb("export", "--format", form, "--dossier", SMALL)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(start)


@pytest.mark.parametrize("arguments", [("export",), ("export", "--format", "pdf"), ("lint", "--frob"), ("weigh",)])
def test_bad_usage_ends_with_two(kb, arguments):
    assert kb(*arguments).exit_code == 2

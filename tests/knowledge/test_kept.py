"""Tables kept beside a dossier: the same as those worked out, and never of another dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import kept, lint
from knowledge.load import DossierError, load_dossier
from knowledge.understand import index
from knowledge.understand.index import IntentSpec
from knowledge.understand.linear import FILE, Linear
from knowledge.understand.reader import Reader
from tests.support import synthetic

INTENTS = (IntentSpec("help", ("hilfe",), {"en": ("what can you do", "how does it work")}),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small dossier of its own."""
    return synthetic.write(tmp_path / "made", 40)


def read(folder: Path) -> Reader:
    """A reader as the desk makes one."""
    return Reader(load_dossier(folder), INTENTS, folder=folder)


def work_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on tables come from the folder or not at all."""

    def refused(*_: object) -> None:
        raise AssertionError("worked out anew")

    monkeypatch.setattr(index, "_idf", refused)


def everything(reader: Reader, texts: list[str]) -> list[object]:
    """All that is ranked on, and the readings."""
    found = reader.index
    tables = [[e.profile, e.asked, e.lengths, e.text_features, e.known_actors, e.kin] for e in found.entries]
    return [tables, found.idf, found._postings, [reader.read(text) for text in texts]]


def test_a_second_start_reads_what_the_first_worked_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in synthetic.questions(load_dossier(folder), 30)]
    misspelled = [text[:5] + text[6:] for text in texts]
    first = everything(read(folder), [*texts, *misspelled])
    work_nothing_out(monkeypatch)
    assert everything(read(folder), [*texts, *misspelled]) == first


def test_a_changed_dossier_is_worked_out_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(folder)
    actors = folder / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("Who or what is", "Who exactly is", 1), "utf-8")
    work_nothing_out(monkeypatch)
    with pytest.raises(AssertionError, match="worked out anew"):
        read(folder)


def test_a_dossier_changed_in_memory_is_worked_out_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = load_dossier(folder)
    Reader(dossier, INTENTS, folder=folder)
    work_nothing_out(monkeypatch)
    with pytest.raises(AssertionError, match="worked out anew"):
        Reader(dossier.model_copy(update={"facts": dossier.facts[1:]}), INTENTS, folder=folder)


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:-9] + b"tampered!", lambda _: b""])
def test_a_damaged_file_is_not_read(folder: Path, damage: object) -> None:
    first = everything(read(folder), [])
    path = folder / kept.FOLDER / "index"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert everything(read(folder), []) == first


def test_a_folder_that_takes_nothing_is_no_fault(folder: Path) -> None:
    (folder / kept.FOLDER).write_text("in the way", "utf-8")
    assert everything(read(folder), []) == everything(read(folder), [])


def test_the_linear_model_is_kept_too(folder: Path) -> None:
    (folder / FILE).write_text("bias\tF00001\t0.50\tF00002\t-0.25\n~buy\tF00002\t1.50\n", "utf-8")
    first, second = Linear.load(folder), Linear.load(folder)
    assert (folder / kept.FOLDER / "linear").is_file()
    assert second.written() == first.written()
    assert second
    assert second.scores({"~buy": 2.0}) == first.scores({"~buy": 2.0}) == {"F00001": 0.5, "F00002": 2.75}


def test_a_dossier_that_was_fit_is_not_gone_through_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = lint.load_checked(folder)
    monkeypatch.setattr(lint, "load_marked", None)
    assert lint.load_checked(folder) == first


def test_a_dossier_with_a_fault_is_never_kept(folder: Path) -> None:
    lint.load_checked(folder)
    actors = folder / "actors.yaml"
    actors.write_text(actors.read_text("utf-8").replace("type: Person", "type: Perso", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(DossierError):
            lint.load_checked(folder)

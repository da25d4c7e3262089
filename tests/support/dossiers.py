"""A second story, about a ferry, that needs no code: for tests of every package."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from knowledge.load import load_dossier, public
from knowledge.model import Dossier

SMALL = Path(__file__).parent / "dossier_small"
SMALL_SOURCES = Path(__file__).parent / "sources"


@cache
def small_dossier() -> Dossier:
    """The ferry story as an editor sees it: F08 is under embargo, F07 is time-unreliable."""
    return load_dossier(SMALL)


def public_small_dossier() -> Dossier:
    """The ferry story as a reader may see it."""
    return public(small_dossier())


def copy_small(folder: Path, edits: dict[str, Callable[[str], str]] | None = None) -> Path:
    """A copy under `folder` to break or change: `edits` maps file names to functions of their text."""
    copied = Path(shutil.copytree(SMALL, folder / "ferry"))
    for name, edit in (edits or {}).items():
        before = (copied / name).read_text("utf-8")
        after = edit(before)
        assert after != before, f"the edit of {name} changes nothing"
        (copied / name).write_text(after, "utf-8")
    return copied

"""The two stories as the understanding reads them, each built once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handlers.intents import specs
from knowledge.understand.rank import Weights
from knowledge.understand.reader import Reader
from tests.support.dossiers import public_small_dossier

if TYPE_CHECKING:
    from bot.shelf import Shelf

PINNED = Path(__file__).parent.parent / "support" / "pinned_weights.json"


@pytest.fixture(scope="session")
def ferry() -> Reader:
    """The ferry story as readers may see it, under weights that no refit of the shipped story moves."""
    return Reader(public_small_dossier(), specs(), Weights.load(PINNED))


@pytest.fixture(scope="session")
def story(shelf: Shelf) -> Reader:
    """The shipped story with its fitted model."""
    return shelf.desk.reader

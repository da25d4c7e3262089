"""The two stories as the understanding reads them, each built once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.intents import specs
from knowledge.understand.reader import Reader
from tests.support.dossiers import public_small_dossier

if TYPE_CHECKING:
    from bot.shelf import Shelf


@pytest.fixture(scope="session")
def ferry() -> Reader:
    """The ferry story as readers may see it."""
    return Reader(public_small_dossier(), specs())


@pytest.fixture(scope="session")
def story(shelf: Shelf) -> Reader:
    """The shipped story with its fitted model."""
    return shelf.desk.reader

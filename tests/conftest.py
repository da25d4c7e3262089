"""Fixtures shared by all tests: the loaded dossier, and the whole bot in a local workspace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.shelf import Shelf
    from tests.support.running import Running


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Faults as single lines, so that a failing test stays readable."""
    from bot import logs

    logs.set_up("ERROR")


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The shipped dossier, loaded once."""
    from bot.settings import DEFAULT_DOSSIER
    from bot.shelf import Shelf

    return Shelf(DEFAULT_DOSSIER)


@pytest.fixture
async def bot(tmp_path: Path, shelf: Shelf) -> AsyncIterator[Running]:
    """The bot in a workspace, over HTTP."""
    from tests.support.running import running

    async with running(tmp_path, shelf) as started:
        yield started

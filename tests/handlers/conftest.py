"""The shipped story and a small one about a ferry, each loaded once."""

from __future__ import annotations

import pytest

from handlers.desk import Desk
from knowledge.load import default_dossier_path
from tests.handlers.asking import LOADED
from tests.support.dossiers import SMALL


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The shipped dossier."""
    return Desk.load(default_dossier_path(), loaded=LOADED)


@pytest.fixture(scope="session")
def ferry() -> Desk:
    """The ferry story as readers have it: F08 is under embargo."""
    return Desk.load(SMALL, loaded=LOADED)

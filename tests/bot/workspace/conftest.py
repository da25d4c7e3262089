"""A workspace for each test, and a Web API client of its app."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace
from tests.support.workspace import HandClock, client

HANA, JISOO, RUTH = "U0REPORT01", "U0REPORT02", "U0EDITOR01"


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A running workspace."""
    async with Workspace(control=True) as running:
        yield running


@pytest.fixture
def clock() -> HandClock:
    """A clock that stands still until it is moved."""
    return HandClock()


@pytest.fixture
async def timed(clock: HandClock) -> AsyncIterator[Workspace]:
    """A running workspace on that clock."""
    async with Workspace(clock=clock) as running:
        yield running


@pytest.fixture
def api(workspace: Workspace) -> AsyncWebClient:
    """The app's Web API client; it never retries."""
    return client(workspace)

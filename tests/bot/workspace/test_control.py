"""The control interface: what a harness in another process sees and does."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace
from tests.bot.workspace.conftest import HANA
from tests.bot.workspace.peer import peer
from tests.bot.workspace.refusals import refused


class Remote:
    """A harness that only has the address."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> Any:
        """Read."""
        async with self.session.get(f"/control/{path}") as response:
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        """Do; the text of the answer when it is refused."""
        async with self.session.post(f"/control/{path}", json=body) as response:
            return await response.json() if response.ok else f"{response.status}: {await response.text()}"


@pytest.fixture
async def remote(workspace: Workspace) -> AsyncIterator[Remote]:
    async with aiohttp.ClientSession(workspace.url) as session:
        yield Remote(session)


async def test_control_is_closed_unless_asked_for() -> None:
    async with Workspace() as workspace, aiohttp.ClientSession(workspace.url) as session:
        assert (await session.get("/control/messages")).status == 404


async def test_every_message_is_listed_with_its_metadata(remote: Remote, api: AsyncWebClient) -> None:
    metadata = {"event_type": "digest_posted", "event_payload": {"digest_key": "k"}}
    made = await remote.post("channels", count=3, prefix="load")
    for channel in made["channels"]:
        await api.chat_postMessage(channel=channel, text="digest", metadata=metadata)
    found = await remote.get("messages?from_app=1")
    assert found["count"] == 3
    assert {m["channel"] for m in found["messages"]} == set(made["channels"])
    assert {m["metadata"]["event_payload"]["digest_key"] for m in found["messages"]} == {"k"}


async def test_faults_are_set_from_outside(remote: Remote, api: AsyncWebClient) -> None:
    await remote.post("faults", faults=[{"method": "auth.test", "kind": "error", "error": "fatal_error", "times": 1}])
    assert await refused(api.auth_test()) == "fatal_error"
    assert (await remote.get("faults"))["struck"] == {"error": 1}
    refusal = await remote.post("faults", faults=[{"method": "auth.test", "kind": "gremlin"}])
    assert refusal.startswith("400: unknown fault 'gremlin'")


async def test_people_speak_and_events_are_counted(workspace: Workspace, remote: Remote) -> None:
    said = [{"user": HANA, "channel": "newsroom", "text": f"@Syria Desk {n}"} for n in range(20)]
    async with peer(workspace) as app:
        await remote.post("say", messages=said)
        await workspace.settled()
        events = (await remote.get("events"))["events"]
        assert [one["state"] for one in events] == ["delivered"] * 20
        await remote.post("redeliver", event_ids=[events[0]["event_id"]])
        await workspace.settled()
        assert len(app.seen) == 21
    assert (await remote.post("say", user="U404", channel="newsroom", text="x")).startswith("400: cannot be said")

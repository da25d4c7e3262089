"""The page's own endpoints: for this machine's page only, and never for another site."""

import aiohttp
import pytest

from bot.workspace import Workspace
from tests.bot.workspace.conftest import HANA, JISOO


async def act(workspace: Workspace, name: str, headers: dict[str, str] | None = None, **body: object) -> int:
    """Do something as the page does it; the status of the answer."""
    sent = {"Origin": workspace.url, "Content-Type": "application/json"} | (headers or {})
    address = f"{workspace.url}/page/{name}"
    async with aiohttp.ClientSession() as session, session.post(address, json=body, headers=sent) as response:
        return response.status


async def read(workspace: Workspace, path: str, **headers: str) -> aiohttp.ClientResponse:
    """Read something; the whole answer."""
    address = f"{workspace.url}{path}"
    async with aiohttp.ClientSession() as session, session.get(address, headers=headers) as response:
        await response.read()
        return response


SAID = {"user": HANA, "text": "hello"}


async def test_the_page_may_act(workspace: Workspace) -> None:
    assert await act(workspace, "say", channel=workspace.channel("newsroom").id, **SAID) == 200
    assert [m["text"] for m in workspace.messages("newsroom")] == ["hello"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Content-Type": "text/plain"},
    ],
)
async def test_another_site_may_not(workspace: Workspace, headers: dict[str, str]) -> None:
    assert await act(workspace, "say", headers, channel=workspace.channel("newsroom").id, **SAID) == 403
    assert workspace.messages("newsroom") == []


async def test_another_site_cannot_use_the_web_api_or_the_live_feed(workspace: Workspace) -> None:
    evil = {"Origin": "https://evil.example"}
    assert (await read(workspace, "/api/auth.test", **evil)).status == 403
    assert (await read(workspace, "/page/live?user=U0REPORT01", **evil)).status == 403
    assert (await read(workspace, "/page/start", Host="rebound.example")).status == 403


async def test_the_workspace_listens_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback only"):
        await Workspace().start(host="0.0.0.0")  # noqa: S104


async def test_everything_shown_is_under_a_strict_policy(workspace: Workspace) -> None:
    for path in ("/", "/assets/main.js", "/page/start"):
        answer = await read(workspace, path)
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_what_is_not_the_pages_is_not_served(workspace: Workspace) -> None:
    assert (await read(workspace, "/assets/../server.py")).status == 404
    assert (await read(workspace, "/assets/%2e%2e/server.py")).status in (403, 404)


async def test_nobody_reads_what_is_private(workspace: Workspace) -> None:
    secret = workspace.channel("editors-only").id
    assert (await read(workspace, f"/page/conversation?user={JISOO}&channel={secret}")).status == 404
    assert (await read(workspace, f"/page/conversation?user={HANA}&channel={secret}")).status == 200


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("say", {"user": HANA}, 400),
        ("say", {"user": "U404", "channel": "newsroom", "text": "x"}, 409),
        ("press", {"user": HANA, "view_id": "V404", "action_id": "x"}, 409),
        ("submit", {"user": HANA, "values": {}}, 409),
        ("say", {"user": HANA, "channel": "press-trip-2019", "text": "x"}, 409),
    ],
)
async def test_a_malformed_act_is_refused_politely(
    workspace: Workspace, name: str, body: dict[str, object], status: int
) -> None:
    assert await act(workspace, name, **body) == status

"""Reading conversations back: order, windows, pages and threads."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Workspace
from tests.bot.workspace.conftest import HANA
from tests.bot.workspace.refusals import refused


@pytest.fixture
def place(workspace: Workspace) -> str:
    """A channel in which ten things were said."""
    for number in range(10):
        workspace.say(HANA, "newsroom", f"line {number}")
    return workspace.channel("newsroom").id


async def texts(api: AsyncWebClient, **query: object) -> list[str]:
    """The texts of one page of history."""
    answer = await api.conversations_history(**query)  # type: ignore[arg-type]
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first(api: AsyncWebClient, place: str) -> None:
    assert await texts(api, channel=place, limit=2) == ["line 9", "line 8"]


async def test_pages_hold_everything_once(api: AsyncWebClient, place: str) -> None:
    found, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = await api.conversations_history(channel=place, limit=4, cursor=cursor)
        found += [message["text"] for message in page["messages"]]
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        pages += 1
    assert (found, pages) == ([f"line {n}" for n in range(9, -1, -1)], 3)


async def test_a_window_excludes_its_ends_unless_asked(api: AsyncWebClient, workspace: Workspace, place: str) -> None:
    said = workspace.messages("newsroom")
    window = {"channel": place, "oldest": said[2]["ts"], "latest": said[5]["ts"]}
    assert await texts(api, **window) == ["line 4", "line 3"]
    assert await texts(api, **window, inclusive=True) == ["line 5", "line 4", "line 3", "line 2"]


async def test_a_window_may_be_whole_seconds(api: AsyncWebClient, workspace: Workspace, place: str) -> None:
    first = workspace.messages("newsroom")[0]["ts"]
    assert len(await texts(api, channel=place, oldest=str(int(float(first)) - 60))) == 10
    assert await texts(api, channel=place, oldest=str(int(float(first)) + 60)) == []


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"cursor": "nonsense!"}, "invalid_cursor"),
        ({"limit": 0}, "invalid_limit"),
        ({"oldest": "x"}, "invalid_ts_oldest"),
    ],
)
async def test_bad_queries_are_refused(api: AsyncWebClient, place: str, query: dict[str, object], error: str) -> None:
    assert await refused(api.conversations_history(channel=place, **query)) == error  # type: ignore[arg-type]


async def test_replies_stay_in_their_thread_and_are_counted(
    api: AsyncWebClient, workspace: Workspace, place: str
) -> None:
    root = workspace.messages("newsroom")[0]
    for text in ("first", "second"):
        await api.chat_postMessage(channel=place, thread_ts=root["ts"], text=text)
    workspace.say(HANA, "newsroom", "third", thread_ts=root["ts"])
    thread = await api.conversations_replies(channel=place, ts=root["ts"])
    assert [m["text"] for m in thread["messages"]] == ["line 0", "first", "second", "third"]
    assert (root["reply_count"], root["reply_users_count"]) == (3, 2)
    assert "first" not in await texts(api, channel=place)


async def test_a_broadcast_reply_is_in_both(api: AsyncWebClient, workspace: Workspace, place: str) -> None:
    root = workspace.messages("newsroom")[0]
    await api.chat_postMessage(channel=place, thread_ts=root["ts"], text="loud", reply_broadcast=True)
    assert (await texts(api, channel=place))[0] == "loud"
    assert workspace.messages("newsroom", root["ts"])[0]["subtype"] == "thread_broadcast"


async def test_a_reply_needs_a_root(api: AsyncWebClient, workspace: Workspace, place: str) -> None:
    root = workspace.messages("newsroom")[0]
    reply = await api.chat_postMessage(channel=place, thread_ts=root["ts"], text="reply")
    under_reply = api.chat_postMessage(channel=place, thread_ts=reply["ts"], text="x")
    under_nothing = api.chat_postMessage(channel=place, thread_ts="1700000000.000001", text="x")
    assert await refused(under_reply) == "cannot_reply_to_message"
    assert await refused(under_nothing) == "thread_not_found"

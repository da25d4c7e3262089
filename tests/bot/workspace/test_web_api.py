"""The Web API refuses what Slack refuses, with Slack's names for it."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import SlackApp, Workspace
from tests.bot.workspace.conftest import HANA, JISOO
from tests.bot.workspace.refusals import refusal, refused
from tests.support.workspace import client

SAMPLE = {"event_type": "digest_posted", "event_payload": {"digest_key": "a-1", "edition": "morning"}}


async def raw(workspace: Workspace, method: str, **request: object) -> tuple[int, dict[str, object]]:
    """A call as bytes on the wire, without the SDK's help."""
    address = f"{workspace.api_url}{method}"
    async with aiohttp.ClientSession() as session, session.post(address, **request) as response:  # type: ignore[arg-type]
        return response.status, await response.json()


async def test_auth_test_names_the_app(api: AsyncWebClient, workspace: Workspace) -> None:
    answer = await api.auth_test()
    ids = workspace.credentials
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (ids.bot_user_id, ids.bot_id, ids.team_id)


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("xapp", "not_allowed_token_type")]
)
async def test_a_bad_token_is_refused(workspace: Workspace, token: str, error: str) -> None:
    given = workspace.credentials.app_token if token == "xapp" else token
    _, body = await raw(workspace, "auth.test", headers={"Authorization": f"Bearer {given}"})
    assert body == {"ok": False, "error": error}


async def test_a_token_may_stand_in_the_form_but_not_in_the_query(workspace: Workspace) -> None:
    token = workspace.credentials.bot_token
    _, in_form = await raw(workspace, "auth.test", data={"token": token})
    _, in_query = await raw(workspace, f"auth.test?token={token}")
    assert (in_form["ok"], in_query["error"]) == (True, "not_authed")


async def test_an_unknown_method_is_named(api: AsyncWebClient) -> None:
    assert await refused(api.api_call("chat.shout")) == "unknown_method"


@pytest.mark.parametrize(("sent", "error"), [("{", "invalid_json"), ("[1]", "json_not_object")])
async def test_broken_json_is_refused(workspace: Workspace, sent: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {workspace.credentials.bot_token}", "Content-Type": "application/json"}
    _, body = await raw(workspace, "chat.postMessage", data=sent, headers=headers)
    assert body["error"] == error


async def test_a_missing_scope_is_named() -> None:
    async with Workspace(SlackApp(scopes=frozenset({"chat:write"}))) as workspace:
        body = await refusal(client(workspace).conversations_history(channel=workspace.channel("newsroom").id))
    assert (body["error"], body["needed"]) == ("missing_scope", "channels:history")


async def test_an_uninstalled_app_is_shut_out(workspace: Workspace, api: AsyncWebClient) -> None:
    workspace.revoke()
    assert await refused(api.auth_test()) == "account_inactive"


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C404", "channel_not_found"), ("general", "not_in_channel"), ("press-trip-2019", "is_archived")],
)
async def test_the_app_posts_only_where_it_may(
    workspace: Workspace, api: AsyncWebClient, channel: str, error: str
) -> None:
    place = workspace.state.channel(channel)
    assert await refused(api.chat_postMessage(channel=place.id if place else channel, text="x")) == error
    assert workspace.from_app() == []


async def test_a_private_channel_without_the_app_does_not_exist_for_it(
    workspace: Workspace, api: AsyncWebClient
) -> None:
    secret = workspace.create_channel("secret", private=True, members=[HANA])
    assert await refused(api.chat_postMessage(channel=secret.id, text="x")) == "channel_not_found"
    assert await refused(api.conversations_info(channel=secret.id)) == "channel_not_found"


async def test_a_message_needs_words(api: AsyncWebClient) -> None:
    assert await refused(api.api_call("chat.postMessage", json={"channel": "newsroom", "text": ""})) == "no_text"


async def test_long_text_is_cut_when_posted_and_refused_when_updated(workspace: Workspace, api: AsyncWebClient) -> None:
    posted = await api.chat_postMessage(channel="newsroom", text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    place = workspace.channel("newsroom").id
    assert await refused(api.chat_update(channel=place, ts=posted["ts"], text="y" * 4_001)) == "msg_too_long"


async def test_timestamps_rise_even_while_the_clock_stands_still(timed: Workspace) -> None:
    stamps = [timed.say(HANA, "newsroom", str(number))["ts"] for number in range(50)]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": "Not Snake", "event_payload": {}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "b" * 20_000}}, "metadata_too_large"),
    ],
)
async def test_bad_metadata_is_refused(api: AsyncWebClient, metadata: dict[str, object], error: str) -> None:
    assert await refused(api.chat_postMessage(channel="newsroom", text="x", metadata=metadata)) == error


async def test_metadata_comes_back_only_when_asked_for(workspace: Workspace, api: AsyncWebClient) -> None:
    await api.chat_postMessage(channel="newsroom", text="digest", metadata=SAMPLE)
    place = workspace.channel("newsroom").id
    full = await api.conversations_history(channel=place, include_all_metadata=True)
    bare = await api.conversations_history(channel=place)
    assert full["messages"][0]["metadata"] == SAMPLE
    assert bare["messages"][0]["metadata"] == {"event_type": "digest_posted"}


async def test_text_is_kept_as_sent(workspace: Workspace, api: AsyncWebClient) -> None:
    await api.chat_postMessage(channel="newsroom", text="a &lt;b&gt; & <@U1>")
    assert workspace.from_app("newsroom")[0]["text"] == "a &lt;b&gt; & <@U1>"


async def test_an_ephemeral_message_is_in_no_history(workspace: Workspace, api: AsyncWebClient) -> None:
    place = workspace.channel("newsroom").id
    await api.chat_postEphemeral(channel=place, user=HANA, text="psst")
    assert (await api.conversations_history(channel=place))["messages"] == []
    assert [m["text"] for m in workspace.ephemerals(HANA, "newsroom")] == ["psst"]
    assert workspace.ephemerals(JISOO) == []


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(workspace: Workspace, api: AsyncWebClient) -> None:
    place = workspace.channel("editors-only").id
    assert await refused(api.chat_postEphemeral(channel=place, user=JISOO, text="psst")) == "user_not_in_channel"


async def test_only_own_messages_can_be_changed(workspace: Workspace, api: AsyncWebClient) -> None:
    said = workspace.say(HANA, "newsroom", "mine")
    place = workspace.channel("newsroom").id
    assert await refused(api.chat_update(channel=place, ts=said["ts"], text="ours")) == "cant_update_message"
    assert await refused(api.chat_delete(channel=place, ts=said["ts"])) == "cant_delete_message"
    assert await refused(api.chat_delete(channel=place, ts="1.000001")) == "message_not_found"


async def test_a_deleted_message_is_gone_and_a_deleted_root_leaves_a_tombstone(
    workspace: Workspace, api: AsyncWebClient
) -> None:
    place = workspace.channel("newsroom").id
    alone = await api.chat_postMessage(channel=place, text="alone")
    root = await api.chat_postMessage(channel=place, text="root")
    await api.chat_postMessage(channel=place, text="reply", thread_ts=root["ts"])
    for posted in (alone, root):
        await api.chat_delete(channel=place, ts=posted["ts"])
    assert [m.get("subtype") for m in workspace.messages("newsroom")] == ["tombstone"]


async def test_a_user_id_as_channel_means_direct_messages(workspace: Workspace, api: AsyncWebClient) -> None:
    posted = await api.chat_postMessage(channel=HANA, text="hello")
    opened = await api.conversations_open(users=HANA)
    assert posted["channel"] == opened["channel"]["id"] == workspace.direct(HANA).id


async def test_people_have_zones_and_locales(api: AsyncWebClient) -> None:
    user = (await api.users_info(user=JISOO, include_locale=True))["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Asia/Seoul", 32_400, "ko-KR")
    assert "locale" not in (await api.users_info(user=JISOO))["user"]
    assert await refused(api.users_info(user="U404")) == "user_not_found"


async def test_a_user_group_lists_its_members(api: AsyncWebClient) -> None:
    assert (await api.usergroups_users_list(usergroup="S0EDITORS1"))["users"] == ["U0EDITOR01", "U0EDITOR02"]
    assert await refused(api.usergroups_users_list(usergroup="S404")) == "no_such_subteam"


async def test_a_reaction_is_added_once(workspace: Workspace, api: AsyncWebClient) -> None:
    said = workspace.say(HANA, "newsroom", "hm")
    place = workspace.channel("newsroom").id
    await api.reactions_add(channel=place, timestamp=said["ts"], name="eyes")
    assert await refused(api.reactions_add(channel=place, timestamp=said["ts"], name="eyes")) == "already_reacted"


async def test_a_permalink_leads_to_the_page(workspace: Workspace, api: AsyncWebClient) -> None:
    said = workspace.say(HANA, "newsroom", "hm")
    link = (await api.chat_getPermalink(channel=workspace.channel("newsroom").id, message_ts=said["ts"]))["permalink"]
    assert link == f"{workspace.url}/archives/{workspace.channel('newsroom').id}/p{said['ts'].replace('.', '')}"


async def test_blocks_are_validated_without_a_token(workspace: Workspace) -> None:
    api = client(workspace, token="")
    assert (await api.blocks_validate(blocks=[{"type": "divider"}]))["ok"]
    body = await refusal(api.blocks_validate(blocks=[{"type": "header"}]))
    assert (body["error"], body["errors"][0]["pointer"]) == ("invalid_blocks", "/0")


async def test_suggested_prompts_are_at_most_four(workspace: Workspace, api: AsyncWebClient) -> None:
    prompts = [{"title": "Timeline", "message": "timeline"}]
    place = workspace.direct(HANA).id
    await api.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=prompts)
    assert workspace.state.prompts[place]["prompts"] == prompts
    many = api.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=prompts * 5)
    assert await refused(many) == "invalid_arguments"

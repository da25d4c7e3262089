"""What the app is sent: commands and events, signed, in Slack's shapes, retried as Slack retries."""

import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.workspace import SlackApp, Workspace
from bot.workspace.app import DEFAULT_EVENTS
from tests.bot.workspace.conftest import HANA, RUTH
from tests.bot.workspace.peer import peer
from tests.support.workspace import HandClock, echo, over_http

COMMAND_FIELDS = frozenset(
    {
        *("token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command"),
        *("text", "response_url", "trigger_id", "api_app_id", "is_enterprise_install"),
    }
)


@pytest.fixture
async def impatient() -> AsyncIterator[Workspace]:
    """A workspace that waits 50 ms for an acknowledgement, not three seconds."""
    async with Workspace(answer_seconds=0.05) as running:
        yield running


async def test_a_command_is_signed_and_shaped_as_slack_does_it(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        await workspace.slash(HANA, "newsroom", "/syria", "who is <Cho> & co?")
    headers, body = app.seen[0]
    assert SignatureVerifier(workspace.credentials.signing_secret).is_valid_request(body, headers)
    fields = {name: values[0] for name, values in parse_qs(body).items()}
    assert set(fields) == COMMAND_FIELDS
    assert (fields["command"], fields["text"]) == ("/syria", "who is &lt;Cho&gt; &amp; co?")


async def test_a_command_escapes_people_channels_and_links(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        await workspace.slash(
            HANA, "newsroom", "/syria", "ask @Ruth Adeyemi in #newsroom about https://example.org/a?b=1."
        )
    text = parse_qs(app.seen[0][1])["text"][0]
    place = workspace.channel("newsroom").id
    assert text == f"ask <@{RUTH}|Ruth Adeyemi> in <#{place}|newsroom> about <https://example.org/a?b=1>."


async def test_the_answer_to_a_command_is_only_for_its_asker(workspace: Workspace) -> None:
    async with over_http(workspace, echo):
        outcome = await workspace.slash(HANA, "newsroom", "/syria", "hello")
    assert outcome.shown is not None
    assert outcome.shown["text"] == "you said hello"
    assert workspace.ephemerals(HANA) == [outcome.shown]
    assert workspace.messages("newsroom") == []


async def test_an_answer_in_the_channel_shows_the_command_too(workspace: Workspace) -> None:
    async with peer(workspace, web.json_response({"response_type": "in_channel", "text": "all see this"})):
        await workspace.slash(HANA, "newsroom", "/syria", "timeline")
    assert [m["text"] for m in workspace.messages("newsroom")] == ["/syria timeline", "all see this"]


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (web.Response(status=500), "http_service_error"),
        (web.Response(status=404), "http_client_error"),
        (None, "operation_timeout"),
    ],
)
async def test_a_person_sees_that_a_command_failed(
    impatient: Workspace, answer: web.Response | None, failure: str
) -> None:
    async with peer(impatient, answer):
        outcome = await impatient.slash(HANA, "newsroom", "/syria", "x")
    assert outcome.failure == failure
    assert impatient.ephemerals(HANA)[-1]["text"] == f"/syria failed with the error “{failure}”"


async def test_a_command_to_nobody_is_dispatch_failed(workspace: Workspace) -> None:
    workspace.set_request_url("http://127.0.0.1:9/slack/events")
    assert (await workspace.slash(HANA, "newsroom", "/syria", "x")).failure == "dispatch_failed"


async def test_an_invalid_answer_to_a_command_is_not_shown(workspace: Workspace) -> None:
    async with peer(workspace, web.json_response({"text": "x", "blocks": [{"type": "hologram"}]})):
        outcome = await workspace.slash(HANA, "newsroom", "/syria", "x")
    assert outcome.failure == "invalid_command_response: invalid_blocks"
    assert all(message["user"] == "USLACKBOT" for message in workspace.ephemerals(HANA))


async def test_an_unknown_command_never_reaches_the_app(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        outcome = await workspace.slash(HANA, "newsroom", "/weather", "")
    assert (outcome.failure, app.seen) == ("unknown_command", [])


async def test_a_mention_is_answered_in_its_thread(workspace: Workspace) -> None:
    async with over_http(workspace, echo):
        asked = workspace.say(HANA, "newsroom", "@Syria Desk who is <b>Cho</b>?")
        (answer,) = await workspace.wait_for(lambda: workspace.messages("newsroom", asked["ts"]))
    assert answer["text"] == f"heard <@{workspace.credentials.bot_user_id}> who is &lt;b&gt;Cho&lt;/b&gt;?"
    assert answer["parent_user_id"] == HANA


async def test_a_mention_event_is_shaped_as_slack_does_it(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        asked = workspace.say(HANA, "newsroom", "@Syria Desk who?")
        await workspace.settled()
    envelope = json.loads(app.seen[0][1])
    assert (envelope["type"], envelope["team_id"]) == ("event_callback", workspace.credentials.team_id)
    assert envelope["authorizations"][0]["user_id"] == workspace.credentials.bot_user_id
    event = envelope["event"]
    assert (event["type"], event["ts"], event["event_ts"]) == ("app_mention", asked["ts"], asked["ts"])
    assert event["blocks"][0]["elements"][0]["elements"] == [
        {"type": "user", "user_id": workspace.credentials.bot_user_id},
        {"type": "text", "text": " who?"},
    ]


async def test_with_message_events_a_mention_arrives_twice_under_one_timestamp() -> None:
    subscribed = SlackApp(events=DEFAULT_EVENTS | {"message.channels"})
    async with Workspace(subscribed) as workspace, peer(workspace) as app:
        workspace.say(HANA, "newsroom", "@Syria Desk who?")
        await workspace.settled()
        events = [json.loads(body) for _, body in app.seen]
    assert {event["event"]["type"] for event in events} == {"app_mention", "message"}
    assert len({event["event_id"] for event in events}) == 2
    assert len({event["event"]["ts"] for event in events}) == 1


async def test_chatter_that_is_not_for_the_app_does_not_reach_it(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        workspace.say(HANA, "newsroom", "lunch?")
        await workspace.settled()
    assert app.seen == []


async def test_direct_messages_reach_the_app(workspace: Workspace) -> None:
    direct = workspace.direct(HANA)
    async with over_http(workspace, echo):
        workspace.say(HANA, direct.id, "hello")
        answer = await workspace.wait_for(lambda: workspace.from_app(direct.id))
    assert answer[0]["text"] == "between us: hello"


async def test_mentioning_the_app_where_it_is_not_offers_to_invite_it(workspace: Workspace) -> None:
    async with peer(workspace) as app:
        workspace.say(HANA, "general", "@Syria Desk who?")
        assert workspace.ephemerals(HANA, "general")[0]["offer"] == "invite"
        workspace.invite(HANA, "general")
        await workspace.settled()
    joined = json.loads(app.seen[0][1])["event"]
    assert (joined["type"], joined["inviter"]) == ("member_joined_channel", HANA)
    assert joined["user"] == workspace.credentials.bot_user_id


async def test_a_failed_event_comes_again_at_once_after_a_minute_and_after_five(
    timed: Workspace, clock: HandClock
) -> None:
    async with peer(timed, *(web.Response(status=500) for _ in range(3))) as app:
        timed.say(HANA, "newsroom", "@Syria Desk who?")
        await timed.wait_for(lambda: len(app.seen) == 2 and clock.sleepers)
        clock.advance(59)
        assert len(app.seen) == 2
        clock.advance(1)
        await timed.wait_for(lambda: len(app.seen) == 3 and clock.sleepers)
        clock.advance(300)
        await timed.settled()
    retries = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in app.seen]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in app.seen}) == 1
    assert timed.events.log[0].state == "delivered"


async def test_slack_gives_up_after_three_retries(timed: Workspace, clock: HandClock) -> None:
    async with peer(timed, *(web.Response(status=500) for _ in range(9))) as app:
        timed.say(HANA, "newsroom", "@Syria Desk who?")
        for wait in (60, 300):
            await timed.wait_for(lambda: clock.sleepers)
            clock.advance(wait)
        await timed.settled()
    assert (len(app.seen), timed.events.log[0].state) == (4, "failed")


async def test_an_app_can_decline_retries(workspace: Workspace) -> None:
    async with peer(workspace, web.Response(status=500, headers={"x-slack-no-retry": "1"})) as app:
        workspace.say(HANA, "newsroom", "@Syria Desk who?")
        await workspace.settled()
    assert (len(app.seen), workspace.events.log[0].state) == (1, "failed")


async def test_an_unanswered_event_comes_again_as_a_timeout(impatient: Workspace) -> None:
    async with peer(impatient, None) as app:
        impatient.say(HANA, "newsroom", "@Syria Desk who?")
        await impatient.wait_for(lambda: impatient.events.log[0].state == "delivered")
    assert app.seen[1][0]["x-slack-retry-reason"] == "http_timeout"


async def test_edits_and_deletions_arrive_with_a_subtype(workspace: Workspace) -> None:
    direct = workspace.direct(HANA).id
    async with peer(workspace) as app:
        said = workspace.say(HANA, direct, "helo")
        workspace.edit(HANA, said, direct, "hello")
        workspace.delete(HANA, said, direct)
        await workspace.settled()
    events = sorted((json.loads(body)["event"] for _, body in app.seen), key=lambda event: str(event["event_ts"]))
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert (events[1]["message"]["text"], events[1]["previous_message"]["text"]) == ("hello", "helo")


async def test_secrets_never_show_in_the_traffic(workspace: Workspace) -> None:
    async with over_http(workspace, echo):
        await workspace.slash(HANA, "newsroom", "/syria", "x")
        workspace.say(HANA, "newsroom", "@Syria Desk x")
        await workspace.settled()
    shown = json.dumps(list(workspace.traffic))
    ids = workspace.credentials
    secrets = [ids.bot_token, ids.signing_secret, ids.verification_token]
    assert [secret for secret in secrets if secret in shown] == []
    assert {"/syria", "app_mention", "chat.postMessage"} <= {one["name"] for one in workspace.traffic}
    addresses = [one["request"]["response_url"] for one in workspace.traffic.named("/syria")]
    assert [address.rsplit("/", 1)[1] for address in addresses] == ["…"]

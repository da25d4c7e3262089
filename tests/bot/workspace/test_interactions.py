"""Buttons, forms, the Home tab and response addresses."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import PersonError, Workspace
from tests.bot.workspace.conftest import HANA, JISOO
from tests.bot.workspace.peer import peer
from tests.bot.workspace.refusals import refused
from tests.bot.workspace.showcase import FORM, plain, showcase
from tests.support.workspace import HandClock, client, over_http

BLOCKS = [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go"), "value": "7"}]}]
GOOD = {"statement": "Two ministers met.", "kind": "event"}


@pytest.fixture
async def desk(workspace: Workspace) -> AsyncIterator[Workspace]:
    """A workspace with the showcase running in it."""
    async with over_http(workspace, showcase):
        yield workspace


async def answered(desk: Workspace, text: str = "answer") -> dict[str, Any]:
    """The message that `/syria` shows."""
    shown = (await desk.slash(HANA, "newsroom", "/syria", text)).shown
    assert shown is not None
    return shown


async def test_sharing_replaces_the_private_answer(desk: Workspace) -> None:
    assert (await desk.press(HANA, await answered(desk), "Share")).ok
    assert [m["text"] for m in desk.ephemerals(HANA)] == ["Shared with the channel."]
    assert [m["text"] for m in desk.messages("newsroom")] == [f"Shared by <@{HANA}>"]


async def test_a_press_on_a_private_answer_names_it_without_its_content(desk: Workspace) -> None:
    shown = await answered(desk)
    await desk.press(HANA, shown, "share")
    (press,) = desk.traffic.named("block_actions share")
    assert press["request"]["container"]["is_ephemeral"] is True
    assert press["request"]["container"]["message_ts"] == shown["ts"]
    assert "message" not in press["request"]


async def test_a_press_on_a_public_message_carries_it(desk: Workspace) -> None:
    await answered(desk, "public")
    posted = desk.from_app("newsroom")[-1]
    await desk.press(JISOO, posted, "language", "ko")
    (press,) = desk.traffic.named("block_actions language")
    assert press["request"]["message"]["ts"] == posted["ts"]
    assert press["request"]["actions"][0]["selected_option"]["value"] == "ko"
    assert [m["text"] for m in desk.ephemerals(JISOO)] == ["language: ko"]


async def test_nobody_presses_what_only_another_sees(desk: Workspace) -> None:
    shown = await answered(desk)
    with pytest.raises(PersonError):
        await desk.press(JISOO, shown, "Share")


async def test_what_is_not_there_cannot_be_pressed(desk: Workspace) -> None:
    with pytest.raises(PersonError, match=r"nothing to press called 'Buy'.*'Share'"):
        await desk.press(HANA, await answered(desk), "Buy")


async def test_a_press_that_fails_is_seen_to_fail(workspace: Workspace, api: AsyncWebClient) -> None:
    await api.chat_postMessage(channel="newsroom", text="x", blocks=BLOCKS)
    async with peer(workspace, aiohttp.web.Response(status=500)):
        outcome = await workspace.press(HANA, workspace.from_app("newsroom")[0], "Go")
    assert outcome.failure == "http_error"


async def test_a_form_is_filled_in_and_sent(desk: Workspace) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    assert desk.modal(HANA) is not None
    assert (await desk.submit(HANA, GOOD)).ok
    assert desk.modal(HANA) is None
    assert [m["text"] for m in desk.messages("syria-desk")] == ["Proposed (event): Two ministers met."]


async def test_a_submission_carries_every_field(desk: Workspace) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    await desk.submit(HANA, {**GOOD, "days": ["mon", "tue"], "hour": "09:30", "sure": "derived"})
    (sent,) = desk.traffic.named("view_submission propose")
    values = sent["request"]["view"]["state"]["values"]
    assert [option["value"] for option in values["days"]["days"]["selected_options"]] == ["mon", "tue"]
    assert values["hour"]["time"] == {"type": "timepicker", "selected_time": "09:30"}
    assert values["sure"]["sure"]["selected_option"]["value"] == "derived"
    assert values["day"]["date"]["selected_date"] == "2025-04-10"
    assert values["link"]["url"] == {"type": "url_text_input", "value": None}
    assert values["where"]["where"]["selected_conversation"] == desk.channel("newsroom").id


async def test_a_field_can_change_its_form_and_what_was_typed_stays(desk: Workspace) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    opened = desk.modal(HANA)
    assert opened is not None
    await desk.press(HANA, opened, "date", "2025-04-11", entered={"statement": "Half a sent"})
    (press,) = desk.traffic.named("block_actions date")
    assert press["request"]["view"]["state"]["values"]["statement"]["text"]["value"] == "Half a sent"
    assert "response_url" not in press["request"]
    assert opened["blocks"][-1]["elements"][0]["text"] == "Dated 2025-04-11"
    assert (await desk.submit(HANA, {"kind": "event"})).ok
    assert desk.messages("syria-desk")[0]["text"] == "Proposed (event): Half a sent"


@pytest.mark.parametrize(
    ("change", "block", "said"),
    [
        ({"statement": ""}, "statement", "Please complete this required field."),
        ({"statement": "x" * 201}, "statement", "This can have at most 200 characters."),
        ({"link": "not a link"}, "link", "Please enter a valid URL."),
    ],
)
async def test_slack_itself_checks_the_fields(desk: Workspace, change: dict[str, str], block: str, said: str) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    outcome = await desk.submit(HANA, {**GOOD, **change})
    assert outcome.errors == {block: said}
    assert desk.traffic.named("view_submission propose") == []


async def test_the_app_may_find_faults_too(desk: Workspace) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    outcome = await desk.submit(HANA, {**GOOD, "statement": "I think they met."})
    assert outcome.errors == {"statement": "Say who thinks so."}
    assert desk.modal(HANA) is not None


async def test_closing_a_form_tells_the_app_that_asked(desk: Workspace) -> None:
    await desk.slash(HANA, "newsroom", "/syria", "form")
    await desk.close_modal(HANA)
    assert desk.modal(HANA) is None
    assert [m["text"] for m in desk.messages("syria-desk")] == ["The form was closed."]


async def test_the_message_menu_opens_a_form(desk: Workspace) -> None:
    said = desk.say(JISOO, "newsroom", "Cho met Jolani in Damascus.")
    assert (await desk.message_shortcut(HANA, said, "check_message")).ok
    opened = desk.modal(HANA)
    assert opened is not None
    assert opened["blocks"][0]["text"]["text"] == "*Checked:* Cho met Jolani in Damascus."
    with pytest.raises(PersonError):
        await desk.message_shortcut(HANA, said, "undeclared")


async def test_the_home_tab_is_published_for_one_person(desk: Workspace) -> None:
    desk.open_home(HANA)
    home = await desk.wait_for(lambda: desk.home(HANA))
    assert home["blocks"][0]["text"]["text"] == "*Home*"
    assert desk.home(JISOO) is None
    api = client(desk)
    stale = api.views_publish(user_id=HANA, view={"type": "home", "blocks": home["blocks"]}, hash="1.old")
    assert await refused(stale) == "hash_conflict"


async def test_a_trigger_opens_one_view_within_three_seconds(timed: Workspace, clock: HandClock) -> None:
    api = client(timed)
    first, second = timed.core.tickets.trigger(HANA), timed.core.tickets.trigger(HANA)
    await api.views_open(trigger_id=first, view=FORM)
    assert await refused(api.views_open(trigger_id=first, view=FORM)) == "exchanged_trigger_id"
    clock.advance(3.1)
    assert await refused(api.views_open(trigger_id=second, view=FORM)) == "expired_trigger_id"
    assert await refused(api.views_open(trigger_id="1.2.3", view=FORM)) == "invalid_trigger_id"


async def test_views_stack_three_high(workspace: Workspace, api: AsyncWebClient) -> None:
    opened = await api.views_open(trigger_id=workspace.core.tickets.trigger(HANA), view=FORM)
    for _ in range(2):
        inside = workspace.core.tickets.trigger(HANA, opened["view"]["id"])
        pushed = await api.views_push(trigger_id=inside, view=FORM)
    assert pushed["view"]["root_view_id"] == opened["view"]["id"]
    inside = workspace.core.tickets.trigger(HANA, opened["view"]["id"])
    assert await refused(api.views_push(trigger_id=inside, view=FORM)) == "push_limit_reached"
    await workspace.close_modal(HANA)
    assert len(workspace.state.modals[HANA]) == 2


async def test_a_view_is_updated_by_id_and_hash(workspace: Workspace, api: AsyncWebClient) -> None:
    opened = (await api.views_open(trigger_id=workspace.core.tickets.trigger(HANA), view=FORM))["view"]
    changed = {**FORM, "title": plain("Changed")}
    assert await refused(api.views_update(view_id=opened["id"], view=changed, hash="1.x")) == "hash_conflict"
    await api.views_update(view_id=opened["id"], view=changed, hash=opened["hash"])
    shown = workspace.modal(HANA)
    assert shown is not None
    assert shown["title"]["text"] == "Changed"
    assert await refused(api.views_update(view_id="V404", view=changed)) == "not_found"


async def respond(url: str, **answer: Any) -> tuple[int, str]:
    """Answer at a response address."""
    async with aiohttp.ClientSession() as session, session.post(url, json=answer) as response:
        return response.status, str((await response.json()).get("error", ""))


async def address(workspace: Workspace) -> str:
    """The response address of a command."""
    urls: list[str] = []

    def listeners(app: AsyncApp) -> None:
        @app.command("/syria")
        async def command(ack: Any, command: Any) -> None:
            urls.append(command["response_url"])
            await ack()

    async with over_http(workspace, listeners):
        await workspace.slash(HANA, "newsroom", "/syria", "x")
    return urls[0]


async def test_a_response_address_works_five_times(workspace: Workspace) -> None:
    url = await address(workspace)
    results = [await respond(url, text=str(number)) for number in range(6)]
    assert results == [(200, "")] * 5 + [(404, "used_url")]
    assert [m["text"] for m in workspace.ephemerals(HANA)] == ["0", "1", "2", "3", "4"]


async def test_a_response_address_lasts_thirty_minutes(timed: Workspace, clock: HandClock) -> None:
    url = await address(timed)
    clock.advance(1799)
    assert await respond(url, text="in time") == (200, "")
    clock.advance(2)
    assert await respond(url, text="late") == (404, "expired_url")


async def test_a_response_address_refuses_what_the_web_api_refuses(workspace: Workspace) -> None:
    url = await address(workspace)
    assert await respond(url, text="x", blocks=[{"type": "hologram"}]) == (400, "invalid_blocks")
    assert await respond(f"{workspace.url}/hooks/commands/T/unknown", text="x") == (404, "invalid_url")


async def test_a_response_in_the_channel_needs_no_membership(workspace: Workspace) -> None:
    workspace.remove_app("newsroom")
    await respond(await address(workspace), text="for all", response_type="in_channel")
    assert [m["text"] for m in workspace.messages("newsroom")] == ["for all"]

"""What Slack sends twice, what cannot be kept, what Slack refuses: done once, and said."""

from __future__ import annotations

import json

import pytest

from bot.render.words import tell
from bot.store.engine import StoreUnavailable
from bot.workspace import Fault
from tests.support.pressing import button, labels, reports
from tests.support.running import OTHER, REPORTER, Running
from tests.support.signing import FORM, interaction, signed

WHO = "who Cho Tae-yul"


async def test_pressing_twice_answers_once(bot: Running) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Cite")
    await bot.whispered(2)
    pressed = bot.workspace.traffic.named("block_actions cite")[-1]
    body = interaction(pressed["request"]["payload"] if "payload" in pressed["request"] else pressed["request"])
    status, _ = await bot.post(body, signed(body, bot.workspace.credentials.signing_secret, FORM))
    await bot.edge.tasks.drain(2)

    assert status == 200
    assert len(bot.workspace.ephemerals(REPORTER)) == 2


async def sent_again(bot: Running, label: str) -> tuple[int, str]:
    """What the bot says to the last such payload when Slack sends it a second time."""
    request = bot.workspace.traffic.named(label)[-1]["request"]
    body = interaction(request.get("payload", request))
    return await bot.post(body, signed(body, bot.workspace.credentials.signing_secret, FORM))


async def test_a_check_that_is_sent_in_twice_is_posted_once(bot: Running) -> None:
    said = bot.workspace.say(OTHER, bot.room(), "Cho Tae-yul visited Damascus.")
    await bot.workspace.message_shortcut(REPORTER, said, "check_message")
    await bot.modal(title="Check with Syria Desk")
    await bot.workspace.submit(REPORTER, {})
    await bot.replies(said)
    status, answer = await sent_again(bot, "view_submission post_check")
    await bot.edge.tasks.drain(2)

    assert status == 200
    assert json.loads(answer)["response_action"] == "update"
    assert len(await bot.replies(said)) == 1


async def test_a_report_that_is_sent_in_twice_is_kept_once(bot: Running) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Something wrong")
    await bot.modal(title="Something wrong")
    await bot.workspace.submit(REPORTER, {"what": "It was a Thursday."})
    status, answer = await sent_again(bot, "view_submission report")

    assert status == 200
    assert json.loads(answer)["view"]["title"]["text"] == "Thank you"
    assert await reports(bot) == 1


async def test_a_message_without_a_word_has_nothing_to_post(bot: Running) -> None:
    said = bot.workspace.say(OTHER, bot.room(), "😀 !!")
    await bot.workspace.message_shortcut(REPORTER, said, "check_message")
    view = await bot.modal(title="Check with Syria Desk")

    assert "no text" in json.dumps(view)
    assert not view.get("submit")


async def away(*_: object) -> int:
    """A store that does not take what it is given."""
    raise StoreUnavailable("away")


async def test_a_report_that_cannot_be_kept_stays_in_its_form(bot: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Something wrong")
    await bot.modal(title="Something wrong")
    with monkeypatch.context() as patched:
        patched.setattr(bot.edge.proposals, "put", away)
        refused = await bot.workspace.submit(REPORTER, {"what": "It was a Thursday."})
    taken = await bot.workspace.submit(REPORTER, {"what": "It was a Thursday."})

    assert refused.errors["what"] == tell(StoreUnavailable.words, "en")
    assert taken.ok
    assert await reports(bot) == 1


async def test_a_press_that_cannot_be_kept_is_told_to_whoever_pressed(
    bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = bot.mention(WHO)
    (reply,) = await bot.replies(asked)
    monkeypatch.setattr(bot.edge.inbox, "put", away)
    await bot.workspace.press(OTHER, reply, button(reply, "ask:"))

    assert (await bot.whispered(1, OTHER))["text"] == tell(StoreUnavailable.words, "en")


def shared_note(bot: Running, words: str) -> dict | None:
    """The private answer once it says how sharing went."""
    return next((one for one in bot.workspace.ephemerals(REPORTER) if words in one["text"]), None)


async def test_a_share_that_slack_puts_off_goes_out_after_the_wait(bot: Running) -> None:
    bot.workspace.faults.add("chat.postMessage", Fault("rate_limited", seconds=0.1))
    await bot.workspace.press(REPORTER, await bot.slash(WHO), "Share to channel")
    note = await bot.workspace.wait_for(lambda: shared_note(bot, "Shared to the channel."))

    assert note is not None
    assert "Share to channel" not in labels(note)
    assert len(bot.workspace.from_app()) == 1


async def test_a_share_that_slack_refuses_can_be_tried_again(bot: Running) -> None:
    bot.workspace.faults.add("chat.postMessage", Fault("error", error="restricted_action"))
    await bot.workspace.press(REPORTER, await bot.slash(WHO), "Share to channel")
    note = await bot.workspace.wait_for(lambda: shared_note(bot, "did not take the post"))
    assert note is not None
    await bot.workspace.press(REPORTER, note, "Share to channel")

    assert await bot.workspace.wait_for(lambda: bot.workspace.from_app())

"""`/syria digest …` as people use it: what they type or press, and what they then see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.asker import membership, zone_of
from bot.delivery.digest_blocks import ASK, CHANGE, STOP, TIMELINE
from bot.delivery.digest_commands import (
    DigestDesk,
    DigestReply,
    Place,
    digest_command,
    digest_pressed,
    digest_submitted,
)
from bot.delivery.digest_form import FORM, FormErrors
from bot.delivery.digests import DigestRoute
from bot.delivery.outbox import Outbox
from bot.delivery.schedule import WEEKDAYS, Schedule
from bot.delivery.subscriptions import Subscriptions
from bot.workspace.validate.blocks import block_problems
from bot.workspace.validate.views import view_problems
from tests.support.clock import FakeClock
from tests.support.dossiers import public_small_dossier
from tests.support.slack_double import Behaviour, slack_double

SUNDAY_NOON = datetime(2031, 6, 1, 12, tzinfo=UTC).timestamp()
CHANNEL = Place("T1", "C1", "U1", "Asia/Seoul")
DM = replace(CHANNEL, channel_id="D1")


@pytest.fixture
async def desk(engine: AsyncEngine) -> DigestDesk:
    clock = FakeClock(SUNDAY_NOON)
    route = DigestRoute(engine, clock, Outbox(engine, clock), public_small_dossier)
    return DigestDesk(Subscriptions(engine, clock), route, clock)


def well_formed(reply: DigestReply) -> DigestReply:
    if reply.blocks is not None:
        assert block_problems(reply.blocks, "message") == []
        assert reply.text
    if reply.view is not None:
        assert view_problems(reply.view) == []
    return reply


async def said(words: str, desk: DigestDesk, place: Place = CHANNEL) -> str:
    return well_formed(await digest_command(words, place, desk)).text


async def test_subscribing_in_words_says_where_and_when_and_what_comes_next(desk: DigestDesk) -> None:
    text = await said("subscribe every weekday 9am Seoul", desk)
    assert "<#C1> gets the digest every weekday at 09:00 Asia/Seoul" in text
    assert "Next: Monday 2 June at 09:00 (Asia/Seoul)" in text


async def test_the_verb_may_be_left_out(desk: DigestDesk) -> None:
    assert "gets the digest" in await said("daily 07:30 Europe/Istanbul", desk)


async def test_without_a_place_the_askers_own_zone_counts(desk: DigestDesk) -> None:
    assert "Asia/Seoul" in await said("subscribe mon 8:00", desk)


async def test_the_askers_own_zone_comes_from_slack_where_the_scope_allows(desk: DigestDesk) -> None:
    nowhere = replace(CHANNEL, tz=None)
    async with slack_double() as (slack, client):
        desk.zone_of = zone_of(client)
        slack.zones["U1"] = "Asia/Damascus"
        own = await said("subscribe mon 8:00", desk, nowhere)
        await said("subscribe me mon 8:00", desk, nowhere)
        assert len(slack.called("users.info")) == 1
        slack.fail("users.info", Behaviour(error="missing_scope"))
        unknown = await said("subscribe tue 8:00", desk, replace(nowhere, user_id="U2"))
        named = await said("subscribe 8:00 Seoul", desk, nowhere)
    assert "at 08:00 Asia/Damascus" in own
    assert "your own time zone, Asia/Damascus" in own
    assert "at 08:00 UTC" in unknown
    assert "the time is UTC" in unknown
    assert "No place" not in named


@pytest.mark.parametrize(("words", "place"), [("subscribe me 9am", CHANNEL), ("subscribe 9am", DM)])
async def test_a_person_may_have_one_too(desk: DigestDesk, words: str, place: Place) -> None:
    assert "Your direct messages get the digest" in await said(words, desk, place)
    kept = await desk.subscriptions.get("T1", "U1")
    assert kept is not None
    assert kept.for_person


async def test_nonsense_gets_words_that_work(desk: DigestDesk) -> None:
    for words in ("subscribe 25:00 Seoul", "subscribe 9am mars", "change 9:99"):
        await digest_command("subscribe 9am", CHANNEL, desk)
        text = await said(words, desk)
        assert "Try:" in text
        offered = text.split("`/syria digest ")[1].split("`")[0]
        assert "gets the digest" in await said(offered, desk)


async def test_an_unknown_word_shows_the_usage(desk: DigestDesk) -> None:
    assert "digest preview" in await said("frobnicate", desk)


async def test_the_list_shows_what_runs_where_but_not_other_peoples_own(desk: DigestDesk) -> None:
    assert "No digest runs" in await said("", desk)
    await said("subscribe 9am Seoul", desk)
    await said("subscribe me 8am", desk)
    await said("subscribe me 8am", desk, replace(CHANNEL, user_id="U2"))
    await said("pause", desk)
    listed = await said("list", desk)
    assert "<#C1>: every weekday at 09:00 Asia/Seoul, set up by <@U1> (paused: by hand)" in listed
    assert listed.count("Your direct messages") == 1


async def test_change_pause_resume_and_stop(desk: DigestDesk) -> None:
    await said("subscribe 9am Seoul", desk)
    assert "gets the digest every weekday at 18:00 Asia/Damascus now" in await said("change 18:00 Damascus", desk)
    assert "is paused" in await said("pause", desk)
    assert "runs again" in await said("resume", desk)
    stopped = await said("stop", desk)
    assert "subscribe every weekday at 18:00 Asia/Damascus" in stopped
    assert "no digest here" in await said("stop", desk)


@pytest.mark.parametrize("verb", ["change 9am", "pause", "resume", "stop"])
async def test_where_there_is_none_it_says_how_to_set_one_up(desk: DigestDesk, verb: str) -> None:
    assert "digest subscribe" in await said(verb, desk)


async def test_another_channels_digest_cannot_be_touched_from_here(desk: DigestDesk) -> None:
    await said("subscribe 9am", desk)
    assert "no digest here" in await said("stop", desk, replace(CHANNEL, channel_id="C2"))


@pytest.mark.parametrize("place", [CHANNEL, DM])
async def test_a_preview_needs_no_subscription_and_posts_nothing(desk: DigestDesk, place: Place) -> None:
    text = await said("preview", desk, place)
    assert "Syria Desk, Sunday 1 June 2031" in text
    assert "Preview: only you see this" in text
    assert "set up" not in text


async def test_a_channel_without_the_bot_says_how_to_invite_it(desk: DigestDesk) -> None:
    async with slack_double() as (slack, client):
        slack.fail("conversations.info", Behaviour(error="channel_not_found"))
        desk.is_member = membership(client)
        assert "/invite @Syria Desk" in await said("subscribe 9am", desk)
        slack.fail("conversations.info", Behaviour(error="missing_scope"), times=3)
        slack.fail("conversations.history", Behaviour(error="not_in_channel"))
        assert "I am not in this channel" in await said("subscribe 9am", desk)
        assert "invite" not in await said("subscribe 9am", desk)
        slack.fail("conversations.history", Behaviour(error="missing_scope"))
        assert "if not, invite me with `/invite @Syria Desk`" in await said("subscribe 9am", desk)
        assert "invite" not in await said("subscribe 9am", desk, replace(CHANNEL, member=True))


async def test_buttons_stop_change_and_ask(desk: DigestDesk) -> None:
    await said("subscribe 9am Seoul", desk)
    form = well_formed(await digest_pressed(CHANGE, CHANNEL, desk)).view
    assert form is not None
    assert form["callback_id"] == FORM
    assert (await digest_pressed(TIMELINE, CHANNEL, desk)).ask == "timeline"
    assert "Ask with" in (await digest_pressed(ASK, CHANNEL, desk)).text
    assert "is stopped" in (await digest_pressed(STOP, CHANNEL, desk)).text


def filled(view: dict[str, Any], **values: dict[str, Any]) -> dict[str, Any]:
    state = {block_id: {"value": value} for block_id, value in values.items()}
    return {"private_metadata": view["private_metadata"], "callback_id": FORM, "state": {"values": state}}


FORM_VALUES = {
    "place": {"selected_option": {"value": "here"}},
    "time": {"selected_time": "18:15"},
    "days": {"selected_options": [{"value": "0"}, {"value": "6"}]},
    "zone": {"value": "damascus"},
}


async def test_the_form_sets_up_what_was_filled_in(desk: DigestDesk) -> None:
    form = well_formed(await digest_command("subscribe", CHANNEL, desk)).view
    assert form is not None
    kept = await digest_submitted(filled(form, **FORM_VALUES), replace(CHANNEL, channel_id=""), desk)
    assert isinstance(kept, DigestReply)
    subscription = await desk.subscriptions.get("T1", "C1")
    assert subscription is not None
    assert subscription.schedule == Schedule("Asia/Damascus", time(18, 15), frozenset({0, 6}))


async def test_the_form_can_choose_direct_messages(desk: DigestDesk) -> None:
    form = well_formed(await digest_command("subscribe", CHANNEL, desk)).view
    assert form is not None
    values = {**FORM_VALUES, "place": {"selected_option": {"value": "me"}}}
    await digest_submitted(filled(form, **values), CHANNEL, desk)
    assert await desk.subscriptions.get("T1", "U1") is not None
    assert await desk.subscriptions.get("T1", "C1") is None


@pytest.mark.parametrize(("block_id", "value"), [("days", {"selected_options": []}), ("zone", {"value": "qqqqqqq"})])
async def test_the_form_says_which_field_is_wrong(desk: DigestDesk, block_id: str, value: dict[str, Any]) -> None:
    form = (await digest_command("subscribe", CHANNEL, desk)).view
    assert form is not None
    wrong = await digest_submitted(filled(form, **{**FORM_VALUES, block_id: value}), CHANNEL, desk)
    assert isinstance(wrong, FormErrors)
    assert list(wrong.errors) == [block_id]
    assert await desk.subscriptions.get("T1", "C1") is None


async def test_what_is_typed_is_never_a_mention(desk: DigestDesk) -> None:
    for words in ("<!channel>", "subscribe 9am <!here>", "subscribe 9am <@U999>"):
        reply = well_formed(await digest_command(words, CHANNEL, desk))
        assert "<!" not in reply.text
        assert "<@U999>" not in str(reply.blocks)


def test_a_default_is_nine_on_weekdays_where_the_asker_is(engine: AsyncEngine) -> None:
    clock = FakeClock()
    route = DigestRoute(engine, clock, Outbox(engine, clock), public_small_dossier)
    assert DigestDesk(Subscriptions(engine, clock), route, clock).default(CHANNEL) == Schedule(
        "Asia/Seoul", time(9), WEEKDAYS
    )

"""Digests are planned once a day by whoever looks, sent once, and their owners hear what they must."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import SystemClock
from bot.delivery.digests import Digests
from bot.delivery.pace import Limits
from bot.delivery.planner import Planner
from bot.delivery.poster import Poster
from bot.delivery.schedule import EVERY_DAY, WEEKDAYS, Schedule
from bot.delivery.shown import messages_that_showed
from bot.delivery.subscriptions import Subscriptions
from bot.delivery.unanswered import Unanswered
from bot.store.engine import transaction
from bot.store.tables import delivery, subscription
from knowledge.model import Dossier
from tests.support.clock import FakeClock
from tests.support.dossiers import public_small_dossier
from tests.support.slack_double import Behaviour, SlackDouble, slack_double

POST = "chat.postMessage"
HOUR = 3600.0
DAY = 24 * HOUR
SUNDAY_NOON = datetime(2031, 6, 1, 12, tzinfo=UTC).timestamp()
NINE_IN_SEOUL = Schedule("Asia/Seoul", time(9), EVERY_DAY)


@dataclass
class Newsroom:
    """One replica with its Slack; the clock stands at a Sunday noon in June 2031."""

    slack: SlackDouble
    client: AsyncWebClient
    engine: AsyncEngine
    clock: FakeClock
    dossier: Dossier

    def __post_init__(self) -> None:
        self.subscriptions = Subscriptions(self.engine, self.clock)
        self.digests = self.replica()

    def replica(self) -> Digests:
        poster = Poster(self.client, self.engine, self.clock)
        return Digests(self.engine, self.clock, poster, lambda: self.dossier)

    async def turn(self, digests: Digests | None = None) -> None:
        """Plan, send and tell, once, to the end."""
        running = digests or self.digests
        await running.planner.plan()
        for courier in (running.courier, running.notices):
            await courier.turn()
            await courier.idle()

    async def pass_time(self, seconds: float, step: float = HOUR) -> None:
        """Let time pass with a turn every hour."""
        for _ in range(int(seconds // step)):
            self.clock.advance(step)
            await self.turn()

    async def rows(self) -> list[Any]:
        async with transaction(self.engine) as connection:
            return list((await connection.execute(select(delivery).order_by(delivery.c.local_date))).all())

    def dates(self, channel: str) -> list[str]:
        """The local dates of the digests a channel received."""
        return [m["metadata"]["event_payload"]["date"] for m in self.slack.in_channel(channel)]


@pytest.fixture
async def newsroom(engine: AsyncEngine) -> AsyncIterator[Newsroom]:
    async with slack_double() as (slack, client):
        yield Newsroom(slack, client, engine, FakeClock(SUNDAY_NOON), public_small_dossier())


async def test_a_channel_gets_one_digest_a_day_at_its_own_time(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(12 * HOUR - HOUR)
    assert newsroom.dates("C1") == []
    await newsroom.pass_time(2 * DAY + HOUR)
    assert newsroom.dates("C1") == ["2031-06-02", "2031-06-03", "2031-06-04"]


async def test_only_on_its_days(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", Schedule("UTC", time(9), WEEKDAYS))
    await newsroom.pass_time(8 * DAY)
    assert newsroom.dates("C1") == [f"2031-06-{day:02d}" for day in (2, 3, 4, 5, 6, 9)]


async def test_many_replicas_plan_each_day_once(newsroom: Newsroom) -> None:
    for number in range(30):
        await newsroom.subscriptions.subscribe("T1", f"C{number}", "U1", NINE_IN_SEOUL)
    newsroom.clock.advance(13 * HOUR)
    planners = [Planner(newsroom.engine, newsroom.clock, batch=7) for _ in range(4)]
    new = await asyncio.gather(*(planner.plan() for planner in planners))
    assert sum(new) == len(await newsroom.rows()) == 30


async def test_after_an_outage_one_digest_comes_and_says_it_is_late(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(13 * HOUR)
    newsroom.clock.advance(3 * DAY + 5 * HOUR)
    await newsroom.turn()
    assert newsroom.dates("C1") == ["2031-06-02", "2031-06-05"]
    first, late = newsroom.slack.in_channel("C1")
    assert "Late: this digest was due on Thursday at 09:00 (Asia/Seoul)." in late["text"]
    assert "Late" not in first["text"]


async def test_a_slack_that_was_down_gets_the_last_digest_not_the_missed_ones(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    newsroom.slack.fail(POST, Behaviour(status=429, error="ratelimited", retry_after=3600), times=40)
    await newsroom.pass_time(37 * HOUR)
    newsroom.slack.next.clear()
    await newsroom.pass_time(3 * HOUR)
    assert newsroom.dates("C1") == ["2031-06-03"]


async def test_the_first_digest_says_who_set_it_up_and_how_to_stop_it(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(2 * DAY)
    first, second = newsroom.slack.in_channel("C1")
    assert "<@U1> set up this digest: every day at 09:00 Asia/Seoul." in first["text"]
    assert "/syria digest stop" in first["text"]
    assert "set up this digest" not in second["text"]


async def test_a_person_gets_it_in_direct_messages(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "U1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(DAY)
    [message] = newsroom.slack.in_channel("U1")
    assert "You set up this digest" in message["text"]


@pytest.mark.parametrize("behaviour", [Behaviour(accept=True, drop=True), Behaviour(drop=True), Behaviour(status=500)])
async def test_an_uncertain_digest_arrives_once(newsroom: Newsroom, behaviour: Behaviour) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    newsroom.slack.fail(POST, behaviour)
    await newsroom.pass_time(14 * HOUR)
    assert newsroom.dates("C1") == ["2031-06-02"]
    subscription = await newsroom.subscriptions.get("T1", "C1")
    assert subscription is not None
    assert (subscription.sent_count, subscription.seen_date) == (1, "2031-06-02")


async def test_without_the_history_scope_an_uncertain_digest_is_unknown_and_its_owner_hears_it_once(
    newsroom: Newsroom,
) -> None:
    newsroom.slack.scopes_missing = True
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    newsroom.slack.fail(POST, Behaviour(drop=True))
    await newsroom.pass_time(18 * HOUR)
    assert newsroom.dates("C1") == []
    assert [row.state for row in await newsroom.rows()] == ["unknown"]
    [told] = newsroom.slack.in_channel("U1")
    assert "may or may not have arrived" in told["text"]
    await newsroom.pass_time(DAY)
    assert newsroom.dates("C1") == ["2031-06-03"]


@pytest.mark.parametrize(
    ("code", "words"),
    [("is_archived", "archived"), ("not_in_channel", "/invite @Syria Desk"), ("channel_not_found", "/invite")],
)
async def test_a_place_that_is_gone_pauses_its_digest_and_tells_the_owner_once(
    newsroom: Newsroom, code: str, words: str
) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    newsroom.slack.fail(POST, Behaviour(error=code))
    await newsroom.pass_time(4 * DAY)
    subscription = await newsroom.subscriptions.get("T1", "C1")
    assert subscription is not None
    assert not subscription.enabled
    [told] = newsroom.slack.in_channel("U1")
    assert words in told["text"]
    assert newsroom.dates("C1") == []


async def test_a_paused_digest_runs_again_from_its_next_time(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.subscriptions.pause("T1", "C1")
    await newsroom.pass_time(3 * DAY)
    await newsroom.subscriptions.resume("T1", "C1")
    await newsroom.turn()
    assert newsroom.dates("C1") == []
    await newsroom.pass_time(DAY)
    assert newsroom.dates("C1") == ["2031-06-05"]


async def test_a_digest_stopped_after_it_was_planned_is_not_sent(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    newsroom.clock.advance(13 * HOUR)
    await newsroom.digests.planner.plan()
    assert await newsroom.subscriptions.stop("T1", "C1")
    await newsroom.turn()
    assert newsroom.slack.messages == []
    assert [row.error for row in await newsroom.rows()] == ["stopped"]


async def test_stopping_and_setting_up_again_gives_no_second_digest_that_day(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(13 * HOUR)
    await newsroom.subscriptions.stop("T1", "C1")
    await newsroom.subscriptions.subscribe("T1", "C1", "U2", Schedule("Asia/Seoul", time(12)))
    await newsroom.pass_time(10 * HOUR)
    assert newsroom.dates("C1") == ["2031-06-02"]


async def test_a_changed_time_counts_from_the_next_day_it_has(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(13 * HOUR)
    await newsroom.subscriptions.change("T1", "C1", Schedule("Asia/Seoul", time(18)))
    await newsroom.pass_time(DAY + 9 * HOUR)
    assert newsroom.dates("C1") == ["2031-06-02", "2031-06-03"]


async def test_a_clock_that_ran_ahead_and_is_set_back_costs_no_day(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(HOUR)
    newsroom.clock.jump(2 * DAY)
    await newsroom.turn()
    newsroom.clock.jump(-2 * DAY)
    await newsroom.pass_time(4 * DAY)
    assert sorted(newsroom.dates("C1")) == [f"2031-06-{day:02d}" for day in (2, 3, 4, 5)]


async def test_the_hour_that_comes_twice_gives_one_digest(newsroom: Newsroom) -> None:
    newsroom.clock.jump(datetime(2031, 10, 25, tzinfo=UTC).timestamp() - SUNDAY_NOON)
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", Schedule("Europe/Berlin", time(2, 30)))
    await newsroom.pass_time(3 * DAY, step=HOUR / 4)
    assert newsroom.dates("C1") == ["2031-10-25", "2031-10-26", "2031-10-27"]


async def test_a_digest_remembers_which_facts_it_showed(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(13 * HOUR)
    [message] = newsroom.slack.in_channel("C1")
    [shown] = await messages_that_showed(newsroom.engine, "F01")
    assert (shown.channel_id, shown.message_ts) == ("C1", message["ts"])


async def test_a_correction_reaches_each_channel_in_its_next_digest(newsroom: Newsroom) -> None:
    await newsroom.subscriptions.subscribe("T1", "C1", "U1", NINE_IN_SEOUL)
    await newsroom.pass_time(13 * HOUR)
    facts = [
        f.model_copy(update={"statement": "Corrected words."}) if f.id == "F02" else f for f in newsroom.dossier.facts
    ]
    newsroom.dossier = newsroom.dossier.model_copy(update={"facts": tuple(facts)})
    newsroom.digests = newsroom.replica()
    await newsroom.pass_time(2 * DAY)
    corrected = ["Corrected words." in message["text"] for message in newsroom.slack.in_channel("C1")]
    assert corrected == [False, True, False]


async def test_what_was_asked_in_a_channel_and_not_known_is_in_that_channels_digest_only(newsroom: Newsroom) -> None:
    unanswered = Unanswered(newsroom.engine, newsroom.clock)
    for channel in ("C1", "C2"):
        await newsroom.subscriptions.subscribe("T1", channel, "U1", NINE_IN_SEOUL)
    newsroom.clock.advance(60)
    for words in ("Who paid for it?", "who paid for it?"):
        await unanswered.note("T1", "C1", words)
    await newsroom.pass_time(13 * HOUR)
    [there], [elsewhere] = newsroom.slack.in_channel("C1"), newsroom.slack.in_channel("C2")
    assert "ho paid for it?” (asked 2 times)" in there["text"]
    assert "paid" not in elsewhere["text"]


async def test_two_running_replicas_send_each_digest_once(newsroom: Newsroom) -> None:
    for number in range(40):
        await newsroom.subscriptions.subscribe("T1", f"C{number}", "U1", NINE_IN_SEOUL)
    today = SystemClock()
    async with transaction(newsroom.engine) as connection:
        await connection.execute(update(subscription).values(next_date="2025-01-01", next_due_utc=0))
    poster = Poster(newsroom.client, newsroom.engine, today, limits=Limits(channel_rate=None, team_rate=None))
    replicas = [Digests(newsroom.engine, today, poster, lambda: newsroom.dossier) for _ in range(2)]
    for replica in replicas:
        await replica.start()
    await newsroom.slack.until(40)
    for replica in replicas:
        await replica.stop(5)
    assert sorted(m["channel"] for m in newsroom.slack.messages) == sorted(f"C{number}" for number in range(40))

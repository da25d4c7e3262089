"""A question in the inbox is answered once, in its thread, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import SystemClock
from bot.delivery.frames import Frames
from bot.delivery.holds import LONGEST_HOLD_SECONDS
from bot.delivery.inbox import Inbox
from bot.delivery.ledger import LEASE_SECONDS, SETTLE_SECONDS
from bot.delivery.outgoing import Outgoing, Question
from bot.delivery.poster import Poster
from bot.delivery.shown import messages_that_showed
from bot.delivery.worker import AnswerWorker
from bot.store.engine import transaction
from bot.store.tables import inbox as inbox_table
from bot.store.tables import unanswered
from tests.support.clock import FakeClock
from tests.support.slack_double import Behaviour, SlackDouble, slack_double

POST = "chat.postMessage"
ASKED = Question("T1", "Ev1", "C1", "1760000000.000100", None, "U1", "when did Cho go?", "mention")


@dataclass(frozen=True)
class Frame:
    """What the thread is about."""

    entry: str


async def answer(question: Question, frame: Frame | None) -> Outgoing:
    """An answer that shows what it was asked and what came before."""
    before = f" (after {frame.entry})" if frame else ""
    return Outgoing(f"Answer to: {question.text}{before}", frame=Frame(question.text), fact_ids=["F03", "F03", "F07"])


@dataclass
class Desk:
    """One replica and the Slack it talks to."""

    slack: SlackDouble
    client: AsyncWebClient
    engine: AsyncEngine
    clock: FakeClock

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.engine, self.clock)

    def worker(self, answerer: Any = answer) -> AnswerWorker:
        poster = Poster(self.client, self.engine, self.clock)
        return AnswerWorker(self.inbox, poster, Frames(self.engine, self.clock, Frame), answerer, self.clock)

    async def run(self, worker: AnswerWorker | None = None) -> None:
        """One turn of the worker, to its end."""
        turning = worker or self.worker()
        await turning.courier.turn()
        await turning.courier.idle()

    async def row(self) -> Any:
        async with transaction(self.engine) as connection:
            return (await connection.execute(select(inbox_table))).one()

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.slack.messages]


@pytest.fixture
async def desk(engine: AsyncEngine) -> AsyncIterator[Desk]:
    async with slack_double() as (slack, client):
        yield Desk(slack, client, engine, FakeClock())


async def test_a_mention_is_answered_once_in_its_thread(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    await desk.run()
    await desk.run()
    [message] = desk.slack.in_channel("C1")
    assert (message["text"], message["thread_ts"]) == ("Answer to: when did Cho go?", ASKED.message_ts)
    assert (await desk.row()).state == "sent"


@pytest.mark.parametrize(
    ("asked", "thread"),
    [
        (replace(ASKED, surface="dm"), None),
        (replace(ASKED, surface="dm", thread_ts="1.1"), "1.1"),
        (replace(ASKED, surface="thread", thread_ts="1.1"), "1.1"),
    ],
)
async def test_a_reply_goes_where_it_was_asked(desk: Desk, asked: Question, thread: str | None) -> None:
    await desk.inbox.put(asked)
    await desk.run()
    assert [message.get("thread_ts") for message in desk.slack.messages] == [thread]


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(accept=True, drop=True),
        Behaviour(drop=True),
        Behaviour(accept=True, status=500),
        Behaviour(status=500),
        Behaviour(accept=True, error="internal_error"),
        Behaviour(status=429, error="ratelimited", retry_after=20),
    ],
    ids=str,
)
async def test_it_arrives_once_whether_or_not_the_first_try_did(desk: Desk, behaviour: Behaviour) -> None:
    desk.slack.fail(POST, behaviour)
    await desk.inbox.put(ASKED)
    for _ in range(3):
        await desk.run()
        desk.clock.advance(21)
    assert desk.texts == ["Answer to: when did Cho go?"]


async def test_a_replica_that_dies_after_posting_leaves_no_second_answer(desk: Desk) -> None:
    gone = asyncio.Event()
    desk.slack.fail(POST, Behaviour(accept=True, wait=gone))
    await desk.inbox.put(ASKED)
    dying = desk.worker()
    await dying.courier.turn()
    await desk.slack.until(1)
    await dying.stop(0)
    gone.set()
    desk.clock.advance(301)
    await desk.run()
    assert desk.texts == ["Answer to: when did Cho go?"]
    assert (await desk.row()).state == "sent"
    assert len(await messages_that_showed(desk.engine, "F03")) == 1


async def test_a_jump_of_the_clock_does_not_shorten_the_wait_for_a_post_under_way(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    [claim] = await Inbox(desk.engine, desk.clock).ledger.claim(1)
    await desk.inbox.ledger.begin(claim)
    desk.clock.jump(7200)
    await desk.run()
    assert desk.clock.slept == [SETTLE_SECONDS]


@pytest.mark.parametrize("behaviour", [Behaviour(status=500), Behaviour(accept=True, status=500)], ids=str)
async def test_a_clock_that_ran_ahead_and_was_set_back_keeps_no_question_waiting(
    desk: Desk, behaviour: Behaviour
) -> None:
    desk.clock.jump(200)
    desk.slack.fail(POST, behaviour)
    desk.slack.fail("conversations.replies", Behaviour(status=500))
    await desk.inbox.put(ASKED)
    await desk.run()
    desk.clock.jump(-200)
    await desk.run()
    assert desk.texts == ["Answer to: when did Cho go?"]
    assert (await desk.row()).state == "sent"


async def test_a_lease_taken_by_a_clock_that_ran_ahead_is_free_once_it_is_set_back(desk: Desk) -> None:
    desk.clock.jump(50)
    await desk.inbox.put(ASKED)
    await Inbox(desk.engine, desk.clock).ledger.claim(1)
    desk.clock.jump(-50)
    await desk.run()
    assert desk.texts == ["Answer to: when did Cho go?"]


async def test_what_is_being_carried_is_not_taken_over_however_long_it_takes(desk: Desk) -> None:
    other = Inbox(desk.engine, desk.clock).ledger
    thinking, thought = asyncio.Event(), asyncio.Event()

    async def slow(question: Question, frame: Frame | None) -> Outgoing:
        thinking.set()
        await thought.wait()
        return await answer(question, frame)

    await desk.inbox.put(ASKED)
    worker = desk.worker(slow)
    await worker.courier.turn()
    await thinking.wait()
    for _ in range(4):
        desk.clock.advance(LEASE_SECONDS * 0.9)
        await worker.courier.holds.renew()
        assert await other.claim(1) == []
    desk.clock.advance(LONGEST_HOLD_SECONDS)
    await worker.courier.holds.renew()
    assert len(await other.claim(1)) == 1
    thought.set()
    await worker.courier.idle()
    assert desk.texts == []


async def test_a_process_that_stops_leaves_what_it_held_free_at_once(desk: Desk) -> None:
    thinking = asyncio.Event()

    async def endless(_question: Question, _frame: Frame | None) -> Outgoing:
        thinking.set()
        await asyncio.Event().wait()
        raise AssertionError

    await desk.inbox.put(ASKED)
    worker = desk.worker(endless)
    await worker.courier.turn()
    await thinking.wait()
    await worker.stop(0)
    await desk.run()
    assert desk.texts == ["Answer to: when did Cho go?"]


async def test_a_replica_that_dies_before_posting_leaves_no_question_open(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    [claim] = await Inbox(desk.engine, desk.clock).ledger.claim(1)
    await desk.inbox.ledger.begin(claim)
    await desk.run()
    assert desk.texts == []
    desk.clock.advance(LEASE_SECONDS + 1)
    await desk.run()
    assert desk.texts == ["Answer to: when did Cho go?"]


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_a_question_that_cannot_be_answered_in_its_channel_ends_with_the_reason(desk: Desk, code: str) -> None:
    desk.slack.fail(POST, Behaviour(error=code), times=5)
    await desk.inbox.put(ASKED)
    await desk.run()
    await desk.run()
    row = await desk.row()
    assert (row.state, row.error) == ("failed", code)
    assert len(desk.slack.called(POST)) == 1


async def test_without_the_history_scope_a_person_is_answered_again_once(desk: Desk) -> None:
    desk.slack.scopes_missing = True
    desk.slack.fail(POST, Behaviour(drop=True), times=9)
    await desk.inbox.put(ASKED)
    for _ in range(5):
        await desk.run()
        desk.clock.advance(20)
    assert len(desk.slack.called(POST)) == 2
    assert (await desk.row()).state == "unknown"


async def test_the_next_question_in_a_thread_knows_the_one_before(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    await desk.run()
    later = replace(ASKED, event_id="Ev2", message_ts="1760000009.1", thread_ts=ASKED.message_ts, text="where?")
    await desk.inbox.put(later)
    await desk.run()
    assert desk.texts[-1] == "Answer to: where? (after when did Cho go?)"


async def test_a_thread_is_forgotten_after_half_an_hour(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    await desk.run()
    desk.clock.advance(1801)
    later = replace(ASKED, event_id="Ev2", message_ts="1760000009.1", thread_ts=ASKED.message_ts, text="where?")
    await desk.inbox.put(later)
    await desk.run()
    assert desk.texts[-1] == "Answer to: where?"


async def test_the_facts_an_answer_shows_are_remembered_with_its_message(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    await desk.run()
    [message] = desk.slack.messages
    shown = [one for fact in ("F03", "F07") for one in await messages_that_showed(desk.engine, fact)]
    assert [(one.channel_id, one.message_ts, one.thread_ts) for one in shown] == [
        ("C1", message["ts"], ASKED.message_ts)
    ] * 2


async def test_an_answer_that_cannot_be_computed_becomes_an_apology_with_a_reference(desk: Desk) -> None:
    async def broken(_question: Question, _frame: object) -> Outgoing:
        raise KeyError("secret detail")

    await desk.inbox.put(ASKED)
    await desk.run(desk.worker(broken))
    [text] = desk.texts
    assert "in the log as" in text
    assert "secret" not in text


async def test_a_question_the_base_cannot_answer_is_kept_for_the_editors(desk: Desk) -> None:
    async def none(_question: Question, _frame: object) -> Outgoing:
        return Outgoing("Not in the article.", unanswered=True)

    await desk.inbox.put(ASKED)
    await desk.run(desk.worker(none))
    async with transaction(desk.engine) as connection:
        assert (await connection.scalars(select(unanswered.c.question))).all() == ["when did Cho go?"]


async def test_a_question_older_than_a_day_is_not_answered_any_more(desk: Desk) -> None:
    await desk.inbox.put(ASKED)
    desk.clock.advance(25 * 3600)
    await desk.run()
    assert desk.texts == []
    assert (await desk.row()).error == "gave up: too late"


async def test_two_replicas_answer_a_hundred_questions_once_each(engine: AsyncEngine) -> None:
    async with slack_double() as (slack, client):
        clock = SystemClock()
        replicas = [Inbox(engine, clock), Inbox(engine, clock)]
        workers = [
            AnswerWorker(inbox, Poster(client, engine, clock), Frames(engine, clock, Frame), answer, clock)
            for inbox in replicas
        ]
        for worker in workers:
            await worker.start()
        for number in range(100):
            asked = replace(ASKED, event_id=f"Ev{number}", channel_id=f"C{number}", text=str(number))
            await replicas[number % 2].put(asked)
        await slack.until(100)
        for worker in workers:
            await worker.stop(5)
        assert await replicas[0].depth() == 0
    assert sorted(m["text"] for m in slack.messages) == sorted(f"Answer to: {number}" for number in range(100))

"""What was asked is kept once, and stays until it is answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.inbox import Inbox, question_of
from bot.delivery.outgoing import Question
from bot.store.engine import StoreUnavailable, create_engine
from tests.support.clock import FakeClock

DAY = 86_400.0
ASKED = Question("T1", "Ev1", "C1", "1760000000.000100", None, "U1", "when did Cho go?", "mention")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def inbox(engine: AsyncEngine, clock: FakeClock) -> Inbox:
    return Inbox(engine, clock)


async def test_a_question_that_slack_delivers_twice_is_kept_once(inbox: Inbox) -> None:
    assert [await inbox.put(ASKED), await inbox.put(ASKED)] == [True, False]
    assert await inbox.depth() == 1


async def test_a_mention_that_also_comes_as_a_message_is_kept_once(inbox: Inbox) -> None:
    await inbox.put(ASKED)
    assert not await inbox.put(replace(ASKED, event_id="Ev2"))


async def test_the_same_ids_in_another_workspace_are_another_question(inbox: Inbox) -> None:
    await inbox.put(ASKED)
    assert await inbox.put(replace(ASKED, team_id="T2"))


async def test_fifty_deliveries_at_once_keep_one(inbox: Inbox) -> None:
    kept = await asyncio.gather(*(inbox.put(ASKED) for _ in range(50)))
    assert kept.count(True) == 1


async def test_a_question_comes_back_as_it_was_asked(inbox: Inbox) -> None:
    asked = replace(ASKED, text="조태열 장관은 언제 방문했나요? 🇸🇾", thread_ts="1759999999.000100", surface="thread")
    await inbox.put(asked)
    [claim] = await inbox.ledger.claim(5)
    assert question_of(claim) == asked


async def test_two_replicas_never_hold_the_same_question(engine: AsyncEngine, clock: FakeClock) -> None:
    replicas = [Inbox(engine, clock), Inbox(engine, clock)]
    for number in range(40):
        await replicas[0].put(replace(ASKED, event_id=f"Ev{number}", message_ts=f"1760000000.{number:06d}"))
    rounds = await asyncio.gather(*(replica.ledger.claim(5) for replica in replicas * 4))
    held = [claim.id for claims in rounds for claim in claims]
    assert len(held) == len(set(held)) == 40


async def test_a_lease_that_ends_frees_the_question_and_fences_off_its_holder(
    engine: AsyncEngine, clock: FakeClock
) -> None:
    first, second = Inbox(engine, clock), Inbox(engine, clock)
    await first.put(ASKED)
    [late] = await first.ledger.claim(1)
    assert await second.ledger.claim(1) == []
    clock.advance(301)
    [fresh] = await second.ledger.claim(1)
    assert not await first.ledger.begin(late)
    assert not await first.ledger.finish(late, "failed", "late")
    assert await second.ledger.begin(fresh)


async def test_a_process_that_claims_its_own_row_again_begins_it_once(inbox: Inbox, clock: FakeClock) -> None:
    await inbox.put(ASKED)
    [late] = await inbox.ledger.claim(1)
    clock.jump(7200)
    [fresh] = await inbox.ledger.claim(1)
    together = [inbox.ledger.begin(claim) for claim in (late, fresh, late)]
    assert await asyncio.gather(*together) == [False, True, False]


async def test_a_question_left_in_the_middle_is_looked_for_before_it_is_answered(
    inbox: Inbox, clock: FakeClock
) -> None:
    await inbox.put(ASKED)
    [claim] = await inbox.ledger.claim(1)
    await inbox.ledger.begin(claim)
    assert await inbox.ledger.claim(1) == []
    clock.advance(301)
    [again] = await inbox.ledger.claim(1)
    assert again.uncertain
    assert again.key == claim.key


async def test_a_clock_set_back_does_not_lock_a_question_away(inbox: Inbox, clock: FakeClock) -> None:
    await inbox.put(ASKED)
    await inbox.ledger.claim(1)
    clock.jump(-7200)
    assert len(await inbox.ledger.claim(1)) == 1


async def test_success_counts_even_when_the_lease_has_moved_on(inbox: Inbox, clock: FakeClock) -> None:
    await inbox.put(ASKED)
    [claim] = await inbox.ledger.claim(1)
    await inbox.ledger.begin(claim)
    clock.advance(400)
    await inbox.ledger.claim(1)
    await inbox.ledger.sent(claim, "1760000001.000100")
    clock.advance(400)
    assert await inbox.ledger.claim(1) == []
    assert await inbox.depth() == 0


async def test_the_bot_knows_the_threads_it_answers_in(inbox: Inbox) -> None:
    await inbox.put(ASKED)
    assert await inbox.answered_in("T1", "C1", ASKED.message_ts)
    assert not await inbox.answered_in("T1", "C1", "1.1")
    assert not await inbox.answered_in("T1", "C2", ASKED.message_ts)


async def test_a_question_is_forgotten_after_its_time_but_never_before_its_answer(
    inbox: Inbox, clock: FakeClock
) -> None:
    waiting = replace(ASKED, event_id="Ev2", message_ts="1760000000.000200")
    await inbox.put(ASKED)
    await inbox.put(waiting)
    [claim, _] = await inbox.ledger.claim(2)
    await inbox.ledger.sent(claim, "1.1")
    clock.advance(31 * DAY)
    assert await inbox.forget(30 * DAY) == 1
    assert await inbox.depth() == 1


async def test_a_question_stays_known_as_long_as_slack_may_redeliver_it(inbox: Inbox, clock: FakeClock) -> None:
    await inbox.put(ASKED)
    [claim] = await inbox.ledger.claim(1)
    await inbox.ledger.sent(claim, "1.1")
    clock.advance(3600)
    await inbox.forget(60)
    assert not await inbox.put(ASKED)


async def test_a_question_that_cannot_be_kept_says_so(clock: FakeClock) -> None:
    away = create_engine("postgresql://desk@/desk?host=/nonexistent")
    with pytest.raises(StoreUnavailable):
        await Inbox(away, clock).put(ASKED)
    assert len(clock.slept) == 3
    assert sum(clock.slept) < 2
    await away.dispose()


async def test_a_null_character_does_not_break_the_notebook(inbox: Inbox) -> None:
    await inbox.put(replace(ASKED, text="when\x00?"))
    [claim] = await inbox.ledger.claim(1)
    assert question_of(claim).text == "when?"

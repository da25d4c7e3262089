"""Whatever happens in whatever order, a message is in its channel once at the end: a model of the delivery."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from bot.delivery.courier import LONGEST_BACKOFF, Courier, Drop, Parcel
from bot.delivery.ledger import LEASE_SECONDS, Change, Claim, Ledger, Write
from bot.delivery.outbox import Outbox
from bot.delivery.poster import Absent, Failed, Permit, Posted, PostRequest, Unknown
from bot.delivery.wire import HTTP_SECONDS, LANDING_SECONDS
from bot.store.engine import create_engine, transaction, upgrade
from bot.store.tables import outbox
from tests.support.clock import FakeClock

What = Literal["posted", "posted unseen", "posted late", "unsent", "unknown", "refused"]
LEFT = ("at once", "at the last moment", "never")


class ModelSlack:
    """A channel that holds messages, and a poster's answers as the machine dictates them."""

    http_seconds = HTTP_SECONDS
    landing_seconds = LANDING_SECONDS

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.landings: list[tuple[float, str]] = []
        self.next: What = "posted"
        self.readable = True
        self.held_up = False
        self.before_bytes: Callable[[], Awaitable[None]] | None = None
        self.after_bytes: Callable[[], Awaitable[None]] | None = None

    @property
    def messages(self) -> list[str]:
        """What the channel holds now."""
        return [key for lands, key in self.landings if lands <= self.clock.monotonic()]

    def take(self, key: str, *, late: bool = False, left: float | None = None) -> None:
        """A request has left; its message appears at once, or as late as one may."""
        moment = self.clock.monotonic() if left is None else left
        self.landings.append((moment + (self.landing_seconds if late else 0.0), key))

    async def post(self, request: PostRequest, permit: Permit | None = None) -> Posted | Failed | Unknown:
        assert permit is not None
        deadline = await permit()
        if deadline is None:
            return Failed("lease lost")
        if self.before_bytes is not None:
            await self.before_bytes()
        if self.clock.monotonic() >= deadline:
            return Failed("lease too short")
        if self.next.startswith("posted"):
            left = deadline - 0.001 if self.held_up else None
            self.take(request.key, late=self.next == "posted late", left=left)
        if self.after_bytes is not None:
            await self.after_bytes()
        if self.next == "posted":
            return Posted("1.1", request.channel_id)
        if self.next == "refused":
            return Failed("is_archived", permanent=True)
        return Failed("no connection") if self.next == "unsent" else Unknown("lost")

    async def find(self, _team: str, _channel: str, _thread: str | None, key: str, _since: float) -> Any:
        if not self.readable:
            return Failed("busy")
        return Posted("1.1", "C1") if key in self.messages else Absent()


class Plain:
    """A route that posts what is in the row."""

    give_up_seconds = 1e9
    when_blind: Literal["resend_once", "unknown"] = "unknown"

    async def compose(self, claim: Claim) -> Parcel | Drop:
        return Parcel(PostRequest(claim.key, "T1", "C1", "text"))

    def on_sent(self, claim: Claim, parcel: Parcel, posted: Posted) -> Sequence[Write | Change]:
        return ()

    async def on_ended(self, claim: Claim, state: str, reason: str, *, permanent: bool) -> None:
        return None


class DeliveryMachine(RuleBasedStateMachine):
    """Two replicas, one table, one channel; steps of work, crashes, clock jumps and every answer Slack can give."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(template(), self.folder / "desk.db")
        self.engine = create_engine(f"sqlite:///{self.folder}/desk.db")
        self.clock = FakeClock()
        self.slack = ModelSlack(self.clock)
        self.replicas = [self.replica(), self.replica()]
        self.keys: list[str] = []

    def replica(self) -> Courier:
        ledger = Ledger(self.engine, outbox, self.clock)
        return Courier(ledger, self.slack, Plain(), self.clock)  # type: ignore[arg-type]

    def run(self, work: Awaitable[Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def work(self, which: int) -> None:
        await self.replicas[which].turn()
        await self.replicas[which].idle()

    @rule()
    def put(self) -> None:
        key = uuid4().hex
        self.run(Outbox(self.engine, self.clock).put(key, "T1", "C1", "text"))
        self.keys.append(key)

    @rule(
        which=st.integers(0, 1),
        answer=st.sampled_from(["posted", "posted unseen", "posted late", "unsent", "unknown"]),
    )
    def carry(self, which: int, answer: What) -> None:
        self.slack.next = answer
        self.run(self.work(which))
        self.slack.next = "posted"

    @rule(arrived=st.booleans(), late=st.booleans(), drained=st.booleans())
    def die_between_beginning_and_settling(self, arrived: bool, late: bool, drained: bool) -> None:
        ledger = Ledger(self.engine, outbox, self.clock)
        for claim in self.run(ledger.claim(1)):
            if not claim.uncertain and self.run(ledger.begin(claim)) and arrived:
                self.slack.take(claim.key, late=late)
        if drained:
            self.run(ledger.let_go())

    @rule(which=st.integers(0, 1), seconds=st.sampled_from([0, 9, 301, 7200, -7200]), left=st.sampled_from(LEFT))
    def the_other_replica_takes_over_in_the_middle(self, which: int, seconds: int, left: str) -> None:
        async def take_over() -> None:
            self.slack.before_bytes = self.slack.after_bytes = None
            self.clock.jump(seconds)
            self.slack.next, self.slack.held_up = "posted", False
            await self.work(1 - which)
            self.slack.next = "posted late"

        self.slack.next, self.slack.held_up = "posted late", left == "at the last moment"
        if left == "never":
            self.slack.before_bytes = take_over
        else:
            self.slack.after_bytes = take_over
        self.run(self.work(which))
        self.slack.before_bytes = self.slack.after_bytes = None
        self.slack.next, self.slack.held_up = "posted", False

    @rule(seconds=st.sampled_from([1, 25, 301, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule(seconds=st.sampled_from([-90_000, -3600, -10, 10, 3600, 90_000]))
    def the_clock_is_set(self, seconds: int) -> None:
        self.clock.jump(seconds)

    @rule(readable=st.booleans())
    def history_comes_and_goes(self, readable: bool) -> None:
        self.slack.readable = readable

    @invariant()
    def nothing_is_twice(self) -> None:
        keys = [key for _, key in self.slack.landings]
        assert len(keys) == len(set(keys))

    @precondition(lambda self: self.keys)
    @rule()
    def everything_arrives_in_the_end(self) -> None:
        self.slack.readable, self.slack.next = True, "posted"
        for _ in range(6):
            self.clock.advance(LONGEST_BACKOFF + LEASE_SECONDS)
            self.run(self.work(0))
        assert sorted(self.slack.messages) == sorted(self.keys)
        assert set(self.run(self.states())) == {"sent"}

    async def states(self) -> list[str]:
        async with transaction(self.engine) as connection:
            return list((await connection.scalars(select(outbox.c.state))).all())

    def teardown(self) -> None:
        self.run(self.engine.dispose())
        self.loop.close()
        shutil.rmtree(self.folder)


def template() -> Path:
    """A migrated database file, made once."""
    if not _made:
        folder = tempfile.TemporaryDirectory()
        upgrade(f"sqlite:///{folder.name}/desk.db")
        _made.append(folder)
    return Path(_made[0].name) / "desk.db"


_made: list[tempfile.TemporaryDirectory[str]] = []
DeliveryMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestDelivery = DeliveryMachine.TestCase

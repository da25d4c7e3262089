"""Carries claimed rows to Slack, each once: look if it is uncertain, compose, begin, post, settle."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import structlog

from bot.delivery.clock import Clock, wait_for_event
from bot.delivery.holds import Holds
from bot.delivery.ledger import FAILED, UNKNOWN, Change, Claim, Ledger, Write
from bot.delivery.poster import Blind, Failed, Posted, Poster, PostRequest, Unknown
from bot.store.engine import StoreUnavailable

log = structlog.get_logger(__name__)
LONGEST_BACKOFF = 300.0
LEASE_SHARE = 0.9
TRIES_A_CLAIM = 2
SETTLE_TRIES = 8


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be posted for a claim, and what the route needs to know once it is; `content` is the route's own."""

    request: PostRequest
    content: Any = None


@dataclass(frozen=True, slots=True)
class Drop:
    """There is nothing to post for this claim any more."""

    reason: str


class Route(Protocol):
    """What differs between questions, digests and notices."""

    give_up_seconds: float
    when_blind: Literal["resend_once", "unknown"]

    async def compose(self, claim: Claim) -> Parcel | Drop:
        """The message for this claim."""
        ...

    def on_sent(self, claim: Claim, parcel: Parcel, posted: Posted) -> Sequence[Write | Change]:
        """What else to write, in the same transaction, once the message is in the channel."""
        ...

    async def on_ended(self, claim: Claim, state: str, reason: str, *, permanent: bool) -> None:
        """The claim ended without a known post; must be safe to repeat."""
        ...


@dataclass(frozen=True, slots=True)
class Tempo:
    """How many at once, how often to look, how long until the next try."""

    concurrency: int = 16
    poll_seconds: float = 1.0
    first_backoff: float = 1.0
    rng: random.Random = field(default_factory=random.SystemRandom)

    def backoff(self, attempts: int) -> float:
        """Seconds before the next try, longer each time, never the same for two replicas."""
        longest: float = min(LONGEST_BACKOFF, self.first_backoff * 2 ** min(attempts, 12))
        return longest * self.rng.uniform(0.5, 1.0)


class Courier:
    """Runs one route on one ledger until it is stopped."""

    def __init__(self, ledger: Ledger, poster: Poster, route: Route, clock: Clock, tempo: Tempo | None = None) -> None:
        self._ledger = ledger
        self._poster = poster
        self._route = route
        self._clock = clock
        self._tempo = tempo or Tempo()
        self._sending_seconds = _sending_seconds(ledger, poster)
        self._awake = asyncio.Event()
        self._stopped = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self.holds = Holds(ledger, clock, self._awake.set)

    async def start(self) -> None:
        """Begin to look for work."""
        self._stopped.clear()
        self.holds.start()
        self._loop = asyncio.create_task(self._run(), name=f"courier-{self._ledger.table.name}")

    async def stop(self, drain_seconds: float) -> None:
        """Take no more work and let what is under way end; what is left stays in the table for the next start."""
        self._stopped.set()
        self.wake()
        end = self._clock.monotonic() + drain_seconds
        if self._loop is not None:
            await asyncio.wait([self._loop], timeout=drain_seconds)
            self._loop.cancel()
        await self.holds.stop(max(0.0, end - self._clock.monotonic()))

    def wake(self) -> None:
        """There may be work now."""
        self._awake.set()

    async def turn(self) -> int:
        """Claim what is due and free, start carrying it, and say how much it was."""
        free = self._tempo.concurrency - len(self.holds)
        claims = await self._ledger.claim(free) if free > 0 else []
        for claim in claims:
            self.holds.carry(claim, self._carry(claim))
        return len(claims)

    async def idle(self) -> None:
        """Return when nothing is under way in this process."""
        await self.holds.idle()

    async def _run(self) -> None:
        trouble = 0
        while not self._stopped.is_set():
            self._awake.clear()
            try:
                found = await self.turn()
                trouble = 0
            except StoreUnavailable as error:
                found, trouble = 0, trouble + 1
                log.warning("store_unavailable", table=self._ledger.table.name, reason=str(error))
                await self._clock.sleep(min(self._tempo.backoff(trouble), 10.0))
            if not found and not self._stopped.is_set():
                await wait_for_event(self._clock, self._awake, self._tempo.poll_seconds)

    async def _carry(self, claim: Claim) -> None:
        bound = log.bind(table=self._ledger.table.name, key=claim.key)
        try:
            await self._deliver(claim)
        except StoreUnavailable as error:
            # The lease ends by itself and the next holder looks before it posts.
            bound.warning("store_unavailable", reason=str(error))
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
            bound.exception("carry_failed")
            await self._put_off(claim, f"{type(error).__name__}: {error}"[:300])

    async def _deliver(self, claim: Claim) -> None:
        parcel = await self._route.compose(claim)
        uncertain = claim.uncertain
        for tries in range(claim.attempts, claim.attempts + TRIES_A_CLAIM):
            if uncertain and not await self._is_absent(claim, parcel, tries):
                return
            if isinstance(parcel, Drop):
                await self._end(claim, FAILED, parcel.reason)
                return
            if not await self._is_uncertain_after_post(claim, parcel):
                return
            uncertain = True
        await self._later(claim, Failed("Slack's answers stay uncertain"), uncertain=True)

    async def _is_absent(self, claim: Claim, parcel: Parcel | Drop, attempts: int) -> bool:
        """Look for the message once it must have arrived; False when that settled the claim, or it must wait."""
        if not await self._settled():
            await self._ledger.release(claim, self._clock.now(), "stopping", uncertain=True)
            return False
        thread_ts = parcel.request.thread_ts if isinstance(parcel, Parcel) else claim.row.get("thread_ts")
        found = await self._poster.find(
            claim.row["team_id"], claim.row["channel_id"], thread_ts, claim.key, claim.first_try_at or claim.created_at
        )
        if isinstance(found, Posted):
            await self._sent(claim, parcel, found)
        elif isinstance(found, Failed):
            await self._later(claim, found, uncertain=True)
        elif isinstance(found, Blind) and (self._route.when_blind == "unknown" or attempts > 1):
            await self._end(claim, UNKNOWN, f"may have been posted; the channel cannot be read ({found.reason})")
        else:
            return True
        return False

    async def _settled(self) -> bool:
        """Let a post that is under way arrive, in steady time, which no clock change shortens; False when stopping."""
        await wait_for_event(self._clock, self._stopped, self._ledger.settle_seconds)
        return not self._stopped.is_set()

    async def _is_uncertain_after_post(self, claim: Claim, parcel: Parcel) -> bool:
        if self._clock.now() - claim.created_at > self._route.give_up_seconds:
            await self._end(claim, FAILED, "gave up: too late")
            return False

        async def permit() -> float | None:
            started = self._clock.monotonic()
            return started + self._sending_seconds if await self._ledger.begin(claim) else None

        outcome = await self._poster.post(parcel.request, permit)
        if isinstance(outcome, Unknown):
            return True
        if isinstance(outcome, Posted):
            await self._sent(claim, parcel, outcome)
        elif outcome.permanent:
            await self._end(claim, FAILED, outcome.reason, permanent=True)
        else:
            await self._later(claim, outcome, uncertain=False)
        return False

    async def _sent(self, claim: Claim, parcel: Parcel | Drop, posted: Posted) -> None:
        writes = self._route.on_sent(claim, parcel, posted) if isinstance(parcel, Parcel) else ()
        for attempt in range(SETTLE_TRIES):
            try:
                return await self._ledger.sent(claim, posted.ts, writes)
            except StoreUnavailable:
                await self._clock.sleep(min(self._tempo.backoff(attempt), 10.0))
        return await self._ledger.sent(claim, posted.ts, writes)

    async def _later(self, claim: Claim, failed: Failed, *, uncertain: bool) -> None:
        now = self._clock.now()
        if now - claim.created_at > self._route.give_up_seconds:
            await self._end(claim, UNKNOWN if uncertain else FAILED, f"gave up: {failed.reason}")
            return
        not_before = failed.retry_at or now + self._tempo.backoff(claim.attempts)
        await self._ledger.release(claim, not_before, failed.reason, uncertain=uncertain)

    async def _put_off(self, claim: Claim, reason: str) -> None:
        # How far it got is not known, so the next holder looks first.
        retry_at = self._clock.now() + max(self._ledger.settle_seconds, self._tempo.backoff(claim.attempts))
        try:
            await self._later(claim, Failed(reason, retry_at=retry_at), uncertain=True)
        except StoreUnavailable as error:
            log.warning("store_unavailable", table=self._ledger.table.name, reason=str(error))

    async def _end(self, claim: Claim, state: str, reason: str, *, permanent: bool = False) -> None:
        # Telling comes first: a crash in between tells again, which is keyed, instead of never.
        await self._route.on_ended(claim, state, reason, permanent=permanent)
        await self._ledger.finish(claim, state, reason)
        log.warning("not_posted", table=self._ledger.table.name, key=claim.key, state=state, reason=reason)


def _sending_seconds(ledger: Ledger, poster: Poster) -> float:
    """How long after its beginning a post may still leave.

    Whoever takes the row over, however soon, looks a settle time later: by then what left in this time has arrived.
    """
    seconds = min(
        LEASE_SHARE * ledger.lease_seconds - poster.http_seconds, ledger.settle_seconds - poster.landing_seconds
    )
    if seconds <= 0:
        raise ValueError("lease and settle time are too short for the time a post may take")
    return seconds

"""How fast the desk may post: per channel, per workspace, by Slack's Retry-After; one truth for all replicas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import and_, case, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.batch import Batch
from bot.delivery.clock import Clock
from bot.delivery.ledger import POST_METHOD, SKEW_SECONDS
from bot.store.engine import transaction
from bot.store.tables import rate_gate
from bot.store.upsert import insert_into

Lane = Literal["answer", "digest"]
REFRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Posts a second and how many may come at once. A rate of None lifts the limit.

    Answers may run further ahead of the workspace's rate than digests: a person never waits behind a thousand digests.
    """

    channel_rate: float | None = 1.0
    channel_burst: int = 5
    team_rate: float | None = 5.0
    digest_burst: int = 5
    answer_burst: int = 60

    def team_burst(self, lane: Lane) -> int:
        """How far ahead of the workspace's rate a lane may run."""
        return self.answer_burst if lane == "answer" else self.digest_burst


@dataclass(frozen=True, slots=True)
class _Slot:
    team_id: str
    channel_id: str
    lane: Lane


class Pace:
    """Gives every post its moment; slots and blocks are kept in `rate_gate`."""

    def __init__(self, engine: AsyncEngine, clock: Clock, limits: Limits | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._limits = limits or Limits()
        self._blocked: dict[str, float] = {}
        self._refreshed = float("-inf")
        self._slots: Batch[_Slot, float] = Batch(self._reserve_all)
        self._refreshes: Batch[None, None] = Batch(self._refresh)

    async def blocked_until(self, team_id: str) -> float | None:
        """When Slack takes this workspace's posts again, if it said so to any replica."""
        if self._clock.monotonic() - self._refreshed >= REFRESH_SECONDS:
            await self._refreshes.submit(None)
        until = self._blocked.get(team_id, 0.0)
        return until if until > self._clock.now() else None

    async def block(self, team_id: str, seconds: float) -> float:
        """Slack said to wait: no replica posts to this workspace before the moment that is returned."""
        now = self._clock.now()
        until = now + seconds
        self._blocked[team_id] = max(until, self._blocked.get(team_id, 0.0))
        async with transaction(self._engine) as connection:
            insert = insert_into(connection, rate_gate).values(
                team_id=team_id, method=POST_METHOD, channel_id="", blocked_until=until, blocked_at=now
            )
            await connection.execute(
                insert.on_conflict_do_update(
                    index_elements=["team_id", "method", "channel_id"], set_={"blocked_until": until, "blocked_at": now}
                )
            )
        return until

    async def wait(self, team_id: str, channel_id: str, lane: Lane) -> None:
        """Return when it is this post's turn."""
        if self._limits.channel_rate is None and self._limits.team_rate is None:
            return
        seconds = await self._slots.submit(_Slot(team_id, channel_id, lane))
        if seconds > 0:
            await self._clock.sleep(seconds)

    async def _refresh(self, asked: Sequence[None]) -> list[None]:
        now = self._clock.now()
        blocked = select(rate_gate.c.team_id, rate_gate.c.blocked_until).where(
            rate_gate.c.method == POST_METHOD,
            rate_gate.c.channel_id == "",
            rate_gate.c.blocked_until > now,
            rate_gate.c.blocked_at <= now + SKEW_SECONDS,
        )
        async with transaction(self._engine) as connection:
            self._blocked = {row.team_id: row.blocked_until for row in await connection.execute(blocked)}
        self._refreshed = self._clock.monotonic()
        return [None] * len(asked)

    async def _reserve_all(self, slots: Sequence[_Slot]) -> list[float]:
        now, limits = self._clock.now(), self._limits
        waits = [0.0] * len(slots)
        async with transaction(self._engine) as connection:
            if limits.team_rate is not None:
                scopes = [(slot.team_id, "", limits.team_burst(slot.lane)) for slot in slots]
                _raise(waits, await self._take(connection, now, limits.team_rate, scopes))
            if limits.channel_rate is not None:
                scopes = [(slot.team_id, slot.channel_id, limits.channel_burst) for slot in slots]
                _raise(waits, await self._take(connection, now, limits.channel_rate, scopes))
        return waits

    async def _take(
        self, connection: AsyncConnection, now: float, rate: float, scopes: Sequence[tuple[str, str, int]]
    ) -> list[float]:
        """Seconds each post must wait; every scope's next free slot moves on by as many posts as it gets."""
        counts = Counter((team_id, channel_id) for team_id, channel_id, _ in scopes)
        # In one order everywhere, so that two replicas never wait for each other's rows.
        next_slot = {
            scope: await self._advance(connection, scope, now, count / rate) - count / rate
            for scope, count in sorted(counts.items())
        }
        waits = []
        for team_id, channel_id, burst in scopes:
            waits.append(max(0.0, next_slot[team_id, channel_id] - (burst - 1) / rate - now))
            next_slot[team_id, channel_id] += 1 / rate
        return waits

    async def _advance(self, connection: AsyncConnection, scope: tuple[str, str], now: float, seconds: float) -> float:
        kept = rate_gate.c.next_slot
        usable = and_(kept > now, rate_gate.c.slot_at <= now + SKEW_SECONDS)
        insert = insert_into(connection, rate_gate).values(
            team_id=scope[0], method=POST_METHOD, channel_id=scope[1], next_slot=now + seconds, slot_at=now
        )
        upsert = insert.on_conflict_do_update(
            index_elements=["team_id", "method", "channel_id"],
            set_={"next_slot": case((usable, kept), else_=literal(now)) + seconds, "slot_at": now},
        )
        return float((await connection.execute(upsert.returning(kept))).scalar_one())


def _raise(waits: list[float], others: Sequence[float]) -> None:
    for place, other in enumerate(others):
        waits[place] = max(waits[place], other)

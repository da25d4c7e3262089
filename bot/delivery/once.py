"""Presses and forms that Slack may send twice, to one replica or to two, are done once: their keys are kept."""

from __future__ import annotations

from hashlib import sha256

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.clock import Clock
from bot.store.engine import StoreUnavailable, transaction
from bot.store.tables import done_once
from bot.store.upsert import insert_into
from bot.tasks import Seen, within

log = structlog.get_logger(__name__)
KEEP_SECONDS = 25 * 3600.0
PRUNE_SECONDS = 3600.0
# A form must be opened within three seconds of the press.
PATIENCE_SECONDS = 1.0


class Once:
    """Tells the first time from the second, for all replicas; for this one alone while the database is away."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._here = Seen(clock.monotonic)
        self._pruned = float("-inf")

    async def first(self, key: tuple[str, ...]) -> bool:
        """True the first time a key comes to any replica."""
        if not self._here.first(key):
            return False
        try:
            return await within(PATIENCE_SECONDS, self._first_of_all(key))
        except (StoreUnavailable, TimeoutError) as error:
            log.warning("store_unavailable", doing="telling a repeated press", reason=str(error))
            return True
        except BaseException:
            # Given up before anything was done: it may come again.
            self._here.forget(key)
            raise

    async def forget(self) -> int:
        """Delete the keys of yesterday; how many."""
        old = delete(done_once).where(done_once.c.done_at < self._clock.now() - KEEP_SECONDS)
        async with transaction(self._engine) as connection:
            return (await connection.execute(old)).rowcount

    async def _first_of_all(self, key: tuple[str, ...]) -> bool:
        async with transaction(self._engine) as connection:
            new = await mark(connection, key, self._clock.now())
        if self._clock.monotonic() - self._pruned > PRUNE_SECONDS:
            self._pruned = self._clock.monotonic()
            await self.forget()
        return new


async def mark(connection: AsyncConnection, key: tuple[str, ...], now: float) -> bool:
    """Keep the key in this transaction; False when it was kept before."""
    digest = sha256("|".join(key).encode()).hexdigest()
    insert = insert_into(connection, done_once).values(key=digest, done_at=now)
    kept = await connection.execute(insert.on_conflict_do_nothing().returning(done_once.c.key))
    return kept.first() is not None

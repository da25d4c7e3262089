"""The rows this process is carrying: their leases are renewed while it lives, and let go when it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import structlog

from bot.delivery.clock import Clock
from bot.delivery.ledger import Claim, Ledger
from bot.store.engine import StoreUnavailable

log = structlog.get_logger(__name__)
RENEWALS_A_LEASE = 3
# What is carried longer than this is stuck: its lease ends, and another process takes over.
LONGEST_HOLD_SECONDS = 300.0


class Holds:
    """Tasks that carry claims."""

    def __init__(self, ledger: Ledger, clock: Clock, on_free: Callable[[], None]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._on_free = on_free
        self._held: dict[asyncio.Task[None], tuple[Claim, float]] = {}
        self._beat: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._held)

    def start(self) -> None:
        """Begin to renew leases."""
        self._beat = asyncio.create_task(self._keep(), name=f"leases-{self._ledger.table.name}")

    def carry(self, claim: Claim, work: Coroutine[None, None, None]) -> None:
        """Run the work that this claim is for."""
        task = asyncio.create_task(work)
        self._held[task] = (claim, self._clock.monotonic())
        task.add_done_callback(self._done)

    async def idle(self) -> None:
        """Return when nothing is being carried."""
        while self._held:
            await asyncio.wait(self._held)

    async def renew(self) -> None:
        """Lengthen the leases of what is being carried, unless it has been for too long."""
        oldest = self._clock.monotonic() - LONGEST_HOLD_SECONDS
        claims = [claim for claim, since in self._held.values() if since > oldest]
        if claims:
            await self._ledger.renew(claims)

    async def stop(self, drain_seconds: float) -> None:
        """Let what is under way end within that time; what is left is free for another process at once."""
        if self._held:
            await asyncio.wait(self._held, timeout=drain_seconds)
        left = [*self._held, *([self._beat] if self._beat is not None else [])]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        try:
            await self._ledger.let_go()
        except StoreUnavailable as error:
            log.warning("store_unavailable", table=self._ledger.table.name, reason=str(error))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._held.pop(task, None)
        self._on_free()

    async def _keep(self) -> None:
        while True:
            await self._clock.sleep(self._ledger.lease_seconds / RENEWALS_A_LEASE)
            try:
                await self.renew()
            except StoreUnavailable as error:
                log.warning("store_unavailable", table=self._ledger.table.name, reason=str(error))

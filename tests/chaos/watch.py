"""Whether at least one replica says that it is ready, all the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp

LOOK_EVERY = 0.05
LOOK_SECONDS = 3.0


class Readiness:
    """Asks every replica's /readyz again and again and remembers the longest time in which none was ready."""

    def __init__(self, ports: Sequence[int], session: aiohttp.ClientSession) -> None:
        self._ports = ports
        self._session = session
        self.longest_gap = 0.0

    async def ready(self, port: int) -> bool:
        """Whether the replica at this port is ready."""
        try:
            async with self._session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def until_ready(self, port: int) -> None:
        """Return when it is; TimeoutError after a minute."""
        async with asyncio.timeout(60):
            async for is_ready in self._looks(port):
                if is_ready:
                    return

    async def _looks(self, port: int) -> AsyncIterator[bool]:
        while True:
            yield await self.ready(port)
            await asyncio.sleep(LOOK_EVERY)

    async def watch(self) -> None:
        """Look until cancelled."""
        since: float | None = None
        while True:
            # From the first look that fails: the harness itself may have been busy before it.
            looked = time.monotonic()
            if any(await asyncio.gather(*(self.ready(port) for port in self._ports))):
                since = None
            else:
                since = looked if since is None else since
                self.longest_gap = max(self.longest_gap, time.monotonic() - since)
            await asyncio.sleep(LOOK_EVERY)


@asynccontextmanager
async def readiness(ports: Sequence[int]) -> AsyncIterator[Readiness]:
    """Every replica is ready at the start, and watched from then on."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LOOK_SECONDS)) as session:
        watched = Readiness(ports, session)
        await asyncio.gather(*(watched.until_ready(port) for port in ports))
        task = asyncio.create_task(watched.watch())
        try:
            yield watched
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

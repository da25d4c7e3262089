"""Who is told when something in the workspace changes: tests that wait, and open pages."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.workspace.errors import Json

T = TypeVar("T")
QUEUE_LIMIT = 1000


class Changes:
    """Wakes every waiter and every open page on each change; costs nothing when there are none."""

    def __init__(self) -> None:
        self._wake: asyncio.Future[None] | None = None
        self._pages: set[asyncio.Queue[Json]] = set()

    def tell(self, kind: str, **what: object) -> None:
        """Report one change."""
        if self._wake is not None:
            if not self._wake.done():
                self._wake.set_result(None)
            self._wake = None
        for queue in self._pages:
            self._push(queue, {"kind": kind, **what})

    def _push(self, queue: asyncio.Queue[Json], change: Json) -> None:
        if queue.qsize() >= QUEUE_LIMIT:
            while not queue.empty():
                queue.get_nowait()
            change = {"kind": "reload"}
        queue.put_nowait(change)

    def subscribe(self) -> asyncio.Queue[Json]:
        """A queue that receives every change from now on."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Json]) -> None:
        """Stop filling that queue."""
        self._pages.discard(queue)

    async def wait_for(self, condition: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109
        """The condition's first truthy value; TimeoutError when it stays falsy."""
        async with asyncio.timeout(timeout):
            while not (value := condition()):
                await self._next()
            return value

    async def _next(self) -> None:
        if self._wake is None:
            self._wake = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._wake)

"""Work that goes on after a request was acked: tracked, logged when it fails, drained at the end."""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

from bot.logs import log

Found = TypeVar("Found")
_late: set[asyncio.Task[Any]] = set()


class Tasks:
    """A set of running tasks that nobody forgets."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        """Run it now; a fault is logged with a reference."""
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log().error("task_failed", task=task.get_name(), ref=reference(), exc_info=error)

    async def drain(self, seconds: float) -> None:
        """Wait for what runs, at most that long, then cancel the rest."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def within(seconds: float, work: Coroutine[None, None, Found]) -> Found:
    """What the work gives in that time, or TimeoutError then: also where a stuck database is slow to let go."""
    task = asyncio.create_task(work)
    try:
        await asyncio.wait({task}, timeout=seconds)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if task.done():
        return task.result()
    _late.add(task)
    task.add_done_callback(_forgotten)
    task.cancel()
    raise TimeoutError(f"no answer in {seconds:g} seconds")


def _forgotten(task: asyncio.Task[Any]) -> None:
    _late.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log().warning("late_fault", fault=str(error))


class Seen:
    """Remembers keys for a while, so that a repeated click does its work once."""

    def __init__(self, now: Callable[[], float], keep: float = 900.0, most: int = 10_000) -> None:
        self._now, self._keep, self._most = now, keep, most
        self._keys: OrderedDict[Hashable, float] = OrderedDict()

    def first(self, key: Hashable) -> bool:
        """True the first time a key comes."""
        now = self._now()
        while self._keys and (len(self._keys) > self._most or next(iter(self._keys.values())) < now - self._keep):
            self._keys.popitem(last=False)
        if key in self._keys:
            return False
        self._keys[key] = now
        return True

    def forget(self, key: Hashable) -> None:
        """What the key stood for did not succeed: it may come again."""
        self._keys.pop(key, None)


def reference() -> str:
    """A short id that is in the log and may be shown to a reader."""
    return secrets.token_hex(4)

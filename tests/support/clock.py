"""A clock that tests move."""

from __future__ import annotations

import asyncio

START = 1_760_000_000.0


class FakeClock:
    """Stands still until it is moved; a sleep moves it by itself and takes no time."""

    def __init__(self, now: float = START) -> None:
        self._now = now
        self._monotonic = 1_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._now

    def monotonic(self) -> float:
        """Steady seconds."""
        return self._monotonic

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.slept.append(seconds)
        self.advance(seconds)
        await asyncio.sleep(0)

    def advance(self, seconds: float) -> None:
        """Time passes."""
        self._now += seconds
        self._monotonic += seconds

    def jump(self, seconds: float) -> None:
        """The wall clock is set, forward or back; no time passes."""
        self._now += seconds

"""Message timestamps: Slack's ids, unique and rising."""

from bot.workspace.clock import Clock


class Timestamps:
    """Issues `1700000000.000001`-like ids that never repeat, even when the clock stands still or steps back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """The next id."""
        self._last = max(int(self._clock.time() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

"""One replica of the desk as a process, with short leases and a clock that the harness can set.

`python -m tests.chaos.replica CLOCK_FILE`; everything else comes from the environment, as in service.
"""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

import bot.app
import bot.serve
from bot.delivery.clock import Clock, steady
from bot.delivery.courier import Tempo
from bot.delivery.digests import Digests
from bot.delivery.inbox import Inbox
from bot.delivery.pace import Limits
from bot.delivery.poster import Poster
from bot.delivery.worker import AnswerWorker
from bot.metered import MeteredPoster
from bot.metrics import Metrics
from bot.serve import serve
from bot.settings import load_settings
from tests.chaos.timing import HTTP_SECONDS, LANDING_SECONDS, LEASE_SECONDS, SETTLE_SECONDS

LOOK_SECONDS = 0.05


class SettableClock:
    """The machine's clock plus the seconds in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = 0.0
        self._looked = float("-inf")

    def now(self) -> float:
        """Seconds since the epoch, as far off as the file says."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._offset = float(self._file.read_text() or self._offset)
            self._looked = time.monotonic()
        return time.time() + self._offset

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return steady()

    async def sleep(self, seconds: float) -> None:
        """Sleep on the event loop."""
        await asyncio.sleep(seconds)


class QuickPoster(MeteredPoster):
    """Gives up sooner, and posts as fast as it can."""

    def __init__(self, client: AsyncWebClient, engine: AsyncEngine, clock: Clock, metrics: Metrics) -> None:
        super().__init__(client, engine, clock, metrics)
        limits = Limits(None, 1, None)
        Poster.__init__(
            self, client, engine, clock, limits=limits, http_seconds=HTTP_SECONDS, landing_seconds=LANDING_SECONDS
        )


def quicken(clock_file: Path) -> None:
    """Give the desk's parts leases and limits that fit a run of a minute, and the harness's clock."""
    lease: dict[str, Any] = {"lease_seconds": LEASE_SECONDS, "settle_seconds": SETTLE_SECONDS}
    tempo = Tempo(concurrency=16, poll_seconds=0.2, first_backoff=0.2)
    parts = {
        "Inbox": partial(Inbox, **lease),
        "Digests": partial(Digests, **lease, tempo=tempo, plan_seconds=0.2),
        "AnswerWorker": partial(AnswerWorker, tempo=tempo),
        "MeteredPoster": QuickPoster,
    }
    for name, part in parts.items():
        setattr(bot.app, name, part)
    setattr(bot.serve, "create_app", partial(bot.app.create_app, clock=SettableClock(clock_file)))  # noqa: B010


if __name__ == "__main__":
    quicken(Path(sys.argv[1]))
    serve(load_settings())

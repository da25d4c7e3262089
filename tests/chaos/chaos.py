"""Nothing lost, nothing twice: what the workspace received, under each fault and under all, on both databases.

`python -m tests.chaos.chaos [--engine sqlite|postgres] [--fault NAME …] [--size 2000] [--seed N]`; status 1 on a loss.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time as clock
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.delivery.schedule import Schedule
from bot.store.engine import upgrade
from bot.workspace import PersonError
from tests.chaos.harm import HARMS
from tests.chaos.stage import Stage, posted, stage
from tests.chaos.timing import QUIET_SECONDS
from tests.support.postgres import Server, server

ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "Asia/Beirut",
    "Asia/Jerusalem",
    "Africa/Cairo",
    "America/New_York",
    "America/Havana",
    "Asia/Seoul",
)
DST = "dst days"
DST_FROM, DST_DAYS, DST_STEP = datetime(2025, 10, 25, 12, tzinfo=UTC), 9, 3600.0
PATIENCE_SECONDS = 90.0
MENTION_SECONDS = 20.0
ASKERS = ("U0REPORT01", "U0REPORT02", "U0REPORT03", "U0EDITOR02")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was due, and what the workspace received."""

    engine: str
    fault: str
    seed: int
    digests: int
    mentions: int
    not_taken: int
    lost: int
    doubled: int
    strange: int
    deaths: int
    struck: int
    gap: float
    seconds: float

    @property
    def good(self) -> bool:
        """Nothing lost, nothing twice, nothing that nobody asked for; an upgrade leaves no gap."""
        return not (self.lost or self.doubled or self.strange or (self.fault == "rolling" and self.gap))

    def line(self) -> str:
        """A line of the table."""
        due = f"{self.digests:>7} {self.mentions:>8} {self.not_taken:>9}"
        bad = f"{self.lost:>5} {self.doubled:>7} {self.strange:>7}"
        done = f"{self.deaths:>6} {self.struck:>6} {self.gap:>5.1f}s {self.seconds:>4.0f}s"
        return f"{self.engine:<9} {self.fault:<9} {self.seed:>6} {due} {bad} {done}"


HEAD = "engine    fault       seed digests mentions not-taken  lost doubled strange deaths faults    gap  took"
Due = dict[tuple[str, str], int]


async def run(engine: str, fault: str, seed: int, size: int) -> Outcome:
    """One run on a fresh stage."""
    folder = Path(tempfile.mkdtemp(prefix="desk-chaos"))
    try:
        with _database(engine, folder) as (url, running):
            async with stage(folder, url, engine, running, seed, offset=_offset(fault)) as set_up:
                rng, started = random.Random(seed), clock.monotonic()  # noqa: S311
                due = await (_dst(set_up, size) if fault == DST else _load(set_up, fault, rng, size))
                return await _outcome(set_up, fault, seed, due, started)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _offset(fault: str) -> float:
    return DST_FROM.timestamp() - clock.time() if fault == DST else 0.0


async def _load(set_up: Stage, fault: str, rng: random.Random, size: int) -> Due:
    """Digests that are all due and mentions that come for a while, while harm is done."""
    channels = set_up.make_channels(size, "digest")
    now = clock.time()
    rows = [
        (channel, _six_hours_ago(ZONES[place % len(ZONES)], now), now - 86_400)
        for place, channel in enumerate(channels)
    ]
    await set_up.subscribe([(channel, schedule, since) for channel, schedule, since in rows])
    due: Due = {(channel, _last_date(schedule, now)): 1 for channel, schedule, _ in rows}
    set_up.workspace.faults.redelivery = 0.05
    enough = asyncio.Event()
    harming = asyncio.create_task(_harm(set_up, fault, rng, enough))
    await _say(set_up, set_up.make_channels(max(1, size // 20), "talk"), size)
    await set_up.until(lambda: not _missing(set_up, due), PATIENCE_SECONDS / 3)
    enough.set()
    # To its end: a harm that is cut short would leave a database down or a process frozen.
    await harming
    await set_up.calm()
    await _as_long_as_they_come(set_up, due)
    await set_up.until(lambda: not set_up.workspace.events.pending, PATIENCE_SECONDS)
    await _as_long_as_they_come(set_up, due)
    return due


async def _as_long_as_they_come(set_up: Stage, due: Due) -> None:
    """Wait until nothing is missing, or nothing has come for a long time: on a busy machine late is not lost."""
    left = _left(set_up, due)
    while left and await set_up.until(lambda left=left: _left(set_up, due) < left, PATIENCE_SECONDS):  # type: ignore[misc]
        left = _left(set_up, due)


async def _dst(set_up: Stage, size: int) -> Due:
    """Nine days in which the clocks change in seven zones, an hour every fraction of a second."""
    first = DST_FROM.timestamp()
    moments: dict[tuple[str, str], float] = {}
    rows = []
    for place, channel in enumerate(set_up.make_channels(max(1, size // DST_DAYS), "digest")):
        zone, at = ZONES[place % len(ZONES)], time(hour=place % 5, minute=30 * (place % 2))
        rows.append((channel, Schedule(zone, at), first))
        for day, moment in _days_between(zone, at):
            moments[channel, day] = moment
    await set_up.subscribe(rows)
    in_time = True
    for step in range(int(DST_DAYS * 86_400 / DST_STEP) + 1):
        now = first + step * DST_STEP
        set_up.set_clock(now - clock.time())
        await asyncio.sleep(0.15)
        # A day must not pass faster than the desk can post: what was due an hour ago is there before the next hour.
        so_far = dict.fromkeys((key for key, moment in moments.items() if moment <= now - DST_STEP), 1)
        in_time = in_time and await set_up.until(lambda so_far=so_far: not _missing(set_up, so_far), 30)  # type: ignore[misc]
    due = dict.fromkeys(moments, 1)
    await set_up.until(lambda: not _missing(set_up, due), PATIENCE_SECONDS)
    return due


@cache
def _days_between(zone: str, at: time) -> list[tuple[str, float]]:
    """Local dates whose time of day comes in these days, and when, found by walking through them minute by minute."""
    found: list[tuple[str, float]] = []
    start = DST_FROM.astimezone(ZoneInfo(zone))
    seen = {start.date()} if start.time() >= at else set()
    moment = DST_FROM + timedelta(minutes=1)
    while moment <= DST_FROM + timedelta(days=DST_DAYS):
        local = moment.astimezone(ZoneInfo(zone))
        if local.time() >= at and local.date() not in seen:
            seen.add(local.date())
            found.append((local.date().isoformat(), moment.timestamp()))
        moment += timedelta(minutes=1)
    return found


def _six_hours_ago(zone: str, now: float) -> Schedule:
    local = datetime.fromtimestamp(now - 6 * 3600, ZoneInfo(zone))
    return Schedule(zone, time(local.hour, local.minute))


def _last_date(schedule: Schedule, now: float) -> str:
    return datetime.fromtimestamp(now - 6 * 3600, ZoneInfo(schedule.tz)).date().isoformat()


async def _harm(set_up: Stage, fault: str, rng: random.Random, enough: asyncio.Event) -> None:
    while not enough.is_set():
        await HARMS[fault](set_up, rng)


async def _say(set_up: Stage, channels: list[str], count: int) -> None:
    """People mention the desk at a steady rate."""
    bot = set_up.workspace.credentials.bot_user_id
    started, pace = clock.monotonic(), max(MENTION_SECONDS * count / 2000, 3.0) / count
    for number in range(count):
        await asyncio.sleep(max(0.0, started + number * pace - clock.monotonic()))
        text = f"<@{bot}> when does the night ferry run again? ({number})"
        try:
            set_up.workspace.say(ASKERS[number % len(ASKERS)], channels[number % len(channels)], text)
        except PersonError as error:
            raise AssertionError("a mention could not be said") from error


def _received(set_up: Stage) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], int]:
    """Digests by channel and date, answers by channel and thread, and what else the desk posted."""
    digests: Counter[tuple[str, str]] = Counter()
    answers: Counter[tuple[str, str]] = Counter()
    strange = 0
    for place in set_up.workspace.state.channels.values():
        for message in place.messages.values():
            payload = posted(message) if message.get("bot_id") else None
            if payload is None:
                continue
            if payload.get("kind") == "digest":
                digests[place.id, payload["date"]] += 1
            elif payload.get("kind") == "answer":
                answers[place.id, str(message.get("thread_ts"))] += 1
            else:
                strange += 1
    return digests, answers, strange


def _asked(set_up: Stage) -> tuple[Due, Due]:
    """Mentions that the desk took, and those that it never acknowledged (it may still have kept and answered them)."""
    taken: Due = {}
    not_taken: Due = {}
    for one in set_up.workspace.events.log:
        event = one.payload["event"]
        if event["type"] == "app_mention":
            (taken if one.state == "delivered" else not_taken)[event["channel"], event["ts"]] = 1
    return taken, not_taken


def _missing(set_up: Stage, due: Due) -> bool:
    return _left(set_up, due) > 0


def _left(set_up: Stage, due: Due) -> int:
    digests, answers, _ = _received(set_up)
    return sum(key not in digests for key in due) + sum(key not in answers for key in _asked(set_up)[0])


async def _outcome(set_up: Stage, fault: str, seed: int, due: Due, started: float) -> Outcome:
    await asyncio.sleep(QUIET_SECONDS)
    digests, answers, strange = _received(set_up)
    asked, not_taken = _asked(set_up)
    lost = [key for key in due if not digests[key]] + [key for key in asked if not answers[key]]
    doubled = sum(count - 1 for counted in (digests, answers) for count in counted.values() if count > 1)
    unasked = [key for key in digests if key not in due] + [k for k in answers if k not in asked | not_taken]
    twice = [key for counted in (digests, answers) for key, count in counted.items() if count > 1]
    await set_up.explain([*lost, *twice, *unasked])
    struck = sum(set_up.workspace.faults.struck.values())
    deaths = sum(replica.deaths for replica in set_up.replicas)
    spent = clock.monotonic() - started
    strange += len(unasked)
    counts = (len(due), len(asked), len(not_taken), len(lost), doubled, strange, deaths, struck)
    gap = set_up.readiness.longest_gap
    return Outcome(set_up.engine_name, fault, seed, *counts, gap, spent)


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[tuple[str, Server | None]]:
    if engine == "sqlite":
        url = f"sqlite:///{folder}/desk.db"
        upgrade(url)
        yield url, None
        return
    with server(durable=True) as running:
        if running is None:
            raise SystemExit("no PostgreSQL on this machine")
        upgrade(running.url("postgres"))
        yield running.url("postgres"), running


def main() -> int:
    """Run what was asked for and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--engine", choices=["sqlite", "postgres"])
    arguments.add_argument("--fault", nargs="*", choices=[*HARMS, DST])
    arguments.add_argument("--size", type=int, default=2000, help="digests, and as many mentions")
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.stdout.write(f"{HEAD}\n")
    good = True
    for engine in [asked.engine] if asked.engine else ["sqlite", "postgres"]:
        for place, fault in enumerate(asked.fault or [*HARMS, DST]):
            outcome = asyncio.run(run(engine, fault, asked.seed + place, asked.size))
            sys.stdout.write(f"{outcome.line()}\n")
            sys.stdout.flush()
            good = good and outcome.good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

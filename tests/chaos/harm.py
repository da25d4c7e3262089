"""What a chaos run does to the desk, its database, its clock and its Slack; every choice comes from the seed."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable

from bot.workspace import Fault
from tests.chaos.stage import Stage
from tests.chaos.timing import LEASE_SECONDS, LONGEST_ACCEPTED_LATE

POST = "chat.postMessage"
READS = ("conversations.history", "conversations.replies")
Harm = Callable[[Stage, random.Random], Awaitable[None]]


async def nothing(_stage: Stage, _rng: random.Random) -> None:
    """All goes well."""
    await asyncio.sleep(0.5)


async def kill(stage: Stage, rng: random.Random) -> None:
    """kill -9 of either replica; it is started again."""
    replica = rng.choice(stage.replicas)
    await asyncio.sleep(rng.uniform(1.5, 4))
    await replica.kill()


async def rolling(stage: Stage, rng: random.Random) -> None:
    """SIGTERM to one replica, then to the other once the first one's successor is ready, as an upgrade does."""
    for replica in stage.replicas:
        await replica.drain()
        await stage.readiness.until_ready(replica.port)
    await asyncio.sleep(rng.uniform(0.1, 1))


async def freeze(stage: Stage, rng: random.Random) -> None:
    """A replica stands still past its leases and then goes on."""
    await rng.choice(stage.replicas).freeze(LEASE_SECONDS + rng.uniform(1, 4))
    await asyncio.sleep(rng.uniform(0.5, 2))


async def rate_limit(stage: Stage, rng: random.Random) -> None:
    """429 with Retry-After."""
    stage.workspace.faults.add(POST, Fault("rate_limited", seconds=1), rng.randint(1, 3))
    await asyncio.sleep(rng.uniform(1, 3))


async def server_error(stage: Stage, rng: random.Random) -> None:
    """500 and internal_error, with and without the message in the channel; reads fail too."""
    accepted = rng.random() < 0.5
    fault = rng.choice(
        [Fault("server_error", accepted=accepted), Fault("error", accepted=accepted, error="internal_error")]
    )
    stage.workspace.faults.add(POST, fault, rng.randint(1, 5))
    if rng.random() < 0.3:
        stage.workspace.faults.add(rng.choice(READS), Fault("server_error"))
    await asyncio.sleep(rng.uniform(0.05, 0.4))


async def drop(stage: Stage, rng: random.Random) -> None:
    """The connection drops, before or after the message is in the channel."""
    stage.workspace.faults.add(POST, Fault("drop", accepted=rng.random() < 0.7), rng.randint(1, 5))
    await asyncio.sleep(rng.uniform(0.05, 0.4))


async def slow(stage: Stage, rng: random.Random) -> None:
    """Answers that never come, or so late that the desk has given up on them; messages that appear late."""
    late = Fault("delay", seconds=rng.uniform(0.2, LONGEST_ACCEPTED_LATE))
    stage.workspace.faults.add(POST, rng.choice([Fault("hang", accepted=True), Fault("hang"), late]), rng.randint(1, 4))
    await asyncio.sleep(rng.uniform(0.1, 0.6))


async def clock_jump(stage: Stage, rng: random.Random) -> None:
    """The clocks are set many leases ahead or back."""
    stage.set_clock(rng.choice([0.0, rng.uniform(-200, 200)]))
    await asyncio.sleep(rng.uniform(0.5, 3))


async def database(stage: Stage, rng: random.Random) -> None:
    """PostgreSQL crashes and comes back; the SQLite file is locked by somebody else."""
    await asyncio.sleep(rng.uniform(2, 5))
    if stage.server is None:
        await asyncio.to_thread(_hold, stage.url.removeprefix("sqlite:///"), rng.uniform(1, 11))
    else:
        await asyncio.to_thread(stage.server.stop, rng.choice(["immediate", "fast"]))
        await asyncio.sleep(rng.uniform(0.2, 2))
        await asyncio.to_thread(stage.server.start)


async def everything(stage: Stage, rng: random.Random) -> None:
    """All of it at once."""
    harms = [kill, rolling, freeze, rate_limit, server_error, drop, slow, clock_jump, database]
    weights = [3, 1, 1, 2, 8, 8, 6, 3, 1]
    # Never the same twice at once: a database is not stopped while it is being started.
    picked = dict.fromkeys(rng.choices(harms, weights, k=4))
    await asyncio.gather(*(harm(stage, rng) for harm in picked))


def _hold(path: str, seconds: float) -> None:
    held = sqlite3.connect(path, timeout=30, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    time.sleep(seconds)
    held.execute("ROLLBACK")
    held.close()


HARMS: dict[str, Harm] = {
    "none": nothing,
    "kill -9": kill,
    "rolling": rolling,
    "paused": freeze,
    "429": rate_limit,
    "500": server_error,
    "drop": drop,
    "slow": slow,
    "clock": clock_jump,
    "database": database,
    "all": everything,
}

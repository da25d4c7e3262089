"""How fast the desk delivers: digests a second, planning, and what the inbox adds to a mention.

`python -m tests.bench.bench_delivery [digests|plan|mentions] [--engine sqlite|postgres]`; status 1 when one is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import SystemClock
from bot.delivery.courier import Tempo
from bot.delivery.digests import Digests
from bot.delivery.frames import Frames
from bot.delivery.inbox import Inbox
from bot.delivery.outgoing import Outgoing, Question
from bot.delivery.pace import Limits
from bot.delivery.planner import Planner
from bot.delivery.poster import Poster
from bot.delivery.worker import AnswerWorker
from bot.store.engine import create_engine, transaction, upgrade
from bot.store.tables import delivery, subscription
from tests.support import postgres
from tests.support.dossiers import public_small_dossier

LIFTED = Limits(channel_rate=None, team_rate=None)
FIGURES = {("digests", "sqlite"): 300.0, ("digests", "postgres"): 600.0}
PLAN_SECONDS, MENTION_P99_MS = 10.0, 50.0
WORKERS = {"sqlite": 1, "postgres": 2}


@dataclass
class ZeroLatencySlack:
    """Takes every post at once and notes when."""

    at: dict[str, float] = field(default_factory=dict)
    posts: int = 0
    first: float = 0.0
    last: float = 0.0
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    wanted: int = 0

    async def post(self, request: web.Request) -> web.Response:
        """chat.postMessage."""
        body = json.loads(await request.read())
        self.posts += 1
        self.last = self.at[body["text"]] = time.perf_counter()
        self.first = self.first or self.last
        if self.posts >= self.wanted:
            self.enough.set()
        answer = {"ok": True, "ts": f"{1_700_000_000 + self.posts}.000100", "channel": body["channel"]}
        return web.json_response(answer)


@asynccontextmanager
async def slack(wanted: int) -> AsyncIterator[tuple[ZeroLatencySlack, str]]:
    """A running double and its address."""
    double = ZeroLatencySlack(wanted=wanted)
    app = web.Application()
    app.router.add_post("/api/chat.postMessage", double.post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield double, f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()


@contextmanager
def database(engine: str) -> Iterator[str]:
    """A fresh database that keeps what it commits through a power cut, as in service."""
    folder = Path(tempfile.mkdtemp(prefix="desk-bench"))
    try:
        if engine == "sqlite":
            url = f"sqlite:///{folder}/desk.db"
            upgrade(url)
            yield url
            return
        with postgres.server(durable=True) as running:
            if running is None:
                raise SystemExit("no PostgreSQL on this machine")
            upgrade(running.url("postgres"))
            yield running.url("postgres")
    finally:
        shutil.rmtree(folder)


async def seed(engine: AsyncEngine, count: int, *, planned: bool) -> None:
    """Subscriptions that are due now, and with `planned` their deliveries."""
    now = time.time()
    rows = [_subscription(number, now) for number in range(count)]
    async with transaction(engine) as connection:
        for start in range(0, count, 500):
            await connection.execute(insert(subscription), rows[start : start + 500])
        if planned:
            await connection.execute(update(subscription).values(next_due_utc=now + 86_400))
            for start in range(0, count, 500):
                await connection.execute(insert(delivery), [_delivery(row, now) for row in rows[start : start + 500]])


def _subscription(number: int, now: float) -> dict[str, object]:
    where = {"id": number + 1, "team_id": f"T{number % 50}", "channel_id": f"C{number}", "owner": "U1"}
    when = {"tz": "Asia/Seoul", "local_time": "09:00", "days": "0,1,2,3,4,5,6", "next_date": "2025-01-01"}
    return {**where, **when, "next_due_utc": now - 60, "created_at": now, "sent_count": 1}


def _delivery(row: dict[str, object], now: float) -> dict[str, object]:
    kept = {name: row[name] for name in ("team_id", "channel_id")}
    when = {"local_date": "2025-01-01", "due_utc": now, "created_at": now}
    return {**kept, **when, "key": uuid4().hex, "subscription_id": row["id"]}


@asynccontextmanager
async def replica(url: str, api: str) -> AsyncIterator[tuple[AsyncEngine, Poster]]:
    """What one process of the desk has: an engine and a poster without limits."""
    engine = create_engine(url)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-bench", base_url=api, session=session, retry_handlers=[])
        yield engine, Poster(client, engine, SystemClock(), limits=LIFTED)
    await engine.dispose()


async def worker(url: str, api: str) -> None:
    """One process that sends digests until its standard input ends."""
    async with replica(url, api) as (engine, poster):
        dossier = public_small_dossier()
        digests = Digests(engine, SystemClock(), poster, lambda: dossier, tempo=Tempo(concurrency=48))
        await digests.start()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await digests.stop(10)


async def bench_digests(engine_name: str, url: str, count: int) -> bool:
    """Digests a second from the first to the last one received."""
    engine = create_engine(url)
    await seed(engine, count, planned=True)
    await engine.dispose()
    async with slack(count) as (double, api):
        command = [sys.executable, "-m", "tests.bench.bench_delivery", "worker", url, api]
        workers = [
            await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE)
            for _ in range(WORKERS[engine_name])
        ]
        async with asyncio.timeout(120):
            await double.enough.wait()
        for process in workers:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()
    doubled, rate = double.posts - count, count / (double.last - double.first)
    said = f"{rate:,.0f} posts/s ({count} posts, {WORKERS[engine_name]} workers, {doubled} doubled)"
    return report("digests", engine_name, said, FIGURES["digests", engine_name] <= rate and not doubled)


async def bench_plan(engine_name: str, url: str, count: int) -> bool:
    """Seconds to plan that many due subscriptions."""
    engine = create_engine(url)
    await seed(engine, count, planned=False)
    started = time.perf_counter()
    planned = await Planner(engine, SystemClock()).plan()
    spent = time.perf_counter() - started
    await engine.dispose()
    said = f"{planned:,} planned in {spent:.2f} s"
    return report("plan", engine_name, said, planned == count and spent <= PLAN_SECONDS)


async def bench_mentions(engine_name: str, url: str, count: int, rate: int = 50) -> bool:
    """Milliseconds from the arrival of a mention to its answer at Slack, at a steady rate."""
    arrived: dict[str, float] = {}

    async def answer(question: Question, _frame: object) -> Outgoing:
        return Outgoing(question.text)

    async with slack(count) as (double, api), replica(url, api) as (engine, poster):
        inbox, clock = Inbox(engine, SystemClock()), SystemClock()
        answering = AnswerWorker(inbox, poster, Frames(engine, clock, dict), answer, clock)
        await answering.start()
        started = time.perf_counter()
        for number in range(count):
            await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
            arrived[str(number)] = time.perf_counter()
            asked = Question("T1", f"Ev{number}", f"C{number}", f"{number}.1", None, "U1", str(number), "mention")
            await inbox.put(asked)
        async with asyncio.timeout(30):
            await double.enough.wait()
        await answering.stop(10)
    added = sorted((double.at[text] - at) * 1000 for text, at in arrived.items())
    p50, p99 = added[len(added) // 2], added[int(len(added) * 0.99)]
    said = f"p50 {p50:.1f} ms, p99 {p99:.1f} ms at {rate} a second ({count} mentions)"
    return report("mentions", engine_name, said, p99 <= MENTION_P99_MS)


def report(what: str, engine_name: str, said: str, reached: bool) -> bool:
    """One line of the table."""
    sys.stdout.write(f"{what:10} {engine_name:10} {said:60} {'reached' if reached else 'MISSED'}\n")
    return reached


BENCHES = {"digests": (bench_digests, 3000), "plan": (bench_plan, 10_000), "mentions": (bench_mentions, 1000)}


def main() -> int:
    """Run what was asked for."""
    if sys.argv[1:2] == ["worker"]:
        asyncio.run(worker(*sys.argv[2:4]))
        return 0
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("which", nargs="*", default=[], choices=[*BENCHES, []])
    arguments.add_argument("--engine", choices=list(WORKERS))
    asked = arguments.parse_args()
    reached = []
    for which in asked.which or BENCHES:
        bench, count = BENCHES[which]
        for engine_name in [asked.engine] if asked.engine else WORKERS:
            with database(engine_name) as url:
                reached.append(asyncio.run(bench(engine_name, url, count)))
    return 0 if all(reached) else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""The stage of a chaos run: a workspace, a database, two replicas behind a balancer."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import insert, select

from bot.delivery.schedule import Schedule, next_occurrence
from bot.store.engine import create_engine, transaction
from bot.store.tables import delivery, inbox, subscription
from bot.workspace import Workspace
from bot.workspace.seed import many_channels
from tests.chaos.watch import Readiness, readiness
from tests.support.dossiers import SMALL
from tests.support.postgres import Server

OWNER = "U0EDITOR01"
HOP = {"host", "content-length", "transfer-encoding", "connection"}


class HurriedClock:
    """Slack's own waits, at most a second and a half each, so that its last retry comes within the run."""

    def time(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """A wait as short as a run can bear."""
        await asyncio.sleep(min(seconds, 1.5) if seconds >= 30 else seconds)


@dataclass
class Replica:
    """One process of the desk that can be killed, stopped and started again at its port."""

    port: int
    clock_file: Path
    environment: dict[str, str]
    process: asyncio.subprocess.Process | None = None
    deaths: int = 0

    async def keep_running(self) -> None:
        """Start it, and again whenever it ends, as a supervisor does."""
        command = [sys.executable, "-m", "tests.chaos.replica", str(self.clock_file)]
        while True:
            self.process = await asyncio.create_subprocess_exec(
                *command, env={**self.environment, "PORT": str(self.port)}
            )
            await self.process.wait()
            await asyncio.sleep(0.2)

    async def kill(self) -> None:
        """kill -9."""
        self.deaths += 1
        await self.end()

    async def end(self) -> None:
        """Gone, until the supervisor starts it again."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    async def drain(self) -> None:
        """SIGTERM; return when it has ended."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()

    async def freeze(self, seconds: float) -> None:
        """Hold the process up for that long."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGSTOP)
            frozen = self.process
            await asyncio.sleep(seconds)
            if frozen.returncode is None:
                frozen.send_signal(signal.SIGCONT)


@dataclass
class Stage:
    """Everything that is there during a run."""

    workspace: Workspace
    url: str
    engine_name: str
    replicas: list[Replica]
    clock_file: Path
    server: Server | None
    readiness: Readiness
    _turn: int = 0

    def set_clock(self, offset: float) -> None:
        """Both replicas' clocks are off by that much from now on."""
        new = self.clock_file.with_suffix(".new")
        new.write_text(str(offset))
        new.replace(self.clock_file)

    def make_channels(self, count: int, prefix: str) -> list[str]:
        """Channels with everybody and the app in them."""
        return [channel.id for channel in many_channels(self.workspace.state, count, prefix)]

    async def subscribe(self, rows: list[tuple[str, Schedule, float]]) -> None:
        """Subscriptions (channel, schedule, planned from when on), straight into the database."""
        kept = []
        for channel, schedule, since in rows:
            first = next_occurrence(schedule, datetime.fromtimestamp(since, UTC))
            kept.append(
                {
                    "team_id": self.workspace.credentials.team_id,
                    "channel_id": channel,
                    "owner": OWNER,
                    "tz": schedule.tz,
                    "local_time": schedule.local_time,
                    "days": schedule.day_numbers,
                    "next_date": first.local_date.isoformat(),
                    "next_due_utc": first.due.timestamp(),
                    "created_at": since,
                }
            )
        engine = create_engine(self.url)
        async with transaction(engine) as connection:
            await connection.execute(insert(subscription), kept)
        await engine.dispose()

    async def calm(self) -> None:
        """No more faults; the clocks are right."""
        self.workspace.faults.clear()
        self.set_clock(0.0)

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until the condition holds, at most that long; whether it does."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            await asyncio.sleep(0.1)
        return True

    async def explain(self, keys: list[tuple[str, str]]) -> None:
        """Print what the desk's own tables say about messages that went wrong."""
        if not keys:
            return
        engine = create_engine(self.url)
        async with transaction(engine) as connection:
            for channel, second in keys[:20]:
                for table, column in ((delivery, delivery.c.local_date), (inbox, inbox.c.message_ts)):
                    wanted = select(table).where(table.c.channel_id == channel, column == second)
                    for row in (await connection.execute(wanted)).mappings():
                        sys.stderr.write(f"{table.name} {dict(row)}\n")
                for message in self.workspace.state.channels[channel].messages.values():
                    if message.get("bot_id") and second in (posted(message).get("date"), message.get("thread_ts")):
                        sys.stderr.write(f"message {message['ts']} {posted(message)}\n")
        await engine.dispose()

    async def balance(self, request: web.Request) -> web.Response:
        """Pass a request to the next replica that takes it; 502 when none does."""
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        session: aiohttp.ClientSession = request.app[SESSION]
        self._turn += 1
        for step in range(len(self.replicas)):
            port = self.replicas[(self._turn + step) % len(self.replicas)].port
            try:
                async with session.post(f"http://127.0.0.1:{port}/slack/events", data=body, headers=headers) as answer:
                    text = await answer.text()
                    return web.Response(status=answer.status, text=text, content_type=answer.content_type)
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                return web.Response(status=502)
        return web.Response(status=502)


SESSION = web.AppKey("session", aiohttp.ClientSession)


@asynccontextmanager
async def stage(
    folder: Path, url: str, engine_name: str, server: Server | None, seed: int, *, offset: float = 0.0
) -> AsyncIterator[Stage]:
    """A stage with both replicas listening, their clocks off by `offset`."""
    workspace = Workspace(clock=HurriedClock(), seed=seed, traffic_limit=100)
    clock_file = folder / "clock"
    clock_file.write_text(str(offset))
    async with workspace:
        environment = _environment(workspace, url)
        replicas = [Replica(await _free_port(), clock_file, environment) for _ in range(2)]
        async with _kept_running(replicas), readiness([one.port for one in replicas]) as watched:
            set_up = Stage(workspace, url, engine_name, replicas, clock_file, server, watched)
            async with _balancer(set_up) as address:
                workspace.set_request_url(address)
                yield set_up


@asynccontextmanager
async def _kept_running(replicas: list[Replica]) -> AsyncIterator[None]:
    watching = [asyncio.create_task(replica.keep_running()) for replica in replicas]
    try:
        yield
    finally:
        for watch in watching:
            watch.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await asyncio.gather(*(replica.end() for replica in replicas))


def _environment(workspace: Workspace, url: str) -> dict[str, str]:
    passed = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "PYTHONPATH")}
    return {
        **passed,
        "SLACK_BOT_TOKEN": workspace.credentials.bot_token,
        "SLACK_SIGNING_SECRET": workspace.credentials.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": url,
        "SYRIA_DESK_DOSSIER": str(SMALL),
        "SYRIA_DESK_LOG_LEVEL": "ERROR",
    }


@asynccontextmanager
async def _balancer(set_up: Stage) -> AsyncIterator[str]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        app = web.Application()
        app[SESSION] = session
        app.router.add_post("/slack/events", set_up.balance)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        await runner.cleanup()


async def _free_port() -> int:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


def posted(message: dict[str, Any]) -> dict[str, Any]:
    """The payload a message of the desk carries."""
    payload: dict[str, Any] = (message.get("metadata") or {}).get("event_payload") or {}
    return payload

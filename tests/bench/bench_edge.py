"""A slash answer over signed HTTP beside two bare Bolt echoes, in one run: `python -m tests.bench.bench_edge`.

Each server runs in a process of its own; the client speaks HTTP over plain sockets, so that it costs little.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from tests.support.signing import FORM, command, signed

SECRET = "8f3c1a5e0b7d4926a1c8e3f5072b9d64"
TOKEN = "xoxb-1-2-bench"
Ports = Any


def serve_echo(port: Ports, *, process_before_response: bool) -> None:
    """A Bolt app that says the text back."""
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.authorization import AuthorizeResult

    async def known(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U1", bot_id="B1", bot_token=TOKEN)

    app = AsyncApp(signing_secret=SECRET, authorize=known, process_before_response=process_before_response)

    @app.command("/syria")
    async def echo(ack: Any, command: dict[str, Any]) -> None:
        await ack(text=command["text"], response_type="ephemeral")

    asyncio.run(_serve(app.web_app(path="/slack/events"), port))


def serve_fast_echo(port: Ports) -> None:
    """Bolt answering from the listener, as the desk does."""
    serve_echo(port, process_before_response=True)


def serve_default_echo(port: Ports) -> None:
    """Bolt as it comes."""
    serve_echo(port, process_before_response=False)


def serve_desk(port: Ports) -> None:
    """The desk."""
    from bot import logs
    from bot.app import create_app
    from bot.settings import DEFAULT_DOSSIER, Settings

    logs.set_up("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(TOKEN),
            slack_signing_secret=SecretStr(SECRET),
            slack_api_url="http://127.0.0.1:9/api/",
            database_url=SecretStr(f"sqlite:///{Path(folder) / 'bench.db'}"),
            dossier=DEFAULT_DOSSIER,
        )
        asyncio.run(_serve(create_app(settings), port))


async def _serve(app: web.Application, port: Ports) -> None:
    from bot.serve import settle

    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    settle()
    port.send(runner.addresses[0][1])
    await asyncio.Event().wait()


@dataclass(frozen=True)
class Measured:
    """Latencies in milliseconds and requests a second."""

    p50: float
    p99: float
    rate: float


def questions(count: int) -> list[str]:
    """Distinct questions: every English example of the dossier, then the same with a number."""
    from bot.settings import DEFAULT_DOSSIER
    from knowledge.load import load_dossier

    dossier = load_dossier(DEFAULT_DOSSIER)
    entries = (*dossier.facts, *dossier.actors, *dossier.questions)
    examples = list(dict.fromkeys(text for entry in entries for text in entry.examples.en))
    rounds = -(-count // len(examples))
    return [text if turn == 0 else f"{text} ({turn})" for turn in range(rounds) for text in examples][:count]


def request(text: str) -> bytes:
    """A signed slash command as bytes."""
    body = command(text)
    headers = {**signed(body, SECRET, FORM), "Host": "127.0.0.1", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n{body}".encode()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes) -> None:
    """One request and its whole answer."""
    writer.write(raw)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if " 200 " not in head.split("\r\n", 1)[0]:
        raise RuntimeError(head)
    length = int(head.split("content-length: ", 1)[1].split("\r\n", 1)[0])
    if not await reader.readexactly(length):
        raise RuntimeError("an empty answer")


async def measure(port: int, texts: Sequence[str], connections: int) -> Measured:
    """Ask every text once, over that many connections at a time."""
    waiting = [request(text) for text in texts]
    spent: list[float] = []

    async def worker() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while waiting:
            raw = waiting.pop()
            started = time.perf_counter()
            await ask(reader, writer, raw)
            spent.append((time.perf_counter() - started) * 1000)
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(connections)))
    whole = time.perf_counter() - started
    return Measured(statistics.median(spent), statistics.quantiles(spent, n=100)[98], len(texts) / whole)


def run(server: Callable[[Ports], None], texts: Sequence[str], rounds: Sequence[int]) -> dict[int, Measured]:
    """Start a server, warm it, measure each number of connections, stop it."""
    mine, its = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=server, args=(its,), daemon=True)
    process.start()
    its.close()
    try:
        port = mine.recv()
        asyncio.run(measure(port, [*texts[:50], "check it is so"], 1))
        return {connections: asyncio.run(measure(port, texts, connections)) for connections in rounds}
    finally:
        process.terminate()
        process.join()


def table(found: dict[str, dict[int, Measured]]) -> Table:
    """The figures side by side."""
    shown = Table("server", "connections", "p50 ms", "p99 ms", "requests/s")
    for name, by_connections in found.items():
        for connections, one in by_connections.items():
            shown.add_row(name, str(connections), f"{one.p50:.2f}", f"{one.p99:.2f}", f"{one.rate:.0f}")
    return shown


def main() -> None:
    """Measure and print, with each target beside its figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=1500)
    count = options.parse_args().requests
    texts = questions(count)
    desk = run(serve_desk, texts, (1, 8))
    fast = run(serve_fast_echo, texts, (1, 8))
    slow = run(serve_default_echo, texts[: min(count, 400)], (1, 8))
    console = Console()
    console.print(table({"desk": desk, "bare echo": fast, "Bolt's default echo": slow}))
    console.print(f"p50 over the bare echo's: {desk[1].p50 - fast[1].p50:+.2f} ms (target at most +1.00)")
    console.print(f"faster than Bolt's default echo: {slow[1].p50 / desk[1].p50:.1f}x (target at least 8)")
    console.print(f"throughput of the bare echo at 8: {desk[8].rate / fast[8].rate:.0%} (target at least 25 %)")
    console.print(f"throughput of the default echo at 8: {desk[8].rate / slow[8].rate:.1f}x (target above 1)")


if __name__ == "__main__":
    main()

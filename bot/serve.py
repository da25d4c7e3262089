"""Running the bot: listen, reload on SIGHUP, drain and stop on SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import signal

from aiohttp import web

from bot import logs
from bot.app import create_app
from bot.edge import EDGE
from bot.errors import StartError
from bot.settings import Settings


def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; raises StartError, SettingsError or SlackUnreachableError when it cannot start."""
    logs.set_up(settings.log_level)
    settings.bot_token  # noqa: B018 - a missing token is said before anything is started
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    runner = web.AppRunner(create_app(settings), access_log=None, shutdown_timeout=settings.drain_seconds)
    stop = asyncio.Event()
    try:
        await runner.setup()
        edge = runner.app[EDGE]
        who = await edge.identity.learn()
        await listen(runner, settings.host, settings.port)
        settle()
        _on_signals(stop, runner)
        address = runner.addresses[0] if runner.addresses else None
        logs.log().info("ready", team=who.team, version=edge.shelf.desk.version, address=address)
        await stop.wait()
        logs.log().info("stopping", drain_seconds=settings.drain_seconds)
    finally:
        await runner.cleanup()


def settle() -> None:
    """Keep what was loaded out of the garbage collector's rounds: it lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def listen(runner: web.AppRunner, host: str, port: int) -> int:
    """Open the port and return its number; raises StartError when somebody else has it."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise StartError(f"cannot listen on {host}:{port} ({error.strerror}): free it or choose another port") from None
    return int(runner.addresses[0][1])


def _on_signals(stop: asyncio.Event, runner: web.AppRunner) -> None:
    loop = asyncio.get_running_loop()
    edge = runner.app[EDGE]

    async def reload() -> None:
        fault = await asyncio.to_thread(edge.shelf.reload)
        edge.metrics.reloads.labels("failed" if fault else "done").inc()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: edge.tasks.spawn(reload(), "reload"))

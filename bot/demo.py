"""The local workspace with the bot in it, in one process, over real HTTP."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from socket import create_server

from aiohttp import web
from pydantic import SecretStr

from bot import logs
from bot.app import create_app
from bot.edge import EDGE
from bot.errors import StartError
from bot.listeners.home import tries
from bot.manifest import manifest
from bot.render.message import Surface, message
from bot.serve import listen
from bot.settings import Settings, load_settings
from bot.workspace.demo import start_workspace
from bot.workspace.server import Workspace
from handlers.answer import Answer, Section, Status

LOOPBACK = "127.0.0.1"
WELCOME_CHANNEL = "newsroom"
WELCOME = "Welcome. This is a newsroom's Slack on your own machine, with Syria Desk in it."
TRY = (
    "/syria who is Cho Tae-yul: the answer is for your eyes; Share to channel shows it to everyone",
    "@Syria Desk who signed the joint statement? The answer comes in a thread; ask on there: and when?",
    "Write to Syria Desk under Direct messages",
    "Check with Syria Desk, in the menu of any message, compares the message with the article",
)


def run_demo(port: int, *, browser: bool, socket: bool) -> None:
    """Run until interrupted; prints the page's address. Raises StartError when the port is taken."""
    asyncio.run(_run(port, browser=browser, socket=socket))


async def _run(port: int, *, browser: bool, socket: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with demo(port, socket=socket) as workspace:
        sys.stdout.write(f"Syria Desk is at {workspace.url}  (Ctrl+C stops it)\n")
        sys.stdout.flush()
        if browser:
            await asyncio.to_thread(webbrowser.open, workspace.url)
        await stop.wait()


@asynccontextmanager
async def demo(port: int, *, socket: bool = False) -> AsyncIterator[Workspace]:
    """A running workspace and bot; both stop at the end."""
    logs.set_up("WARNING")
    _require_free(port)
    workspace = await start_workspace(port, manifest(socket=socket, follow_ups=True))
    with tempfile.TemporaryDirectory(prefix="syria-desk-") as folder:
        runner = web.AppRunner(create_app(_settings(workspace, Path(folder), socket=socket)), access_log=None)
        try:
            await runner.setup()
            if not socket:
                bound = await listen(runner, LOOPBACK, 0)
                workspace.set_request_url(f"http://{LOOPBACK}:{bound}/slack/events")
            await _welcome(runner, workspace)
            yield workspace
        finally:
            await runner.cleanup()
            await workspace.stop()


def _require_free(port: int) -> None:
    try:
        create_server((LOOPBACK, port)).close()
    except OSError as error:
        raise StartError(f"cannot listen on port {port} ({error.strerror}): choose another with --port") from None


def _settings(workspace: Workspace, folder: Path, *, socket: bool) -> Settings:
    shared = workspace.credentials
    return load_settings().model_copy(
        update={
            "slack_bot_token": SecretStr(shared.bot_token),
            "slack_signing_secret": SecretStr(shared.signing_secret),
            "slack_app_token": SecretStr(shared.app_token) if socket else None,
            "slack_api_url": workspace.api_url,
            "database_url": SecretStr(f"sqlite:///{folder / 'desk.db'}"),
            "drain_seconds": 1.0,
        }
    )


async def _welcome(runner: web.AppRunner, workspace: Workspace) -> None:
    edge = runner.app[EDGE]
    await edge.identity.learn()
    greeting = Answer(
        status=Status.COMMAND,
        intent="help",
        lead=WELCOME,
        sections=(Section(title="Try", lines=TRY),),
        suggestions=tries(edge)[:4],
    )
    shown = message(greeting, Surface.THREAD)
    await edge.slack.chat_postMessage(
        channel=workspace.channel(WELCOME_CHANNEL).id, text=shown.text, blocks=shown.blocks, unfurl_links=False
    )

"""The whole bot beside a local workspace, over real HTTP with real signatures or over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from pydantic import SecretStr

from bot.app import create_app
from bot.edge import EDGE, Edge
from bot.manifest import manifest
from bot.settings import DEFAULT_DOSSIER, Settings
from bot.shelf import Shelf
from bot.workspace import SlackApp, Workspace

REPORTER, OTHER, EDITOR = "U0REPORT01", "U0REPORT02", "U0EDITOR01"
Json = dict[str, Any]


@dataclass
class Running:
    """A bot under test and the workspace that it is in."""

    workspace: Workspace
    app: web.Application
    url: str
    session: aiohttp.ClientSession

    @property
    def edge(self) -> Edge:
        """The bot's parts."""
        return self.app[EDGE]

    @property
    def events_url(self) -> str:
        """Where Slack calls."""
        return f"{self.url}/slack/events"

    def room(self, name: str = "newsroom") -> str:
        """A channel's id."""
        return self.workspace.channel(name).id

    async def slash(self, text: str, user: str = REPORTER, room: str = "newsroom") -> Json:
        """Type `/syria …` and return the message that is shown for it."""
        outcome = await self.workspace.slash(user, self.room(room), "/syria", text)
        assert outcome.ok, outcome.failure
        assert outcome.shown is not None
        return outcome.shown

    def mention(self, text: str, user: str = REPORTER, thread_ts: str | None = None) -> Json:
        """Name the bot in #newsroom."""
        return self.workspace.say(user, self.room(), f"@Syria Desk {text}", thread_ts)

    async def replies(self, root: Json, count: int = 1, room: str = "newsroom") -> list[Json]:
        """The bot's messages in a thread, once there are that many."""
        thread = root.get("thread_ts") or root["ts"]

        def there() -> list[Json]:
            found = [one for one in self.workspace.messages(self.room(room), thread) if one.get("bot_id")]
            return found if len(found) >= count else []

        return await self.workspace.wait_for(there)

    async def whispered(self, count: int, user: str = REPORTER) -> Json:
        """The latest message that only this person sees, once there are that many."""
        return (
            await self.workspace.wait_for(
                lambda: found if len(found := self.workspace.ephemerals(user)) >= count else None
            )
        )[-1]

    async def modal(self, user: str = REPORTER, title: str | None = None) -> Json:
        """The modal that this person has open."""

        def there() -> Json | None:
            view = self.workspace.modal(user)
            return view if view and title in (None, view["title"]["text"]) else None

        found = await self.workspace.wait_for(there)
        assert found is not None
        return found

    async def post(self, body: bytes | str, headers: dict[str, str]) -> tuple[int, str]:
        """Send raw bytes to the events route."""
        async with self.session.post(self.events_url, data=body, headers=headers) as reply:
            return reply.status, await reply.text()

    async def get(self, path: str) -> tuple[int, str]:
        """Read one of the bot's own pages."""
        async with self.session.get(f"{self.url}{path}") as reply:
            return reply.status, await reply.text()


def settings_for(workspace: Workspace, folder: Path, **changes: Any) -> Settings:
    """Settings for a bot in this workspace; nothing of the environment is used."""
    given: dict[str, Any] = {
        "slack_bot_token": SecretStr(workspace.credentials.bot_token),
        "slack_signing_secret": SecretStr(workspace.credentials.signing_secret),
        "slack_api_url": workspace.api_url,
        "database_url": SecretStr(f"sqlite:///{folder / 'desk.db'}"),
        "drain_seconds": 2.0,
        "dossier": DEFAULT_DOSSIER,
    }
    return Settings.model_construct(**{**_defaults(), **given, **changes})


def _defaults() -> dict[str, Any]:
    return {name: field.get_default() for name, field in Settings.model_fields.items()}


@asynccontextmanager
async def running(
    folder: Path,
    shelf: Shelf | None = None,
    *,
    socket: bool = False,
    follow_ups: bool = True,
    prepare: Callable[[Workspace], None] = lambda _: None,
    **changes: Any,
) -> AsyncIterator[Running]:
    """A started bot in a started workspace; `prepare` may change the workspace first, `changes` the settings."""
    slack_app = SlackApp.from_manifest(manifest(socket=socket, follow_ups=follow_ups))
    async with Workspace(slack_app) as workspace, aiohttp.ClientSession() as session:
        prepare(workspace)
        if socket:
            changes["slack_app_token"] = SecretStr(workspace.credentials.app_token)
        async with started(workspace, session, settings_for(workspace, folder, **changes), shelf, socket=socket) as bot:
            yield bot


@asynccontextmanager
async def started(
    workspace: Workspace,
    session: aiohttp.ClientSession,
    settings: Settings,
    shelf: Shelf | None = None,
    *,
    socket: bool = False,
) -> AsyncIterator[Running]:
    """A bot started in a workspace that is already there, and stopped before the workspace is."""
    app = create_app(settings, shelf=shelf)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        workspace.set_request_url(None if socket else f"{url}/slack/events")
        yield Running(workspace, app, url, session)
    finally:
        await runner.cleanup()

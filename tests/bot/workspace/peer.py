"""A peer that is not Bolt: it notes every raw request and answers as told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.workspace import Workspace


@dataclass
class Peer:
    """What it was sent, and what it answers: one answer a request, the last one from then on."""

    answers: list[web.Response | None] = field(default_factory=list)
    seen: list[tuple[dict[str, str], str]] = field(default_factory=list)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        """Note the request; an answer of None never comes."""
        self.seen.append(({name.casefold(): value for name, value in request.headers.items()}, await request.text()))
        answer = self.answers.pop(0) if self.answers else web.Response()
        if answer is None:
            await self.leaving.wait()
            return web.Response()
        return answer


@asynccontextmanager
async def peer(workspace: Workspace, *answers: web.Response | None) -> AsyncIterator[Peer]:
    """The peer listening on a free port, with the workspace delivering to it."""
    listening = Peer(list(answers))
    application = web.Application()
    application.router.add_post("/slack/events", listening.handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.set_request_url(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield listening
    finally:
        listening.leaving.set()
        await runner.cleanup()

"""What the workspace's page asks for and does; everything it shows is data."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import WSMsgType, web

from bot.workspace import elements
from bot.workspace.conversing import Conversing, Outcome
from bot.workspace.core import Core
from bot.workspace.errors import Json, PersonError
from bot.workspace.events import Events
from bot.workspace.guard import Handler
from bot.workspace.model import Channel
from bot.workspace.pressing import Pressing
from bot.workspace.views import shown

Act = Callable[[Json], Awaitable[Json]]
PRIVATE = frozenset({"ephemeral", "modal", "home"})
PAGE_MESSAGES = 200


class PageApi:
    """The page's files, its reads, its acts and its live feed."""

    def __init__(self, core: Core, talk: Conversing, touch: Pressing, events: Events, files: Path) -> None:
        self._core = core
        self._talk = talk
        self._touch = touch
        self._events = events
        self._files = files

    def register(self, application: web.Application) -> None:
        """Add the routes."""
        router = application.router
        router.add_get("/", self.index)
        router.add_get("/archives/{channel}/{message}", self.index)
        router.add_static("/assets", self._files)
        router.add_get("/page/start", self.start)
        router.add_get("/page/conversation", self.conversation)
        router.add_get("/page/views", self.views)
        router.add_get("/page/traffic", self.traffic)
        router.add_get("/page/live", self.live)
        acts = (self.say, self.slash, self.press, self.shortcut, self.submit, self.close)
        for act in (*acts, self.home, self.join, self.invite, self.dismiss, self.forget_traffic):
            router.add_post(f"/page/{act.__name__}", _polite(act))

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page."""
        return web.FileResponse(self._files / "index.html")

    async def start(self, _request: web.Request) -> web.Response:
        """The team, the app and the people."""
        core, at = self._core, self._core.clock.time()
        users = [user.to_api(core.credentials.team_id, at) for user in core.state.users.values()]
        app = core.app
        return web.json_response(
            {
                "team": core.credentials.team_name,
                "bot_user_id": core.credentials.bot_user_id,
                "app": {"name": app.name, "description": app.description, "home_tab": app.home_tab},
                "commands": [vars(command) for command in app.commands],
                "shortcuts": [vars(shortcut) for shortcut in app.shortcuts],
                "users": users,
                "people": [user.id for user in core.state.people()],
            }
        )

    async def conversation(self, request: web.Request) -> web.Response:
        """One conversation, or one thread of it, as one person sees it; without a channel, the list of them."""
        user = request.query.get("user", "")
        channels = [self._summary(channel, user) for channel in self._core.state.visible_to(user)]
        wanted = request.query.get("channel")
        if not wanted:
            return web.json_response({"channels": channels})
        channel = self._core.state.channels.get(wanted)
        if channel is None or (channel.kind != "channel" and user not in channel.members):
            raise web.HTTPNotFound(text="There is no such conversation.")
        thread = request.query.get("thread_ts")
        return web.json_response(
            {
                "channel": self._summary(channel, user),
                "messages": self._messages(channel, user, thread),
                "prompts": self._core.state.prompts.get(channel.id),
                "status": self._core.state.statuses.get((channel.id, thread or ""), ""),
            }
        )

    def _summary(self, channel: Channel, user: str) -> Json:
        bot = self._core.credentials.bot_user_id
        facts = {"kind": channel.kind, "members": sorted(channel.members), "has_app": bot in channel.members}
        return {**channel.to_api(user), **facts, "joined": user in channel.members, "topic": channel.topic}

    def _messages(self, channel: Channel, user: str, thread: str | None) -> list[Json]:
        stamps = [thread, *channel.threads.get(thread, [])] if thread in channel.messages else channel.roots
        public = [channel.messages[str(stamp)] for stamp in stamps[-PAGE_MESSAGES:]]
        private = [
            entry["message"]
            for entry in self._core.state.ephemerals.values()
            if entry["user"] == user and entry["channel"] == channel.id and entry["message"].get("thread_ts") == thread
        ]
        return sorted(public + private, key=lambda message: str(message["ts"]))

    async def views(self, request: web.Request) -> web.Response:
        """That person's Home tab and open modals."""
        user = request.query.get("user", "")
        home = self._core.state.homes.get(user)
        stack = self._core.state.modals.get(user, [])
        return web.json_response({"home": home and shown(home), "modals": [self._filled(view) for view in stack]})

    def _filled(self, view: Json) -> Json:
        elements.fill(view, {})
        return {**shown(view), "current_channel": view.get("_channel")}

    async def traffic(self, _request: web.Request) -> web.Response:
        """The latest raw traffic, masked."""
        return web.json_response({"exchanges": list(self._core.traffic)[-200:]})

    async def live(self, request: web.Request) -> web.StreamResponse:
        """A WebSocket that tells the page what changed."""
        socket = web.WebSocketResponse(heartbeat=20.0)
        await socket.prepare(request)
        queue = self._core.changes.subscribe()
        feed = asyncio.ensure_future(self._feed(socket, queue, request.query.get("user", "")))
        closing = asyncio.ensure_future(self._close_with_us(socket))
        try:
            async for frame in socket:
                if frame.type is WSMsgType.ERROR:
                    break
        finally:
            self._core.changes.unsubscribe(queue)
            feed.cancel()
            closing.cancel()
            await asyncio.gather(feed, closing, return_exceptions=True)
        return socket

    async def _feed(self, socket: web.WebSocketResponse, queue: "asyncio.Queue[Json]", user: str) -> None:
        await socket.send_json({"kind": "hello"})
        while not socket.closed:
            change = await queue.get()
            if self._may_see(change, user):
                await socket.send_json(change)

    async def _close_with_us(self, socket: web.WebSocketResponse) -> None:
        await self._core.closing.wait()
        await socket.close()

    def _may_see(self, change: Json, user: str) -> bool:
        if change["kind"] in PRIVATE:
            return bool(change["user"] == user)
        channel = self._core.state.channels.get(change.get("channel", ""))
        return channel is None or channel.kind == "channel" or user in channel.members

    async def say(self, body: Json) -> Json:
        """Post a message."""
        return self._talk.say(body["user"], body["channel"], body["text"], body.get("thread_ts"))

    async def slash(self, body: Json) -> Json:
        """Type a command."""
        return _told(await self._talk.slash(body["user"], body["channel"], body["command"], body.get("text", "")))

    async def press(self, body: Json) -> Json:
        """Use an element of a message, of the Home tab or of the topmost modal."""
        user = body["user"]
        where = self._place(user, body)
        about = (body.get("choice"), body.get("block_id"), body.get("values"))
        return _told(await self._touch.press(user, where, body["action_id"], *about))

    def _place(self, user: str, body: Json) -> Json:
        if body.get("view_id"):
            found = self._core.state.views.get(body["view_id"])
        elif body["ts"] in self._core.state.ephemerals:
            found = self._core.state.ephemerals[body["ts"]]["message"]
        else:
            found = self._core.state.require_channel(body["channel"]).messages.get(body["ts"])
        if found is None or found.get("_user", user) != user:
            raise PersonError("That is gone.")
        return found

    async def shortcut(self, body: Json) -> Json:
        """Use a message shortcut, or a global one when no message is named."""
        if "ts" not in body:
            return _told(await self._touch.global_shortcut(body["user"], body["callback_id"]))
        message = self._place(body["user"], body)
        return _told(await self._touch.message_shortcut(body["user"], message, body["callback_id"]))

    async def submit(self, body: Json) -> Json:
        """Send the topmost modal."""
        return _told(await self._touch.submit(body["user"], body["values"], body.get("view_id")))

    async def close(self, body: Json) -> Json:
        """Dismiss the topmost modal."""
        await self._touch.close(body["user"])
        return {}

    async def home(self, body: Json) -> Json:
        """Open the app's Home or Messages tab."""
        self._touch.open_home(body["user"], body.get("tab", "home"))
        return {}

    async def join(self, body: Json) -> Json:
        """Join a channel."""
        self._talk.join(body["user"], body["channel"])
        return {}

    async def invite(self, body: Json) -> Json:
        """Bring the app into a channel."""
        self._talk.invite(body["user"], body["channel"])
        return {}

    async def dismiss(self, body: Json) -> Json:
        """Dismiss a message only visible to oneself."""
        entry = self._core.state.ephemerals.get(body["ts"])
        if entry is not None and entry["user"] == body["user"]:
            del self._core.state.ephemerals[body["ts"]]
        return {}

    async def forget_traffic(self, _body: Json) -> Json:
        """Empty the traffic panel."""
        self._core.traffic.clear()
        return {}


def _told(outcome: Outcome) -> Json:
    return {"failure": outcome.failure, "errors": outcome.errors, "ts": outcome.shown and outcome.shown["ts"]}


def _polite(act: Act) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = await request.json()
            return web.json_response(await act(body))
        except PersonError as error:
            return web.json_response({"failure": str(error)}, status=409)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"failure": f"malformed request: {error}"}, status=400)

    return handle

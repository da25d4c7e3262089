"""The local workspace: a Slack in one process."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from bot.workspace.app import Credentials, SlackApp
from bot.workspace.clock import Clock, SystemClock
from bot.workspace.control import Control
from bot.workspace.conversing import Conversing
from bot.workspace.core import Core
from bot.workspace.deliver import Delivery
from bot.workspace.errors import Json
from bot.workspace.events import EventDelivery, Events
from bot.workspace.guard import LOOPBACK, guard, harden
from bot.workspace.model import Channel
from bot.workspace.page_api import PageApi
from bot.workspace.pressing import Pressing
from bot.workspace.respond import Responses
from bot.workspace.seed import newsroom
from bot.workspace.socket_mode import SocketMode
from bot.workspace.state import State
from bot.workspace.web_api import WebApi

T = TypeVar("T")
PAGE = Path(__file__).parent / "page"
MOST_BYTES = 4 * 1024 * 1024


class Workspace:
    """One workspace with one app installed, served on a loopback port.

    `control=True` opens /control to other processes. `answer_seconds` is how long the app has to acknowledge.
    """

    def __init__(
        self,
        app: SlackApp | None = None,
        credentials: Credentials | None = None,
        *,
        clock: Clock | None = None,
        control: bool = False,
        answer_seconds: float = 3.0,
        traffic_limit: int = 1000,
        seed: int = 0,
        populate: Callable[[State], None] = newsroom,
    ) -> None:
        self.credentials = credentials or Credentials()
        self.core = Core.create(app or SlackApp(), self.credentials, clock or SystemClock(), traffic_limit, seed)
        self.state = self.core.state
        self.faults = self.core.faults
        self.traffic = self.core.traffic
        self.sockets = SocketMode(self.core)
        self.delivery = Delivery(self.core, self.sockets, answer_seconds)
        self.events = Events(self.core, self.delivery)
        self._responses = Responses(self.core)
        self._talk = Conversing(self.core, self.delivery, self.events, self._responses)
        self._touch = Pressing(self.core, self.delivery, self.events)
        self.say, self.edit, self.delete = self._talk.say, self._talk.edit, self._talk.delete
        self.join, self.invite, self.remove_app = self._talk.join, self._talk.invite, self._talk.remove_app
        self.slash = self._talk.slash
        self.press, self.open_home, self.modal = self._touch.press, self._touch.open_home, self._touch.modal
        self.message_shortcut = self._touch.message_shortcut
        self.global_shortcut = self._touch.global_shortcut
        self.submit, self.close_modal = self._touch.submit, self._touch.close
        populate(self.state)
        self.web = self._application(control=control)
        self._runner: web.AppRunner | None = None

    def _application(self, *, control: bool) -> web.Application:
        application = web.Application(middlewares=[guard(LOOPBACK)], client_max_size=MOST_BYTES)
        application.on_response_prepare.append(harden)
        application.on_startup.append(self._open)
        application.on_shutdown.append(self._close)
        api = WebApi(self.core, self.sockets)
        application.router.add_route("POST", "/api/{method}", api.handle)
        application.router.add_route("GET", "/api/{method}", api.handle)
        application.router.add_get("/link/", self.sockets.handle)
        application.router.add_post("/hooks/{kind}/{team}/{key}", self._responses.handle)
        PageApi(self.core, self._talk, self._touch, self.events, PAGE).register(application)
        if control:
            Control(self).register(application)
        return application

    async def _open(self, _application: web.Application) -> None:
        await self.delivery.start()

    async def _close(self, _application: web.Application) -> None:
        self.core.closing.set()
        await self.events.stop()
        await self.sockets.disconnect(abruptly=True)
        await self.delivery.stop()

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> str:
        """Listen and return the base URL; port 0 takes a free one."""
        if host not in LOOPBACK:
            raise ValueError(f"the workspace listens on loopback only, not on {host}")
        self._runner = web.AppRunner(self.web, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        bound = self._runner.addresses[0][1]
        self.core.base_url = f"http://{host}:{bound}"
        return self.core.base_url

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> "Workspace":
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The address of the page."""
        return self.core.base_url

    @property
    def api_url(self) -> str:
        """What the app takes as SLACK_API_URL."""
        return f"{self.core.base_url}/api/"

    def set_request_url(self, url: str | None) -> None:
        """Deliver over HTTP to this address from now on; None means Socket Mode."""
        self.delivery.request_url = url

    def channel(self, wanted: str) -> Channel:
        """A conversation by id or name."""
        return self.state.require_channel(wanted)

    def direct(self, user_id: str) -> Channel:
        """That person's direct messages with the app."""
        return self.state.direct_channel(user_id)

    def create_channel(self, name: str, *, private: bool = False, members: list[str] | None = None) -> Channel:
        """A new channel; with everybody and the app in it unless members are named."""
        everybody = [*(person.id for person in self.state.people()), self.credentials.bot_user_id]
        return self.state.add_channel(name, "group" if private else "channel", members or everybody)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """What everybody sees in a conversation or a thread, oldest first."""
        place = self.channel(channel)
        stamps = place.threads.get(thread_ts, []) if thread_ts else place.roots
        return [place.messages[stamp] for stamp in stamps]

    def from_app(self, channel: str | None = None) -> list[Json]:
        """Every message the app posted, in one conversation or in all, oldest first."""
        places = [self.channel(channel)] if channel else list(self.state.channels.values())
        return [m for place in places for m in place.messages.values() if m.get("bot_id")]

    def ephemerals(self, user_id: str, channel: str | None = None) -> list[Json]:
        """What only that person sees, oldest first."""
        place = self.channel(channel).id if channel else None
        shown = self.state.ephemerals.values()
        return [e["message"] for e in shown if e["user"] == user_id and place in (None, e["channel"])]

    def home(self, user_id: str) -> Json | None:
        """That person's Home tab."""
        return self.state.homes.get(user_id)

    async def wait_for(self, condition: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """The condition's first truthy value, looked at on every change; TimeoutError when it stays falsy."""
        return await self.core.changes.wait_for(condition, timeout)

    async def settled(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109
        """Return when every event was taken or given up."""
        await self.wait_for(lambda: self.events.pending == 0, timeout)

    def emit(self, event: Json) -> EventDelivery | None:
        """Send an event of any shape, if the app subscribes to its type."""
        return self.events.emit({"event_ts": self.core.stamps.next(), **event})

    def stop_session(self, user_id: str, channel: str, thread_ts: str) -> None:
        """Press the stop button of an agent session."""
        about = {"user": user_id, "channel": channel, "thread_ts": thread_ts, "streaming_message_ts": []}
        self.emit({"type": "agent_session_stopped", **about})

    def revoke(self) -> None:
        """Uninstall the app: its token is refused from now on, and it is told."""
        revoked = {"oauth": [], "bot": [self.credentials.bot_user_id]}
        self.emit({"type": "tokens_revoked", "tokens": revoked})
        self.emit({"type": "app_uninstalled"})
        self.core.refusal = "account_inactive"

    def signed(self, body: str, content_type: str) -> dict[str, str]:
        """Headers that make a request look as if Slack sent it, for tests of the app's edge."""
        return dict(self.delivery.headers(body, content_type))


def create_workspace(**options: Any) -> web.Application:
    """The workspace as an aiohttp application, for those who run their own server."""
    return Workspace(**options).web

"""/control: what a test harness in another process may see and do. Off unless asked for."""

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.workspace.errors import Json, PersonError
from bot.workspace.faults import fault_from
from bot.workspace.seed import many_channels

if TYPE_CHECKING:
    from bot.workspace.server import Workspace


class Control:
    """JSON over HTTP; a bad request is answered with 400 and the reason."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def register(self, application: web.Application) -> None:
        """Add the routes."""
        router = application.router
        router.add_get("/control/messages", self.messages)
        router.add_get("/control/events", self.events)
        router.add_get("/control/channels", self.channels)
        router.add_post("/control/channels", self.create_channels)
        router.add_get("/control/faults", self.faults)
        router.add_post("/control/faults", self.set_faults)
        router.add_delete("/control/faults", self.clear_faults)
        router.add_post("/control/say", self.say)
        router.add_post("/control/slash", self.slash)
        router.add_post("/control/event", self.emit)
        router.add_post("/control/redeliver", self.redeliver)
        router.add_post("/control/request_url", self.request_url)
        router.add_post("/control/disconnect", self.disconnect)

    async def messages(self, request: web.Request) -> web.Response:
        """Every message with its metadata; ?channel= one conversation, ?from_app=1 the app's own."""
        wanted = request.query.get("channel")
        places = self._workspace.state.channels.values()
        found = [
            {"channel": place.id, **message}
            for place in places
            if wanted in (None, place.id, place.name)
            for message in place.messages.values()
            if not request.query.get("from_app") or message.get("bot_id")
        ]
        return web.json_response({"count": len(found), "messages": found})

    async def events(self, _request: web.Request) -> web.Response:
        """Every event, how often it was tried and whether the app took it."""
        events = self._workspace.events
        return web.json_response({"pending": events.pending, "events": [one.to_json() for one in events.log]})

    async def channels(self, _request: web.Request) -> web.Response:
        """Every conversation."""
        bot = self._workspace.credentials.bot_user_id
        return web.json_response({"channels": [c.to_api(bot) for c in self._workspace.state.channels.values()]})

    async def create_channels(self, request: web.Request) -> web.Response:
        """{"count", "prefix"}: make channels with everybody and the app in them."""
        wanted = await _read(request)
        made = many_channels(self._workspace.state, int(wanted.get("count", 1)), str(wanted.get("prefix", "load")))
        return web.json_response({"channels": [channel.id for channel in made]})

    async def faults(self, _request: web.Request) -> web.Response:
        """What is set and how often it struck."""
        return web.json_response(self._workspace.faults.to_json())

    async def set_faults(self, request: web.Request) -> web.Response:
        """{"faults": [{"method", "kind", "times" | "probability", …}], "redelivery", "seed"}."""
        wanted, faults = await _read(request), self._workspace.faults
        try:
            if "seed" in wanted:
                faults.reseed(int(wanted["seed"]))
            for item in wanted.get("faults", []):
                self._set(str(item.get("method", "*")), item)
            faults.redelivery = float(wanted.get("redelivery", faults.redelivery))
        except (ValueError, TypeError, AttributeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response(faults.to_json())

    def _set(self, method: str, item: Json) -> None:
        fault = fault_from(item)
        if "probability" in item:
            self._workspace.faults.probable(method, fault, float(item["probability"]))
        else:
            self._workspace.faults.add(method, fault, int(item.get("times", 1)))

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """Nothing goes wrong any more."""
        self._workspace.faults.clear()
        return web.json_response(self._workspace.faults.to_json())

    async def say(self, request: web.Request) -> web.Response:
        """{"user", "channel", "text", "thread_ts"?} or {"messages": [those]}: people say things."""
        wanted = await _read(request)
        try:
            said = [
                self._workspace.say(str(one["user"]), str(one["channel"]), str(one["text"]), one.get("thread_ts"))
                for one in wanted.get("messages", [wanted])
            ]
        except (PersonError, KeyError) as error:
            raise web.HTTPBadRequest(text=f"cannot be said: {error}") from error
        return web.json_response({"messages": said})

    async def slash(self, request: web.Request) -> web.Response:
        """{"user", "channel", "command", "text"}: somebody types a command; what it shows at once."""
        wanted = await _read(request)
        try:
            who, where = str(wanted["user"]), str(wanted["channel"])
            command, text = str(wanted.get("command", "/syria")), str(wanted.get("text", ""))
            outcome = await self._workspace.slash(who, where, command, text)
        except (PersonError, KeyError) as error:
            raise web.HTTPBadRequest(text=f"cannot be typed: {error}") from error
        return web.json_response({"shown": outcome.shown, "failure": outcome.failure})

    async def emit(self, request: web.Request) -> web.Response:
        """Send the app this event."""
        sent = self._workspace.emit(await _read(request))
        return web.json_response(sent.to_json() if sent else {"event_id": None})

    async def redeliver(self, request: web.Request) -> web.Response:
        """{"event_ids": […]}: deliver these once more."""
        wanted = set((await _read(request)).get("event_ids", []))
        found = [one for one in self._workspace.events.log if one.event_id in wanted]
        for one in found:
            self._workspace.events.redeliver(one)
        return web.json_response({"redelivered": len(found)})

    async def request_url(self, request: web.Request) -> web.Response:
        """{"url"}: where the app listens; null for Socket Mode."""
        self._workspace.set_request_url((await _read(request)).get("url"))
        return web.json_response({"ok": True})

    async def disconnect(self, request: web.Request) -> web.Response:
        """{"reason"?, "abruptly"?}: end the app's WebSockets."""
        wanted = await _read(request)
        reason = wanted.get("reason", "refresh_requested")
        await self._workspace.sockets.disconnect(reason, abruptly=bool(wanted.get("abruptly")))
        return web.json_response({"ok": True})


async def _read(request: web.Request) -> Json:
    try:
        body: Any = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="send a JSON object") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="send a JSON object")
    return body

"""POST /api/<method>: the Web API, and the faults injected into it."""

import secrets
from hmac import compare_digest

from aiohttp import web

from bot.workspace.api.args import Args, read
from bot.workspace.api.methods import METHODS, Method
from bot.workspace.api.places import require_scope
from bot.workspace.core import Core
from bot.workspace.errors import Json, SlackError
from bot.workspace.faults import Fault
from bot.workspace.socket_mode import SocketMode

OPEN_SOCKET = "apps.connections.open"


class WebApi:
    """Answers the app's calls."""

    def __init__(self, core: Core, sockets: SocketMode) -> None:
        self._core = core
        self._sockets = sockets

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        method = request.match_info["method"]
        fault = self._core.faults.take(method)
        if fault is not None and fault.kind == "delay":
            await self._core.clock.sleep(fault.seconds)
            fault = None
        args, token, unread = await self._read(request)
        exchange = self._core.traffic.begin("from_app", method, args.values, _headers(request))
        if fault is not None and not fault.accepted:
            self._core.traffic.end(exchange, _status(fault), None, f"injected: {fault.kind}, not accepted")
            return await self._fail(request, fault)
        body = unread.body() if unread else self._answer(method, args, token)
        if fault is not None:
            self._core.traffic.end(exchange, _status(fault), body, f"injected: {fault.kind}, but accepted")
            return await self._fail(request, fault)
        self._core.traffic.end(exchange, 200, body)
        return self._reply(body)

    async def _read(self, request: web.Request) -> tuple[Args, str, SlackError | None]:
        try:
            args, token = await read(request)
        except SlackError as error:
            return Args({}), "", error
        return args, token, None

    def _answer(self, name: str, args: Args, token: str) -> Json:
        try:
            return self._open_socket(token) if name == OPEN_SOCKET else self._call(name, args, token)
        except SlackError as error:
            return error.body()

    def _open_socket(self, token: str) -> Json:
        self._check_token(token, self._core.credentials.app_token, "xapp-")
        return {"ok": True, "url": self._sockets.new_url()}

    def _call(self, name: str, args: Args, token: str) -> Json:
        if name not in METHODS:
            raise SlackError("unknown_method", req_method=name)
        self._admit(METHODS[name], token)
        return METHODS[name].call(self._core, args)

    def _admit(self, method: Method, token: str) -> None:
        if method.open_to_all:
            return
        self._check_token(token, self._core.credentials.bot_token, "xoxb-")
        if method.scope:
            require_scope(self._core, method.scope)

    def _check_token(self, token: str, expected: str, prefix: str) -> None:
        if not token:
            raise SlackError("not_authed")
        if self._core.refusal:
            raise SlackError(self._core.refusal)
        if not compare_digest(token.encode(), expected.encode()):
            known = token in (self._core.credentials.bot_token, self._core.credentials.app_token)
            raise SlackError("not_allowed_token_type" if known and not token.startswith(prefix) else "invalid_auth")

    def _reply(self, body: Json, status: int = 200, **headers: str) -> web.Response:
        response = web.json_response(body, status=status, headers=headers)
        response.headers["x-slack-req-id"] = secrets.token_hex(8)
        response.headers["x-oauth-scopes"] = ",".join(sorted(self._core.app.scopes))
        return response

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind == "rate_limited":
            seconds = str(max(0, round(fault.seconds)))
            return self._reply({"ok": False, "error": "ratelimited"}, 429, **{"Retry-After": seconds})
        if fault.kind == "server_error":
            return web.Response(status=fault.status, text="upstream error")
        if fault.kind == "error":
            return self._reply({"ok": False, "error": fault.error})
        if fault.kind == "hang":
            await self._core.closing.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def _headers(request: web.Request) -> Json:
    names = ("Content-Type", "Authorization", "User-Agent")
    return {name: request.headers[name] for name in names if name in request.headers}


def _status(fault: Fault) -> int | None:
    return {"rate_limited": 429, "server_error": fault.status, "error": 200}.get(fault.kind)

"""What Slack sends to the app: signed HTTP or Socket Mode, three seconds to answer."""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp

from bot.workspace.core import Core
from bot.workspace.errors import Json
from bot.workspace.socket_mode import SocketMode

Kind = Literal["events_api", "slash_commands", "interactive"]
_SOCKET_REASONS = {"http_timeout": "timeout"}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """What came back: a status and a body, or the reason why nothing did."""

    status: int | None
    body: Any = None
    failure: str = ""
    headers: Json = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the app took it."""
        return self.status is not None and 200 <= self.status < 300


def sign(secret: str, timestamp: str, body: str) -> str:
    """Slack's signature of a request body."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def encoded(kind: Kind, payload: Json) -> tuple[str, str]:
    """The body of a request and its content type."""
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(fields), FORM


class Delivery:
    """Carries payloads to the app and its answers back."""

    def __init__(self, core: Core, sockets: SocketMode, answer_seconds: float) -> None:
        self._core = core
        self._sockets = sockets
        self._limit = answer_seconds
        self._session: aiohttp.ClientSession | None = None
        self.request_url: str | None = None

    async def start(self) -> None:
        """Open the connection pool."""
        connector = aiohttp.TCPConnector(limit=200)
        self._session = aiohttp.ClientSession(connector=connector, auto_decompress=True)

    async def stop(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def send(self, kind: Kind, name: str, payload: Json, retry: tuple[int, str] = (0, "")) -> Reply:
        """Deliver one payload once."""
        note = f"retry {retry[0]}: {retry[1]}" if retry[0] else ""
        exchange = self._core.traffic.begin("to_app", name, payload)
        try:
            async with asyncio.timeout(self._limit):
                reply = await self._carry(kind, payload, retry, exchange.headers)
        except TimeoutError:
            reply = Reply(None, failure="http_timeout")
        except (aiohttp.ClientError, OSError):
            reply = Reply(None, failure="connection_failed")
        self._core.traffic.end(exchange, reply.status, reply.body, note or reply.failure)
        return reply

    async def _carry(self, kind: Kind, payload: Json, retry: tuple[int, str], seen: Json) -> Reply:
        if self.request_url is None:
            answerable = kind != "events_api"
            again = (retry[0], _SOCKET_REASONS.get(retry[1], retry[1]))
            answer = await self._sockets.send(kind, payload, answerable=answerable, retry=again)
            return Reply(200, answer)
        return await self._post(self.request_url, kind, payload, retry, seen)

    async def _post(self, url: str, kind: Kind, payload: Json, retry: tuple[int, str], seen: Json) -> Reply:
        if self._session is None:
            raise ConnectionError("the workspace is not running")
        body, content_type = encoded(kind, payload)
        seen |= self.headers(body, content_type, retry)
        async with self._session.post(url, data=body.encode(), headers=seen, allow_redirects=False) as response:
            text = await response.text()
            return Reply(response.status, _decoded(response, text), _failure(response), _headers(response))

    def headers(self, body: str, content_type: str, retry: tuple[int, str] = (0, "")) -> Json:
        """The headers of a request with this body, signed now."""
        timestamp = str(int(self._core.wall_time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._core.credentials.signing_secret, timestamp, body),
        }
        if retry[0]:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        return headers


def _decoded(response: aiohttp.ClientResponse, text: str) -> Any:
    if response.content_type != "application/json" or not text:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _failure(response: aiohttp.ClientResponse) -> str:
    if 200 <= response.status < 300:
        return ""
    return "too_many_redirects" if 300 <= response.status < 400 else "http_error"


def _headers(response: aiohttp.ClientResponse) -> Json:
    return {name.casefold(): value for name, value in response.headers.items()}

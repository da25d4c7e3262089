"""The raw traffic between Slack and the app, both ways, with secrets masked."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.workspace.changes import Changes
from bot.workspace.clock import Clock
from bot.workspace.errors import Json

Direction = Literal["to_app", "from_app"]
_SECRET = re.compile(r"(xox[a-z]-|xapp-|v0=|/hooks/\w+/\w+/)[\w.-]{6,}")
_SECRET_KEYS = frozenset({"token", "bot_access_token", "client_secret", "signing_secret"})


@dataclass(slots=True)
class Exchange:
    """One request and its answer."""

    id: int
    at: float
    direction: Direction
    name: str
    request: Any
    headers: Json = field(default_factory=dict)
    status: int | None = None
    response: Any = None
    note: str = ""
    seconds: float = 0.0

    def masked(self) -> Json:
        """The exchange as JSON, safe to show."""
        return {
            "id": self.id,
            "at": self.at,
            "direction": self.direction,
            "name": self.name,
            "request": mask(self.request),
            "headers": mask(self.headers),
            "status": self.status,
            "response": mask(self.response),
            "note": self.note,
            "ms": round(self.seconds * 1000, 1),
        }


class Traffic:
    """The latest exchanges, oldest first."""

    def __init__(self, clock: Clock, changes: Changes, limit: int) -> None:
        self._clock = clock
        self._changes = changes
        self._exchanges: deque[Exchange] = deque(maxlen=limit)
        self._count = 0

    def __iter__(self) -> Iterator[Json]:
        """Every exchange kept, masked."""
        return (exchange.masked() for exchange in list(self._exchanges))

    def __len__(self) -> int:
        return len(self._exchanges)

    def named(self, name: str) -> list[Json]:
        """The exchanges of one Web API method, command or event type."""
        return [exchange.masked() for exchange in list(self._exchanges) if exchange.name == name]

    def begin(self, direction: Direction, name: str, request: Any, headers: Json | None = None) -> Exchange:
        """Note a request on its way."""
        self._count += 1
        exchange = Exchange(self._count, self._clock.time(), direction, name, request, headers or {})
        self._exchanges.append(exchange)
        return exchange

    def end(self, exchange: Exchange, status: int | None, response: Any, note: str = "") -> None:
        """Note its answer."""
        exchange.status, exchange.response, exchange.note = status, response, note
        exchange.seconds = max(0.0, self._clock.time() - exchange.at)
        self._changes.tell("traffic", id=exchange.id)

    def clear(self) -> None:
        """Forget what was exchanged."""
        self._exchanges.clear()
        self._changes.tell("traffic", id=0)


def mask(value: Any) -> Any:
    """The same JSON with tokens, signatures and response addresses hidden."""
    if isinstance(value, str):
        return _SECRET.sub(r"\1…", value)
    if isinstance(value, dict):
        return {key: "…" if key in _SECRET_KEYS and item else mask(item) for key, item in value.items()}
    if isinstance(value, list):
        return [mask(item) for item in value]
    return value

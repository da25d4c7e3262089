"""The HTTP session posts leave by: one try, one time limit, a last look at the lease just before the bytes leave."""

from __future__ import annotations

import ssl as tls
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clock import Clock

HTTP_SECONDS = 12.0
CONNECTIONS = 64


class Guard:
    """Lets the bytes go until a moment of steady time; remembers whether it held them back."""

    def __init__(self, clock: Clock, deadline: float) -> None:
        self._clock = clock
        self._deadline = deadline
        self.refused = False

    def check(self) -> None:
        """Raise when the lease may no longer cover the post."""
        if self._clock.monotonic() >= self._deadline:
            self.refused = True
            raise LeaseTooShort


class LeaseTooShort(Exception):  # noqa: N818 - never leaves the delivery package
    """The process was held up between beginning and sending; nothing was sent."""


_guard: ContextVar[Guard | None] = ContextVar("post_guard", default=None)


@contextmanager
def guarded(guard: Guard | None) -> Iterator[None]:
    """Requests made inside are checked by this guard as their bytes leave."""
    token = _guard.set(guard)
    try:
        yield
    finally:
        _guard.reset(token)


async def _before_bytes(_session: aiohttp.ClientSession, _context: SimpleNamespace, _chunk: object) -> None:
    guard = _guard.get()
    if guard is not None:
        guard.check()


def posting_session(seconds: float = HTTP_SECONDS) -> aiohttp.ClientSession:
    """The session for the one client that posts; close it at shutdown."""
    trace = aiohttp.TraceConfig()
    # aiohttp calls this before it writes the body, and headers wait for the body, so raising here sends nothing.
    trace.on_request_chunk_sent.append(_before_bytes)
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=seconds),
        connector=aiohttp.TCPConnector(limit=CONNECTIONS),
        trace_configs=[trace],
    )


def posting_client(token: str | None, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that never sends a request twice."""
    context = None if base_url.startswith("http://") else tls.create_default_context()
    return AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[], ssl=context)

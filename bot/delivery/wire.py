"""A last look at the lease just before the bytes of a post leave."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

from bot.delivery.clock import Clock

HTTP_SECONDS = 12.0
# How long after its bytes have left a message may still appear, answered or not.
LANDING_SECONDS = 20.0


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


def connector() -> aiohttp.TCPConnector:
    """Connections whose kernel, too, gives up on bytes that nobody takes, instead of sending them minutes later."""
    return aiohttp.TCPConnector(socket_factory=impatient_socket)


def impatient_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """A socket that waits for an acknowledgement as long as a call does, where the system knows such a limit."""
    made = socket.socket(*address[:3])
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(HTTP_SECONDS * 1000))
    return made


def watch(session: aiohttp.ClientSession) -> None:
    """Let guards hold back what this session sends; harmless for requests without one."""
    if any(_before_bytes in trace.on_request_chunk_sent for trace in session.trace_configs):
        return
    trace = aiohttp.TraceConfig()
    # aiohttp calls this before it writes the body, and headers wait for the body, so raising here sends nothing.
    trace.on_request_chunk_sent.append(_before_bytes)
    trace.freeze()
    session.trace_configs.append(trace)

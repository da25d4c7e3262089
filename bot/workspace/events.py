"""The Events API: each event is delivered until the app takes it, at most four times."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bot.workspace import payloads
from bot.workspace.core import Core
from bot.workspace.deliver import Delivery, Reply
from bot.workspace.errors import Json

RETRY_DELAYS = (0.0, 60.0, 300.0)
LINES = 100
KEPT = 50_000


@dataclass
class EventDelivery:
    """One event and what became of it."""

    payload: Json
    attempts: list[str] = field(default_factory=list)
    state: str = "pending"

    @property
    def event_id(self) -> str:
        """Slack's id of the event."""
        return str(self.payload["event_id"])

    def to_json(self) -> Json:
        """For the control interface."""
        inner = self.payload["event"]
        about = {name: inner.get(name) for name in ("type", "channel", "ts", "user")}
        return {"event_id": self.event_id, **about, "state": self.state, "attempts": list(self.attempts)}


class Events:
    """Sends events without holding up whoever caused them."""

    def __init__(self, core: Core, delivery: Delivery) -> None:
        self._core = core
        self._delivery = delivery
        self._tasks: set[asyncio.Task[None]] = set()
        self._lines = asyncio.Semaphore(LINES)
        self.log: deque[EventDelivery] = deque(maxlen=KEPT)

    @property
    def pending(self) -> int:
        """Events that are neither taken nor given up."""
        return len(self._tasks)

    def emit(self, inner: Json, subscription: str | None = None) -> EventDelivery | None:
        """Send an event, if the app subscribes to it."""
        if (subscription or inner["type"]) not in self._core.app.events:
            return None
        delivery = EventDelivery(payloads.event(self._core, inner))
        self.log.append(delivery)
        self._run(self._deliver(delivery))
        return delivery

    def redeliver(self, delivery: EventDelivery, reason: str = "http_timeout") -> None:
        """Send an event again although it was taken, as Slack does when it missed the acknowledgement."""
        self._run(self._again(delivery, reason))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        self._core.changes.tell("event")
        if not task.cancelled():
            task.result()

    async def _deliver(self, delivery: EventDelivery) -> None:
        reason = ""
        for number, delay in enumerate((0.0, *RETRY_DELAYS)):
            if number and delay:
                await self._core.clock.sleep(delay)
            reply = await self._attempt(delivery, (number, reason))
            if reply.ok:
                delivery.state = "delivered"
                if self._core.faults.redelivers():
                    await self._attempt(delivery, (1, "http_timeout"))
                return
            if reply.headers.get("x-slack-no-retry") == "1":
                break
            reason = reply.failure or "unknown_error"
        delivery.state = "failed"

    async def _again(self, delivery: EventDelivery, reason: str) -> None:
        await self._attempt(delivery, (1, reason))

    async def _attempt(self, delivery: EventDelivery, retry: tuple[int, str]) -> Reply:
        name = str(delivery.payload["event"]["type"])
        async with self._lines:
            reply = await self._delivery.send("events_api", name, delivery.payload, retry)
        delivery.attempts.append(reply.failure or str(reply.status))
        self._core.changes.tell("event", event_id=delivery.event_id)
        return reply

    async def stop(self) -> None:
        """Give up what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

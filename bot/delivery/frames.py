"""What a thread was last about, per asker, for half an hour."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.ledger import Write, write_all
from bot.store.engine import transaction
from bot.store.tables import frame

Frame = TypeVar("Frame")
FRAME_SECONDS = 30 * 60.0


class Frames(Generic[Frame]):
    """Reads and keeps frames; `frame_type` is a pydantic model, a dataclass, or any type pydantic can read."""

    def __init__(self, engine: AsyncEngine, clock: Clock, frame_type: type[Frame]) -> None:
        self._engine = engine
        self._clock = clock
        self._adapter: TypeAdapter[Frame] = TypeAdapter(frame_type)

    async def get(self, team_id: str, channel_id: str, thread_key: str, user_id: str) -> Frame | None:
        """The frame, unless it is older than half an hour or was written by a version that knew it otherwise."""
        wanted = select(frame.c.frame).where(
            frame.c.team_id == team_id,
            frame.c.channel_id == channel_id,
            frame.c.thread_key == thread_key,
            frame.c.user_id == user_id,
            frame.c.expires_at > self._clock.now(),
        )
        async with transaction(self._engine) as connection:
            kept = await connection.scalar(wanted)
        try:
            return None if kept is None else self._adapter.validate_python(kept)
        except ValidationError:
            return None

    async def put(self, team_id: str, channel_id: str, thread_key: str, user_id: str, value: Frame) -> None:
        """Keep the frame for half an hour from now."""
        async with transaction(self._engine) as connection:
            await write_all(connection, [self.write(team_id, channel_id, thread_key, user_id, value)])

    def write(self, team_id: str, channel_id: str, thread_key: str, user_id: str, value: Frame) -> Write:
        """The same as a row, to be written with something else."""
        values: dict[str, Any] = {
            "team_id": team_id,
            "channel_id": channel_id,
            "thread_key": thread_key,
            "user_id": user_id,
            "frame": self._adapter.dump_python(value, mode="json"),
            "expires_at": self._clock.now() + FRAME_SECONDS,
        }
        return Write(frame, values)

    async def forget(self) -> int:
        """Delete what has expired; returns how many."""
        async with transaction(self._engine) as connection:
            return (await connection.execute(delete(frame).where(frame.c.expires_at < self._clock.now()))).rowcount

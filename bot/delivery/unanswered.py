"""Questions the base could not answer, for the channel's next digest and for the editors."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.store.engine import transaction
from bot.store.tables import unanswered


class Unanswered:
    """Keeps such questions for as long as question text is kept at all."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def note(self, team_id: str, channel_id: str, question: str) -> None:
        """Keep one that did not come through the inbox (a slash command)."""
        row = {"key": uuid4().hex, "team_id": team_id, "channel_id": channel_id, "question": question}
        async with transaction(self._engine) as connection:
            await connection.execute(insert(unanswered).values(asked_at=self._clock.now(), **row))

    async def forget(self, retention_seconds: float) -> int:
        """Delete what is older; returns how many."""
        old = delete(unanswered).where(unanswered.c.asked_at < self._clock.now() - retention_seconds)
        async with transaction(self._engine) as connection:
            return (await connection.execute(old)).rowcount

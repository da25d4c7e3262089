"""What readers report or propose, kept for the editors."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.store.engine import transaction
from bot.store.tables import proposal


class Proposals:
    """The list that editors work through."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    async def add(self, *, team_id: str, user_id: str, channel_id: str, text: str, fact_ids: tuple[str, ...]) -> None:
        """Keep one; raises StoreUnavailable when it could not be kept."""
        row = {"team_id": team_id, "user_id": user_id, "channel_id": channel_id, "text": text}
        async with transaction(self._engine) as connection:
            await connection.execute(
                insert(proposal).values(**row, fact_ids=list(fact_ids), created_at=self._clock.now())
            )

    async def count(self) -> int:
        """How many are open."""
        async with transaction(self._engine) as connection:
            found = await connection.scalar(select(func.count()).where(proposal.c.state == "open"))
        return int(found or 0)

"""What readers report as wrong, kept for the editors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.once import mark
from bot.store.engine import transaction
from bot.store.tables import proposal


class Proposals:
    """The editors' list of reports."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def put(
        self,
        team: str,
        user: str,
        channel: str,
        text: str,
        fact_ids: Sequence[str],
        about_message: str | None,
        form: tuple[str, ...],
    ) -> bool:
        """Keep a report; False when this form was kept before. StoreUnavailable when it was not kept."""
        row = insert(proposal).values(
            team_id=team,
            user_id=user,
            channel_id=channel,
            text=text,
            fact_ids=list(fact_ids),
            about_message=about_message,
            created_at=self._clock.now(),
        )
        async with transaction(self._engine) as connection:
            new = await mark(connection, form, self._clock.now())
            if new:
                await connection.execute(row)
            return new

"""Which message cited which fact, so that a correction can reach everyone who was shown it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.ledger import Write
from bot.store.engine import transaction
from bot.store.tables import shown_facts


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that cited a fact."""

    team_id: str
    channel_id: str
    message_ts: str
    thread_ts: str | None
    shown_at: float


def shown_writes(
    team_id: str, channel_id: str, message_ts: str, thread_ts: str | None, fact_ids: Iterable[str], at: float
) -> list[Write]:
    """A row for each fact that a message cites."""
    return [
        Write(
            shown_facts,
            {
                "team_id": team_id,
                "channel_id": channel_id,
                "message_ts": message_ts,
                "fact_id": fact_id,
                "thread_ts": thread_ts,
                "shown_at": at,
            },
        )
        for fact_id in dict.fromkeys(fact_ids)
    ]


async def messages_that_showed(engine: AsyncEngine, fact_id: str) -> list[Shown]:
    """Every message that cited this fact, oldest first."""
    columns = [shown_facts.c[name] for name in Shown.__dataclass_fields__]
    cited = select(*columns).where(shown_facts.c.fact_id == fact_id).order_by(shown_facts.c.shown_at)
    async with transaction(engine) as connection:
        return [Shown(**row) for row in (await connection.execute(cited)).mappings()]

"""What is there to press in a message, and what a form left behind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from bot.store.engine import transaction
from bot.store.tables import proposal
from tests.support.running import Running


async def reports(bot: Running) -> int:
    """How many reports are kept."""
    async with transaction(bot.edge.inbox._engine) as connection:
        return int(await connection.scalar(select(func.count()).select_from(proposal)) or 0)


async def reported_facts(bot: Running) -> list[str]:
    """The facts that the last report is about."""
    async with transaction(bot.edge.inbox._engine) as connection:
        rows = await connection.scalars(select(proposal.c.fact_ids).order_by(proposal.c.id.desc()))
        return list(rows.first() or [])


def labels(message: dict[str, Any]) -> list[str]:
    """What its buttons say."""
    return [
        element["text"]["text"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def button(message: dict[str, Any], prefix: str) -> str:
    """The first action id that starts so."""
    return next(
        str(element["action_id"])
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"].startswith(prefix)
    )

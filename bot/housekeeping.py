"""Deletes what has been kept long enough: questions after the retention time, thread frames after half an hour."""

from __future__ import annotations

from bot.edge import Edge
from bot.logs import log
from bot.store.engine import StoreUnavailable

EVERY = 3600.0
DAY = 86_400.0


async def keep_tidy(edge: Edge) -> None:
    """Once at the start, then every hour."""
    while True:
        try:
            questions = await edge.inbox.forget(edge.settings.retention_days * DAY)
            await edge.unanswered.forget(edge.settings.retention_days * DAY)
            await edge.frames.forget()
        except StoreUnavailable as error:
            log().warning("not_tidied", fault=str(error))
        else:
            log().info("tidied", questions=questions)
        await edge.clock.sleep(EVERY)

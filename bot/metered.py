"""The poster with its outcomes counted."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock
from bot.delivery.poster import Failed, Permit, Posted, Poster, PostRequest, Unknown
from bot.metrics import Metrics


class MeteredPoster(Poster):
    """Posts as `Poster` does and tells the metrics what came of it."""

    def __init__(self, client: AsyncWebClient, engine: AsyncEngine, clock: Clock, metrics: Metrics) -> None:
        super().__init__(client, engine, clock)
        self._metrics = metrics

    async def post(self, request: PostRequest, permit: Permit | None = None) -> Posted | Failed | Unknown:
        """Post once and count it."""
        outcome = await super().post(request, permit)
        self._metrics.posts.labels(type(outcome).__name__.lower()).inc()
        return outcome

"""What is to be known before a digest is composed, read for many deliveries in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.delivery.batch import Batch
from bot.delivery.clock import Clock
from bot.delivery.ledger import Claim
from bot.delivery.subscriptions import Subscription, subscription_of
from bot.store.engine import transaction
from bot.store.tables import delivery, subscription, unanswered

ROWS = 2000
SHOWN = 3
Asked = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A delivery's subscription, if it was not stopped; whether a later digest is due; what was asked there in vain."""

    subscription: Subscription | None
    superseded: bool
    unanswered: Asked


class Standings:
    """Reads standings; calls that come together share a transaction."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._batch: Batch[Claim, Standing] = Batch(self._read_all)

    async def of(self, claim: Claim) -> Standing:
        """How things stand for this delivery."""
        return await self._batch.submit(claim)

    async def _read_all(self, claims: Sequence[Claim]) -> list[Standing]:
        ids = sorted({claim.row["subscription_id"] for claim in claims})
        async with transaction(self._engine) as connection:
            rows = (await connection.execute(select(subscription).where(subscription.c.id.in_(ids)))).mappings()
            here = {row["id"]: subscription_of(row) for row in rows}
            latest = await self._latest_due(connection, ids)
            asked = await asked_in(connection, list(here.values()))
        return [
            Standing(
                here.get(claim.row["subscription_id"]),
                latest.get(claim.row["subscription_id"], "") > claim.row["local_date"],
                asked.get(claim.row["subscription_id"], []),
            )
            for claim in claims
        ]

    async def _latest_due(self, connection: AsyncConnection, ids: Sequence[int]) -> dict[int, str]:
        # One planned by a clock that ran ahead is not due yet.
        latest = (
            select(delivery.c.subscription_id, func.max(delivery.c.local_date))
            .where(delivery.c.subscription_id.in_(ids), delivery.c.due_utc <= self._clock.now())
            .group_by(delivery.c.subscription_id)
        )
        return dict((await connection.execute(latest)).tuples().all())


async def asked_in(connection: AsyncConnection, places: Sequence[Subscription]) -> dict[int, Asked]:
    """By subscription, what was asked in its own channel since its last digest, the most asked first."""
    if not places:
        return {}
    since = {(one.team_id, one.channel_id): (one.id, one.seen_at or one.created_at) for one in places}
    rows = (
        select(unanswered.c.team_id, unanswered.c.channel_id, unanswered.c.question, unanswered.c.asked_at)
        .where(
            tuple_(unanswered.c.team_id, unanswered.c.channel_id).in_(list(since)),
            unanswered.c.asked_at > min(at for _, at in since.values()),
        )
        .order_by(unanswered.c.asked_at.desc())
        .limit(ROWS)
    )
    wordings: dict[int, dict[str, str]] = {}
    counts: dict[int, Counter[str]] = {}
    for team_id, channel_id, question, asked_at in await connection.execute(rows):
        subscription_id, after = since[team_id, channel_id]
        if asked_at > after:
            wordings.setdefault(subscription_id, {}).setdefault(question.casefold(), question)
            counts.setdefault(subscription_id, Counter())[question.casefold()] += 1
    return {
        subscription_id: [(wordings[subscription_id][words], n) for words, n in counted.most_common(SHOWN)]
        for subscription_id, counted in counts.items()
    }

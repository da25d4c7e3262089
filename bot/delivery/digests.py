"""Sends the planned digests, each once, and tells the owner when one cannot be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.clock import Clock, wait_for_event
from bot.delivery.courier import Courier, Drop, Parcel, Tempo
from bot.delivery.digest_blocks import digest_message
from bot.delivery.digest_content import DigestContent, Edition, Seen, compose_digest
from bot.delivery.digest_notices import introduction, lateness, notice
from bot.delivery.ledger import LEASE_SECONDS, SETTLE_SECONDS, UNKNOWN, Change, Claim, Ledger, Write
from bot.delivery.outbox import Outbox, OutboxRoute
from bot.delivery.planner import Planner
from bot.delivery.poster import Posted, Poster, PostRequest
from bot.delivery.shown import shown_writes
from bot.delivery.standings import Asked, Standings, asked_in
from bot.delivery.subscriptions import Subscription, Subscriptions
from bot.store.engine import StoreUnavailable, transaction
from bot.store.tables import delivery, edition, subscription
from bot.store.upsert import insert_into
from knowledge.model import Dossier, Lang

log = structlog.get_logger(__name__)
GIVE_UP_SECONDS = 20 * 3600.0
PLAN_SECONDS = 5.0
# What says that the place is gone, not that one message was wrong.
GONE = frozenset(
    "account_inactive cannot_dm_bot channel_is_limited_access channel_not_found is_archived is_inactive "
    "messages_tab_disabled no_permission not_in_channel restricted_action restricted_action_read_only_channel "
    "restricted_action_thread_only_channel team_access_not_granted team_not_found token_revoked user_disabled "
    "user_not_found".split()
)


class DigestRoute:
    """From a planned delivery to the digest in its channel."""

    give_up_seconds = GIVE_UP_SECONDS
    when_blind: Literal["resend_once", "unknown"] = "unknown"

    def __init__(
        self, engine: AsyncEngine, clock: Clock, outbox: Outbox, dossier: Callable[[], Dossier], lang: Lang = "en"
    ) -> None:
        self.lang = lang
        self._engine = engine
        self._clock = clock
        self._outbox = outbox
        self._dossier = dossier
        self._subscriptions = Subscriptions(engine, clock)
        self._standings = Standings(engine, clock)
        self._editions: dict[str, Edition] = {}

    async def compose(self, claim: Claim) -> Parcel | Drop:
        """The digest, unless it was stopped, paused, or a later one is due."""
        standing = await self._standings.of(claim)
        here = standing.subscription
        if here is None or not here.enabled:
            return Drop("stopped" if here is None else "paused")
        if standing.superseded:
            return Drop("a later one is due")
        local_date = date.fromisoformat(claim.row["local_date"])
        content = await self._content(here, local_date, standing.unanswered, claim.row["due_utc"])
        await self._keep(content.edition)
        message = digest_message(content, place=here.channel_id)
        request = PostRequest(
            key=claim.key,
            team_id=here.team_id,
            channel_id=here.channel_id,
            text=message.text,
            blocks=message.blocks,
            metadata={"kind": "digest", "date": claim.row["local_date"], "edition": content.edition.id},
            lane="digest",
        )
        return Parcel(request, (here, content))

    async def preview(self, here: Subscription, local_date: date) -> DigestContent:
        """What this subscription's digest would say on a date."""
        async with transaction(self._engine) as connection:
            asked = await asked_in(connection, [here])
        return await self._content(here, local_date, asked.get(here.id, []), None)

    async def _content(
        self, here: Subscription, local_date: date, unanswered: Asked, due_utc: float | None
    ) -> DigestContent:
        seen = Seen(
            edition=await self._edition(here.seen_edition),
            on=date.fromisoformat(here.seen_date) if here.seen_date else None,
            count=here.sent_count,
            unanswered=unanswered,
        )
        intro = introduction(here, self.lang) if here.sent_count == 0 and here.id else ""
        late = lateness(here, due_utc, self._clock.now(), self.lang) if due_utc else ""
        return compose_digest(self._dossier(), local_date, seen, intro=intro, late=late, lang=self.lang)

    def on_sent(self, claim: Claim, parcel: Parcel, posted: Posted) -> Sequence[Write | Change]:
        """What the channel has seen now."""
        here, content = parcel.content
        now = self._clock.now()
        seen = {
            # A post found again may be of an older edition than the one that is loaded now.
            "seen_edition": str(posted.metadata.get("edition") or content.edition.id),
            "seen_date": claim.row["local_date"],
            "seen_at": now,
            "sent_count": here.sent_count + 1,
            "posts_to": posted.channel_id,
        }
        shown = shown_writes(here.team_id, posted.channel_id, posted.ts, None, content.fact_ids, now)
        return [*shown, Change(subscription, here.id, seen)]

    async def on_ended(self, claim: Claim, state: str, reason: str, *, permanent: bool) -> None:
        """A place that is gone pauses its subscription; the owner hears of that, or of a lost digest, once."""
        here = await self._subscriptions.by_id(claim.row["subscription_id"])
        if here is None or not here.enabled:
            return
        gone = permanent and reason in GONE
        if gone or permanent or state == UNKNOWN or reason.startswith("gave up"):
            await self._tell_owner(here, claim, state, reason, pause=gone)

    async def _tell_owner(self, here: Subscription, claim: Claim, state: str, reason: str, *, pause: bool) -> None:
        key = f"paused:{here.id}:{here.version}" if pause else f"{state}:{claim.key}"
        text = notice(here, claim.row["local_date"], state, reason, paused=pause, lang=self.lang)
        async with transaction(self._engine) as connection:
            await self._outbox.put_with(connection, key[:64], team_id=here.team_id, channel_id=here.owner, text=text)
            if pause:
                stop = update(subscription).where(subscription.c.id == here.id, subscription.c.version == here.version)
                await connection.execute(stop.values(enabled=False, paused_reason=reason))

    async def _edition(self, edition_id: str | None) -> Edition | None:
        if edition_id is None:
            return None
        if edition_id not in self._editions:
            kept = select(edition.c.facts).where(edition.c.id == edition_id)
            async with transaction(self._engine) as connection:
                facts = await connection.scalar(kept)
            if facts is None:
                return None
            self._editions[edition_id] = Edition(edition_id, {i: (told[0], told[1]) for i, told in facts.items()})
        return self._editions[edition_id]

    async def _keep(self, current: Edition) -> None:
        # Before the first post that refers to it, so that no channel has seen what nobody remembers.
        if current.id in self._editions:
            return
        facts = {i: list(told) for i, told in current.facts.items()}
        row = {"id": current.id, "dossier": self._dossier().name, "facts": facts, "first_seen_at": self._clock.now()}
        async with transaction(self._engine) as connection:
            await connection.execute(insert_into(connection, edition).values(**row).on_conflict_do_nothing())
        self._editions[current.id] = current


class Digests:
    """Plans and sends, on every replica, until it is stopped."""

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        poster: Poster,
        dossier: Callable[[], Dossier],
        *,
        lease_seconds: float = LEASE_SECONDS,
        settle_seconds: float = SETTLE_SECONDS,
        tempo: Tempo | None = None,
        plan_seconds: float = PLAN_SECONDS,
        lang: Lang = "en",
    ) -> None:
        self.outbox = Outbox(engine, clock, lease_seconds=lease_seconds, settle_seconds=settle_seconds)
        self.route = DigestRoute(engine, clock, self.outbox, dossier, lang)
        self.planner = Planner(engine, clock)
        ledger = Ledger(engine, delivery, clock, lease_seconds=lease_seconds, settle_seconds=settle_seconds)
        self.courier = Courier(ledger, poster, self.route, clock, tempo)
        self.notices = Courier(self.outbox.ledger, poster, OutboxRoute(clock), clock, tempo)
        self._clock = clock
        self._plan_seconds = plan_seconds
        self._stopped = asyncio.Event()
        self._planning: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to plan and to send."""
        self._stopped.clear()
        await self.courier.start()
        await self.notices.start()
        self._planning = asyncio.create_task(self._plan_on(), name="digest-planner")

    async def stop(self, drain_seconds: float) -> None:
        """Let what is under way end; the rest waits in the tables."""
        self._stopped.set()
        await asyncio.gather(
            self._end_planning(drain_seconds), self.courier.stop(drain_seconds), self.notices.stop(drain_seconds)
        )

    async def _end_planning(self, drain_seconds: float) -> None:
        if self._planning is not None:
            await asyncio.wait([self._planning], timeout=drain_seconds)
            self._planning.cancel()

    async def _plan_on(self) -> None:
        while not self._stopped.is_set():
            try:
                if await self.planner.plan():
                    self.courier.wake()
            except StoreUnavailable as error:
                log.warning("store_unavailable", doing="planning digests", reason=str(error))
            except Exception:
                log.exception("planning_failed")
            await wait_for_event(self._clock, self._stopped, self._plan_seconds)

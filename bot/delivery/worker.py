"""Answers what is in the inbox, each question once, in its thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal
from uuid import uuid4

import structlog

from bot.delivery.clock import Clock
from bot.delivery.courier import Courier, Drop, Parcel, Tempo
from bot.delivery.frames import Frames
from bot.delivery.inbox import Inbox, question_of
from bot.delivery.ledger import Change, Claim, Write
from bot.delivery.outgoing import Outgoing, Question
from bot.delivery.poster import Posted, Poster, PostRequest
from bot.delivery.shown import shown_writes
from bot.render.words import tell
from bot.store.tables import unanswered
from knowledge.understand.text import language

__all__ = ["AnswerWorker", "Answerer", "Outgoing", "Question", "thread_key"]

log = structlog.get_logger(__name__)
GIVE_UP_SECONDS = 24 * 3600.0

Answerer = Callable[[Question, Any], Awaitable[Outgoing]]


class AnswerRoute:
    """From a question to its answer in the thread."""

    give_up_seconds = GIVE_UP_SECONDS
    when_blind: Literal["resend_once", "unknown"] = "resend_once"

    def __init__(self, frames: Frames[Any], answer: Answerer, clock: Clock) -> None:
        self._frames = frames
        self._answer = answer
        self._clock = clock

    async def compose(self, claim: Claim) -> Parcel | Drop:
        """Compute the answer; if that fails, an apology with a reference that is also in the log."""
        question = question_of(claim)
        frame = await self._frames.get(question.team_id, question.channel_id, thread_key(question), question.user_id)
        try:
            outgoing = await self._answer(question, frame)
        except Exception:
            reference = uuid4().hex[:8]
            log.exception("answer_failed", reference=reference, event_id=question.event_id)
            outgoing = Outgoing(tell("fault_answer", language(question.text), ref=reference))
        return Parcel(_request(claim, question, outgoing), outgoing)

    def on_sent(self, claim: Claim, parcel: Parcel, posted: Posted) -> Sequence[Write | Change]:
        """The thread's frame, the facts shown, and the question if the base had no answer."""
        question, outgoing, now = question_of(claim), parcel.content, self._clock.now()
        thread_ts = parcel.request.thread_ts
        writes = shown_writes(question.team_id, posted.channel_id, posted.ts, thread_ts, outgoing.fact_ids, now)
        if outgoing.frame is not None:
            writes.append(
                self._frames.write(
                    question.team_id, question.channel_id, thread_key(question), question.user_id, outgoing.frame
                )
            )
        if outgoing.unanswered:
            writes.append(_unanswered(claim, question))
        return writes

    async def on_ended(self, claim: Claim, state: str, reason: str, *, permanent: bool) -> None:
        """The row itself keeps the reason; there is nobody to tell where the answer could not go."""


class AnswerWorker:
    """Takes questions from the inbox as they come, and those that another process left behind."""

    def __init__(
        self,
        inbox: Inbox,
        poster: Poster,
        frames: Frames[Any],
        answer: Answerer,
        clock: Clock,
        tempo: Tempo | None = None,
    ) -> None:
        self.courier = Courier(inbox.ledger, poster, AnswerRoute(frames, answer, clock), clock, tempo)
        inbox.on_new(self.courier.wake)

    async def start(self) -> None:
        """Begin to answer."""
        await self.courier.start()

    async def stop(self, drain_seconds: float) -> None:
        """Let answers under way end; the rest waits in the inbox for the next start."""
        await self.courier.stop(drain_seconds)

    def wake(self) -> None:
        """There may be a question."""
        self.courier.wake()


def thread_key(question: Question) -> str:
    """What one conversation is: a thread, or the direct messages themselves."""
    if question.thread_ts:
        return question.thread_ts
    return "dm" if question.surface == "dm" else question.message_ts


def _request(claim: Claim, question: Question, outgoing: Outgoing) -> PostRequest:
    in_thread = question.thread_ts or (None if question.surface == "dm" else question.message_ts)
    return PostRequest(
        key=claim.key,
        team_id=question.team_id,
        channel_id=question.channel_id,
        text=outgoing.text,
        blocks=outgoing.blocks,
        thread_ts=in_thread,
        metadata={"kind": "answer"},
    )


def _unanswered(claim: Claim, question: Question) -> Write:
    return Write(
        unanswered,
        {
            "key": claim.key,
            "team_id": question.team_id,
            "channel_id": question.channel_id,
            "question": question.text,
            "asked_at": claim.created_at,
        },
    )

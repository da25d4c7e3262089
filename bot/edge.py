"""What every listener works with: the desk, Slack's clients, the inbox, the clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clock import Clock
from bot.delivery.digest_commands import DigestDesk, Place, digest_command
from bot.delivery.digests import Digests
from bot.delivery.frames import Frames
from bot.delivery.inbox import Inbox, Question
from bot.delivery.once import Once
from bot.delivery.poster import Poster
from bot.delivery.proposals import Proposals
from bot.delivery.unanswered import Unanswered
from bot.delivery.worker import AnswerWorker, Outgoing
from bot.logs import log
from bot.metrics import Metrics
from bot.render.blocks import Block
from bot.render.message import Message, Surface, message
from bot.settings import Settings
from bot.shelf import Shelf
from bot.slack import FAULTS, Identity
from bot.tasks import Tasks
from handlers.answer import Answer, Status
from handlers.desk import Desk, Reply
from knowledge.understand.reading import Frame
from knowledge.understand.text import language


@dataclass
class Edge:
    """The parts of a running bot; one of these goes to every listener as `edge`."""

    settings: Settings
    shelf: Shelf
    clock: Clock
    metrics: Metrics
    session: aiohttp.ClientSession
    slack: AsyncWebClient
    identity: Identity
    inbox: Inbox
    frames: Frames[Frame]
    poster: Poster
    worker: AnswerWorker
    proposals: Proposals
    unanswered: Unanswered
    digest: DigestDesk
    digests: Digests
    once: Once
    tasks: Tasks = field(default_factory=Tasks)
    home: tuple[Desk, Block] | None = None

    def now(self) -> datetime:
        """The moment, in UTC."""
        return moment(self.clock)

    def ask(self, text: str, surface: str, frame: Frame | None = None) -> Reply:
        """Understand and answer; counted and timed, the words not logged."""
        return answer(self.shelf, self.metrics, self.clock, text, surface, frame)

    def message(self, text: str, surface: Surface) -> tuple[Answer, Message]:
        """A question answered and rendered for one surface."""
        found = self.ask(text, surface.value).answer
        return found, message(found, surface, asked=text)

    async def respond(self, response_url: str, payload: dict[str, object]) -> bool:
        """Send to a response_url, once; False when Slack did not take it."""
        if not _slack_host(response_url, self.settings.slack_api_url):
            log().warning("response_url_refused")
            return False
        try:
            async with self.session.post(response_url, json=payload, timeout=aiohttp.ClientTimeout(total=10)) as reply:
                taken = reply.status == 200
        except FAULTS as error:
            log().warning("response_url_failed", fault=type(error).__name__)
            taken = False
        self.metrics.replies.labels("response_url", "sent" if taken else "failed").inc()
        return taken


EDGE = web.AppKey("edge", Edge)


def moment(clock: Clock) -> datetime:
    """A clock's time as a datetime in UTC."""
    return datetime.fromtimestamp(clock.now(), UTC)


def answer(shelf: Shelf, metrics: Metrics, clock: Clock, text: str, surface: str, frame: Frame | None) -> Reply:
    """Ask the desk that is being served now."""
    started = perf_counter()
    reply = shelf.desk.answer(text, frame=frame, now=moment(clock))
    spent = perf_counter() - started
    metrics.questions.labels(surface, reply.answer.status.value).inc()
    metrics.seconds.observe(spent)
    return reply


async def digest_outgoing(words: str, question: Question, digest: DigestDesk) -> Outgoing:
    """What the worker posts for `digest …`; a form cannot be opened from a message, so its words are shown instead."""
    lang = language(question.text)
    place = Place(question.team_id, question.channel_id, question.user_id, member=True, lang=lang)
    reply = await digest_command(words, place, digest)
    if reply.view is not None:
        reply = await digest_command("help", place, digest)
    return Outgoing(text=reply.text, blocks=reply.blocks)


def outgoing(reply: Reply, question: Question) -> Outgoing:
    """What the worker posts for a question from the inbox."""
    pressed = question.event_id.startswith("action:")
    asker = question.user_id if pressed else None
    shown = message(reply.answer, Surface.THREAD, asked=question.text, asker=asker)
    return Outgoing(
        text=shown.text,
        blocks=shown.blocks,
        frame=reply.frame,
        fact_ids=shown.fact_ids,
        unanswered=reply.answer.status is Status.DECLINED,
    )


def _slack_host(url: str, api_url: str) -> bool:
    target, api = urlsplit(url), urlsplit(api_url)
    return (target.scheme == "https" and target.hostname == "hooks.slack.com") or target[:2] == api[:2]

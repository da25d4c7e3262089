"""Mentions, direct messages and follow-ups in a thread: written to the inbox, then acked; the worker answers."""

from __future__ import annotations

import re
from typing import Any, Literal

from slack_bolt.async_app import AsyncApp

from bot.delivery.inbox import Question
from bot.edge import Edge
from bot.errors import MalformedError
from bot.intake import intake, mentions
from bot.logs import log
from bot.tasks import within
from handlers.answer import Status

STORE_SECONDS = 2.5
_PERSON_WROTE = (None, "file_share", "thread_broadcast")
_ID = re.compile(r"[A-Z0-9]{2,30}")
TS = re.compile(r"\d{1,12}\.\d{1,8}")
_WORTH_SAYING = (Status.ANSWERED, Status.CORRECTED, Status.CLARIFY)

Surface = Literal["mention", "dm", "thread"]


def register(app: AsyncApp) -> None:
    """Both events; a mention in a channel may arrive as either or both, and is answered once."""
    app.event("app_mention")(mention)
    app.event("message")(message)


async def mention(event: dict[str, Any], body: dict[str, Any], edge: Edge) -> None:
    """Somebody named the bot."""
    if _by_a_person(event, edge):
        await keep(edge, question_of(event, body, edge, _direct(event) or "mention"))


async def message(event: dict[str, Any], body: dict[str, Any], edge: Edge) -> None:
    """A direct message, or a follow-up in a thread where the bot has answered; channel talk is not its business."""
    if not _by_a_person(event, edge):
        return
    bot = edge.identity.known
    if _direct(event) or mentions(event.get("text") or "", bot.user_id if bot else None):
        await keep(edge, question_of(event, body, edge, _direct(event) or "mention"))
    elif event.get("thread_ts") and await _is_follow_up(edge, question_of(event, body, edge, "thread")):
        await keep(edge, question_of(event, body, edge, "thread"))


async def keep(edge: Edge, question: Question) -> bool:
    """Write the question down before Slack gets its 200; False when it was there already."""
    new = await within(STORE_SECONDS, edge.inbox.put(question))
    log().info("question_kept", surface=question.surface, channel=question.channel_id, new=new)
    return new


def question_of(event: dict[str, Any], body: dict[str, Any], edge: Edge, surface: Surface) -> Question:
    """The question in an event; raises MalformedError when Slack's ids are not there."""
    bot = edge.identity.known
    channel, ts, team = event.get("channel"), event.get("ts"), body.get("team_id") or event.get("team")
    thread = event.get("thread_ts") or ""
    if not (_ID.fullmatch(str(channel)) and _ID.fullmatch(str(team)) and TS.fullmatch(str(ts))):
        raise MalformedError("message without channel, ts or team")
    return Question(
        team_id=str(team),
        event_id=str(body.get("event_id") or f"{channel}:{ts}")[:64],
        channel_id=str(channel),
        message_ts=str(ts),
        thread_ts=thread if TS.fullmatch(thread) else None,
        user_id=event["user"],
        text=intake(event.get("text") or "", bot.user_id if bot else None),
        surface=surface,
    )


def _by_a_person(event: dict[str, Any], edge: Edge) -> bool:
    bot = edge.identity.known
    user = event.get("user")
    return (
        event.get("subtype") in _PERSON_WROTE
        and isinstance(user, str)
        and bool(_ID.fullmatch(user))
        and user not in ("USLACKBOT", bot.user_id if bot else None)
        and not any(event.get(mark) for mark in ("bot_id", "edited", "hidden", "bot_profile"))
    )


def _direct(event: dict[str, Any]) -> Literal["dm"] | None:
    return "dm" if event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D") else None


async def _is_follow_up(edge: Edge, question: Question) -> bool:
    """People also talk to each other in a thread: only what the base can answer there is taken as asked of the bot."""
    thread = question.thread_ts
    if thread is None or not await edge.inbox.answered_in(question.team_id, question.channel_id, thread):
        return False
    frame = await edge.frames.get(question.team_id, question.channel_id, thread, question.user_id)
    if frame is None and not any(mark in question.text for mark in "?؟？"):
        return False
    return edge.ask(question.text, "overheard", frame).answer.status in _WORTH_SAYING

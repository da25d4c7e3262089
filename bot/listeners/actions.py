"""Buttons under an answer: ask on, look up, share, report. Acked at once, done once."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.delivery.inbox import Question
from bot.edge import Edge
from bot.errors import MalformedError
from bot.intake import intake
from bot.listeners.click import Click, click_of
from bot.listeners.messages import TS, keep
from bot.listeners.share import share_answer
from bot.listeners.show import open_view, whisper
from bot.render import modals
from bot.render.asked import unpacked
from bot.render.message import Surface, message
from handlers.answer import Action, Answer

ASK = re.compile(r"^(ask|pick):\d+$")
LOOK_UP = re.compile(rf"^({Action.SHOW_SOURCE}|{Action.CITE}|{Action.EXPLAIN})$")
_SURFACES = {
    "view": Surface.VIEW,
    "ephemeral": Surface.EPHEMERAL,
    "dm": Surface.THREAD,
    "thread": Surface.THREAD,
}
REPORT = re.compile(rf"^({Action.WRONG}|{Action.PROPOSE})$")


def register(app: AsyncApp) -> None:
    """One listener for each thing a button can mean."""
    app.action(ASK)(ask)
    app.action(LOOK_UP)(look_up)
    app.action(Action.SHARE.value)(share)
    app.action(REPORT)(report)


async def ask(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """A suggested question: in a thread it is asked like any other, elsewhere only the asker sees the answer."""
    click = click_of(body)
    if click.place in ("dm", "thread"):
        await keep(edge, question_of(click))
    elif await edge.once.first(click.key):
        edge.tasks.spawn(_show(edge, click, replace=click.action_id.startswith("pick:")), "ask")
    await ack()


async def look_up(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """Source, citation, reading: shown to whoever pressed."""
    click = click_of(body)
    if await edge.once.first(click.key):
        edge.tasks.spawn(_show(edge, click, replace=False), "look up")
    await ack()


async def share(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """Post the answer in the channel, with the name of who shared it."""
    click = click_of(body)
    if await edge.once.first(click.key):
        edge.tasks.spawn(share_answer(edge, click), "share")
    await ack()


async def report(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """Open the form that says what is wrong, or proposes a fact."""
    click = click_of(body)
    if await edge.once.first(click.key):
        asked = unpacked(click.value)
        about = asked.model_copy(update={"question": intake(asked.question)})
        form = modals.report(click.action_id, about, click.channel_id, click.message_ts)
        edge.tasks.spawn(open_view(edge, click, form), "report")
    await ack()


def question_of(click: Click) -> Question:
    """A press under a posted answer, as a question in its thread; the same press is the same question."""
    if not (TS.fullmatch(click.action_ts) and click.team_id):
        raise MalformedError("click without a time or a workspace")
    in_thread = click.place == "thread" or click.thread_ts != click.message_ts
    return Question(
        team_id=click.team_id,
        event_id=f"action:{click.action_ts}:{click.user_id}",
        channel_id=click.channel_id,
        message_ts=click.action_ts,
        thread_ts=click.thread_ts if in_thread else None,
        user_id=click.user_id,
        text=intake(click.value),
        surface="dm" if click.place == "dm" else "thread",
    )


async def _show(edge: Edge, click: Click, *, replace: bool) -> None:
    text, answer = _found(edge, click)
    if click.place == "view":
        await open_view(edge, click, modals.answer(answer, text))
    else:
        await whisper(edge, click, message(answer, _SURFACES[click.place], asked=text), replace=replace)


def _found(edge: Edge, click: Click) -> tuple[str, Answer]:
    """What is asked by a press, with its answer: an explanation is of the reading that was in fact used."""
    if click.action_id == Action.EXPLAIN.value:
        asked = unpacked(click.value)
        text = intake(asked.question)
        return text, edge.shelf.desk.explain(text, frame=asked.after, now=edge.now())
    text = intake(click.value)
    return text, edge.ask(text, _SURFACES[click.place]).answer

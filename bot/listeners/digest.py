"""The daily digest: by words in a command, mention or direct message, by its buttons, by its form."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.delivery.digest_commands import (
    Place,
    digest_command,
    digest_pressed,
    digest_submitted,
)
from bot.delivery.digest_form import FORM, FormErrors
from bot.delivery.digest_replies import DigestReply
from bot.edge import Edge
from bot.listeners.click import Click, click_of
from bot.listeners.show import open_view, whisper
from bot.render import modals
from bot.render.message import Message, Surface
from bot.render.words import tell
from bot.tasks import within
from knowledge.understand.text import language

SECONDS = 2.5


def register(app: AsyncApp) -> None:
    """Its buttons and its form; the words come through the command."""
    app.action(re.compile(r"^digest:(ask|timeline|change|stop)$"))(pressed)
    app.view(FORM)(submitted)


async def commanded(ack: AsyncAck, command: dict[str, Any], words: str, edge: Edge) -> None:
    """Answer `/syria digest …`."""
    who = (command.get("team_id", ""), command.get("channel_id", ""), command.get("user_id", ""))
    place = Place(*who, lang=language(command.get("text") or ""))
    reply = await within(SECONDS, digest_command(words, place, edge.digest))
    if reply.view is not None:
        edge.tasks.spawn(open_view(edge, _typed(command), reply.view), "digest form")
    shown = _message(edge, reply)
    await ack({"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks})


async def pressed(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """A button under a digest: whoever presses sees what came of it."""
    click = click_of(body)
    if await edge.once.first(click.key):
        edge.tasks.spawn(_pressed(edge, click), "digest button")
    await ack()


async def submitted(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], edge: Edge) -> None:
    """Keep the form, or say which field is wrong."""
    team, user = (str((body.get(name) or {}).get("id", "")) for name in ("team", "user"))
    found = await within(SECONDS, digest_submitted(view, Place(team, "", user), edge.digest))
    if isinstance(found, FormErrors):
        await ack(response_action="errors", errors=dict(found.errors))
        return
    lang = modals.lang_of(modals.unpacked(view))
    kept = modals.modal(tell("form_new_digest", lang), list(found.blocks or ()), lang)
    await ack(response_action="update", view=kept)


async def _pressed(edge: Edge, click: Click) -> None:
    place = Place(click.team_id, click.channel_id, click.user_id)
    reply = await digest_pressed(click.action_id, place, edge.digest)
    if reply.view is not None:
        await open_view(edge, click, reply.view)
    else:
        await whisper(edge, click, _message(edge, reply))


def _message(edge: Edge, reply: DigestReply) -> Message:
    if reply.ask is not None:
        return edge.message(reply.ask, Surface.THREAD)[1]
    return Message(reply.text, reply.blocks or [])


def _typed(command: dict[str, Any]) -> Click:
    return Click(
        team_id=command.get("team_id", ""),
        user_id=command.get("user_id", ""),
        channel_id=command.get("channel_id", ""),
        message_ts="",
        thread_ts="",
        action_id="digest",
        action_ts="",
        value="",
        place="ephemeral",
        response_url=command.get("response_url", ""),
        trigger_id=command.get("trigger_id", ""),
        view_id="",
        view_type="",
    )

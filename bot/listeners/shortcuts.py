"""The message shortcut *Check with Syria Desk*: the verdicts in a modal; the message itself is not kept."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.edge import Edge
from bot.intake import intake
from bot.listeners.click import Click
from bot.listeners.show import open_view
from bot.manifest import CHECK_MESSAGE
from bot.render import modals
from bot.render.words import tell


def register(app: AsyncApp) -> None:
    """One shortcut."""
    app.shortcut(CHECK_MESSAGE)(check_message)


async def check_message(ack: AsyncAck, body: dict[str, Any], edge: Edge) -> None:
    """Check every sentence of a message and show what was found."""
    click, text = _click(body), intake(str((body.get("message") or {}).get("text") or ""))
    if await edge.once.first(click.key):
        edge.tasks.spawn(open_view(edge, click, _view(edge, click, text)), "check message")
    await ack()


def _view(edge: Edge, click: Click, text: str) -> dict[str, Any]:
    if not any(sign.isalnum() for sign in text):
        return modals.notice(modals.CHECK, tell("check_no_text", "en"))
    found = edge.ask(f"check {text}", "shortcut").answer
    return modals.checked(found, text, click.channel_id, click.thread_ts)


def _click(body: dict[str, Any]) -> Click:
    message = body.get("message") or {}
    ts = str(body.get("message_ts") or message.get("ts") or "")
    return Click(
        team_id=str((body.get("team") or {}).get("id", "")),
        user_id=str((body.get("user") or {}).get("id", "")),
        channel_id=str((body.get("channel") or {}).get("id", "")),
        message_ts=ts,
        thread_ts=str(message.get("thread_ts") or ts),
        action_id=CHECK_MESSAGE,
        action_ts=str(body.get("action_ts") or ""),
        value="",
        place="view",
        response_url=str(body.get("response_url") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        view_id="",
        view_type="",
    )

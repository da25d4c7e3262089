"""What a fault in a listener looks like from outside: never a trace, always a way on."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse

from bot.edge import Edge
from bot.errors import DeskError, MalformedError
from bot.logs import log
from bot.render import modals
from bot.render.asked import unpacked
from bot.render.words import tell
from bot.store.engine import StoreUnavailable
from bot.tasks import reference
from knowledge.model import Lang
from knowledge.understand.text import language


def register(app: AsyncApp) -> None:
    """One error handler for all listeners."""
    app.error(on_error)


async def on_error(error: Exception, body: dict[str, Any], edge: Edge) -> BoltResponse:
    """400 for what Slack would not send, 503 for what Slack should send again, a sentence for a person."""
    ref = reference()
    if isinstance(error, MalformedError):
        log().warning("malformed_payload", fault=str(error))
        return BoltResponse(status=400, body="malformed payload")
    known = isinstance(error, (DeskError, TimeoutError))
    log().error(
        "listener_failed",
        ref=ref,
        kind=body.get("type", "command"),
        exc_info=None if known else error,
        fault=str(error),
    )
    if body.get("type") == "event_callback":
        return BoltResponse(status=503, body="try again")
    sentence = _sentence(error, ref, _language(body))
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": sentence})
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=_form_stays(body, sentence))
    if url := body.get("response_url"):
        told = {"response_type": "ephemeral", "replace_original": False, "text": sentence}
        edge.tasks.spawn(_tell(edge, url, told), "tell of a fault")
    return BoltResponse(status=200, body="")


def _sentence(error: Exception, ref: str, lang: Lang) -> str:
    if isinstance(error, DeskError):
        return tell(error.words, lang)
    if isinstance(error, TimeoutError):
        return tell(StoreUnavailable.words, lang)
    return tell("fault_unknown", lang, ref=ref)


def _language(body: dict[str, Any]) -> Lang:
    """The language of what was typed, of the form, or of the question that a button is about."""
    if "command" in body:
        return language(str(body.get("text") or ""))
    if body.get("type") == "view_submission":
        return modals.lang_of(modals.unpacked(body.get("view") or {}))
    actions: list[dict[str, Any]] = body.get("actions") or [{}]
    asked = unpacked(str(actions[0].get("value") or ""))
    return asked.lang if asked.facts else language(asked.question)


def _form_stays(body: dict[str, Any], sentence: str) -> dict[str, Any]:
    """What was written is still there to be sent again; a form without a field can only say it."""
    blocks = (body.get("view") or {}).get("blocks") or []
    fields = [block["block_id"] for block in blocks if block.get("type") == "input" and block.get("block_id")]
    if fields:
        return {"response_action": "errors", "errors": {fields[0]: sentence}}
    return {"response_action": "update", "view": modals.notice("Syria Desk", sentence)}


async def _tell(edge: Edge, url: str, told: dict[str, object]) -> None:
    await edge.respond(url, told)

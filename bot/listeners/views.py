"""Forms sent in: a report or proposal is kept for the editors, a check is posted under the message it is about."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.delivery.poster import Failed, Posted, PostRequest
from bot.edge import Edge
from bot.intake import intake
from bot.listeners.share import OUTSIDE, Outcome, post_key
from bot.render import modals
from bot.render.message import Surface, message
from bot.render.words import tell, why_not
from bot.tasks import reference, within
from handlers.answer import Action
from knowledge.model import Lang

POST_SECONDS = 2.0


def register(app: AsyncApp) -> None:
    """Both forms; closing one needs no answer."""
    app.view(modals.REPORT)(report_sent)
    app.view(modals.POST_CHECK)(post_check)


async def report_sent(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], edge: Edge) -> None:
    """Keep what a reader wrote; say thank you only when it is kept."""
    what, source = (_written(view, block) for block in ("what", "source"))
    given = modals.unpacked(view)
    lang = modals.lang_of(given)
    if not what:
        await ack(response_action="errors", errors={"what": tell("form_empty", lang)})
        return
    team, user = (str((body.get(name) or {}).get("id", "")) for name in ("team", "user"))
    text = "\n".join(part for part in (f"[{given.get('kind', '')}] {given.get('asked', '')}", what, source) if part)
    about = given.get("channel", ""), text, given.get("facts", "").split(), given.get("message") or None
    await within(POST_SECONDS, edge.proposals.put(team, user, *about, sent_key(view)))
    note = "form_wrong_note" if given.get("kind") == Action.WRONG.value else "form_new_note"
    thanks = modals.notice(tell("form_thanks", lang), *(tell(key, lang) for key in ("form_kept", note)), lang=lang)
    await ack(response_action="update", view=thanks)


async def post_check(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], edge: Edge) -> None:
    """Post the verdicts in the thread of the message, with the name of who asked."""
    given = modals.unpacked(view)
    lang = modals.lang_of(given)
    if not await edge.once.first(sent_key(view)):
        await ack(response_action="update", view=modals.notice(modals.CHECK, tell("posted_later", lang), lang=lang))
        return
    post = asyncio.ensure_future(edge.poster.post(_post(edge, body, view, given)))
    edge.tasks.spawn(_finish(post), "post check")
    done, _ = await asyncio.wait({post}, timeout=POST_SECONDS)
    sentence = _said(post.result(), lang) if done else tell("posted_later", lang)
    await ack(response_action="update", view=modals.notice(modals.CHECK, sentence, lang=lang))


def sent_key(view: dict[str, Any]) -> tuple[str, str]:
    """The same for a form that Slack sends twice: an open form can be sent in once."""
    return ("form", str(view.get("id") or reference()))


def _post(edge: Edge, body: dict[str, Any], view: dict[str, Any], given: dict[str, str]) -> PostRequest:
    team, user = (str((body.get(name) or {}).get("id", "")) for name in ("team", "user"))
    text = f"check {intake(given.get('text', ''))}"
    public = message(edge.ask(text, "shared").answer, Surface.SHARED, asked=text, asker=user)
    return PostRequest(
        key=post_key("check", team, given.get("channel", ""), sent_key(view)[1]),
        team_id=team,
        channel_id=given.get("channel", ""),
        text=public.text,
        blocks=public.blocks,
        thread_ts=given.get("thread") or None,
    )


async def _finish(post: asyncio.Future[Outcome]) -> None:
    await post


def _said(outcome: Outcome, lang: Lang) -> str:
    if isinstance(outcome, Posted):
        return tell("posted", lang)
    if isinstance(outcome, Failed):
        outside = outcome.reason in OUTSIDE
        return (
            tell("not_a_member_check", lang)
            if outside
            else tell("not_posted", lang, reason=why_not(outcome.reason, lang))
        )
    return tell("maybe_posted", lang)


def _written(view: dict[str, Any], block: str) -> str:
    values = ((view.get("state") or {}).get("values") or {}).get(block) or {}
    field: Any = next(iter(values.values()), {}) if isinstance(values, dict) else {}
    return intake(str(field.get("value") or "")) if isinstance(field, dict) else ""

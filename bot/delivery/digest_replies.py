"""What the digest commands answer: who gets it, when, and what to type instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.delivery.digest_words import Unheard, day_in_words, in_words
from bot.delivery.subscriptions import Subscription
from bot.render.blocks import Block, section
from bot.render.clean import literal
from bot.render.words import tell, why_not
from knowledge.model import Lang

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class DigestReply:
    """What the asker sees: text and blocks, a form to open, or words to answer as if they had been asked."""

    text: str = ""
    blocks: list[Block] | None = None
    view: Block | None = None
    ask: str | None = None


def described(one: Subscription, lang: Lang) -> str:
    """A line of the list."""
    reason = (
        tell("by_hand", lang)
        if one.paused_reason in (None, BY_HAND)
        else literal(why_not(one.paused_reason or "", lang))
    )
    row = tell("digest_row", lang, place=where(one, lang), when=in_words(one.schedule, lang))
    owner = "" if one.for_person else tell("digest_row_owner", lang, owner=f"<@{one.owner}>")
    return f"{row}{owner}{'' if one.enabled else tell('digest_row_paused', lang, reason=reason)}"


def where(one: Subscription, lang: Lang) -> str:
    """The place, as Slack links it."""
    return tell("place_dm", lang) if one.for_person else f"<#{one.channel_id}>"


def told(done: str, one: Subscription, lang: Lang) -> str:
    """What was set or changed, when it comes, and when next."""
    place, when, then = where(one, lang), in_words(one.schedule, lang), upcoming(one, lang)
    key = f"digest_{done}_{'dm' if one.for_person else 'channel'}"
    return tell(key, lang, place=place, when=when, next=then)


def upcoming(one: Subscription, lang: Lang) -> str:
    """When it comes next."""
    due = datetime.fromtimestamp(one.next_due_utc, UTC).astimezone(ZoneInfo(one.schedule.tz))
    return tell("digest_next", lang, day=day_in_words(due, lang), time=f"{due:%H:%M}", zone=one.schedule.tz)


def offer(unheard: Unheard, verb: str, lang: Lang) -> DigestReply:
    """Words that can be typed instead of those that could not be read."""
    offers = "\n".join(f"• `/syria digest {verb} {literal(one)}`" for one in unheard.offers)
    return say(f"{literal(unheard.reason)} {tell('digest_try', lang)}\n{offers}")


def say(text: str) -> DigestReply:
    """One sentence or more, as text and blocks."""
    return DigestReply(text, [section(text)])

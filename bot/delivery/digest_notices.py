"""What a digest says about itself: who set it up, that it is late, why it is paused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.delivery.digest_words import in_words, weekday
from bot.delivery.ledger import UNKNOWN
from bot.delivery.subscriptions import Subscription
from bot.render.words import tell, why_not
from knowledge.model import Lang

LATE_SECONDS = 15 * 60.0
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def introduction(here: Subscription, lang: Lang = "en") -> str:
    """Who set it up and how to stop it, for the first post in a place."""
    when, stop = in_words(here.schedule, lang), tell("digest_button_stop", lang)
    if here.for_person:
        return tell("digest_intro_you", lang, when=when, stop=stop)
    who = f"<@{here.owner}>" if PERSON.fullmatch(here.owner) else tell("someone_here", lang)
    return tell("digest_intro", lang, who=who, when=when, stop=stop)


def lateness(here: Subscription, due_utc: float, now: float, lang: Lang = "en") -> str:
    """A line for a digest that comes late, or nothing."""
    if now - due_utc < LATE_SECONDS:
        return ""
    due = datetime.fromtimestamp(due_utc, UTC).astimezone(ZoneInfo(here.schedule.tz))
    return tell("digest_late", lang, weekday=weekday(due, lang), time=f"{due:%H:%M}", zone=here.schedule.tz)


def notice(here: Subscription, local_date: str, state: str, reason: str, *, paused: bool, lang: Lang = "en") -> str:
    """What the owner is told."""
    why = why_not(reason, lang)
    place = tell("notice_place_dm", lang) if here.for_person else f"<#{here.channel_id}>"
    if paused:
        uninvited = reason in ("not_in_channel", "channel_not_found")
        return tell("notice_uninvited" if uninvited else "notice_paused", lang, place=place, reason=why)
    if state == UNKNOWN:
        return tell("notice_unknown", lang, date=local_date, place=place)
    return tell("notice_lost", lang, date=local_date, place=place, reason=why)

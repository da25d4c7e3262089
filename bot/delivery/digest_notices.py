"""What a digest says about itself: who set it up, that it is late, why it is paused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.delivery.digest_words import in_words
from bot.delivery.ledger import UNKNOWN
from bot.delivery.slack_errors import explain
from bot.delivery.subscriptions import Subscription

LATE_SECONDS = 15 * 60.0
PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def introduction(here: Subscription) -> str:
    """Who set it up and how to stop it, for the first post in a place."""
    owner = f"<@{here.owner}>" if PERSON.fullmatch(here.owner) else "Someone here"
    who = "You" if here.for_person else owner
    when = in_words(here.schedule)
    return f"{who} set up this digest: {when}. To stop it, press “Stop this digest” or type `/syria digest stop`."


def lateness(here: Subscription, due_utc: float, now: float) -> str:
    """A line for a digest that comes late, or nothing."""
    if now - due_utc < LATE_SECONDS:
        return ""
    due = datetime.fromtimestamp(due_utc, UTC).astimezone(ZoneInfo(here.schedule.tz))
    return f"Late: this digest was due on {due:%A} at {due:%H:%M} ({here.schedule.tz})."


def notice(here: Subscription, local_date: str, state: str, reason: str, *, paused: bool) -> str:
    """What the owner is told."""
    place = "your direct messages" if here.for_person else f"<#{here.channel_id}>"
    if paused:
        remedy = (
            "Invite me with `/invite @Syria Desk` and"
            if reason in ("not_in_channel", "channel_not_found")
            else "To run it again,"
        )
        return f"The digest for {place} is paused: {explain(reason)}. {remedy} type `/syria digest resume` there."
    if state == UNKNOWN:
        return (
            f"The digest of {local_date} for {place} may or may not have arrived, and I cannot read the channel "
            "to find out. I do not send it twice; the next one comes at its time."
        )
    lost = f"The digest of {local_date} for {place} could not be posted: {explain(reason)}."
    return f"{lost} The next one comes at its time."

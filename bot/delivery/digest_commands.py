"""`/syria digest …`: what runs where; setting it up, changing, pausing, stopping it; by words, buttons, a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.clock import Clock
from bot.delivery.digest_blocks import CHANGE, PREVIEW_NOTE, STOP, TIMELINE, digest_message
from bot.delivery.digest_form import FormErrors, digest_form, read_form
from bot.delivery.digest_words import Unheard, in_words, read_schedule
from bot.delivery.digests import DigestRoute
from bot.delivery.schedule import WEEKDAYS, Schedule
from bot.delivery.slack_errors import code_of
from bot.delivery.subscriptions import Subscription, Subscriptions
from bot.render.blocks import Block, section
from bot.render.clean import literal

ME = frozenset({"me", "myself", "dm", "나에게", "나", "bana", "لي"})
USAGE = (
    "`/syria digest` lists what runs where. Also: `digest subscribe every weekday 9am Seoul` (add `me` for your direct "
    "messages), `digest preview`, `digest change 18:00 Damascus`, `digest pause`, `digest resume`, `digest stop`."
)
NONE_HERE = "There is no digest here. To set one up: `/syria digest subscribe every weekday 9am Seoul`."
HOW_TO_ASK = "Ask with `/syria` and your question, or mention me in a thread under the digest."
NOT_A_MEMBER = "I am not in this channel yet, so nothing can be posted: invite me with `/invite @Syria Desk`."

IsMember = Callable[[str], Awaitable[bool | None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Who asks, and where; from the signed request, never from a button's value."""

    team_id: str
    channel_id: str
    user_id: str
    tz: str = "UTC"

    @property
    def in_dm(self) -> bool:
        """Whether it was asked in direct messages."""
        return self.channel_id.startswith("D")

    def target(self, *, for_me: bool) -> str:
        """Where a digest asked for here goes."""
        return self.user_id if for_me or self.in_dm else self.channel_id


@dataclass(frozen=True, slots=True)
class DigestReply:
    """What the asker sees: text and blocks, a form to open, or words to answer as if they had been asked."""

    text: str = ""
    blocks: list[Block] | None = None
    view: Block | None = None
    ask: str | None = None


class DigestDesk:
    """Everything the digest commands need."""

    def __init__(
        self, subscriptions: Subscriptions, route: DigestRoute, clock: Clock, is_member: IsMember | None = None
    ) -> None:
        self.subscriptions = subscriptions
        self.route = route
        self.clock = clock
        self.is_member = is_member

    def default(self, place: Place) -> Schedule:
        """Nine on weekdays where the asker is."""
        return Schedule(place.tz, time(9), WEEKDAYS)


async def digest_command(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    """Answer what follows `digest`."""
    verb, _, rest = words.strip().partition(" ")
    act = _VERBS.get(verb.casefold())
    if act is not None:
        return await act(rest.strip(), place, desk)
    if not verb:
        return await _list("", place, desk)
    if not isinstance(read_schedule(words, desk.default(place)), Unheard):
        return await _subscribe(words, place, desk)
    return _say(f"I do not know “{literal(words[:80])}”. {USAGE}")


async def digest_pressed(action_id: str, place: Place, desk: DigestDesk) -> DigestReply:
    """Answer a button under a digest."""
    if action_id == STOP:
        return await _stop("", place, desk)
    if action_id == CHANGE:
        return await _change("", place, desk)
    return DigestReply(ask="timeline") if action_id == TIMELINE else _say(HOW_TO_ASK)


async def digest_submitted(view: Mapping[str, Any], place: Place, desk: DigestDesk) -> DigestReply | FormErrors:
    """Keep a filled-in form; `place.channel_id` is not in a form's request and is taken from the form."""
    filled = read_form(view, desk.default(place))
    if isinstance(filled, FormErrors):
        return filled
    opened_in = Place(place.team_id, filled.channel_id, place.user_id, place.tz)
    return await _keep(opened_in, desk, filled.schedule, for_me=filled.for_me)


def membership(client: AsyncWebClient) -> IsMember:
    """Asks Slack whether the bot is in a channel; None where it may not know."""

    async def is_member(channel_id: str) -> bool | None:
        try:
            found = await client.conversations_info(channel=channel_id)
        except SlackApiError as error:
            return False if code_of(error) == "channel_not_found" else None
        return bool(found["channel"].get("is_member"))

    return is_member


async def _subscribe(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    first, _, rest = words.partition(" ")
    for_me = place.in_dm or first.casefold() in ME
    if first.casefold() in ME:
        words = rest
    if not words:
        return DigestReply(view=digest_form(desk.default(place), place.channel_id, for_me=for_me, exists=False))
    heard = read_schedule(words, desk.default(place))
    if isinstance(heard, Unheard):
        return _offer(heard, "subscribe")
    return await _keep(place, desk, heard.schedule, for_me=for_me, notes=heard.notes)


async def _keep(
    place: Place, desk: DigestDesk, schedule: Schedule, *, for_me: bool, notes: tuple[str, ...] = ()
) -> DigestReply:
    target = place.target(for_me=for_me)
    kept = await desk.subscriptions.subscribe(place.team_id, target, place.user_id, schedule)
    lines = [*(literal(note) for note in notes), f"{_gets(kept)} the digest {in_words(schedule)}. {_next(kept)}"]
    if not kept.for_person and desk.is_member is not None and await desk.is_member(target) is False:
        lines.append(NOT_A_MEMBER)
    return _say("\n".join(lines))


async def _change(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    if here is None:
        return _say(NONE_HERE)
    for_me = here.for_person
    words = words.partition(" ")[2] if words.partition(" ")[0].casefold() in ME else words
    if not words:
        return DigestReply(view=digest_form(here.schedule, place.channel_id, for_me=for_me, exists=True))
    heard = read_schedule(words, here.schedule)
    if isinstance(heard, Unheard):
        return _offer(heard, "change")
    changed = await desk.subscriptions.change(place.team_id, here.channel_id, heard.schedule)
    if changed is None:
        return _say(NONE_HERE)
    notes = " ".join(literal(note) for note in heard.notes)
    return _say(f"{notes} {_gets(changed)} the digest {in_words(changed.schedule)} now. {_next(changed)}".strip())


async def _pause(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    if here is None:
        return _say(NONE_HERE)
    await desk.subscriptions.pause(place.team_id, here.channel_id, "by hand")
    return _say(f"The digest for {_where(here)} is paused. `/syria digest resume` runs it again.")


async def _resume(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    running = here and await desk.subscriptions.resume(place.team_id, here.channel_id)
    if not running:
        return _say(NONE_HERE)
    return _say(f"The digest for {_where(running)} runs again. {_next(running)}")


async def _stop(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    if here is None or not await desk.subscriptions.stop(place.team_id, here.channel_id):
        return _say(NONE_HERE)
    again = f"/syria digest subscribe {'me ' if here.for_person else ''}{in_words(here.schedule)}"
    return _say(f"The digest for {_where(here)} is stopped. To set it up again: `{again}`.")


async def _preview(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk) or _imagined(place, desk)
    today = datetime.fromtimestamp(desk.clock.now(), UTC).astimezone(ZoneInfo(here.schedule.tz)).date()
    message = digest_message(await desk.route.preview(here, today), note=PREVIEW_NOTE)
    return DigestReply(message.text, message.blocks)


async def _list(_words: str, place: Place, desk: DigestDesk) -> DigestReply:
    running = [
        one
        for one in await desk.subscriptions.list(place.team_id)
        if not one.for_person or one.channel_id == place.user_id
    ]
    if not running:
        return _say(f"No digest runs in this workspace yet. {USAGE}")
    lines = [_described(one) for one in running[:40]]
    more = [f"and {len(running) - 40} more"] if len(running) > 40 else []
    return _say("\n".join(["Digests that run:", *lines, *more, USAGE]))


async def _help(_words: str, _place: Place, _desk: DigestDesk) -> DigestReply:
    return _say(USAGE)


async def _here(words: str, place: Place, desk: DigestDesk) -> Subscription | None:
    for_me = words.partition(" ")[0].casefold() in ME
    return await desk.subscriptions.get(place.team_id, place.target(for_me=for_me))


def _imagined(place: Place, desk: DigestDesk) -> Subscription:
    schedule, now = desk.default(place), desk.clock.now()
    owner, target = place.user_id, place.target(for_me=False)
    return Subscription(0, place.team_id, target, owner, schedule, True, None, 1, now, 0, None, None, None, now)


def _described(one: Subscription) -> str:
    state = f" (paused: {literal(one.paused_reason or 'by hand')})" if not one.enabled else ""
    owner = "" if one.for_person else f", set up by <@{one.owner}>"
    return f"• {_where(one)}: {in_words(one.schedule)}{owner}{state}"


def _where(one: Subscription) -> str:
    return "Your direct messages" if one.for_person else f"<#{one.channel_id}>"


def _gets(one: Subscription) -> str:
    return f"{_where(one)} {'get' if one.for_person else 'gets'}"


def _next(one: Subscription) -> str:
    due = datetime.fromtimestamp(one.next_due_utc, UTC).astimezone(ZoneInfo(one.schedule.tz))
    return f"Next: {due:%A} {due.day} {due:%B} at {due:%H:%M} ({one.schedule.tz})."


def _offer(unheard: Unheard, verb: str) -> DigestReply:
    offers = "\n".join(f"• `/syria digest {verb} {literal(offer)}`" for offer in unheard.offers)
    return _say(f"{literal(unheard.reason)} Try:\n{offers}")


def _say(text: str) -> DigestReply:
    return DigestReply(text, [section(text)])


_VERBS: Mapping[str, Callable[[str, Place, DigestDesk], Awaitable[DigestReply]]] = {
    "list": _list,
    "subscribe": _subscribe,
    "start": _subscribe,
    "on": _subscribe,
    "preview": _preview,
    "change": _change,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "unsubscribe": _stop,
    "off": _stop,
    "cancel": _stop,
    "remove": _stop,
    "help": _help,
}

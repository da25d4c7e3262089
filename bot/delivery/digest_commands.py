"""`/syria digest …`: what runs where; setting it up, changing, pausing, stopping it; by words, buttons, a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.delivery.asker import IsMember, ZoneOf
from bot.delivery.clock import Clock
from bot.delivery.digest_blocks import CHANGE, STOP, TIMELINE, digest_message
from bot.delivery.digest_form import FormErrors, digest_form, read_form
from bot.delivery.digest_replies import BY_HAND, DigestReply, described, offer, say, told, upcoming, where
from bot.delivery.digest_words import Unheard, in_words, read_schedule
from bot.delivery.digests import DigestRoute
from bot.delivery.schedule import WEEKDAYS, Schedule
from bot.delivery.subscriptions import Subscription, Subscriptions
from bot.render.clean import literal
from bot.render.words import tell
from knowledge.model import Lang
from knowledge.understand.text import language

ME = frozenset({"me", "myself", "dm", "나에게", "나", "bana", "لي"})
LISTED = 40


@dataclass(frozen=True, slots=True)
class Place:
    """Who asks, and where; from the signed request, never from a button's value. `member`: the bot is in there."""

    team_id: str
    channel_id: str
    user_id: str
    tz: str | None = None
    member: bool = False
    lang: Lang = "en"

    @property
    def in_dm(self) -> bool:
        """Whether it was asked in direct messages."""
        return self.channel_id.startswith("D")

    def target(self, *, for_me: bool) -> str:
        """Where a digest asked for here goes."""
        return self.user_id if for_me or self.in_dm else self.channel_id


class DigestDesk:
    """Everything the digest commands need."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        route: DigestRoute,
        clock: Clock,
        is_member: IsMember | None = None,
        zone_of: ZoneOf | None = None,
    ) -> None:
        self.subscriptions = subscriptions
        self.route = route
        self.clock = clock
        self.is_member = is_member
        self.zone_of = zone_of
        self.lang = route.lang

    async def at_home(self, place: Place) -> Place:
        """The place with the asker's own time zone, where Slack tells it."""
        if place.tz is not None or self.zone_of is None:
            return place
        return replace(place, tz=await self.zone_of(place.user_id))

    def default(self, place: Place) -> Schedule:
        """Nine on weekdays where the asker is, or in UTC where that is not known."""
        return Schedule(place.tz or "UTC", time(9), WEEKDAYS)


async def digest_command(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    """Answer what follows `digest`, in its language; English words are the commands' own and say nothing of it."""
    found = language(words)
    found = place.lang if found == "en" else found
    place = replace(place, lang=desk.lang if found == "en" else found)
    verb, _, rest = words.strip().partition(" ")
    act = _VERBS.get(verb.casefold())
    if act is not None:
        return await act(rest.strip(), place, desk)
    if not verb:
        return await _list("", place, desk)
    if not isinstance(read_schedule(words, desk.default(place)), Unheard):
        return await _subscribe(words, place, desk)
    unknown = tell("digest_unknown_words", place.lang, words=literal(words[:80]))
    return say(f"{unknown} {tell('digest_usage', place.lang)}")


async def digest_pressed(action_id: str, place: Place, desk: DigestDesk) -> DigestReply:
    """Answer a button under a digest."""
    place = replace(place, lang=desk.lang)
    if action_id == STOP:
        return await _stop("", place, desk)
    if action_id == CHANGE:
        return await _change("", place, desk)
    return DigestReply(ask="timeline") if action_id == TIMELINE else say(tell("digest_how_to_ask", place.lang))


async def digest_submitted(view: Mapping[str, Any], place: Place, desk: DigestDesk) -> DigestReply | FormErrors:
    """Keep a filled-in form; `place.channel_id` is not in a form's request and is taken from the form."""
    filled = read_form(view, desk.default(place))
    if isinstance(filled, FormErrors):
        return filled
    opened_in = replace(place, channel_id=filled.channel_id, lang=filled.lang)
    return await _keep(opened_in, desk, filled.schedule, for_me=filled.for_me)


async def _subscribe(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    first, _, rest = words.partition(" ")
    for_me = place.in_dm or first.casefold() in ME
    if first.casefold() in ME:
        words = rest
    if not words:
        default = desk.default(await desk.at_home(place))
        form = digest_form(default, place.channel_id, for_me=for_me, exists=False, lang=place.lang)
        return DigestReply(tell("form_opening", place.lang), view=form)
    heard = read_schedule(words, desk.default(place), place.lang)
    if isinstance(heard, Unheard):
        return offer(heard, "subscribe", place.lang)
    schedule, notes = heard.schedule, tuple(literal(note) for note in heard.notes)
    if not heard.placed:
        schedule, note = await _somewhere(schedule, place, desk)
        notes = (*notes, note)
    return await _keep(place, desk, schedule, for_me=for_me, notes=notes)


async def _somewhere(schedule: Schedule, place: Place, desk: DigestDesk) -> tuple[Schedule, str]:
    """The schedule in the asker's own zone, or in UTC, and a line that says which."""
    zone = (await desk.at_home(place)).tz
    if zone is None:
        return schedule, tell("digest_zone_utc", place.lang)
    return replace(schedule, tz=zone), tell("digest_zone_own", place.lang, zone=zone)


async def _keep(
    place: Place, desk: DigestDesk, schedule: Schedule, *, for_me: bool, notes: tuple[str, ...] = ()
) -> DigestReply:
    target, lang = place.target(for_me=for_me), place.lang
    kept = await desk.subscriptions.subscribe(place.team_id, target, place.user_id, schedule)
    lines = [told("set", kept, lang), *notes]
    if not (kept.for_person or place.member) and desk.is_member is not None:
        member = await desk.is_member(target)
        if not member:
            lines.append(tell("digest_perhaps_invite" if member is None else "digest_not_a_member", lang))
    return say("\n".join(lines))


async def _change(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here, lang = await _here(words, place, desk), place.lang
    if here is None:
        return _none(place)
    for_me = here.for_person
    words = words.partition(" ")[2] if words.partition(" ")[0].casefold() in ME else words
    if not words:
        form = digest_form(here.schedule, place.channel_id, for_me=for_me, exists=True, lang=lang)
        return DigestReply(tell("form_opening", lang), view=form)
    heard = read_schedule(words, here.schedule, lang)
    if isinstance(heard, Unheard):
        return offer(heard, "change", lang)
    changed = await desk.subscriptions.change(place.team_id, here.channel_id, heard.schedule)
    if changed is None:
        return _none(place)
    notes = [literal(note) for note in heard.notes]
    return say(" ".join([*notes, told("changed", changed, lang)]))


async def _pause(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    if here is None:
        return _none(place)
    await desk.subscriptions.pause(place.team_id, here.channel_id, BY_HAND)
    return say(tell("digest_paused", place.lang, place=where(here, place.lang)))


async def _resume(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    running = here and await desk.subscriptions.resume(place.team_id, here.channel_id)
    if not running:
        return _none(place)
    at, then = where(running, place.lang), upcoming(running, place.lang)
    return say(tell("digest_resumed", place.lang, place=at, next=then))


async def _stop(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk)
    if here is None or not await desk.subscriptions.stop(place.team_id, here.channel_id):
        return _none(place)
    again = f"/syria digest subscribe {'me ' if here.for_person else ''}{in_words(here.schedule, place.lang)}"
    return say(tell("digest_stopped", place.lang, place=where(here, place.lang), again=again))


async def _preview(words: str, place: Place, desk: DigestDesk) -> DigestReply:
    here = await _here(words, place, desk) or _imagined(await desk.at_home(place), desk)
    today = datetime.fromtimestamp(desk.clock.now(), UTC).astimezone(ZoneInfo(here.schedule.tz)).date()
    content = await desk.route.preview(here, today)
    message = digest_message(content, note=tell("digest_preview", content.lang))
    return DigestReply(message.text, message.blocks)


async def _list(_words: str, place: Place, desk: DigestDesk) -> DigestReply:
    running = [
        one
        for one in await desk.subscriptions.list(place.team_id)
        if not one.for_person or one.channel_id == place.user_id
    ]
    lang, usage = place.lang, tell("digest_usage", place.lang)
    if not running:
        return say(f"{tell('digest_none', lang)} {usage}")
    lines = [described(one, lang) for one in running[:LISTED]]
    more = [tell("digest_more", lang, count=len(running) - LISTED)] if len(running) > LISTED else []
    return say("\n".join([tell("digest_running", lang), *lines, *more, usage]))


async def _help(_words: str, place: Place, _desk: DigestDesk) -> DigestReply:
    return say(tell("digest_usage", place.lang))


def _none(place: Place) -> DigestReply:
    return say(tell("digest_none_here", place.lang))


async def _here(words: str, place: Place, desk: DigestDesk) -> Subscription | None:
    for_me = words.partition(" ")[0].casefold() in ME
    return await desk.subscriptions.get(place.team_id, place.target(for_me=for_me))


def _imagined(place: Place, desk: DigestDesk) -> Subscription:
    schedule, now = desk.default(place), desk.clock.now()
    owner, target = place.user_id, place.target(for_me=False)
    return Subscription(0, place.team_id, target, owner, schedule, True, None, 1, now, 0, None, None, None, now)


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

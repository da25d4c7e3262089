"""The form that sets up or changes a digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from babel import Locale

from bot.delivery.digest_words import EXAMPLES, Unheard, read_schedule
from bot.delivery.places import nearest_zones
from bot.delivery.schedule import Schedule
from bot.render import limits
from bot.render.blocks import Block, context, plain_text
from bot.render.modals import lang_of, modal
from bot.render.words import tell
from knowledge.model import Lang

FORM = "digest_form"
PLACE, HOUR, DAYS, ZONE = "place", "time", "days", "zone"
HERE, ME = "here", "me"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that can be kept: where, and when."""

    channel_id: str
    for_me: bool
    schedule: Schedule
    lang: Lang = "en"


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Block id to what is wrong with it; goes back as `response_action: errors`."""

    errors: Mapping[str, str]


def digest_form(schedule: Schedule, channel_id: str, *, for_me: bool, exists: bool, lang: Lang = "en") -> Block:
    """The form, filled in with a schedule; `channel_id` is where it was opened."""
    fields = [_when(schedule, lang), _days(schedule, lang), _zone(schedule, lang)]
    if not exists:
        fields.insert(0, _place(lang, for_me=for_me))
    return modal(
        tell("form_change_digest" if exists else "form_new_digest", lang),
        [*fields, context(tell("form_digest_note", lang))],
        lang,
        callback_id=FORM,
        submit=plain_text(tell("form_save", lang), 24),
        private_metadata=json.dumps({"channel": channel_id, "me": for_me, "lang": lang})[: limits.METADATA],
    )


def read_form(view: Mapping[str, Any], default: Schedule) -> Filled | FormErrors:
    """What was filled in; a zone may be a city's name."""
    about = json.loads(view.get("private_metadata") or "{}")
    values, lang = view["state"]["values"], lang_of(about)
    chosen = _value(values, PLACE).get("selected_option") or {}
    days = frozenset(int(option["value"]) for option in _value(values, DAYS).get("selected_options") or ())
    if not days:
        return FormErrors({DAYS: tell("form_no_day", lang)})
    named = str(_value(values, ZONE).get("value") or "").strip()
    heard = read_schedule(named, default)
    if isinstance(heard, Unheard):
        near = ", ".join(zone for _, zone in nearest_zones(named)) or "Seoul, Damascus, Europe/Istanbul"
        return FormErrors({ZONE: tell("form_no_zone", lang, near=near)})
    at = time.fromisoformat(_value(values, HOUR).get("selected_time") or default.local_time)
    for_me = chosen["value"] == ME if chosen else bool(about.get("me"))
    return Filled(str(about.get("channel") or ""), for_me, Schedule(heard.schedule.tz, at, days), lang)


def _value(values: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    found = values.get(block_id, {}).get("value") or {}
    return found if isinstance(found, Mapping) else {}


def _input(block_id: str, label: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 200),
        "element": {**element, "action_id": "value"},
    }


def _place(lang: Lang, *, for_me: bool) -> Block:
    options = [_option(tell("form_here", lang), HERE), _option(tell("form_me", lang), ME)]
    element = {"type": "radio_buttons", "options": options, "initial_option": options[int(for_me)]}
    return _input(PLACE, tell("form_where", lang), element)


def _when(schedule: Schedule, lang: Lang) -> Block:
    return _input(HOUR, tell("form_time", lang), {"type": "timepicker", "initial_time": schedule.local_time})


def _days(schedule: Schedule, lang: Lang) -> Block:
    names = Locale.parse(lang).days["format"]["wide"]
    options = [_option(names[day], str(day)) for day in range(7)]
    chosen = [option for day, option in enumerate(options) if day in schedule.days]
    return _input(DAYS, tell("form_days", lang), {"type": "checkboxes", "options": options, "initial_options": chosen})


def _zone(schedule: Schedule, lang: Lang) -> Block:
    hint = tell("form_zone_hint", lang, example=EXAMPLES[0].rsplit(" ", 1)[-1])
    element = {"type": "plain_text_input", "initial_value": schedule.tz, "max_length": 80}
    return _input(ZONE, tell("form_zone", lang), {**element, "placeholder": plain_text(hint, limits.PLACEHOLDER)})


def _option(label: str, value: str) -> Block:
    return {"text": plain_text(label, 75), "value": value}

"""A digest speaks the language that is set; its commands and forms that of the words they came with."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.delivery.digest_blocks import STOP, digest_message
from bot.delivery.digest_commands import DigestDesk, Place, digest_command, digest_pressed
from bot.delivery.digest_content import Part, Seen, compose_digest, edition_of
from bot.delivery.digest_form import FormErrors, digest_form, read_form
from bot.delivery.digest_words import Heard, in_words, read_schedule
from bot.delivery.digests import DigestRoute
from bot.delivery.outbox import Outbox
from bot.delivery.schedule import EVERY_DAY, WEEKDAYS, WEEKEND, Schedule
from bot.delivery.subscriptions import Subscriptions
from bot.render.words import table, tell
from bot.workspace.validate.views import view_problems
from knowledge.model import LANGUAGES, Lang
from tests.support.clock import FakeClock
from tests.support.dossiers import public_small_dossier, small_dossier

SUNDAY_NOON = datetime(2031, 6, 1, 12, tzinfo=UTC).timestamp()
CHANNEL = Place("T1", "C1", "U1", "Asia/Seoul")
OTHERS: tuple[Lang, ...] = ("ko", "ar", "tr")
NINE = Schedule("Asia/Seoul", time(9), WEEKDAYS)
DAYS = (EVERY_DAY, WEEKDAYS, WEEKEND, frozenset({0, 2, 4}), frozenset({6}))
TYPED = re.compile(r"`(?:/syria )?digest (?:subscribe|change) ([^`]+)`")


def desk_in(lang: Lang, engine: AsyncEngine) -> DigestDesk:
    """A desk whose own language is this."""
    clock = FakeClock(SUNDAY_NOON)
    route = DigestRoute(engine, clock, Outbox(engine, clock), public_small_dossier, lang)
    return DigestDesk(Subscriptions(engine, clock), route, clock)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("days", DAYS)
def test_a_schedule_in_words_can_be_typed_back(lang: Lang, days: frozenset[int]) -> None:
    schedule = Schedule("Europe/Istanbul", time(7, 30), days)
    heard = read_schedule(in_words(schedule, lang), NINE)

    assert isinstance(heard, Heard)
    assert heard.schedule == schedule


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_usage_offers_can_be_typed(lang: Lang) -> None:
    offered = [words for key in ("digest_usage", "digest_none_here") for words in TYPED.findall(tell(key, lang))]

    assert len(offered) == 3
    for words in offered:
        heard = read_schedule(words, NINE)
        assert isinstance(heard, Heard), words
        assert not heard.notes


async def test_the_reply_is_in_the_language_of_the_words(engine: AsyncEngine) -> None:
    desk = desk_in("en", engine)
    korean = await digest_command("subscribe 평일 오전 9시 서울", CHANNEL, desk)
    english = await digest_command("subscribe every weekday 9am Seoul", CHANNEL, desk)

    assert "평일 09:00 Asia/Seoul" in korean.text
    assert "다음: 6월 2일 월요일 09:00" in korean.text
    assert "Next: Monday 2 June" in english.text


async def test_words_that_are_only_the_command_s_own_are_answered_in_the_desk_s_language(engine: AsyncEngine) -> None:
    desk = desk_in("tr", engine)
    listed = await digest_command("", CHANNEL, desk)
    pressed = await digest_pressed(STOP, CHANNEL, desk)

    assert listed.text.startswith(tell("digest_none", "tr"))
    assert pressed.text == tell("digest_none_here", "tr")


async def test_nonsense_is_named_in_the_language_of_the_words(engine: AsyncEngine) -> None:
    reply = await digest_command("subscribe 매일 99시", CHANNEL, desk_in("en", engine))

    assert "시각이 아닙니다" in reply.text
    assert tell("digest_try", "ko") in reply.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_whole_in_every_language_and_comes_back_in_it(lang: Lang) -> None:
    view = digest_form(NINE, "C1", for_me=False, exists=False, lang=lang)
    view["state"] = {"values": {"days": {"value": {"selected_options": []}}}}
    refused = read_form(view, NINE)

    assert view_problems({key: value for key, value in view.items() if key != "state"}) == []
    assert view["submit"]["text"] == tell("form_save", lang)
    assert isinstance(refused, FormErrors)
    assert refused.errors["days"] == tell("form_no_day", lang)


@pytest.mark.parametrize("lang", OTHERS)
def test_a_digest_in_another_language_has_no_english_words_of_its_own(lang: Lang) -> None:
    seen = Seen(edition_of(small_dossier()), date(2032, 3, 9), 1, [("who paid?", 3)])
    content = compose_digest(small_dossier(), date(2032, 3, 10), seen, lang=lang)
    message = digest_message(content, place="C1", note=tell("digest_preview", lang))

    own = {row["en"] for key, row in table().items() if key.startswith(("digest_", "part_")) and "{" not in row["en"]}
    assert not [words for words in own if words in message.text or words in str(message.blocks)]
    assert {Part.ANNIVERSARY, Part.UNANSWERED} <= set(content.parts)
    assert tell("digest_times", lang, count=3) in re.sub("[\u2068\u2069]", "", message.text)


async def test_a_preview_where_nothing_is_set_up_names_nobody_as_its_founder(engine: AsyncEngine) -> None:
    desk = desk_in("en", engine)
    before = await digest_command("preview", CHANNEL, desk)
    await digest_command("subscribe every weekday 9am Seoul", CHANNEL, desk)
    after = await digest_command("preview", CHANNEL, desk)

    assert "set up this digest" not in before.text
    assert "<@U1> set up this digest" in after.text

"""What a reader presses or fills in speaks the reader's language, and means the question as it was read."""

from __future__ import annotations

import json

from bot.render.words import tell
from tests.support.pressing import labels, reported_facts
from tests.support.running import OTHER, REPORTER, Running

KOREAN = "누가 공동성명에 서명했어?"


async def test_how_was_this_read_explains_a_follow_up_as_it_was_read(bot: Running) -> None:
    asked = bot.mention("who signed the joint statement?")
    await bot.replies(asked)
    bot.mention("when?", thread_ts=asked["ts"])
    _, second = await bot.replies(asked, 2)
    bot.mention("what about Cuba?", thread_ts=asked["ts"])
    await bot.replies(asked, 3)
    await bot.workspace.press(OTHER, second, "How was this read?")

    shown = await bot.whispered(1, OTHER)

    assert "Answered with F04" in shown["text"]
    assert "follow-up to: “who signed the joint statement?”" in shown["text"]


async def test_how_was_this_read_of_a_command_is_for_the_asker(bot: Running) -> None:
    shown = await bot.slash("who signed the joint statement?")
    await bot.workspace.press(REPORTER, shown, "How was this read?")

    assert "Answered with F04" in (await bot.whispered(2))["text"]


async def test_a_report_under_a_follow_up_is_about_the_facts_it_showed(bot: Running) -> None:
    asked = bot.mention("who signed the joint statement?")
    await bot.replies(asked)
    bot.mention("when?", thread_ts=asked["ts"])
    _, second = await bot.replies(asked, 2)
    await bot.workspace.press(OTHER, second, "Something wrong")
    await bot.modal(OTHER, title="Something wrong")
    await bot.workspace.submit(OTHER, {"what": "It was a Wednesday."})

    assert await reported_facts(bot) == ["F04"]


async def test_the_form_and_the_thanks_are_in_the_language_of_the_question(bot: Running) -> None:
    shown = await bot.slash(KOREAN)
    await bot.workspace.press(REPORTER, shown, tell("button_something_wrong", "ko"))
    send = (await bot.modal(title=tell("button_something_wrong", "ko")))["submit"]["text"]
    empty = await bot.workspace.submit(REPORTER, {"what": "  "})
    await bot.workspace.submit(REPORTER, {"what": "목요일이 아닙니다."})
    thanks = await bot.modal(title=tell("form_thanks", "ko"))

    assert send == tell("send", "ko")
    assert empty.errors["what"] == tell("form_empty", "ko")
    assert tell("form_kept", "ko") in json.dumps(thanks, ensure_ascii=False)


async def test_the_note_after_sharing_is_in_the_language_of_the_question(bot: Running) -> None:
    shown = await bot.slash(KOREAN)
    await bot.workspace.press(REPORTER, shown, tell("button_share", "ko"))
    note = await bot.workspace.wait_for(
        lambda: next((m for m in bot.workspace.ephemerals(REPORTER) if tell("shared", "ko") in m["text"]), None)
    )

    assert tell("button_share", "ko") not in labels(note)


async def test_a_checked_message_is_told_in_its_own_language(bot: Running) -> None:
    said = bot.workspace.say(OTHER, bot.room(), "조태열 장관이 다마스쿠스를 방문했다.")
    await bot.workspace.message_shortcut(REPORTER, said, "check_message")
    view = await bot.modal(title="Check with Syria Desk")

    assert view["submit"]["text"] == tell("post_in_thread", "ko")
    assert "본인에게만" in json.dumps(view, ensure_ascii=False)

"""What a reporter types or presses in Slack, and what is then there to see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.shelf import Shelf
from bot.workspace import Fault
from tests.support.pressing import button, labels, reports
from tests.support.running import OTHER, REPORTER, Running, running

WHO = "who Cho Tae-yul"


async def test_a_command_is_answered_at_once_for_the_asker_only(bot: Running) -> None:
    shown = await bot.slash(WHO)

    assert shown["is_ephemeral"]
    assert "Cho Tae-yul" in shown["text"]
    assert "Share to channel" in labels(shown)
    assert bot.workspace.from_app() == []


async def test_a_bare_command_gives_the_brief(bot: Running) -> None:
    assert (await bot.slash(""))["text"] == (await bot.slash("brief"))["text"]


async def test_a_command_that_contains_the_word_payload_is_answered(bot: Running) -> None:
    assert (await bot.slash("payload=1 who is cho"))["text"]


async def test_a_mention_is_answered_in_its_thread(bot: Running) -> None:
    asked = bot.mention("timeline")

    (reply,) = await bot.replies(asked)

    assert "2025" in reply["text"]
    assert reply["thread_ts"] == asked["ts"]
    assert "Share to channel" not in labels(reply)


async def test_a_mention_that_also_arrives_as_a_message_is_answered_once(bot: Running) -> None:
    asked = bot.mention(WHO)
    await bot.replies(asked)
    await bot.workspace.settled()
    second = bot.mention("timeline")
    await bot.replies(second)

    assert len(await bot.replies(asked)) == 1


async def test_a_redelivered_event_is_answered_once(bot: Running) -> None:
    asked = bot.mention(WHO)
    await bot.replies(asked)
    for delivery in list(bot.workspace.events.log):
        bot.workspace.events.redeliver(delivery)
    await bot.workspace.settled()
    second = bot.mention("timeline")
    await bot.replies(second)

    assert len(await bot.replies(asked)) == 1


async def test_a_follow_up_in_the_thread_needs_no_mention(bot: Running) -> None:
    asked = bot.mention(WHO)
    await bot.replies(asked)
    bot.workspace.say(REPORTER, bot.room(), "when?", asked["ts"])

    replies = await bot.replies(asked, 2)

    assert "2025" in replies[1]["text"]


@pytest.mark.parametrize("chatter", ["thanks, that helps", "lunch at one?", "ok filing now"])
async def test_talk_between_people_in_the_thread_is_left_alone(bot: Running, chatter: str) -> None:
    asked = bot.mention(WHO)
    await bot.replies(asked)
    bot.workspace.say(OTHER, bot.room(), chatter, asked["ts"])
    await bot.workspace.settled()
    later = bot.mention("timeline")
    await bot.replies(later)

    assert len(await bot.replies(asked)) == 1


async def test_channel_talk_is_left_alone(bot: Running) -> None:
    said = bot.workspace.say(REPORTER, bot.room(), "Seoul Damascus ties established?")
    await bot.workspace.settled()
    later = bot.mention("timeline")
    await bot.replies(later)

    assert bot.workspace.messages(bot.room(), said["ts"]) in ([], [said])


async def test_a_direct_message_is_answered_and_keeps_its_thread_of_talk(bot: Running) -> None:
    direct = bot.workspace.direct(REPORTER)
    bot.workspace.say(REPORTER, direct.id, WHO)
    await bot.workspace.wait_for(lambda: len(bot.workspace.from_app(direct.id)) == 1)
    bot.workspace.say(REPORTER, direct.id, "when?")
    await bot.workspace.wait_for(lambda: len(bot.workspace.from_app(direct.id)) == 2)

    first, second = bot.workspace.from_app(direct.id)
    assert "Cho Tae-yul" in first["text"]
    assert "2025" in second["text"]


async def test_edits_deletions_and_joins_are_not_questions(bot: Running) -> None:
    direct = bot.workspace.direct(REPORTER)
    said = bot.workspace.say(REPORTER, direct.id, WHO)
    await bot.workspace.wait_for(lambda: bot.workspace.from_app(direct.id))
    bot.workspace.edit(REPORTER, said, direct.id, "who is Cho?")
    bot.workspace.delete(REPORTER, said, direct.id)
    await bot.workspace.settled()
    bot.workspace.say(REPORTER, direct.id, "timeline")
    await bot.workspace.wait_for(lambda: len(bot.workspace.from_app(direct.id)) >= 2)

    assert len(bot.workspace.from_app(direct.id)) == 2


async def test_sharing_posts_once_and_names_who_shared(bot: Running) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Share to channel")

    (posted,) = await bot.workspace.wait_for(lambda: bot.workspace.from_app(bot.room()))
    note = await bot.workspace.wait_for(
        lambda: next((one for one in bot.workspace.ephemerals(REPORTER) if "Shared" in one["text"]), None)
    )

    assert f"<@{REPORTER}>" in posted["text"]
    assert "Cho Tae-yul" in posted["text"]
    assert "Share to channel" not in labels(note)


async def test_sharing_works_where_the_bot_is_not_a_member(bot: Running) -> None:
    shown = await bot.slash(WHO, room="general")
    await bot.workspace.press(REPORTER, shown, "Share to channel")

    posted = await bot.workspace.wait_for(lambda: bot.workspace.from_app(bot.room("general")))

    assert f"<@{REPORTER}>" in posted[0]["text"]


async def test_a_suggestion_under_a_private_answer_is_answered_privately(bot: Running) -> None:
    shown = await bot.slash("")
    await bot.workspace.press(REPORTER, shown, button(shown, "ask:"))

    answered = await bot.whispered(2)

    assert answered["text"] != shown["text"]
    assert bot.workspace.from_app() == []


async def test_a_suggestion_in_a_thread_is_answered_in_the_thread_with_the_name_of_who_pressed(bot: Running) -> None:
    asked = bot.mention("brief")
    (reply,) = await bot.replies(asked)
    await bot.workspace.press(OTHER, reply, button(reply, "ask:"))

    replies = await bot.replies(asked, 2)

    assert f"<@{OTHER}>" in replies[1]["text"]


async def test_show_source_in_a_thread_is_for_whoever_pressed(bot: Running) -> None:
    asked = bot.mention(WHO)
    (reply,) = await bot.replies(asked)
    await bot.workspace.press(OTHER, reply, "Show source")

    shown = await bot.whispered(1, OTHER)

    assert shown["text"]
    assert len(await bot.replies(asked)) == 1


async def test_something_wrong_opens_a_form_and_keeps_what_was_written(bot: Running) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Something wrong")
    await bot.modal(title="Something wrong")
    outcome = await bot.workspace.submit(REPORTER, {"what": "It was a Thursday."})

    assert outcome.ok
    assert (await bot.modal(title="Thank you"))["blocks"]
    assert await reports(bot) == 1


async def test_an_empty_report_says_what_is_missing(bot: Running) -> None:
    shown = await bot.slash(WHO)
    await bot.workspace.press(REPORTER, shown, "Something wrong")
    await bot.modal(title="Something wrong")
    outcome = await bot.workspace.submit(REPORTER, {"what": "   "})

    assert "what" in outcome.errors
    assert await reports(bot) == 0


async def test_check_shortcut_shows_verdicts_and_posts_them_in_the_thread(bot: Running) -> None:
    said = bot.workspace.say(OTHER, bot.room(), "Cho Tae-yul visited Damascus.")
    await bot.workspace.message_shortcut(REPORTER, said, "check_message")
    view = await bot.modal(title="Check with Syria Desk")
    assert "Cho Tae-yul visited Damascus" in json.dumps(view, ensure_ascii=False)
    await bot.workspace.submit(REPORTER, {})

    (reply,) = await bot.replies(said)

    assert f"<@{REPORTER}>" in reply["text"]


async def test_home_shows_the_page_and_is_published_again_only_when_it_changed(bot: Running) -> None:
    bot.workspace.open_home(REPORTER)
    page = await bot.workspace.wait_for(lambda: bot.workspace.home(REPORTER))
    bot.workspace.open_home(REPORTER)
    await bot.workspace.settled()
    await bot.edge.tasks.drain(2)

    assert "Timeline" in json.dumps(page)
    published = bot.workspace.traffic.named("views.publish")
    assert len(published) == 1


async def test_a_home_button_opens_the_answer_in_a_modal(bot: Running) -> None:
    bot.workspace.open_home(REPORTER)
    page = await bot.workspace.wait_for(lambda: bot.workspace.home(REPORTER))
    await bot.workspace.press(REPORTER, page, "Full timeline")

    assert (await bot.modal())["title"]["text"] == "Syria Desk"


async def test_socket_mode_answers_the_same(tmp_path: Path, shelf: Shelf) -> None:
    async with running(tmp_path, shelf, socket=True) as bot:
        await bot.workspace.wait_for(lambda: bot.workspace.sockets.connected)
        shown = await bot.slash(WHO)
        asked = bot.mention("timeline")
        replies = await bot.replies(asked)
        status, body = await bot.get("/readyz")

    assert "Cho Tae-yul" in shown["text"]
    assert replies
    assert (status, json.loads(body)["socket"]) == (200, "ok")


async def test_a_command_is_answered_while_slack_cannot_be_reached(tmp_path: Path, shelf: Shelf) -> None:
    async with running(tmp_path, shelf, prepare=lambda ws: ws.faults.probable("*", Fault("server_error"), 1.0)) as bot:
        shown = await bot.slash(WHO)
        status, _ = await bot.get("/readyz")

    assert "Cho Tae-yul" in shown["text"]
    assert status == 503


async def test_a_digest_is_set_up_changed_and_stopped_in_words(bot: Running) -> None:
    there = await bot.slash("digest subscribe every weekday 9am Seoul")
    listed = await bot.slash("digest")
    stopped = await bot.slash("digest stop")

    assert "09:00 Asia/Seoul" in there["text"]
    assert bot.room() in listed["text"]
    assert "stopped" in stopped["text"]


async def test_a_digest_is_set_up_by_mention_too(bot: Running) -> None:
    asked = bot.mention("digest subscribe every day 18:00 Damascus")

    (reply,) = await bot.replies(asked)

    assert "18:00 Asia/Damascus" in reply["text"]


async def test_the_digest_form_opens_from_a_command_and_keeps_what_is_filled_in(bot: Running) -> None:
    await bot.slash("digest subscribe")
    await bot.modal(title="Daily digest")
    outcome = await bot.workspace.submit(REPORTER, {"zone": "Seoul"})

    assert outcome.ok, outcome
    assert "Asia/Seoul" in (await bot.slash("digest"))["text"]


async def test_the_digest_form_says_which_field_is_wrong(bot: Running) -> None:
    await bot.slash("digest subscribe")
    await bot.modal(title="Daily digest")

    assert "zone" in (await bot.workspace.submit(REPORTER, {"zone": "Atlantis"})).errors


async def test_the_messages_tab_offers_questions_to_begin_with(bot: Running) -> None:
    bot.workspace.open_home(REPORTER, "messages")
    await bot.workspace.wait_for(lambda: bot.workspace.traffic.named("assistant.threads.setSuggestedPrompts"))
    await bot.edge.tasks.drain(2)

    (call,) = bot.workspace.traffic.named("assistant.threads.setSuggestedPrompts")
    assert call["status"] == 200
    assert call["response"]["ok"]


async def test_posts_are_counted(bot: Running) -> None:
    await bot.replies(bot.mention(WHO))

    assert 'syria_desk_posts_total{outcome="posted"} 1.0' in (await bot.get("/metrics"))[1]

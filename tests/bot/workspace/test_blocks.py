"""Block Kit: what Slack takes and what it refuses."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.validate.blocks import block_problems
from bot.workspace.validate.views import view_problems
from tests.bot.workspace.refusals import refusal, refused
from tests.bot.workspace.showcase import ANSWER, FORM, mrkdwn, option, plain


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text)}


def button(**extra: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), **extra}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


RAW = {"type": "raw_text", "text": "x"}
AT_THE_LIMIT = {
    "section": section("x" * 3000),
    "header": {"type": "header", "text": plain("x" * 150)},
    "fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "context": {"type": "context", "elements": [mrkdwn("x")] * 10},
    "actions": actions(*(button(action_id=str(n)) for n in range(25))),
    "button text": actions({"type": "button", "text": plain("x" * 75)}),
    "button value": actions(button(value="x" * 2000)),
    "overflow": actions({"type": "overflow", "options": [option(str(n), str(n)) for n in range(5)]}),
    "options": actions({"type": "static_select", "options": [option(str(n), str(n)) for n in range(100)]}),
    "markdown": {"type": "markdown", "text": "x" * 12_000},
    "alt text": {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "x" * 2000},
    "block id": {"type": "divider", "block_id": "x" * 255},
    "table": {"type": "table", "rows": [[RAW] * 20] * 100},
}
BEYOND_IT = {
    "section": (section("x" * 3001), "/blocks/0/text/text"),
    "empty section": (section(""), "/blocks/0/text/text"),
    "bare section": ({"type": "section"}, "/blocks/0"),
    "header": ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
    "mrkdwn header": ({"type": "header", "text": mrkdwn("x")}, "/blocks/0/text/type"),
    "fields": ({"type": "section", "fields": [mrkdwn("x")] * 11}, "/blocks/0/fields"),
    "field": ({"type": "section", "fields": [mrkdwn("x" * 2001)]}, "/blocks/0/fields/0/text"),
    "context": ({"type": "context", "elements": [mrkdwn("x")] * 11}, "/blocks/0/elements"),
    "actions": (actions(*(button(action_id=str(n)) for n in range(26))), "/blocks/0/elements"),
    "no actions": (actions(), "/blocks/0/elements"),
    "button text": (actions({"type": "button", "text": plain("x" * 76)}), "/blocks/0/elements/0/text/text"),
    "button value": (actions(button(value="x" * 2001)), "/blocks/0/elements/0/value"),
    "button style": (actions(button(style="loud")), "/blocks/0/elements/0/style"),
    "button url": (actions(button(url="javascript:alert(1)")), "/blocks/0/elements/0/url"),
    "same action": (actions(button(action_id="a"), button(action_id="a")), "/blocks/0/elements/1/action_id"),
    "overflow": (
        actions({"type": "overflow", "options": [option(str(n), str(n)) for n in range(6)]}),
        "/blocks/0/elements/0/options",
    ),
    "option": (
        actions({"type": "static_select", "options": [option("x" * 76, "v")]}),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "strange initial": (
        actions({"type": "static_select", "options": [option("a", "a")], "initial_option": option("b", "b")}),
        "/blocks/0/elements/0/initial_option",
    ),
    "input in actions": (actions({"type": "plain_text_input"}), "/blocks/0/elements/0/type"),
    "markdown": ({"type": "markdown", "text": "x" * 12_001}, "/blocks/0/text"),
    "alt text": ({"type": "image", "image_url": "https://example.org/a.png"}, "/blocks/0"),
    "unknown": ({"type": "hologram"}, "/blocks/0/type"),
    "alert": ({"type": "alert", "text": mrkdwn("x")}, "/blocks/0/type"),
    "extra": ({"type": "divider", "colour": "red"}, "/blocks/0"),
    "not an object": ("divider", "/blocks/0"),
    "ragged table": (
        {"type": "table", "rows": [[RAW], [RAW, RAW]]},
        "/blocks/0/rows",
    ),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_a_block_at_its_limit_is_taken(name: str) -> None:
    assert block_problems([AT_THE_LIMIT[name]], "message") == []


@pytest.mark.parametrize("name", BEYOND_IT)
def test_a_block_beyond_its_limit_is_refused(name: str) -> None:
    block, pointer = BEYOND_IT[name]
    assert [problem.pointer for problem in block_problems([block], "message")][:1] == [pointer]


def test_a_message_has_fifty_blocks_at_most_and_a_modal_a_hundred() -> None:
    divider = {"type": "divider"}
    assert block_problems([divider] * 50, "message") == []
    assert block_problems([divider] * 51, "message")
    assert block_problems([divider] * 100, "modal") == []
    assert block_problems([divider] * 101, "modal")


def test_block_ids_are_unique() -> None:
    twice = [{"type": "divider", "block_id": "a"}] * 2
    assert [problem.pointer for problem in block_problems(twice, "message")] == ["/blocks/1/block_id"]


def test_markdown_counts_together_and_only_in_messages() -> None:
    half = {"type": "markdown", "text": "x" * 6001}
    assert block_problems([half, half], "message")
    assert block_problems([half], "home")


def test_what_the_showcase_uses_is_valid() -> None:
    assert block_problems(ANSWER, "message") == []
    assert view_problems(FORM) == []


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"title": plain("x" * 25)}, "/view/title/text"),
        ({"title": None}, "/view"),
        ({"submit": None}, "/view/submit"),
        ({"callback_id": "x" * 256}, "/view/callback_id"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"type": "window"}, "/view/type"),
        ({"blocks": []}, "/view/blocks"),
    ],
)
def test_a_bad_view_is_refused(change: dict[str, Any], pointer: str) -> None:
    assert [problem.pointer for problem in view_problems({**FORM, **change})][:1] == [pointer]


async def test_slack_says_where_the_fault_is(api: AsyncWebClient) -> None:
    body = await refusal(api.chat_postMessage(channel="newsroom", text="x", blocks=[section("x" * 3001)]))
    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert (body["error"], body["errors"]) == ("invalid_blocks", [said])
    assert body["response_metadata"]["messages"] == [f"[ERROR] {said}"]


async def test_blocks_must_be_a_list(api: AsyncWebClient) -> None:
    call = api.api_call("chat.postMessage", json={"channel": "newsroom", "blocks": {"type": "divider"}})
    assert await refused(call) == "invalid_blocks_format"


async def test_too_many_words_in_all_blocks_together_are_refused(api: AsyncWebClient) -> None:
    blocks = [section("x" * 2900)] * 5
    assert await refused(api.chat_postMessage(channel="newsroom", text="x", blocks=blocks)) == "msg_blocks_too_long"

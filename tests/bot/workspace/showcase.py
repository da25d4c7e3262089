"""An app that uses every kind of block and element, to see and to press them."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp

from tests.support.workspace import echo

MRKDWN = (
    "*Bold*, _italic_, ~struck~, `code` and <https://example.org/story|a link>"
    " to <@U0REPORT01> in <#C0DESK00001|newsroom>.\n"
    "&gt; A quotation, with &lt;angle brackets&gt; &amp; an ampersand\n"
    "<!date^1744358400^{date_long}|11 April 2025> :newspaper:"
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> dict[str, Any]:
    return {"text": plain(text), "value": value}


ANSWER = [
    {"type": "header", "text": plain("Ties between the two countries")},
    {"type": "section", "text": mrkdwn(MRKDWN)},
    {
        "type": "section",
        "text": mrkdwn("With an accessory"),
        "accessory": {"type": "button", "action_id": "source", "text": plain("Show source"), "value": "f1"},
    },
    {"type": "section", "fields": [mrkdwn("*When*\n10 April"), mrkdwn("*Where*\nDamascus"), mrkdwn("*Who*\nCho")]},
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "text", "text": "one", "style": {"bold": True}}],
                    },
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "<b>two</b>"}]},
                ],
            }
        ],
    },
    {"type": "markdown", "text": "### A table\n\n| a | b |\n| - | - |\n| **1** | `2` |\n\n- [x] done\n- [ ] to do"},
    {"type": "image", "image_url": "https://example.org/map.png", "alt_text": "A map of the region"},
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            {"type": "button", "action_id": "share", "text": plain("Share"), "style": "primary", "value": "s"},
            {
                "type": "button",
                "action_id": "wrong",
                "text": plain("Something wrong"),
                "style": "danger",
                "confirm": {
                    "title": plain("Report it?"),
                    "text": mrkdwn("An *editor* will look at it."),
                    "confirm": plain("Report"),
                    "deny": plain("Not now"),
                },
            },
            {
                "type": "static_select",
                "action_id": "language",
                "placeholder": plain("Language"),
                "options": [option("English", "en"), option("한국어", "ko")],
            },
            {"type": "overflow", "action_id": "rest", "options": [option("Cite", "cite"), option("Follow", "follow")]},
        ],
    },
    {"type": "context", "elements": [mrkdwn("Dossier 3 · as of 11 April 2025 (derived)")]},
]

FORM = {
    "type": "modal",
    "callback_id": "propose",
    "title": plain("Propose a fact"),
    "submit": plain("Propose"),
    "close": plain("Cancel"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "statement",
            "label": plain("Statement"),
            "hint": plain("In your own words, one sentence."),
            "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 200},
        },
        {
            "type": "input",
            "block_id": "link",
            "label": plain("Source"),
            "optional": True,
            "element": {"type": "url_text_input", "action_id": "url", "placeholder": plain("https://…")},
        },
        {
            "type": "input",
            "block_id": "day",
            "label": plain("Date"),
            "dispatch_action": True,
            "element": {"type": "datepicker", "action_id": "date", "initial_date": "2025-04-10"},
        },
        {
            "type": "input",
            "block_id": "hour",
            "label": plain("Time"),
            "optional": True,
            "element": {"type": "timepicker", "action_id": "time"},
        },
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("Kind"),
            "element": {
                "type": "static_select",
                "action_id": "kind",
                "options": [option("Event", "event"), option("Opinion", "opinion")],
            },
        },
        {
            "type": "input",
            "block_id": "days",
            "label": plain("Days"),
            "optional": True,
            "element": {
                "type": "checkboxes",
                "action_id": "days",
                "options": [option("Monday", "mon"), option("Tuesday", "tue")],
            },
        },
        {
            "type": "input",
            "block_id": "sure",
            "label": plain("How sure?"),
            "optional": True,
            "element": {
                "type": "radio_buttons",
                "action_id": "sure",
                "options": [option("Stated", "stated"), option("Derived", "derived")],
            },
        },
        {
            "type": "input",
            "block_id": "where",
            "label": plain("Channel"),
            "optional": True,
            "element": {
                "type": "conversations_select",
                "action_id": "where",
                "default_to_current_conversation": True,
                "filter": {"include": ["public", "private"]},
            },
        },
    ],
}


def showcase(app: AsyncApp) -> None:
    """Answers /syria with every block; its buttons, menus and form work."""
    app.command("/syria")(command)
    app.action("share")(share)
    app.action("language")(language)
    app.action("rest")(rest)
    app.action("wrong")(wrong)
    app.action("date")(dated)
    app.view("propose")(proposed)
    app.view_closed("propose")(closed)
    app.shortcut("check_message")(check)
    echo(app)


async def command(ack: Any, command: Any, client: Any) -> None:
    if command["text"] == "form":
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        await ack()
    elif command["text"] in ("public", "answer"):
        kind = "in_channel" if command["text"] == "public" else "ephemeral"
        await ack(response_type=kind, text="The whole answer", blocks=ANSWER)
    else:
        await ack(response_type="ephemeral", text=f"you said {command['text']}")


async def share(ack: Any, respond: Any, client: Any, body: Any) -> None:
    await ack()
    await client.chat_postMessage(channel=body["channel"]["id"], text=f"Shared by <@{body['user']['id']}>")
    await respond(replace_original=True, text="Shared with the channel.")


async def language(ack: Any, respond: Any, action: Any) -> None:
    await ack()
    await respond(replace_original=False, text=f"language: {action['selected_option']['value']}")


async def rest(ack: Any, respond: Any, action: Any) -> None:
    await ack()
    await respond(replace_original=False, text=f"chosen: {action['selected_option']['value']}")


async def wrong(ack: Any, body: Any, client: Any) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=FORM)


async def dated(ack: Any, body: Any, client: Any, action: Any) -> None:
    await ack()
    note = {"type": "context", "elements": [mrkdwn(f"Dated {action['selected_date']}")]}
    view = {**FORM, "blocks": [*FORM["blocks"], note]}  # type: ignore[misc]
    await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)


async def proposed(ack: Any, view: Any, client: Any) -> None:
    text = view["state"]["values"]["statement"]["text"]["value"]
    if text.startswith("I think"):
        await ack(response_action="errors", errors={"statement": "Say who thinks so."})
        return
    await ack()
    kind = view["state"]["values"]["kind"]["kind"]["selected_option"]["value"]
    await client.chat_postMessage(channel="syria-desk", text=f"Proposed ({kind}): {text}")


async def closed(ack: Any, client: Any) -> None:
    await ack()
    await client.chat_postMessage(channel="syria-desk", text="The form was closed.")


async def check(ack: Any, shortcut: Any, client: Any) -> None:
    blocks = [{"type": "section", "text": mrkdwn(f"*Checked:* {shortcut['message']['text']}")}]
    view = {"type": "modal", "title": plain("Check"), "blocks": blocks}
    await client.views_open(trigger_id=shortcut["trigger_id"], view=view)
    await ack()

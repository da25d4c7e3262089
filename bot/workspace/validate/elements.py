"""Interactive elements: buttons, menus and inputs."""

import re

from bot.workspace.validate.objects import (
    box_option,
    confirm,
    has_options,
    initial_is_an_option,
    option_group,
    plain,
    select_option,
    words,
)
from bot.workspace.validate.rules import (
    Check,
    Need,
    Shape,
    anything,
    boolean,
    both,
    items,
    matching,
    one_of,
    shaped,
    string,
    web_address,
    whole,
)

_ID = string(255, 1)
_DATE = matching(re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$").match, "must be a date as YYYY-MM-DD")
_TIME = matching(re.compile(r"([01]\d|2[0-3]):[0-5]\d$").match, "must be a time as HH:mm")
_DISPATCH = shaped({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
_COMMON: Shape = {"type": string(50), "action_id": _ID, "focus_on_load": boolean}
_MENU: Shape = {**_COMMON, "placeholder": plain(150), "confirm": confirm}
_MANY: Shape = {**_MENU, "max_selected_items": whole(1, 10**6)}
_STATIC: Shape = {"options": items(select_option, 100), "option_groups": items(option_group, 100)}
_FILTER = shaped(
    {
        "include": items(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    }
)
_CONVERSATION: Shape = {"default_to_current_conversation": boolean, "filter": _FILTER, "response_url_enabled": boolean}
_BOXES: Shape = {**_COMMON, "options": Need(items(box_option, 10)), "confirm": confirm}
_TYPED: Shape = {
    **_COMMON,
    "placeholder": plain(150),
    "initial_value": string(3000),
    "dispatch_action_config": _DISPATCH,
}

ELEMENTS: dict[str, Check] = {
    "button": shaped(
        {
            "type": string(50),
            "action_id": _ID,
            "text": Need(plain(75)),
            "value": string(2000),
            "url": web_address(3000),
            "style": one_of("primary", "danger"),
            "confirm": confirm,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
            "visible_to_user_ids": anything,
        }
    ),
    "overflow": shaped(
        {"type": string(50), "action_id": _ID, "options": Need(items(select_option, 5)), "confirm": confirm}
    ),
    "static_select": both(
        shaped({**_MENU, **_STATIC, "initial_option": select_option}), has_options, initial_is_an_option
    ),
    "multi_static_select": both(
        shaped({**_MANY, **_STATIC, "initial_options": items(select_option, 100)}), has_options, initial_is_an_option
    ),
    "external_select": shaped({**_MENU, "min_query_length": whole(0, 100), "initial_option": select_option}),
    "users_select": shaped({**_MENU, "initial_user": string(50, 1)}),
    "multi_users_select": shaped({**_MANY, "initial_users": items(string(50, 1), 1000)}),
    "conversations_select": shaped({**_MENU, **_CONVERSATION, "initial_conversation": string(50, 1)}),
    "multi_conversations_select": shaped(
        {**_MANY, **_CONVERSATION, "initial_conversations": items(string(50, 1), 1000)}
    ),
    "channels_select": shaped({**_MENU, "initial_channel": string(50, 1), "response_url_enabled": boolean}),
    "multi_channels_select": shaped({**_MANY, "initial_channels": items(string(50, 1), 1000)}),
    "datepicker": shaped({**_MENU, "initial_date": _DATE}),
    "timepicker": shaped({**_MENU, "initial_time": _TIME, "timezone": string(100, 1)}),
    "datetimepicker": shaped({**_COMMON, "initial_date_time": whole(10**9, 10**10 - 1), "confirm": confirm}),
    "checkboxes": both(shaped({**_BOXES, "initial_options": items(box_option, 10)}), initial_is_an_option),
    "radio_buttons": both(shaped({**_BOXES, "initial_option": box_option}), initial_is_an_option),
    "plain_text_input": shaped(
        {**_TYPED, "multiline": boolean, "min_length": whole(0, 3000), "max_length": whole(1, 3000)}
    ),
    "url_text_input": shaped(_TYPED),
    "email_text_input": shaped(_TYPED),
    "number_input": shaped(
        {**_TYPED, "is_decimal_allowed": Need(boolean), "min_value": string(50), "max_value": string(50)}
    ),
    "rich_text_input": shaped({**_COMMON, "placeholder": plain(150), "initial_value": anything}),
    "image": shaped(
        {
            "type": string(50),
            "image_url": web_address(3000),
            "slack_file": anything,
            "alt_text": Need(string(2000, 1)),
        }
    ),
    "mrkdwn": words(3000),
    "plain_text": words(3000),
    "workflow_button": anything,
}

_PICKERS = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"})
_SELECTS = frozenset({"static_select", "external_select", "users_select", "conversations_select", "channels_select"})
_MULTI = frozenset(name for name in ELEMENTS if name.startswith("multi_"))
IN_ACTIONS = frozenset({"button", "overflow", "datetimepicker", "workflow_button"}) | _SELECTS | _PICKERS
IN_SECTION = frozenset({"button", "overflow", "image", "workflow_button"}) | _SELECTS | _MULTI | _PICKERS
IN_CONTEXT = frozenset({"image", "mrkdwn", "plain_text"})
IN_INPUT = (
    frozenset({"plain_text_input", "url_text_input", "email_text_input", "number_input", "rich_text_input"})
    | frozenset({"datetimepicker"})
    | _SELECTS
    | _MULTI
    | _PICKERS
)

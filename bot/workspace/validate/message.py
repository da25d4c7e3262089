"""What chat.postMessage and its relatives check."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.workspace.errors import Json, SlackError
from bot.workspace.validate.blocks import block_problems

TEXT_TRUNCATED = 40_000
UPDATE_TEXT_LIMIT = 4_000
BLOCKS_TEXT_LIMIT = 13_200
METADATA_LIMIT = 16_000
ATTACHMENTS_LIMIT = 100
_EVENT_TYPE = re.compile(r"[a-z0-9_]{1,255}$")


def check_content(content: Json) -> None:
    """Raise Slack's error for text, blocks, attachments and metadata it would not take."""
    blocks, attachments = content.get("blocks"), content.get("attachments")
    if content.get("markdown_text") and (content.get("text") or blocks):
        raise SlackError("markdown_text_conflict")
    if blocks is not None:
        check_blocks(blocks)
    if attachments is not None:
        _check_attachments(attachments)
    if not (content.get("text") or blocks or attachments or content.get("markdown_text")):
        raise SlackError("no_text")
    if content.get("metadata") is not None:
        check_metadata(content["metadata"])


def check_blocks(blocks: Any) -> None:
    """Raise invalid_blocks_format, invalid_blocks or msg_blocks_too_long."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems = block_problems(blocks, "message")
    if problems:
        raise SlackError("invalid_blocks", problems)
    if sum(map(len, _texts(blocks))) > BLOCKS_TEXT_LIMIT:
        raise SlackError("msg_blocks_too_long")


def _check_attachments(attachments: Any) -> None:
    if not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if len(attachments) > ATTACHMENTS_LIMIT:
        raise SlackError("too_many_attachments")
    for attachment in attachments:
        if isinstance(attachment, dict) and "blocks" in attachment:
            check_blocks(attachment["blocks"])


def check_metadata(metadata: Any) -> None:
    """Raise Slack's error for message metadata it would not keep."""
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not _EVENT_TYPE.match(metadata["event_type"]):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata["event_payload"])) > METADATA_LIMIT:
        raise SlackError("metadata_too_large")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("type", "block_id", "action_id", "value"):
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)

"""Requests as Slack sends them: payloads, encodings, signatures."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def signed(body: bytes | str, secret: str, content_type: str = JSON, at: float | None = None) -> dict[str, str]:
    """The headers of a signed request; `at` is when it claims to have been made."""
    raw = body.encode() if isinstance(body, str) else body
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def command(text: str, **changes: str) -> str:
    """A slash command's form."""
    fields = {
        "command": "/syria",
        "text": text,
        "team_id": "T0NEWSROOM",
        "channel_id": "C0ROOM0001",
        "user_id": "U0REPORT01",
        "api_app_id": "A0DESK0001",
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.com/commands/T0/1/x",
    }
    return urlencode({**fields, **changes})


def event(inner: dict[str, Any], event_id: str = "Ev0000000001", **changes: Any) -> str:
    """An event envelope."""
    envelope = {
        "type": "event_callback",
        "team_id": "T0NEWSROOM",
        "api_app_id": "A0DESK0001",
        "event_id": event_id,
        "event_time": 1,
        "event": inner,
        "authorizations": [{"team_id": "T0NEWSROOM", "user_id": "U0DESK0001", "is_bot": True}],
    }
    return json.dumps({**envelope, **changes})


def interaction(payload: dict[str, Any]) -> str:
    """The form that carries a button press, a shortcut or a modal."""
    return urlencode({"payload": json.dumps(payload)})

"""What Slack makes of the words a person types, before an app sees them."""

import re
from collections.abc import Mapping

from bot.workspace.errors import Json

_URL = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
_TOKEN = re.compile(r"<(@[UW][A-Z0-9]+|#C[A-Z0-9]+|https?://[^<>|\s]+)(?:\|([^<>]*))?>")


def escape(text: str) -> str:
    """Text with Slack's three control characters made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The characters a reader sees."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(text: str, names: Mapping[str, str], channels: Mapping[str, str], *, labels: bool = False) -> str:
    """A typed line as Slack sends it: escaped, with @names, #channels and links in angle brackets.

    `names` and `channels` map what is typed after @ or # to an id; `labels` adds |name, as slash commands do.
    """
    known = set(names.values())
    text = re.sub(r"<@([UW][A-Z0-9]+)>", lambda m: f"\0{m[1]}\0" if m[1] in known else m[0], text)
    text = _URL.sub(lambda m: f"<{m[0]}>", escape(text))
    text = _refer(text, "@", names, labels=labels)
    text = _refer(text, "#", channels, labels=labels)
    return re.sub(r"\0(\w+)\0", r"<@\1>", text)


def _refer(text: str, sign: str, ids: Mapping[str, str], *, labels: bool) -> str:
    if sign not in text or not ids:
        return text
    longest_first = sorted(ids, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w{sign}/]){sign}({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    folded = {name.casefold(): target for name, target in ids.items()}

    def token(match: re.Match[str]) -> str:
        label = f"|{match[1]}" if labels or sign == "#" else ""
        return f"<{sign}{folded[match[1].casefold()]}{label}>"

    return pattern.sub(token, text)


def rich_text(text: str) -> list[Json]:
    """The rich_text block that Slack's client attaches to a typed message."""
    elements: list[Json] = []
    position = 0
    for match in _TOKEN.finditer(text):
        _literal(elements, text[position : match.start()])
        elements.append(_reference(match))
        position = match.end()
    _literal(elements, text[position:])
    return [
        {"type": "rich_text", "block_id": "typed", "elements": [{"type": "rich_text_section", "elements": elements}]}
    ]


def _literal(elements: list[Json], text: str) -> None:
    if text:
        elements.append({"type": "text", "text": unescape(text)})


def _reference(match: re.Match[str]) -> Json:
    target = match[1]
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    link: Json = {"type": "link", "url": unescape(target)}
    return {**link, "text": unescape(match[2])} if match[2] else link

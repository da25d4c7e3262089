"""What a reader typed, as the desk reads it: Slack's tokens back to words, control characters gone, a sane length."""

from __future__ import annotations

import re

from bot.render.clean import clean

LONGEST = 1500
_FAR = 20_000
_TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def intake(text: str, bot_user: str | None = None) -> str:
    """One line of plain words; the bot's own mention is dropped, other people become @someone."""
    words = _TOKEN.sub(lambda token: _word(token, bot_user), text[:_FAR])
    for entity, sign in _ENTITIES:
        words = words.replace(entity, sign)
    return " ".join(clean(words).split())[:LONGEST].rstrip()


def mentions(text: str, bot_user: str | None) -> bool:
    """Whether the bot is addressed by name."""
    return bot_user is not None and f"<@{bot_user}" in text


def _word(token: re.Match[str], bot_user: str | None) -> str:
    kind, target, label = token[1], token[2], token[3]
    if kind == "@":
        own = target == bot_user or (bot_user is None and token.start() == 0)
        return " " if own else f" @{label or 'someone'} "
    if kind == "#":
        return f" #{label or 'channel'} "
    if kind == "!":
        return f" {label} " if label and target.startswith(("date", "subteam")) else " "
    return f" {label or target} "


def typed(text: str) -> str:
    """What was typed outside Slack: one line of plain words of a sane length."""
    return " ".join(clean(text[:_FAR]).split())[:LONGEST].rstrip()

"""A claim with a second statement set into it: «A, a friend of B, was …», «Known as A, B leads …», «C, who leads D»."""

from __future__ import annotations

from knowledge.checking.claimed import Claimed
from knowledge.checking.sides import role_words
from knowledge.names import Mention


def inserted(claimed: Claimed) -> tuple[str, ...]:
    """The two statements of such a sentence, whole ones; empty where nothing is set in."""
    if claimed.lang != "en" or "," not in claimed.text or not claimed.mentions:
        return ()
    commas = [at for at in range(len(claimed.tokens) - 1) if _comma(claimed, at)]
    found = _ahead(claimed, commas) or _between(claimed, commas) or _behind(claimed, commas)
    return found if all(found) else ()


def _comma(claimed: Claimed, at: int) -> bool:
    return "," in claimed.text[claimed.tokens[at].end : claimed.tokens[at + 1].start]


def _acts(claimed: Claimed, first: int, last: int) -> bool:
    """Whether anything is done in a stretch of tokens."""
    return any(first <= cue.first and cue.last <= last for cue in claimed.acts)


def _ahead(claimed: Claimed, commas: list[int]) -> tuple[str, ...]:
    """«Better known as A, B leads C.»"""
    if not commas or claimed.words[0] not in role_words()["set_ahead"]:
        return ()
    cut, end = commas[0], len(claimed.tokens) - 1
    name = next((m for m in claimed.mentions if m.first == cut + 1), None)
    if name is None or not _acts(claimed, 0, cut) or not _acts(claimed, name.last + 1, end):
        return ()
    return f"{_said(claimed, name)} is {claimed.said(0, cut).lower()}", claimed.said(cut + 1, end)


def _between(claimed: Claimed, commas: list[int]) -> tuple[str, ...]:
    """«A, who leads B, did C.»"""
    end = len(claimed.tokens) - 1
    for name in claimed.mentions[:1]:
        later = [at for at in commas if at >= name.last]
        if len(later) < 2 or later[0] != name.last:
            continue
        close = later[1]
        if _acts(claimed, name.last + 1, close) and _acts(claimed, close + 1, end):
            rest = f"{claimed.said(0, name.last)} {claimed.said(close + 1, end)}"
            return rest, _told(claimed, name, name.last + 1, close)
    return ()


def _behind(claimed: Claimed, commas: list[int]) -> tuple[str, ...]:
    """«A met B, who leads C.»"""
    end = len(claimed.tokens) - 1
    for name in claimed.mentions:
        opens = name.last in commas and claimed.words[name.last + 1] in role_words()["relatives"]
        closed = any(at > name.last for at in commas)
        if opens and not closed and _acts(claimed, 0, name.last) and _acts(claimed, name.last + 1, end):
            return claimed.said(0, name.last), _told(claimed, name, name.last + 1, end)
    return ()


def _told(claimed: Claimed, name: Mention, first: int, last: int) -> str:
    """What is set in, as a statement of its own about a name."""
    word, said = claimed.words[first], _said(claimed, name)
    if word == "whose":
        return f"{said}'s {claimed.said(first + 1, last)}"
    if word in role_words()["relatives"]:
        return f"{said} {claimed.said(first + 1, last)}"
    return f"{said} is {claimed.said(first, last)}"


def _said(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)

"""Whether a sentence asks for the digest, and in which of its words: "send us the digest at 9" is `subscribe at 9`."""

from __future__ import annotations

import re
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.delivery.digest_words import Heard, read_schedule
from bot.delivery.places import fold
from bot.delivery.schedule import Schedule

_FILE = Path(__file__).with_name("digest_asked.yaml")
_NAMED = re.compile(r"(?:daily )?digests?\b[\s:,]*(.*)", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"(?:please )?(unsubscribe|subscribe)\b[\s:,]*(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST = 200
# A time and days that nobody asks for: what is read and differs was said.
_UNSAID = Schedule("UTC", time(3, 59), frozenset({1, 2, 5}))


def digest_words(text: str) -> str | None:
    """What follows `digest`, or None when the text is about something else."""
    if found := _NAMED.fullmatch(text):
        return found[1]
    if (found := _BARE.fullmatch(text)) and (bare := _bare(found[1].lower(), found[2].strip(" .!"))) is not None:
        return bare
    return _asked(fold(text).strip(" .!?")) if len(text) <= _LONGEST else None


def _bare(verb: str, rest: str) -> str | None:
    if _phrases("for_me").fullmatch(rest) or not rest:
        return f"{'stop' if verb == 'unsubscribe' else verb} {'me' if rest else ''}".strip()
    return f"subscribe {rest}" if verb == "subscribe" and _says_when(rest) else None


def _asked(text: str) -> str | None:
    noun = _phrases("digest").search(text)
    if noun is None:
        return None
    around = f"{text[: noun.start()]} {text[noun.end() :]}"
    act, at = _verb(around)
    if act is None:
        return None
    wanted, rest = _split(around[: at[0]] + " " + around[at[1] :], act, around[at[0] : at[1]])
    if act not in ("subscribe", "change"):
        return f"{act} {wanted}".strip() if not rest else None
    leads = not _phrases("filler").sub(" ", around[: at[0]]).strip()
    if rest and not leads and not _says_when(rest):
        return None
    every_day = act == "subscribe" and rest and _phrases("daily").search(noun[0]) and not _says_days(rest)
    return " ".join(part for part in (act, wanted, "daily" if every_day else "", rest) if part)


def _verb(text: str) -> tuple[str | None, tuple[int, int]]:
    """What is to be done: the verb whose words are the longest, and where they stand."""
    hits = [(hit.end() - hit.start(), act, hit.span()) for act in _verbs() if (hit := _phrases(act).search(text))]
    if not hits:
        return None, (0, 0)
    _, act, span = max(hits)
    return act, span


def _split(rest: str, act: str, verb: str) -> tuple[str, str]:
    """Whether it is for the asker alone, and what is left that may be a time."""
    mine = act == "subscribe" and bool(_phrases("for_me").search(f"{verb} {rest}"))
    if act == "subscribe":
        rest = _phrases("for_me").sub(" ", rest)
    rest = " ".join(_phrases("filler").sub(" ", rest).split())
    return ("me" if mine else ""), re.sub(r"^(?:for|and)\b|\b(?:for|and)$", "", rest).strip(" ,.")


def _says_when(words: str) -> bool:
    heard = read_schedule(words, _UNSAID)
    return isinstance(heard, Heard) and (heard.schedule.at, heard.schedule.days) != (_UNSAID.at, _UNSAID.days)


def _says_days(words: str) -> bool:
    heard = read_schedule(words, _UNSAID)
    return isinstance(heard, Heard) and heard.schedule.days != _UNSAID.days


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    verbs: dict[str, str] = _read()["verbs"]
    return verbs


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=32)
def _phrases(kind: str) -> re.Pattern[str]:
    """Any of these phrases, the longest first."""
    phrases = str(_verbs().get(kind) or _read()[kind]).replace("| ", "|").split("|")
    either = "|".join(sorted((phrase.strip() for phrase in phrases), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")

"""A claim that joins two statements, cut in two; what the second leaves out is carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import yaml

from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.inserted import inserted
from knowledge.checking.sides import role_words
from knowledge.model import Lang
from knowledge.understand.lexicon import FOLDER


@lru_cache(maxsize=1)
def _joints() -> Mapping[Lang, Sequence[str]]:
    with (FOLDER / "check_roles.yaml").open(encoding="utf-8") as file:
        found: Mapping[Lang, Sequence[str]] = yaml.safe_load(file)["joints"]
    return found


def clauses(claimed: Claimed) -> tuple[str, ...]:
    """The statements of a sentence, whole ones; empty where it holds but one."""
    return _joined(claimed) or inserted(claimed)


def _joined(claimed: Claimed) -> tuple[str, ...]:
    for at, word in enumerate(claimed.words):
        if word in _joints().get(claimed.lang, ()) and 1 < at < len(claimed.tokens) - 2:
            left, right = (0, at - 1), (at + 1, len(claimed.tokens) - 1)
            if _quoted(claimed, at) or not _splits(claimed, left, right):
                continue
            return claimed.said(*left), _named_again(claimed, left, _carried(claimed, left, right))
    return ()


_Stretch = tuple[int, int]


def _quoted(claimed: Claimed, at: int) -> bool:
    """Whether a token stands inside quotation marks."""
    place = claimed.tokens[at].start
    return any(start <= place < start + len(text) for text in claimed.quoted for start in (claimed.text.find(text),))


def _acts(claimed: Claimed, stretch: _Stretch) -> list[Cue]:
    return [cue for cue in claimed.acts if stretch[0] <= cue.first and cue.last <= stretch[1]]


def _pinned(claimed: Claimed, stretch: _Stretch) -> bool:
    """Whether a stretch has a figure of its own."""
    return any(stretch[0] <= q.at <= stretch[1] for q in claimed.canonical.quantities)


def _splits(claimed: Claimed, left: _Stretch, right: _Stretch) -> bool:
    if not _acts(claimed, left):
        return False
    named = any(right[0] <= m.first for m in claimed.mentions)
    nominal = set(role_words()["nominal"])
    verbs = {cue.name for cue in _acts(claimed, right)} - {cue.name for cue in _acts(claimed, left)} - nominal
    return (bool(verbs) and (named or bool(_mention(claimed, left)))) or (
        named and _pinned(claimed, left) and _pinned(claimed, right)
    )


def _mention(claimed: Claimed, stretch: _Stretch) -> str:
    """The name that opens a stretch, with the source before it where the sentence begins with one."""
    named = [m for m in claimed.mentions if stretch[0] <= m.first <= stretch[1]]
    if not named:
        return ""
    first = named[0]
    sourced = " ".join(claimed.words[: first.first]).removesuffix(" the") in role_words()["sourced"]
    if sourced and len(named) > 1:
        return f"{claimed.said(0, first.last)}, {claimed.said(named[1].first, named[1].last)}"
    return claimed.said(first.first, first.last)


def _named_again(claimed: Claimed, left: _Stretch, text: str) -> str:
    """A second statement with the name in the place of a word that goes back to it."""
    named = [m for m in claimed.mentions if left[0] <= m.first and m.last <= left[1]]
    back = role_words()["back"]
    if claimed.lang != "en" or not named:
        return text
    words = []
    for word in text.split(" "):
        bare = word.strip(".,").lower()
        meant = named[0] if bare in back["subject"] else named[-1] if bare in back["object"] else None
        words.append(claimed.said(meant.first, meant.last) if meant else word)
    return " ".join(words)


def _carried(claimed: Claimed, left: _Stretch, right: _Stretch) -> str:
    """The second statement with the first one's subject or verb, where it has none of its own."""
    text = claimed.said(*right)
    acts = [cue for cue in _acts(claimed, right) if cue.name not in role_words()["comparing"]]
    if not acts:
        cue = _acts(claimed, left)[0]
        return f"{text} {claimed.said(cue.first, cue.last)}"
    own = next((m for m in claimed.mentions if right[0] <= m.first), None)
    if own is None or own.first > acts[0].first:
        return f"{_mention(claimed, left)} {text}".strip()
    return text

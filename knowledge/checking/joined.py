"""The names that a word like «ties» joins in a sentence."""

from __future__ import annotations

from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.sides import Sides, role_words
from knowledge.names import Mention

_NEAR, _BESIDE, _NEXT = 4, 3, 2


def around(claimed: Claimed, act: Cue, sides: Sides) -> tuple[Mention, ...]:
    """One or two names: «A's ties with B», «ties between A and B», «A-B ties», «the A ties»."""
    named = [m for m in claimed.mentions if len(m.ids) == 1 and not m.outside and not sides.note(m.ids[0])]
    if "exclude" in claimed.act_names():
        named = [m for m in named if not _members(claimed, m)]
    left = [m for m in named if m.last < act.first]
    close = bool(left) and act.first - left[-1].last <= _BESIDE
    if claimed.lang == "en" and (found := _behind(claimed, act, named, left[-1] if close else None)):
        return found
    if (
        close
        and len(left) > 1
        and left[-1].first - left[-2].last <= _NEXT
        and _coupled(claimed, left[-2], left[-1], sides)
    ):
        return left[-2], left[-1]
    return (left[-1],) if close and act.first - left[-1].last == 1 else ()


def _members(claimed: Claimed, mention: Mention) -> bool:
    """«every UN member»: the name only says which members, of whom one is left out."""
    return bool(set(claimed.words[mention.last + 1 : mention.last + 2]) & set(role_words()["qualifies"]))


def _coupled(claimed: Claimed, one: Mention, other: Mention, sides: Sides) -> bool:
    """Whether two names stand for two: joined by a word or a mark, or of two sides."""
    between = claimed.text[claimed.tokens[one.last].end : claimed.tokens[other.first].start]
    if between.strip() in {"and", "-", "–"} or not sides.same(one.ids[0], other.ids[0]):
        return True
    return claimed.lang == "ko" and claimed.words[one.last].endswith(tuple(role_words()["coupling"]["ko"]))


def _behind(claimed: Claimed, act: Cue, named: list[Mention], left: Mention | None) -> tuple[Mention, ...]:
    """The name behind the word, and the one that it is joined to."""
    after = next((m for m in named if act.last < m.first <= act.last + _NEAR), None)
    joins = set(role_words()["relating"]["en"])
    between = claimed.words[act.last + 1 : after.first] if after else []
    if after is None or not joins & set(between):
        return ()
    if "between" in between:
        rest = next((m for m in named if after.last < m.first <= after.last + _BESIDE), None)
        return (after, rest) if rest else ()
    return (left, after) if left else (after,)

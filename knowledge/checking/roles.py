"""Who acts, who is acted upon and who speaks in a sentence, from order, voice, particles and case endings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.checking.claimed import Claimed
from knowledge.checking.sides import Sides, role_words
from knowledge.checking.speaking import speaks
from knowledge.names import Mention

_NEAR = 2


@dataclass(frozen=True, slots=True)
class Roles:
    """Actor ids by role, each with its mention."""

    agents: tuple[tuple[str, Mention], ...]
    by: bool
    patients: tuple[tuple[str, Mention], ...]
    speakers: tuple[tuple[str, Mention], ...]


def roles(claimed: Claimed, sides: Sides) -> Roles:
    """Roles of the names in a sentence; outsiders, documents and names with two holders are left out."""
    named = [m for m in claimed.mentions if not m.outside and len(m.ids) == 1 and not sides.note(m.ids[0])]
    named = [
        m
        for before, m in zip([None, *named], named, strict=False)
        if before is None or not _given_away(sides, before, m)
    ]
    named = [
        m
        for m, after in zip(named, [*named[1:], None], strict=False)
        if after is None or not _describes(claimed, sides, m, after)
    ]
    named = [m for m in named if not _excepted(claimed, m)]
    named = _reseated(claimed, sides, named)
    named = [m for m in named if not _qualifies(claimed, m)]
    speakers = [m for m in named if speaks(claimed, m)]
    rest = [m for m in named if m not in speakers]
    by = _leaders(claimed, [m for m in rest if _after_by(claimed, m)])
    agents = by or _guest(claimed, sides, rest) or _agents(claimed, _bound_for(claimed, sides, rest)) or speakers
    patients = [m for m in rest if m not in agents]
    return Roles(
        _ids(claimed, sides, agents),
        bool(by),
        _ids(claimed, sides, patients),
        _ids(claimed, sides, speakers),
    )


def _qualifies(claimed: Claimed, mention: Mention) -> bool:
    """«UN member»: the name only says which members."""
    words = role_words()["qualifies"]
    return any(word in words for word in claimed.words[mention.last : mention.last + 2])


def _given_away(sides: Sides, before: Mention, mention: Mention) -> bool:
    """«Syria's foreign ministry» where only South Korea's is known: the country is the party, not the body."""
    return mention.first == before.last + 1 and sides.clash(before.ids[0], mention.ids[0])


def _excepted(claimed: Claimed, mention: Mention) -> bool:
    """Whether the name is left out of what is done, where the word for it follows the name."""
    behind = {act.first for act in claimed.acts if act.name == "exclude"}
    return claimed.lang in {"ko", "tr"} and mention.last + 1 in behind


def _describes(claimed: Claimed, sides: Sides, mention: Mention, after: Mention) -> bool:
    """«Syria's Assad family»: the country only says whence the other is."""
    one, other = mention.ids[0], after.ids[0]
    between = claimed.text[claimed.tokens[mention.last].end : claimed.tokens[after.first].start]
    beside = mention.last + 1 == after.first and claimed.lang == "en" and "," not in between
    return beside and sides.country(one) and not sides.country(other) and sides.compatriots(one, other)


def _reseated(claimed: Claimed, sides: Sides, named: Sequence[Mention]) -> list[Mention]:
    """Names with «X of another country» read as that country, in the place of X."""
    found: list[Mention] = []
    for mention in named:
        if found and _seated_elsewhere(claimed, sides, found[-1], mention):
            mention = replace(mention, first=found.pop().first)
        found.append(mention)
    return found


def _seated_elsewhere(claimed: Claimed, sides: Sides, mention: Mention, after: Mention) -> bool:
    """«state media in South Korea» where only the North's are known: the country is the party, not the body."""
    between = claimed.words[mention.last + 1 : after.first]
    return (
        bool(between) and between[0] in ("in", "of") and len(between) <= 2 and sides.clash(after.ids[0], mention.ids[0])
    )


def _ids(claimed: Claimed, sides: Sides, mentions: Sequence[Mention]) -> tuple[tuple[str, Mention], ...]:
    return tuple((_who(claimed, sides, m), m) for m in mentions)


def _who(claimed: Claimed, sides: Sides, mention: Mention) -> str:
    """The actor meant: «HTS chief» is whoever leads HTS."""
    beside = (
        *claimed.words[mention.last + 1 : mention.last + 2],
        *claimed.words[max(0, mention.first - 1) : mention.first],
    )
    if any(word in role_words()["heads"] for word in beside):
        return sides.leader(mention.ids[0])
    return mention.ids[0]


def _agents(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    if not rest:
        return []
    if claimed.lang == "tr" and any(claimed.words[cue.last].endswith(_passives()) for cue in claimed.acts):
        return []
    if claimed.lang in {"ko", "tr"}:
        return _by_ending(claimed, rest) or ([] if _ends_passive(claimed) else _unbound(claimed, rest)[:1])
    if claimed.lang == "ar":
        return _by_preposition(claimed, rest)
    if leader := _as_leader(claimed, rest):
        return [leader]
    if _heads_subject(claimed, rest[0]):
        return list(rest[:1])
    free = _free(claimed, rest)
    if not free or passive(claimed, free[0]) or _intransitive(claimed, free[0]):
        return []
    return list(_leading(claimed, free))


def _ends_passive(claimed: Claimed) -> bool:
    """Korean: whether the verb at the end is only undergone."""
    forms = tuple(role_words()["passive"]["ko"])
    return claimed.lang == "ko" and claimed.words[-1].endswith(forms)


def _passives() -> tuple[str, ...]:
    return tuple(role_words()["passive"]["tr"])


def _heads_subject(claimed: Claimed, first: Mention) -> bool:
    """«the foreign minister of X did»: the name ends the subject, whatever stands before it."""
    table = role_words()
    if first.first == 0 or claimed.words[first.first - 1] not in table["possessive"]:
        return False
    verbs = [cue.first for cue in claimed.acts if cue.name not in table["nominal"]]
    return bool(verbs) and min(verbs) > first.last and not passive(claimed, first)


def _free(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    """Names that no preposition governs, alone or through «and»."""
    found: list[Mention] = []
    governed: Mention | None = None
    for mention in rest:
        if claimed.words[mention.last + 1 : mention.last + 2] in ([word] for word in role_words()["modified"]):
            continue
        if any(cue.last + 1 == mention.first and cue.name not in role_words()["nominal"] for cue in claimed.acts):
            continue
        joined = governed is not None and claimed.words[governed.last + 1 : mention.first] == ["and"]
        if joined or _behind_preposition(claimed, mention):
            governed = mention
        else:
            found.append(mention)
    return found


def _behind_preposition(claimed: Claimed, mention: Mention) -> bool:
    table = role_words()
    at = mention.first - 1
    while at >= 0 and claimed.words[at] in table["determiners"]:
        at -= 1
    if at > 0 and claimed.words[at] in ("in", "of") and claimed.words[at - 1] in table["seats"]:
        return _behind_word(claimed, at - 1)
    return at >= 0 and claimed.words[at] in table["prepositions"]


def _behind_word(claimed: Claimed, at: int) -> bool:
    """Whether a preposition governs the noun at a place."""
    table = role_words()
    before = at - 1
    while before >= 0 and claimed.words[before] in table["determiners"]:
        before -= 1
    return before >= 0 and claimed.words[before] in table["prepositions"]


def passive(claimed: Claimed, first: Mention) -> bool:
    """Whether what is done is done to the first name."""
    words = role_words()["passive"]["en"]
    starts = {cue.first for cue in claimed.acts}
    for at in range(first.last + 1, min(first.last + 5, len(claimed.tokens) - 1)):
        if claimed.words[at] in words:
            ahead = range(at + 1, min(at + 3, len(claimed.tokens)))
            return any(n in starts and claimed.words[n].endswith(("ed", "en", "own", "set", "cut")) for n in ahead)
    return False


def undergoes(claimed: Claimed, first: Mention) -> bool:
    """Whether a name is in the passive, only undergoes what follows, or owns what is done."""
    owns = claimed.said(first.first, first.last).endswith(("'s", "’s", "'", "’"))
    return owns or passive(claimed, first) or _intransitive(claimed, first) or _behind_preposition(claimed, first)


def _intransitive(claimed: Claimed, first: Mention) -> bool:
    """Whether the first thing done is only undergone: «the family's rule ended»."""
    words = role_words()["undergone"]
    cues = [cue for cue in claimed.acts if cue.first > first.last][:_NEAR]
    return any(claimed.words[cue.first] in words for cue in cues)


def _leading(claimed: Claimed, rest: Sequence[Mention]) -> Sequence[Mention]:
    """The first name and those coordinated with it."""
    last = 1
    while last < len(rest) and claimed.words[rest[last - 1].last + 1 : rest[last].first] in (
        ["and"],
        ["and", "the"],
        [],
    ):
        last += 1
    return rest[:last]


def _leaders(claimed: Claimed, by: Sequence[Mention]) -> list[Mention]:
    """«by rebels whom X led»: of those by whom a thing is done the one that leads the others."""
    ahead = [m for m in by if claimed.words[m.last + 1 : m.last + 2] and _at_the_head(claimed, m)]
    return ahead or list(by)


def _at_the_head(claimed: Claimed, mention: Mention) -> bool:
    """Whether the words behind a name say that it leads."""
    beside = claimed.words[mention.last + 1 : mention.last + 3]
    if beside[:1] and beside[0] in role_words()["leads"] and "by" not in beside:
        return True
    return " ".join(claimed.words[mention.last + 1 : mention.last + 4]).startswith(tuple(role_words()["at_the_head"]))


def _after_by(claimed: Claimed, mention: Mention) -> bool:
    words = role_words()["by"].get(claimed.lang, ())
    if claimed.lang in {"en", "ar"}:
        ahead = claimed.words[max(0, mention.first - 4) : mention.first]
        while ahead and ahead[-1] in role_words()["determiners"]:
            ahead.pop()
        before = " ".join(ahead)
        if _at_the_head(claimed, mention):
            return True
        return any(f" {before} ".endswith(f" {cue} ") or f" {before} ".endswith(f" {cue} groups ") for cue in words)
    after = " ".join(claimed.words[mention.last : mention.last + 3])
    return any(cue in after for cue in words)


def _by_ending(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    table = role_words()
    if claimed.lang == "ko":
        return [m for m in rest if claimed.words[m.last].endswith(tuple(table["subject_endings"]["ko"]))][:1]
    return [m for m in rest if "'" not in _raw(claimed, m) and "’" not in _raw(claimed, m)][:1]


def _bound_for(claimed: Claimed, sides: Sides, rest: Sequence[Mention]) -> list[Mention]:
    """Names without places that at once precede the word for a visit: «the Damascus visit»."""
    visits = {cue.first for cue in claimed.acts if cue.name == "visit"}
    if claimed.lang not in {"ko", "tr"}:
        return list(rest)
    return [m for m in rest if not (sides.place(m.ids[0]) and m.last + 1 in visits)]


def _guest(claimed: Claimed, sides: Sides, rest: Sequence[Mention]) -> list[Mention]:
    """«Damascus received B»: B came."""
    if claimed.lang != "en" or len(rest) < len(("A", "B")) or not sides.place(rest[0].ids[0]):
        return []
    between = " ".join(claimed.words[rest[0].last + 1 : rest[1].first])
    return [rest[1]] if between in role_words()["hosts"] and not sides.place(rest[1].ids[0]) else []


def _as_leader(claimed: Claimed, rest: Sequence[Mention]) -> Mention | None:
    """«A has B as its leader»: B."""
    if len(rest) < len(("A", "B")):
        return None
    has, led = claimed.words[rest[0].last + 1 : rest[1].first], claimed.words[rest[1].last + 1 : rest[1].last + 2]
    return rest[1] if has in (["has"], ["have"], ["had"]) and led == ["as"] else None


def _unbound(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    """Names without a particle that makes them an object; all where each has one."""
    bound = tuple(role_words()["object_endings"]["ko"])
    free = [m for m in rest if claimed.lang != "ko" or not claimed.words[m.last].endswith(bound)]
    return free or list(rest)


def _raw(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)


def _by_preposition(claimed: Claimed, rest: Sequence[Mention]) -> list[Mention]:
    words = set(role_words()["object_words"]["ar"])
    fallen = tuple(role_words()["fallen"]["ar"])
    free = [m for m in rest if m.first == 0 or claimed.words[m.first - 1] not in words]
    free = [m for m in free if not (m.first and claimed.words[m.first - 1].startswith(fallen))]
    found = [m for m in free if not claimed.words[m.first].startswith(("لل", "بال"))][:1]
    return found or list(rest[:1] if len(free) == len(rest) else ())

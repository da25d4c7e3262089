"""Names of a claim that no fact seats where the claim does: a stranger, a wrong speaker, one side in both places."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.checking.acting import coordinated, turned_round, wrong_actor, wrong_target
from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.cues import Cue
from knowledge.checking.joined import around
from knowledge.checking.owned import another_object, belongs, countryman, holder, the_old
from knowledge.checking.roles import Roles
from knowledge.checking.seated import Doubt, endings, gap, seats
from knowledge.checking.sides import role_words
from knowledge.model import Verdict
from knowledge.names import Mention


def misplaced(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """The first name that the facts do not seat where the claim does."""
    return (
        _wrong_speaker(base, claimed, roles, facts)
        or wrong_target(base, claimed, roles, facts)
        or _stranger(base, claimed, roles, facts)
        or wrong_actor(base, claimed, roles, facts)
        or coordinated(base, claimed, facts)
        or turned_round(base, claimed, facts[0])
        or countryman(base, claimed, roles, facts[0])
        or the_old(base, claimed, facts[0])
        or belongs(base, claimed, facts)
        or _paired(base, claimed, roles, facts)
        or holder(base, claimed, facts)
        or another_object(base, claimed, roles, facts)
        or _both_places(base, claimed, roles, facts)
    )


def _wrong_speaker(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """Words put into the mouth of somebody who does not say them."""
    speakers = [fact.speaker for fact in (known.fact for known in facts) if fact.speaker]
    entitled = [*speakers, *(actor for known in facts for actor in known.fact.agent)]
    for actor, mention in roles.speakers:
        if not seats(base, actor, entitled):
            own = base.sides.names(speakers) or "no source given"
            return (Verdict.CONTRADICTED if speakers else Verdict.STRONGER), (gap(claimed, mention, own),)
    return None


def _paired(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """Ties, or cooperation, between two that have none in the facts."""
    for act in claimed.acts:
        if act.name not in base.joining:
            continue
        sides = around(claimed, act, base.sides)
        if len(sides) == 1 and _with_itself(base, claimed, roles, act, sides[0]):
            return Verdict.CONTRADICTED, (gap(claimed, sides[0], facts[0].fact.title),)
        pairs = [pair for known in facts for pair in base.joining[act.name].get(known.fact.id, ())]
        if sides and pairs and not any(_fits(base, sides, pair) for pair in pairs):
            return Verdict.CONTRADICTED, (gap(claimed, sides[-1], "no such ties in the article"),)
    return None


def _with_itself(base: Base, claimed: Claimed, roles: Roles, act: Cue, partner: Mention) -> bool:
    """Whether somebody is said to have ties with his own side."""
    coupled = claimed.words[partner.last].rstrip("의").endswith(tuple(role_words()["coupling"]["ko"]))
    if partner.first < act.first and not (claimed.lang == "ko" and coupled):
        return False
    return any(m is not partner and base.sides.same(actor, partner.ids[0]) for actor, m in roles.agents)


def _fits(base: Base, sides: Sequence[Mention], pair: tuple[str, str]) -> bool:
    """Whether the names are the two of a pair, in either order; one name may be either."""
    if len(sides) == 1:
        return base.sides.among(sides[0].ids[0], pair)
    one, other = (mention.ids[0] for mention in sides)
    return any(base.sides.same(one, a) and base.sides.same(other, b) for a, b in (pair, pair[::-1]))


def _stranger(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """A name that none of the facts knows."""
    named = [actor for known in facts for actor in known.named]
    apart = _apart(claimed, roles)
    for actor, mention in (*roles.agents, *roles.patients, *apart):
        if not seats(base, actor, named) or ((actor, mention) in apart and actor not in named):
            missing = [a for known in facts for a in known.fact.agent if a not in claimed.canonical.actors]
            verdict = Verdict.CONTRADICTED if _replaces(base, actor, missing) else Verdict.NOT_IN_SOURCE
            return verdict, (gap(claimed, mention, base.sides.names(missing) or facts[0].fact.title),)
    return None


def _apart(claimed: Claimed, roles: Roles) -> list[tuple[str, Mention]]:
    """Names that only qualify another word, and so have no role."""
    seated = {m.first for rows in (roles.agents, roles.patients, roles.speakers) for _, m in rows}
    return [(m.ids[0], m) for m in claimed.mentions if len(m.ids) == 1 and not m.outside and m.first not in seated]


def _replaces(base: Base, actor: str, missing: Sequence[str]) -> bool:
    return any(base.sides.alike(actor, other) for other in missing)


def _both_places(base: Base, claimed: Claimed, roles: Roles, facts: Sequence[Known]) -> Doubt | None:
    """One side of what was done named twice, and the other not at all."""
    rows = [row for row in (*roles.agents, *roles.patients) if not _where(base, claimed, row[1])]
    rows = [row for n, row in enumerate(rows) if not _apposed(base, claimed, rows[:n], row[1])]
    for known in facts[:1]:
        sides = (known.fact.agent, known.fact.patient)
        if (
            known.fact.predicate in role_words()["alone"]
            or not all(sides)
            or any(base.sides.among(a, sides[1]) for a in sides[0])
        ):
            continue
        for own, other in (sides, sides[::-1]):
            ours = [row for row in rows if row[0] != known.fact.speaker and base.sides.among(row[0], own)]
            if len(ours) > len(own) and not any(base.sides.among(actor, other) for actor, _ in rows):
                return Verdict.CONTRADICTED, (gap(claimed, ours[-1][1], base.sides.names(other)),)
    return None


def _where(base: Base, claimed: Claimed, mention: Mention) -> bool:
    """Whether a name only says where: «in Damascus»."""
    places = role_words()["places"].get(claimed.lang, ())
    behind = tuple(role_words()["place_endings"].get(claimed.lang, ())) or ("\0",)
    said = claimed.said(mention.first, mention.last)
    return base.sides.place(mention.ids[0]) and (
        claimed.words[max(0, mention.first - 1)] in places or said.endswith(behind)
    )


def _apposed(base: Base, claimed: Claimed, before: Sequence[tuple[str, Mention]], mention: Mention) -> bool:
    """Whether a name stands at once beside another as a second word for it."""
    for _, other in before:
        first, last = sorted((other, mention), key=lambda m: m.first)
        between = claimed.words[first.last + 1 : last.first]
        if first.ids == last.ids and between and set(between) <= set(role_words()["apposing"]):
            return True
        if between or claimed.words[first.last].endswith(endings(claimed)):
            continue
        if claimed.lang == "ar" and claimed.words[last.first].startswith("و"):
            continue
        mark = claimed.text[claimed.tokens[first.last].end : claimed.tokens[last.first].start]
        if "," not in mark or any(base.sides.person(m.ids[0]) for m in (first, last)):
            return True
    return False

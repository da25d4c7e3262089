"""Names of a claim held against the parties of a fact: a wrong one, or two changed over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from knowledge.checking.base import Base, Known
from knowledge.checking.claimed import Claimed
from knowledge.checking.evidence import Difference
from knowledge.checking.finding import Gap
from knowledge.checking.roles import Roles
from knowledge.checking.sides import role_words
from knowledge.model import Attribution, Fact, Kind, Verdict
from knowledge.names import Mention

_Named = tuple[str, Mention]


def parties(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """Differences in who did it and to whom."""
    if misnamed := _misnamed(base, claimed, known):
        return misnamed
    swapped = _swapped(base, claimed, known, roles)
    if swapped:
        return swapped
    found = [*_agent(base, claimed, known, roles), *_place(base, claimed, known, roles)]
    return [*(found or _strangers(base, claimed, known, roles)), *_widened(base, claimed, known, roles)]


def _misnamed(base: Base, claimed: Claimed, known: Known) -> list[Difference]:
    """One person under the name or the country of another: «Syria's Cho», «al-Shaibani, the South Korean minister»."""
    titles = set(role_words()["titles"])
    for one, other in itertools.pairwise(m for m in claimed.mentions if len(m.ids) == 1 and not m.outside):
        between = claimed.words[one.last + 1 : other.first]
        comma = "," in claimed.text[claimed.tokens[one.last].end : claimed.tokens[other.first].start]
        if _given(base, claimed, one, other) and not comma and set(between) <= titles:
            wrong = True
        else:
            bare = claimed.lang == "ko" and not claimed.words[one.last].endswith(_particles())
            wrong = _two_persons(base, one, other) and (
                (comma and claimed.lang == "en" and between in ([], ["the"])) or (bare and not between)
            )
        if wrong:
            gap = Gap(claimed.said(one.first, other.last), base.sides.names((other.ids[0],)))
            return [Difference("misnamed", Verdict.CONTRADICTED, gap, known.fact.id)]
    return []


def _particles() -> tuple[str, ...]:
    table = role_words()
    return (*table["subject_endings"]["ko"], *table["object_endings"]["ko"])


def _given(base: Base, claimed: Claimed, one: Mention, other: Mention) -> bool:
    """Whether a name stands under a country that is not its own; a particle behind the first keeps them apart."""
    table = role_words()
    endings = (*table["subject_endings"]["ko"], *table["coupling"]["ko"])
    apart = claimed.lang == "ko" and claimed.words[one.last].endswith(endings)
    marked = claimed.lang == "tr" and claimed.said(one.first, one.last).count("'") > 0
    return base.sides.clash(one.ids[0], other.ids[0]) and not apart and not marked and claimed.lang != "ar"


def _two_persons(base: Base, one: Mention, other: Mention) -> bool:
    return base.sides.person(one.ids[0]) and base.sides.person(other.ids[0]) and one.ids != other.ids


def outsiders(claimed: Claimed) -> list[Gap]:
    """Names that the article does not hold at all."""
    plain = claimed.text.islower()
    named = [claimed.said(m.first, m.last) for m in claimed.mentions if m.outside]
    return [Gap(name, "not named") for name in named if plain or not name[0].islower()]


def symmetric(known: Known) -> bool:
    """Whether the two sides of what was done may change places."""
    return known.fact.predicate in role_words()["symmetric_predicates"]


def _agent(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    expected = (*fact.agent, *(fact.patient if symmetric(known) else ()), *_unnamed_speaker(fact, roles))
    if not fact.agent or not roles.agents:
        return _absent(base, claimed, known, roles)
    if replaced := _another_doer(base, claimed, known, roles):
        return replaced
    wrong = [row for row in roles.agents if not base.sides.among(row[0], expected)]
    if not wrong or (len(wrong) < len(roles.agents) and not _each_counts(base, wrong, expected, roles, known)):
        return []
    does = claimed.act_names() & known.acts - set(role_words()["befalls"])
    alone = not roles.patients and not roles.by and not (does and wrong[0][1].first <= 1 and claimed.lang == "en")
    if alone and base.sides.among(wrong[0][0], fact.patient):
        return []
    helped = [actor for actor, _ in roles.patients if base.sides.among(actor, fact.agent)]
    if (
        helped
        and fact.predicate not in role_words()["identity"]
        and base.sides.among(wrong[0][0], known.actors)
        and not claimed.act_names() & set(role_words()["comparing"]) & known.acts
    ):
        return []
    if _of_the_many(base, claimed, known, wrong[0][0]):
        return []
    verdict = Verdict.NOT_IN_SOURCE if _unnamed(base, known) else Verdict.CONTRADICTED
    gap = Gap(_said(claimed, wrong[0][1]), base.sides.names(fact.agent))
    return [Difference("wrong_agent", verdict, gap, fact.id)]


def _unnamed_speaker(fact: Fact, roles: Roles) -> tuple[str, ...]:
    """Who speaks in the fact may stand for who acts, unless the claim names somebody else as acting."""
    apart = roles.speakers and any(row not in roles.speakers for row in roles.agents)
    return (fact.speaker,) if fact.speaker and not apart else ()


def _another_doer(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """Second-hand, its source the only one who acts: a person in the place of the one of whom it is told."""
    fact = known.fact
    told = [*roles.patients, *roles.agents]
    if fact.attribution is not Attribution.SECOND_HAND or not roles.speakers or set(roles.agents) - set(roles.speakers):
        return []
    if any(base.sides.among(actor, fact.agent) for actor, _ in told):
        return []
    people = [row for row in roles.patients if base.sides.person(row[0])]
    return [
        Difference("wrong_agent", Verdict.CONTRADICTED, Gap(_said(claimed, m), base.sides.names(fact.agent)), fact.id)
        for _, m in people[:1]
    ]


def _absent(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A denial is about its own body only: a sentence that names others and not that body is another statement."""
    fact = known.fact
    named = [*roles.patients, *roles.speakers]
    if fact.kind is not Kind.NEGATIVE or not named or any(base.sides.among(actor, fact.agent) for actor, _ in named):
        return []
    return [
        Difference(
            "wrong_agent", Verdict.CONTRADICTED, Gap(_said(claimed, named[0][1]), base.sides.names(fact.agent)), fact.id
        )
    ]


def _each_counts(base: Base, wrong: Sequence[_Named], expected: Sequence[str], roles: Roles, known: Known) -> bool:
    """Whether one wrong name among several agents counts: a person, or one in place of the fact's own."""
    named = [actor for actor, _ in (*roles.agents, *roles.patients, *roles.speakers)]
    if any(
        not base.sides.among(own, named) and base.sides.alike(own, actor)
        for own in known.fact.agent
        for actor, _ in wrong
    ):
        return True
    return all(base.sides.person(actor) for actor, _ in wrong) and any(base.sides.person(actor) for actor in expected)


def _of_the_many(base: Base, claimed: Claimed, known: Known, actor: str) -> bool:
    """Whether a name is the object of what the unnamed many do, in this fact or in another about them."""
    if (
        not any(base.sides.nameless(a) for a in known.fact.agent)
        or not {"country", "count"} & claimed.canonical.concepts
    ):
        return False
    others = (k.fact for k in base.known.values() if set(k.fact.agent) & set(known.fact.agent))
    return any(base.sides.among(actor, (*fact.patient, *fact.actors)) for fact in others)


def _unnamed(base: Base, known: Known) -> bool:
    """Whether the fact is about parties that the source leaves unnamed, so that a name cannot be refuted."""
    return known.fact.attribution is Attribution.COLLECTIVE_UNNAMED or any(
        base.sides.nameless(actor) for actor in known.fact.agent
    )


def _strangers(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A name in the place of one of the fact's own, or beside it where the fact has room for one only."""
    fact = known.fact
    named = [actor for actor, _ in (*roles.agents, *roles.patients, *roles.speakers)]
    missing = [actor for actor in (*fact.agent, *fact.patient) if not base.sides.among(actor, named)]
    absent = [actor for actor in known.actors if not base.sides.among(actor, named)]
    for actor, mention in (*roles.agents, *roles.patients):
        foreign = not base.sides.among(actor, known.actors)
        second = fact.predicate in role_words()["sole"] and base.sides.person(actor) and actor not in fact.agent
        if _of_the_many(base, claimed, known, actor) or _spoken_of(claimed, known, actor, mention):
            continue
        if not foreign and not second and not (missing and _displaces(base, actor, fact, roles)):
            continue
        if kind := _stranger(base, claimed, known, actor, missing, foreign=foreign):
            own = [a for a in (*missing, *absent) if base.sides.alike(actor, a)] or [*fact.agent, *fact.patient]
            gap = Gap(_said(claimed, mention), base.sides.names(own) or fact.title)
            return [Difference(kind[0], kind[1], gap, fact.id)]
    return []


def _spoken_of(claimed: Claimed, known: Known, actor: str, mention: Mention) -> bool:
    """«the Cuba ties»: a name that only says of what the fact's quotation speaks."""
    beside = claimed.words[mention.last + 1 : mention.last + 2]
    return actor in known.quoted_of and beside[:1] != [] and beside[0] in role_words()["modified"]


def _stranger(
    base: Base, claimed: Claimed, known: Known, actor: str, missing: Sequence[str], *, foreign: bool
) -> tuple[str, Verdict] | None:
    """The kind of difference that a strange name makes, and what it speaks for."""
    refuted = Verdict.NOT_IN_SOURCE if _unnamed(base, known) else Verdict.CONTRADICTED
    person = base.sides.person(actor)
    if foreign and base.sides.country(actor):
        return "wrong_party", refuted if claimed.act_names() & known.acts else Verdict.NOT_IN_SOURCE
    if person and known.fact.predicate in role_words()["identity"] and claimed.act_names() & known.acts:
        return "identity", Verdict.CONTRADICTED
    if any(base.sides.alike(actor, other) for other in missing):
        return "wrong_party", refuted
    if person and any(base.sides.compatriots(actor, other) for other in missing):
        return "wrong_party", Verdict.CONTRADICTED
    return ("other_person", Verdict.NOT_IN_SOURCE) if person else None


def _displaces(base: Base, actor: str, fact: Fact, roles: Roles) -> bool:
    """A party of the background put where the fact's own object stands."""
    objects = [a for a, _ in roles.patients]
    return (
        actor in objects
        and bool(fact.patient)
        and not base.sides.among(actor, (*fact.agent, *fact.patient))
        and not any(base.sides.among(a, fact.patient) for a in (*objects, *(a for a, _ in roles.agents)))
        and base.sides.person(actor) == any(base.sides.person(a) for a in fact.patient)
    )


def _place(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """«in Seoul» of what the fact sets elsewhere."""
    own = known.places
    words = role_words()["places"].get(claimed.lang, ())
    if not own or known.fact.predicate in role_words()["identity"]:
        return []
    for actor, mention in roles.patients:
        if mention.first and claimed.words[mention.first - 1] in words and not base.sides.among(actor, own):
            return [
                Difference(
                    "place", Verdict.CONTRADICTED, Gap(_said(claimed, mention), base.sides.names(own)), known.fact.id
                )
            ]
    return []


def _swapped(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    fact = known.fact
    if not fact.agent or symmetric(known) or any(base.sides.among(actor, fact.agent) for actor, _ in roles.agents):
        return []
    for actor, mention in roles.agents:
        if _reports(base, fact, actor, mention, roles):
            continue
        if base.sides.among(actor, fact.agent) or not base.sides.among(actor, fact.patient):
            continue
        if any(
            base.sides.among(other, fact.agent) and not base.sides.among(other, fact.patient)
            for other, _ in roles.patients
        ):
            return [
                Difference(
                    "swapped", Verdict.CONTRADICTED, Gap(_said(claimed, mention), base.sides.names(fact.agent)), fact.id
                )
            ]
    return []


def _reports(base: Base, fact: Fact, actor: str, mention: Mention, roles: Roles) -> bool:
    """Whether a name only reports what another did, as the fact has it too."""
    second_hand = fact.attribution is Attribution.SECOND_HAND and fact.speaker is not None
    return (
        second_hand
        and any(a in fact.agent for a, _ in roles.patients)
        and (actor, mention) in roles.speakers
        and base.sides.same(actor, fact.speaker or "")
    )


def _widened(base: Base, claimed: Claimed, known: Known, roles: Roles) -> list[Difference]:
    """A whole state put for the body of which a negative speaks."""
    if known.fact.kind is not Kind.NEGATIVE or set(role_words()["bodies"]) & set(claimed.words):
        return []
    for actor, mention in roles.agents[:1]:
        if actor not in known.fact.agent and base.sides.among(actor, known.fact.agent):
            gap = Gap(_said(claimed, mention), base.sides.names(known.fact.agent))
            return [Difference("widened", Verdict.STRONGER, gap, known.fact.id)]
    return []


def _said(claimed: Claimed, mention: Mention) -> str:
    return claimed.said(mention.first, mention.last)

"""A dossier of any size, made up: distinct people, bodies and places, and facts with predicates, numbers and days."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

from knowledge.model import Actor, Dossier, Fact, Published, Source

_ONSETS = "b br c ch d dr f g gr h k kl l m n p pr r s st t tr v w z".split()
_VOWELS = "a e i o u ai ea io ou".split()
_CODAS = "l m n r s t x nd rn th ll ck".split()
_KINDS = (("Person", "Minister"), ("Organization", "Company"), ("PublicBody", "Ministry"), ("Place", "Town"))
_DEEDS: tuple[tuple[str, str, str], ...] = (
    ("buy", "bought {count} {thing} from {other}", "How many {thing} did {who} buy from {other}?"),
    ("build", "built {count} {thing} near {other}", "How many {thing} did {who} build near {other}?"),
    ("close", "closed {count} {thing} of {other}", "Did {who} close the {thing} of {other}?"),
    ("visit", "visited the {thing} of {other} on {day}", "When did {who} visit the {thing} of {other}?"),
    ("meet", "met {other} over the {thing} on {day}", "When did {who} meet {other} about the {thing}?"),
    ("fund", "paid {money} for the {thing} of {other}", "How much did {who} pay for the {thing} of {other}?"),
    ("lend", "lent {other} its {thing} for {count} weeks", "For how long did {who} lend {other} its {thing}?"),
    (
        "inspect",
        "inspected the {thing} of {other} for {count} days",
        "How long did {who} inspect the {thing} of {other}?",
    ),
    ("sell", "sold {count} {thing} to {other}", "Who sold {thing} to {other}, {who}?"),
    ("praise", "praised the {thing} of {other}", "Did {who} praise the {thing} of {other}?"),
)
_THINGS = (
    "bridges tunnels schools clinics trams reservoirs turbines orchards archives bakeries quarries lighthouses "
    "warehouses stadiums libraries greenhouses foundries observatories canals workshops museums ferries vineyards "
    "hangars laboratories chapels cisterns depots theatres mills"
).split()
_DAYS = ("Monday 3 March", "Wednesday 12 March", "Thursday 17 April", "Saturday 21 June", "Friday 3 October")
_ASKED = (
    "{who}, {thing}, {other}",
    "Is it right that {who} had to {predicate} {thing} with {other}?",
    "what about the {thing} and {who} of {other}",
    "{predicate} {thing} {other} {who}",
)
SPAN = {"start": 0, "end": 12, "sha256": "0" * 64}


def synthetic(facts: int, *, seed: int = 11, facts_an_actor: int = 8) -> Dossier:
    """A dossier of that many facts; the same seed makes the same one."""
    data = _tables(facts, seed, facts_an_actor)
    return Dossier(
        name="synthetic",
        source=Source.model_validate(data["source"]),
        actors=tuple(Actor.model_validate(row) for row in data["actors"]),
        facts=tuple(Fact.model_validate(row) for row in data["facts"]),
    )


def write(folder: Path, facts: int, *, seed: int = 11, facts_an_actor: int = 8, facts_a_file: int = 1000) -> Path:
    """The same as a folder of YAML, as an editor would keep it."""
    data = _tables(facts, seed, facts_an_actor)
    (folder / "facts").mkdir(parents=True)
    _dump(folder / "source.yaml", data["source"])
    _dump(folder / "actors.yaml", data["actors"])
    for at in range(0, facts, facts_a_file):
        _dump(folder / "facts" / f"part{at // facts_a_file:03}.yaml", data["facts"][at : at + facts_a_file])
    return folder


def questions(dossier: Dossier, count: int, *, seed: int = 5) -> list[tuple[str, str]]:
    """Distinct questions with the fact that each is about: examples said a little differently."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    facts = list(dossier.facts)
    chance.shuffle(facts)
    frames = ("{}", "please: {}", "for a caption, {}", "{} any idea", "quick question - {}", "hello desk {} thanks")
    asked = (
        (frame.format(text), fact.id) for frame in frames for number in (0, 1) for fact in facts
        for text in fact.examples.en[number : number + 1]
    )  # fmt: skip
    return [row for row, _ in zip(dict.fromkeys(asked), range(count), strict=False)]


def _dump(path: Path, data: Any) -> None:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    path.write_text(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _tables(facts: int, seed: int, facts_an_actor: int) -> dict[str, Any]:
    chance = random.Random(seed)  # noqa: S311 - sample data
    actors = [_actor(number, name) for number, name in enumerate(_names(chance, max(4, facts // facts_an_actor)))]
    about: dict[tuple[str, str, str], None] = {}
    while len(about) < facts:
        who, other = chance.sample(actors, 2)
        about[who["name"], other["name"], chance.choice(_THINGS)] = None
    ids = {actor["name"]: actor["id"] for actor in actors}
    rows = [_fact(n, *names, ids, chance) for n, names in enumerate(about, 1)]
    return {"source": _source(), "actors": actors, "facts": rows}


def _source() -> dict[str, Any]:
    published = Published(edtf="2031-03-11", basis="stated", certainty="high", evidence="Made up.")
    return {
        "id": "doc:synthetic",
        "file": "synthetic.txt",
        "sha256": "0" * 64,
        "chars": 1000,
        "language": "en",
        "title": "A made-up chronicle",
        "published": published.model_dump(),
        "note": "Nothing here is true.",
        "version": "2031.1",
        "passages": [{**SPAN, "paragraph": "p1", "sentence": 1}],
    }


def _names(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{_syllables(chance, 2)} {_syllables(chance, 3)}"] = None
    return list(found)


def _syllables(chance: random.Random, count: int) -> str:
    parts = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(count)]
    return ("".join(parts) + chance.choice(_CODAS)).capitalize()


def _actor(number: int, name: str) -> dict[str, Any]:
    kind, title = _KINDS[number % len(_KINDS)]
    surname = name.split()[-1]
    return {
        "id": f"ACTOR_{number}",
        "type": kind,
        "name": name,
        "source_spelling": name,
        "role": f"{title}, as of the chronicle",
        "aliases": [
            {"value": f"{title} {surname}", "kind": "descriptor"},
            {"value": surname, "kind": "short", "weak": True},
        ],
        "examples": {"en": [f"Who or what is {name}?"]},
    }


def _fact(number: int, who: str, other: str, thing: str, ids: dict[str, str], chance: random.Random) -> dict[str, Any]:
    count = chance.randint(2, 9000)
    predicate, said, asked = chance.choice(_DEEDS)
    words = {"who": who, "other": other, "thing": thing, "day": chance.choice(_DAYS), "count": f"{count:,}"}
    words |= {"money": f"${count} million", "predicate": predicate}
    return {
        "id": f"F{number:05}",
        "title": f"{who.split()[-1]} and the {thing} of {other.split()[-1]}"[:60],
        "statement": f"{who} {said.format(**words)}.",
        "kind": "event",
        "attribution": "none",
        "label": "stated",
        "actors": [ids[who], ids[other]],
        "predicate": predicate,
        "agent": [ids[who]],
        "patient": [ids[other]],
        "slots": {"who": f"{who}.", "what": f"The {thing}.", "says_who": "The chronicle, in its own voice."},
        "spans": [SPAN],
        "importance": 1 + number % 5,
        "examples": {"en": [asked.format(**words), *(frame.format(**words) for frame in _ASKED)]},
    }

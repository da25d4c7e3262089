"""A small file of CLINC150's shape, written from templates: twelve intents, and questions of none."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

OPENINGS = ("", "please ", "can you ", "i need you to ", "hey, ", "would you ", "quick: ")
THINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "balance": (("show", "tell me", "check"), ("my account balance", "how much money i have", "what is in my savings")),
    "transfer": (
        ("move", "send", "transfer"),
        ("fifty dollars to my savings", "money to my sister", "cash to checking"),
    ),
    "weather": (
        ("forecast", "tell me", "check"),
        ("the weather tomorrow", "if it will rain tonight", "the temperature"),
    ),
    "alarm": (("set", "make", "create"), ("an alarm for six", "a wake up call at dawn", "my morning alarm")),
    "timer": (("start", "run", "begin"), ("a ten minute timer", "a countdown of an hour", "the egg timer")),
    "flight": (
        ("book", "find", "reserve"),
        ("a flight to boston", "plane tickets to rome", "a seat on the next plane"),
    ),
    "hotel": (("book", "get", "reserve"), ("a hotel room in paris", "a suite downtown", "two nights at an inn")),
    "recipe": (("find", "give me", "look up"), ("a recipe for lasagna", "how to cook rice", "a soup to make")),
    "calories": (
        ("count", "tell me", "work out"),
        ("the calories in an apple", "how fattening fries are", "bacon's energy"),
    ),
    "translate": (("translate", "say", "put"), ("hello in spanish", "good night in french", "thanks in german")),
    "song": (("play", "put on", "start"), ("some jazz music", "the new song by abba", "my workout playlist")),
    "lights": (
        ("switch off", "dim", "turn on"),
        ("the kitchen lights", "the bedroom lamp", "every light in the house"),
    ),
}
ENDINGS = ("", " now", " for me", " today", " thanks", " if you can")
NONE_OPENINGS = ("who", "why", "how come", "explain why", "what year", "name a reason")
NONE_THINGS = (
    "the romans lost that battle",
    "volcanoes erupt",
    "whales sing to each other",
    "the senate passed this bill",
    "atoms hold together",
    "bees dance in the hive",
    "the treaty of utrecht was signed",
    "painters prefer northern windows",
    "glaciers carve deep valleys",
    "philosophers doubt free will",
)


def write(path: Path, *, seed: int = 7) -> Path:
    """Six splits that share no question."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    known = {intent: _shuffled(chance, _asked(*parts)) for intent, parts in THINGS.items()}
    none = _shuffled(chance, (f"{a} {b}{c}" for a in NONE_OPENINGS for b in NONE_THINGS for c in ENDINGS))
    splits: dict[str, list[list[str]]] = {"oos_train": [], "oos_val": [], "oos_test": []}
    for name, start, end in (("train", 0, 40), ("val", 40, 60), ("test", 60, 90)):
        splits[name] = [[text, intent] for intent, texts in known.items() for text in texts[start:end]]
        splits[f"oos_{name}"] = [[text, "oos"] for text in none[start:end]]
    path.write_text(json.dumps(splits), encoding="utf-8")
    return path


def _asked(verbs: tuple[str, ...], things: tuple[str, ...]) -> Iterator[str]:
    return (f"{a}{b} {c}{d}" for a in OPENINGS for b in verbs for c in things for d in ENDINGS)


def _shuffled(chance: random.Random, texts: Iterator[str]) -> list[str]:
    found = list(texts)
    chance.shuffle(found)
    return found

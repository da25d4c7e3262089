"""Short lines that want a command: `help who`, `cuba ties`, and a command's word misspelled."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.answer import Action, Answer, Status, Suggestion
from handlers.compose import answer
from handlers.context import Context
from handlers.intents import INTENTS, TURKISH, Intent
from handlers.words import say
from knowledge.model import Slot
from knowledge.understand.reader import Reader
from knowledge.understand.reading import Outcome, Reading
from knowledge.understand.text import clean, fold

_BY_WORD = {fold(word): intent for intent in INTENTS for word in (intent.name, *intent.words)}
_NEAR = 0.7
QUOTES = "\"'“”‘’«»"
_ID = re.compile(r"[A-Za-z]{1,3}\d{2,6}")
_TO_ME = re.compile(r"^(?:to (?:me|us)|me|please)\s+", re.IGNORECASE)
_INVERTS = frozenset("did do does is are was were has have had can could will would should".split())
_SURELY_ASKED = {Slot.WHEN, Slot.WHERE, Slot.WHO, Slot.WHOM, Slot.HOW_MANY, Slot.HOW_LONG, Slot.SAYS_WHO}
_SHORTEST = 4


def read(reader: Reader, text: str) -> Reading | None:
    """The command in `?`, `help <command>` and `<name> <command>`, which the opening word alone does not give."""
    if text.strip() and not any(sign.isalnum() for sign in text):
        return Reading(reader.canonicaliser.read(text), Outcome.COMMAND, "help")
    first, _, last = clean(text).lstrip("/").rpartition(" ")
    intent = _BY_WORD.get(fold(last.rstrip("?!.,")))
    if _named(first) == "help" and (intent or not reader.canonicaliser.knows(fold(last))):
        return Reading(reader.canonicaliser.read(text), Outcome.COMMAND, "help", argument=last)
    if not first or intent is None:
        return None
    if intent.argument == "actor" and intent.usage and _only_names(reader, first):
        return Reading(reader.canonicaliser.read(first), Outcome.COMMAND, intent.name, argument=first)
    return None


def asked(reader: Reader, text: str) -> str:
    """`explain the 191` asks about the 191: the question in it, where `explain` is not followed by one of its own."""
    head, _, rest = clean(text).lstrip("/").partition(" ")
    if fold(head) != "explain" or not rest or _is_question(reader, rest):
        return text
    return _TO_ME.sub("", rest)


def _is_question(reader: Reader, text: str) -> bool:
    """Whether a reading can be explained: a fact's id, what stands in quotation marks, or is put as a question."""
    if text[0] in QUOTES or text.endswith(("?", "؟", "？")) or all(map(_ID.fullmatch, text.split())):
        return True
    inverted = not _INVERTS.isdisjoint(fold(word) for word in text.split()[:2])
    return inverted or reader.canonicaliser.read(text).slot in _SURELY_ASKED


def in_language(reading: Reading) -> Reading:
    """A typed command in the language of its word: a bare name after it says little about the asker's."""
    found, (head, _, rest) = reading.canonical, reading.canonical.text.partition(" ")
    intent = _BY_WORD.get(fold(head.strip("/:?!.,")))
    if reading.outcome is not Outcome.COMMAND or reading.candidates or intent is None or not head.isascii():
        return reading
    if fold(head) in TURKISH:
        return replace(reading, canonical=replace(found, lang="tr"))
    named = intent.argument != "free" and rest.isascii()
    return replace(reading, canonical=replace(found, lang="en")) if named else reading


def ambiguous(reader: Reader, reading: Reading) -> Reading | None:
    """`who esad`: the people that the bare name of a card may mean."""
    if reading.outcome is not Outcome.COMMAND or reading.intent != "who":
        return None
    found = reader.canonicaliser.read(reading.argument)
    if found.actors or not found.ambiguous:
        return None
    return replace(reading, people=found.ambiguous[0])


def nearest(context: Context, reading: Reading) -> Answer | None:
    """The command that a line of one or two words came near to, where the base knows neither."""
    words = reading.canonical.text.lstrip("/").split()
    if reading.outcome not in {Outcome.SUGGEST, Outcome.DECLINE} or not 1 <= len(words) <= 2:
        return None
    meant = None if context.reader.canonicaliser.knows(fold(words[0])) else _near(words[0])
    if meant is None:
        return None
    query = " ".join((meant.name, *words[1:]))
    lead = say("nearest_command", reading.lang, command=meant.name)
    return answer(
        context,
        reading,
        Status.SUGGESTED,
        lead,
        suggestions=(Suggestion(id=meant.name, label=meant.name, query=query),),
        suggestions_title=say("pick", reading.lang),
        read_as=None,
        actions=(Action.EXPLAIN,),
    )


def _near(word: str) -> Intent | None:
    if len(word) < _SHORTEST:
        return None
    found = process.extractOne(fold(word), _BY_WORD.keys(), scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return _BY_WORD[found[0]] if found else None


def _named(word: str) -> str | None:
    intent = _BY_WORD.get(fold(word))
    return intent.name if intent else None


def _only_names(reader: Reader, text: str) -> bool:
    found = reader.canonicaliser.read(text)
    covered = sum(mention.last - mention.first + 1 for mention in found.mentions)
    return bool(found.actors) and covered == len(found.words)

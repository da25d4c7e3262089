"""What a question asks of a fact: when, where, who … answered first, the fact's own wording beside it."""

from __future__ import annotations

from functools import lru_cache

from handlers.context import Context
from knowledge.model import Fact, Slot
from knowledge.understand.text import tokens

_ASKED = {Slot.WHEN, Slot.WHERE, Slot.WHY, Slot.HOW_MANY, Slot.HOW_LONG, Slot.WHOM}
_BARE = {*_ASKED, Slot.WHO}
_MUCH_LONGER = 3


def asked_in_vain(context: Context, fact: Fact, slot: Slot | None, *, bare: bool = False) -> bool:
    """Whether the question asks something of the fact that the source does not say; a bare one asks the slot alone."""
    if slot not in (_BARE if bare else _ASKED) or slot in fact.slots:
        return False
    return bare or f"?{slot.value}" not in context.reader.index.by_id[fact.id].profile


def answering(fact: Fact, slot: Slot | None) -> str:
    """The slot's words and then the statement, so that the lead can be read alone; each thing said once."""
    words = fact.slots.get(slot) if slot else None
    return _spoken(fact.statement, words, slot) if words else fact.statement


@lru_cache(maxsize=1024)
def _spoken(statement: str, words: str, slot: Slot | None) -> str:
    if _says_it(statement, words, slot):
        return statement
    if _words(statement) <= _words(words):
        return words
    return f"{words} {statement}"


def _says_it(statement: str, words: str, slot: Slot | None) -> bool:
    """Whether the statement alone answers: it opens with the slot, or holds all its words and is not much longer."""
    own, said = _words(words), _words(statement)
    if statement.casefold().startswith(words.casefold().rstrip(". ")):
        return True
    return own <= said and (slot is Slot.WHAT or len(said) <= _MUCH_LONGER * len(own))


def _words(text: str) -> set[str]:
    return {token.text for token in tokens(text)}

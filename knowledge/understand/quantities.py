"""Numbers with their units, as they are compared: 10 million dollars, 12 days, 54 years, in four languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Lang
from knowledge.understand.lexicon import Lexicon, script, variants

_NUMBER = re.compile(r"^(\$?)(\d+(?:[.,]\d+)*)(m|mn|bn|k)?$")
_AND, _HUNDRED = frozenset({"and", "ve", "و"}), 100
_ATTACHED = re.compile(r"^(\d+)([^\W\d_]+)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as compared: 10 million dollars is (10000000, USD). It takes up `length` words."""

    amount: float
    unit: str | None
    at: int
    length: int = 1


def quantity(words: Sequence[str], at: int, lexicon: Lexicon, lang: Lang) -> Quantity | None:
    """The quantity that starts at `at`, with the unit found in the next words; None where no number stands."""
    word, length = words[at], 1
    match = _NUMBER.match(word)
    following = words[at + 1 : at + 4]
    if match:
        amount, unit = _amount(match.group(2)), "USD" if match.group(1) else None
        if match.group(3):
            amount *= lexicon.scales[match.group(3)]
    elif attached := _ATTACHED.match(word):
        amount, unit = float(attached.group(1)), None
        following = [attached.group(2), *following]
    else:
        length, unit = _run(words, at, lexicon, lang), None
        amount = _spelled(words[at : at + length], lexicon, lang)
        following = words[at + length : at + length + 3]
        if not length or (length == 1 and not _counts(word, amount, following, lexicon, lang)):
            return None
    tied = length == 1 and not match and not word.isalpha()
    return Quantity(*_unit(amount, unit, following, lexicon, tied=tied), at, length)


def _counts(word: str, amount: float, following: Sequence[str], lexicon: Lexicon, lang: Lang) -> bool:
    """Whether a number word that may be an article or something else («bir», «on») stands for a number here."""
    if lexicon.joined[lang].isdisjoint(variants(word, lang)):
        return True
    scaled, unit = _unit(amount, None, following[:1], lexicon)
    return scaled != amount or (unit is not None and amount > 1)


def _run(words: Sequence[str], at: int, lexicon: Lexicon, lang: Lang) -> int:
    """How many words from `at` on make one spelled number: «one hundred and ninety-one»."""
    length = 0
    while at + length < len(words):
        joins = words[at + length] in _AND and length and at + length + 1 < len(words)
        after_hundred = joins and _value(words[at + length - 1], lexicon, lang) == _HUNDRED
        if after_hundred and _value(words[at + length + 1], lexicon, lang) is not None:
            length += 2
        elif _value(words[at + length], lexicon, lang) is not None:
            length += 1
        else:
            break
    return length


def _spelled(words: Sequence[str], lexicon: Lexicon, lang: Lang) -> float:
    total = 0.0
    for word in words:
        value = _value(word, lexicon, lang)
        if value is not None:
            total = max(total, 1.0) * value if value == _HUNDRED else total + value
    return total


def _value(word: str, lexicon: Lexicon, lang: Lang) -> float | None:
    table = lexicon.numbers[lang]
    return next((table[form] for form in variants(word, lang) if form in table), None)


def _unit(
    amount: float, unit: str | None, following: Sequence[str], lexicon: Lexicon, *, tied: bool = False
) -> tuple[float, str | None]:
    """The amount with its scale, and its unit; `tied` where the first word hangs on the digits."""
    for word in following:
        beginnings = [word[:size] for size in range(len(word), 0, -1)]
        scale = next((b for b in beginnings if b in lexicon.scales), None)
        if scale and _scales(word, scale, tied and following[0] is word, lexicon) and amount < lexicon.scales[scale]:
            amount *= lexicon.scales[scale]
            unit = unit or lexicon.units.get(word[len(scale) :])
            continue
        closed = beginnings if script(word) == "ko" else variants(word, "tr")
        unit = unit or next((lexicon.units[b] for b in closed if b in lexicon.units), None)
        if unit:
            break
    return amount, unit


def _scales(word: str, scale: str, tied: bool, lexicon: Lexicon) -> bool:
    """Whether a word that opens with a scale multiplies: 만 in "10만에" does, in "12일 만에" it means after."""
    if script(word) == "la":
        return len(scale) > 1
    rest = word[len(scale) :]
    counted = any(rest.startswith(unit) for unit in (*lexicon.units, *lexicon.scales))
    return script(word) != "ko" or counted or tied or not rest


def _amount(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))

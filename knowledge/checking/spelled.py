"""Numbers spelled in words: a run such as «one hundred and ninety-one» is one figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.model import Lang
from knowledge.understand.lexicon import variants

_HUNDRED, _TEN = 100, 10
_JOINING = {"en": ("and",), "ko": (), "ar": (), "tr": ()}
_DIGITS = {letter: value for value, letter in enumerate("일이삼사오육칠팔구", start=1)}
_PLACES = {"십": 10, "백": 100, "천": 1000}
_SINO = re.compile("^([일이삼사오육칠팔구십백천]*[십백][일이삼사오육칠팔구십백]*)(?=년|일|개국|개월|개|명|주|$)")


def spelled(words: Sequence[str], lang: Lang, known: Mapping[str, float]) -> dict[tuple[int, int], str]:
    """Stretches of words that spell a number, each with the number in digits and what follows it in the word."""
    found: dict[tuple[int, int], str] = {}
    at = 0
    while at < len(words):
        last, amount = _run(words, at, lang, known)
        if last > at and amount:
            found[at, last - 1] = f"{amount:g}" if amount < 1e6 else str(int(amount))
        elif lang == "ko" and (match := _SINO.match(words[at])):
            found[at, at] = f"{_sino(match.group())}{words[at][match.end() :]}"
        at = max(last, at + 1)
    return found


def _run(words: Sequence[str], at: int, lang: Lang, known: Mapping[str, float]) -> tuple[int, float]:
    """The end of the longest number that starts at a word, and its amount; the start itself where there is none."""
    amount, before, end = 0.0, 0.0, at
    while at < len(words):
        value = _value(words[at], lang, known, inside=end > 0 and amount > 0)
        if value is None:
            if not (amount and words[at] in _JOINING[lang]):
                break
        elif not amount or _adds(value, before, amount, lang):
            multiplies = value == _HUNDRED and 0 < amount < _TEN
            amount, before, end = (amount * value if multiplies else amount + value), value, at + 1
        else:
            break
        at += 1
    return end, amount


def _adds(value: float, before: float, amount: float, lang: Lang) -> bool:
    if value == _HUNDRED:
        return amount < _TEN
    if lang == "ar":
        return (value < _TEN) != (before < _TEN) or before == _HUNDRED
    return (value < before and before >= 2 * _TEN) or (before == _TEN and value < _TEN and lang == "tr")


def _value(word: str, lang: Lang, known: Mapping[str, float], *, inside: bool) -> float | None:
    if inside and lang == "ar" and word[:1] == "و" and word[1:] in known:
        return known[word[1:]]
    return next((known[form] for form in (word, *variants(word, lang)) if form in known), None)


def _sino(letters: str) -> int:
    total, digit = 0, 0
    for letter in letters:
        if letter in _PLACES:
            total, digit = total + max(digit, 1) * _PLACES[letter], 0
        else:
            digit = _DIGITS[letter]
    return total + digit

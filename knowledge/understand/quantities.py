"""Numbers with their units, as they are compared: 10 million dollars, 12 days, 54 years, in four languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.understand.lexicon import Lexicon, script, variants

_NUMBER = re.compile(r"^(\$?)(\d+(?:[.,]\d+)*)(m|mn|bn|k)?$")
_ATTACHED = re.compile(r"^(\d+)([^\W\d_]+)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as compared: 10 million dollars is (10000000, USD)."""

    amount: float
    unit: str | None
    at: int


def quantity(words: Sequence[str], at: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that starts at `at`, with the unit found in the next words; None where no number stands."""
    word = words[at]
    match = _NUMBER.match(word)
    following = words[at + 1 : at + 4]
    if match:
        amount, unit = _amount(match.group(2)), "USD" if match.group(1) else None
        if match.group(3):
            amount *= lexicon.scales[match.group(3)]
    elif word in lexicon.numbers:
        amount, unit = lexicon.numbers[word], None
    elif attached := _ATTACHED.match(word):
        amount, unit = float(attached.group(1)), None
        following = [attached.group(2), *following]
    else:
        return None
    return Quantity(*_unit(amount, unit, following, lexicon), at)


def _unit(amount: float, unit: str | None, following: Sequence[str], lexicon: Lexicon) -> tuple[float, str | None]:
    for word in following:
        beginnings = [word[:size] for size in range(len(word), 0, -1)]
        scale = next((b for b in beginnings if b in lexicon.scales), None)
        if scale and len(scale) > (0 if script(word) != "la" else 1) and amount < lexicon.scales[scale]:
            amount *= lexicon.scales[scale]
            unit = unit or lexicon.units.get(word[len(scale) :])
            continue
        closed = beginnings if script(word) == "ko" else variants(word, "tr")
        unit = unit or next((lexicon.units[b] for b in closed if b in lexicon.units), None)
        if unit:
            break
    return amount, unit


def _amount(digits: str) -> float:
    plain = digits.replace(",", "")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))

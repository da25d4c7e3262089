"""Contradictions made of true sentences, to see that `check` calls none of them supported.

python -m tests.eval.mutations FILE … [--misses]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.check import base_of, check_with
from knowledge.checking.base import Base
from knowledge.checking.claimed import Claimed
from knowledge.checking.parties import symmetric
from knowledge.load import default_dossier_path, load_dossier
from knowledge.model import Claim, Verdict
from knowledge.understand.lexicon import variants
from knowledge.understand.rank import Weights
from knowledge.understand.reader import Reader
from tests.eval.check_eval import claims_in

_STOP = " .!"
_SIDES = {"Person", "Country", "Organization", "Place"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A sentence made false, how, and the true one with its language."""

    kind: str
    text: str
    origin: str
    lang: str


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return data


def mutants(base: Base, claims: Iterable[Claim]) -> list[Mutant]:
    """Every mutation of every supported claim, each text once, none that reads as its origin."""
    found: dict[str, Mutant] = {}
    for claim in claims:
        if claim.verdict is Verdict.SUPPORTED:
            parsed = base.parse(claim.text)
            for kind, text in _of(base, claim, parsed):
                if text != claim.text:
                    found.setdefault(text, Mutant(kind, text, claim.text, parsed.lang))
    return list(found.values())


def _of(base: Base, claim: Claim, parsed: Claimed) -> Iterator[tuple[str, str]]:
    table = _table()[parsed.lang]
    yield from (("frame", frame.format(claim.text.rstrip(_STOP))) for frame in table.get("frames", ()))
    yield from (("verb", text) for text in _before_verbs(parsed, table.get("verbs", ())))
    yield from (("auxiliary", text) for text in _after(parsed, table.get("auxiliaries", ())))
    yield from (("ending", text) for text in _endings(claim.text, table.get("endings", ())))
    yield from (("turn", text) for text in _turned(claim.text, table.get("turns", ())))
    yield from (("number", text) for text in _numbers(claim.text))
    yield from (("time", text) for text in _times(base, parsed))
    yield from (("name", text) for text in _renamed(base, parsed))
    yield from (("swap", text) for text in _swapped(base, claim, parsed))


def _before_verbs(parsed: Claimed, denials: Sequence[str]) -> Iterator[str]:
    for act in parsed.acts:
        if parsed.words[act.first].endswith("ed"):
            start = parsed.tokens[act.first].start
            yield from (f"{parsed.text[:start]}{denial} {parsed.text[start:]}" for denial in denials)


def _after(parsed: Claimed, auxiliaries: Sequence[str]) -> Iterator[str]:
    for token in parsed.tokens:
        if token.text in auxiliaries:
            yield from (f"{parsed.text[: token.end]} {word}{parsed.text[token.end :]}" for word in ("not", "never"))


def _endings(text: str, pairs: Sequence[Sequence[str]]) -> Iterator[str]:
    bare, stop = text.rstrip(_STOP), text[len(text.rstrip(_STOP)) :]
    for old, new in pairs:
        if bare.endswith(old):
            yield f"{bare[: -len(old)]}{new}{stop}"


def _turned(text: str, pairs: Sequence[Sequence[str]]) -> Iterator[str]:
    for one, other in pairs:
        for old, new in ((one, other), (other, one)):
            changed = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)" if old.isascii() else re.escape(old), new, text)
            if changed != text:
                yield changed


def _numbers(text: str) -> Iterator[str]:
    for old, new in _table()["numbers"].items():
        changed = re.sub(rf"(?<!\d){old}(?!\d)", str(new), text)
        if changed != text:
            yield changed


def _times(base: Base, parsed: Claimed) -> Iterator[str]:
    """Another weekday, another month."""
    lexicon = base.reader.lexicon
    for table, size in ((lexicon.weekdays, 7), (lexicon.months, 12)):
        spoken = {
            int(key): form.partition("_")[0] for form, key in reversed(table.items()) if _script(form) == parsed.lang
        }
        for token in parsed.tokens:
            key = next((table[form] for form in variants(token.text, parsed.lang) if form in table), None)
            if key:
                for step in (1, 3):
                    other = spoken.get((int(key) - 1 + step) % size + 1)
                    if other:
                        yield f"{parsed.text[: token.start]}{other}{parsed.text[token.end :]}"


def _script(form: str) -> str:
    if re.search("[\uac00-\ud7a3]", form):
        return "ko"
    if re.search("[\u0600-\u06ff]", form):
        return "ar"
    return "tr" if form in _turkish() else "en"


@lru_cache(maxsize=1)
def _turkish() -> frozenset[str]:
    return frozenset(
        "pazartesi sali carsamba persembe cuma cumartesi pazar ocak subat mart nisan mayis haziran temmuz agustos "
        "eylul ekim kasim aralik".split()
    )


def _renamed(base: Base, parsed: Claimed) -> Iterator[str]:
    """Another party of the same kind in the place of each name."""
    actors = base.reader.actors
    for mention in parsed.mentions:
        if mention.outside or len(mention.ids) > 1 or actors[mention.ids[0]].type not in _SIDES:
            continue
        for other in actors.values():
            own = actors[mention.ids[0]]
            if other.type == own.type and other.id != own.id and not base.sides.same(other.id, own.id):
                yield _with(base, parsed, mention.first, mention.last, other.id)


def _with(base: Base, parsed: Claimed, first: int, last: int, actor: str) -> str:
    found = base.reader.actors[actor]
    name = found.names.get(parsed.lang, found.name)
    said = parsed.said(first, last)
    name += said[-2:] if said.endswith(("'s", "’s")) else ""
    if parsed.lang == "ko":
        name += min((said.removeprefix(form) for form in variants(said, "ko")), key=lambda rest: -len(rest))[:2]
    return f"{parsed.text[: parsed.tokens[first].start]}{name}{parsed.text[parsed.tokens[last].end :]}"


def _swapped(base: Base, claim: Claim, parsed: Claimed) -> Iterator[str]:
    """Agent and patient of the first fact changed over, where it matters who is which."""
    known = base.known[claim.facts[0]]
    if symmetric(known):
        return
    ours = [m for m in parsed.mentions if len(m.ids) == 1 and base.sides.among(m.ids[0], known.fact.agent)]
    theirs = [m for m in parsed.mentions if len(m.ids) == 1 and base.sides.among(m.ids[0], known.fact.patient)]
    for one in ours[:1]:
        for other in theirs[:1]:
            if one is not other and not base.sides.same(one.ids[0], other.ids[0]):
                low, high = sorted((one, other), key=lambda m: m.first)
                a, b = parsed.said(low.first, low.last), parsed.said(high.first, high.last)
                start, end = parsed.tokens[low.first].start, parsed.tokens[high.last].end
                middle = parsed.text[parsed.tokens[low.last].end : parsed.tokens[high.first].start]
                yield f"{parsed.text[:start]}{b}{middle}{a}{parsed.text[end:]}"


def wrongly_supported(base: Base, found: Iterable[Mutant]) -> list[Mutant]:
    """Mutants that are called supported."""
    return [m for m in found if any(f.verdict is Verdict.SUPPORTED for f in check_with(base, m.text))]


def main() -> None:
    """Print how many mutants of the supported claims of every file named are called supported."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    base = base_of(Reader(load_dossier(default_dossier_path()), (), Weights({}, {}, {})))
    found = mutants(base, (claim for path in args.files for claim in claims_in(path)))
    wrong = wrongly_supported(base, found)
    kinds, missed = Counter(m.kind for m in found), Counter(m.kind for m in wrong)
    lines = [f"{len(found)} mutants, {len(wrong)} called supported"]
    lines += [f"  {kind}: {missed[kind]} of {kinds[kind]}" for kind in sorted(kinds)]
    lines += [f"{m.kind} | {m.text} | {m.origin}" for m in wrong] if args.misses else []
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""The facts in the form in which claims are held against them; built once per reader."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.checking.claimed import Claimed, longest, parse
from knowledge.checking.cues import CheckLexicon, check_lexicon
from knowledge.checking.joined import around
from knowledge.checking.sides import Sides, role_words
from knowledge.checking.times import Point, points
from knowledge.checking.worked import Worked
from knowledge.model import LANGUAGES, Claim, Fact, Lang, Slot, Verdict
from knowledge.understand.lexicon import stem
from knowledge.understand.quantities import Quantity
from knowledge.understand.reader import Reader
from knowledge.understand.text import clean, tokens

_OFTEN = 3
_SMALL = 31


@dataclass(frozen=True, slots=True)
class Known:
    """One fact: what it says was done, by whom, to whom, when, how much, and the words it is known by."""

    fact: Fact
    statement: Claimed
    acts: frozenset[str]
    told_acts: frozenset[str]
    near_acts: frozenset[str]
    actors: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    points: tuple[Point, ...]
    weekdays: frozenset[int]
    years: frozenset[int]
    words: frozenset[str]
    core: frozenset[str]
    places: tuple[str, ...]
    parties: tuple[str, ...]
    named: frozenset[str]
    needed: frozenset[str]
    objects: tuple[tuple[frozenset[str], frozenset[str]], ...]

    @property
    def parties_of(self) -> tuple[str, ...]:
        """Both sides of what was done."""
        return (*self.fact.agent, *self.fact.patient)

    @property
    def quoted_of(self) -> tuple[str, ...]:
        """Everybody of whom one of the fact's quotations is said."""
        return tuple(actor for _, actors in self.objects for actor in actors)


class Base:
    """Every fact as Known, the worked claims, and the tables that a check needs."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.lexicon: CheckLexicon = check_lexicon()
        self.sides = Sides(reader.dossier)
        self.anchor = _anchor(reader)
        supported: dict[str, list[Claim]] = {}
        for claim in reader.dossier.claims:
            if claim.verdict is Verdict.SUPPORTED and claim.facts:
                supported.setdefault(claim.facts[0], []).append(claim)
        self.known = {
            fact.id: self._known(fact, supported.get(fact.id, []))
            for fact in reader.dossier.facts
            if not fact.embargoed
        }
        self.quotable = self._quotable()
        self.joining = {act: self._pairs(act) for act in role_words()["joining"]}
        self.worked = Worked(reader, self.lexicon)

    def parse(self, text: str) -> Claimed:
        """A claim of a reader, spelling corrected."""
        return parse(text, self.reader.canonicaliser, self.lexicon)

    def _known(self, fact: Fact, supported: list[Claim]) -> Known:
        statement = self._own(fact.statement)
        titled = self._own(fact.title)
        slots = self._own(". ".join(fact.slots.values()))
        told = [self._own(claim.text) for claim in supported]
        often, asked = self._asked(fact)
        near = {name for name, times in often.items() if times >= _OFTEN}
        acts = statement.act_names() | titled.act_names()
        told_acts = acts | {name for found in told for name in found.act_names()}
        core = frozenset().union(*(_stems(found.words, found.lang) for found in (statement, titled, slots, *told)))
        return Known(
            fact,
            statement,
            acts,
            frozenset(told_acts),
            frozenset(near | told_acts | slots.act_names()),
            tuple(
                dict.fromkeys(
                    (
                        *fact.agent,
                        *fact.patient,
                        *fact.actors,
                        *([fact.speaker] if fact.speaker else []),
                        *statement.canonical.actors,
                    )
                )
            ),
            self._quantities(fact, statement),
            points(fact),
            frozenset(int(d) for d in (*statement.canonical.weekdays, *slots.canonical.weekdays)),
            frozenset(int(y) for y in (*statement.canonical.years, *slots.canonical.years)),
            core | asked,
            core,
            self._places(fact),
            self._parties(statement),
            self._named(fact, (statement, titled, *told)),
            frozenset(fact.predicate.split("_")) & self.lexicon.names | {fact.predicate} & self.lexicon.names,
            self._objects(fact),
        )

    def _asked(self, fact: Fact) -> tuple[Counter[str], set[str]]:
        """Of the ways of asking for a fact how many hold an act, and all their words."""
        often: Counter[str] = Counter()
        held: set[str] = set()
        for lang in LANGUAGES:
            rows = [[token.text for token in tokens(clean(text))] for text in getattr(fact.examples, lang)]
            table = self.lexicon.acts.within(rows, lang)
            for words in rows:
                often.update({cue.name for cue in longest(table.find(words, lang))})
                held.update(_stems(words, lang))
        return often, held

    def _quotable(self) -> tuple[tuple[str, ...], ...]:
        """Words of the source that may stand in quotation marks: quotations, time words, figures, spellings."""
        texts = [actor.source_spelling for actor in self.reader.dossier.actors]
        for fact in (known.fact for known in self.known.values()):
            texts += [quote.text for quote in fact.quotes] + [number.as_written for number in fact.numbers]
            texts += [fact.time.as_written] if fact.time and fact.time.as_written else []
            texts += [words for text in (fact.statement, *fact.slots.values()) for words in self._own(text).quoted]
        return tuple(dict.fromkeys(tuple(self._own(text).words) for text in texts))

    def _parties(self, statement: Claimed) -> tuple[str, ...]:
        """Parties that the statement names, bodies without a country left out."""
        actors = self.reader.actors
        return tuple(a for a in statement.canonical.actors if actors[a].country)

    def _named(self, fact: Fact, texts: Iterable[Claimed]) -> frozenset[str]:
        """Everybody of whom the fact speaks, whoever words it."""
        own = (*fact.agent, *fact.patient, *fact.actors, *([fact.speaker] if fact.speaker else []))
        return frozenset(own).union(*(text.canonical.actors for text in texts))

    def _pairs(self, act: str) -> dict[str, tuple[tuple[str, str], ...]]:
        """Whom each fact joins by an act, two and two: as its statement words it, or its two sides."""
        return {
            name: _worded(known, act, self.sides) or _sides(known)
            for name, known in self.known.items()
            if act in known.acts
        }

    def _places(self, fact: Fact) -> tuple[str, ...]:
        """Where the fact is set: places among its actors and in its answer to «where»."""
        where = self._own(fact.slots.get(Slot.WHERE, "")).canonical.actors
        return tuple(
            dict.fromkeys(a for a in (*fact.agent, *fact.patient, *fact.actors, *where) if self.sides.place(a))
        )

    def _objects(self, fact: Fact) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """For every quotation its words, and the actors of which it is said."""
        rows = []
        for quote in fact.quotes:
            words = frozenset(stem(w) for w in self._own(quote.text).canonical.content)
            rows.append((words, frozenset(self._own(quote.object).canonical.actors)))
        return tuple(rows)

    def _quantities(self, fact: Fact, statement: Claimed) -> tuple[Quantity, ...]:
        """The fact's numbers, and those of its statement that have a unit or stand for nothing else."""
        written = self._own("; ".join(number.as_written for number in fact.numbers)).canonical.quantities
        own = [q for q in statement.canonical.quantities if q.unit or q.amount > _SMALL]
        return tuple({(q.amount, q.unit): q for q in (*written, *own)}.values())

    def _own(self, text: str) -> Claimed:
        return parse(text, self.reader.canonicaliser, self.lexicon, lang=None, correct=False)


def _worded(known: Known, act: str, sides: Sides) -> tuple[tuple[str, str], ...]:
    found = [around(known.statement, cue, sides) for cue in known.statement.acts if cue.name == act]
    return tuple((one.ids[0], other.ids[0]) for one, other in (pair for pair in found if len(pair) == 2))


def _sides(known: Known) -> tuple[tuple[str, str], ...]:
    if known.fact.predicate in role_words()["between_patients"]:
        return tuple(itertools.combinations(known.fact.patient, 2))
    return tuple(itertools.product(known.fact.agent, known.fact.patient))


def _stems(words: list[str], lang: Lang) -> list[str]:
    return [stem(word) for word in words] if lang == "en" else words


def _anchor(reader: Reader) -> date:
    parts = [int(part) for part in reader.dossier.source.published.edtf.split("-") if part.isdigit()]
    return date(*([*parts, 1, 1])[:3]) if parts else date(1, 1, 1)

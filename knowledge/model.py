"""What a dossier holds: one document, its actors, facts, curated questions, timeline and cautions.

Terms follow W3C PROV (attribution), Wikibase (rank), FollowTheMoney (actor types) and EDTF (dates).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Lang = Literal["en", "ko", "ar", "tr"]
LANGUAGES: tuple[Lang, ...] = ("en", "ko", "ar", "tr")


class Kind(StrEnum):
    """What a fact reports."""

    EVENT = "event"
    STATE = "state"
    CLAIM = "claim"
    OPINION = "opinion"
    BACKGROUND = "background"
    NEGATIVE = "negative"


class Attribution(StrEnum):
    """How the source says who says so."""

    NONE = "none"
    EXPLICIT = "explicit"
    SECOND_HAND = "second-hand"
    COLLECTIVE_UNNAMED = "collective-unnamed"
    AMBIGUOUS = "ambiguous"
    PRESUPPOSED = "presupposed"


class Label(StrEnum):
    """How far a fact can be trusted in print; shown beside every fact."""

    STATED = "stated"
    ATTRIBUTED = "attributed"
    ONE_SIDED = "one-sided"
    AMBIGUOUS = "ambiguous"
    UNATTRIBUTED = "unattributed"
    PRESUPPOSED = "presupposed"
    DERIVED = "derived"
    TIME_UNRELIABLE = "time-unreliable"


class Slot(StrEnum):
    """What a question or a follow-up may ask of a fact."""

    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    WHOM = "whom"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"
    SAYS_WHO = "says_who"


class Rank(StrEnum):
    """Wikibase rank: which of two facts is to be shown."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class QuestionKind(StrEnum):
    """How a curated question ends."""

    ANSWER = "answer"
    PREMISE = "premise"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


class Verdict(StrEnum):
    """What `check` says of a claim."""

    SUPPORTED = "supported"
    STRONGER = "stronger"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"
    CANNOT_TELL = "cannot_tell"


class Model(BaseModel):
    """Frozen, closed record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A passage of the source: code point offsets [start, end) and the SHA-256 of its UTF-8 text."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    sha256: Sha256


class Passage(Span):
    """A sentence of the source by place; `substantive` ones must be carried by a fact."""

    paragraph: Text
    sentence: int = Field(ge=1)
    substantive: bool = True


class Time(Model):
    """When: the source's words, what the text alone gives, and what the desk resolved (both EDTF)."""

    as_written: Text | None = None
    text_only: Text | None = None
    resolved: Text | None = None
    basis: Literal["stated", "anchored", "external", "derived"]
    certainty: Literal["high", "medium", "low"]
    reasoning: Text


class Number(Model):
    """A quantity as the source prints it; bounds are inclusive and None where open."""

    amount: float
    unit: Text
    as_written: Text
    lower: float | None = None
    upper: float | None = None


class Quote(Model):
    """Words that the source itself puts in quotation marks: whose they are, of what, when."""

    text: Text
    speaker: Text
    speaker_actor: str | None = None
    object: Text
    when: Text


class Examples(Model):
    """Ways a reader may ask, by language."""

    en: tuple[Text, ...] = ()
    ko: tuple[Text, ...] = ()
    ar: tuple[Text, ...] = ()
    tr: tuple[Text, ...] = ()


class Fact(Model):
    """One sourced predicate in the desk's own words."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}\d{2,6}$")]
    title: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    statement: Text
    kind: Kind
    speaker: str | None = None
    attribution: Attribution
    label: Label
    actors: tuple[str, ...] = ()
    predicate: Text
    agent: tuple[str, ...] = ()
    patient: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    time: Time | None = None
    slots: dict[Slot, Text] = Field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()
    spans: tuple[Span, ...] = ()
    derived_from: tuple[str, ...] = ()
    sum: Text | None = None
    cautions: tuple[str, ...] = ()
    rank: Rank = Rank.NORMAL
    supersedes: str | None = None
    retracts: str | None = None
    perishable: bool = False
    embargoed: bool = False
    importance: int = Field(default=3, ge=1, le=5)
    examples: Examples


class Alias(Model):
    """One name of an actor; a weak one is never matched alone."""

    value: Text
    lang: Text = "en"
    kind: Text
    in_source: bool = False
    weak: bool = False
    note: Text | None = None


class Actor(Model):
    """A person, body, group or place, as of the source."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_0-9]*$")]
    type: Literal["Person", "PublicBody", "Country", "Organization", "Group", "Place", "Note"]
    name: Text
    source_spelling: Text
    names: dict[Lang, Text] = Field(default_factory=dict)
    role: Text
    country: str | None = None
    aliases: tuple[Alias, ...] = ()
    not_to_confuse_with: tuple[str, ...] = ()
    known_unknowns: tuple[Text, ...] = ()
    examples: Examples = Examples()


class Option(Model):
    """One button of an ambiguous question: what it says, and what it then asks or shows."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=75)]
    entry: Text


class Question(Model):
    """A curated question that no single fact answers: a composite, a false premise, an unknown, an ambiguity."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}\d{2,6}$")]
    kind: QuestionKind
    title: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    lead: Text
    facts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    slot: Slot | None = None
    options: tuple[Option, ...] = ()
    examples: Examples


class TimelineEntry(Model):
    """A point or period of the story; `display` keeps the source's words for the time."""

    id: Annotated[str, StringConstraints(pattern=r"^TL\d+$")]
    type: Literal["event", "era", "period"]
    edtf: Text
    display: Text
    label: Literal["stated", "anchored", "external", "derived", "time-unreliable"]
    facts: tuple[str, ...]


class Caution(Model):
    """A trap of the source and the rule that avoids it; `note` is the sentence a reader may see."""

    id: Annotated[str, StringConstraints(pattern=r"^T\d{2}[A-Z]?$")]
    title: Text
    rule: Text
    note: Text


class Claim(Model):
    """A worked example for `check`: a sentence and its verdict."""

    text: Text
    verdict: Verdict
    facts: tuple[str, ...] = ()


class Wording(Model):
    """One way that readers have asked for an entry, beside the examples its curator wrote."""

    entry: Text
    lang: Lang
    text: Text


class Published(Model):
    """The document's date (EDTF) and where it comes from."""

    edtf: Text
    basis: Literal["stated", "external"]
    certainty: Literal["high", "medium", "low"]
    evidence: Text


class Source(Model):
    """The document behind the dossier: identity, date, and where its sentences lie."""

    id: Text
    file: Text
    sha256: Sha256
    chars: int
    language: Text
    title: Text
    author: Text | None = None
    publisher: Text | None = None
    url: Text | None = None
    published: Published
    note: Text
    version: Text
    passages: tuple[Passage, ...]


class Lexicon(Model):
    """Dossier words on top of the general lexicon: concept -> stems by language (`*` ends a prefix)."""

    concepts: dict[str, dict[Lang, tuple[Text, ...]]] = Field(default_factory=dict)
    opposites: tuple[tuple[str, str], ...] = ()
    outside: dict[str, tuple[Text, ...]] = Field(default_factory=dict)


class Dossier(Model):
    """One story, loaded and cross-checked: what every answer rests on."""

    name: Text
    source: Source
    actors: tuple[Actor, ...]
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    cautions: tuple[Caution, ...] = ()
    claims: tuple[Claim, ...] = ()
    wordings: tuple[Wording, ...] = ()
    lexicon: Lexicon = Lexicon()

"""What a digest says: a pure function of the dossier and of what the channel saw last."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.delivery.digest_words import weekday
from bot.render.words import tell
from handlers.days import dated
from handlers.words import say
from knowledge.dates import start_day
from knowledge.model import Dossier, Fact, Label, Lang, Rank, TimelineEntry

STALE_AFTER_DAYS = (30, 90, 180, 365)
STALE_SHOWN = 5
_POINT = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?")


class Part(StrEnum):
    """The parts of a digest, in the order they are shown."""

    NEW = "new"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    STALE = "stale"
    ANNIVERSARY = "anniversary"
    TO_KNOW = "to_know"
    UNANSWERED = "unanswered"

    def heading(self, lang: Lang) -> str:
        """What stands above it."""
        return tell(f"part_{self.value}", lang)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the dossier said at one time: fact id to statement and label; `id` changes when any of it does."""

    id: str
    facts: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a digest, as plain text; `was` is the old wording of a correction."""

    text: str
    fact_ids: tuple[str, ...] = ()
    label: str = ""
    caution: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class DigestContent:
    """A digest as data; every string is plain text."""

    title: str
    local_date: date
    parts: Mapping[Part, tuple[Line, ...]]
    edition: Edition
    quiet: str = ""
    footer: str = ""
    intro: str = ""
    late: str = ""
    lang: Lang = "en"

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """Every fact that it shows, once."""
        return tuple(dict.fromkeys(i for lines in self.parts.values() for line in lines for i in line.fact_ids))


@dataclass(frozen=True, slots=True)
class Seen:
    """What the channel saw last: the edition, the date, how many digests so far, what was asked since."""

    edition: Edition | None = None
    on: date | None = None
    count: int = 0
    unanswered: Sequence[tuple[str, int]] = field(default_factory=tuple)


def edition_of(dossier: Dossier) -> Edition:
    """What the dossier says now, without what readers must not see."""
    facts = {fact.id: (fact.statement, fact.label.value) for fact in _visible(dossier)}
    written = json.dumps(facts, sort_keys=True, ensure_ascii=False)
    return Edition(hashlib.sha256(written.encode()).hexdigest()[:16], facts)


def compose_digest(
    dossier: Dossier, local_date: date, seen: Seen, *, intro: str = "", late: str = "", lang: Lang = "en"
) -> DigestContent:
    """The digest for a local date. The first one in a channel does not call the whole base new."""
    now, facts = edition_of(dossier), {fact.id: fact for fact in _visible(dossier)}
    before = seen.edition.facts if seen.edition else now.facts
    parts = {
        Part.NEW: tuple(_line(dossier, facts[i], lang) for i in facts if i not in before and not facts[i].supersedes),
        Part.CORRECTED: tuple(_corrections(dossier, facts, before, lang)),
        Part.RETRACTED: tuple(_retracted(dossier, facts, before, lang)),
        Part.STALE: tuple(_gone_stale(dossier, facts, seen.on, local_date, lang)),
        Part.ANNIVERSARY: tuple(_anniversaries(dossier, facts, seen.on, local_date, lang)),
        Part.UNANSWERED: tuple(_unanswered(seen.unanswered, lang)),
    }
    news = {part: lines for part, lines in parts.items() if lines}
    to_know = _to_know(dossier, facts, seen.count, lang)
    if to_know:
        news[Part.TO_KNOW] = (to_know,)
    quiet = "" if set(news) - {Part.TO_KNOW} else tell("digest_quiet", lang)
    return DigestContent(
        title=tell("digest_title", lang, weekday=weekday(local_date, lang), date=dated(local_date.isoformat(), lang)),
        local_date=local_date,
        parts={part: news[part] for part in Part if part in news},
        edition=now,
        quiet=quiet,
        footer=_footer(dossier, lang),
        intro=intro,
        late=late,
        lang=lang,
    )


def _visible(dossier: Dossier) -> list[Fact]:
    superseded = {fact.supersedes for fact in dossier.facts} | {fact.retracts for fact in dossier.facts}
    return [
        fact
        for fact in dossier.facts
        if not fact.embargoed and fact.rank is not Rank.DEPRECATED and fact.id not in superseded
    ]


def _line(dossier: Dossier, fact: Fact, lang: Lang, *, was: str = "") -> Line:
    notes = {caution.id: caution.note for caution in dossier.cautions}
    wary = fact.label in (Label.TIME_UNRELIABLE, Label.AMBIGUOUS)
    caution = next((notes[i] for i in fact.cautions if i in notes), "") if wary else ""
    text = f"{fact.statement} ({fact.sum})" if fact.sum else fact.statement
    return Line(text, (fact.id,), say(f"label_{fact.label.value}", lang), caution, was)


def _corrections(
    dossier: Dossier, facts: Mapping[str, Fact], before: Mapping[str, tuple[str, str]], lang: Lang
) -> list[Line]:
    changed = [
        _line(dossier, fact, lang, was=before[fact.id][0] if before[fact.id][0] != fact.statement else "")
        for fact in facts.values()
        if fact.id in before and before[fact.id] != (fact.statement, fact.label.value)
    ]
    replaced = [
        _line(dossier, fact, lang, was=before[fact.supersedes][0] if fact.supersedes in before else "")
        for fact in facts.values()
        if fact.supersedes and fact.id not in before
    ]
    return changed + replaced


def _retracted(
    dossier: Dossier, facts: Mapping[str, Fact], before: Mapping[str, tuple[str, str]], lang: Lang
) -> list[Line]:
    replaced = {fact.supersedes for fact in facts.values()}
    gone = [i for i in before if i not in facts and i not in replaced]
    # A fact that has left for another reason than a retraction may be under embargo: its words are not repeated.
    printable = {fact.id for fact in dossier.facts if not fact.embargoed}
    return [Line(tell("digest_gone", lang), (i,), was=before[i][0] if i in printable else "") for i in gone]


def _gone_stale(dossier: Dossier, facts: Mapping[str, Fact], last: date | None, today: date, lang: Lang) -> list[Line]:
    published = start_day(dossier.source.published.edtf)
    if published is None or last is None:
        return []
    crossed = [days for days in STALE_AFTER_DAYS if last < date(*published) + timedelta(days=days) <= today]
    perishable = [fact for fact in facts.values() if fact.perishable]
    return [_line(dossier, fact, lang) for fact in perishable[:STALE_SHOWN]] if crossed else []


def _anniversaries(
    dossier: Dossier, facts: Mapping[str, Fact], last: date | None, today: date, lang: Lang
) -> list[Line]:
    first_of_month = last is None or (last.year, last.month) != (today.year, today.month)
    return [
        Line(f"{_ago(entry, today, lang)}: {entry.display}", entry.facts, tell(f"digest_basis_{entry.label}", lang))
        for entry in dossier.timeline
        if _returns(entry.edtf, today, first_of_month=first_of_month) and all(i in facts for i in entry.facts)
        if entry.label != "time-unreliable"
    ]


def _returns(edtf: str, today: date, *, first_of_month: bool) -> bool:
    """Whether a day comes round today, or a month with the first digest in it."""
    found = _POINT.fullmatch(edtf)
    if found is None or int(found["year"]) >= today.year or int(found["month"]) != today.month:
        return False
    return int(found["day"]) == today.day if found["day"] else first_of_month


def _ago(entry: TimelineEntry, today: date, lang: Lang) -> str:
    years = today.year - int(entry.edtf[:4])
    when = "digest_today" if len(entry.edtf) == 10 else "digest_month"
    return tell(f"{when}_one" if years == 1 else when, lang, years=years, date=dated(entry.edtf, lang))


def _to_know(dossier: Dossier, facts: Mapping[str, Fact], number: int, lang: Lang) -> Line | None:
    lasting = [fact for fact in facts.values() if not fact.perishable and fact.label is not Label.TIME_UNRELIABLE]
    lasting.sort(key=lambda fact: (-fact.importance, fact.id))
    return _line(dossier, lasting[number % len(lasting)], lang) if lasting else None


def _unanswered(asked: Sequence[tuple[str, int]], lang: Lang) -> list[Line]:
    times = {count: f" {tell('digest_times', lang, count=count)}" for _, count in asked if count > 1}
    return [Line(f"“{question}”{times.get(count, '')}") for question, count in asked]


def _footer(dossier: Dossier, lang: Lang) -> str:
    source = dossier.source
    basis = say(f"basis_{source.published.basis}", lang)
    return tell("digest_footer", lang, version=source.version, date=dated(source.published.edtf, lang), basis=basis)

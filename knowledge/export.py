"""The public part of a dossier for other tools: TimelineJS, CSV, JSON-LD, and YAML to review in git.

Embargoed facts are never in it (R23), and a time that cannot be relied on keeps its flag (R11).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from html import escape as escape_html
from typing import Any

import yaml

from knowledge.dates import Day, end_day, in_words, sort_key, start_day
from knowledge.embargo import public
from knowledge.jsonld import graph
from knowledge.model import Dossier, Fact, Label, TimelineEntry
from knowledge.verify import passage_of

FLAG = "timing unreliable, check"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    *("id", "title", "statement", "kind", "label", "attribution", "speaker", "actors"),
    *("time_as_written", "time_resolved", "time_basis", "place", "derived_from", "sum", "cautions"),
    *("source", "version"),
)
BASIS = {
    "stated": "as the article says",
    "anchored": "from the article's own date",
    "external": "the date is not in the article",
    "derived": "derived",
    "time-unreliable": FLAG,
}


class Format(StrEnum):
    """What `kb export` can write."""

    TIMELINEJS = "timelinejs"
    CSV = "csv"
    JSONLD = "jsonld"
    YAML = "yaml"


def export(dossier: Dossier, form: Format) -> str:
    """The dossier in the given form; the same dossier gives the same text."""
    return EXPORTERS[form](flagged(public(dossier)))


def flagged(dossier: Dossier) -> Dossier:
    """The dossier with the R11 flag on every fact and point whose time cannot be relied on."""
    facts = tuple(
        fact.model_copy(update={"statement": _with_flag(fact.statement)}) if _doubtful(fact) else fact
        for fact in dossier.facts
    )
    doubtful = {fact.id for fact in facts if _doubtful(fact)}
    timeline = tuple(
        point.model_copy(update={"display": _with_flag(point.display)}) if _touches(point, doubtful) else point
        for point in dossier.timeline
    )
    return dossier.model_copy(update={"facts": facts, "timeline": timeline})


def _doubtful(fact: Fact) -> bool:
    return fact.label is Label.TIME_UNRELIABLE


def _touches(point: TimelineEntry, doubtful: set[str]) -> bool:
    return point.label == Label.TIME_UNRELIABLE.value or not doubtful.isdisjoint(point.facts)


def _with_flag(text: str) -> str:
    return text if FLAG.split(",")[0] in text.casefold() else f"{text.rstrip('.')} ({FLAG})."


def timelinejs(dossier: Dossier) -> str:
    """JSON for TimelineJS: points as events, periods with both ends as eras."""
    points = sorted(dossier.timeline, key=lambda point: sort_key(point.edtf))
    eras = [point for point in points if point.type == "era" and start_day(point.edtf) and end_day(point.edtf)]
    facts = {fact.id: fact for fact in dossier.facts}
    title = {"headline": escape(dossier.source.title), "text": escape(dossier.source.note)}
    return _json(
        {
            "title": {"unique_id": dossier.name, "text": title},
            "events": [_event(point, facts) for point in points if point not in eras],
            "eras": [_era(point) for point in eras],
        }
    )


def escape(text: str) -> str:
    """Text for TimelineJS, which takes it for HTML."""
    return escape_html(text, quote=False)


def _event(point: TimelineEntry, facts: dict[str, Fact]) -> dict[str, Any]:
    lines = (f"<p>{escape(facts[name].statement)} ({facts[name].label.value}, {name})</p>" for name in point.facts)
    event = _era(point) | {"unique_id": point.id, "group": point.label}
    event["text"] = {"headline": escape(point.display), "text": "".join(lines)}
    return event


def _era(point: TimelineEntry) -> dict[str, Any]:
    """Start and end as precise as written; an event whose start is open is put where it ends."""
    start, _, end = point.edtf.rpartition("/")
    open_start, open_end = start_day(point.edtf) is None, end_day(point.edtf) is None
    first = end if open_start or not start else start
    ends = {} if open_start or open_end or not start else {"end_date": _date(end, end_day(end))}
    return {
        "start_date": _date(first, start_day(first)),
        **ends,
        "display_date": f"{in_words(point.edtf)}; {BASIS[point.label]}",
        "text": {"headline": escape(point.display)},
    }


def _date(text: str, day: Day | None) -> dict[str, int]:
    """A TimelineJS date no more precise than the EDTF text."""
    precision = 1 + sum(part.strip("~?%").isdigit() for part in text.split("-")[1:3])
    return dict(zip(("year", "month", "day")[:precision], day or (), strict=False))


def as_csv(dossier: Dossier) -> str:
    """One row a fact; cells that a spreadsheet would take for a formula are defused."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in dossier.facts:
        writer.writerow(f"'{cell}" if cell.startswith(FORMULA) else cell for cell in _row(dossier, fact))
    return out.getvalue()


def _row(dossier: Dossier, fact: Fact) -> list[str]:
    time = fact.time
    places = dict.fromkeys(passage_of(dossier, span) for span in fact.spans)
    when = [time.as_written, time.resolved, time.basis] if time else [None] * 3
    who = [fact.kind.value, fact.label.value, fact.attribution.value, fact.speaker, " ".join(fact.actors)]
    origin = ["; ".join(places), " ".join(fact.derived_from), fact.sum, " ".join(fact.cautions)]
    cells = [fact.id, fact.title, fact.statement, *who, *when, *origin, dossier.source.id, dossier.source.version]
    return [cell or "" for cell in cells]


def as_jsonld(dossier: Dossier) -> str:
    """A JSON-LD graph in schema.org, PROV and Web Annotation terms."""
    return _json(graph(dossier))


def as_yaml(dossier: Dossier) -> str:
    """The facts as a dossier file has them."""
    return facts_yaml(dossier.facts)


def facts_yaml(facts: Iterable[Fact]) -> str:
    """Facts as a file for the `facts` folder, to be reviewed in git; loads back to the same facts."""
    plain = [fact.model_dump(mode="json", exclude_defaults=True) for fact in facts]
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=140)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


EXPORTERS: dict[Format, Callable[[Dossier], str]] = {
    Format.TIMELINEJS: timelinejs,
    Format.CSV: as_csv,
    Format.JSONLD: as_jsonld,
    Format.YAML: as_yaml,
}

"""Entries of a dossier checked one by one against the schema, each with its place in the files."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from knowledge.faults import Fault
from knowledge.marks import Place
from knowledge.model import (
    Actor,
    Caution,
    Claim,
    Dossier,
    Fact,
    Lexicon,
    Question,
    Source,
    TimelineEntry,
    Wording,
)

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Entry(Generic[M]):
    """A checked value and where it stands."""

    value: M
    place: Place

    def fault(self, what: str, remedy: str, *path: str | int, warning: bool = False) -> Fault:
        """A fault at the line that `path` of keys and indexes reaches inside this entry."""
        return Fault(self.place.file.name, self.place.line(path), what, remedy, warning)


@dataclass(frozen=True)
class MarkedDossier:
    """A dossier with the file and line of every entry."""

    dossier: Dossier
    source: Entry[Source]
    lexicon: Entry[Lexicon] | None
    actors: tuple[Entry[Actor], ...]
    facts: tuple[Entry[Fact], ...]
    questions: tuple[Entry[Question], ...]
    timeline: tuple[Entry[TimelineEntry], ...]
    cautions: tuple[Entry[Caution], ...]
    claims: tuple[Entry[Claim], ...]
    wordings: tuple[Entry[Wording], ...]
    strays: tuple[str, ...] = ()


def validate(model: type[M], data: Any, place: Place) -> Entry[M] | list[Fault]:
    """The entry, or every reason why it is none."""
    try:
        return Entry(model.model_validate(data), place)
    except ValidationError as error:
        details = error.errors(include_url=False)
    return [Fault(place.file.name, place.line(detail["loc"]), *_explain(model, detail)) for detail in details]


def _explain(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong and what to do, in a curator's words."""
    loc = [step for step in detail["loc"] if step != "[key]"]
    where = "`" + ".".join(map(str, loc)) + "`" if loc else "the entry"
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return f"{where} is missing", "add it"
    if kind == "extra_forbidden":
        return f"unknown key {where}", _nearest(str(loc[-1]), sorted(_keys_at(model, loc[:-1])))
    if kind in {"enum", "literal_error"}:
        return f"{where} cannot be {given!r}", f"use {context['expected']}"
    if kind == "string_type" and isinstance(given, int | float):
        return f"{where} is the number {given}, not text", "put it in quotation marks"
    if kind == "string_type" and isinstance(given, dict) and len(given) == 1:
        return f"{where} is no text, since YAML reads its colon as a key", "put it in quotation marks"
    if kind == "string_pattern_mismatch":
        return f"{where} is {given!r}", f"write it in the form {context['pattern']}"
    return f"{where}: {detail['msg'][0].lower()}{detail['msg'][1:]}", f"mend the value (now {_brief(given)})"


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _nearest(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean `{close[0]}`?" if close else f"remove it; known keys are {', '.join(known)}"


def _keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> set[str]:
    """The keys that the schema knows at a place inside a model."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models_in(model.model_fields[step].annotation), model)
    return set(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)

"""A dossier folder read into a checked `Dossier`, with every fault named by file and line."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel
from yaml.nodes import Node, SequenceNode

from knowledge import references
from knowledge.embargo import public
from knowledge.entries import Entry, MarkedDossier, validate
from knowledge.faults import DossierError, Fault
from knowledge.marks import Builder, Place, YamlFile, line_of, read_yaml
from knowledge.model import Actor, Caution, Claim, Dossier, Fact, Lexicon, Question, Source, TimelineEntry, Wording

__all__ = ["DossierError", "Fault", "default_dossier_path", "load_dossier", "load_marked", "public"]

M = TypeVar("M", bound=BaseModel)
LISTS: dict[str, type[BaseModel]] = {
    "actors": Actor,
    "facts": Fact,
    "questions": Question,
    "timeline": TimelineEntry,
    "cautions": Caution,
    "claims": Claim,
    "wordings": Wording,
}
SINGLE: dict[str, type[BaseModel]] = {"source": Source, "lexicon": Lexicon}
REQUIRED = ("source", "actors", "facts")


def default_dossier_path() -> Path:
    """The dossier that ships with the package."""
    return Path(__file__).parent / "dossiers" / "syria_south_korea"


def load_dossier(folder: Path) -> Dossier:
    """The dossier in a folder; raises DossierError with every fault that makes it unusable."""
    return load_marked(folder).dossier


def load_marked(folder: Path) -> MarkedDossier:
    """The same with the place of every entry, for lint."""
    if not folder.is_dir():
        raise DossierError([Fault(folder.name, 1, "no such dossier folder", "name a folder that holds source.yaml")])
    with without_collector():
        reading = _Reading(folder)
        reading.read()
        reading.cross_check()
        if reading.faults:
            raise DossierError(reading.faults)
        return reading.marked()


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the cyclic collector: a large dossier makes a million nodes and no garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class _Reading:
    """A folder while it is being read."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    entries: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    places: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def read(self) -> None:
        for section in (*SINGLE, *LISTS):
            self.entries[section], self.places[section] = [], []
            names = self._files(section)
            if not names and section in REQUIRED:
                self.faults.append(Fault(f"{section}.yaml", 1, "missing", f"add {section}.yaml to the folder"))
                self.unread.add(section)
            for name in names:
                file = read_yaml(self.folder / name, name)
                self._read_file(section, file)
                file.drop()

    def _files(self, section: str) -> list[str]:
        single = [f"{section}.yaml"] if (self.folder / f"{section}.yaml").is_file() else []
        if section in SINGLE:
            return single
        return single + sorted(f"{section}/{path.name}" for path in (self.folder / section).glob("*.yaml"))

    def _read_file(self, section: str, file: YamlFile) -> None:
        self.faults += file.faults
        if file.broken:
            self.unread.add(section)
        elif section in SINGLE:
            self._read_single(section, file)
        elif isinstance(file.node, SequenceNode):
            for number, node in enumerate(file.node.value):
                self._read_entry(section, LISTS[section], Place(file, number), node)
        elif file.node is not None and file.node.value:
            fault = Fault(file.name, line_of(file.node), "not a list", "start every entry with `- `")
            self.faults.append(fault)
            self.unread.add(section)

    def _read_single(self, section: str, file: YamlFile) -> None:
        if file.node is not None:
            self._read_entry(section, SINGLE[section], Place(file), file.node)
        elif section in REQUIRED:
            self.faults.append(Fault(file.name, 1, "empty", "write the keys of the schema"))

    def _read_entry(self, section: str, model: type[M], place: Place, node: Node) -> None:
        builder = Builder(place.file.name)
        data = builder.build(node)
        self.faults += builder.faults
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            self.places[section].append((data["id"], place.file.name, place.line(("id",))))
        entry = validate(model, data, place)
        if isinstance(entry, Entry):
            self.entries[section].append(entry)
        else:
            self.faults += entry

    def cross_check(self) -> None:
        known = {name: None if name in self.unread else {id_ for id_, *_ in self.places[name]} for name in LISTS}
        ids, source = references.Ids(known), next(iter(self.entries["source"]), None)
        faults = self.faults
        faults += references.doubled(place for name in references.ASKABLE for place in self.places[name])
        faults += references.doubled(self.places["timeline"])
        faults += references.doubled(self.places["cautions"])
        if source:
            faults += references.source_faults(source)
        for fact in self.entries["facts"]:
            faults += references.fact_faults(fact, ids, source.value.chars if source else None)
        for question in self.entries["questions"]:
            faults += references.question_faults(question, ids)
        for actor in self.entries["actors"]:
            faults += references.actor_faults(actor, ids)
        for point in self.entries["timeline"]:
            faults += references.timeline_faults(point, ids)
        for claim in self.entries["claims"]:
            faults += references.claim_faults(claim, ids)
        for wording in self.entries["wordings"]:
            faults += references.wording_faults(wording, ids)

    def marked(self) -> MarkedDossier:
        lists = {name: tuple(self.entries[name]) for name in LISTS}
        lexicon = next(iter(self.entries["lexicon"]), None)
        source = self.entries["source"][0]
        values: dict[str, Any] = {name: tuple(entry.value for entry in entries) for name, entries in lists.items()}
        values |= {"name": self.folder.resolve().name, "source": source.value}
        dossier = Dossier.model_validate(values | {"lexicon": lexicon.value if lexicon else Lexicon()})
        strays = tuple(sorted(path.name for path in self.folder.glob("*.y*ml") if path.stem not in LISTS | SINGLE))
        return MarkedDossier(dossier, source, lexicon, **lists, strays=strays)

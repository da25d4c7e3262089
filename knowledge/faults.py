"""What is wrong with a dossier, where, and what a curator can do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing to mend; `file` is relative to the dossier folder, a warning does not stop the bot."""

    file: str
    line: int
    what: str
    remedy: str
    warning: bool = False

    def __str__(self) -> str:
        note = "warning: " if self.warning else ""
        return f"{self.file}:{self.line}: {note}{self.what}, {self.remedy}"


class DossierError(Exception):
    """A dossier that must not be served; carries every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))

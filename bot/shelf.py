"""The dossier that is being served, and how it is changed for a new one without going down."""

from __future__ import annotations

from pathlib import Path

from bot.errors import StartError
from bot.logs import log
from handlers.desk import Desk
from knowledge.load import DossierError


class Shelf:
    """Holds the loaded desk; a reload that fails keeps the last good one and says why."""

    def __init__(self, folder: Path, sources: Path | None = None) -> None:
        self._folder, self._sources = folder, sources
        try:
            self._desk = Desk.load(folder, sources=sources)
        except DossierError as error:
            raise StartError(f"the dossier does not load: {one_line(error)}") from None

    @property
    def desk(self) -> Desk:
        """The last good one."""
        return self._desk

    def reload(self) -> str | None:
        """Load the folder again; None when it went well, else the fault."""
        try:
            self._desk = Desk.load(self._folder, sources=self._sources)
        except DossierError as error:
            log().error("reload_failed", fault=str(error), serving=self._desk.version)
            return str(error)
        log().info("reloaded", version=self._desk.version)
        return None


def one_line(error: Exception) -> str:
    """The first fault, and how many follow."""
    faults = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    more = f" (and {len(faults) - 1} more: syria-desk kb lint)" if len(faults) > 1 else ""
    return faults[0] + more

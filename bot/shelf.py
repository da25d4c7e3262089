"""The dossier that is being served, and how it is changed for a new one without going down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import StartError
from handlers.context import RETENTION_DAYS
from handlers.desk import Desk
from knowledge.load import DossierError


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Shelf:
    """Holds the loaded desk; a reload that fails keeps the last good one and says why."""

    def __init__(
        self,
        folder: Path,
        sources: Path | None = None,
        now: Callable[[], datetime] = utc_now,
        *,
        retention_days: int = RETENTION_DAYS,
    ) -> None:
        self._folder, self._sources, self._now, self._retention_days = folder, sources, now, retention_days
        try:
            self._desk = self._load()
        except DossierError as error:
            raise StartError(f"the dossier does not load: {one_line(error)}") from None

    def _load(self) -> Desk:
        days = self._retention_days
        return Desk.load(self._folder, loaded=self._now(), sources=self._sources, retention_days=days)

    @property
    def desk(self) -> Desk:
        """The last good one."""
        return self._desk

    def warm(self) -> None:
        """Have built what the desk builds at its first question of a kind, so that no reader waits for it."""
        _warm(self._desk, self._now())

    def reload(self) -> str | None:
        """Load the folder again; None when it went well, else the fault."""
        from bot.logs import log

        try:
            desk = self._load()
            _warm(desk, self._now())
            self._desk = desk
        except DossierError as error:
            log().error("reload_failed", fault=str(error), serving=self._desk.version)
            return str(error)
        log().info("reloaded", version=self._desk.version)
        return None


def _warm(desk: Desk, now: datetime) -> None:
    for words in ("", "check it is so"):
        desk.answer(words, now=now)


def one_line(error: Exception) -> str:
    """The first fault, and how many follow."""
    faults = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    more = f" (and {len(faults) - 1} more: syria-desk kb lint)" if len(faults) > 1 else ""
    return faults[0] + more

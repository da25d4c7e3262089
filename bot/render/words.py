"""What the desk says around an answer, in the reader's language; the texts are data in words.yaml and digest.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handlers.words import Table, filled, read_table
from knowledge.model import Lang

FILES = tuple(Path(__file__).with_name(name) for name in ("words.yaml", "digest.yaml"))


@lru_cache(maxsize=1)
def table() -> Table:
    """Every template of the edge by key and language."""
    return {key: row for path in FILES for key, row in read_table(path).items()}


def tell(key: str, lang: Lang, **values: object) -> str:
    """The template `key` in the language, its blanks filled once."""
    return filled(table()[key][lang], values)

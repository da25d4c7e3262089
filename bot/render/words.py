"""What the desk says around an answer, in the reader's language; the texts are data in the YAML beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handlers.words import Table, filled, read_table
from knowledge.model import Lang

FILES = tuple(Path(__file__).with_name(name) for name in ("words.yaml", "digest.yaml", "reasons.yaml"))


@lru_cache(maxsize=1)
def table() -> Table:
    """Every template of the edge by key and language."""
    return {key: row for path in FILES for key, row in read_table(path).items()}


def tell(key: str, lang: Lang, **values: object) -> str:
    """The template `key` in the language, its blanks filled once."""
    return filled(table()[key][lang], values)


def why_not(code: str, lang: Lang) -> str:
    """Slack's own word for why it takes no post, in words a reader understands."""
    row = table().get(f"reason_{code}")
    return row[lang] if row else code.replace("_", " ")

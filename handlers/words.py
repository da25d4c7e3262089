"""Template words in the asker's language; the texts are data in words.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.model import Lang

_FILE = Path(__file__).with_name("words.yaml")


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    table: dict[str, dict[str, str]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - strings only
    return table


def say(key: str, lang: Lang, **values: str) -> str:
    """The template `key` in the language (English where it has none), with its blanks filled."""
    row = _table()[key]
    text = row.get(lang, row["en"])
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text

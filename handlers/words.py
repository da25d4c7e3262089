"""Template words in the asker's language; the texts are data in words.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.model import Lang

Table = dict[str, dict[str, str]]
_FILE = Path(__file__).with_name("words.yaml")
_BLANK = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def table() -> Table:
    """Every template of an answer by key and language."""
    return read_table(_FILE)


def read_table(path: Path) -> Table:
    """A file of templates by key and language."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: Table = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - strings only
    return found


def say(key: str, lang: Lang, **values: object) -> str:
    """The template `key` in the language, its blanks filled once; what fills a blank is never read as a template."""
    return filled(table()[key][lang], values)


def filled(template: str, values: dict[str, object]) -> str:
    """A template with its blanks filled once."""
    return template if "{" not in template else _BLANK.sub(lambda blank: str(values[blank[1]]), template)

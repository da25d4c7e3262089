"""Template words in the asker's language; the texts are data in words.yaml and explain.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.model import Lang

Table = dict[str, dict[str, str]]
FILES = tuple(Path(__file__).with_name(name) for name in ("words.yaml", "explain.yaml"))
_BLANK = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def table() -> Table:
    """Every template of an answer by key and language."""
    return {key: row for path in FILES for key, row in read_table(path).items()}


def read_table(path: Path) -> Table:
    """A file of templates by key and language."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: Table = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - strings only
    return found


def say(key: str, lang: Lang, **values: object) -> str:
    """The template `key` in the language, its blanks filled once; what fills a blank is never read as a template."""
    return filled(table()[key][lang], values)


def slug(phrase: str) -> str:
    """A phrase of the understanding's own as the end of a key: its words, in small letters."""
    return "_".join("".join(sign if sign.isalnum() else " " for sign in phrase.lower()).split())


def filled(template: str, values: dict[str, object]) -> str:
    """A template with its blanks filled once."""
    return template if "{" not in template else _BLANK.sub(lambda blank: str(values[blank[1]]), template)


def said(key: str, lang: Lang, otherwise: str) -> str:
    """The template `key`, which has no blanks, or `otherwise` where the table does not have it."""
    row = table().get(key)
    return row[lang] if row else otherwise

"""Template words in the asker's language; the texts are data in words.yaml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge.model import Lang

_FILE = Path(__file__).with_name("words.yaml")
_BLANK = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def table() -> dict[str, dict[str, str]]:
    """Every template by key and language."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    found: dict[str, dict[str, str]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - strings only
    return found


def say(key: str, lang: Lang, **values: object) -> str:
    """The template `key` in the language, its blanks filled once; what fills a blank is never read as a template."""
    template = table()[key][lang]
    return template if "{" not in template else _BLANK.sub(lambda blank: str(values[blank[1]]), template)

"""The small checks that payload shapes are written in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.workspace.errors import Problem

Faults = Iterator[Problem]
Check = Callable[[Any, str], Faults]


@dataclass(frozen=True)
class Need:
    """A field that must be there."""

    check: Check


Shape = Mapping[str, Check | Need]


def anything(_value: Any, _at: str) -> Faults:
    """No fault."""
    yield from ()


def string(limit: int, least: int = 0) -> Check:
    """A string of at least and at most so many characters."""

    def check(value: Any, at: str) -> Faults:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string", "invalid_type")
        elif len(value) < least:
            yield Problem(at, f"must be more than {least - 1} characters")
        elif len(value) > limit:
            yield Problem(at, f"must be less than {limit + 1} characters")

    return check


def boolean(value: Any, at: str) -> Faults:
    """True or false."""
    if not isinstance(value, bool):
        yield Problem(at, "must provide a boolean", "invalid_type")


def whole(low: int, high: int) -> Check:
    """A whole number between two others."""

    def check(value: Any, at: str) -> Faults:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must provide an integer", "invalid_type")
        elif not low <= value <= high:
            yield Problem(at, f"must be between {low} and {high}")

    return check


def one_of(*values: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str) -> Faults:
        if value not in values:
            yield Problem(at, f"must be a valid enum value: {', '.join(values)}")

    return check


def matching(test: Callable[[str], object], said: str) -> Check:
    """A string for which the test holds."""

    def check(value: Any, at: str) -> Faults:
        if not isinstance(value, str) or not test(value):
            yield Problem(at, said)

    return check


def web_address(limit: int) -> Check:
    """An address a browser can open."""

    def check(value: Any, at: str) -> Faults:
        yield from string(limit, 1)(value, at)
        if isinstance(value, str) and not value.startswith(("http://", "https://", "mailto:", "slack://", "tel:")):
            yield Problem(at, "must be a valid URL")

    return check


def items(each: Check, most: int, least: int = 1) -> Check:
    """A list of at least and at most so many items, each checked."""

    def check(value: Any, at: str) -> Faults:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array", "invalid_type")
            return
        if len(value) > most:
            yield Problem(at, f"no more than {most} items allowed [{at.rsplit('/', 1)[-1]}]")
        if len(value) < least:
            yield Problem(at, f"no less than {least} items allowed [{at.rsplit('/', 1)[-1]}]")
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return check


def shaped(shape: Shape) -> Check:
    """An object with these fields and no others."""

    def check(value: Any, at: str) -> Faults:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object", "invalid_type")
            return
        for name in value:
            if name not in shape:
                yield Problem(at, f"invalid additional property: {name}", "additional_property")
        for name, rule in shape.items():
            yield from _field(value, name, rule, at)

    return check


def _field(value: Mapping[str, Any], name: str, rule: Check | Need, at: str) -> Faults:
    if value.get(name) is None:
        if isinstance(rule, Need):
            yield Problem(at, f"missing required field: {name}", "missing_field")
        return
    yield from (rule.check if isinstance(rule, Need) else rule)(value[name], f"{at}/{name}")


def typed(shapes: Mapping[str, Check], allowed: frozenset[str] | None = None) -> Check:
    """An object whose `type` says which of the shapes it has."""

    def check(value: Any, at: str) -> Faults:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object", "invalid_type")
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in shapes or (allowed is not None and kind not in allowed):
            yield Problem(f"{at}/type", f"unsupported type: {kind}", "unsupported_type")
            return
        yield from shapes[kind](value, at)

    return check


def unique(name: str, said: str) -> Check:
    """A list in which no two objects share this field."""

    def check(value: Any, at: str) -> Faults:
        seen: set[Any] = set()
        for index, item in enumerate(value if isinstance(value, list) else []):
            key = item.get(name) if isinstance(item, dict) else None
            if isinstance(key, str) and key in seen:
                yield Problem(f"{at}/{index}/{name}", f"{said}: {key}", "duplicate")
            seen.add(key if isinstance(key, str) else None)

    return check


def both(*checks: Check) -> Check:
    """Every one of these checks."""

    def check(value: Any, at: str) -> Faults:
        for one in checks:
            yield from one(value, at)

    return check

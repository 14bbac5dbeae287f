"""Reads single fields out of decoded JSON that nobody vouches for.

Invariant: no reader raises for null, absence or a wrong type; each yields the field's empty value instead.
Numbers fit SQLite's signed 64 bits, times fit the calendar, kept JSON is at most `MAX_DEPTH` deep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol, TypeVar, cast

import msgspec

from tui.core.errors import BadAnswer
from tui.core.ids import Millis
from tui.core.models import NO_PROPS, NO_TEXTS, Json

T = TypeVar("T")
JsonObject = dict[str, Json]


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=_HasId)

MAX_NUMBER = 2**63 - 1
MAX_MILLIS = 253_402_214_400_000
"""9999-12-31 00:00 UTC: one day before `datetime` ends, so that every time zone can show it."""
MAX_DEPTH = 24
"""Deepest nesting kept of props; attachments of integrations need about 8."""


def decode(data: bytes | str) -> Json:
    """Decodes strict JSON (RFC 8259). Raises BadAnswer("tele.answer.json") for anything else.

    NaN, infinities, numbers out of range, lone surrogates and nesting beyond the stack are errors.
    """
    try:
        return cast(Json, msgspec.json.decode(data))
    except (ValueError, RecursionError) as error:
        kind = type(error).__name__
    raise BadAnswer("tele.answer.json", kind)


def decode_inner(value: object) -> Json:
    """Decodes a JSON text that travels inside a JSON string; null for whatever is not one."""
    if not isinstance(value, str):
        return None
    try:
        return decode(value)
    except BadAnswer:
        return None


def obj(value: object) -> JsonObject:
    """`value` as an object. Raises BadAnswer("tele.answer.shape")."""
    if isinstance(value, dict):
        return value
    raise BadAnswer("tele.answer.shape", f"{type(value).__name__} instead of an object")


def rows(value: object) -> list[Json]:
    """`value` as a list; null is an empty one. Raises BadAnswer("tele.answer.shape")."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise BadAnswer("tele.answer.shape", f"{type(value).__name__} instead of a list")


def objects(value: object) -> Iterator[JsonObject]:
    """The objects of a list; everything else in it, or instead of it, is skipped."""
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())


def each(make: Callable[[object], T], value: object) -> list[T]:
    """`make` of every object in the list `value`. Raises BadAnswer only where it is no list at all."""
    return [make(item) for item in objects(rows(value))]


def named(found: Iterable[Row]) -> list[Row]:
    """Only the rows that have an id."""
    return [row for row in found if row.id]


def text(d: Mapping[str, object], key: str, default: str = "") -> str:
    value = d.get(key)
    return value if isinstance(value, str) else default


def flag(d: Mapping[str, object], key: str) -> bool:
    """True for true and for "true" (preferences and props use the string)."""
    return d.get(key) in (True, "true")


def whole(value: object) -> int:
    """A whole number from 0 to `MAX_NUMBER`; 0 for what is none, negative ones included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    if value > MAX_NUMBER:
        return MAX_NUMBER
    return int(value) if value > 0 else 0


def number(d: Mapping[str, object], key: str) -> int:
    return whole(d.get(key))


def millis(d: Mapping[str, object], key: str) -> Millis:
    return min(MAX_MILLIS, whole(d.get(key)))


def texts(value: object) -> tuple[str, ...]:
    """The strings of a list."""
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def text_map(value: object) -> Mapping[str, str]:
    """The members of an object whose values are strings, read only."""
    if not isinstance(value, dict) or not value:
        return NO_TEXTS
    return MappingProxyType({key: item for key, item in value.items() if isinstance(item, str)})


def props(value: object) -> Mapping[str, Json]:
    """An object as it is, read only, without what is nested too deeply."""
    if not isinstance(value, dict) or not value:
        return NO_PROPS
    return MappingProxyType({key: _pruned(item, MAX_DEPTH) for key, item in value.items()})


def _pruned(value: Json, depth: int) -> Json:
    if isinstance(value, dict):
        return {key: _pruned(item, depth - 1) for key, item in value.items()} if depth else None
    if isinstance(value, list):
        return [_pruned(item, depth - 1) for item in value] if depth else None
    if isinstance(value, int) and not -MAX_NUMBER <= value <= MAX_NUMBER:
        return None
    return value

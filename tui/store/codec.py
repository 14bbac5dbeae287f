"""Rows in and out: JSON bodies, and texts that SQLite can take.

Invariant: no string of a colleague, however broken, stops an insert; what was stored is read back equal,
except that NUL and lone surrogates have become U+FFFD.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from tui.core.ids import Millis

T = TypeVar("T")

_BIGGEST = 2**63 - 1


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


_ENCODER = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")


def encode(value: object) -> str:
    """Canonical JSON of a dataclass, a mapping or a sequence: equal values give equal texts."""
    try:
        return _ENCODER.encode(value).decode()
    except UnicodeEncodeError:
        return _ENCODER.encode(_cleaned(msgspec.to_builtins(value, enc_hook=_plain))).decode()


def decode(kind: type[T], body: str) -> T:
    """The value of type `kind` that `encode` made `body` of; fields added since have their defaults."""
    return msgspec.json.decode(body, type=kind)


def decode_mapping(body: str) -> Mapping[str, Any]:
    return MappingProxyType(msgspec.json.decode(body))


def decode_texts(body: str) -> tuple[str, ...]:
    return msgspec.json.decode(body, type=tuple[str, ...])


def text(value: str) -> str:
    """`value` with NUL and lone surrogates replaced by U+FFFD."""
    if value.isascii():
        return value.replace("\0", "\ufffd")
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value.replace("\0", "\ufffd")


def number(value: Millis) -> int:
    """`value`, held inside what SQLite calls an integer."""
    return max(-_BIGGEST, min(value, _BIGGEST))


def arguments(args: Sequence[Any]) -> list[Any]:
    """`args` of a statement after one of them turned out to be no text SQLite takes."""
    return [text(arg) if isinstance(arg, str) else arg for arg in args]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(key): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list | tuple) else value

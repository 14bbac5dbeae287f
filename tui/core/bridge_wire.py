"""What is said over the socket of the link helper: four short lines of JSON, version 1.

    asker  → helper   {"v":1,"nonce":"<64 hex>"}
    helper → asker    {"v":1,"nonce":"<64 hex>","proof":"<64 hex>"}
    asker  → helper   {"url":"https://…","label":"…","meeting":false,"sensitive":false,"proof":"<64 hex>"}
    helper → asker    {"answer":"asking"}   (only while the person is asked), then {"answer":"opened"}

Both ends hold a secret of 256 bits; proofs are HMAC-SHA256 (RFC 2104) over the nonces, so that neither an
impostor with a socket of the same name learns the address or the secret, nor an old line can be said again.

Invariant: a line is at most MAX_LINE bytes of UTF-8 JSON with an object in it; anything else is a Broken.
Proofs are compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

VERSION = 1
MAX_LINE = 16_384
"""Bytes, the line end among them."""
MAX_LABEL = 200
NONCE_BYTES = 32

OPENED, REFUSED, FAILED, BUSY, ASKING, BAD = "opened", "refused", "failed", "busy", "asking", "bad"
ANSWERS = frozenset({OPENED, REFUSED, FAILED, BUSY, ASKING, BAD})
"""opened; refused: the person or the list of hosts said no; failed: no browser started; busy: too many;
asking: wait for the last answer; bad: what was said was not this protocol.
"""

_HEX = re.compile(r"[0-9a-f]{64}")


class Broken(ValueError):
    """A line that is not of this protocol."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A link that the other end wants opened. Texts are hostile; `url` is not yet checked."""

    url: str = field(repr=False)
    label: str = ""
    meeting: bool = False
    sensitive: bool = False


def encode(fields: Mapping[str, object]) -> bytes:
    """One line."""
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, object]:
    """The object on a line; raises Broken."""
    if len(line) > MAX_LINE or not line.endswith(b"\n"):
        raise Broken("length")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise Broken("json") from None
    if not isinstance(found, dict):
        raise Broken("shape")
    return found


def hello(nonce: str) -> bytes:
    """The asker's first line."""
    return encode({"v": VERSION, "nonce": nonce})


def read_hello(line: bytes) -> str:
    """The asker's nonce; raises Broken."""
    said = decode(line)
    if said.get("v") != VERSION:
        raise Broken("version")
    return _hex(said.get("nonce"))


def greeting(secret: str, asker: str, nonce: str) -> bytes:
    """The helper's first line: it proves that it knows the secret."""
    return encode({"v": VERSION, "nonce": nonce, "proof": _proof(secret, "helper", asker, nonce)})


def read_greeting(line: bytes, secrets: Iterable[str], asker: str) -> tuple[str, str]:
    """The helper's nonce, and which of our secrets it knows ("" = none); raises Broken."""
    said = decode(line)
    if said.get("v") != VERSION:
        raise Broken("version")
    nonce, proof = _hex(said.get("nonce")), _hex(said.get("proof"))
    known = [s for s in secrets if hmac.compare_digest(_proof(s, "helper", asker, nonce), proof)]
    return nonce, known[0] if known else ""


def wish(secret: str, asker: str, nonce: str, wanted: Wish) -> bytes:
    """The asker's second line; raises Broken for a link that is too long for it."""
    fields: dict[str, object] = {
        "url": wanted.url,
        "label": wanted.label[:MAX_LABEL],
        "meeting": wanted.meeting,
        "sensitive": wanted.sensitive,
    }
    line = encode({**fields, "proof": _proof(secret, "asker", asker, nonce, _text(fields))})
    if len(line) > MAX_LINE:
        raise Broken("length")
    return line


def read_wish(line: bytes, secret: str, asker: str, nonce: str) -> Wish | None:
    """What is wanted; None where the other end does not know the secret; raises Broken."""
    said = decode(line)
    proof = _hex(said.pop("proof", None))
    if not hmac.compare_digest(_proof(secret, "asker", asker, nonce, _text(said)), proof):
        return None
    url, label = said.get("url"), said.get("label", "")
    if not isinstance(url, str) or not isinstance(label, str):
        raise Broken("shape")
    return Wish(url, label[:MAX_LABEL], said.get("meeting") is True, said.get("sensitive") is True)


def answer(kind: str) -> bytes:
    """The helper's last line, or the one before it."""
    return encode({"answer": kind})


def read_answer(line: bytes) -> str:
    """One of ANSWERS; raises Broken."""
    kind = decode(line).get("answer")
    if not isinstance(kind, str) or kind not in ANSWERS:
        raise Broken("answer")
    return kind


def _text(fields: Mapping[str, object]) -> str:
    """The signed form of a wish: every field, in an order that both ends know."""
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _proof(secret: str, who: str, *parts: str) -> str:
    """No part but the last can hold a line end, so the parts cannot be read in two ways."""
    return hmac.new(secret.encode(), "\n".join((who, *parts)).encode(), hashlib.sha256).hexdigest()


def _hex(value: object) -> str:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise Broken("hex")
    return value

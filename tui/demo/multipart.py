"""Reading multipart/form-data (RFC 7578).

Invariant: bytes of a part are taken as they are; a body without a boundary has no parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    filename: str
    """"" = an ordinary field."""
    data: bytes


def parse(content_type: str, body: bytes) -> list[Part]:
    """The parts in their order."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        return []
    mark = b"--" + found[1].encode("latin-1")
    sections = (b"\r\n" + body).split(b"\r\n" + mark)[1:-1]
    return [_part(section) for section in sections]


def _part(section: bytes) -> Part:
    head, _, data = section.lstrip(b"\r\n").partition(b"\r\n\r\n")
    text = head.decode("utf-8", "replace")
    return Part(_value(text, "name"), _value(text, "filename"), data)


def _value(head: str, key: str) -> str:
    found = re.search(rf'[; ]{key}="((?:[^"\\]|\\.)*)"', head)
    return re.sub(r"\\(.)", r"\1", found[1]).replace("%22", '"') if found else ""

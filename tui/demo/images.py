"""What an image says of itself, and making a small one.

Invariant: nothing is decoded; only the size in the header is read.
"""

from __future__ import annotations

import base64
import struct
import zlib

PNG = b"\x89PNG\r\n\x1a\n"
PREVIEW = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////"
    "////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
"""A JPEG of one pixel, which serves as every preview."""


def size(data: bytes) -> tuple[int, int] | None:
    """(width, height) of a PNG or GIF; None for anything else."""
    if data.startswith(PNG) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return None


def striped_png(width: int, height: int, colours: tuple[tuple[int, int, int], ...]) -> bytes:
    """A flag of horizontal stripes as a PNG (8 bit RGB)."""
    band = -(-height // len(colours))
    rows = b"".join(b"\0" + bytes(colours[y // band]) * width for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""What an image says of itself, and making a small one.

Invariant: nothing is decoded; only the size in the header is read.
"""

from __future__ import annotations

import base64
import struct
import zlib

PNG = b"\x89PNG\r\n\x1a\n"
PREVIEW = base64.b64decode(
    "/9j/2wCEAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRQBAwQE"
    "BQQFCQUFCRQNCw0UFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFP/AABEIAGQAhQMBIgAC"
    "EQEDEQH/xAGiAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQy"
    "gZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeI"
    "iYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+gEAAwEBAQEB"
    "AQEBAQAAAAAAAAECAwQFBgcICQoLEQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEK"
    "FiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Sl"
    "pqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/APAqKKK/Mj+4wooo"
    "oAKKKKACiiigAooooAKKKKACiiigAooooAKKKKACijB9DRg+hoAKKMH0NGD6GgAoowfQ0YPoaACijB9DRg+hoAKKMH0NGD6GgAoo"
    "wfQ0YPoaACijB9DRg+hoAKKMH0NGD6GgAoowfQ0YPoaAP10/4Zi+E3/RPPD/AP4BLR/wzF8Jv+ieeH//AACWvTqK/RvYUv5F9yP4"
    "w/tXMP8AoIn/AOBS/wAzzH/hmL4Tf9E88P8A/gEtH/DMXwm/6J54f/8AAJa9Ooo9hS/kX3IP7VzD/oIn/wCBS/zPMf8AhmL4Tf8A"
    "RPPD/wD4BLR/wzF8Jv8Aonnh/wD8Alr06ij2FL+Rfcg/tXMP+gif/gUv8zzH/hmL4Tf9E88P/wDgEtH/AAzF8Jv+ieeH/wDwCWvT"
    "qKPYUv5F9yD+1cw/6CJ/+BS/zPMf+GYvhN/0Tzw//wCAS0f8MxfCb/onnh//AMAlr06ij2FL+Rfcg/tXMP8AoIn/AOBS/wAzzH/h"
    "mL4Tf9E88P8A/gEtH/DMXwm/6J54f/8AAJa9Ooo9hS/kX3IP7VzD/oIn/wCBS/zPMf8AhmL4Tf8ARPPD/wD4BLR/wzF8Jv8Aonnh"
    "/wD8Alr06ij2FL+Rfcg/tXMP+gif/gUv8zzH/hmL4Tf9E88P/wDgEtH/AAzF8Jv+ieeH/wDwCWvTqKPYUv5F9yD+1cw/6CJ/+BS/"
    "zPMf+GYvhN/0Tzw//wCAS0f8MxfCb/onnh//AMAlr06ij2FL+Rfcg/tXMP8AoIn/AOBS/wAwooorc8sKKKKACiiigAooooAKKKKA"
    "CiiigAooooAKKKKACiiigD80v+HgfxX9fD//AILD/wDHKP8Ah4H8V/Xw/wD+Cw//AByvmyiv6W/sLK/+geP3I/Hf7Txv/P2X3n0n"
    "/wAPA/iv6+H/APwWH/45R/w8D+K/r4f/APBYf/jlfNlFH9hZX/0Dx+5B/aeN/wCfsvvPpP8A4eB/Ff18P/8AgsP/AMco/wCHgfxX"
    "9fD/AP4LD/8AHK+bKKP7Cyv/AKB4/cg/tPG/8/ZfefSf/DwP4r+vh/8A8Fh/+OUf8PA/iv6+H/8AwWH/AOOV82UUf2Flf/QPH7kH"
    "9p43/n7L7z6T/wCHgfxX9fD/AP4LD/8AHKP+HgfxX9fD/wD4LD/8cr5soo/sLK/+geP3IP7Txv8Az9l959J/8PA/iv6+H/8AwWH/"
    "AOOUf8PA/iv6+H//AAWH/wCOV82UUf2Flf8A0Dx+5B/aeN/5+y+8+k/+HgfxX9fD/wD4LD/8co/4eB/Ff18P/wDgsP8A8cr5soo/"
    "sLK/+geP3IP7Txv/AD9l959J/wDDwP4r+vh//wAFh/8AjlH/AA8D+K/r4f8A/BYf/jlfNlFH9hZX/wBA8fuQf2njf+fsvvPpP/h4"
    "H8V/Xw//AOCw/wDxyj/h4H8V/Xw//wCCw/8Axyvmyij+wsr/AOgeP3IP7Txv/P2X3hRRRXunmBRRRQAUUUUAFFFFABRRRQAUUUUA"
    "FFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQAUUUUAf//Z"
)
"""A JPEG of a flag, 133×100, which serves as every preview."""


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

"""Reads QR codes back with a reader of its own, as a phone would."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def bitmap(rows: Sequence[str]) -> bytes:
    """A picture (PBM) of dots, "1" = black."""
    width = min(map(len, rows))
    body = "\n".join(" ".join(row[:width]) for row in rows)
    return f"P1\n{width} {len(rows)}\n{body}\n".encode()


def of_half_blocks(lines: Sequence[str], dots: int = 4) -> bytes:
    """The picture of lines of half blocks in black on white, a module `dots` wide and high."""
    rows: list[str] = []
    for line in lines:
        upper = "".join(("1" if char in "▀█" else "0") * dots for char in line)
        lower = "".join(("1" if char in "▄█" else "0") * dots for char in line)
        rows += [upper] * dots + [lower] * dots
    return bitmap(rows)


def decoded(picture: bytes, place: Path) -> str:
    """What a QR reader sees in it; `place` is a directory for it."""
    reader = shutil.which("zbarimg")
    if reader is None:
        pytest.skip("zbarimg is not installed")
    file = place / "screen.pbm"
    file.write_bytes(picture)
    argv = [reader, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)]
    return subprocess.run(argv, capture_output=True, text=True, timeout=30, check=False).stdout.strip()

"""Texts as part of a control sequence, and sequences through multiplexers.

Invariant: what `quoted` returns holds no control character and no semicolon, so it can neither end nor
extend the sequence that it stands in.
"""

from __future__ import annotations

from tui.core.safe_text import safe_line

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
SCREEN_CHUNK = 700
"""GNU screen passes on at most 768 bytes of one DCS string."""


def quoted(text: str, limit: int = 200) -> str:
    """`text` for use inside an OSC: one line, printable, without `;`."""
    line = safe_line(text, limit).replace(";", ",")
    return "".join(c for c in line if c.isprintable())


def through_tmux(sequence: str) -> str:
    """`sequence` past tmux to the terminal outside (allow-passthrough on, tmux ≥ 3.3)."""
    return f"{ESC}Ptmux;{sequence.replace(ESC, ESC + ESC)}{ST}"


def through_screen(sequence: str) -> str:
    """`sequence` past GNU screen, in pieces that it lets through."""
    pieces = (sequence[start : start + SCREEN_CHUNK] for start in range(0, len(sequence), SCREEN_CHUNK))
    return "".join(f"{ESC}P{piece}{ST}" for piece in pieces)

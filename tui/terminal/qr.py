"""A link as a QR code in half blocks: two modules a cell, to be drawn black on white.

Invariant: query and fragment never get into the code, because that is where tokens are. Level L with a
border of two modules, which cameras read well.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.core.links import MAIL, Link

BORDER = 2
_CELLS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def public_part(link: Link) -> str:
    """The URL without query and fragment."""
    if link.kind == MAIL:
        return link.url
    parts = urlsplit(link.url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def rows(link: Link) -> tuple[str, ...]:
    """The code, one text a line; `█▀▄` are black, blank is white, whatever the theme. () for an address that
    is too long for any code.
    """
    return text_rows(public_part(link))


def text_rows(text: str) -> tuple[str, ...]:
    """The same for a text that holds nothing secret (a device ID)."""
    code = modules(text)
    return tuple(
        "".join(_CELLS[top, bottom] for top, bottom in zip(upper, lower, strict=True))
        for upper, lower in zip(code[::2], code[1::2], strict=True)
    )


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The code with its border, True = black, an even number of rows; () for a text that is too long."""
    import segno

    try:
        made = segno.make_qr(text, error="l", boost_error=False)
    except segno.DataOverflowError:
        return ()
    side = (False,) * BORDER
    inner = [(*side, *map(bool, row), *side) for row in made.matrix]
    blank = (False,) * len(inner[0])
    rest = blank if len(inner) % 2 else ()
    return (*(blank,) * BORDER, *inner, *(blank,) * BORDER, *((rest,) if rest else ()))


def fits(code: tuple[str, ...], columns: int, lines: int) -> bool:
    """Whether `code` can be shown whole in a window of that size."""
    return 0 < len(code) <= lines and len(code[0]) <= columns

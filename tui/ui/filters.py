"""The last net between what was drawn and the terminal, for the stock driver too.

Invariant: whatever a widget drew, no control character, no direction control and no hyperlink with one in it
leaves. `core.safe_text` has dealt with all of them before; this is for the one place that was forgotten.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
REPLACEMENT = "\ufffd"


class SafetyNet(LineFilter):
    """Appended to the app's filters."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        if all(_is_harmless(segment) for segment in segments):
            return segments
        return [_cleaned(segment) for segment in segments]


def _is_harmless(segment: Segment) -> bool:
    text, style, _control = segment
    linked = style is not None and style.link is not None and _HARMFUL.search(style.link)
    return not linked and ((text.isascii() and text.isprintable()) or _HARMFUL.search(text) is None)


def _cleaned(segment: Segment) -> Segment:
    text, style, control = segment
    if style is not None and style.link is not None and _HARMFUL.search(style.link):
        style = style.update_link(None)
    return Segment(_HARMFUL.sub(REPLACEMENT, text), style or Style.null(), control)

"""What a list of rows tells: the cursor's row, a choice, an edge in sight, other lines in sight.

Invariant: floods melt: of several notices that wait only the last one of its kind is heard.
"""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from tui.core.values import dataclass


@dataclass
class OfRowList(Message):
    """A notice of one list."""

    row_list: Widget

    @property
    def control(self) -> Widget:
        return self.row_list


@dataclass
class Highlighted(OfRowList):
    """The cursor has come to another row."""

    key: str


@dataclass
class Chosen(OfRowList):
    """The row under the cursor was clicked (Enter is the panel's)."""

    key: str


@dataclass
class EdgeReached(OfRowList):
    """The upper or lower edge of the window of rows is in sight."""

    upper: bool

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, EdgeReached) and message.upper == self.upper


@dataclass
class Scrolled(OfRowList):
    """Other lines are in sight."""

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Scrolled)

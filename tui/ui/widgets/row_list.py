"""A list of rows of any height, drawn line by line: the timeline, the sidebar, every picker.

One ScrollView over a window of rows. Heights are measured once per width, drawn lines are kept per row, the
cursor's mark is put in front of them only when a line is shown; so moving the cursor repaints two rows.

Invariant: when rows change, the line that was at the top stays there, unless the list stood at its end and
follows it (`follow`). There is always a cursor on a selectable row, or there is no such row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.look import POINTER, Look
from tui.ui.widgets.cells import Line, strip_of, wrap
from tui.ui.widgets.drawn import Drawn

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
KEPT = 1_500
"""Rows whose drawn lines are kept."""


class Painter(Protocol[R_contra]):
    """How one kind of rows is drawn."""

    def key(self, row: R_contra) -> str:
        """Names the row while its content changes."""
        ...

    def selectable(self, row: R_contra) -> bool: ...

    def paint(self, row: R_contra, width: int, look: Look) -> list[Line]:
        """The row's lines, at most `width` cells each."""
        ...

    def ground(self, row: R_contra, look: Look) -> Style | None:
        """The style under the whole row, None for the list's own."""
        ...


class RowList(ScrollView, Drawn, Generic[R], can_focus=True):
    """Shows `rows` through `painter`."""

    DEFAULT_CSS = """
    RowList {
        scrollbar-size: 0 0;
        overflow-x: hidden;
        overflow-y: scroll;
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor has come to another row."""

        row_list: RowList[object]
        key: str

        @property
        def control(self) -> RowList[object]:
            return self.row_list

    @dataclass
    class Chosen(Message):
        """The row under the cursor was chosen (click; Enter is the panel's)."""

        row_list: RowList[object]
        key: str

        @property
        def control(self) -> RowList[object]:
            return self.row_list

    @dataclass
    class EdgeReached(Message):
        """The window's upper or lower edge is in sight."""

        row_list: RowList[object]
        upper: bool

        @property
        def control(self) -> RowList[object]:
            return self.row_list

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, RowList.EdgeReached) and message.upper == self.upper

    @dataclass
    class Scrolled(Message):
        """Other lines are in sight."""

        row_list: RowList[object]

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, RowList.Scrolled)

    def __init__(
        self,
        painter: Painter[R],
        *,
        follow: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        ground: str = "base",
        mark: str = POINTER,
    ) -> None:
        super().__init__(id=id)
        self._painter = painter
        self._follow = follow
        self._ground = ground
        self._mark = mark
        self._rows: Sequence[R] = ()
        self._keys: list[str] = []
        self._tops: list[int] = [0]
        self._drawn: dict[str, tuple[R, list[Strip]]] = {}
        self._cursor = -1
        self._width = 0
        self._empty = ""
        self.mark_always = False
        """Shows the cursor without the focus too (a picker steered from its input line)."""

    # what is shown
    @property
    def rows(self) -> Sequence[R]:
        return self._rows

    @property
    def cursor_row(self) -> R | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else None

    @property
    def cursor_key(self) -> str:
        return self._keys[self._cursor] if 0 <= self._cursor < len(self._keys) else ""

    @property
    def at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y

    def say(self, text: str) -> None:
        """What stands in the list while it has no rows."""
        if text != self._empty:
            self._empty = text
            self.refresh()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows `rows`; see the module's invariant for what stays where it is."""
        cursor_key, held = self.cursor_key, self._anchor()
        was_last = self._cursor >= self._last_selectable()
        at_end = self.at_end
        self._rows = rows
        self._keys = [self._painter.key(row) for row in rows]
        self._measure()
        self._restore(held, at_end=at_end)
        self._cursor = self._found_cursor(cursor_key, to_end=was_last and at_end)
        self.refresh()

    def forget_drawing(self) -> None:
        self._drawn.clear()
        self._measure()

    def redraw_row(self, key: str) -> None:
        """Draws one row anew whose look depends on more than itself."""
        self._drawn.pop(key, None)
        if key in self._keys:
            self._refresh_row(self._keys.index(key))

    # moving
    def move_cursor(self, step: int) -> None:
        """To the next selectable row down (1) or up (-1); scrolls within rows taller than the view."""
        if self._peeks_further(step):
            self._scroll_by(step * 2)
            return
        index = self._next_selectable(self._cursor + step, step)
        if index is not None:
            self._point_at(index)
        else:
            self._scroll_by(step * self.size.height)

    def move_page(self, step: int) -> None:
        """One screenful up (-1) or down (1), the cursor comes along."""
        self._scroll_by(step * max(1, self.size.height - 2))
        top, bottom = self._visible()
        edge = bottom if step > 0 else top
        index = self._next_selectable(edge, -step)
        self._point_at(index if index is not None else self._cursor, scroll=False)

    def move_first(self) -> None:
        index = self._next_selectable(0, 1)
        self.scroll_to(y=0, animate=False)
        self._point_at(index if index is not None else -1, scroll=False)
        self._tell_edges()

    def move_last(self) -> None:
        self.scroll_to(y=self._tops[-1], animate=False)
        self._point_at(self._last_selectable(), scroll=False)
        self._tell_edges()

    def move_to(self, key: str) -> bool:
        """Puts the cursor on the row `key` and brings it into view."""
        if key not in self._keys:
            return False
        self._point_at(self._keys.index(key))
        return True

    def show_at_top(self, key: str) -> None:
        """Scrolls back so far that the row `key` is in sight, where it is above the view."""
        if key in self._keys:
            top = self._tops[self._keys.index(key)]
            if top < self.scroll_offset.y:
                self.scroll_to(y=top, animate=False)

    def point_at_end(self) -> None:
        """Puts the cursor on the last row in sight, without scrolling."""
        index = self._next_selectable(self._visible()[1], -1)
        if index is not None:
            self._point_at(index, scroll=False)

    # drawing
    def render_line(self, y: int) -> Strip:
        base = self._base()
        line = y + self.scroll_offset.y - self._padding()
        if not self._rows:
            return self._empty_line(y, base)
        if not 0 <= line < self._tops[-1]:
            return Strip.blank(self.size.width, base)
        index = bisect_right(self._tops, line) - 1
        strips = self._strips(index)
        offset = line - self._tops[index]
        if offset >= len(strips):
            return Strip.blank(self.size.width, base)
        lead = offset == 0 and len(strips) > 1 and not strips[0].text.strip()
        return Strip.join([self._gutter(index, bare=lead), strips[offset]])

    def _empty_line(self, y: int, base: Style) -> Strip:
        width, style = max(1, self.size.width - 3), self.look.muted
        lines = [line for part in self._empty.split("\n") for line in wrap([Segment(part, style)], width)]
        inner = [Segment("  "), *lines[y - 1]] if 1 <= y <= len(lines) else []
        return strip_of(inner, self.size.width, base)

    def _gutter(self, index: int, *, bare: bool) -> Strip:
        """The cursor's mark, or a blank; always `bare` beside the blank line that leads a row in."""
        marked = not bare and index == self._cursor and (self.has_focus or self.mark_always)
        ground = self._painter.ground(self._rows[index], self.look) or self._base()
        style = ground + self.look.accent if marked else ground
        return Strip([Segment(self._mark if marked else " ", style)], 1)

    def _base(self) -> Style:
        style: Style = getattr(self.look, self._ground)
        return style

    def _strips(self, index: int) -> list[Strip]:
        row, key = self._rows[index], self._keys[index]
        held = self._drawn.get(key)
        if held is not None and held[0] == row:
            return held[1]
        width = max(1, self._width - 1)
        base = self._painter.ground(row, self.look) or self._base()
        strips = [strip_of(line, width, base) for line in self._painter.paint(row, width, self.look)]
        if len(self._drawn) >= KEPT:
            self._drawn.clear()
        self._drawn[key] = (row, strips)
        return strips

    def _measure(self) -> None:
        self._width = self.size.width
        self._tops = [0]
        if self._width <= 0:
            return
        for index in range(len(self._rows)):
            self._tops.append(self._tops[-1] + len(self._strips(index)))
        self.virtual_size = Size(self._width, self._tops[-1])

    def _padding(self) -> int:
        """Blank lines above rows that do not fill the view, where the list follows its end."""
        return max(0, self.size.height - self._tops[-1]) if self._follow else 0

    # inside
    def on_resize(self, event: events.Resize) -> None:
        held, at_end, first = self._anchor(), self.at_end, not self._width
        if event.size.width != self._width:
            self._drawn.clear()
            self._measure()
        self._restore(held, at_end=at_end)
        if first and not self._follow:
            self._bring_into_view(self._cursor)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self._as_any()))

    def on_focus(self) -> None:
        if self._cursor < 0 or not self._is_visible(self._cursor):
            self.point_at_end()
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll_by(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll_by(3)

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y - self._padding()
        if not 0 <= line < self._tops[-1]:
            return
        index = bisect_right(self._tops, line) - 1
        if self._painter.selectable(self._rows[index]):
            self._point_at(index, scroll=False)
            self.post_message(self.Chosen(self._as_any(), self._keys[index]))

    def _anchor(self) -> list[tuple[str, int]]:
        """Keys of the rows in sight with the lines between them and the upper edge."""
        top, bottom = self._visible()
        scrolled = self.scroll_offset.y
        return [
            (self._keys[i], scrolled - self._tops[i]) for i in range(top, min(bottom + 1, len(self._keys)))
        ]

    def _restore(self, held: Iterable[tuple[str, int]], *, at_end: bool) -> None:
        if self._follow and at_end:
            self.scroll_to(y=self._tops[-1], animate=False)
            return
        places = {key: index for index, key in enumerate(self._keys)}
        for key, offset in held:
            if key in places and places[key] < len(self._tops):
                self.scroll_to(y=self._tops[places[key]] + offset, animate=False)
                return

    def _found_cursor(self, key: str, *, to_end: bool) -> int:
        if key in self._keys and not to_end:
            return self._keys.index(key)
        if to_end and self._follow:
            return self._last_selectable()
        index = self._next_selectable(max(0, min(self._cursor, len(self._rows) - 1)), 1)
        return index if index is not None else self._last_selectable()

    def _point_at(self, index: int, *, scroll: bool = True) -> None:
        old, self._cursor = self._cursor, index
        self._refresh_row(old)
        self._refresh_row(index)
        if scroll and 0 <= index < len(self._rows):
            self._bring_into_view(index)
        if old != index:
            self.post_message(self.Highlighted(self._as_any(), self.cursor_key))

    def _bring_into_view(self, index: int) -> None:
        if not 0 <= index < len(self._tops) - 1:
            return  # not measured yet: `on_resize` does it
        top, bottom = self._tops[index], self._tops[index + 1]
        view, height = self.scroll_offset.y, self.size.height
        if top < view:
            self.scroll_to(y=max(top, bottom - height), animate=False)
        elif bottom > view + height:
            self.scroll_to(y=min(top, bottom - height), animate=False)
        self._tell_edges()

    def _peeks_further(self, step: int) -> bool:
        """Whether the cursor's row goes on beyond the view in the direction of `step`."""
        if not 0 <= self._cursor < len(self._tops) - 1:
            return False
        view, height = self.scroll_offset.y, self.size.height
        if step > 0:
            return self._tops[self._cursor] <= view and self._tops[self._cursor + 1] > view + height
        return self._tops[self._cursor] < view and self._tops[self._cursor + 1] >= view + height

    def _scroll_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        self._tell_edges()

    def _tell_edges(self) -> None:
        if self.scroll_offset.y <= self.size.height // 2:
            self.post_message(self.EdgeReached(self._as_any(), upper=True))
        if self.at_end:
            self.post_message(self.EdgeReached(self._as_any(), upper=False))

    def _visible(self) -> tuple[int, int]:
        """Indices of the first and last row in sight."""
        top = self.scroll_offset.y
        last = max(0, len(self._rows) - 1)
        first = min(last, max(0, bisect_right(self._tops, top) - 1))
        return first, min(last, max(0, bisect_right(self._tops, top + max(0, self.size.height - 1)) - 1))

    def _is_visible(self, index: int) -> bool:
        first, last = self._visible()
        return first <= index <= last

    def _next_selectable(self, start: int, step: int) -> int | None:
        index = start
        while 0 <= index < len(self._rows):
            if self._painter.selectable(self._rows[index]):
                return index
            index += step
        return None

    def _last_selectable(self) -> int:
        index = self._next_selectable(len(self._rows) - 1, -1)
        return -1 if index is None else index

    def _refresh_row(self, index: int) -> None:
        if 0 <= index < len(self._tops) - 1:
            lines = self._tops[index + 1] - self._tops[index]
            self.refresh_lines(self._tops[index] + self._padding(), lines)

    def _as_any(self) -> RowList[object]:
        return self  # type: ignore[return-value]

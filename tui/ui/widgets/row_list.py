"""A list of rows of any height, drawn line by line: the timeline, the sidebar, every picker.

One ScrollView over a window of rows. Heights are measured once per width, drawn lines are kept per row, the
cursor's mark is put in front of them only when a line is shown; so moving the cursor repaints two rows.

Invariant: when rows change, the line that was at the top stays there, unless the list stood at its end and
follows it (`follow`). There is always a cursor on a selectable row, or there is no such row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeAlias, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.ui.look import POINTER
from tui.ui.widgets import row_messages
from tui.ui.widgets.cells import Line, strip_of, wrap
from tui.ui.widgets.drawn import Drawn
from tui.ui.widgets.painter import Painter
from tui.ui.widgets.row_places import RowPlaces, dialog_room

R = TypeVar("R")
KEPT = 1_500
"""Rows whose drawn lines are kept."""
HALF, TALL = "half", "tall"
"""How far a list in a dialog grows with its rows: half of the window, or as far as the dialog may."""


class RowList(ScrollView, Drawn, Generic[R], can_focus=True, inherit_bindings=False):
    """Shows `rows` through `painter`."""

    DEFAULT_CSS = """
    RowList {
        scrollbar-size: 0 0;
        overflow-x: hidden;
        overflow-y: scroll;
    }
    """

    Highlighted: TypeAlias = row_messages.Highlighted
    Chosen: TypeAlias = row_messages.Chosen
    EdgeReached: TypeAlias = row_messages.EdgeReached
    Scrolled: TypeAlias = row_messages.Scrolled

    def __init__(
        self,
        painter: Painter[R],
        *,
        follow: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        ground: str = "base",
        mark: str = POINTER,
        grow: str = "",
    ) -> None:
        super().__init__(id=id)
        self._painter = painter
        self._follow = follow
        self._ground = ground
        self._mark = mark
        self._grow = grow
        self._grown = 0
        self._places: RowPlaces[R] = RowPlaces()
        self._drawn: dict[str, tuple[R, list[Line]]] = {}
        """Lines, not strips: a strip takes 1 kB for caches that only a line in sight needs."""
        self._cursor = -1
        self._width = 0
        self._empty = ""
        self.mark_always = False
        """Shows the cursor without the focus too (a picker steered from its input line)."""

    # what is shown
    @property
    def rows(self) -> Sequence[R]:
        return self._places.rows

    @property
    def cursor_row(self) -> R | None:
        """The row under the cursor."""
        return self.rows[self._cursor] if 0 <= self._cursor < len(self.rows) else None

    @property
    def cursor_key(self) -> str:
        return self._places.key(self._cursor)

    @property
    def at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y

    def say(self, text: str) -> None:
        """What stands in the list while it has no rows."""
        if text != self._empty:
            self._empty = text
            self.refresh()

    @property
    def is_laid_out(self) -> bool:
        return self._width > 0 and self.size.height > 0

    @property
    def is_filled(self) -> bool:
        """Whether the rows fill the view; True before it has a size."""
        return not self.is_laid_out or self._places.height >= self.size.height

    @property
    def rows_in_sight(self) -> Sequence[R]:
        """() before it has a size."""
        if not self.is_laid_out or not self.rows:
            return ()
        first, last = self._visible()
        return self.rows[first : last + 1]

    @property
    def rows_to_fill(self) -> int:
        """How many rows from the end fill the view, all of them where they do not."""
        return len(self.rows) - self._places.in_sight(self._places.height - self.size.height, 1)[0]

    @property
    def near_start(self) -> bool:
        """Within half a screenful of the first row."""
        return self.scroll_offset.y <= self.size.height // 2

    def set_rows(self, rows: Sequence[R]) -> None:
        """Shows `rows`; see the module's invariant for what stays where it is."""
        before, view, cursor = self._places, self.scroll_offset.y, self._cursor
        cursor_key, held = self.cursor_key, self._anchor()
        was_last = self._cursor >= self._places.last_selectable()
        at_end = self.at_end
        keys = [self._painter.key(row) for row in rows]
        self._places = RowPlaces(rows, keys, [self._painter.selectable(row) for row in rows])
        self._measure()
        self._restore(held, at_end=at_end)
        self._cursor = self._found_cursor(cursor_key, to_end=was_last and at_end)
        if self.scroll_offset.y == view and self._places.same_places(before):
            changed = {index for index, row in enumerate(rows) if row != before.rows[index]}
            for index in changed | ({cursor, self._cursor} if cursor != self._cursor else set()):
                self._refresh_row(index)
        else:
            self.refresh()

    def redraw(self, wanted: Callable[[R], bool]) -> None:
        """Draws those rows anew whose look depends on more than the row itself."""
        stale = [index for index, row in enumerate(self.rows) if wanted(row)]
        if not stale:
            return
        for index in stale:
            self._drawn.pop(self._places.key(index), None)
        self.set_rows(self.rows)
        for index in stale:
            self._refresh_row(index)

    def forget_drawing(self) -> None:
        self._drawn.clear()
        self._measure()

    # moving
    def move_cursor(self, step: int) -> None:
        """To the next selectable row down (1) or up (-1); scrolls within rows taller than the view."""
        if self._peeks_further(step):
            self._scroll_by(step * 2)
            return
        index = self._places.next_selectable(self._cursor + step, step)
        if index is not None:
            self._point_at(index)
        else:
            self._scroll_by(step * self.size.height)

    def move_page(self, step: int) -> None:
        """One screenful up (-1) or down (1), the cursor comes along."""
        self._scroll_by(step * max(1, self.size.height - 2))
        top, bottom = self._visible()
        edge = bottom if step > 0 else top
        index = self._places.next_selectable(edge, -step)
        self._point_at(index if index is not None else self._cursor, scroll=False)

    def move_first(self) -> None:
        index = self._places.next_selectable(0, 1)
        self.scroll_to(y=0, animate=False)
        self._point_at(index if index is not None else -1, scroll=False)
        self._tell_edges()

    def move_last(self) -> None:
        self.scroll_to(y=self._places.height, animate=False)
        self._point_at(self._places.last_selectable(), scroll=False)
        self._tell_edges()

    def move_to(self, key: str) -> bool:
        """Puts the cursor on the row `key` and brings it into view."""
        index = self._places.index(key)
        if index < 0:
            return False
        self._point_at(index)
        return True

    def show_at_top(self, key: str) -> None:
        """Scrolls back so far that the row `key` is in sight, where it is above the view."""
        span = self._places.span(self._places.index(key))
        if span is not None and span[0] < self.scroll_offset.y:
            self.scroll_to(y=span[0], animate=False)

    def point_at_end(self) -> None:
        """Puts the cursor on the last row in sight, without scrolling."""
        index = self._places.next_selectable(self._visible()[1], -1)
        if index is not None:
            self._point_at(index, scroll=False)

    # drawing
    def render_line(self, y: int) -> Strip:
        base = self._base()
        if not self.rows:
            return self._empty_line(y, base)
        place = self._places.at(y + self.scroll_offset.y - self._padding())
        if place is None:
            return Strip.blank(self.size.width, base)
        index, offset = place
        lines = self._lines(index)
        if offset >= len(lines):
            return Strip.blank(self.size.width, base)
        lead = offset == 0 and len(lines) > 1 and not any(part.text.strip() for part in lines[0])
        inner = strip_of(lines[offset], max(1, self._width - 1), self._ground_of(index))
        return Strip.join([self._gutter(index, bare=lead), inner])

    def _empty_line(self, y: int, base: Style) -> Strip:
        width, style = max(1, self.size.width - 3), self.look.muted
        lines = [line for part in self._empty.split("\n") for line in wrap([Segment(part, style)], width)]
        inner = [Segment("  "), *lines[y - 1]] if 1 <= y <= len(lines) else []
        return strip_of(inner, self.size.width, base)

    def _gutter(self, index: int, *, bare: bool) -> Strip:
        """The cursor's mark, or a blank; always `bare` beside the blank line that leads a row in."""
        marked = not bare and index == self._cursor and (self.has_focus or self.mark_always)
        style = self._ground_of(index)
        return Strip([Segment(self._mark, style + self.look.accent) if marked else Segment(" ", style)], 1)

    def _base(self) -> Style:
        style: Style = getattr(self.look, self._ground)
        return style

    def _ground_of(self, index: int) -> Style:
        return self._painter.ground(self.rows[index], self.look) or self._base()

    def _lines(self, index: int) -> list[Line]:
        row, key = self.rows[index], self._places.key(index)
        held = self._drawn.get(key)
        if held is not None and held[0] == row:
            return held[1]
        lines = list(self._painter.paint(row, max(1, self._width - 1), self.look))
        if len(self._drawn) >= KEPT:
            self._drawn.clear()
        self._drawn[key] = (row, lines)
        return lines

    def _measure(self) -> None:
        self._width = self.size.width
        if self._width <= 0:
            self._places.measure(())
            return
        self._places.measure(len(self._lines(index)) for index in range(len(self.rows)))
        self.virtual_size = Size(self._width, self._places.height)
        if self._grow:
            self._take_height(self._places.height or 2)  # room for what is said instead of rows

    def _take_height(self, lines: int) -> None:
        """In a dialog: as high as the rows, up to what `grow` says; never lower again: nothing jumps."""
        window = self.app.size.height
        most = window // 2 if self._grow == HALF else dialog_room(window)
        height = max(1, self._grown, min(lines, most))
        if height != self._grown:
            self._grown = height
            self.styles.height = height

    def _padding(self) -> int:
        """Blank lines above rows that do not fill the view, where the list follows its end."""
        return max(0, self.size.height - self._places.height) if self._follow else 0

    # inside
    def on_resize(self, event: events.Resize) -> None:
        held, at_end = self._anchor(), self.at_end
        if event.size.width != self._width:
            self._drawn.clear()
            self._measure()
            self.refresh()
        self._restore(held, at_end=at_end)
        if not self._follow:
            self._bring_into_view(self._cursor)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled(self))

    def on_focus(self) -> None:
        if self._cursor < 0 or not self._is_visible(self._cursor):
            self.point_at_end()
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_by(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self._scroll_by(3)

    def on_click(self, event: events.Click) -> None:
        place = self._places.at(event.y + self.scroll_offset.y - self._padding())
        if place is not None and self._painter.selectable(self.rows[place[0]]):
            self._point_at(place[0], scroll=False)
            self.post_message(self.Chosen(self, self._places.key(place[0])))

    def _anchor(self) -> list[tuple[str, int]]:
        return self._places.anchor(self.scroll_offset.y, self.size.height)

    def _restore(self, held: Iterable[tuple[str, int]], *, at_end: bool) -> None:
        if self._follow and at_end:
            self.scroll_to(y=self._places.height, animate=False)
            return
        line = self._places.line_of(held)
        if line is not None:
            self.scroll_to(y=line, animate=False)

    def _found_cursor(self, key: str, *, to_end: bool) -> int:
        index = self._places.index(key)
        if index >= 0 and not to_end:
            return index
        if to_end and self._follow:
            return self._places.last_selectable()
        below = self._places.next_selectable(max(0, min(self._cursor, len(self.rows) - 1)), 1)
        return below if below is not None else self._places.last_selectable()

    def _point_at(self, index: int, *, scroll: bool = True) -> None:
        old, self._cursor = self._cursor, index
        self._refresh_row(old)
        self._refresh_row(index)
        if scroll:
            self._bring_into_view(index)
        if old != index:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def _bring_into_view(self, index: int) -> None:
        span = self._places.span(index)
        if span is None:
            return  # not measured yet: `on_resize` does it
        top, bottom = span
        view, height = self.scroll_offset.y, self.size.height
        if index == self._places.next_selectable(0, 1) and bottom <= height:
            self.scroll_to(y=0, animate=False)  # with the titles above it
        elif top < view:
            self.scroll_to(y=max(top, bottom - height), animate=False)
        elif bottom > view + height:
            self.scroll_to(y=min(top, bottom - height), animate=False)
        self._tell_edges()

    def _peeks_further(self, step: int) -> bool:
        """Whether the cursor's row goes on beyond the view in the direction of `step`."""
        span = self._places.span(self._cursor)
        if span is None:
            return False
        (top, bottom), view, height = span, self.scroll_offset.y, self.size.height
        if step > 0:
            return top <= view and bottom > view + height
        return top < view and bottom >= view + height

    def _scroll_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)
        self._tell_edges()

    def _tell_edges(self) -> None:
        """Before it has a size every row is near both ends: that means nothing."""
        if not self.is_laid_out:
            return
        if self.near_start:
            self.post_message(self.EdgeReached(self, upper=True))
        if self.at_end:
            self.post_message(self.EdgeReached(self, upper=False))

    def _visible(self) -> tuple[int, int]:
        return self._places.in_sight(self.scroll_offset.y, self.size.height)

    def _is_visible(self, index: int) -> bool:
        first, last = self._visible()
        return first <= index <= last

    def _refresh_row(self, index: int) -> None:
        span = self._places.span(index)
        if span is not None:
            self.refresh_lines(span[0] + self._padding(), span[1] - span[0])

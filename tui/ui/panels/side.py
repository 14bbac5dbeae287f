"""The right column: one tab at a time, Files first; the others are made when first wanted.

Invariant: a tab that is not shown is not read; its title line says which one is shown and how many there are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from tui.settings.i18n import Later
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, ends, width_of
from tui.ui.widgets.text_lines import TextLines


class Tab(Protocol):
    """What every tab can do."""

    def read(self) -> None: ...
    def focus_inside(self) -> None: ...


class Side(Vertical, inherit_bindings=False):
    """`makers`: id of a tab → title and how to make it, in the order of the tabs."""

    def __init__(
        self, makers: dict[str, tuple[Later, Callable[[], Widget]]], lasting: tuple[str, ...]
    ) -> None:
        super().__init__(id="side")
        self._makers = makers
        self._open = list(lasting)
        self._made: dict[str, Widget] = {}
        self.current = lasting[0]
        self._titles = TextLines(self._draw_titles, ground="surface", most=1, id="side-titles")

    def compose(self) -> ComposeResult:
        yield self._titles
        yield self.tab_widget(self.current)

    def tab_widget(self, name: str) -> Widget:
        """The widget of a tab, made where needed."""
        if name not in self._made:
            self._made[name] = self._makers[name][1]()
        return self._made[name]

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return cast(Tab, self._made[self.current])

    async def show_tab(self, name: str) -> Widget:
        """Shows a tab; it is mounted when this returns."""
        settle = getattr(self._made.get(self.current), "settle", None)
        if settle is not None and name != self.current:
            settle()
        widget = self.tab_widget(name)
        held = name != self.current and self.has_focus_within
        if held:  # else hiding the old tab gives the focus to the channel's composer, and what is typed
            self.screen.set_focus(None)
        if name not in self._open:
            self._open.append(name)
        self.current = name
        for other, made in self._made.items():
            made.display = other == name
        if not widget.is_attached:
            await self.mount(widget)
        self._titles.restyle()
        self.tab.read()
        if held:
            self.tab.focus_inside()
        return widget

    async def show_next_tab(self) -> None:
        place = self._open.index(self.current)
        await self.show_tab(self._open[(place + 1) % len(self._open)])

    def read(self) -> None:
        """Reads the shown tab again."""
        if self.display and self.tab_widget(self.current).is_mounted:
            self.tab.read()

    def _draw_titles(self, width: int, look: Look) -> list[Line]:
        """All titles where they fit, else the shown one and which of how many it is."""
        titles = [self._title(name, look) for name in self._open]
        if sum(width_of(title) for title in titles) <= width:
            return [[segment for title in titles for segment in title]]
        place = f"{self._open.index(self.current) + 1}/{len(self._open)} "
        return [ends(self._title(self.current, look), [Segment(place, look.muted)], width)]

    def _title(self, name: str, look: Look) -> Line:
        shown = name == self.current
        return [Segment(f" {self._makers[name][0]} ", look.strong if shown else look.muted)]

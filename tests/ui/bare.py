"""A bare app around one widget, with a Look; for tests of widgets alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from tui.settings.themes import builtin_dir, load
from tui.ui.look import Look, look_of

LOOK: Look = look_of(load(builtin_dir() / "teleteam-dark.toml"))


class Bare(App[None]):
    """Shows one widget that fills the screen unless it says otherwise."""

    CSS = "Screen { layers: base; }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.look = LOOK
        self.widget = widget
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def lines(self) -> list[str]:
        """The screen as text."""
        strips = self.screen._compositor.render_strips(self.screen.size)
        return [strip.text.rstrip() for strip in strips]

    def hear(self, message: Message) -> None:
        """Once each: the hook sees a message at every node it bubbles through."""
        if all(held is not message for held in self.heard):
            self.heard.append(message)

    def heard_of(self, kind: type[Message]) -> list[Message]:
        return [message for message in self.heard if isinstance(message, kind)]


@asynccontextmanager
async def bare(widget: Widget, size: tuple[int, int] = (40, 10)) -> AsyncIterator[tuple[Bare, Pilot[None]]]:
    app = Bare(widget)
    async with app.run_test(size=size, message_hook=app.hear) as pilot:
        await pilot.pause()
        yield app, pilot

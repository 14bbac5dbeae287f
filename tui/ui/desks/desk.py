"""A desk: one kind of work with its questions, away from the screen that it is done for.

Invariant: a desk knows the screen's ground (places, panels, one line to say something) and those other desks
that it was given by name; the screen's whole set of desks it never sees.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from textual.screen import Screen

from tui.client.client import Client
from tui.core.ids import ChannelId

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing

T = TypeVar("T")


class Desk:
    """`screen` is the main screen, without its desks."""

    def __init__(self, screen: Showing) -> None:
        self.screen = screen

    @property
    def client(self) -> Client:
        return self.screen.shared.client

    @property
    def channel_id(self) -> ChannelId:
        """The open channel, "" for none."""
        return self.screen.channel_id

    def tell(self, words: str, *, alarm: bool = False) -> None:
        """One calm line at the bottom; `words` are safe."""
        self.screen.tell(words, alarm=alarm)

    def when_done(self, asked: Future[T], then: Callable[[T], None]) -> None:
        """Calls `then` with what came of it; a failure is said."""
        self.screen.when_done(asked, then)

    def push(self, dialog: Screen[T], then: Callable[[T | None], None] | None = None) -> None:
        """Shows a dialog; `then` gets its answer, None where it was left."""
        self.screen.app.push_screen(dialog, then)

"""What every widget that draws its own lines shares: the Look, and drawing anew when it changes.

Invariant: `render_line` answers from what is at hand; it never asks the client.
"""

from __future__ import annotations

from typing import Protocol, Self, cast

from textual.widget import Widget

from tui.ui.look import Look


class HasLook(Protocol):
    look: Look


class Drawn(Widget):
    """A widget of drawn lines. Subclasses drop what they have cached in `forget_drawing`."""

    ALLOW_SELECT = False

    @property
    def look(self) -> Look:
        return cast(HasLook, self.app).look

    def focus(self, scroll_visible: bool = True) -> Self:
        """Takes the focus at once, not a message later as in Textual: what comes in one burst with the key
        that led here would go to the widget that is being left, and Enter would send it.
        """
        if self.is_attached:
            self.screen.set_focus(self, scroll_visible=scroll_visible)
        return self

    def forget_drawing(self) -> None:
        """The Look has changed: nothing drawn before is right any more."""

    def restyle(self) -> None:
        self.forget_drawing()
        self.refresh()

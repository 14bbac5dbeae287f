"""A light editor of one to eight lines: the composer's, every dialog's input line.

The app hands it keys and pastes directly, one after the other: on a slow line they come in bursts, and
Enter must not overtake the letters before it. It draws its own lines and repaints only those that changed.
Its cursor is the terminal's own where the driver can show it (a typed letter then costs its own byte), else a
still cell; it stands there for input methods and braille lines in both cases.

Invariant: a key that the person has bound in the composer or the app is never eaten here, except letters and
the plain editing keys. The text is kept as it is; only what is shown of it is made harmless.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from tui.core.safe_text import clean_outgoing, safe, safe_line
from tui.core.values import dataclass
from tui.ui.widgets.cells import Line, crop, fit, strip_of
from tui.ui.widgets.drawn import Drawn
from tui.ui.widgets.editor_lines import Span, index_at, last_index, locate, shown, visual_lines
from tui.ui.widgets.text_buffer import TextBuffer

PROMPT = "› "
MAX_TEXT = 100_000
"""Characters the editor takes; more of a paste is refused."""


class Editor(Drawn, can_focus=True):
    """A text with a cursor. `secret` shows dots; `lines` is how many lines it may grow to."""

    DEFAULT_CSS = "Editor { height: 1; }"

    @dataclass
    class Changed(Message):
        editor: Editor

        @property
        def control(self) -> Editor:
            return self.editor

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Editor.Changed)

    @dataclass
    class Pasted(Message):
        """Some lines came in at once."""

        editor: Editor
        lines: int

    @dataclass
    class PasteRefused(Message):
        """Too much text."""

        editor: Editor
        size: int

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        lines: int = 1,
        secret: bool = False,
        prompt: str = PROMPT,
        ground: str = "base",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.buffer = TextBuffer(text)
        self.bound_keys: frozenset[str] = frozenset()
        """Keys with another meaning here."""
        self.first_refusal: Callable[[str], bool] = lambda _key: False
        """Asked before a key is taken as an edit: True = it is dealt with."""
        self._placeholder = placeholder
        self._most = lines
        self._secret = secret
        self._prompt = prompt
        self._ground = ground
        self._spans: list[Span] = [Span(0, 0)]
        self._first = 0
        self._height = 1
        self._column: int | None = None
        self._painted: list[Strip] = []

    @property
    def text(self) -> str:
        return self.buffer.text

    def load(self, text: str, cursor: int | None = None) -> None:
        """Shows another text; no Changed is sent."""
        self.buffer.load(text[:MAX_TEXT], cursor)
        self._relaid()

    def say(self, placeholder: str) -> None:
        """What stands in the empty line."""
        self._placeholder = placeholder
        self._repaint()

    def replace(self, start: int, end: int, piece: str) -> None:
        """Puts `piece` in place of a part, as one step to undo."""
        self.buffer.replace(start, end, piece)
        self._edited()

    def insert(self, piece: str) -> None:
        if len(self.text) + len(piece) > MAX_TEXT:
            self.post_message(self.PasteRefused(self, len(piece)))
            return
        self.buffer.insert(piece if self._most > 1 else safe_line(piece) if len(piece) > 1 else piece)
        self._edited()

    # keys
    def check_consume_key(self, key: str, character: str | None) -> bool:
        return character is not None and character.isprintable() and key not in self.bound_keys

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.take_paste(event.text)

    def take_paste(self, pasted: str) -> None:
        """Puts a pasted text at the cursor, made harmless; never sends."""
        text = pasted.replace("\r\n", "\n").replace("\r", "\n")
        self.insert(safe(clean_outgoing(text), limit=MAX_TEXT + 1))
        if "\n" in text:
            self.post_message(self.Pasted(self, text.count("\n") + 1))

    def take_key(self, key: str, character: str | None) -> bool:
        """Does what the key means here; False = it means nothing to an editor."""
        if self.first_refusal(key):
            return True
        if (move := _MOVES.get(key)) is not None:
            return move(self)
        if character is not None and character.isprintable() and not key.startswith(("ctrl+", "alt+")):
            self._column = None
            self.insert(character)
            return True
        if key in self.bound_keys or (edit := _EDITS.get(key)) is None:
            return False
        edit(self.buffer)
        self._edited()
        return True

    def vertical(self, step: int) -> bool:
        """One visual line up or down; False where there is none."""
        row, column = locate(self.text, self._spans, self.buffer.cursor)
        if not 0 <= row + step < len(self._spans):
            return False
        wanted = self._column if self._column is not None else column
        at = index_at(self.text, self._spans[row + step], wanted)
        self.buffer.move(min(at, last_index(self._spans, row + step)))
        self._column = wanted
        self._moved()
        return True

    def horizontal(self, go: Callable[[TextBuffer], None]) -> bool:
        """A move that forgets the wanted column."""
        self._column = None
        go(self.buffer)
        self._moved()
        return True

    # drawing
    def render_line(self, y: int) -> Strip:
        if y < len(self._painted):
            return self._painted[y]
        return Strip.blank(self.size.width, self._base())

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._follow())

    def _follow(self) -> None:
        """The line may stand somewhere else now, though it is as large as before."""
        if (
            self.app.focused is self
            and self.size.width > 0
            and self._cursor_place() != self.app.cursor_position
        ):
            self._place_terminal_cursor(alone=True)

    def on_resize(self) -> None:
        self._relaid()

    def on_focus(self) -> None:
        self._show_cursor(True)
        self._repaint()

    def on_blur(self) -> None:
        if not isinstance(self.app.focused, Editor):
            self._show_cursor(False)
        self._repaint()

    def on_unmount(self) -> None:
        if not isinstance(self.app.focused, Editor):
            self._show_cursor(False)

    def forget_drawing(self) -> None:
        self._painted = []
        self._repaint()

    def _edited(self) -> None:
        self._column = None
        self._relaid()
        self.post_message(self.Changed(self))

    def _moved(self) -> None:
        self._scroll_to_cursor()
        self._repaint()

    def _relaid(self) -> None:
        self._spans = visual_lines(self.text, self._text_width())
        height = max(1, min(self._most, len(self._spans)))
        if height != self._height:
            self._height = height
            self.styles.height = height
        self._scroll_to_cursor()
        self._repaint()

    def _text_width(self) -> int:
        return max(1, self.size.width - cell_len(self._prompt))

    def _scroll_to_cursor(self) -> None:
        row, _ = locate(self.text, self._spans, self.buffer.cursor)
        height = max(1, min(self._most, len(self._spans)))
        self._first = max(0, min(self._first, row, len(self._spans) - height))
        self._first = max(self._first, row - height + 1)

    def _repaint(self) -> None:
        """Paints the lines in sight and refreshes those that differ from what was shown."""
        if self.size.width <= 0:
            return
        held, self._painted = self._painted, self._paint()
        changed = [y for y, strip in enumerate(self._painted) if y >= len(held) or held[y] != strip]
        for y in changed:
            self.refresh(Region(0, y, self.size.width, 1))
        if self.has_focus:
            self._place_terminal_cursor(alone=not changed)

    def _paint(self) -> list[Strip]:
        if not self.text:
            return [self._empty_line()]
        row, _ = locate(self.text, self._spans, self.buffer.cursor)
        rows = range(self._first, min(len(self._spans), self._first + self._most))
        return [self._painted_line(index, index == row) for index in rows]

    def _empty_line(self) -> Strip:
        look, hint = self.look, fit(self._placeholder, max(0, self._text_width() - 1))
        line = [Segment(self._prompt, self._prompt_style())]
        if self._draws_cursor():
            line += [Segment(hint[:1] or " ", Style(reverse=True)), Segment(hint[1:], look.muted)]
        else:
            line.append(Segment(hint, look.muted))
        return strip_of(line, self.size.width, self._base())

    def _painted_line(self, index: int, with_cursor: bool) -> Strip:
        span = self._spans[index]
        head = self._prompt if index == 0 else " " * cell_len(self._prompt)
        line: Line = [Segment(head, self._prompt_style())]
        visible = self._shown(span.start, span.end)
        if with_cursor and self._draws_cursor():
            line += self._with_cursor(visible, self.buffer.cursor - span.start)
        else:
            line.append(Segment(visible))
        return strip_of(crop(line, self.size.width), self.size.width, self._base())

    def _draws_cursor(self) -> bool:
        """Whether the cursor is a cell of ours, and not the terminal's own."""
        return self.has_focus and not getattr(self.app, "has_terminal_cursor", False)

    def _with_cursor(self, visible: str, at: int) -> Line:
        under = visible[at : at + self._grapheme_length(visible, at)] or " "
        return [
            Segment(visible[:at]),
            Segment(under, Style(reverse=True)),
            Segment(visible[at + len(under) :]),
        ]

    @staticmethod
    def _grapheme_length(visible: str, at: int) -> int:
        buffer = TextBuffer()
        buffer.load(visible, at)
        buffer.right()
        return max(1, buffer.cursor - at)

    def _shown(self, start: int, end: int) -> str:
        return "•" * (end - start) if self._secret else shown(self.text[start:end])

    def _base(self) -> Style:
        style: Style = getattr(self.look, self._ground)
        return style

    def _prompt_style(self) -> Style:
        return self.look.accent if self.has_focus else self.look.muted

    def _show_cursor(self, visible: bool) -> None:
        show = getattr(self.app, "show_cursor", None)
        if show is not None:
            show(visible)

    def _place_terminal_cursor(self, *, alone: bool) -> None:
        """`alone`: nothing is painted along with it, so no frame of Textual's would move it."""
        self.app.cursor_position = self._cursor_place()
        if alone and not self._draws_cursor():
            self.app.call_next(self._move_alone)

    def _cursor_place(self) -> Offset:
        """On the screen."""
        row, column = locate(self.text, self._spans, self.buffer.cursor)
        place = Offset(cell_len(self._prompt) + column, row - self._first)
        return self.content_region.offset + place

    def _move_alone(self) -> None:
        move = getattr(self.app, "place_cursor", None)
        if move is not None:
            move(self.app.cursor_position)


_EDITS: dict[str, Callable[[TextBuffer], object]] = {
    "backspace": TextBuffer.delete_left,
    "ctrl+h": TextBuffer.delete_left,
    "delete": TextBuffer.delete_right,
    "ctrl+d": TextBuffer.delete_right,
    "ctrl+w": TextBuffer.kill_word_left,
    "alt+backspace": TextBuffer.kill_word_left,
    "ctrl+backspace": TextBuffer.kill_word_left,
    "alt+d": TextBuffer.kill_word_right,
    "ctrl+delete": TextBuffer.kill_word_right,
    "alt+k": TextBuffer.kill_line_end,
    "ctrl+u": TextBuffer.kill_line_start,
    "ctrl+y": TextBuffer.yank,
    "alt+shift+y": TextBuffer.yank_earlier,
    "alt+Y": TextBuffer.yank_earlier,
    "ctrl+underscore": TextBuffer.undo,
    "alt+u": TextBuffer.undo,
    "alt+r": TextBuffer.redo,
}


def _across(go: Callable[[TextBuffer], None]) -> Callable[[Editor], bool]:
    return lambda editor: editor.horizontal(go)


_MOVES: dict[str, Callable[[Editor], bool]] = {
    "left": _across(TextBuffer.left),
    "right": _across(TextBuffer.right),
    "home": _across(lambda b: b.move(b.line_start_index())),
    "ctrl+a": _across(lambda b: b.move(b.line_start_index())),
    "end": _across(lambda b: b.move(b.line_end_index())),
    "ctrl+e": _across(lambda b: b.move(b.line_end_index())),
    "ctrl+left": _across(lambda b: b.move(b.word_left_index())),
    "ctrl+right": _across(lambda b: b.move(b.word_right_index())),
    "alt+b": _across(lambda b: b.move(b.word_left_index())),
    "ctrl+home": _across(lambda b: b.move(0)),
    "ctrl+end": _across(lambda b: b.move(len(b.text))),
    "up": lambda editor: editor.vertical(-1),
    "down": lambda editor: editor.vertical(1),
}

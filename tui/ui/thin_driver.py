"""The Textual driver that writes only the cells that changed, and is the last safety net of the terminal.

Invariant: only printable graphemes, cursor moves, erasing, SGR, http(s) hyperlinks and the modes of
`thin_grid` reach the terminal, whatever text was drawn; what the app itself wants to send beyond that
(title, clipboard, notification) goes through `send_own` and is made by `tui.terminal`. Inline mode is not
for this driver.
"""

from __future__ import annotations

import curses
import os
import re
import termios
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver

from tui.ui.key_parser import KeyParser
from tui.ui.picture import grid_of
from tui.ui.thin_grid import MODES, Grid
from tui.ui.thin_paint import RESTORE, SAVE, Painter
from tui.ui.thin_writer import CURSOR_OFF, CURSOR_ON, SYNC_END, SYNC_START, ThinWriter

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message

    from tui.terminal.last_screen import Shown

OWN = re.compile(
    r"\x1b\](?:[02];[^\x00-\x1f\x7f-\x9f]{0,400}|52;c;[A-Za-z0-9+/=]{0,140000}"
    r"|9;[^\x00-\x1f\x7f-\x9f]{0,400}|777;notify;[^\x00-\x1f\x7f-\x9f]{0,400})(?:\x07|\x1b\\)"
    r"|(?:\x1b\]99;[^\x00-\x1f\x7f-\x9f]{0,400}\x1b\\){1,2}|\x1bk[^\x00-\x1f\x7f-\x9f]{0,400}\x1b\\"
    r"|\x1bPtmux;(?:\x1b\x1b\](?:9|777;notify|99);[^\x00-\x1f\x7f-\x9f]{0,400}(?:\x07|\x1b\x1b\\)){1,2}\x1b\\"
    r"|\x1b\[2[23];2t|\x07|\x1b\[\?25[hl]|\x1b\[\?100[06][hl]|\x1b\[\?100[23]l|\x1b\[>4;[02]m"
)
"""What the app may send of its own: title, clipboard (write only), notifications, bell, cursor, mouse."""


CLICKS = ("\x1b[?1000h", "\x1b[?1000l")
IN_CELLS = ("\x1b[?1006h", "\x1b[?1006l")
"""Mouse reports beyond column 223."""
ALT_AS_ESC = ("\x1b[?1036s\x1b[?1036h", "\x1b[?1036r")
"""xterm (as X2Go servers have it) sends Alt+J as the letter ê unless told so; afterwards it is as it was."""


class ThinDriver(LinuxDriver):
    """`LinuxDriver` with another way out."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._thin: ThinWriter | None = None
        self._cursor = CURSOR_OFF
        self._shown: Grid | None = None
        """What was on the screen when it was left for a while (Ctrl-Z, an editor)."""
        self._first: Shown | None = getattr(app, "first_paint", None)
        """The last screen, which stands on the terminal and is to be taken over."""
        self._early: list[Message] | None = [] if self._first is not None else None
        """What was typed at it; None = the live screen is there and takes it at once."""
        self._typing = threading.Lock()

    @property
    def bytes_written(self) -> int:
        """Bytes sent to the terminal since the application mode began."""
        return self._thin.bytes_written if self._thin else 0

    def write(self, data: str) -> None:
        """Takes what Textual wants to show or set."""
        thin = self._writer()
        if data in {SYNC_START, SYNC_END}:
            thin.synchronized = True  # Textual sends these only where the terminal said it has them
        elif MODES.fullmatch(data):
            thin.control(data)
        else:
            thin.feed(data)

    def send_own(self, sequence: str) -> bool:
        """Sends one sequence of the app itself; False = it is not on the list and was not sent."""
        if self._thin is None or not OWN.fullmatch(sequence):
            return False
        if sequence in {CURSOR_ON, CURSOR_OFF}:
            self._cursor = sequence  # to be as it was after Ctrl+Z and an external editor
        elif sequence in CLICKS:
            self._mouse = sequence == CLICKS[0]  # the same, and switched off at the end
        self._thin.control(sequence)
        return True

    def place_cursor(self, x: int, y: int) -> None:
        """Moves the terminal's own cursor without drawing anything."""
        if self._thin is not None:
            self._thin.feed(f"\x1b[{y + 1};{x + 1}H")

    def redraw(self) -> None:
        """Writes the whole screen once more."""
        if self._thin is not None:
            self._thin.redraw()

    def start_application_mode(self) -> None:
        """As Textual does it, but the stock writer thread is replaced before it gets a byte."""
        width, height = self._get_terminal_size()
        standing = grid_of(self._first.frame, *self._first.size) if self._first is not None else None
        self._thin = ThinWriter(self._out_fileno(), width, height, painter(), self._shown, standing)
        self._thin.start()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._first is not None:
            self.attrs_before = self._first.attributes
            self._first.taken_over()
            self._first = None
        if isinstance(self._writer_thread, WriterThread):
            self._writer_thread.stop()
            self._writer_thread = None
        if self._cursor == CURSOR_ON:
            self._thin.control(CURSOR_ON)

    def run_input_thread(self) -> None:
        """As Textual does it, but with our parser, for which it has no door."""
        vars(linux_driver)["XTermParser"] = KeyParser
        super().run_input_thread()

    def close(self) -> None:
        if self._thin is not None:
            self._thin.stop()
            self._shown = self._thin.grid
            self._thin = None

    def _sigtstp_application(self, *_args: object) -> None:
        """Ctrl+Z. Only the loop may let go of the terminal: a handler may come upon a half-taken frame."""
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._stop)
        else:
            super()._sigtstp_application()

    def _sigcont_application(self, *_args: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._continue)

    def _stop(self) -> None:
        if self._thin is not None:
            super()._sigtstp_application()  # comes back when the process goes on
            self.resume_application_mode()

    def _continue(self) -> None:
        """After a stop that did not ask (`kill -STOP`) a shell has had the terminal: it is set up anew."""
        if self._thin is not None and self._terminal_reads_lines():
            self.disable_input()
            self.close()
            self.resume_application_mode()

    def _terminal_reads_lines(self) -> bool:
        """As a shell sets it; never while we read keys."""
        try:
            return bool(termios.tcgetattr(self.fileno)[3] & termios.ICANON)
        except termios.error:
            return False

    def release(self) -> None:
        """The live screen is complete: it takes the place of the first paint, and what was typed at that."""
        if self._thin is not None:
            self._thin.release()
        with self._typing:
            early, self._early = self._early, None
            for message in early or ():
                super().process_message(message)

    def process_message(self, message: Message) -> None:
        """Keys wait for the live screen, which has no focus before. On the thread that reads the terminal."""
        with self._typing:
            if self._early is not None and isinstance(message, events.Key | events.Paste):
                self._early.append(message)
            else:
                super().process_message(message)

    def _enable_mouse_support(self) -> None:
        """Clicks and the wheel; Textual would ask for every movement, each one a report of ten bytes. This is
        where modes are set, so Alt has its place here, too.
        """
        if may_be_xterm(os.environ):
            self._writer().control(ALT_AS_ESC[0])
        if self._mouse:
            self.write(CLICKS[0])
            self.write(IN_CELLS[0])

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(CLICKS[1])
            self.write(IN_CELLS[1])
        if may_be_xterm(os.environ):
            self._writer().control(ALT_AS_ESC[1])

    def _writer(self) -> ThinWriter:
        if self._thin is None:
            raise RuntimeError("the driver is not in application mode")
        self._thin.resize(*self._get_terminal_size())
        return self._thin

    def _out_fileno(self) -> int:
        return self._file.fileno() if self._file is not None else 2


def may_be_xterm(env: Mapping[str, str]) -> bool:
    """By its name. Others that go by it know these modes or pass them over; multiplexers ask nobody."""
    return env.get("TERM", "").partition("-")[0] == "xterm" and not (env.get("TMUX") or env.get("STY"))


def painter() -> Painter:
    """What terminfo says of erasing; a terminal it does not know gets no erasing at all."""
    try:
        curses.setupterm(os.environ.get("TERM", "dumb"), 2)
        saves = (curses.tigetstr("sc"), curses.tigetstr("rc")) == (SAVE.encode(), RESTORE.encode())
        return Painter(curses.tigetflag("bce") == 1, curses.tigetstr("ech") is not None, saves)
    except curses.error:
        return Painter(erases_with_colour=False, can_erase=False, can_save=False)

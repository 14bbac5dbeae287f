"""Files in the side panel: those of the channel with a search, and those that are on their way.

Invariant: the list of what is on its way reads itself again while something moves, and only then.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from tui.client.files import FoundFile
from tui.client.wording.errors import reason
from tui.core.safe_text import safe_line
from tui.core.transfers import DONE, FAILED, PAUSED, RUNNING, Transfer
from tui.settings.formats import Formats
from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.look import BAR, Look
from tui.ui.messages import Failed, FoundChosen, TransferChosen
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, ends, wrap
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import RowList

LEAST = 2
SECONDS, SECONDS_THIN = 1.0, 5.0


class _FilePainter:
    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def key(self, row: FoundFile) -> str:
        return row.file.id

    def selectable(self, row: FoundFile) -> bool:  # noqa: ARG002 - the painters' interface
        return True

    def ground(self, row: FoundFile, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: FoundFile, width: int, look: Look) -> list[Line]:
        size = Segment(self._formats.size(row.file.size), look.muted)
        name = [Segment("▤ ", look.accent), Segment(safe_line(row.file.name, 200), look.text)]
        return [ends(name, [size], width)]


class ChannelFiles(ListKeys, Vertical, inherit_bindings=False):
    """Context `panel` of the table of keys."""

    BINDINGS = bindings_of("panel")

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="channel-files")
        self._shared = shared
        self._found: tuple[FoundFile, ...] = ()
        self._asked = ""
        self.editor = Editor(id="files-input")
        self.list: RowList[FoundFile] = RowList(_FilePainter(shared.formats), id="files-list", mark=BAR)

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.list

    def on_mount(self) -> None:
        self.editor.say(_("Search files; Enter asks the server"))
        self.read()

    def read(self) -> None:
        """The files of the messages that are here, by name; behind them what the server found."""
        client = self._shared.client
        wanted = self.editor.text.strip().casefold()
        here = [row for row in client.files.of_channel(client.channels.current()) if _fits(row, wanted)]
        known = {row.file.id for row in here}
        more = [row for row in self._found if row.file.id not in known]
        self.list.say(_("No files here. Enter asks the server for older ones."))
        self.list.set_rows([*here, *more])

    def focus_inside(self) -> None:
        self.editor.focus()

    @property
    def _writing(self) -> bool:
        """Whether the input line has the focus, at once: `has_focus` is late for quick keys."""
        return self.app.focused is self.editor

    def action_do_open(self) -> None:
        if self._writing:
            self._ask_server()
        elif (row := self.list.cursor_row) is not None:
            self.post_message(FoundChosen(row.file, row.post_id))

    def action_do_down(self) -> None:
        if self._writing:
            self.list.focus()
            self.list.move_first()
        else:
            self.list.move_cursor(1)

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()
        self._found = ()
        self.read()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()

    def _ask_server(self) -> None:
        client = self._shared.client
        self._asked = self.editor.text
        asked = client.files.search(self._asked, client.channels.current())
        asked.add_done_callback(lambda done: self.app.call_later(self._answered, self._asked, done))

    def _answered(self, text: str, done: Future[tuple[FoundFile, ...]]) -> None:
        if text != self.editor.text or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            self.post_message(Failed(error))
            return
        self._found = done.result()
        self.read()


def _fits(row: FoundFile, wanted: str) -> bool:
    return wanted in row.file.name.casefold()


class _TransferPainter:
    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def key(self, row: Transfer) -> str:
        return f"{row.id}:{row.name}"

    def selectable(self, row: Transfer) -> bool:  # noqa: ARG002 - the painters' interface
        return True

    def ground(self, row: Transfer, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: Transfer, width: int, look: Look) -> list[Line]:
        sign = "↑" if row.kind == "up" else "↓"
        name = [Segment(f"{sign} ", look.accent), Segment(safe_line(row.name, 200), look.text)]
        share = f"{row.percent} %" if row.size and row.state != DONE else ""
        style = look.error if row.state == FAILED else look.muted
        words = wrap([Segment(transfer_words(row, self._formats), style)], max(8, width - 2))
        first = ends(name, [Segment(share, look.muted)] if share else [], width)
        return [first, *([Segment("  "), *line] for line in words[:3])]


def transfer_words(row: Transfer, formats: Formats) -> str:
    """`1.2 MB of 8 MB · 120 kB/s · 1 min left`, `paused`, why it failed."""
    match row.state:
        case _ if row.state == FAILED:
            return safe_line(reason(row.reason), 200)
        case _ if row.state == DONE:
            return safe_line(row.place, 200)
    amount = _("{done} of {size}").format(done=formats.size(row.done), size=formats.size(row.size))
    if row.state == PAUSED:
        return f"{amount} · {_('paused')}"
    if row.state != RUNNING:
        return f"{amount} · {_('waits for the line')}"
    parts = [amount, _("{size}/s").format(size=formats.size(round(row.rate))) if row.rate else ""]
    left = row.seconds_left
    if left:
        minutes, seconds = divmod(left, 60)
        parts.append(_("{n} min left").format(n=minutes) if minutes else _("{n} s left").format(n=seconds))
    return " · ".join(filter(None, parts))


class TransferList(ListKeys, Vertical, inherit_bindings=False):
    """Context `panel` of the table of keys."""

    BINDINGS = bindings_of("panel")

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="transfers")
        self._shared = shared
        self._timer: Timer | None = None
        self.list: RowList[Transfer] = RowList(
            _TransferPainter(shared.formats), id="transfers-list", mark=BAR
        )

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.say(_("No file is on its way."))
        self.read()

    def read(self) -> None:
        rows: Sequence[Transfer] = self._shared.client.files.transfers()
        self.list.set_rows(list(reversed(rows)))
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if any(not row.is_over and row.state != PAUSED for row in rows):
            thin = self._shared.client.line.profile.name == "thin"
            self._timer = self.set_timer(SECONDS_THIN if thin else SECONDS, self.read)

    def focus_inside(self) -> None:
        self.list.focus()

    def action_do_open(self) -> None:
        if (row := self.list.cursor_row) is not None:
            self.post_message(TransferChosen(row))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()

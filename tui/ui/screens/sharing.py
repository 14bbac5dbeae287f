"""The dialogs of sharing a folder: where it shall lie, the five steps until it works, a copy that runs.

Invariant: a place is answered only after Syncthing and the disk were asked and nothing spoke against it; what
lies there already is named before it is shared.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult

from tui.client.wording.errors import sentence
from tui.client.wording.pairing import PLACES, step
from tui.core.safe_text import safe_line
from tui.core.sharing import Checklist, PathReport, Step
from tui.core.values import dataclass
from tui.settings.formats import Formats
from tui.settings.i18n import _, ngettext
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList
from tui.ui.widgets.text_lines import TextLines, plain

POLL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where and how a folder is to be set up."""

    path: str
    type: str


class PlaceScreen(ListKeys, Dialog[Chosen]):
    """Directory and direction of a folder. `check` asks Syncthing and the disk."""

    def __init__(
        self,
        title: str,
        question: str,
        path: str,
        check: Callable[[str], Future[PathReport]],
        *,
        careful: bool = False,
    ) -> None:
        super().__init__(title, ((label("enter"), _("Set it up")), (label("escape"), _("Cancel"))))
        self._question = question
        self._start = path
        self._check = check
        self._agreed = ""
        offers = [
            Offer("sendreceive", _("Send and receive: both may change files"), "", "↕"),
            Offer("receiveonly", _("Receive only: changes made here stay here"), "", "↓"),
        ]
        self._offers = list(reversed(offers)) if careful else offers
        self.editor = Editor(ground="panel", id="place-input")
        self.problem = TextLines(plain(""), ground="panel", most=4)
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=HALF, id="place-list")
        self.list.mark_always = True
        self.list.can_focus = False

    @property
    def eager_editor(self) -> Editor:
        return self.editor

    def body(self) -> ComposeResult:
        yield TextLines(plain(self._question), ground="panel", most=6)
        yield self.editor
        yield self.problem
        yield self.list

    def on_mount(self) -> None:
        self.editor.load(self._start)
        self.list.set_rows(self._offers)
        self.editor.focus()

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()
        self._agreed = ""
        self.problem.show(plain(""))

    def action_do_confirm(self) -> None:
        typed = self.editor.text.strip()
        self.problem.show(plain(_("Checking …"), "muted"))
        self._check(typed).add_done_callback(lambda done: self._later(typed, done))

    def _later(self, typed: str, done: Future[PathReport]) -> None:
        """Any thread."""
        if self.is_attached:
            self.app.call_later(self._checked, typed, done)

    def _checked(self, typed: str, done: Future[PathReport]) -> None:
        if done.cancelled() or self.editor.text.strip() != typed:
            return
        error = done.exception()
        if error is not None:
            self.problem.show(plain(sentence(error), "warning"))
            return
        report = done.result()
        if report.trouble is not None:
            self.problem.show(plain(str(PLACES[report.trouble]), "warning"))
        elif report.entries and self._agreed != report.path:
            self._agreed = report.path
            text = ngettext(
                "{n} thing lies in {path} already and will be shared too. Enter again: yes.",
                "{n} things lie in {path} already and will be shared too. Enter again: yes.",
                report.entries,
            )
            words = text.format(n=report.entries, path=safe_line(report.path, 120))
            self.problem.show(plain(words, "warning"))
        else:
            self.dismiss(Chosen(report.path, self.list.cursor_key or "sendreceive"))


class ChecklistScreen(Dialog[None]):
    """The five steps, read from Syncthing every two seconds while one looks."""

    def __init__(self, title: str, name: str, ask: Callable[[], Future[Checklist]], formats: Formats) -> None:
        super().__init__(title, ((label("escape"), _("Close (it goes on)")),))
        self._who = safe_line(name, 60)
        self._ask = ask
        self._formats = formats
        self._asking = False
        self.known: Checklist | None = None
        self._trouble = ""
        self.lines = TextLines(self._draw, ground="panel", most=14)

    def body(self) -> ComposeResult:
        yield self.lines

    def on_mount(self) -> None:
        self._tick()
        self.set_interval(POLL_SECONDS, self._tick)

    def action_do_confirm(self) -> None:
        self.dismiss(None)

    def _tick(self) -> None:
        if self._asking or (self.known is not None and self.known.complete):
            return
        self._asking = True
        self._ask().add_done_callback(self._later)

    def _later(self, done: Future[Checklist]) -> None:
        """Any thread."""
        if self.is_attached:
            self.app.call_later(self._told, done)

    def _told(self, done: Future[Checklist]) -> None:
        self._asking = False
        error = None if done.cancelled() else done.exception()
        self._trouble = sentence(error) if error is not None else ""
        if error is None and not done.cancelled():
            self.known = done.result()
        self.lines.restyle()

    def _draw(self, width: int, look: Look) -> list[Line]:
        if self.known is None:
            words = self._trouble or _("Asking Syncthing …")
            return wrap([Segment(words, look.muted)], width)
        lines: list[Line] = []
        for which in Step:
            lines += wrap(self._step(which, self.known, look), width)
        lines += [[], *wrap([Segment(self._hint(self.known), look.muted)], width)]
        return [*lines, *wrap([Segment(self._trouble, look.warning)], width)] if self._trouble else lines

    def _step(self, which: Step, known: Checklist, look: Look) -> Line:
        words = step(which, self._who)
        if which in known.done:
            return [Segment("✓ ", look.success), Segment(words, look.text)]
        mark = "› " if which is known.next else "· "
        return [Segment(mark, look.accent), Segment(words, look.strong if mark == "› " else look.muted)]

    def _hint(self, known: Checklist) -> str:
        """What the next step waits for."""
        if known.error:
            return safe_line(known.error, 200)
        match known.next:
            case None:
                return _("Done: the folder works.")
            case Step.DEVICE:
                return _("Accept {name}’s pairing card first.").format(name=self._who)
            case Step.CONNECTED:
                return _(
                    "Waits until both machines are on and have added each other; that can take a minute. "
                    "Nothing? Compare the device IDs."
                )
            case Step.SHARED:
                return _("The folder is not shared with this device.")
            case Step.ACCEPTED if known.empty:
                return _("Waits for {name}. An empty folder shows nothing: put a file in.").format(
                    name=self._who
                )
            case Step.ACCEPTED:
                return _("Waits for {name} to accept the folder.").format(name=self._who)
            case _:
                return self._missing(known)

    def _missing(self, known: Checklist) -> str:
        here = _("missing here: {n} ({size})").format(
            n=known.need_items, size=self._formats.size(known.need_bytes)
        )
        there = _("missing there: {n} ({size})").format(
            n=known.remote_need_items, size=self._formats.size(known.remote_need_bytes)
        )
        return f"{here} · {there}"


class CopyScreen(Dialog[str]):
    """A copy into a folder that runs; Esc stops it. Answers with the name there."""

    def __init__(
        self,
        title: str,
        start: Callable[[Callable[[int, int], None], threading.Event], Future[str]],
        formats: Formats,
    ) -> None:
        super().__init__(title, ((label("escape"), _("Stop")),))
        self._start = start
        self._formats = formats
        self._stop = threading.Event()
        self._done = (0, 0)
        self._trouble = ""
        self.lines = TextLines(self._draw, ground="panel", most=6)

    def body(self) -> ComposeResult:
        yield self.lines

    def on_mount(self) -> None:
        self.set_interval(1.0, self.lines.restyle)
        self._start(self._note, self._stop).add_done_callback(self._later)

    def action_do_cancel(self) -> None:
        self._stop.set()
        self.dismiss(None)

    def action_do_confirm(self) -> None:
        if self._trouble:
            self.dismiss(None)

    def _note(self, done: int, size: int) -> None:
        """Any thread."""
        self._done = (done, size)

    def _later(self, done: Future[str]) -> None:
        """Any thread."""
        if self.is_attached:
            self.app.call_later(self._ended, done)

    def _ended(self, done: Future[str]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self._trouble = sentence(error)
            self.lines.restyle()
        elif not done.cancelled() and self.is_current:
            self.dismiss(done.result())

    def _draw(self, width: int, look: Look) -> list[Line]:
        if self._trouble:
            return wrap([Segment(f"! {self._trouble}", look.warning)], width)
        done, size = self._done
        if not size:
            return wrap([Segment(_("Copying …"), look.text)], width)
        filled = (width - 6) * done // size
        share = self._formats.percent(100 * done // size)
        bar: Line = [
            Segment("█" * filled, look.accent),
            Segment("░" * (width - 6 - filled), look.muted),
            Segment(f" {share}", look.text),
        ]
        words = _("{done} of {size}").format(done=self._formats.size(done), size=self._formats.size(size))
        return [bar, [Segment(words, look.muted)]]

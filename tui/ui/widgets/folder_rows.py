"""The shared folders and devices as rows of the side panel.

Invariant: every state has a sign and a word; names and error texts are made safe here, at the last border.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

from tui.client.wording.folders import change as change_words
from tui.client.wording.folders import light, problem, reasons, several, unreached
from tui.client.wording.states import device_state, folder_state
from tui.core.folders import (
    ChangeView,
    DeviceState,
    DeviceView,
    FileError,
    FoldersLink,
    FoldersSnapshot,
    FolderView,
    Light,
    Rates,
    Transfer,
)
from tui.core.ids import Millis
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.settings.formats import Formats
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, crop, ends, width_of, wrap
from tui.ui.widgets.folder_signs import DEVICE_SIGNS, FOLDER_SIGNS, LIGHT_SIGNS

MOST_ERRORS = 3
MOST_TRANSFERS = 2
MOST_CHANGES = 5


@dataclass(frozen=True, slots=True)
class FolderRow:
    view: FolderView

    @property
    def key(self) -> str:
        return f"folder:{self.view.id}"


@dataclass(frozen=True, slots=True)
class DeviceRow:
    view: DeviceView

    @property
    def key(self) -> str:
        return f"device:{self.view.id}"


@dataclass(frozen=True, slots=True)
class TitleRow:
    title: str

    @property
    def key(self) -> str:
        return f"title:{self.title}"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Something that waits for the person: an unknown device, an offered folder."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class LightRow:
    """The one light, and how much goes over the line."""

    light: Light
    words: str
    rates: Rates = Rates()
    key: str = "light"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A recent change."""

    view: ChangeView

    @property
    def key(self) -> str:
        return f"change:{self.view.folder}:{self.view.path}:{self.view.at}"


Row: TypeAlias = FolderRow | DeviceRow | TitleRow | NoteRow | LightRow | ChangeRow


def rows_of(snapshot: FoldersSnapshot) -> tuple[Row, ...]:
    """The light, folders, devices, what waits, what changed last."""
    known = snapshot.link is FoldersLink.OK
    result: list[Row] = [LightRow(snapshot.light, light(snapshot), snapshot.rates)] if known else []
    result += [NoteRow(f"reason:{n}", words) for n, words in enumerate(reasons(snapshot))]
    if words := several(snapshot):
        result.append(NoteRow("instances", words))
    result += [FolderRow(view) for view in snapshot.folders]
    if known and not snapshot.folders:
        result.append(NoteRow("none", _("No folder is shared yet.")))
    if snapshot.devices:
        result += [TitleRow(_("Devices")), *(DeviceRow(view) for view in snapshot.devices)]
    waiting = [_device_note(*pair) for pair in snapshot.pending_devices]
    waiting += [_folder_note(*triple) for triple in snapshot.pending_folders]
    result += [TitleRow(_("Waiting")), *waiting] if waiting else []
    recent = snapshot.changes[:MOST_CHANGES]
    if recent:
        result += [TitleRow(_("Recent changes")), *(ChangeRow(view) for view in recent)]
    return tuple(_once(result))


def _once(rows: list[Row]) -> Iterator[Row]:
    """A file may change twice in a millisecond: the second row of a key is left out."""
    seen: set[str] = set()
    for row in rows:
        if row.key not in seen:
            seen.add(row.key)
            yield row


def _device_note(device_id: str, name: str) -> NoteRow:
    shown = name or device_id[:7]
    return NoteRow(f"pending:{device_id}", _("{name} wants to connect").format(name=shown))


def _folder_note(device_id: str, folder_id: str, label: str) -> NoteRow:
    text = _("Folder {label} is offered").format(label=label or folder_id)
    return NoteRow(f"pending:{device_id}:{folder_id}", text)


class FolderPainter:
    """Draws the rows; `now` tells how long ago a device was seen."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self.now: Millis = 0

    def key(self, row: Row) -> str:
        return row.key

    def selectable(self, row: Row) -> bool:
        return not isinstance(row, TitleRow | LightRow)

    def ground(self, row: Row, look: Look) -> Style | None:  # noqa: ARG002 - the painters' interface
        return None

    def paint(self, row: Row, width: int, look: Look) -> list[Line]:
        match row:
            case FolderRow():
                return self._folder(row.view, width, look)
            case DeviceRow():
                return self._device(row.view, width, look)
            case TitleRow():
                return [[], [Segment(row.title, look.muted)]]
            case LightRow():
                return self._light(row, width, look)
            case ChangeRow():
                return self._change(row.view, width, look)
            case NoteRow():
                return wrap(
                    [Segment("? ", look.warning), Segment(safe_line(row.text, 200), look.text)], width
                )

    def _light(self, row: LightRow, width: int, look: Look) -> list[Line]:
        sign, role = LIGHT_SIGNS[row.light]
        style: Style = getattr(look, role)
        words: Line = [Segment(f"{sign} ", style), Segment(row.words, look.strong)]
        rates: Line = [Segment(self._rates(row.rates), look.muted)]
        if width_of([*words, *rates]) < width:
            return [ends(words, rates, width), []]
        return [crop(words, width), crop([Segment("  "), *rates], width)]

    def _rates(self, rates: Rates) -> str:
        """Both ways, "" where nothing moves."""
        if rates.received < 1 and rates.sent < 1:
            return ""
        ways = (("↓", rates.received), ("↑", rates.sent))
        return "  ".join(f"{sign} {self._formats.rate(rate)}" for sign, rate in ways if rate >= 1)

    def _change(self, view: ChangeView, width: int, look: Look) -> list[Line]:
        safe = replace(view, who=safe_line(view.who, 40))
        path: Line = [Segment("· ", look.muted), Segment(safe_line(view.path, 200), look.text)]
        ago = self._formats.ago(view.at, self.now) if view.at else ""
        when = ", ".join(part for part in (change_words(safe), ago) if part)
        return [crop(path, width), _below(when, width, look)]

    def _folder(self, view: FolderView, width: int, look: Look) -> list[Line]:
        sign, role = FOLDER_SIGNS[view.state]
        style: Style = getattr(look, role)
        state = folder_state(view.state) if view.percent is None else self._formats.percent(view.percent)
        name: Line = [Segment(f"{sign} ", style), Segment(safe_line(view.title, 200), look.text)]
        head = _named(name, Segment(state, style), width)
        details = [_below(words, width, look) for words in self.details(view)]
        return [*head, *self._trouble(view, width, look), *details]

    def _trouble(self, view: FolderView, width: int, look: Look) -> list[Line]:
        """Why a folder or its files stand still, whole, each reason once: what to do where we know, else
        Syncthing's own words for the folder.
        """
        reasons = [problem(view.error) or safe_line(view.error, 200)]
        reasons += [problem(error.error) for error in view.errors[:MOST_ERRORS]]
        lines: list[Line] = []
        for words in dict.fromkeys(filter(None, reasons)):
            lines += wrap([Segment(words, look.warning)], max(8, width - 2))
        return [crop([Segment("  "), *line], width) for line in lines]

    def details(self, view: FolderView) -> list[str]:
        """What else there is to know, each on a line."""
        details: list[str] = []
        if view.need_items:
            details.append(self._missing(view))
        details += [self.transfer(row) for row in view.transfers[:MOST_TRANSFERS]]
        if view.conflicts:
            text = ngettext("{n} conflict", "{n} conflicts", view.conflicts)
            details.append(text.format(n=view.conflicts))
        if view.failed_items:
            text = ngettext("{n} file failed", "{n} files failed", view.failed_items)
            details.append(text.format(n=view.failed_items))
        details += [_failed(error) for error in view.errors[:MOST_ERRORS]]
        if view.local_additions:
            text = ngettext("{n} item only here", "{n} items only here", view.local_additions)
            details.append(text.format(n=view.local_additions))
        if view.waits_for:
            names = ", ".join(safe_line(name, 40) for name in view.waits_for)
            details.append(_("waits for {names}").format(names=names))
        if view.not_accepted:
            names = ", ".join(safe_line(name, 40) for name in view.not_accepted)
            details.append(_("not accepted yet by {names}").format(names=names))
        if view.watch_error:
            details.append(_("changes here are found by rescans only"))
        return details

    def transfer(self, row: Transfer) -> str:
        """One file on its way here."""
        percent = min(99, 100 * row.done // row.total) if row.total else 0
        return f"↓ {safe_line(row.path.rpartition('/')[2], 120)} {self._formats.percent(percent)}"

    def _missing(self, view: FolderView) -> str:
        text = ngettext("{n} file missing, {size}", "{n} files missing, {size}", view.need_items)
        words = text.format(n=view.need_items, size=self._formats.size(view.need_bytes))
        if view.seconds_left is not None:
            left = self._formats.duration(view.seconds_left * 1000)
            words += " · " + _("{time} left").format(time=left)
        if view.rate >= 1:
            words += " · " + self._formats.rate(view.rate)
        return words

    def _device(self, view: DeviceView, width: int, look: Look) -> list[Line]:
        sign, role = DEVICE_SIGNS[view.state]
        style: Style = getattr(look, role)
        name = safe_line(view.name, 200) or view.id[:7]
        line: Line = [Segment(f"{sign} ", style), Segment(name, look.text)]
        head = _named(line, Segment(self._device_words(view), style), width)
        below = [self._rates(view.rates)] if view.state is not DeviceState.DISCONNECTED else []
        below.append(unreached(view) if view.used else "")
        if view.state is DeviceState.SYNCING and view.need_items:
            text = ngettext(
                "{n} file missing there, {size}", "{n} files missing there, {size}", view.need_items
            )
            below.append(text.format(n=view.need_items, size=self._formats.size(view.need_bytes)))
        if view.not_accepted:
            titles = ", ".join(safe_line(title, 40) for title in view.not_accepted)
            below.append(_("has not accepted {folders} yet").format(folders=titles))
        return [*head, *(_below(words, width, look) for words in below if words)]

    def _device_words(self, view: DeviceView) -> str:
        if view.state is DeviceState.SYNCING:
            return self._formats.percent(view.percent)
        if view.state is DeviceState.DISCONNECTED and view.last_seen:
            return _("seen {ago}").format(ago=self._formats.ago(view.last_seen, self.now))
        words = device_state(view.state)
        return _("{state}, relayed").format(state=words) if view.relayed else words


def _named(name: Line, state: Segment, width: int) -> list[Line]:
    """Name and state on one line, on two where the name would be cut."""
    if width_of([*name, state]) + 1 <= width:
        return [ends(name, [state], width)]
    return [crop(name, width), crop([Segment("  "), state], width)]


def _below(text: str, width: int, look: Look) -> Line:
    return crop([Segment("  "), Segment(text, look.muted)], width)


def _failed(error: FileError) -> str:
    """Its name; with Syncthing's own words where `problem` has no better ones, which stand above then."""
    name = safe_line(error.path, 80)
    return name if problem(error.error) else f"{name}: {safe_line(error.error, 120)}"

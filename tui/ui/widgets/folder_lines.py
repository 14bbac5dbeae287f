"""What stands on the page of one folder, one device, or the first steps.

Invariant: pure: snapshot and formats in, lines out; every remote text has been made safe.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.client.first_steps import NextStep
from tui.client.wording.folders import (
    change,
    conflict_day,
    connection,
    dial,
    folder_type,
    overwritten,
    problem,
)
from tui.client.wording.states import device_state, folder_state
from tui.core.folders import ChangeView, DeviceView, FileError, FoldersSnapshot, FolderView
from tui.core.ids import Millis
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.settings.formats import Formats
from tui.settings.i18n import _, ngettext
from tui.ui.widgets.folder_signs import DEVICE_SIGNS, FOLDER_SIGNS

MOST = 30
"""Errors, conflicts or changes of one page."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: a term and what it is, or words alone ("" = a blank line). Texts are safe."""

    words: str
    term: str = ""
    role: str = "text"


BLANK = PageLine("")


def folder_lines(
    view: FolderView, snapshot: FoldersSnapshot, formats: Formats, now: Millis
) -> Iterator[PageLine]:
    """Everything about one folder."""
    sign, role = FOLDER_SIGNS[view.state]
    percent = f" {formats.percent(view.percent)}" if view.percent is not None else ""
    yield PageLine(f"{sign} {folder_state(view.state)}{percent}", _("State"), role)
    if view.error:
        if known := problem(view.error):
            yield PageLine(known, role="warning")
        yield PageLine(safe_line(view.error, 400), role="error")
    yield from _figures(view, formats, now)
    yield from _sharing(view, snapshot)
    yield from _titled(
        _("On their way"), [_transfer(t.path, t.done, t.total, formats) for t in view.transfers]
    )
    yield from _errors(view.errors)
    names = {short: safe_line(name, 60) for short, name in snapshot.names}
    rows = [
        PageLine(
            f"{safe_line(c.original, 200)} · {overwritten(c, names)}", conflict_day(c)[5:], role="warning"
        )
        for c in view.conflict_copies
    ]
    yield from _titled(ngettext("Conflict", "Conflicts", len(rows)), rows)
    recent = [c for c in snapshot.changes if c.folder == view.title]
    yield from _titled(_("Recent changes"), [_change(c, formats, now) for c in recent])


def _figures(view: FolderView, formats: Formats, now: Millis) -> Iterator[PageLine]:
    if view.need_items or view.need_bytes:
        count = ngettext("{n} file, {size}", "{n} files, {size}", view.need_items)
        yield PageLine(count.format(n=view.need_items, size=formats.size(view.need_bytes)), _("Missing here"))
    if view.rate >= 1:
        left = formats.duration(view.seconds_left * 1000) if view.seconds_left is not None else "…"
        text = _("{rate}, {time} left").format(rate=formats.rate(view.rate), time=left)
        yield PageLine(text, _("Speed"))
    if view.waits_for:
        yield PageLine(", ".join(safe_line(n, 60) for n in view.waits_for), _("Waits for"), "warning")
    if view.local_additions:
        text = ngettext("{n} item only here", "{n} items only here", view.local_additions)
        yield PageLine(text.format(n=view.local_additions), _("Changed here"), "warning")
    if view.watch_error:
        yield PageLine(safe_line(view.watch_error, 200), _("Watching"), "warning")
    yield PageLine(formats.size(view.global_bytes), _("Size of all"))
    if view.last_file.name:
        words = f"{safe_line(view.last_file.name, 200)}, {formats.ago(view.last_file.at, now)}"
        yield PageLine(words, _("Last file"))


def _sharing(view: FolderView, snapshot: FoldersSnapshot) -> Iterator[PageLine]:
    del snapshot
    yield PageLine(folder_type(view.type), _("This machine"))
    yield PageLine(safe_line(view.path, 300), _("Directory"))
    count = ngettext("{n} other device", "{n} other devices", view.shared_with)
    yield PageLine(count.format(n=view.shared_with), _("Shared with"))
    if view.not_accepted:
        names = ", ".join(safe_line(n, 60) for n in view.not_accepted)
        yield PageLine(_("not accepted yet by {names}").format(names=names), role="warning")


def _errors(errors: tuple[FileError, ...]) -> Iterator[PageLine]:
    rows = []
    for error in errors[:MOST]:
        rows.append(PageLine(f"{safe_line(error.path, 200)}: {safe_line(error.error, 300)}", role="error"))
        if known := problem(error.error):
            rows.append(PageLine(f"  → {known}", role="warning"))
    yield from _titled(_("Failed"), rows)


def _titled(title: str, rows: list[PageLine]) -> Iterator[PageLine]:
    if rows:
        yield BLANK
        yield PageLine(title, role="strong")
        yield from rows[:MOST]


def _transfer(path: str, done: int, total: int, formats: Formats) -> PageLine:
    percent = min(99, 100 * done // total) if total else 0
    return PageLine(
        f"{safe_line(path, 200)} · {formats.size(done)}/{formats.size(total)}", formats.percent(percent)
    )


def _change(row: ChangeView, formats: Formats, now: Millis) -> PageLine:
    named = ChangeView(row.folder, row.path, row.action, safe_line(row.who, 60), row.mine, row.at)
    ago = formats.ago(row.at, now) if row.at else ""
    return PageLine(f"{safe_line(row.path, 200)} · {change(named)}", ago)


def device_lines(
    view: DeviceView, snapshot: FoldersSnapshot, formats: Formats, now: Millis
) -> Iterator[PageLine]:
    """Everything about one device."""
    sign, role = DEVICE_SIGNS[view.state]
    yield PageLine(f"{sign} {device_state(view.state)} {formats.percent(view.percent)}", _("State"), role)
    if view.connection:
        kind = connection(view.connection)
        yield PageLine(
            f"{kind}, {safe_line(view.address, 80)}",
            _("Connection"),
            "warning" if view.relayed else "text",
        )
        rates = f"↓ {formats.rate(view.rates.received)}  ↑ {formats.rate(view.rates.sent)}"
        yield PageLine(rates, _("Speed"))
    if view.need_items:
        text = ngettext("{n} file, {size}", "{n} files, {size}", view.need_items)
        yield PageLine(text.format(n=view.need_items, size=formats.size(view.need_bytes)), _("Missing there"))
    if view.last_seen and not view.connection:
        yield PageLine(formats.ago(view.last_seen, now), _("Last seen"))
    elif not view.connection:
        yield PageLine(_("never"), _("Last seen"))
    yield from _dials(view, formats, now)
    if view.not_accepted:
        titles = ", ".join(safe_line(t, 60) for t in view.not_accepted)
        yield PageLine(_("has not accepted {folders} yet").format(folders=titles), role="warning")
    if not view.used:
        yield PageLine(_("No folder is shared with this device."), role="muted")
    yield PageLine(view.id, _("Device ID"))
    who = [c for c in snapshot.changes if not c.mine and c.who == view.name]
    yield from _titled(_("Recent changes"), [_change(c, formats, now) for c in who])


def _dials(view: DeviceView, formats: Formats, now: Millis) -> Iterator[PageLine]:
    """Each address that was tried for a device that is away: when, with what success, and what to do."""
    for row in view.dials[:MOST]:
        when = f", {formats.ago(row.when, now)}" if row.when else ""
        yield PageLine(safe_line(row.address, 120) + when, _("Tried"), "warning" if row.error else "text")
        if known := dial(row.error):
            yield PageLine(f"  → {known}", role="warning")
        if row.error:
            yield PageLine(f"  {safe_line(row.error, 300)}", role="error")
    if view.hangs_up:
        yield PageLine(
            _("It answers and closes at once: over there this device has to be accepted."), role="warning"
        )
    elif view.lost:
        yield PageLine(
            _("Discovery knows no address of it. It is found when it is online; else give it an address."),
            role="warning",
        )


def first_step_lines(reason: str, steps: list[NextStep]) -> Iterator[PageLine]:
    """Why there is no Syncthing, and what to do: a command stands on a line of its own, to be copied."""
    yield PageLine(reason, role="warning")
    for step in steps:
        if step.words:
            yield BLANK
            yield PageLine(step.words)
        if step.command:
            yield PageLine(f"  {safe_line(step.command, 300)}", role="strong")

"""What the keys on shared folders do: in the side panel, and on the page of a folder or device.

Invariant: what destroys something asks first and names the numbers; every refusal is said in plain words.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tui.core.folder_acts import Item, Notice
from tui.core.folders import DeviceState, DeviceView, FoldersLink, FolderState, FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.screens.confirm import Confirm
from tui.ui.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from tui.ui.app import TeleApp

T = TypeVar("T")
SHOWN = 5
"""Names in a question; the rest is a number."""


class FolderKeys:
    """Context `folders` of the table of keys, for whatever shows a folder or a device."""

    shared: Shared

    @property
    def target_key(self) -> str:
        """ "folder:ID", "device:ID" or "" """
        return ""

    @property
    def desk(self) -> FolderDesk:
        return FolderDesk(cast("TeleApp", cast(Any, self).app), self.shared)

    @property
    def target_folder(self) -> FolderView | None:
        """The folder that the keys are about; says so where there is none."""
        found = self.desk.folder(self.target_key)
        if found is None:
            self.desk.tell(_("Put the cursor on a folder first."))
        return found

    def action_do_rescan(self) -> None:
        self.desk.rescan(self.desk.folder(self.target_key))

    def action_do_pause(self) -> None:
        self.desk.pause(self.target_key)

    def action_do_pause_all(self) -> None:
        self.desk.pause_all()

    def action_do_revert(self) -> None:
        if (view := self.target_folder) is not None:
            self.desk.revert(view)

    def action_do_override(self) -> None:
        if (view := self.target_folder) is not None:
            self.desk.override(view)

    def action_do_unshare(self) -> None:
        from tui.ui.screens.folder_unshare import choose_partner

        choose_partner(self.desk, self.target_key)

    def action_do_notices(self) -> None:
        self.desk.notices()

    def action_do_instance(self) -> None:
        from tui.ui.screens.folder_instances import choose_instance

        choose_instance(self.desk)

    def action_do_browse(self) -> None:
        if (view := self.target_folder) is not None:
            from tui.ui.screens.folder_browse import browse

            browse(self.desk, view)

    def action_do_conflicts(self) -> None:
        if (view := self.target_folder) is not None:
            from tui.ui.screens.folder_conflicts import choose_conflict

            choose_conflict(self.desk, view)

    def action_do_versions(self) -> None:
        if (view := self.target_folder) is not None:
            from tui.ui.screens.folder_versions import choose_version

            choose_version(self.desk, view)

    def action_do_ignores(self) -> None:
        if (view := self.target_folder) is not None:
            from tui.ui.screens.folder_ignores import edit_ignores

            edit_ignores(self.desk, view)


class FolderDesk:
    """The verbs, with their questions."""

    def __init__(self, app: TeleApp, shared: Shared) -> None:
        self._app = app
        self.shared = shared
        self.folders = shared.client.folders

    def folder(self, key: str) -> FolderView | None:
        """The folder of "folder:ID" as it is now."""
        kind, _colon, ident = key.partition(":")
        rows = self.folders.snapshot().folders
        return next((f for f in rows if f.id == ident), None) if kind == "folder" else None

    def device(self, key: str) -> DeviceView | None:
        kind, _colon, ident = key.partition(":")
        rows = self.folders.snapshot().devices
        return next((d for d in rows if d.id == ident), None) if kind == "device" else None

    # with the screen
    def tell(self, words: str, *, alarm: bool = False) -> None:
        if self._app.main is not None:
            self._app.main.tell(words, alarm=alarm)

    def push(self, screen: Screen[T], then: Callable[[T | None], None] | None = None) -> None:
        self._app.push_screen(screen, then)

    def when_done(self, asked: Future[T], then: Callable[[T], None]) -> None:
        """Calls `then` with what came of it; a failure is said."""
        if self._app.main is not None:
            self._app.main.when_done(asked, then)

    def ask(self, title: str, question: str, yes: str, then: Callable[[], None]) -> None:
        self.push(Confirm(title, question, yes), lambda sure: then() if sure else None)

    def tell_conflict(self, folder_id: str, path: str) -> None:
        """Says in a direct message, after a question, that there is a conflict copy."""
        if self._app.main is not None:
            self._app.main.desks.shelf.tell_conflict(folder_id, path)

    def suspend(self) -> Any:
        """The terminal for another program meanwhile."""
        return self._app.suspend()

    # the verbs
    def rescan(self, view: FolderView | None) -> None:
        """One folder, or all where the cursor is on none; without a Syncthing it is looked for anew."""
        if self.folders.snapshot().link is FoldersLink.WRONG_KEY:
            self.folders.try_again()
            self.tell(_("Trying the key of config.xml once more …"))
            return
        if view is None:
            self.tell(_("Rescanning all folders …"))
            self.when_done(self.folders.rescan(), self._rescanned)
            return
        title = safe_line(view.title, 60)
        self.tell(_("Rescanning {folder} …").format(folder=title))
        self.when_done(
            self.folders.rescan(view.id),
            lambda _none: self.tell(_("{folder} is rescanned.").format(folder=title)),
        )

    def _rescanned(self, whole: bool) -> None:
        """What of all folders was rescanned: not the paused ones, nor those that stand still."""
        folders = self.folders.snapshot().folders
        if not whole:
            still = [safe_line(f.title, 40) for f in folders if f.state is FolderState.STOPPED]
            text = _("The others are rescanned. What stands still is not: {names}")
            self.tell(text.format(names=", ".join(still) or "?"), alarm=True)
            return
        paused = sum(f.state is FolderState.PAUSED for f in folders)
        text = ngettext(
            "All folders are rescanned but {n}, which is paused.",
            "All folders are rescanned but {n}, which are paused.",
            paused,
        )
        self.tell(text.format(n=paused) if paused else _("All folders are rescanned."))

    def pause(self, key: str) -> None:
        """The folder or device under the cursor: paused, or on again."""
        folder, device = self.folder(key), self.device(key)
        if folder is not None:
            paused = folder.state is not FolderState.PAUSED
            self._say_pause(self.folders.pause(folder.id, paused), folder.title, paused)
        elif device is not None:
            paused = device.state is not DeviceState.PAUSED
            self._say_pause(self.folders.pause_devices(paused, device.id), device.name, paused)
        else:
            self.tell(_("Put the cursor on a folder or device first."))

    def _say_pause(self, asked: Future[None], name: str, paused: bool) -> None:
        words = _("{name} is paused.") if paused else _("{name} goes on.")
        self.when_done(asked, lambda _none: self.tell(words.format(name=safe_line(name, 60))))

    def pause_all(self) -> None:
        """All devices; goes on at once, pauses after a question."""
        devices = self.folders.snapshot().devices
        if devices and all(d.paused for d in devices):
            self.when_done(
                self.folders.pause_devices(False),
                lambda _none: self.tell(_("Syncing goes on with everybody.")),
            )
            return
        text = ngettext(
            "Nothing is synced with {n} device until you resume.",
            "Nothing is synced with {n} devices until you resume.",
            len(devices),
        )
        self.ask(_("Pause everything?"), text.format(n=len(devices)), _("Pause"), self._pause_all)

    def _pause_all(self) -> None:
        self.when_done(self.folders.pause_devices(True), lambda _none: self.tell(_("Everything is paused.")))

    def revert(self, view: FolderView) -> None:
        """Asks with the number and the names of what is undone."""
        if view.type not in ("receiveonly", "receiveencrypted") or not view.local_additions:
            self.tell(_("Nothing was changed here that could be undone (receive-only folders have that)."))
            return
        self.when_done(self.folders.local_changes(view.id), lambda items: self._ask_revert(view, items))

    def _ask_revert(self, view: FolderView, items: tuple[Item, ...]) -> None:
        count = max(view.local_additions, len(items))
        text = ngettext(
            "{n} change made here is undone: what was added is deleted, what was changed or deleted comes "
            "back as the others have it.",
            "{n} changes made here are undone: what was added is deleted, what was changed or deleted comes "
            "back as the others have it.",
            count,
        )
        names = "\n".join(f"  {safe_line(item.name, 60)}" for item in items[:SHOWN])
        more = f"\n  … +{count - SHOWN}" if count > SHOWN else ""
        question = f"{text.format(n=count)}\n{names}{more}"
        title = _("Undo changes in {folder}?").format(folder=safe_line(view.title, 40))
        self.ask(title, question, _("Undo them"), lambda: self._revert(view))

    def _revert(self, view: FolderView) -> None:
        self.when_done(
            self.folders.revert(view.id),
            lambda _none: self.tell(_("The changes made here are being undone.")),
        )

    def override(self, view: FolderView) -> None:
        if view.type != "sendonly" or view.state is not FolderState.OUT_OF_SYNC:
            self.tell(_("Nobody changed anything to overwrite (send-only folders have that)."))
            return
        text = ngettext(
            "{n} change of the others is overwritten on all devices with what is here.",
            "{n} changes of the others are overwritten on all devices with what is here.",
            view.need_items,
        )
        title = _("Overwrite changes in {folder}?").format(folder=safe_line(view.title, 40))
        self.ask(title, text.format(n=view.need_items), _("Overwrite them"), lambda: self._override(view))

    def _override(self, view: FolderView) -> None:
        self.when_done(
            self.folders.override(view.id), lambda _none: self.tell(_("What is here goes to all devices."))
        )

    def notices(self) -> None:
        self.when_done(self.folders.notices(), self._show_notices)

    def _show_notices(self, notices: tuple[Notice, ...]) -> None:
        if not notices:
            self.tell(_("Syncthing has no notices."))
            return
        formats = self.shared.formats
        lines = [f"{formats.moment_text(n.at)}  {safe_line(n.text, 300)}" for n in notices[-8:]]
        title = ngettext("{n} notice of Syncthing", "{n} notices of Syncthing", len(notices))
        self.ask(title.format(n=len(notices)), "\n".join(lines), _("Clear them"), self._clear_notices)

    def _clear_notices(self) -> None:
        self.when_done(
            self.folders.clear_notices(),
            lambda _none: self.tell(_("The notices are cleared; what caused them stays as it is.")),
        )

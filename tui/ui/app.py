"""The app: a switchboard between the client's changes, the screens, the theme and the terminal.

Invariant: no feature lives here. Nothing that came from a server passes Textual's markup; Textual's own
palette, its English texts and its way of opening links are switched off.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.geometry import Offset
from textual.screen import Screen

from tui.client.accounts import SignedInAs
from tui.core.changes import ChangeKind
from tui.settings.i18n import _
from tui.settings.logs import describe
from tui.settings.themes import ThemeSpecs
from tui.terminal.last_screen import Shown
from tui.ui import collector, theming
from tui.ui.bridge import Bridge, Changed
from tui.ui.filters import SafetyNet
from tui.ui.keys import overrides
from tui.ui.look import Look, look_of
from tui.ui.picture import frame_of
from tui.ui.screens.main import MainScreen
from tui.ui.shared import Shared
from tui.ui.telling import Teller
from tui.ui.terminal_io import CURSOR_OFF, CURSOR_ON, send_own, set_mouse
from tui.ui.widgets.editor import Editor

if TYPE_CHECKING:
    from tui.ui.screens.sign_in import SignIn

log = logging.getLogger(__name__)
MODE = "account-"
"""Each account that is opened has its own stack of screens, Textual's modes: one at a time, numbered."""


class TeleApp(App[int], inherit_bindings=False):
    """`opening` gives the Shared of a person who has signed in; `shared` = somebody is signed in already.

    `other` closes the client that is open and gives the Shared of the account with that id.
    """

    TITLE = "teleteam"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    DEFAULT_MODE = f"{MODE}1"
    CSS_PATH: ClassVar = ["screens/main.tcss", "screens/dialog.tcss", "screens/sign_in.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=False),
        Binding("ctrl+c", "say_how_to_leave", show=False),
    ]

    def __init__(
        self,
        themes: ThemeSpecs,
        theme_name: str,
        *,
        shared: Shared | None,
        sign_in: SignIn,
        opening: Callable[[SignedInAs], Shared],
        driver_class: type[Driver] | None = None,
        pictures: bool = True,
        mouse: bool = False,
        url: str = "",
        first_paint: Shown | None = None,
        other: Callable[[str], Shared] | None = None,
    ) -> None:
        self.look: Look = look_of(themes.get(theme_name), pictures=pictures)
        self.themes = themes
        self.theme_name = themes.get(theme_name).name
        self.first_paint = first_paint
        super().__init__(driver_class=driver_class)
        self.shared = shared
        self.picture: tuple[str, str] = ("", "")
        """Channel and frame of the main screen as it was left."""
        self.crash: str = ""
        """Type and places of the error that ended the app; never values or texts."""
        self._pictures = pictures
        self._mouse_on = mouse
        self._cursor_shown = False
        self._sign_in = sign_in
        self._opening = opening
        self._other = other
        self._url = url
        self._bridge = Bridge(self._deliver)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._teller: Teller | None = None
        self._filters.append(SafetyNet())
        for spec in themes.themes.values():
            self.register_theme(theming.to_textual(spec))
        self.theme = self.theme_name
        if shared is not None:
            self.set_keymap(overrides(shared.keymap))

    async def run_async(self, *, inline: bool = False, **options: Any) -> int | None:
        """As Textual's, but inline mode is refused, which takes a driver of its own around ours.

        Raises ValueError.
        """
        if inline:
            raise ValueError("no inline mode: only teleteam's own driver may write to the terminal")
        return await super().run_async(**options)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theming.variables(self.themes.get(self.theme_name))

    # screens
    def get_default_screen(self) -> Screen[object]:
        """The first frame is already the right one."""
        if self.shared is not None:
            main = MainScreen(self.shared)
            main.hold()
            return main  # type: ignore[return-value]
        return Screen()

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, lambda _screen: self.call_later(self._suit_cursor))
        self._bridge.open()
        self.call_after_refresh(self._screen_is_there)  # before the network is imported and takes its share
        if self.shared is None:
            self._ask_who()
        else:
            self._go_online(self.shared)

    def _screen_is_there(self) -> None:
        """The first complete frame: it takes the place of the first paint, where that stands."""
        if self.main is not None:
            self.main.show_first_frame()
        release = getattr(self._driver, "release", None)
        if release is not None:
            release()
        collector.begin()

    @property
    def main(self) -> MainScreen | None:
        """The main screen, wherever in the stack it is."""
        return next((screen for screen in self.screen_stack if isinstance(screen, MainScreen)), None)

    def _ask_who(self) -> None:
        from tui.ui.screens.sign_in import SignInScreen

        self.push_screen(SignInScreen(self._sign_in, url=self._url), self._somebody_signed_in)

    def _somebody_signed_in(self, signed: SignedInAs | None) -> None:
        if signed is None:
            self.exit(0)
            return
        self.shared = self._opening(signed)
        self.set_keymap(overrides(self.shared.keymap))
        main = MainScreen(self.shared)
        main.welcome_due = signed.fresh
        self.push_screen(main)
        self._go_online(self.shared)

    def _go_online(self, shared: Shared) -> None:
        """Listens, then connects: after the first frame, so that nothing heavy is imported before it."""
        self._unsubscribe = shared.client.subscribe(self._bridge.hear)
        self._teller = Teller(shared, self.send_own, say=self.notify)
        self._teller.begin()
        self.call_after_refresh(shared.client.start)

    def change_account(self, account_id: str) -> None:
        """Goes on as somebody else: the drafts are kept, this client closes, the other one opens."""
        main = self.main
        if self._other is None or main is None or self.screen is not main:
            return
        self.keep_drafts()
        self._unsubscribe()
        if self._teller is not None:
            self._teller.end()
        self.shared = self._other(account_id)
        self.set_keymap(overrides(self.shared.keymap))
        shared, before = self.shared, self.current_mode
        mode = f"{MODE}{int(before.removeprefix(MODE)) + 1}"
        if before == self.DEFAULT_MODE:
            self.add_mode(before, Screen)  # only a named mode can be removed
        self.add_mode(mode, lambda: MainScreen(shared))
        self.switch_mode(mode)
        self.remove_mode(before)
        self._go_online(shared)

    def sign_in_again(self) -> None:
        """The session is dead: the same person signs in, everything else stays."""
        from tui.ui.screens.sign_in import SignInScreen

        if self.shared is None or any(isinstance(screen, SignInScreen) for screen in self.screen_stack):
            return
        screen = SignInScreen(self._sign_in, same_as=self.shared.client.account)
        self.push_screen(screen, self._signed_in_again)

    def _signed_in_again(self, signed: SignedInAs | None) -> None:
        if signed is not None and self.shared is not None:
            self.shared.client.signed_in(signed.token)

    # changes
    def _deliver(self, changed: Changed) -> None:
        main = self.main
        if main is None or not main.is_mounted or not self.is_running:
            return
        with self.batch_update():
            main.changed(changed)
        if self._teller is not None:
            self._teller.changed(changed)
        if changed.has(ChangeKind.CONNECTION) and self._is_signed_out():
            self.sign_in_again()

    def _is_signed_out(self) -> bool:
        return self.shared is not None and self.shared.client.connection().kind == "signed_out"

    # keys
    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes are dealt with one after the other, before the next one is looked at.

        Textual's way (to the widget, then bubbling up to the bindings) lets letters overtake Enter when a
        slow line delivers them in one burst.
        """
        if isinstance(event, events.Key | events.Paste) and self._teller is not None:
            self._teller.key_pressed()
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self.shared is not None:
                self.shared.client.make_way()
            if await self._key_taken(event):
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded and (editor := self._editor()):
            editor.take_paste(event.text)
            return
        await super().on_event(event)

    async def _key_taken(self, event: events.Key) -> bool:
        self.app_focus = True
        editor = self._editor()
        if editor is not None and editor.take_key(event.key, event.character):
            return True
        return await self._check_bindings(event.key)

    def _editor(self) -> Editor | None:
        """The editor that has the focus, or will have it when the dialog that is opening is there."""
        focused = self.focused
        if focused is None:
            return getattr(self.screen, "eager_editor", None)
        return focused if isinstance(focused, Editor) else None

    # looks
    def set_theme(self, name: str) -> None:
        """Uses another theme at once."""
        if name not in self.themes.themes or name == self.theme_name:
            return
        self.theme_name = name
        self.look = look_of(self.themes.get(name), pictures=self._pictures)
        self.theme = name
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                if hasattr(widget, "restyle"):
                    widget.restyle()

    def toggle_mouse(self) -> bool:
        """Clicks and the wheel on or off; answers with what is now."""
        self._mouse_on = not self._mouse_on
        set_mouse(self._driver, self._mouse_on)
        return self._mouse_on

    def draw_anew(self) -> None:
        """Writes the whole screen once more."""
        redraw = getattr(self._driver, "redraw", None)
        if redraw is not None:
            redraw()
        self.screen.refresh(layout=True)

    @property
    def all_keys(self) -> bool:
        """Whether the terminal is known to deliver every key."""
        return self._teller is not None and self._teller.all_keys

    def send_own(self, sequence: str) -> bool:
        return send_own(self._driver, sequence)

    @property
    def has_terminal_cursor(self) -> bool:
        """Whether the driver can show the terminal's own cursor."""
        return hasattr(self._driver, "place_cursor")

    def show_cursor(self, visible: bool) -> None:
        if self.has_terminal_cursor and visible != self._cursor_shown:
            self._cursor_shown = visible
            self.send_own(CURSOR_ON if visible else CURSOR_OFF)

    def _suit_cursor(self) -> None:
        """A screen has come or gone, perhaps without a new focus: the cursor is in a text or nowhere."""
        from tui.ui.widgets.editor import Editor

        self.show_cursor(isinstance(self.focused, Editor))

    def place_cursor(self, at: Offset) -> None:
        """Moves the terminal's own cursor, where nothing else is drawn."""
        place = getattr(self._driver, "place_cursor", None)
        if place is not None:
            place(at.x, at.y)

    # what Textual would do otherwise
    def open_url(self, url: str, *, new_tab: bool = True) -> None:  # noqa: ARG002 - Textual's signature
        """Never by `webbrowser`: through the checks and dialogs of the main screen."""
        if self.main is not None:
            self.main.desks.links.open_link(url)

    def notify(
        self,
        message: str,
        *,
        title: str = "",  # noqa: ARG002 - Textual's signature
        severity: str = "information",
        timeout: float | None = None,  # noqa: ARG002
        markup: bool = False,  # noqa: ARG002
    ) -> None:
        """One calm line instead of a toast; never markup."""
        if self.main is not None:
            self.main.tell(message, alarm=severity != "information")

    def action_leave(self) -> None:
        """Ctrl+Q: asks only while something is unsent."""
        if self.main is not None and self.screen is self.main:
            self.main.action_do_quit()
        else:
            self.exit(0)

    def action_say_how_to_leave(self) -> None:
        if self.main is not None:
            self.main.tell(_("Ctrl+Q quits."))

    def exit(
        self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Textual's, with a last look at the screen."""
        if self.main is not None and hasattr(self._driver, "release"):
            from tui.ui.thin_driver import painter

            self.picture = (self.main.channel_id, frame_of(self.main, painter()))
        super().exit(result, return_code, message)

    def keep_drafts(self) -> None:
        """Gives what is being written to the store."""
        if self.main is not None:
            self.main.keep_drafts()

    def _handle_exception(self, error: Exception) -> None:
        """Ends without a traceback: values of variables may be messages or tokens."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.crash = self.crash or describe(error)
        log.error("the screen ended: %s", self.crash)
        try:
            self.keep_drafts()
        except Exception:  # noqa: BLE001 - what has just failed may fail here again
            log.error("the draft could not be kept")
        self._close_messages_no_wait()

    async def on_unmount(self) -> None:
        self._unsubscribe()
        if self._teller is not None:
            self._teller.end()
        self._bridge.close()

"""Runs the screen: chooses driver, theme and mouse by where the person sits, and cleans up afterwards.

Invariant: Textual is imported only in here, after its environment variables are set; the process's exit code
is 0, 1 after a crash, or 128 + signal, and the terminal is as it was.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Protocol

from tui.client.accounts import SignedInAs, sign_in, sign_in_with_token
from tui.client.client import Client, open_client
from tui.client.clock import SystemClock
from tui.client.lane import HeldLine
from tui.core.errors import ConfigTrouble
from tui.core.line_profile import LineProfile
from tui.core.values import dataclass
from tui.settings import themes
from tui.settings.accounts import Account, Accounts
from tui.settings.accounts import load as load_accounts
from tui.settings.config import Config
from tui.settings.files import write_private
from tui.settings.i18n import _
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper
from tui.terminal import abilities, last_screen, session
from tui.terminal.last_screen import Shown
from tui.ui import collector

if TYPE_CHECKING:
    from textual.driver import Driver

    from tui.ui.app import TeleApp
    from tui.ui.screens.sign_in import Attempt
    from tui.ui.shared import Shared

log = logging.getLogger(__name__)

REMOTE_FPS, LOCAL_FPS = "30", "60"
"""Frames are cheap, for only what changed is written; a key waits for the next one."""
CLOSING_SECONDS = 2.0
"""So long one waits for the client of another account to close."""
SWITCH_SECONDS = 0.001
"""So long the screen's thread waits at most for one that computes (the store, the network)."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the command line knows. `account` None = somebody has to sign in first."""

    paths: Paths
    config: Config
    keeper: TokenKeeper
    account: Account | None = None
    offline: bool = False
    token: str = field(default="", repr=False)
    profile: str = ""
    """thin or rich where the command line says so, else "" (the settings decide)."""
    url: str = ""
    """Server to sign in to, as a suggestion."""
    first_paint: Shown | None = None
    """The last screen, where it stands on the terminal already."""
    options: Mapping[str, str] | None = None
    """What a picture of this screen depends on; None = nothing is kept."""


class ScreenContext(Protocol):
    """What the command line gives: `cli.context.Context` is one."""

    options: Namespace
    paths: Paths
    config: Config
    shown: Shown | None

    def accounts(self) -> Accounts: ...
    def keeper(self) -> TokenKeeper: ...


def run_screen(context: ScreenContext) -> int:
    """The screen for the chosen account, or its sign-in where there is none."""
    options = context.options
    return run(
        Start(
            paths=context.paths,
            config=context.config,
            keeper=context.keeper(),
            account=context.accounts().get(options.profile),
            profile=options.line or "",
            first_paint=context.shown,
            options={
                "--profile": options.profile,
                "--lang": options.lang or "",
                "line": options.line or "",
            },
        )
    )


def run(start: Start) -> int:
    """Shows the screen until the person leaves; the exit code."""
    sys.setswitchinterval(SWITCH_SECONDS)
    here = session.detect(os.environ, override=start.config.session.kind)
    _prepare_environment(os.environ, remote=here.remote)
    able = abilities.detect(os.environ, here)
    return _Run(start, here, able).run()


def _prepare_environment(environ: MutableMapping[str, str], *, remote: bool) -> None:
    """Textual reads these while it is imported."""
    environ.setdefault("TEXTUAL_FPS", REMOTE_FPS if remote else LOCAL_FPS)
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"


class _Run:
    """One run of the screen."""

    def __init__(self, start: Start, here: session.Session, able: abilities.Abilities) -> None:
        self._start = start
        self._here = here
        self._able = able
        self._clients: list[Client] = []
        self._closing: threading.Thread | None = None
        """Ends the client of the account that was open before."""
        self._made: dict[tuple[str, str], str] = {}
        """Accounts made by an invitation, with their server: signing in may take a second try."""

    def run(self) -> int:
        from tui.ui.leaving import Leaving

        collector.share_one_heap()
        shared = self._shared_of(self._start.account, self._start.token) if self._start.account else None
        app = self._app(shared)
        leaving = Leaving(app.keep_drafts, _leave(app), self._close_by_force)
        leaving.install()
        if sys.stdin.isatty():
            leaving.watch_terminal(sys.stdin.fileno())
        try:
            app.run(mouse=self._mouse())
        finally:
            leaving.finished()
            self._close()
        self._keep_picture(*app.picture)
        if app.crash:
            self._say_crash(app.crash)
        return app.return_code or 0

    def _app(self, shared: Shared | None) -> TeleApp:
        from tui.ui.app import TeleApp

        return TeleApp(
            themes.load_all(self._start.paths),
            self._theme(shared.client.line.profile if shared else None),
            shared=shared,
            sign_in=self._sign_in,
            opening=lambda signed: self._shared_of(signed.account, signed.token, signed.held),
            driver_class=driver_for_here(),
            pictures=self._pictures(),
            mouse=self._mouse(),
            url=self._start.url,
            first_paint=self._first_paint(shared),
            other=self._change_account,
        )

    def _change_account(self, account_id: str) -> Shared:
        """Closes the client that is open, in the background, and opens that of another account."""
        account = load_accounts(self._start.paths).get(account_id)
        if account is None:
            raise ConfigTrouble("tele.config.value", account_id)
        if self._closing is not None:
            self._closing.join(CLOSING_SECONDS)
        leaving, self._clients = self._clients, []
        self._closing = threading.Thread(target=_close_all, args=(leaving,), name="closing", daemon=True)
        self._closing.start()
        return self._shared_of(account, "")

    def _first_paint(self, shared: Shared | None) -> Shown | None:
        """What stands on the terminal. Keys typed at it are dropped where another channel opens."""
        shown = self._start.first_paint
        if shown is not None:
            team = shared.client.teams.current() if shared else None
            opening = shared.client.channels.last(team.id) if shared and team else ""
            if opening != shown.channel_id:
                shown.forget_keys()
        return shown

    def _keep_picture(self, channel_id: str, frame: str) -> None:
        """For the next start; nothing of a screen that was never there or that is not to be stored."""
        start = self._start
        client = self._clients[-1] if self._clients else None
        if client is None or client.read_only or start.options is None:
            return
        file = start.paths.last_screen(client.account.id)
        cache = start.config.cache
        if not frame or cache.mode == "off" or client.connection().kind == "signed_out":
            file.unlink(missing_ok=True)
            return
        size = abilities.window_size(2)
        until = int(time.time()) + cache.days * 86_400 if cache.mode == "days" else 0
        print_ = last_screen.print_of(start.options, os.environ, size, str(start.paths.config_dir))
        try:
            write_private(file, last_screen.content(print_, until, channel_id, frame))
        except OSError as error:
            log.warning("the picture could not be kept: %s", type(error).__name__)

    def _theme(self, profile: LineProfile | None) -> str:
        """By the settings; else by what the terminal can and the line should carry."""
        able = self._able.colors
        most = profile.colors if profile and profile.colors else able
        return theme_for(self._start.config.ui.theme, min(able, most), os.environ)

    def _shared_of(self, account: Account, token: str, held: HeldLine | None = None) -> Shared:
        from tui.ui.shared import Shared

        start = self._start
        client = open_client(
            account,
            start.paths,
            start.config,
            start.keeper,
            offline=start.offline,
            token=token,
            held=held,
            wish=start.profile,
            remote=self._here.remote,
        )
        self._clients.append(client)
        kind = start.config.session.kind
        return Shared(
            client=client,
            config=start.config,
            formats=client.formats(),
            now=SystemClock().now,
            where=lambda: session.detect(os.environ, override=kind),
            helper_file=start.paths.helper_secrets,
            accounts=lambda: load_accounts(start.paths),
            remote=self._here.remote,
            theme_of=self._theme if start.config.ui.theme == "auto" else None,
        )

    def _sign_in(self, attempt: Attempt) -> SignedInAs:
        """Blocks: runs on a thread of its own."""
        start = self._start
        same_as = self._clients[-1].account if self._clients else None
        if attempt.invitation:
            return self._sign_up(attempt)
        if attempt.token:
            return sign_in_with_token(
                attempt.url,
                attempt.token,
                paths=start.paths,
                config=start.config,
                keeper=start.keeper,
                file_allowed=attempt.file_allowed,
                same_as=same_as,
            )
        return sign_in(
            attempt.url,
            attempt.login_id,
            attempt.password,
            paths=start.paths,
            config=start.config,
            keeper=start.keeper,
            mfa_code=attempt.mfa_code,
            file_allowed=attempt.file_allowed,
            same_as=same_as,
            hold=same_as is None,
        )

    def _sign_up(self, attempt: Attempt) -> SignedInAs:
        """Makes the account, once, and signs in with it. Blocks."""
        from tui.client.accounts import sign_up

        made = (attempt.invitation, attempt.login_id)
        if made not in self._made:
            name, email = attempt.login_id, attempt.email
            self._made[made] = sign_up(
                attempt.invitation, name, email, attempt.password, config=self._start.config
            )
        ordinary = replace(attempt, url=self._made[made], invitation="")
        return replace(self._sign_in(ordinary), fresh=True)

    def _mouse(self) -> bool:
        wish = self._start.config.ui.mouse
        return wish == "on" or (wish == "auto" and not self._here.remote)

    def _pictures(self) -> bool:
        wish = self._start.config.ui.emoji
        return wish == "unicode" or (wish == "auto" and not self._able.narrow_emoji)

    def _close(self) -> None:
        _close_all(self._clients)
        if self._closing is not None:
            self._closing.join(CLOSING_SECONDS)

    def _close_by_force(self) -> None:
        """The process ends at once: gives the terminal back too, where the live screen never came."""
        self._close()
        if self._start.first_paint is not None:
            self._start.first_paint.undo()

    def _say_crash(self, what: str) -> None:
        words = _("teleteam has stopped because of an error of its own. Nothing you wrote is lost.")
        sys.stderr.write(f"{words}\n{what}\n{self._start.paths.log_file}\n")


def _close_all(clients: list[Client]) -> None:
    for client in clients:
        client.close(1.0)


def _leave(app: TeleApp) -> Callable[[int], None]:
    """Ends the app from a signal handler; the loop may be asleep, or not there yet: then by SystemExit."""

    def leave(code: int) -> None:
        loop = getattr(app, "_loop", None)
        if loop is None:
            raise SystemExit(code)
        loop.call_soon_threadsafe(lambda: app.exit(code, return_code=code))

    return leave


def driver_for_here() -> type[Driver] | None:
    """Our own driver on every line: it writes only what changed, and is the last safety net. None = Textual's
    own, on Windows, whose terminals need another one.
    """
    if sys.platform == "win32":
        return None
    from tui.ui.thin_driver import ThinDriver

    return ThinDriver


def theme_for(wish: str, colors: int, environ: MutableMapping[str, str]) -> str:
    """The theme of the settings; auto: by what the terminal can show."""
    if wish != "auto":
        return wish
    if "NO_COLOR" in environ or colors == abilities.MONO:
        return "monochrome"
    return "terminal-16" if colors == abilities.COLORS_16 else themes.DEFAULT

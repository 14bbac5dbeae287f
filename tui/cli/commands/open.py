"""`teleteam open URL`: opens any link by the way that suits where one sits; fit for $BROWSER.

The same ladder as on the screen, without questions: here, on one's own computer by the link helper, else the
clipboard and the address as text. `--way` says which one (`ladder.Way`); “-” reads the address from standard
input.
"""

from __future__ import annotations

import sys

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.client.wording.opening import told
from tui.core.bridge_wire import Wish
from tui.core.links import Link, check_url
from tui.core.models import Target
from tui.core.opening import OpenRequest, request_for
from tui.settings.i18n import _
from tui.terminal import abilities, clipboard, opener, qr
from tui.terminal.bridge_asker import ask
from tui.terminal.bridge_places import forwarded, read_secrets
from tui.terminal.ladder import Chances, Way, ways
from tui.terminal.session import Session, SessionKind, detect

MAX_CHARACTERS = 10_000


def run(context: Context) -> int:
    """0 where a browser opened it, or what was asked for was done; 1 where it is only shown."""
    given = context.options.url
    link = check_url(sys.stdin.readline(MAX_CHARACTERS).strip() if given == "-" else given)
    session = detect(context.env, override=context.config.session.kind)
    return Opening(context, session, request_for(link)).go(context.options.way)


class Opening:
    """One link, from one place."""

    def __init__(self, context: Context, session: Session, request: OpenRequest) -> None:
        self._context = context
        self._session = session
        self._request = request
        self._output = context.output

    def go(self, wanted: str) -> int:
        """By the way that is wanted; without a wish by those that suit, until one has opened it."""
        if wanted:
            return self._by(Way(wanted))
        own = bool(self._context.config.commands.browser)
        browser = own or opener.can_open(self._session)
        helper = bool(forwarded(self._session.env)) and self._is_away
        order = ways(self._session, Chances(browser, helper))
        first = order[0] if order[0] in (Way.HERE, Way.OWN) else Way.COPY
        done = self._by(first)
        if done == Exit.DONE and first is not Way.COPY:
            return Exit.DONE
        if first is Way.OWN:
            self._by(Way.COPY)
        return self._by(Way.TEXT) or Exit.FAILED

    @property
    def _is_away(self) -> bool:
        return self._session.remote or self._session.kind is SessionKind.CONSOLE

    def _by(self, way: Way) -> int:
        link = self._request.shown
        match way:
            case Way.HERE:
                return self._here()
            case Way.OWN:
                return self._own()
            case Way.COPY:
                return self._copy(link)
            case Way.QR:
                return self._code(link)
            case Way.CLICK:
                return self._click(link)
            case Way.SEND:
                return self._send(link)
            case Way.TEXT:
                self._output.line(link.url)
                return Exit.DONE

    def _real(self) -> Link:
        return check_url(self._request.real()) if self._request.real else self._request.shown

    def _here(self) -> int:
        browser = self._context.config.commands.browser
        outcome = opener.open_url(
            self._real(), self._session, browser=browser, insist=True, sensitive=self._request.sensitive
        )
        if outcome.kind != opener.OPENED:
            self._output.note(_("No browser could be started here."))
            return Exit.FAILED
        return Exit.DONE

    def _own(self) -> int:
        wish = Wish(self._real().url, sensitive=self._request.sensitive)
        secrets = read_secrets(self._context.paths.helper_secrets)
        answer = ask(wish, forwarded(self._session.env), secrets)
        self._output.note(str(told(answer.kind)).format(host=self._request.shown.display_host))
        return Exit.DONE if answer.opened else Exit.FAILED

    def _copy(self, link: Link) -> int:
        able = abilities.detect(self._session.env, self._session)
        copied = clipboard.copy(link.url, self._session, able)
        handed = bool(copied.sequence) and sys.stderr.isatty()
        if handed:
            sys.stderr.write(copied.sequence)
        if copied.kind == clipboard.COPIED:
            self._output.note(_("Copied."))
        elif handed:
            self._output.note(_("Handed to the terminal to copy, if it can (OSC 52)."))
        else:
            self._output.note(_("There is no way to the clipboard here."))
        return Exit.DONE if handed or copied.kind == clipboard.COPIED else Exit.FAILED

    def _click(self, link: Link) -> int:
        """A hyperlink (OSC 8) where a terminal reads, else the address alone."""
        url = link.url
        quiet = abilities.detect(self._session.env, self._session).quiet
        self._output.line(
            f"\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\" if sys.stdout.isatty() and not quiet else url
        )
        return Exit.DONE

    def _send(self, link: Link) -> int:
        """A message to oneself, for the other devices."""
        from tui.cli.commands.post import deliver
        from tui.cli.session import open_session

        with open_session(self._context) as session:
            client = session.client
            if client.read_only:
                client.start()  # the open teleteam keeps the store in step; this is a line of our own
            room = session.wait(client.channels.direct(client.account.user_id))
            return deliver(self._context, session, Target(room), link.url)

    def _code(self, link: Link) -> int:
        """Black on white, whatever the terminal's colours are."""
        code = qr.rows(link)
        for row in code:
            self._output.line(f"\x1b[38;5;16;48;5;231m{row}\x1b[0m" if sys.stdout.isatty() else row)
        return Exit.DONE if code else Exit.FAILED

"""The ladder: opens a link by a way that fits where the person sits at that moment.

Invariant: the address with a secret in it is asked for in a thread, handed to a browser or the link helper
there, and never kept; everything else sees `OpenRequest.shown`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError, UserMistake
from tui.core.ids import ChannelId
from tui.core.links import Link, check_url
from tui.core.models import Target
from tui.core.opening import OpenRequest
from tui.settings.i18n import _
from tui.terminal.session import Session, SessionKind
from tui.ui.messages import Failed
from tui.ui.screens.main_show import Showing

if TYPE_CHECKING:
    from tui.terminal import opener
    from tui.terminal.bridge_asker import Told
    from tui.terminal.here import Here
    from tui.terminal.ladder import Chances, Way

T = TypeVar("T")


def _nothing() -> None:
    """For who need not hear that a link has left."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the person sits, what there is to open links with, and who hears of it."""

    session: Session
    chances: Chances
    left: Callable[[], object] = _nothing


class Opening(Showing):
    def open_request(
        self, request: OpenRequest, *, ask: bool = False, left: Callable[[], object] = _nothing
    ) -> None:
        """Opens it: at once where nothing speaks against it and the browser is here, else the person chooses.
        `ask`: in any case. `left` is called once the link is on its way: a browser took it here or at home,
        or the person took it along (copied, drawn, shown, sent); never where it was given up or failed.
        """
        size = self.app.size
        self.in_background(
            lambda: self._place_of(request, size.width, size.height),
            lambda place: self._open_from(replace(place, left=left), request, ask),
        )

    def _place_of(self, request: OpenRequest, width: int, height: int) -> _Place:
        """Looks at session, programs, helper; in a thread, for it may take seconds."""
        from tui.terminal import abilities, ladder, opener, qr, tmux
        from tui.terminal.bridge_asker import ready
        from tui.terminal.bridge_places import forwarded

        session = self.shared.where()
        away = session.remote or session.kind is SessionKind.CONSOLE
        secrets = self.shared.helper_secrets()
        inner = tmux.options(session.env) if session.multiplexer == "tmux" else None
        able = abilities.detect(session.env, session)
        chances = ladder.Chances(
            browser=opener.can_open(session, self.shared.config.commands.browser),
            helper=away and _is_https(request) and ready(forwarded(session.env), secrets).opened,
            click=ladder.can_click(session, able, inner),
            code=qr.fits(qr.rows(request.shown), width, height),
            send=not self.shared.client.read_only,
        )
        return _Place(session, chances)

    def _open_from(self, place: _Place, request: OpenRequest, ask: bool) -> None:
        """Over a line the ladder is shown; here only for meetings and where something speaks against it."""
        away = place.session.remote or not place.chances.browser
        if ask or away or request.careful or request.meeting:
            self._ask_how(place, request)
        else:
            self._open_here(place, request)

    def _ask_how(self, place: _Place, request: OpenRequest) -> None:
        from tui.terminal.ladder import ways
        from tui.ui.screens.link import LinkScreen

        kind, host = place.session.kind.value, request.shown.host
        offered = ways(
            place.session,
            place.chances,
            meeting=request.meeting,
            careful=request.careful,
            remembered=self.shared.client.ways.last(kind, host),
        )
        dialog = LinkScreen(request, place.session, offered)
        self.app.push_screen(dialog, lambda way: self._way_chosen(way, place, request))

    def _way_chosen(self, chosen: str | None, place: _Place, request: OpenRequest) -> None:
        from tui.terminal.ladder import Way

        if not chosen:
            return
        if chosen not in set(Way):
            self.action_do_doctor()
            return
        if not request.careful:
            self.shared.client.ways.remember(place.session.kind.value, request.shown.host, chosen)
        self._go_by(Way(chosen), place, request)

    def _go_by(self, way: Way, place: _Place, request: OpenRequest) -> None:
        from tui.terminal.ladder import Way
        from tui.ui.screens.bare_link import BareLink
        from tui.ui.screens.qr import QrScreen

        link = request.shown
        match way:
            case Way.HERE:
                self._open_here(place, request)
            case Way.OWN:
                self._open_at_home(place, request)
            case Way.COPY:
                self.copy(link.url)
            case Way.CLICK | Way.TEXT:
                self.app.push_screen(BareLink(link, request.label, click=way is Way.CLICK))
            case Way.QR:
                self.app.push_screen(QrScreen(link))
            case Way.SEND:
                self._send_to_myself(place, request)
        if way not in (Way.HERE, Way.OWN, Way.SEND):  # these may fail yet, and say so themselves
            place.left()

    # here
    def _open_here(self, place: _Place, request: OpenRequest) -> None:
        from tui.terminal import opener

        browser = self.shared.config.commands.browser

        def start() -> opener.Outcome:
            return opener.open_url(
                _real(request),
                place.session,
                browser=browser,
                meeting=request.meeting,
                insist=True,
                sensitive=request.sensitive,
            )

        self.in_background(start, lambda outcome: self._opened_here(outcome, place, request))

    def _opened_here(self, outcome: opener.Outcome, place: _Place, request: OpenRequest) -> None:
        from tui.terminal import opener

        if outcome.kind == opener.OPENED:
            self.tell(_("Opened in the browser: {host}").format(host=request.shown.display_host))
            place.left()
            return
        if outcome.kind == opener.UNSAFE:
            self.tell(_("There is no private place here to hand the link over by."), alarm=True)
        else:
            self.tell(_("No browser could be started here."), alarm=True)
        self._ask_how(_without_browser(place), request)

    # on the person's own computer
    def _open_at_home(self, place: _Place, request: OpenRequest) -> None:
        from tui.core.bridge_wire import Wish
        from tui.terminal.bridge_asker import ask
        from tui.terminal.bridge_places import forwarded

        self.tell(_("Asking your own computer …"))

        def start() -> Told:
            env = self.shared.where().env
            url = _real(request).url
            wish = Wish(url, request.label, request.meeting, request.sensitive)
            return ask(wish, forwarded(env), self.shared.helper_secrets())

        self.in_background(start, lambda told: self._told_at_home(told, place, request))

    def _told_at_home(self, told: Told, place: _Place, request: OpenRequest) -> None:
        from tui.client.wording.opening import told as words

        said = str(words(told.kind)).format(host=request.shown.display_host)
        self.tell(said, alarm=not told.opened)
        if told.opened:
            place.left()

    # by a message
    def _send_to_myself(self, place: _Place, request: OpenRequest) -> None:
        asked = self.shared.client.channels.direct(self.shared.client.account.user_id)
        asked.add_done_callback(lambda done: self.app.call_later(self._send_link, done, place, request.shown))

    def _send_link(self, done: Future[ChannelId], place: _Place, link: Link) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self.post_message(Failed(error))
        elif not done.cancelled():
            try:
                self.shared.client.posts.send_card(Target(done.result()), link.url, {})
            except TeleteamError as failed:
                self.tell(sentence(failed), alarm=True)
                return
            self.tell(_("Sent to yourself: it is in your direct messages on every device."))
            place.left()

    def action_do_doctor(self) -> None:
        """What this terminal and session can do, and how to get more."""
        from tui.ui.screens.abilities import AbilitiesScreen, look_here

        def show(seen: Here) -> None:
            self.app.push_screen(AbilitiesScreen(seen))

        self.in_background(lambda: look_here(self.shared), show)

    # for all of them
    def copy(self, text: str) -> None:
        """The clipboard's part; see `main_links`."""

    def in_background(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Runs `work` in a thread (it may take seconds) and `then` here with what it gave."""

        async def run() -> None:
            try:
                then(await asyncio.to_thread(work))
            except (TeleteamError, OSError) as error:
                self.tell(sentence(error), alarm=True)

        self.run_worker(run(), group="outside", exit_on_error=False)


def _is_https(request: OpenRequest) -> bool:
    """The link helper takes nothing else."""
    return request.shown.url.startswith("https://")


def _real(request: OpenRequest) -> Link:
    """The address for the browser, checked; UserMistake where it leads to another host than was shown."""
    if request.real is None:
        return request.shown
    link = check_url(request.real())
    if link.host != request.shown.host:
        raise UserMistake("tele.input.url")
    return link


def _without_browser(place: _Place) -> _Place:
    return replace(place, chances=replace(place.chances, browser=False))

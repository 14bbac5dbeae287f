"""The ladder: opens a link by a way that fits where the person sits at that moment.

Invariant: the address with a secret in it is asked for in a thread, handed to a browser or the link helper
there, and never kept; everything else sees `OpenRequest.shown`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError, UserMistake
from tui.core.ids import ChannelId
from tui.core.links import Link, check_url
from tui.core.models import Target
from tui.core.opening import OpenRequest
from tui.core.values import dataclass
from tui.settings.i18n import _
from tui.terminal.session import Session, SessionKind
from tui.ui.desks.desk import Desk
from tui.ui.messages import Failed

if TYPE_CHECKING:
    from tui.terminal import opener
    from tui.terminal.bridge_asker import Told
    from tui.terminal.here import Here
    from tui.terminal.ladder import Chances, Way


def _nothing() -> None:
    """For who need not hear that a link has left."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the person sits, what there is to open links with, and who hears of it."""

    session: Session
    chances: Chances
    left: Callable[[], object] = _nothing


class Ladder(Desk):
    def open_request(
        self, request: OpenRequest, *, ask: bool = False, left: Callable[[], object] = _nothing
    ) -> None:
        """Opens it: at once where nothing speaks against it and the browser is here, else the person chooses.
        `ask`: in any case. `left` is called once the link is on its way: a browser took it here or at home,
        or the person took it along (copied, drawn, shown, sent); never where it was given up or failed.
        """
        size = self.screen.app.size
        self.screen.in_background(
            lambda: self._place_of(request, size.width, size.height),
            lambda place: self._open_from(replace(place, left=left), request, ask),
        )

    def _place_of(self, request: OpenRequest, width: int, height: int) -> _Place:
        """Looks at session, programs, helper; in a thread, for it may take seconds."""
        from tui.terminal import abilities, ladder, opener, qr, tmux
        from tui.terminal.bridge_asker import ready
        from tui.terminal.bridge_places import forwarded

        session = self.screen.shared.where()
        away = session.remote or session.kind is SessionKind.CONSOLE
        secrets = self.screen.shared.helper_secrets()
        inner = tmux.options(session.env) if session.multiplexer == "tmux" else None
        able = abilities.detect(session.env, session)
        chances = ladder.Chances(
            browser=opener.can_open(session, self.screen.shared.config.commands.browser),
            helper=away and _is_https(request) and ready(forwarded(session.env), secrets).opened,
            click=ladder.can_click(session, able, inner),
            code=qr.fits(qr.rows(request.shown), width, height),
            send=not self.client.read_only,
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
            remembered=self.client.ways.last(kind, host),
        )
        dialog = LinkScreen(request, place.session, offered)
        self.push(dialog, lambda way: self._way_chosen(way, place, request))

    def _way_chosen(self, chosen: str | None, place: _Place, request: OpenRequest) -> None:
        from tui.terminal.ladder import Way

        if not chosen:
            return
        if chosen not in set(Way):
            self.doctor()
            return
        if not request.careful:
            self.client.ways.remember(place.session.kind.value, request.shown.host, chosen)
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
                self.screen.copy(link.url)
            case Way.CLICK | Way.TEXT:
                self.push(BareLink(link, request.label, click=way is Way.CLICK))
            case Way.QR:
                self.push(QrScreen(link))
            case Way.SEND:
                self._send_to_myself(place, request)
        if way not in (Way.HERE, Way.OWN, Way.SEND):  # these may fail yet, and say so themselves
            place.left()

    # here
    def _open_here(self, place: _Place, request: OpenRequest) -> None:
        from tui.terminal import opener

        browser = self.screen.shared.config.commands.browser

        def start() -> opener.Outcome:
            return opener.open_url(
                _real(request),
                place.session,
                browser=browser,
                meeting=request.meeting,
                insist=True,
                sensitive=request.sensitive,
            )

        self.screen.in_background(start, lambda outcome: self._opened_here(outcome, place, request))

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
            env = self.screen.shared.where().env
            url = _real(request).url
            wish = Wish(url, request.label, request.meeting, request.sensitive)
            return ask(wish, forwarded(env), self.screen.shared.helper_secrets())

        self.screen.in_background(start, lambda told: self._told_at_home(told, place, request))

    def _told_at_home(self, told: Told, place: _Place, request: OpenRequest) -> None:
        from tui.client.wording.opening import told as words

        said = str(words(told.kind)).format(host=request.shown.display_host)
        self.tell(said, alarm=not told.opened)
        if told.opened:
            place.left()

    # by a message
    def _send_to_myself(self, place: _Place, request: OpenRequest) -> None:
        asked = self.client.channels.direct(self.client.account.user_id)
        asked.add_done_callback(
            lambda done: self.screen.app.call_later(self._send_link, done, place, request.shown)
        )

    def _send_link(self, done: Future[ChannelId], place: _Place, link: Link) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self.screen.post_message(Failed(error))
        elif not done.cancelled():
            try:
                self.client.posts.send_card(Target(done.result()), link.url, {})
            except TeleteamError as failed:
                self.tell(sentence(failed), alarm=True)
                return
            self.tell(_("Sent to yourself: it is in your direct messages on every device."))
            place.left()

    def doctor(self) -> None:
        """What this terminal and session can do, and how to get more."""
        from tui.ui.screens.abilities import AbilitiesScreen, look_here

        def show(seen: Here) -> None:
            self.push(AbilitiesScreen(seen))

        self.screen.in_background(lambda: look_here(self.screen.shared), show)


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

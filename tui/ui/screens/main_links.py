"""What leaves the window: links, meetings, the clipboard, the external editor.

Invariant: a URL of others goes through `core.links.check_url` first; a browser is started, or the link shown
to copy, by where the person sits at that moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual import on
from textual.app import SuspendNotSupported

from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError, UserMistake
from tui.core.links import Link, check_url, join_url, parse_permalink, redact_tokens
from tui.core.markdown import parse
from tui.core.models import Post
from tui.core.spans import document_links
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.terminal import abilities, clipboard, opener
from tui.terminal.session import Session
from tui.ui.external_editor import edit_text
from tui.ui.messages import LinkChosen
from tui.ui.panels.composer import Composer
from tui.ui.screens.link import LinkScreen
from tui.ui.screens.main_show import Showing
from tui.ui.screens.picker import Offer, Picker
from tui.ui.screens.qr import QrScreen
from tui.ui.widgets.attachments import attachment_links

T = TypeVar("T")


class Linking(Showing):
    # opening
    @on(LinkChosen)
    def _link_chosen(self, event: LinkChosen) -> None:
        event.stop()
        self.open_link(event.url)

    def open_link(self, url: str, *, meeting: bool = False, topic: str = "") -> None:
        """Opens a link of others: a message of our own server here, all else in the person's browser."""
        try:
            link = check_url(url)
        except UserMistake as mistake:
            self.tell(sentence(mistake), alarm=True)
            return
        post_id = parse_permalink(self._site(), link.url)
        if post_id and self.shared.client.posts.get(post_id) is not None:
            self.show_post(post_id)
            return
        self.in_background(self.shared.where, lambda session: self._open(link, session, meeting, topic))

    def _open(self, link: Link, session: Session, meeting: bool, topic: str) -> None:
        """Asks first where the link may deceive or where its browser is not here."""
        if link.warnings or session.remote or meeting:
            self._ask_how(link, session, meeting, topic)
        else:
            self._start_browser(link, session, meeting, insist=False)

    def _ask_how(self, link: Link, session: Session, meeting: bool, topic: str = "") -> None:
        dialog = LinkScreen(link, session, meeting=meeting, topic=topic)
        self.app.push_screen(dialog, lambda how: self._how_chosen(how, link, session, meeting))

    def _how_chosen(self, how: str | None, link: Link, session: Session, meeting: bool) -> None:
        if how == "open":
            self._start_browser(link, session, meeting, insist=True)
        elif how == "copy":
            self.copy(link.url)
        elif how == "qr":
            self.app.push_screen(QrScreen(link))

    def _start_browser(self, link: Link, session: Session, meeting: bool, *, insist: bool) -> None:
        browser = self.shared.config.commands.browser

        def start() -> opener.Outcome:
            return opener.open_url(link, session, browser=browser, meeting=meeting, insist=insist)

        self.in_background(start, lambda outcome: self._opened_link(outcome, link, session, meeting))

    def _opened_link(self, outcome: opener.Outcome, link: Link, session: Session, meeting: bool) -> None:
        if outcome.kind == opener.OPENED:
            self.tell(_("Opened in the browser: {host}").format(host=link.display_host))
        else:
            self.tell(_("No browser could be started here."), alarm=True)
            self._ask_how(link, session, meeting)

    def _site(self) -> str:
        return self.shared.client.server_config().text("SiteURL") or self.shared.client.account.url

    # what a message holds
    def _post_open(self, row: PostRow) -> None:
        """Its link or file; asks which where there are several."""
        offers = self.openable(row.post)
        if len(offers) == 1:
            self.open_link(offers[0].key)
        elif offers:
            dialog = Picker(_("Open"), lambda _text: offers)
            self.app.push_screen(dialog, lambda url: self.open_link(url) if url else None)
        else:
            self.tell(_("There is nothing to open in this message."))

    def openable(self, post: Post) -> list[Offer]:
        """Links and files of a message, each address once."""
        found = [
            Offer(span.target, redact_tokens(span.text), span.host, "→")
            for span in document_links(parse(post.message, self.context.markdown(post)))
        ]
        context = self.context.markdown(post)
        found += [Offer(url, title, "", "→") for title, url in attachment_links(post, context)]
        base = self.shared.client.account.url
        found += [
            Offer(join_url(base, f"api/v4/files/{file.id}?download=1"), file.name, _("in the browser"), "▤")
            for file in post.files
        ]
        return list({offer.key: offer for offer in found}.values())

    def _post_join(self, row: PostRow) -> None:
        meeting = self.shared.client.meetings.of(row.post)
        if meeting is not None:
            self.open_link(meeting.link, meeting=True, topic=meeting.topic)

    def action_do_meeting(self) -> None:
        """Joins the newest meeting of this channel, or asks the server's plugin for one."""
        meeting = self.shared.client.meetings.latest(self.channel_id)
        if meeting is not None:
            self.open_link(meeting.link, meeting=True, topic=meeting.topic)
        elif self.shared.client.commands.is_known("jitsi"):
            self.composer.editor.load("/jitsi ")
            self.composer.editor.focus()
            self.tell(_("Enter starts a meeting in this channel."))
        else:
            self.tell(_("There is no meeting in this channel."))

    # the clipboard
    def copy(self, text: str) -> None:
        """Copies to the clipboard of the place where the person sits, as far as there is a way."""

        def work() -> clipboard.Copied:
            session = self.shared.where()
            return clipboard.copy(text, session, abilities.detect(session.env, session))

        self.in_background(work, self._copied)

    def _copied(self, copied: clipboard.Copied) -> None:
        if copied.sequence:
            self.tele.send_own(copied.sequence)
        if copied.kind == clipboard.COPIED:
            self.tell(_("Copied."))
        elif copied.kind == clipboard.HANDED_OVER:
            self.tell(_("Handed to the terminal to copy, if it can (OSC 52)."))
        else:
            self.tell(_("There is no way to the clipboard here. Mark the text with Shift and the mouse."))

    # the editor
    def edit_outside(self, composer: Composer) -> None:
        """Writes on in the person's own editor; the screen waits."""
        try:
            with self.app.suspend():
                text = edit_text(composer.editor.text, self.shared.config.commands.editor)
        except SuspendNotSupported:
            self.tell(_("An external editor cannot be opened here."), alarm=True)
            return
        except OSError as error:
            self.tell(
                _("The editor could not be started: {what}").format(what=error.strerror or ""), alarm=True
            )
            return
        composer.editor.replace(0, len(composer.editor.text), text)
        composer.editor.focus()

    def in_background(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Runs `work` in a thread (it may take seconds) and `then` here with what it gave."""

        async def run() -> None:
            try:
                then(await asyncio.to_thread(work))
            except (TeleteamError, OSError) as error:
                self.tell(sentence(error), alarm=True)

        self.run_worker(run(), group="outside", exit_on_error=False)

"""What leaves the window: links, meetings, the clipboard, the external editor.

Invariant: a URL of others goes through `core.links.check_url` first; how it is opened is `main_open`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import SuspendNotSupported

from tui.client.wording.errors import sentence
from tui.client.wording.plugin_posts import plugin_kind, plugin_line
from tui.core.errors import UserMistake
from tui.core.links import check_url, join_url, parse_permalink
from tui.core.meetings import Meeting
from tui.core.models import Post
from tui.core.opening import request_for
from tui.core.post_links import PostLink, links_among, links_of
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.messages import LinkChosen
from tui.ui.panels.composer import Composer
from tui.ui.screens.main_open import Opening
from tui.ui.screens.picker import Offer

if TYPE_CHECKING:
    from tui.terminal.clipboard import Copied

LOOK_BACK = 1_000
"""Messages of a channel whose links are listed."""


MOST_BESIDE = 24
"""Characters beside a target: it is the target that must be seen."""


class Linking(Opening):
    # opening
    @on(LinkChosen)
    def _link_chosen(self, event: LinkChosen) -> None:
        event.stop()
        self.open_link(event.url)

    def open_link(self, url: str, *, text: str = "", deceives: bool = False, ask: bool = False) -> None:
        """Opens a link of others: a message of our own server here, all else in the person's browser. `text`
        is what its author wrote for it; `deceives` = that names another address.
        """
        try:
            link = check_url(url)
        except UserMistake as mistake:
            self.tell(sentence(mistake), alarm=True)
            return
        post_id = parse_permalink(self._site(), link.url)
        if post_id and not ask:
            self.show_post(post_id)
            return
        from tui.client.wording.opening import DECEIVES

        warnings = (str(DECEIVES),) if deceives and not link.warnings else ()
        self.open_request(request_for(link, label=text, warnings=warnings), ask=ask)

    def _site(self) -> str:
        return self.shared.client.server_config().text("SiteURL") or self.shared.client.account.url

    # what a message holds
    def _post_open(self, row: PostRow, *, ask: bool = False) -> None:
        """Its link or file; asks which where there are several."""
        found = self.openable(row.post)
        if len(found) == 1:
            self._open_found(found[0], ask=ask)
        elif found:
            self._choose_among(_("Open"), found, ask=ask)
        else:
            self.tell(_("There is nothing to open in this message."))

    def _post_open_how(self, row: PostRow) -> None:
        """The same, and in any case a choice of ways."""
        self._post_open(row, ask=True)

    def openable(self, post: Post) -> list[PostLink]:
        """Links and files of a message, each address once."""
        found = list(links_of(post, self.context.markdown(post), self.shared.client.meetings.of(post)))
        base = self.shared.client.account.url
        found += [
            PostLink(join_url(base, f"api/v4/files/{file.id}?download=1"), file.name, post, file=True)
            for file in post.files
        ]
        if plugin_line(post):
            found.append(PostLink(self.shared.client.posts.permalink(post.id), plugin_kind(post), post))
        return found

    def action_do_links(self) -> None:
        """All links of this channel, the newest first."""
        client = self.shared.client
        posts = client.posts.newest(self.channel_id, LOOK_BACK)
        found = links_among(posts, self.context.markdown, client.meetings.of)
        if found:
            self._choose_among(_("Links of this channel"), found, said=True)
        else:
            self.tell(_("There is no link in this channel."))

    def _choose_among(
        self, title: str, found: Sequence[PostLink], *, ask: bool = False, said: bool = False
    ) -> None:
        """`said`: with who wrote it."""
        from tui.ui.screens.link_list import LinkList

        offers = [
            Offer(str(n), link.title, self._beside(link, said=said), link.sign)
            for n, link in enumerate(found)
        ]

        def chosen(key: str | None) -> None:
            if key:
                self._open_found(found[int(key)], ask=ask)

        self.app.push_screen(LinkList(title, offers), chosen)

    def _beside(self, link: PostLink, *, said: bool) -> str:
        """What its author wrote for it, and, in a list of many, who that was."""
        text = _("in the browser") if link.file else link.text
        if not said:
            return text
        name = self.shared.client.people.name(link.post.user_id)
        words = " · ".join(filter(None, (text, name)))
        return words if len(words) <= MOST_BESIDE else f"{words[: MOST_BESIDE - 1]}…"

    def _open_found(self, link: PostLink, *, ask: bool) -> None:
        ask = ask or link.target == self.shared.client.posts.permalink(link.post.id)  # a plugin's own post
        meeting = None if link.file else self.shared.client.meetings.behind(link.post, link.target)
        if meeting is not None and (link.meeting or (meeting.certain and not link.deceives)):
            self._join(meeting)
        else:
            self.open_link(link.target, text=link.text, deceives=link.deceives, ask=ask)

    def _join(self, meeting: Meeting) -> None:
        """Joining a meeting; see `main_meetings`."""

    # the clipboard
    def copy(self, text: str) -> None:
        """Copies to the clipboard of the place where the person sits, as far as there is a way."""
        from tui.terminal import abilities, clipboard

        def work() -> clipboard.Copied:
            session = self.shared.where()
            return clipboard.copy(text, session, abilities.detect(session.env, session))

        self.in_background(work, self._copied)

    def _copied(self, copied: Copied) -> None:
        from tui.terminal import clipboard

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
        from tui.ui.external_editor import edit_text

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

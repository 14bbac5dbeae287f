"""Links: those of a message, those of a channel, and one that was chosen.

Invariant: a URL of others goes through `core.links.check_url` first; how it is opened is `main_open`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.client.wording.errors import sentence
from tui.client.wording.plugin_posts import plugin_kind, plugin_line
from tui.core.errors import UserMistake
from tui.core.links import check_url, join_url, parse_permalink
from tui.core.meetings import Meeting
from tui.core.models import FileInfo, Post
from tui.core.opening import request_for
from tui.core.post_links import PostLink, links_among, links_of
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.screens.main_open import Ladder
from tui.ui.screens.picker import Offer

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing

LOOK_BACK = 1_000
"""Messages of a channel whose links are listed."""
MOST_BESIDE = 24
"""Characters beside a target: it is the target that must be seen."""


class LinkDesk(Desk):
    """`join` asks how to join a meeting, `look_into` what to do with a file of the server."""

    def __init__(
        self,
        screen: Showing,
        ladder: Ladder,
        *,
        join: Callable[[Meeting], None],
        look_into: Callable[[FileInfo, PostLink], None],
    ) -> None:
        super().__init__(screen)
        self._ladder = ladder
        self._join = join
        self._look_into = look_into

    # opening
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
            self.screen.show_post(post_id)
            return
        from tui.client.wording.opening import DECEIVES

        warnings = (str(DECEIVES),) if deceives and not link.warnings else ()
        self._ladder.open_request(request_for(link, label=text, warnings=warnings), ask=ask)

    def _site(self) -> str:
        return self.client.server_config().text("SiteURL") or self.client.account.url

    # what a message holds
    def open_post(self, row: PostRow, *, ask: bool = False) -> None:
        """Its link or file; asks which where there are several. `ask`: and in any case by which way."""
        found = self.openable(row.post)
        if len(found) == 1:
            self._open_found(found[0], ask=ask)
        elif found:
            self._choose_among(_("Open"), found, ask=ask)
        else:
            self.tell(_("There is nothing to open in this message."))

    def openable(self, post: Post) -> list[PostLink]:
        """Links and files of a message, each address once."""
        found = list(links_of(post, self.screen.context.markdown(post), self.client.meetings.of(post)))
        base = self.client.account.url
        found += [
            PostLink(join_url(base, f"api/v4/files/{file.id}?download=1"), file.name, post, file=True)
            for file in post.files
        ]
        if plugin_line(post):
            found.append(PostLink(self.client.posts.permalink(post.id), plugin_kind(post), post))
        return found

    def of_channel(self) -> None:
        """All links of this channel, the newest first."""
        client = self.client
        posts = client.posts.newest(self.channel_id, LOOK_BACK)
        found = links_among(posts, self.screen.context.markdown, client.meetings.of)
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

        self.push(LinkList(title, offers), chosen)

    def _beside(self, link: PostLink, *, said: bool) -> str:
        """What its author wrote for it, and, in a list of many, who that was."""
        text = _("in the browser") if link.file else link.text
        if not said:
            return text
        name = self.client.people.name(link.post.user_id)
        words = " · ".join(filter(None, (text, name)))
        return words if len(words) <= MOST_BESIDE else f"{words[: MOST_BESIDE - 1]}…"

    def _open_found(self, link: PostLink, *, ask: bool) -> None:
        file = next((one for one in link.post.files if link.file and one.id in link.target), None)
        if file is not None:
            self._look_into(file, link)
        else:
            self.open_found(link, ask=ask)

    def open_found(self, link: PostLink, *, ask: bool = False) -> None:
        """A file too goes by its address, to the browser."""
        ask = ask or link.target == self.client.posts.permalink(link.post.id)  # a plugin's own post
        meeting = None if link.file else self.client.meetings.behind(link.post, link.target)
        if meeting is not None and (link.meeting or (meeting.certain and not link.deceives)):
            self._join(meeting)
        else:
            self.open_link(link.target, text=link.text, deceives=link.deceives, ask=ask)

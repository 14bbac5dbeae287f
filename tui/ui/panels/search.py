"""Searching: the store answers while one types, the server on Enter.

Invariant: what stands in the list belongs to the query above it; an answer that comes late for an older
query is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from textual import on
from textual.app import ComposeResult

from tui.core.ids import PostId
from tui.core.models import Post
from tui.core.safe_text import safe_line
from tui.core.search_help import accepted
from tui.settings.i18n import _
from tui.ui.messages import Failed, Searched
from tui.ui.panels.hits import Hits
from tui.ui.shared import Shared
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.hit_rows import HitRow
from tui.ui.widgets.text_lines import TextLines, plain

LEAST = 2
"""Letters from which on the store is asked."""


class Search(Hits):
    """`scope` is put before every query ("in:town-square"), "" for everywhere."""

    def __init__(self, shared: Shared, to_rows: Callable[[Sequence[Post]], list[HitRow]]) -> None:
        super().__init__(shared, self._found, id="search")
        self._to_rows = to_rows
        self._posts: Sequence[Post] = ()
        self._scope = ""
        self.editor = Editor(id="search-input")
        self.editor.first_refusal = self._key_for_help
        self.help_line = TextLines(plain(""), most=1, id="search-help")
        self._asking = False

    def compose(self) -> ComposeResult:
        yield self.editor
        yield self.help_line
        yield self.list

    def ask(self, scope: str) -> None:
        """Starts a search within `scope`."""
        self._scope = scope
        self.editor.say(_("Search in this channel") if scope else _("Search everywhere"))
        self.editor.load("")
        self._posts = ()
        self._show_help()
        self._say_what()
        self.read()

    def focus_inside(self) -> None:
        self.editor.focus()

    @property
    def _writing(self) -> bool:
        """Whether the input line has the focus, at once: `has_focus` is late for quick keys."""
        return self.app.focused is self.editor

    def action_do_open(self) -> None:
        """Enter: in the input line asks the server, in the list goes to the message."""
        if self._writing:
            self._ask_server()
        else:
            super().action_do_open()

    def action_do_down(self) -> None:
        if self._writing:
            self.list.focus()
            self.list.move_first()
        else:
            super().action_do_down()

    @property
    def query_text(self) -> str:
        return f"{self._scope} {self.editor.text}".strip()

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()
        self._look()

    def _look(self) -> None:
        """The store answers for what stands there now."""
        long_enough = len(self.editor.text.strip()) >= LEAST
        self._posts = self._shared.client.search.local(self.query_text) if long_enough else ()
        self._show_help()
        self._say_what()
        self.read()

    def _say_what(self) -> None:
        """The messages of the channel mark what is searched for in it."""
        words = self.editor.text if self._scope else ""
        self.post_message(Searched(words if len(words.strip()) >= LEAST else ""))

    def beside(self, post_id: PostId, *, above: bool) -> PostId:
        """The next hit above or below a message, "" where there is none; of no message: the newest."""
        here = next((n for n, post in enumerate(self._posts) if post.id == post_id), None)
        if here is not None:
            place = here + 1 if above else here - 1
            return self._posts[place].id if 0 <= place < len(self._posts) else ""
        at = self._shared.client.posts.get(post_id)
        key = (at.create_at, at.id) if at is not None else (1 << 62, "")
        older = [post for post in self._posts if (post.create_at, post.id) < key]
        newer = [post for post in self._posts if (post.create_at, post.id) > key]
        found = older[:1] if above else newer[-1:]
        return found[0].id if found else ""

    def _key_for_help(self, key: str) -> bool:
        """Tab takes the first offer; where there is none it goes on to the next area."""
        offers = self._offers() if key == "tab" else ()
        if offers:
            self.editor.load(accepted(self.editor.text, offers[0]))
            self._look()
        return bool(offers)

    def _offers(self) -> tuple[str, ...]:
        return self._shared.client.search.offers(self.editor.text)

    def read(self) -> None:
        self._empty = _("Nothing found.") if self.editor.text.strip() else _("Write what you look for.")
        super().read()

    def _show_help(self) -> None:
        """What Tab would take, else what one may write."""
        offers = self._offers()
        if offers:
            words = _("Tab: {offers}").format(offers="  ".join(safe_line(offer, 60) for offer in offers))
        elif self._asking:
            words = _("Asking the server …")
        elif self.editor.text.strip():
            words = _("Enter asks the server, too")
        else:
            words = 'from: in: before: after: on: -… "…" #…'
        self.help_line.show(plain(f" {words}", "muted"))

    def _ask_server(self) -> None:
        if not self.editor.text.strip():
            return
        query = self.query_text
        self._asking = True
        self._show_help()
        asked = self._shared.client.search.server(query)
        asked.add_done_callback(lambda done: self.app.call_later(self._answered, query, done))

    def _answered(self, query: str, done: Future[tuple[Post, ...]]) -> None:
        self._asking = False
        self._show_help()
        if query != self.query_text or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            self.post_message(Failed(error))
            return
        known = {post.id for post in self._posts}
        merged = [*self._posts, *(post for post in done.result() if post.id not in known)]
        self._posts = sorted(merged, key=lambda post: (post.create_at, post.id), reverse=True)
        self.read()

    def _found(self) -> list[HitRow]:
        return [replace(row, query=self.editor.text) for row in self._to_rows(self._posts)]

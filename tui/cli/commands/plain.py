"""`teleteam --plain`: lines instead of a screen, for screen readers and very plain terminals.

Invariant: output is only ever appended; a line that is typed goes to the target that was named last, and that
target is told after each change.
"""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Mapping

from tui.cli.commands.post import SEND_SECONDS, wait_sent
from tui.cli.commands.read import know_authors, newest, show
from tui.cli.commands.tail import Tail
from tui.cli.commands.unread import print_unread
from tui.cli.context import Context
from tui.cli.session import Session, open_session
from tui.cli.target import find, parse
from tui.cli.texts import sentence
from tui.core.errors import TeleteamError
from tui.core.models import Target
from tui.core.safe_text import safe_line
from tui.settings.i18n import _

LOOK_SECONDS = 0.2
READ_COUNT = 10


def run(context: Context) -> int:
    """Reads lines until /quit or the end of the input."""
    context.options.json = False
    with open_session(context) as session:
        Plain(context, session).run()
        return session.verdict()


class Plain:
    """The conversation of one person with the program."""

    def __init__(self, context: Context, session: Session) -> None:
        self._context = context
        self._session = session
        self._say = context.output.line
        self._tail = Tail(session)
        self._target: Target | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._verbs: Mapping[str, Callable[[str], None]] = {
            "/to": self._to,
            "/read": self._read,
            "/unread": lambda _rest: print_unread(context, session, ""),
            "/help": self._help,
        }

    def run(self) -> None:
        """Prints what comes in, does what is typed."""
        self._say(_("teleteam, line by line. /help says what there is."))
        print_unread(self._context, self._session, "")
        threading.Thread(target=self._listen, name="input", daemon=True).start()
        while True:
            self._show_new()
            try:
                line = self._lines.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            if line is None or line.strip() == "/quit":
                return
            self._do(line.strip())

    def _listen(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        self._lines.put(None)

    def _show_new(self) -> None:
        posts = self._tail.wait(0.01)
        know_authors(self._session, posts)
        show(self._context, self._session, posts, channel=True)
        self._context.output.flush()

    def _do(self, line: str) -> None:
        """One line; what goes wrong is said, and the conversation goes on."""
        word, _blank, rest = line.partition(" ")
        try:
            if word in self._verbs:
                self._verbs[word](rest.strip())
            elif line:
                self._send(line)
        except TeleteamError as error:
            self._say(sentence(error))

    def _help(self, _rest: str) -> None:
        self._say(_("/to TARGET: write there from now on. /read: the newest messages there."))
        self._say(_("/unread: what is unread. /quit: leave. Everything else is sent."))

    def _to(self, rest: str) -> None:
        wanted = parse(rest, self._session.client.account.url)
        self._target = find(self._session, wanted, create=True)
        title = safe_line(self._session.client.channels.title(self._target.channel_id))
        self._say(_("Writing to {channel}.").format(channel=title))

    def _read(self, rest: str) -> None:
        if self._target is None:
            self._say(_("Where? First say /to TARGET."))
            return
        count = int(rest) if rest.isdecimal() and 0 < int(rest) <= 200 else READ_COUNT
        show(self._context, self._session, newest(self._session, self._target, count))

    def _send(self, text: str) -> None:
        if self._target is None:
            self._say(_("Where? First say /to TARGET."))
            return
        sent = self._session.client.posts.send(self._target, text)
        if sent.item is None:
            return
        left = wait_sent(self._session.client, sent.item.cid, SEND_SECONDS)
        self._say(
            _("Sent.") if left is None else _("Queued; it is sent as soon as teleteam is online again.")
        )

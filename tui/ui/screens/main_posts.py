"""What is done with single messages: sending, editing, deleting, reacting, opening, copying.

Invariant: the composer is emptied only after the client has the text on disk; a link of others is checked
by `core.links` before anything else happens to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.client.commands import CommandRun, Goto
from tui.client.posts import HELD
from tui.client.wording.errors import sentence
from tui.client.wording.states import outbox_state
from tui.core.errors import TeleteamError, UserMistake
from tui.core.meetings import shown_message
from tui.core.models import OutboxItem, Post, Target
from tui.core.safe_text import safe, safe_line, shorten
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.keys import shown_key
from tui.ui.local_commands import local_action, meet_topic, pair_name
from tui.ui.messages import Failed
from tui.ui.panels.composer import Composer, Submission
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.full_post import FullPost
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing

EXCERPT = 300


class PostDesk(Desk):
    """What other desks do is handed in by name: `meet` starts a meeting (False = not now, and that was said),
    `add_file` attaches or proposes a folder, `hold_back` keeps a message a moment, `pair` is `/pair @name`.
    """

    def __init__(
        self,
        screen: Showing,
        *,
        meet: Callable[[Target, str], bool],
        add_file: Callable[[Composer, str], None],
        hold_back: Callable[[OutboxItem], None],
        pair: Callable[[Submission, str], None],
        open_link: Callable[[str], None],
        emojis: Callable[[str], list[Offer]],
    ) -> None:
        super().__init__(screen)
        self._meet = meet
        self._add_file = add_file
        self._hold_back = hold_back
        self._pair = pair
        self._open_link = open_link
        self._emojis = emojis

    # sending
    def submit(self, given: Submission) -> None:
        """Sends a text, after a question where there is a doubt."""
        doubt = given.composer.doubts(given.text)
        if doubt:
            dialog = Confirm(_("Send?"), doubt, _("Send"))
            self.push(dialog, lambda yes: self._send(given) if yes else None)
        else:
            self._send(given)

    def _send(self, given: Submission, *, as_text: bool = False) -> None:
        posts, composer = self.client.posts, given.composer
        try:
            if given.edits:
                posts.edit(given.edits, given.text)
            elif name := "" if as_text else pair_name(given.text):
                self._pair(given, name)
                return
            elif (topic := meet_topic(given.text)) is not None:
                if self._meet(given.target, topic):
                    composer.sent()
                return
            elif action := local_action(given.text):
                composer.sent()
                self.screen.perform(action)
                return
            elif path := _attach_path(given.text):
                self._add_file(composer, path)
                return
            else:
                sent = posts.send(
                    given.target,
                    given.text,
                    given.files,
                    as_text=as_text,
                    priority=given.priority,
                    wants_ack=given.wants_ack,
                    hold=self.screen.shared.config.composer.undo_seconds > 0,
                )
                if sent.item is not None and sent.item.reason == HELD:
                    self._hold_back(sent.item)
                if sent.command is not None:
                    self._await_command(sent.command)
        except UserMistake as mistake:
            self._not_sent(mistake, given)
            return
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)
            return
        composer.sent()
        if composer is self.screen.composer and not given.edits:
            self.screen.timeline.to_present()

    def _not_sent(self, mistake: UserMistake, given: Submission) -> None:
        """A command that the server does not know may be meant as text; anything else stays in the line."""
        if mistake.id != "tele.input.unknown_command":
            self.tell(sentence(mistake), alarm=True)
            return
        dialog = Confirm(_("Send as text?"), sentence(mistake), _("Send as text"))
        self.push(dialog, lambda yes: self._send(given, as_text=True) if yes else None)

    def _await_command(self, run: CommandRun) -> None:
        run.outcome.add_done_callback(lambda _done: self.screen.app.call_later(self._command_done, run))

    def _command_done(self, run: CommandRun) -> None:
        error = None if run.outcome.cancelled() else run.outcome.exception()
        if error is not None:
            self.screen.post_message(Failed(error))
        elif not run.outcome.cancelled():
            self._follow(run.outcome.result())

    def _follow(self, goto: Goto) -> None:
        """Where a command leads."""
        client = self.client
        team = client.teams.by_name(goto.team) if goto.team else client.teams.current()
        if goto.kind == "channel" and team is not None:
            channel = client.channels.by_name(team.id, goto.value)
            self.screen.open_channel(channel.id if channel is not None else "")
        elif goto.kind == "direct" and (user := client.people.by_name(goto.value)) is not None:
            self.screen.open_person(user.id)
        elif goto.kind == "post":
            self.screen.show_post(goto.value)
        elif goto.kind == "link":
            self._open_link(goto.value)

    # what a message is asked for
    def reply(self, row: PostRow) -> None:
        thread = self.screen.thread_here()
        if thread is not None:
            thread.focus_inside()
            return
        target = Target(row.post.channel_id, row.post.root_id or row.post.id)
        self.screen.composer.bind(target, back_to=self.screen.target())
        self.screen.composer.editor.focus()

    def edit(self, row: PostRow) -> None:
        self.screen.composer.edit(row.post)

    def quote(self, row: PostRow) -> None:
        quoted = "\n".join(f"> {line}" for line in safe(shown_message(row.post)).split("\n"))
        thread = self.screen.thread_here()
        (thread.composer if thread is not None else self.screen.composer).insert(f"{quoted}\n")

    def delete(self, row: PostRow) -> None:
        question = shorten(safe_line(shown_message(row.post)), EXCERPT) or _("This message has no text.")
        dialog = Confirm(_("Delete this message?"), question, _("Delete"))
        self.push(dialog, lambda yes: self._delete(row.post) if yes else None)

    def _delete(self, post: Post) -> None:
        self.screen.attempt(lambda: self.client.posts.delete(post.id))

    def react(self, row: PostRow) -> None:
        dialog = Picker(_("React"), self._emojis, placeholder=_("Name of an emoji"), verb=_("React"))
        self.push(dialog, lambda name: self.screen.timeline.react(row, name) if name else None)

    def queue(self, row: PostRow) -> None:
        """A text that is not sent: what to do with it."""
        item = row.pending
        if item is None:
            return
        offers = [Offer("copy", _("Copy the text")), Offer("edit", _("Take it back into the composer"))]
        if item.state == "parked":
            offers.insert(0, Offer("retry", _("Try again")))
        offers.append(Offer("discard", _("Discard it")))
        title = outbox_state(item, self.client.connection().live)
        dialog = Picker(title, lambda _text: offers)
        self.push(dialog, lambda verb: self._with_item(verb, item))

    def _with_item(self, verb: str | None, item: OutboxItem) -> None:
        outbox = self.client.outbox
        match verb:
            case "retry":
                self.screen.attempt(lambda: outbox.retry(item.cid))
            case "discard":
                self.screen.attempt(lambda: outbox.discard(item.cid))
            case "copy":
                self.screen.copy(item.text)
            case "edit":
                self.screen.attempt(lambda: self._take_back(item))

    def _take_back(self, item: OutboxItem) -> None:
        text = self.client.outbox.take_back(item.cid)
        self.screen.composer.bind(item.target, back_to=self.screen.target() if item.target.root_id else None)
        self.screen.composer.insert(text)

    def more(self, row: PostRow) -> None:
        """Everything that can be done with a message, by name; and all of a long one."""
        offers = [Offer("full", _("Show the whole message"))]
        pointless = self.screen.timeline.pointless_for(row)
        for action in self.screen.shared.keymap.of("timeline"):
            if action.group.msgid == "Messages" and action.name in _MENU and action.id not in pointless:
                offers.append(Offer(action.name, str(action.help), shown_key(action)))
        dialog = Picker(_("Message"), lambda _text: offers, verb=_("Do it"))
        self.push(dialog, lambda name: self._menu_chosen(name, row))

    def _menu_chosen(self, name: str | None, row: PostRow) -> None:
        if name == "full":
            self.push(FullPost(row.post, self.screen.context.markdown(row.post)))
        elif name:
            self.screen.perform(f"timeline.{name}")

    # what the composer cannot do alone
    def reply_to_last(self) -> None:
        rows = [row for row in self.screen.timeline.list.rows if isinstance(row, PostRow)]
        row = next((row for row in reversed(rows) if row.pending is None and not row.system), None)
        if row is not None:
            self.reply(row)

    def preview(self) -> None:
        text = self.screen.composer.editor.text
        if text.strip():
            post = Post("", self.channel_id, self.client.account.user_id, message=text)
            self.push(FullPost(post, self.screen.context.markdown(post), title=_("Preview")))
        else:
            self.tell(_("Write the message first."))

    def choose_file(self) -> None:
        from tui.ui.screens.file_picker import FilePicker

        self.push(FilePicker(), lambda path: self._add_file(self.screen.composer, path) if path else None)

    def attach_clipboard(self) -> None:
        """A picture, or the files that were copied; says so where the clipboard cannot be read from here."""
        from tui.terminal.clipboard_file import NO_CLIPBOARD, Taken, take

        now = self.screen.shared.formats.moment(self.screen.shared.now())
        name, where = _("Clipboard") + now.strftime(" %Y-%m-%d %H-%M-%S"), self.screen.shared.where()

        def done(taken: Taken) -> None:
            for path in taken.paths:
                self._add_file(self.screen.composer, path)
            if taken.problem == NO_CLIPBOARD:
                text = _("The clipboard cannot be read from here. Save it as a file and attach that ({key}).")
                key = shown_key(self.screen.shared.keymap.get("composer.attach"))
                self.tell(text.format(key=key), alarm=True)
            elif taken.problem:
                self.tell(_("There is no picture and no file in the clipboard."), alarm=True)

        self.screen.in_background(lambda: take(where, name), done)


_MENU = frozenset(
    {"reply", "thread", "edit", "delete", "react", "copy", "copy_link", "open", "pin", "save", "mark_unread"}
    | {"follow", "quote", "forward", "copy_code", "copy_address", "who_reacted", "press", "invite"}
    | {"acknowledge", "remind", "edit_history"}
)


def _attach_path(text: str) -> str:
    """The path of `/attach path`, "" for any other text."""
    word, _blank, path = text.strip().partition(" ")
    return path.strip() if word == "/attach" else ""

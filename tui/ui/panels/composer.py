"""Where one writes: a rule that names the target, an editor of one to eight lines, completion.

Drafts go to the client at the latest a second after a key, and at once when the target changes.

Invariant: a text belongs to the target that the rule names from the first key to Enter; the editor is only
emptied by `sent`, after the text is on disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from tui.client.posts import MAX_FILES
from tui.core.completion import Completion
from tui.core.ids import PostId
from tui.core.markdown import MarkdownContext, parse
from tui.core.models import Post, Target
from tui.core.values import dataclass
from tui.settings.i18n import _, ngettext
from tui.ui.keys import bindings_of
from tui.ui.messages import Wanted
from tui.ui.panels.composer_rule import ComposerRule
from tui.ui.shared import Shared
from tui.ui.widgets.completion_list import CompletionList
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.markdown_lines import document_lines
from tui.ui.widgets.text_lines import TextLines

MOST_LINES = 8
ATTACH = "/attach "
DRAFT_AFTER = 0.8
"""Seconds of rest after which the draft is kept."""
GUARDED_LINES = 5
"""A paste of more lines is asked about before it is sent."""
_TO_ALL = re.compile(r"(?<!\S)@(all|channel|here)\b")


@dataclass(frozen=True, slots=True)
class Submission:
    """A text that is to be sent. The composer keeps it until `sent` is called."""

    composer: Composer
    target: Target
    text: str
    edits: PostId = ""
    """Not "" = the new text of that post."""
    files: tuple[str, ...] = ()
    priority: str = ""
    wants_ack: bool = False


def _paths(text: str, cursor: int) -> list[Completion]:
    """Offers for the path behind `/attach `."""
    if not text.startswith(ATTACH) or "\n" in text:
        return []
    from tui.ui.screens.file_picker import entries

    start = len(ATTACH)
    offers = entries(text[start:cursor])
    return [Completion("/", offer.key, offer.title, "", start, cursor) for offer in offers]


Submit = Callable[[Submission], None]
"""Called at once and not as a message: what is typed behind Enter must find an empty line."""


@dataclass
class _Writing:
    """What is being written: a new text for `target`, or a new version of `edits`."""

    target: Target | None = None
    edits: PostId = ""
    files: tuple[str, ...] = ()
    pasted_lines: int = 0
    priority: str = ""
    wants_ack: bool = False


class Composer(Vertical, inherit_bindings=False):
    """Context `composer` of the table of keys."""

    BINDINGS = bindings_of("composer")

    def __init__(
        self,
        shared: Shared,
        submit: Submit,
        *,
        id: str = "composer",  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._shared = shared
        self._submit = submit
        self._writing = _Writing()
        self._back_to: Target | None = None
        self._draft_timer: Timer | None = None
        self._closed_for = ""
        self._offered_for = ("", 0)
        self.rule = ComposerRule()
        self.completion = CompletionList()
        self.preview = TextLines(ground="surface", most=MOST_LINES, id="composer-preview")
        self.preview.display = False
        self._previewing = False
        self.editor = Editor(lines=MOST_LINES)
        bound = {key for a in shared.keymap.actions if a.context in ("composer", "app") for key in a.keys}
        self.editor.bound_keys = frozenset(bound)
        self.editor.first_refusal = self._key_for_completion

    def compose(self) -> ComposeResult:
        yield self.completion
        yield self.preview
        yield self.rule
        yield self.editor

    # what is written
    @property
    def target(self) -> Target | None:
        return self._writing.target

    @property
    def edits(self) -> PostId:
        return self._writing.edits

    @property
    def files(self) -> tuple[str, ...]:
        return self._writing.files

    def bind(self, target: Target | None, *, back_to: Target | None = None) -> None:
        """Writes for `target` from now on, with its draft. `back_to`: where Esc and Enter lead to."""
        self._back_to = back_to
        if target == self._writing.target and not self._writing.edits:
            self._name_target()
            return
        self.keep_draft()
        self._writing = _Writing(target)
        draft = self._shared.client.drafts.get(target) if target else None
        self.editor.load(draft.text if draft else "", draft.cursor if draft else None)
        self._close_completion()
        self._name_target()

    def edit(self, post: Post) -> None:
        """Takes an own message up for editing; the draft stays as it is."""
        self.keep_draft()
        target = Target(post.channel_id, self._writing.target.root_id if self._writing.target else "")
        self._writing = _Writing(target, edits=post.id)
        self.editor.load(post.message)
        self._name_target()
        self.editor.focus()

    def insert(self, text: str) -> None:
        """Puts a text at the cursor (a quotation, a link)."""
        self.editor.insert(text)
        self.editor.focus()

    def attach(self, path: str) -> str:
        """Adds a local file; answers with what is wrong with it, "" where nothing is."""
        file = Path(path).expanduser()
        if not file.is_file():
            return _("There is no such file: {path}").format(path=path)
        if len(self._writing.files) >= MAX_FILES:
            words = _("At most {n} files fit one message. Send these first.")
            return words.format(n=MAX_FILES)
        self._writing.files = (*self._writing.files, str(file))
        self._name_target()
        return ""

    def set_priority(self, priority: str, *, wants_ack: bool = False) -> None:
        """Of the message that is being written, until it is sent."""
        self._writing.priority, self._writing.wants_ack = priority, wants_ack
        self._name_target()

    def sent(self) -> None:
        """The text is on disk: the line is free."""
        target = self._back_to or self._writing.target
        self._stop_timer()
        self.editor.load("")
        self._writing = _Writing(self._writing.target)
        self._close_completion()
        self.bind(target)
        self._name_target()

    def step_back(self) -> bool:
        """Ends editing or replying; False where there is nothing to end."""
        if self._writing.edits:
            self._writing = _Writing()
            self.bind(self._back_to or Target(self._target().channel_id, self._target().root_id))
            return True
        if self._back_to is not None:
            self.bind(self._back_to)
            return True
        return False

    def keep_draft(self) -> None:
        """Gives what is in the editor to the client. Never while an old message is being edited."""
        self._stop_timer()
        if self._writing.target is not None and not self._writing.edits:
            self._shared.client.drafts.put(self._writing.target, self.editor.text, self.editor.buffer.cursor)

    def say_below(self, words: str) -> None:
        """A short note at the right end of the rule, "" for none."""
        self.rule.note(words)

    # keys
    def action_do_send(self) -> None:
        text, target = self.editor.text, self._writing.target
        if target is None or not (text.strip() or self._writing.files):
            return
        writing = self._writing
        self._submit(
            Submission(self, target, text, writing.edits, writing.files, writing.priority, writing.wants_ack)
        )

    def action_do_newline(self) -> None:
        self.editor.insert("\n")

    def action_do_complete(self) -> None:
        """Tab: offers where there is something to complete, else the next area."""
        if not self.editor.text or not self._offer():
            self.post_message(Wanted("next"))

    def action_do_edit_last(self) -> None:
        if self.editor.text or self._writing.target is None:
            return
        post = self._shared.client.posts.last_own(self._writing.target)
        if post is not None:
            self.edit(post)

    def action_do_reply_last(self) -> None:
        if not self.editor.text:
            self.post_message(Wanted("reply_last"))

    def action_do_to_messages(self) -> None:
        """Esc, PgUp: out of editing or replying first, then into the messages."""
        if not self.step_back():
            self.post_message(Wanted("timeline"))

    def action_do_editor(self) -> None:
        self.post_message(Wanted("external_editor"))

    def action_do_preview(self) -> None:
        self.post_message(Wanted("preview"))

    def action_do_priority(self) -> None:
        self.post_message(Wanted("priority"))

    def action_do_schedule(self) -> None:
        self.post_message(Wanted("schedule"))

    def action_do_history(self) -> None:
        self.post_message(Wanted("history"))

    def action_do_snippet(self) -> None:
        self.post_message(Wanted("snippet"))

    def action_do_spelling(self) -> None:
        self.post_message(Wanted("spelling"))

    def action_do_undo_send(self) -> None:
        self.post_message(Wanted("undo_send"))

    def action_do_live_preview(self) -> None:
        """Shows above the line what the message will look like, while it is written."""
        self._previewing = not self._previewing
        self._show_preview()

    def action_do_attach_clipboard(self) -> None:
        self.post_message(Wanted("attach_clipboard"))

    def action_do_attach(self) -> None:
        self.post_message(Wanted("attach"))

    # what to ask before sending
    def doubts(self, text: str) -> str:
        """A question to ask before this text goes out, "" where there is none."""
        if self._writing.pasted_lines > GUARDED_LINES:
            lines = text.count("\n") + 1
            return ngettext("Send {n} line?", "Send {n} lines?", lines).format(n=lines)
        target = self._writing.target
        found = _TO_ALL.search(text)
        if found is None or target is None or self._writing.edits:
            return ""
        count = self._shared.client.channels.member_count(target.channel_id) or 0
        if count <= GUARDED_LINES:
            return ""
        return _("{mention} calls {n} people. Send it?").format(mention=found[0], n=count)

    # inside
    @on(Editor.Changed)
    def _edited(self, event: Editor.Changed) -> None:
        event.stop()
        if not self.editor.text:
            self._writing.pasted_lines = 0
        elif self._writing.target is not None and not self._writing.edits:
            self._shared.client.posts.typing(self._writing.target)
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_AFTER, self.keep_draft)
        if self._previewing:
            self._show_preview()
        self._offer()

    @on(Editor.Pasted)
    def _pasted(self, event: Editor.Pasted) -> None:
        event.stop()
        self._writing.pasted_lines += event.lines

    def _show_preview(self) -> None:
        text = self.editor.text if self._previewing else ""
        self.preview.display = bool(text.strip())
        if self.preview.display:
            document = parse(text, MarkdownContext())
            self.preview.show(lambda width, look: document_lines(document, width, look))

    def _stop_timer(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def _target(self) -> Target:
        return self._writing.target or Target("")

    def _name_target(self) -> None:
        writing = self._writing
        if self._previewing:
            self._show_preview()
        self.rule.name_target(self._shared.client, writing.target, bool(writing.edits), writing.files)
        self.rule.name_urgency(writing.priority, wants_ack=writing.wants_ack)
        self.editor.say("" if writing.target else _("Choose a channel first: Ctrl+K"))

    # completion
    def _offer(self) -> bool:
        """Offers completions for what stands before the cursor; False where there are none."""
        text, cursor = self._offered_for = self.editor.text, self.editor.buffer.cursor
        if self._writing.target is None or text[:cursor] == self._closed_for:
            self._close_completion()
            return False
        self._closed_for = ""
        complete = self._shared.client.complete
        offers = _paths(text, cursor) or complete.at(self._writing.target, text, cursor)
        self.completion.offer(offers)
        asked = complete.lookup(self._writing.target, text, cursor)
        if asked is not None:
            asked.add_done_callback(lambda done: self._more_offers(done, text, offers))
        return bool(offers)

    def _more_offers(self, done: Future[list[Completion]], text: str, known: list[Completion]) -> None:
        """The server's offers, behind the known ones, if the text is still the same. Any thread."""
        if done.cancelled() or done.exception() is not None or not self.is_attached:
            return
        seen = {offer.insert for offer in known}
        more = [offer for offer in done.result() if offer.insert not in seen]
        if more:
            self.app.call_later(self._add_offers, text, [*known, *more])

    def _add_offers(self, text: str, offers: list[Completion]) -> None:
        if self.editor.text == text and text != self._closed_for:
            self.completion.offer(offers)

    def _key_for_completion(self, key: str) -> bool:
        """While offers are open: up, down, Enter and Tab choose, Esc closes them."""
        if self.completion.is_open and self._offered_for != (self.editor.text, self.editor.buffer.cursor):
            self._offer()  # keys came quicker than their offers: what was offered was for another text
        if not self.completion.is_open:
            return False
        if key in ("up", "down"):
            self.completion.move_cursor(-1 if key == "up" else 1)
            return True
        if key == "escape":
            self._closed_for = self.editor.text[: self.editor.buffer.cursor]
            self._close_completion()
            return True
        return key in ("enter", "tab") and self._accept(key)

    def _accept(self, key: str) -> bool:
        """Takes the chosen offer; Enter sends instead where it is already typed out."""
        offer = self.completion.chosen
        self._close_completion()
        if offer is None:
            return False
        typed = self.editor.text[offer.start : offer.end]
        if key == "enter" and typed == offer.insert.rstrip():
            self.action_do_send()
            return True
        end = max(offer.end, self.editor.buffer.cursor)
        self.editor.replace(offer.start, end, offer.insert)
        return True

    def _close_completion(self) -> None:
        self.completion.close()

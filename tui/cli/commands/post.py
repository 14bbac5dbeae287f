"""`teleteam post`: writes a message: on the disk first, then to the server for as long as that takes, up to
a limit.

Invariant: exit code 0 means that the server has it, 3 that it is queued on the disk and will be sent by the
next teleteam that is online. Nothing is sent twice.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.session import Session, open_session
from tui.cli.target import find, parse
from tui.client.client import Client
from tui.client.wording.errors import reason
from tui.core.errors import UserMistake
from tui.core.ids import Cid
from tui.core.links import parse_permalink
from tui.core.models import OutboxItem, Target
from tui.core.outbox import CID_PROP
from tui.core.ports import NewPost
from tui.settings.i18n import _

SEND_SECONDS = 15.0
FILE_SECONDS = 600.0
MAX_INPUT = 1_000_000


def run(context: Context) -> int:
    """Queues and sends."""
    options = context.options
    site = context.account().url
    wanted = parse(options.target, site)
    thread = parse_permalink(site, options.thread) or options.thread
    files = _files(options.file)
    text = _text(options.text, bool(files))
    with open_session(context) as session:
        target = _in_thread(session, find(session, wanted, create=True), thread)
        return deliver(context, session, target, text, files)


def deliver(
    context: Context, session: Session, target: Target, text: str, files: tuple[str, ...] = ()
) -> int:
    """Sends it, beside an open teleteam too; prints the new message's id. The exit code as above."""
    if session.client.read_only:
        return _send_beside(context, session, target, text, files)
    return _send(context, session, target, text, files)


def _files(paths: list[str]) -> tuple[str, ...]:
    """Absolute paths; UserMistake for what is no file."""
    for path in paths:
        if not Path(path).is_file():
            raise UserMistake("tele.input.no_such_file", path)
    return tuple(str(Path(path).absolute()) for path in paths)


def _text(given: str, has_files: bool) -> str:
    """The text of the command line; "-", and nothing at all without files, is standard input."""
    if given and given != "-":
        return given
    if given == "-" or not (has_files or sys.stdin.isatty()):
        return sys.stdin.read(MAX_INPUT).rstrip("\n")
    return ""


def _in_thread(session: Session, target: Target, thread: str) -> Target:
    """`target` with the root of the message `thread`, which must be in the same channel."""
    if not thread:
        return target
    post = session.client.posts.get(thread)
    if post is None and session.live:
        post = session.ask(lambda api: api.fetch_post(thread))
    if post is None or post.channel_id != target.channel_id:
        raise UserMistake("tele.input.no_such_post", thread)
    return Target(target.channel_id, post.root_id or post.id)


def _send(context: Context, session: Session, target: Target, text: str, files: tuple[str, ...]) -> int:
    sent = session.client.posts.send(target, text, files)
    if sent.command is not None:
        session.wait(sent.command.outcome)
        return Exit.DONE
    assert sent.item is not None
    left = wait_sent(session.client, sent.item.cid, FILE_SECONDS if files else SEND_SECONDS)
    if left is None:
        _say_sent(context, session.client, sent.item.cid)
        return Exit.DONE
    if left.state == "parked":
        context.output.note(_("Not sent: {reason}").format(reason=reason(left.reason)))
        return Exit.FAILED
    context.output.note(_("Queued; it is sent as soon as teleteam is online again."))
    return Exit.SIGNED_OUT if session.state.kind == "signed_out" else Exit.OFFLINE


def wait_sent(client: Client, cid: Cid, seconds: float) -> OutboxItem | None:
    """The item while it is still queued after `seconds` or cannot be sent now; None once it is sent."""
    moved = threading.Event()
    unhook = client.subscribe(lambda _changes: moved.set())
    clock = client.base.clock
    deadline = clock.monotonic() + seconds
    try:
        while True:
            item = client.outbox.get(cid)
            left = deadline - clock.monotonic()
            if item is None or item.state == "parked" or left <= 0 or not client.connection().live:
                return item
            moved.wait(min(left, 1.0))
            moved.clear()
    finally:
        unhook()


def _say_sent(context: Context, client: Client, cid: Cid) -> None:
    """The new post's id, for `--thread` of the next one."""
    post = client.base.store.posts.find_by_cid(cid)
    if post is not None:
        context.output.line(post.id)


def _send_beside(
    context: Context, session: Session, target: Target, text: str, files: tuple[str, ...]
) -> int:
    """teleteam is open elsewhere and holds the queue: sends on a connection of its own, once, unqueued."""
    from tui.cli.direct import send

    client = session.client
    client.posts.check(text, len(files))
    clock = client.base.clock
    post = NewPost(
        channel_id=target.channel_id,
        message=text,
        root_id=target.root_id,
        props={CID_PROP: clock.new_id()},
        pending_post_id=f"{client.account.user_id}:{clock.now()}",
    )
    context.output.line(send(context, client.account, post, files).id)
    return Exit.DONE

"""`teleteam read TARGET`: the newest messages of a channel, or a thread; marks nothing as read."""

from __future__ import annotations

from collections.abc import Sequence

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.rows import post_row, print_post
from tui.cli.session import Session, open_session
from tui.cli.target import find, parse
from tui.core.errors import TeleteamError
from tui.core.models import Post, PostPage, Target
from tui.settings.i18n import _
from tui.store.transactions import Tx

MOST = 200
"""What one page of the server holds."""


def run(context: Context) -> int:
    """Prints the messages, oldest first."""
    count = context.options.count
    if not 1 <= count <= MOST:
        context.output.note(_("-n is a number from 1 to {most}.").format(most=MOST))
        return Exit.USAGE
    wanted = parse(context.options.target, context.account().url)
    with open_session(context) as session:
        posts = newest(session, find(session, wanted), count)
        show(context, session, posts, empty=_("No messages here yet."))
        return session.verdict()


def newest(session: Session, target: Target, count: int) -> list[Post]:
    """The newest `count` posts, oldest first; fetched first where there is a line."""
    if session.live:
        _fetch(session, target, count)
    store = session.client.base.store
    if target.root_id:
        return [post for post in store.posts.thread(target.root_id) if not post.delete_at][-count:]
    found = store.posts.newest(target.channel_id, count)
    return [post for post in reversed(found) if not post.delete_at]


def _fetch(session: Session, target: Target, count: int) -> None:
    """Takes the newest posts and their authors into the store."""
    if target.root_id:
        page = session.ask(lambda api: api.fetch_thread(target.root_id))
        session.wait(session.client.base.store.write(lambda tx: tx.posts.put(page.posts.values())))
    else:
        tagged = session.ask(lambda api: api.fetch_posts(target.channel_id, per_page=max(count, 30)))
        if tagged.value is None:
            return
        page = tagged.value
        session.wait(session.client.base.store.write(lambda tx: _keep_page(tx, target, page)))
    know_authors(session, list(page.posts.values()))


def _keep_page(tx: Tx, target: Target, page: PostPage) -> None:
    """Stores a page together with the span that it completes."""
    tx.posts.put(page.posts.values())
    ordered = [page.posts[post_id] for post_id in page.order if post_id in page.posts]
    if ordered:
        newest, oldest = ordered[0], ordered[-1]
        tx.intervals.add(target.channel_id, (newest.create_at, newest.id), (oldest.create_at, oldest.id))


def know_authors(session: Session, posts: Sequence[Post]) -> None:
    """Fetches the people who wrote `posts` and are not known yet; goes on without them where that fails."""
    missing = {post.user_id for post in posts if session.client.people.get(post.user_id) is None}
    if not missing or not session.live:
        return
    try:
        users = session.ask(lambda api: api.fetch_users(sorted(missing)))
    except TeleteamError:
        return
    session.wait(session.client.base.store.write(lambda tx: tx.users.put(users)))


def show(
    context: Context, session: Session, posts: Sequence[Post], *, channel: bool = False, empty: str = ""
) -> None:
    """Prints posts as lines or as JSON; `empty` is what a person is told where there is none."""
    if empty and not posts and not context.options.json:
        context.output.note(empty)
    for post in posts:
        if context.options.json:
            context.output.record(post_row(session.client, post))
        else:
            print_post(context.output, session.client, post, channel=channel)

"""`teleteam search`: messages on the server, or with --local in what is stored here; newest first."""

from __future__ import annotations

from tui.cli.commands.read import know_authors, show
from tui.cli.context import Context
from tui.cli.session import Session, open_session
from tui.core.models import Post
from tui.settings.i18n import _


def run(context: Context) -> int:
    """Prints what is found; without a line what the store knows."""
    query = " ".join(context.options.query)
    with open_session(context, online=not context.options.local) as session:
        if session.live:
            posts = _on_server(session, query)
            know_authors(session, posts)
        else:
            posts = list(session.client.search.local(query))
        show(context, session, posts, channel=True, empty=_("Nothing found."))
        return 0 if context.options.local else session.verdict()


def _on_server(session: Session, query: str) -> list[Post]:
    """The findings of all teams; direct messages come with each of them and are shown once."""
    asked = [session.client.search.server(query, team.id) for team in session.client.teams.all()]
    found = {post.id: post for future in asked for post in session.wait(future)}
    return sorted(found.values(), key=lambda post: (post.create_at, post.id), reverse=True)

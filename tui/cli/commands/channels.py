"""`teleteam channels`: every channel the person is in, with what is unread."""

from __future__ import annotations

from tui.cli.context import Context
from tui.cli.rows import channel_row, target_name
from tui.cli.session import Session, open_session
from tui.core.models import Channel
from tui.core.search import sort_key


def run(context: Context) -> int:
    """Prints the list, from the store where the server cannot be reached."""
    with open_session(context) as session:
        for_people: list[tuple[str, str, str]] = []
        for channel in listed(session):
            row = channel_row(session.client, channel)
            if context.options.json:
                context.output.record(row)
            else:
                for_people.append(
                    (target_name(session.client, channel), _badge(row), str(row["display_name"]))
                )
        context.output.table(for_people)
        return session.verdict()


def listed(session: Session) -> list[Channel]:
    """My channels that are not archived: teams in their order, then direct ones, each by title."""
    client = session.client
    teams = {team.id: place for place, team in enumerate(client.teams.all())}
    mine = client.base.store.memberships.all()
    found = [c for c in client.base.store.channels.all() if c.id in mine and not c.delete_at]
    return sorted(found, key=lambda c: (teams.get(c.team_id, 1000), sort_key(client.channels.title(c.id))))


def _badge(row: dict[str, object]) -> str:
    """`@2` for mentions, `5` for messages."""
    mentions, unread = row["mentions"], row["unread"]
    return f"@{mentions}" if mentions else str(unread or "")

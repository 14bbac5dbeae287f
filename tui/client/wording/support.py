"""Messages to those who help, written for the person; and what to do without a team.

Invariant: names must be safe already.
"""

from __future__ import annotations

from tui.settings.i18n import _


def wish_for_team(team: str, username: str) -> str:
    """`team` "" = the person does not know its name."""
    if team:
        text = _(
            "Hello! I am @{username} and would like to join the team “{team}”. Could you add me, please?"
        )
        return text.format(username=username, team=team)
    text = _("Hello! I am @{username} and in no team yet. Could you add me to the right one, please?")
    return text.format(username=username)


def no_team() -> str:
    """For the empty sidebar."""
    return _(
        "You are in no team yet. With an invitation link: Ctrl+P, “Join a team”. Without one: Alt+Q; the "
        "message to whoever runs the server is written already."
    )

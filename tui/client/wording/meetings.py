"""Sentences about meetings: what a started one is called in a channel, and what is said before joining.

Invariant: the announcement is ordinary Markdown that every client can show; topics of people stay text.
"""

from __future__ import annotations

import re

from tui.core.ids import Millis
from tui.core.meeting_times import STEPS, age_step
from tui.settings.i18n import N_, Later, _, ngettext

PROVIDERS = {
    "jitsi": "Jitsi",
    "zoom": "Zoom",
    "teams": "Microsoft Teams",
    "bbb": "BigBlueButton",
    "calls": "Calls",
}
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")

WARNINGS: dict[str, Later] = {
    "ended": N_("This meeting is over."),
    "expired": N_("The link of this meeting has expired; a new meeting would help."),
    "no_link": N_("This meeting can only be entered in the web app of your Mattermost."),
    "unknown_host": N_("This server is not known for meetings here. Anybody can write such a message."),
    "needs_token": N_("The server lets people in by a personal token. It is fetched when you join."),
}
PRESETS: dict[str, Later] = {
    "normal": N_("Join"),
    "low": N_("Join with little bandwidth"),
    "audio": N_("Join with sound only"),
    "listen": N_("Join to listen"),
}
PRESET_NOTES: dict[str, Later] = {
    "normal": N_("1.5 Mbit/s and more"),
    "low": N_("small pictures, 250 kbit/s"),
    "audio": N_("no pictures, 100 kbit/s"),
    "listen": N_("microphone off, no pictures"),
}


def untitled() -> str:
    """The topic of a meeting that has none."""
    return _("Meeting")


def announcement(link: str, topic: str) -> str:
    """The message that announces a room."""
    shown = _SIGNS.sub(r"\\\1", topic)
    if not shown:
        return f":movie_camera: **{_('Jitsi meeting')}** – {link}"
    return f":movie_camera: **{_('Jitsi meeting: {topic}').format(topic=shown)}** – {link}"


def provider(name: str) -> str:
    """How a provider is called; hostile text for those that a post names itself."""
    return PROVIDERS.get(name, name)


def age(started_at: Millis, now: Millis) -> str:
    """Roughly how long ago: new, 5 min … 90 min."""
    step = age_step(started_at, now)
    return _("new") if step == STEPS[0] else _("{n} min ago").format(n=step)


def short_age(step: int) -> str:
    """The same for one of `meeting_times.STEPS`, for a narrow column."""
    return _("new") if step == STEPS[0] else _("{n}m").format(n=step)


def audience(count: int) -> str:
    """How many will be told."""
    return ngettext("{n} person is in this channel.", "{n} people are in this channel.", count).format(
        n=count
    )


def many(count: int) -> str:
    """A question before a channel with many members is told of a meeting."""
    return _("{n} people will be told of this meeting. Start it?").format(n=count)

"""Words about people: presence, lines of status, the card of a person.

Invariant: every preset of `client.presence` and every presence has words.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.settings.i18n import N_, Later, _

PRESENCES: Mapping[str, Later] = {
    "online": N_("online"),
    "away": N_("away"),
    "dnd": N_("do not disturb"),
    "offline": N_("offline"),
    "ooo": N_("out of office"),
}
_PRESETS: Mapping[str, Later] = {
    "meeting": N_("In a meeting"),
    "lunch": N_("Out for lunch"),
    "sick": N_("Out sick"),
    "home": N_("Working from home"),
    "vacation": N_("On vacation"),
}


def presence_text(status: str) -> str:
    found = PRESENCES.get(status)
    return str(found) if found else _("presence not known")


def preset_text(name: str) -> str:
    return str(_PRESETS[name])

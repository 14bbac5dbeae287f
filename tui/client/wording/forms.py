"""Sentences about what is filled in wrongly, and about times.

Invariant: every problem of `core.dialogs` and every time of `client.later` has words.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.dialogs import Element
from tui.settings.i18n import N_, Later, _, ngettext

_PROBLEMS: Mapping[str, Later] = {
    "required": N_("This must be filled in."),
    "number": N_("This must be a number."),
    "email": N_("This must be an e-mail address."),
    "url": N_("This must be an address that begins with https://."),
}
_TIMES: Mapping[str, Later] = {
    "half_hour": N_("in 30 minutes"),
    "hour": N_("in 1 hour"),
    "two_hours": N_("in 2 hours"),
    "tomorrow": N_("tomorrow morning"),
    "monday": N_("on Monday morning"),
}
PRIORITIES: Mapping[str, Later] = {
    "": N_("ordinary"),
    "important": N_("important"),
    "urgent": N_("urgent"),
}


def problem_text(element: Element, problem: str) -> str:
    """What is wrong with the value of a field."""
    if problem == "short":
        n = element.least
        return ngettext("At least {n} character.", "At least {n} characters.", n).format(n=n)
    if problem == "long":
        n = element.most
        return ngettext("At most {n} character.", "At most {n} characters.", n).format(n=n)
    found = _PROBLEMS.get(problem)
    return str(found) if found else _("This is not right.")


def time_text(name: str) -> str:
    return str(_TIMES[name])


def priority_text(priority: str) -> str:
    return str(PRIORITIES.get(priority, PRIORITIES[""]))

"""Titles of sidebar sections.

Invariant: names that a person gave are kept; the server's English names of built-in categories are not.
"""

from __future__ import annotations

from tui.settings.i18n import N_, _

_BUILT_IN = {
    "favorites": N_("Favorites"),
    "channels": N_("Channels"),
    "direct_messages": N_("Direct messages"),
    "unreads": N_("Unread"),
}


def category_title(kind: str, name: str) -> str:
    """The title of a category by its type; a custom one's own name (hostile text)."""
    built_in = _BUILT_IN.get(kind)
    return str(built_in) if built_in else name or _("Category")

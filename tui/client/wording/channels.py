"""Words for the settings of a channel.

Invariant: every setting that is offered has words, every value is one that the server takes.
Source: `notify_props` of channel members in Mattermost.
"""

from __future__ import annotations

from tui.settings.i18n import N_, Later

_DEFAULT = ("default", N_("as everywhere else"))
NOTIFY_FIELDS: tuple[tuple[str, Later, tuple[tuple[str, Later], ...]], ...] = (
    (
        "desktop",
        N_("Notify me of"),
        (
            _DEFAULT,
            ("all", N_("every message")),
            ("mention", N_("mentions only")),
            ("none", N_("nothing")),
        ),
    ),
    (
        "push",
        N_("On my phone of"),
        (
            _DEFAULT,
            ("all", N_("every message")),
            ("mention", N_("mentions only")),
            ("none", N_("nothing")),
        ),
    ),
    (
        "ignore_channel_mentions",
        N_("Ignore @channel, @here and @all"),
        (_DEFAULT, ("on", N_("yes")), ("off", N_("no"))),
    ),
    (
        "mark_unread",
        N_("Shown as unread by"),
        (("all", N_("every message")), ("mention", N_("mentions only (muted)"))),
    ),
)
"""Key, title, and the values with their words; the first is taken where nothing is known."""

"""Posts of plugins that a terminal cannot show in full: what they are, and where they are shown.

Invariant: nothing of the post itself is repeated here but its name; where message and attachments say all
there is to say, nothing is added.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.attachments import attachments_of
from tui.core.models import Post
from tui.core.safe_text import safe_line
from tui.settings.i18n import N_, Later, _

_KINDS: Mapping[str, Later] = {
    "custom_matterpoll": N_("Poll"),
    "custom_poll": N_("Poll"),
    "custom_calls": N_("Call"),
    "custom_calls_recording": N_("Recording of a call"),
    "custom_boards": N_("Board"),
    "custom_card": N_("Board"),
    "custom_todo": N_("To-do list"),
    "custom_run_update": N_("Playbook"),
    "custom_playbook": N_("Playbook"),
    "custom_retro": N_("Playbook"),
    "custom_update_status": N_("Playbook"),
    "custom_github": N_("GitHub"),
    "custom_gitlab": N_("GitLab"),
    "custom_jira": N_("Jira"),
}
LONGEST = 60


def is_plugins(post: Post) -> bool:
    """Whether a plugin draws this post in the web app."""
    return post.type.startswith("custom_")


def plugin_kind(post: Post) -> str:
    """What it is, as one safe line: `Poll`, or the type's own name."""
    known = next((words for prefix, words in _KINDS.items() if post.type.startswith(prefix)), None)
    if known is not None:
        return str(known)
    name = safe_line(post.type.removeprefix("custom_").replace("_", " "), LONGEST)
    return _("Message of a plugin ({name})").format(name=name) if name else _("Message of a plugin")


def plugin_line(post: Post) -> str:
    """What is to be said below such a post; "" where it can be read and pressed here."""
    if not is_plugins(post):
        return ""
    if post.props.get("attachments") and attachments_of(post):
        return ""
    return _("{what}: the web app shows it in full. o opens it there.").format(what=plugin_kind(post))

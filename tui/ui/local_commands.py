"""Slash commands that this program answers itself, by the id of the action they stand for.

Invariant: none of them has the name of one of Mattermost's own commands; with anything typed behind it, it is
no command of ours.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.models import Command
from tui.settings.keymap import Keymap

LOCAL: Mapping[str, str] = {
    "catchup": "app.catch_up",
    "threads": "app.threads",
    "mentions": "app.mentions",
    "saved": "app.saved",
    "pinned": "app.pinned",
    "explore": "app.explore",
    "readall": "app.mark_all_read",
    "scheduled": "app.scheduled",
    "files": "app.channel_files",
    "transfers": "app.transfers",
    "meet": "app.meeting",
    "support": "app.support",
    "welcome": "app.welcome",
    "paste": "composer.attach_clipboard",
    "later": "composer.schedule",
    "priority": "composer.priority",
    "channel": "app.channel_menu",
    "browse": "app.browse_channels",
    "newchannel": "app.create_channel",
    "archived": "app.archived_channels",
    "addpeople": "app.add_people",
    "members": "app.manage_members",
    "notifications": "app.channel_notifications",
    "favourite": "app.favourite",
    "category": "app.move_channel",
    "teams": "app.teams",
    "accounts": "app.accounts",
    "jointeam": "app.join_team",
    "presence": "app.presence",
    "mystatus": "app.custom_status",
    "profile": "app.profile",
    "write": "app.write_to",
    "groups": "app.user_groups",
    "pair": "app.pair",
    "unpair": "app.unpair",
    "share": "app.share_folder",
}


def commands_of(keymap: Keymap) -> tuple[Command, ...]:
    """They as offers for completion."""
    return tuple(Command(trigger, "", str(keymap.get(action).help)) for trigger, action in LOCAL.items())


def local_action(text: str) -> str:
    """The action that `/catchup` and the like stand for, "" for any other text."""
    typed = text.strip()
    return LOCAL.get(typed[1:].lower(), "") if typed.startswith("/") else ""


def meet_topic(text: str) -> str | None:
    """The topic of `/meet [topic]`, "" for none; None for any other text."""
    word, _blank, topic = text.strip().partition(" ")
    return topic.strip() if word.lower() == "/meet" and "\n" not in topic else None


def pair_name(text: str) -> str:
    """The name in `/pair @name`, "" for any other text."""
    word, _blank, who = text.strip().partition(" ")
    return who.strip().removeprefix("@") if word.lower() == "/pair" else ""

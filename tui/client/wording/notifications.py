"""Notifications in words.

Invariant: names, titles and topics must be safe already; "" = not known. A message's own text is not in here.
"""

from __future__ import annotations

from tui.settings.i18n import _, ngettext


def message(name: str) -> str:
    """A direct message, or one in a group."""
    return _("New message from {name}").format(name=name) if name else several(1)


def mention(name: str, channel: str) -> str:
    if name and channel:
        return _("{name} mentions you in {channel}").format(name=name, channel=channel)
    if channel:
        return _("You are mentioned in {channel}").format(channel=channel)
    return _("{name} mentions you").format(name=name) if name else _("You are mentioned")


def news(name: str, channel: str) -> str:
    """A message in a channel or thread of which I want to hear everything."""
    if name and channel:
        return _("{name} writes in {channel}").format(name=name, channel=channel)
    return _("New message in {channel}").format(channel=channel) if channel else message(name)


def meeting(name: str, topic: str) -> str:
    if name and topic:
        return _("{name} invites you to a meeting: {topic}").format(name=name, topic=topic)
    if topic:
        return _("You are invited to a meeting: {topic}").format(topic=topic)
    if name:
        return _("{name} invites you to a meeting").format(name=name)
    return _("You are invited to a meeting")


def several(count: int) -> str:
    return ngettext("{n} new message", "{n} new messages", count).format(n=count)

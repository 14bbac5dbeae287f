from __future__ import annotations

from tui.client.wording import notifications as words


def test_what_is_known_is_named() -> None:
    assert words.message("Anna") == "New message from Anna"
    assert words.message("") == "1 new message"
    assert words.mention("Anna", "Board") == "Anna mentions you in Board"
    assert words.mention("", "Board") == "You are mentioned in Board"
    assert words.mention("Anna", "") == "Anna mentions you"
    assert words.mention("", "") == "You are mentioned"
    assert words.several(3) == "3 new messages"


def test_meetings() -> None:
    assert words.meeting("Anna", "Weekly") == "Anna invites you to a meeting: Weekly"
    assert words.meeting("", "Weekly") == "You are invited to a meeting: Weekly"
    assert words.meeting("Anna", "") == "Anna invites you to a meeting"
    assert words.meeting("", "") == "You are invited to a meeting"


def test_names_are_not_formats() -> None:
    assert words.message("{name} %s") == "New message from {name} %s"

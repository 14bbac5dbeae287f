from __future__ import annotations

import pytest

from tui.core import wire
from tui.core.models import CustomStatus


def test_user_as_login_answers() -> None:
    user = wire.user(
        {
            "id": "u1",
            "create_at": 1795453894942,
            "update_at": 1795453894943,
            "delete_at": 0,
            "username": "ann",
            "nickname": "A",
            "first_name": "Ann",
            "roles": "system_user",
            "notify_props": {"channel": "true", "mention_keys": ""},
            "locale": "de",
            "timezone": {
                "automaticTimezone": "Europe/Berlin",
                "manualTimezone": "",
                "useAutomaticTimezone": "true",
            },
        }
    )
    assert (user.id, user.username, user.nickname, user.locale) == ("u1", "ann", "A", "de")
    assert user.timezone == "Europe/Berlin"
    assert user.notify_props["channel"] == "true"
    assert (user.is_bot, user.delete_at, user.custom_status) == (False, 0, None)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", None),
        (None, None),
        ("not json", None),
        ('{"emoji":"","text":""}', None),
        (
            '{"emoji":"palm_tree","text":"Weg","duration":"","expires_at":"0001-01-01T00:00:00Z"}',
            CustomStatus("palm_tree", "Weg", 0),
        ),
        (
            '{"emoji":"x","text":"y","expires_at":"2026-11-23T17:00:00.000Z"}',
            CustomStatus("x", "y", 1795453200000),
        ),
        ('{"emoji":"x","expires_at":"tomorrow"}', CustomStatus("x", "", 0)),
    ],
)
def test_custom_status_is_json_within_json(raw: object, expected: CustomStatus | None) -> None:
    assert wire.custom_status({"customStatus": raw}) == expected


def test_manual_timezone() -> None:
    zone = {
        "automaticTimezone": "Europe/Berlin",
        "manualTimezone": "Asia/Tokyo",
        "useAutomaticTimezone": "false",
    }
    assert wire.user({"id": "u", "timezone": zone}).timezone == "Asia/Tokyo"


def test_rows_without_an_id_are_dropped() -> None:
    assert [user.id for user in wire.users([{"id": "a"}, {}, None])] == ["a"]
    assert [
        row.user_id for row in wire.statuses([{"user_id": "a", "status": "dnd"}, {"status": "away"}])
    ] == ["a"]


def test_group_users() -> None:
    found = wire.group_users({"g1": [{"id": "a"}, {"id": "b"}], "g2": None})
    assert {key: [user.id for user in users] for key, users in found.items()} == {"g1": ["a", "b"]}

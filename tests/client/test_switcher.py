from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import channel, direct, group, membership, user
from tui.core.models import Preference
from tui.core.search import Candidate


def offers(desk: Desk) -> dict[str, Candidate]:
    """All that is found for nothing and for some first letters."""
    found = [c for text in ("", "a", "b", "m") for c in desk.client.channels.find(text)]
    return {f"{c.kind}:{c.id}": c for c in found}


def test_channels_people_and_teams(desk: Desk) -> None:
    assert set(offers(desk)) == {
        "channel:c1",
        "channel:c2",
        "channel:b1",
        "user:anna",
        "user:ben",
        "user:me",
        "team:t1",
        "team:t2",
    }


def test_a_person_with_a_direct_channel_is_offered_once(desk: Desk) -> None:
    made = [direct("d", "anna"), group("g", "anna, ben, me")]
    desk.put(
        lambda tx: tx.channels.put(made), lambda tx: tx.memberships.put([membership("d"), membership("g")])
    )
    desk.put(lambda tx: tx.preferences.put([Preference("display_settings", "name_format", "full_name")]))
    found = offers(desk)
    assert "user:anna" not in found
    assert (found["channel:d"].title, found["channel:d"].detail) == ("Anna", "@anna")
    assert "anna" in found["channel:d"].aliases
    assert found["channel:g"].title == "Anna, Ben"


def test_archived_channels_deactivated_people_and_foreign_channels_are_left_out(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([channel("c2", delete_at=5, update_at=5), channel("c9")]))
    desk.put(lambda tx: tx.users.put([user("ben", delete_at=5, update_at=5)]))
    found = offers(desk)
    assert not {"channel:c2", "channel:c9", "user:ben"} & set(found)


def test_unread_comes_before_recent(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.channels.put(
            [channel("c2", total_msg_count=1), channel("b1", team_id="t2", last_post_at=10**13)]
        )
    )
    found = offers(desk)
    assert found["channel:c2"].boost > found["channel:b1"].boost > found["user:anna"].boost


def test_people_are_found_by_every_name_and_what_was_built_is_kept_while_typing(desk: Desk) -> None:
    desk.put(lambda tx: tx.users.put([user("zoe", first_name="Zoë", last_name="Ölmüller")]))
    assert [c.id for c in desk.client.channels.find("olm")] == ["zoe"]
    desk.put(lambda tx: tx.channels.put([channel("new")]), lambda tx: tx.memberships.put([membership("new")]))
    assert desk.client.channels.find("new") == []
    desk.client.channels.find("")
    assert [c.id for c in desk.client.channels.find("new")] == ["new"]

from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import ME, channel, direct, group, membership, user
from tests.support.waiting import wait_until
from tui.core.models import Categories, Category, Draft, Preference, Status, Target
from tui.core.sidebar import SidebarInput, SidebarRow, SidebarSection, build
from tui.core.unread import Unread


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time the whole sidebar is built."""
    made: list[int] = []

    def counted(data: SidebarInput) -> tuple[SidebarSection, ...]:
        made.append(1)
        return build(data)

    monkeypatch.setattr("tui.client.sidebar.build", counted)
    return made


def rows(desk: Desk) -> dict[str, SidebarRow]:
    found = desk.client.sidebar.sections("t1")
    return {row.channel_id: row for section in found for row in section.rows}


def test_sections_come_from_the_store(desk: Desk) -> None:
    assert [s.type for s in desk.client.sidebar.sections("t1")] == ["channels", "direct_messages"]
    assert list(rows(desk)) == ["c1", "c2"]


def test_channels_of_other_teams_and_those_i_am_not_in_are_left_out(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([channel("c9")]))
    assert "c9" not in rows(desk)
    assert "b1" not in rows(desk)


def test_a_badge_does_not_build_the_sidebar_anew(desk: Desk, builds: list[int]) -> None:
    rows(desk)
    desk.put(lambda tx: tx.channels.bump(channel("c2", total_msg_count=5, last_post_at=9)))
    assert rows(desk)["c2"].unread == Unread(5, 0)
    desk.put(lambda tx: tx.memberships.put([membership("c2", msg_count=5)]))
    assert rows(desk)["c2"].unread == Unread(0, 0)
    assert desk.client.sidebar.total() == Unread(0, 0)
    assert builds == [1]


def test_changes_in_another_team_do_not_build_it_anew(desk: Desk, builds: list[int]) -> None:
    rows(desk)
    desk.put(lambda tx: tx.channels.bump(channel("b1", team_id="t2", total_msg_count=5)))
    rows(desk)
    assert builds == [1]


def test_a_new_name_builds_it_anew(desk: Desk, builds: list[int]) -> None:
    rows(desk)
    desk.put(lambda tx: tx.channels.put([channel("c2", display_name="Neu", update_at=5)]))
    assert rows(desk)["c2"].title == "Neu"
    assert builds == [1, 1]


def test_joining_leaving_and_categories_show_at_once(desk: Desk) -> None:
    rows(desk)
    desk.put(lambda tx: tx.channels.put([channel("c3")]), lambda tx: tx.memberships.put([membership("c3")]))
    assert "c3" in rows(desk)
    desk.put(lambda tx: tx.memberships.remove(["c3"]))
    assert "c3" not in rows(desk)
    mine = Category("k", "t1", "custom", "Mein", channel_ids=("c2",))
    desk.put(lambda tx: tx.categories.replace(Categories("t1", (mine, Category("ch", "t1", "channels")))))
    found = desk.client.sidebar.sections("t1")
    assert [(s.title, [r.channel_id for r in s.rows]) for s in found] == [
        ("Mein", ["c2"]),
        ("Channels", ["c1"]),
    ]


def test_direct_and_group_rows_have_names_and_presence(desk: Desk) -> None:
    shows = [Preference("direct_channel_show", "anna", "true"), Preference("group_channel_show", "g", "true")]
    made = [direct("d", "anna"), group("g", "anna, ben, me")]
    desk.put(lambda tx: tx.preferences.put(shows))
    desk.put(
        lambda tx: tx.channels.put(made), lambda tx: tx.memberships.put([membership("d"), membership("g")])
    )
    assert rows(desk)["d"].title == "anna"
    assert rows(desk)["g"].title == "anna, ben"
    desk.put(lambda tx: tx.statuses.put([Status("anna", "away")]))
    assert rows(desk)["d"].status == "away"
    desk.put(lambda tx: tx.users.put([user("anna", username="annika", update_at=9)]))
    assert rows(desk)["d"].title == "annika"


def test_presence_of_the_people_shown_is_watched(online: Desk) -> None:
    online.put(lambda tx: tx.preferences.put([Preference("direct_channel_show", "anna", "true")]))
    online.put(
        lambda tx: tx.channels.put([direct("d", "anna")]), lambda tx: tx.memberships.put([membership("d")])
    )
    rows(online)
    online.client.sidebar.seen(["c1", "d"])
    assert online.engine.calls("set_visible_users")[-1] == (frozenset({"anna"}),)
    online.client.sidebar.seen(["c1"])
    assert online.engine.calls("set_visible_users")[-1] == (frozenset(),)


def test_partners_in_sight_who_are_not_known_are_asked_for(online: Desk) -> None:
    online.put(lambda tx: tx.preferences.put([Preference("direct_channel_show", "stranger", "true")]))
    online.put(
        lambda tx: tx.channels.put([direct("d", "stranger")]),
        lambda tx: tx.memberships.put([membership("d")]),
    )
    rows(online)
    online.client.sidebar.seen(["d"])
    assert online.engine.calls("need_users") == [(("stranger",),)]


def test_drafts_are_marked(desk: Desk) -> None:
    rows(desk)
    desk.store.write_desk(lambda dtx: dtx.drafts.put(Draft(Target("c2"), "half a"))).result(10)
    assert rows(desk)["c2"].draft


def test_the_open_channel_is_marked(desk: Desk) -> None:
    rows(desk)
    desk.client.channels.open("c2")
    assert rows(desk)["c2"].current
    assert not rows(desk)["c1"].current


def test_a_channel_i_am_not_in_shows_only_while_it_is_open(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([channel("c9")]))
    rows(desk)
    desk.client.channels.open("c9")
    assert rows(desk)["c9"].current
    desk.client.channels.open("c1")
    assert "c9" not in rows(desk)


def test_folding_shows_at_once_and_tells_the_server_everything(online: Desk) -> None:
    category = Category("k", "t1", "channels", "Channels", "alpha", muted=True, channel_ids=("c1", "c2"))
    online.put(lambda tx: tx.categories.replace(Categories("t1", (category,))))
    online.client.sidebar.toggle("k")
    online.store.flush()
    assert online.client.sidebar.sections("t1")[0].collapsed
    body, team = wait_until(lambda: online.api.calls("put_category"))[0]
    assert team == "t1"
    assert body == {
        "id": "k",
        "user_id": ME,
        "team_id": "t1",
        "type": "channels",
        "display_name": "Channels",
        "sorting": "alpha",
        "muted": True,
        "collapsed": True,
        "channel_ids": ["c1", "c2"],
    }
    online.client.sidebar.toggle("unknown")


def test_2000_channels_are_built_once_and_badges_are_cheap(desk: Desk, builds: list[int]) -> None:
    many = [channel(f"m{n}", display_name=f"Kanal {n % 97} {n}") for n in range(2000)]
    desk.put(
        lambda tx: tx.channels.put(many), lambda tx: tx.memberships.put([membership(c.id) for c in many])
    )
    first = desk.client.sidebar.sections("t1")
    desk.put(lambda tx: tx.channels.bump(channel("m7", total_msg_count=1)))
    second = desk.client.sidebar.sections("t1")
    assert builds == [1]
    changed = [a for a, b in zip(first[0].rows, second[0].rows, strict=True) if a is not b]
    assert [row.channel_id for row in changed] == ["m7"]


def test_whoever_was_not_known_yet_gets_a_name_at_once(desk: Desk) -> None:
    """The fetched person was not in the sidebar's people: it must be built anew all the same."""
    desk.put(
        lambda tx: tx.channels.put([direct("d1", "zoe"), group("g1", "anna, kim, me")]),
        lambda tx: tx.memberships.put([membership("d1"), membership("g1")]),
        lambda tx: tx.preferences.put(
            [Preference("direct_channel_show", "zoe", "true"), Preference("group_channel_show", "g1", "true")]
        ),
    )
    assert rows(desk)["d1"].title == ""
    desk.put(lambda tx: tx.users.put([user("zoe"), user("kim", first_name="Kim")]))
    wait_until(lambda: rows(desk)["d1"].title == "zoe")

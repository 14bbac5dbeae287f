from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.makers import ME, channel, direct, group, membership, user
from tests.support.mattermost_recordings import bodies, channels, memberships
from tui.core import wire
from tui.core.models import Category, Channel, Membership, Preference, ServerConfig, Status
from tui.core.preferences import Preferences
from tui.core.sidebar import SidebarInput, SidebarSection, build
from tui.core.unread import Unread

MUTED = {"mark_unread": "mention"}


def category(kind: str, *ids: str, **fields: Any) -> Category:
    return Category(**{"id": kind, "team_id": "t1", "type": kind, "channel_ids": ids, **fields})


def prefs(**by_category: dict[str, str]) -> Preferences:
    return Preferences.of([Preference(c, n, v) for c, rows in by_category.items() for n, v in rows.items()])


def data(given_: list[Channel], rows: list[Membership] | None = None, **fields: Any) -> SidebarInput:
    members = {c.id: membership(c.id) for c in given_} | {m.channel_id: m for m in rows or []}
    named = {"team_id": "t1", "me": ME, "categories": (), "users": {ME: user()}}
    return SidebarInput(**{**named, "channels": {c.id: c for c in given_}, "memberships": members, **fields})


def outline(sections: tuple[SidebarSection, ...]) -> dict[str, list[str]]:
    return {section.type: [row.channel_id for row in section.rows] for section in sections}


def test_without_categories_the_built_in_ones_stand_in() -> None:
    opened = prefs(direct_channel_show={"anna": "true"}, favorite_channel={"b": "true"})
    found = build(data([channel("a"), channel("b"), direct("d", "anna")], preferences=opened))
    assert outline(found) == {"favorites": ["b"], "channels": ["a"], "direct_messages": ["d"]}


def test_empty_favourites_are_left_out_other_empty_categories_stay() -> None:
    found = build(data([], categories=(category("favorites"), category("custom"), category("channels"))))
    assert [section.type for section in found] == ["custom", "channels"]


def test_alphabetical_folds_case_umlauts_and_numbers_and_puts_muted_last() -> None:
    names = {"1": "Zebra", "2": "ärzte", "3": "Team 10", "4": "team 2", "5": "Aal"}
    given_ = [channel(key, display_name=name) for key, name in names.items()]
    found = build(data(given_, [membership("5", notify_props=MUTED)]))
    assert outline(found)["channels"] == ["2", "4", "3", "1", "5"]


def test_recent_and_manual_sorting() -> None:
    given_ = [
        channel("a", last_post_at=1, last_root_post_at=9),
        channel("b", last_post_at=5, last_root_post_at=2),
    ]
    recent = (category("channels", "a", "b", sorting="recent"),)
    manual = (category("channels", "b", "a", sorting="manual"),)
    assert outline(build(data(given_, categories=recent)))["channels"] == ["b", "a"]
    assert outline(build(data(given_, categories=recent, crt=True)))["channels"] == ["a", "b"]
    assert outline(build(data(given_, categories=manual)))["channels"] == ["b", "a"]


def test_strays_go_where_their_type_belongs() -> None:
    opened = prefs(direct_channel_show={"anna": "true"})
    cats = (category("custom", "a"), category("channels"), category("direct_messages"))
    given_ = [channel("a"), channel("new", type="P"), direct("d", "anna")]
    found = outline(build(data(given_, categories=cats, preferences=opened)))
    assert found == {"custom": ["a"], "channels": ["new"], "direct_messages": ["d"]}


def test_a_channel_is_shown_once_even_if_two_categories_claim_it() -> None:
    found = outline(
        build(data([channel("a")], categories=(category("custom", "a"), category("channels", "a"))))
    )
    assert found == {"custom": ["a"], "channels": []}


def test_collapsed_shows_what_is_unread_or_open() -> None:
    given_ = [channel("a"), channel("b", total_msg_count=2), channel("c"), channel("d", total_msg_count=2)]
    cats = (category("channels", "a", "b", "c", "d", collapsed=True),)
    muted = [membership("d", notify_props=MUTED)]
    found = build(data(given_, muted, categories=cats, current="c"))
    assert outline(found) == {"channels": ["b", "c"]}
    assert found[0].unread == Unread(2, 0)


def test_archived_channels_show_only_while_open() -> None:
    given_ = [channel("a", delete_at=5)]
    assert outline(build(data(given_)))["channels"] == []
    row = build(data(given_, current="a"))[0].rows[0]
    assert row.archived
    assert row.current


def test_direct_messages_show_by_preference_unread_or_open() -> None:
    given_ = [direct("seen", "anna"), direct("hid", "ben"), direct("never", "cyd"), direct("new", "dora")]
    given_ += [group("g", "anna, ben, me"), direct("open", "eva")]
    given_[3] = direct("new", "dora", total_msg_count=1)
    shows = prefs(direct_channel_show={"anna": "true", "ben": "false"}, group_channel_show={"g": "true"})
    rows = [membership("new", mention_count=1)]
    found = outline(build(data(given_, rows, preferences=shows, current="open")))
    assert sorted(found["direct_messages"]) == ["g", "new", "open", "seen"]


def test_the_limit_keeps_the_most_recent_and_all_unread() -> None:
    given_ = [direct(f"d{n}", f"u{n}", total_msg_count=int(n == 0)) for n in range(6)]
    rows = [membership(f"d{n}", last_viewed_at=n) for n in range(6)]
    shows = prefs(
        direct_channel_show={f"u{n}": "true" for n in range(6)},
        sidebar_settings={"limit_visible_dms_gms": "2"},
        channel_open_time={"d2": "100"},
    )
    found = outline(build(data(given_, rows, preferences=shows, current="d1")))
    assert sorted(found["direct_messages"]) == ["d0", "d1"]
    found = outline(build(data(given_, rows, preferences=shows)))
    assert sorted(found["direct_messages"]) == ["d0", "d2"]


def test_partners_who_left_after_my_last_look_are_hidden() -> None:
    users = {"anna": user("anna", delete_at=50), "ben": user("ben", delete_at=5), ME: user()}
    shows = prefs(direct_channel_show={"anna": "true", "ben": "true"})
    rows = [membership("a", last_viewed_at=10), membership("b", last_viewed_at=10)]
    found = build(data([direct("a", "anna"), direct("b", "ben")], rows, users=users, preferences=shows))
    directs = found[-1].rows
    assert [row.channel_id for row in directs] == ["b"]
    assert directs[0].deactivated


def test_direct_rows_know_their_partner() -> None:
    users = {"anna": user("anna", first_name="Anna", is_bot=True), ME: user()}
    row = build(
        data(
            [direct("a", "anna")],
            users=users,
            statuses={"anna": Status("anna", "dnd")},
            name_setting="full_name",
            current="a",
            drafts=frozenset({"a"}),
        )
    )[-1].rows[0]
    assert (row.title, row.status, row.partner_id, row.bot, row.draft) == ("Anna", "dnd", "anna", True, True)


def test_the_unread_section_gathers_and_takes_away() -> None:
    given_ = [channel("a", total_msg_count=1, last_post_at=9), channel("b", last_post_at=3), channel("c")]
    wants = prefs(sidebar_settings={"show_unread_section": "true"})
    found = build(data(given_, [membership("b", mention_count=1)], preferences=wants))
    assert outline(found) == {"unreads": ["b", "a"], "channels": ["c"], "direct_messages": []}
    by_default = ServerConfig({"ExperimentalGroupUnreadChannels": "default_on"})
    assert build(data(given_, config=by_default))[0].type == "unreads"
    refuses = prefs(sidebar_settings={"show_unread_section": "false"})
    assert build(data(given_, config=by_default, preferences=refuses))[0].type == "channels"


def test_recorded_start_up() -> None:
    name = "12-startup-sample-user"
    body = bodies(name, "GET", "/channels/categories")[0]
    cats = tuple(wire.category(d) for d in body["categories"])
    have, rows = channels(name), memberships(name)
    me = next(iter(rows.values())).user_id
    found = build(data([], categories=cats, me=me, channels=have, memberships=rows, team_id=cats[0].team_id))
    shown = [row.channel_id for section in found for row in section.rows]
    assert len(shown) == len(set(shown))
    open_ones = {c.id for c in have.values() if c.type in ("O", "P") and not c.delete_at}
    assert open_ones <= set(shown)
    assert {"channels", "direct_messages"} <= {section.type for section in found}


def test_recorded_categories_keep_their_order() -> None:
    for body in bodies("50-sidebar-categories", "GET", "/channels/categories"):
        cats = {d["id"]: wire.category(d) for d in body["categories"]}
        ordered = tuple(cats[ident] for ident in body["order"])
        ids = [channel_id for c in ordered for channel_id in c.channel_ids]
        found = build(data([channel(ident) for ident in ids], categories=ordered))
        wanted = [c.id for c in ordered if c.type != "favorites" or c.channel_ids]
        assert [section.category_id for section in found] == wanted


some_channels = st.lists(
    st.tuples(st.integers(0, 7), st.sampled_from("OPDG"), st.integers(0, 2), st.booleans()),
    max_size=8,
    unique_by=lambda t: t[0],
)


def sample(rows: list[tuple[int, str, int, bool]], bump: dict[str, int], **fields: Any) -> SidebarInput:
    have, mine = [], []
    for n, kind, unread, muted in rows:
        ident = f"c{n}"
        total = unread + bump.get(ident, 0)
        make = {"D": lambda i, **f: direct(i, f"u{i}", **f), "G": lambda i, **f: group(i, "x, y", **f)}
        maker: Any = make.get(kind, channel)
        have.append(maker(ident, total_msg_count=total, last_post_at=n + 100 * bump.get(ident, 0)))
        mine.append(membership(ident, notify_props=MUTED if muted else {}))
    shows = {f"uc{n}": "true" for n in range(0, 8, 2)}
    fields.setdefault("preferences", prefs(direct_channel_show=shows))
    return data(have, mine, **fields)


@given(some_channels, st.booleans())
def test_unread_and_open_channels_are_always_in_sight(
    rows: list[tuple[int, str, int, bool]], collapsed: bool
) -> None:
    cats = (category("channels", collapsed=collapsed), category("direct_messages", collapsed=collapsed))
    made = sample(rows, {}, categories=cats, current="c1")
    found = build(made)
    shown = [row.channel_id for section in found for row in section.rows]
    assert len(shown) == len(set(shown))
    for n, _kind, unread, muted in rows:
        if (unread and not muted) or n == 1:
            assert f"c{n}" in shown

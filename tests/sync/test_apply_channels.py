"""Single events about channels, teams, categories and threads."""

from __future__ import annotations

from dataclasses import replace

from tests.sync.desk import desk
from tui.core import events
from tui.core.models import Membership, Team, Thread
from tui.sync import marks


def test_events_that_tell_only_an_id_become_needs() -> None:
    with desk() as here:
        after = here.happen(
            events.ChannelCreated("a"),
            events.ChannelConverted("b"),
            events.DirectAdded("d"),
            events.GroupAdded("e"),
            events.ChannelUpdated(None, "f"),
            events.UserAdded("me", "g"),
            events.ChannelRestored("h"),
        )
        assert after.needs.channels == set("abdefgh")


def test_an_update_keeps_the_larger_counters() -> None:
    with desk() as here:
        told = replace(here.channel, header="new", update_at=500, total_msg_count=0)
        here.happen(events.ChannelUpdated(told, "c"))
        assert (here.channel.header, here.channel.total_msg_count) == ("new", 10)
        here.happen(events.ChannelUpdated(replace(told, header="older", update_at=400), "c"))
        assert here.channel.header == "new"


def test_archive_and_restore() -> None:
    with desk() as here:
        here.happen(events.ChannelDeleted("c", 700), events.ChannelDeleted("not mine", 700))
        assert here.channel.delete_at == 700
        here.happen(events.ChannelRestored("c"))
        assert here.channel.delete_at == 0


def test_a_member_update_changes_the_settings_and_no_counter() -> None:
    with desk() as here:
        row = Membership("c", "me", msg_count=0, mention_count=9, notify_props={"mark_unread": "mention"})
        here.happen(events.ChannelMemberUpdated(row))
        assert here.membership.notify_props == {"mark_unread": "mention"}
        assert (here.membership.msg_count, here.membership.mention_count) == (8, 0)
        somebody = replace(row, user_id="bob", notify_props={})
        here.happen(events.ChannelMemberUpdated(somebody))
        assert here.membership.notify_props == {"mark_unread": "mention"}


def test_both_forms_of_being_removed() -> None:
    for victim in ("", "me"):
        with desk() as here:
            here.write(lambda tx: marks.write_channel(tx, "c", marks.ChannelMark(0, 1, (1, "x"))))
            here.happen(events.UserRemoved(victim, "c"))
            assert here.store.channels.get("c") is None
            assert here.store.memberships.get("c") is None
            assert marks.read_channel(here.store, "c") is None
    with desk() as here:
        here.happen(events.UserRemoved("bob", "c"))
        assert here.membership


def test_somebody_who_joins_is_fetched_when_unknown() -> None:
    with desk() as here:
        after = here.happen(events.UserAdded("bob", "c"), events.UserAdded("eve", "c"))
        assert after.needs.users == {"eve"}


def test_teams_come_and_go() -> None:
    with desk() as here:
        after = here.happen(events.AddedToTeam("t2", "me"), events.AddedToTeam("t2", "me"))
        assert after.needs.teams
        here.happen(events.TeamUpdated(Team("t", "one", "Renamed", update_at=9)))
        [team] = here.store.teams.all()
        assert (team.display_name, team.invite_id) == ("Renamed", "inv")
        assert not here.happen(events.TeamUpdated(Team("foreign", "x", "X"))).needs
        assert not here.happen(events.LeaveTeam("t", "bob")).needs
        here.happen(events.TeamDeleted(Team("foreign", "x", "X")))
        assert len(here.store.teams.all()) == 1
        here.happen(events.LeaveTeam("t", "me"))
        assert here.store.teams.all() == ()
        assert here.happen(events.TeamRestored(Team("t", "one", "One"))).needs.teams


def test_categories_are_fetched_only_where_a_team_is_named() -> None:
    with desk() as here:
        after = here.happen(events.CategoryUpdated(""), events.CategoryOrderUpdated("t", ("a",)))
        assert after.needs.categories == {"t"}


def test_reading_elsewhere_a_channel_we_do_not_hold_moves_a_badge() -> None:
    with desk() as here:
        assert here.happen(events.ChannelViewed({"elsewhere": 5})).needs.team_unreads


def test_threads_take_newer_news_only() -> None:
    with desk() as here:
        here.happen(events.ThreadUpdated(Thread("root", "", "", 3, 2, 1, last_reply_at=90)))
        [row] = here.store.threads.of("t")
        assert (row.team_id, row.channel_id, row.unread_replies) == ("t", "c", 2)
        here.happen(events.ThreadUpdated(Thread("root", "t", "c", 1, last_reply_at=10)))
        assert here.store.threads.of("t")[0].reply_count == 3
        here.happen(events.ThreadReadChanged("root", "t", "c", 95, 0, 0))
        assert here.store.threads.of("t")[0].unread_replies == 0


def test_all_threads_of_a_team_can_be_read_at_once() -> None:
    with desk() as here:
        here.happen(events.ThreadReadChanged("", "t", "elsewhere", 95, 0, 0))
        assert here.store.threads.of("t")[0].unread_replies == 1
        here.happen(events.ThreadReadChanged("", "t", "", 95, 0, 0))
        assert here.store.threads.of("t")[0].unread_replies == 0


def test_following_and_unfollowing() -> None:
    with desk() as here:
        here.happen(events.ThreadFollowChanged("root", "t", False, 5))
        assert not here.store.threads.of("t")[0].is_following
        here.happen(events.ThreadFollowChanged("unknown", "t", True, 1))
        here.write(lambda tx: tx.threads.remove(["root"]))
        here.happen(events.ThreadFollowChanged("root", "t", True, 5))
        assert [row.id for row in here.store.threads.of("t")] == ["root"]

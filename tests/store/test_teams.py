from __future__ import annotations

from tests.store.builders import heard, write
from tui.core.models import Team, TeamUnread
from tui.store import Store

TEAMS = (Team("z", "zoo", "Zoo"), Team("a", "art", "Art"))


def test_teams_keep_their_order_and_are_replaced_as_a_whole(store: Store) -> None:
    write(store, lambda tx: tx.teams.replace(TEAMS))
    assert store.teams.all() == TEAMS
    assert store.teams.get("a") == TEAMS[1]
    assert store.teams.get("none") is None
    changes = heard(store)
    write(store, lambda tx: tx.teams.replace(TEAMS))
    assert changes == []
    write(store, lambda tx: tx.teams.replace(TEAMS[1:]))
    assert store.teams.all() == TEAMS[1:]
    assert len(changes) == 1


def test_totals_are_replaced_or_put_one_by_one(store: Store) -> None:
    write(store, lambda tx: tx.team_unreads.replace([TeamUnread("z", 3), TeamUnread("a", 1, 1)]))
    assert store.team_unreads.all() == (TeamUnread("a", 1, 1), TeamUnread("z", 3))
    write(store, lambda tx: tx.team_unreads.put([TeamUnread("z", 4)]))
    assert store.team_unreads.all()[1] == TeamUnread("z", 4)
    changes = heard(store)
    write(store, lambda tx: tx.team_unreads.replace([TeamUnread("z", 4), TeamUnread("a", 1, 1)]))
    assert changes == []
    write(store, lambda tx: tx.team_unreads.replace([]))
    assert store.team_unreads.all() == ()
    assert len(changes) == 1

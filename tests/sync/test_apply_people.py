"""Single events about people, preferences and the server."""

from __future__ import annotations

from tests.sync.desk import desk
from tui.core import events
from tui.core.changes import ChangeKind
from tui.core.models import Preference, User


def test_known_people_are_renewed_and_strangers_left_out() -> None:
    with desk() as here:
        here.happen(
            events.UserUpdated(User("bob", "bob", nickname="Bobby", update_at=9)),
            events.UserUpdated(User("eve", "eve", update_at=9)),
            events.NewUser("eve"),
        )
        bob = here.store.users.get("bob")
        assert bob is not None
        assert bob.nickname == "Bobby"
        assert here.store.users.get("eve") is None


def test_the_sanitised_copy_of_myself_takes_nothing_away() -> None:
    with desk() as here:
        here.happen(events.UserUpdated(User("me", "me", nickname="I", update_at=9)))
        me = here.store.users.get("me")
        assert me is not None
        assert (me.nickname, dict(me.notify_props)) == ("I", {"desktop": "all"})


def test_preferences_are_kept_and_favourites_move_channels() -> None:
    with desk() as here:
        plain = Preference("display_settings", "name_format", "username")
        assert not here.happen(events.PreferencesChanged((plain,))).needs
        assert here.store.preferences.get("display_settings", "name_format") == "username"
        favourite = Preference("favorite_channel", "c", "true")
        assert here.happen(events.PreferencesChanged((favourite,))).needs.categories == {""}
        here.happen(events.PreferencesDeleted((plain, favourite)))
        assert here.store.preferences.all() == ()


def test_what_the_event_does_not_say_is_fetched() -> None:
    with desk() as here:
        after = here.happen(events.UsersChanged(), events.ConfigChanged())
        assert after.needs.people
        assert after.needs.config


def test_my_own_presence_comes_as_an_event() -> None:
    with desk() as here:
        here.happen(events.StatusChanged("me", "dnd"))
        mine = here.store.statuses.get("me")
        assert mine is not None
        assert mine.status == "dnd"


def test_a_new_emoji_is_announced_and_the_unknown_ignored() -> None:
    with desk() as here:
        after = here.happen(events.EmojiAdded("party"), events.UnknownEvent("x"))
        assert [(change.kind, change.ids) for change in after.changes] == [
            (ChangeKind.EMOJI, frozenset({"party"}))
        ]

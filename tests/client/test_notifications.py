from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME, MINUTE, direct, membership, post, user
from tui.client.notifications import LOOK_AGAIN, PATIENCE, PAUSE, Notification
from tui.core.changes import Change, ChangeKind
from tui.core.models import Post, ServerConfig, Status
from tui.settings.config import Config, Ui
from tui.settings.config import Notifications as Wish


def call(desk: Desk, ident: str = "p", *, at: int | None = None, **fields: Any) -> Post:
    """A post that is for me arrives, and the engine says so."""
    made = post(ident, desk.clock.now() if at is None else at, **fields)
    desk.put(lambda tx: tx.posts.put([made]))
    desk.client.notifications.hear((Change(ChangeKind.NOTIFY, made.channel_id, frozenset({made.id})),))
    return made


def take(desk: Desk) -> Notification | None:
    return desk.client.notifications.take()


@pytest.fixture
def private(desk: Desk) -> Desk:
    """With a direct channel."""
    desk.put(
        lambda tx: tx.channels.put([direct("d1", "anna")]), lambda tx: tx.memberships.put([membership("d1")])
    )
    return desk


def test_a_mention_is_told_once_without_its_text(desk: Desk) -> None:
    assert take(desk) is None
    call(desk, message="the secret plan")
    call(desk)
    assert take(desk) == Notification("anna mentions you in C1")
    desk.clock.advance(PAUSE)
    call(desk)
    assert take(desk) is None


def test_a_direct_message(private: Desk) -> None:
    call(private, channel_id="d1")
    assert take(private) == Notification("New message from anna")


def test_a_stranger_is_waited_for(desk: Desk) -> None:
    call(desk, user_id="stranger")
    assert take(desk) is None
    assert desk.client.notifications.due_in() == LOOK_AGAIN
    desk.clock.advance(LOOK_AGAIN)
    desk.put(lambda tx: tx.users.put([user("stranger", first_name="Zoe")]))
    assert take(desk) == Notification("stranger mentions you in C1")


def test_nothing_is_known_even_later(desk: Desk) -> None:
    call(desk, channel_id="new", user_id="stranger")
    assert take(desk) is None
    desk.clock.advance(PATIENCE)
    assert take(desk) == Notification("1 new message")


def test_muted_none_and_do_not_disturb(desk: Desk) -> None:
    desk.put(lambda tx: tx.memberships.put([membership("c1", notify_props={"mark_unread": "mention"})]))
    call(desk, "muted")
    assert take(desk) is None
    desk.put(lambda tx: tx.memberships.put([membership("c1", notify_props={"desktop": "none"})]))
    call(desk, "none")
    assert take(desk) is None
    call(desk, "loud", channel_id="c2")
    assert take(desk)
    desk.clock.advance(PAUSE)
    desk.put(lambda tx: tx.statuses.put([Status(ME, "dnd")]))
    call(desk, "dnd", channel_id="c2")
    assert take(desk) is None


def test_the_open_channel_is_told_of_only_while_nobody_types(desk: Desk) -> None:
    desk.client.channels.open("c1")
    desk.client.notifications.key_pressed()
    call(desk, "seen")
    assert take(desk) is None
    desk.clock.advance(61)
    call(desk, "unseen")
    desk.put(lambda tx: tx.memberships.put([membership("c1", last_viewed_at=desk.clock.now())]))
    assert take(desk)


def test_what_was_read_elsewhere_is_no_news(desk: Desk) -> None:
    made = call(desk)
    desk.put(lambda tx: tx.memberships.put([membership("c1", last_viewed_at=made.create_at)]))
    assert take(desk) is None


def test_replayed_and_deleted_posts_are_no_news(desk: Desk) -> None:
    call(desk, "old", at=desk.clock.now() - 5 * MINUTE)
    call(desk, "gone")
    desk.put(lambda tx: tx.posts.delete("gone", desk.clock.now() + 1))
    desk.client.notifications.hear((Change(ChangeKind.NOTIFY, "c1", frozenset({"never stored"})),))
    assert take(desk) is None


def test_a_flood_is_summed_up(desk: Desk) -> None:
    notifications = desk.client.notifications
    assert notifications.due_in() is None
    call(desk, "first")
    assert notifications.due_in() == 0.0
    assert take(desk) == Notification("anna mentions you in C1")
    for n in range(3):
        call(desk, f"more{n}")
    assert take(desk) is None
    desk.clock.advance(1)
    assert notifications.due_in() == PAUSE - 1
    desk.clock.advance(PAUSE - 1)
    assert take(desk) == Notification("3 new messages")
    assert notifications.due_in() is None


def test_content_only_where_it_is_wanted_and_then_on_one_safe_line(tmp_path: Path) -> None:
    with a_desk(tmp_path, config=Config(notifications=Wish(content=True))) as desk:
        call(desk, message="**Hi**\nyou\x1b]0;x\x07 " + "long " * 60)
        told = take(desk)
        assert told is not None
        assert told.body.startswith("Hi you")
        assert len(told.body) <= 120
        assert all(c.isprintable() for c in told.body)


def test_names_of_others_are_safe(desk: Desk) -> None:
    desk.put(lambda tx: tx.users.put([user("anna", username="x\x1b\n" + "y" * 90, update_at=9)]))
    call(desk)
    told = take(desk)
    assert told is not None
    assert told.title.isprintable()
    assert len(told.title) < 70


@pytest.mark.parametrize("content", [True, False])
def test_a_meeting_is_told_with_its_topic_and_never_its_token(tmp_path: Path, content: bool) -> None:
    link = "https://video.acme.example/Raum?jwt=aaa.bbb.ccc"
    props = {"meeting_link": link, "meeting_topic": "Jour fixe"}
    config = replace(Config(), notifications=Wish(content=content))
    with a_desk(tmp_path, config=config) as desk:
        call(desk, type="custom_jitsi", props=props, message=link)
        assert take(desk) == Notification("anna invites you to a meeting: Jour fixe")
        desk.clock.advance(PAUSE)
        call(desk, "broken", type="custom_other", props={}, message=link)
        assert take(desk) == Notification("anna mentions you in C1")


def test_my_own_presence_is_asked_for(online: Desk) -> None:
    online.client.notifications.begin()
    assert online.engine.calls("set_visible_users") == [(frozenset({ME}),)]


MEETING = {"meeting_link": "https://meet.example.org/Raum", "meeting_topic": "Jour fixe"}


def test_a_meeting_is_told_of_at_once_and_by_itself(private: Desk) -> None:
    """Neither the pause after another notification nor its neighbours hold it back."""
    call(private, "a", channel_id="d1")
    assert take(private) is not None
    call(private, "b", channel_id="d1")
    for ident in ("m1", "m2"):
        call(private, ident, channel_id="d1", type="custom_jitsi", props=MEETING)
    for _meeting in range(2):
        told = take(private)
        assert told is not None
        assert "Jour fixe" in told.title
    assert take(private) is None
    private.clock.advance(PAUSE)
    assert take(private) == Notification("New message from anna")


def test_a_meeting_in_a_muted_channel_is_not_told_of(private: Desk) -> None:
    muted = membership("d1", notify_props={"mark_unread": "mention"})
    private.put(lambda tx: tx.memberships.put([muted]))
    call(private, "m", channel_id="d1", type="custom_jitsi", props=MEETING)
    assert take(private) is None


@pytest.mark.parametrize("topic", ["$(id)", "-x --exec", "<b>x</b>", "\x1b]52;c;aGk=\x07", "a\nb", "`id`"])
def test_f55_a_hostile_topic_is_one_safe_line(private: Desk, topic: str) -> None:
    call(private, "m", channel_id="d1", type="custom_jitsi", props={**MEETING, "meeting_topic": topic})
    told = take(private)
    assert told is not None
    assert not [c for c in told.title + told.body if ord(c) < 32 or 127 <= ord(c) < 160]


def test_names_that_the_servers_settings_may_still_change_are_waited_for(private: Desk) -> None:
    """In the first seconds of a first start."""
    private.put(
        lambda tx: tx.config.put(ServerConfig({})),
        lambda tx: tx.users.put([user("anna", first_name="Anna", last_name="Berg", update_at=9)]),
    )
    call(private, channel_id="d1")
    assert take(private) is None
    private.clock.advance(LOOK_AGAIN)
    private.put(lambda tx: tx.config.put(ServerConfig({"TeammateNameDisplay": "full_name"})))
    assert take(private) == Notification("New message from Anna Berg")


def news(desk: Desk, ident: str, **fields: Any) -> None:
    """A post of which I only want to know because I want to know everything there."""
    made = post(ident, desk.clock.now(), **fields)
    desk.put(lambda tx: tx.posts.put([made]))
    desk.client.notifications.hear((Change(ChangeKind.NEWS, made.channel_id, frozenset({ident})),))


def test_what_is_not_for_me_alone_rings_no_bell(desk: Desk) -> None:
    news(desk, "n")
    told = take(desk)
    assert told == Notification("anna writes in C1")
    assert not told.calls
    desk.clock.advance(PAUSE)
    news(desk, "o")
    call(desk, "p")
    told = take(desk)
    assert told == Notification("2 new messages")
    assert told.calls


def test_on_a_shared_display_nobody_is_named(tmp_path: Path) -> None:
    with a_desk(tmp_path, config=Config(notifications=Wish(content=True, names=False))) as desk:
        call(desk, message="the secret plan")
        told = take(desk)
        assert told == Notification("1 new message")
        assert told.facts == {"kind": "mention", "count": 1, "title": "1 new message"}
        desk.clock.advance(PAUSE)
        desk.client.notifications.discreet = False
        call(desk, "q", message="the plan")
        assert take(desk) == Notification("anna mentions you in C1", "the plan")


def test_a_hook_learns_who_where_and_the_text_only_if_it_is_wanted(private: Desk) -> None:
    made = call(private, channel_id="d1", message="the secret plan")
    told = take(private)
    assert told is not None
    assert told.facts == {
        "kind": "direct",
        "count": 1,
        "title": "New message from anna",
        "sender": "anna",
        "channel": "anna",
        "channel_id": "d1",
        "post_id": made.id,
        "root_id": "",
        "create_at": made.create_at,
    }


def test_in_quiet_hours_only_the_app_tells(tmp_path: Path) -> None:
    for number, (span, outside) in enumerate([("00:00-24:00", False), ("00:00-00:01", True)]):
        config = Config(notifications=Wish(quiet_hours=(span,)), ui=Ui(timezone="UTC"))
        with a_desk(tmp_path / str(number), config=config) as desk:
            desk.clock.advance(-(desk.clock.now() // 1000 % 86_400) + 12 * 3600)
            call(desk)
            told = take(desk)
            assert told is not None
            assert told.outside is outside

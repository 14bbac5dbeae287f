"""Single events about posts."""

from __future__ import annotations

from dataclasses import replace

from tests.sync.desk import a_post, desk
from tui.core import events
from tui.core.changes import ChangeKind
from tui.core.dialogs import IntegrationDialog
from tui.core.models import Membership, Reaction, Thread, User
from tui.core.outbox import CID_PROP
from tui.sync import marks


def test_a_post_counts_and_mentions() -> None:
    with desk() as here:
        after = here.happen(events.Posted(a_post(), frozenset({"me"})))
        assert (here.channel.total_msg_count, here.channel.total_msg_count_root) == (11, 10)
        assert (here.membership.mention_count, here.membership.msg_count) == (1, 8)
        assert after.wrote == [("c", "", "bob")]
        assert not after.needs


def test_a_post_older_than_the_counters_we_fetched_is_in_them() -> None:
    with desk() as here:
        here.happen(events.Posted(a_post(at=100)), events.Posted(a_post("q", 101)))
        assert here.channel.total_msg_count == 11


def test_out_of_order_posts_are_each_counted_once() -> None:
    with desk() as here:
        for at in (204, 202, 200, 201, 203, 202):
            here.happen(events.Posted(a_post(f"p{at}", at)))
        assert here.channel.total_msg_count == 15
        assert [span.newest for span in here.store.intervals.of("c")] == [(204, "p204")]


def test_a_join_message_moves_the_time_but_not_the_counter() -> None:
    with desk() as here:
        here.happen(events.Posted(a_post(type="system_join_channel")))
        assert (here.channel.total_msg_count, here.channel.last_post_at) == (10, 200)


def test_the_channel_on_screen_is_read_at_once() -> None:
    with desk() as here:
        here.memory.focus = "c"
        after = here.happen(events.Posted(a_post(), frozenset({"me"})))
        assert after.seen == {"c"}
        assert (here.membership.msg_count, here.membership.mention_count) == (11, 0)


def test_a_channel_marked_unread_by_hand_is_not_read_on_screen() -> None:
    with desk() as here:
        here.memory.focus = "c"
        row = Membership("c", "", msg_count=3, mention_count=2, last_viewed_at=40)
        here.happen(events.PostUnread(row, "p", has_root_counts=False))
        after = here.happen(events.Posted(a_post()))
        assert after.seen == set()
        before = here.membership
        assert (before.manually_unread, before.msg_count, before.msg_count_root) == (True, 3, 2)
        here.happen(events.ChannelViewed({"c": 300}))
        read = here.membership
        assert (read.manually_unread, read.msg_count, read.last_viewed_at) == (False, 11, 300)


def test_own_posts_are_recognised_by_their_uuid() -> None:
    with desk() as here:
        mine = replace(a_post(user_id="me"), props={CID_PROP: "cid"})
        after = here.happen(events.Posted(mine))
        assert after.own == [("cid", mine)]
        assert here.membership.msg_count == 11
        spoof = replace(a_post("q", user_id="bob"), props={CID_PROP: "cid"})
        assert here.happen(events.Posted(spoof)).own == []


def test_a_reply_brings_the_counter_of_its_root() -> None:
    with desk() as here:
        here.happen(events.Posted(replace(a_post(root_id="root"), reply_count=4)))
        root = here.store.posts.get("root")
        assert root is not None
        assert (root.reply_count, root.last_reply_at) == (4, 200)
        assert here.channel.total_msg_count_root == 9


def test_a_reply_on_screen_whose_root_is_unknown_asks_for_it() -> None:
    with desk() as here:
        reply = replace(a_post(root_id="elsewhere"), reply_count=1)
        assert here.happen(events.Posted(reply)).needs.roots == set()
        here.memory.focus = "c"
        assert here.happen(events.Posted(replace(reply, id="q"))).needs.roots == {"elsewhere"}


def test_an_old_edit_does_not_win_and_one_of_an_unknown_old_post_is_left_alone() -> None:
    with desk() as here:
        new = replace(a_post(), message="newer", update_at=300, edit_at=300)
        here.happen(events.Posted(a_post()), events.PostEdited(new))
        here.happen(events.PostEdited(replace(new, message="older", update_at=250)))
        assert here.store.posts.newest("c", 1)[0].message == "newer"
        here.happen(events.PostEdited(replace(a_post("ancient", 1), update_at=400)))
        assert here.store.posts.get("ancient") is None


def test_a_deleted_root_takes_its_replies_along() -> None:
    with desk() as here:
        here.happen(events.Posted(replace(a_post(root_id="root"), reply_count=1)))
        root = here.store.posts.get("root")
        assert root is not None
        after = here.happen(events.PostDeleted(root))
        assert here.store.posts.newest("c", 10) == ()
        assert after.withdrawn == {"root"}
        here.happen(events.Posted(replace(a_post(root_id="root"), reply_count=1)))
        assert here.store.posts.newest("c", 10) == ()


def test_reactions_come_and_go() -> None:
    with desk() as here:
        after = here.happen(events.ReactionAdded(Reaction("root", "eve", "tada", 70)))
        assert after.needs.users == {"eve"}
        root = here.store.posts.get("root")
        assert root is not None
        assert [one.emoji_name for one in root.reactions] == ["tada"]
        here.happen(events.ReactionRemoved(Reaction("root", "eve", "tada", 0, 80)))
        root = here.store.posts.get("root")
        assert root is not None
        assert root.reactions == ()


def test_ephemeral_messages_and_typing_are_passed_on() -> None:
    with desk() as here:
        whisper = a_post(type="system_ephemeral")
        after = here.happen(events.EphemeralMessage(whisper), events.Typing("bob", "c"))
        assert after.ephemerals == [whisper]
        assert after.typing == [events.Typing("bob", "c")]
        assert here.store.posts.get("p") is None


def test_a_channel_in_step_moves_its_mark_and_a_stale_one_does_not() -> None:
    with desk() as here:
        here.memory.generation = 3
        before = marks.ChannelMark(3, 100, (100, "x"))
        here.write(lambda tx: marks.write_channel(tx, "c", before))
        here.happen(events.Posted(a_post()))
        assert marks.read_channel(here.store, "c") == marks.ChannelMark(3, 200, (200, "p"))
        here.memory.generation = 4
        here.happen(events.Posted(a_post("q", 300)))
        assert marks.read_channel(here.store, "c") == marks.ChannelMark(3, 200, (200, "p"))


def test_the_newest_time_of_the_server_is_noted() -> None:
    with desk() as here:
        here.happen(events.Posted(a_post(at=500)))
        here.happen(events.Posted(a_post("q", 400)))
        assert marks.number(here.store, marks.SERVER_TIME) == 500


def test_a_post_for_me_in_person_is_reported() -> None:
    with desk() as here:
        mention = events.Posted(a_post(), frozenset({"me"}), channel_type="O")
        plain = events.Posted(a_post("q", 201), channel_type="O")
        direct = events.Posted(a_post("r", 202, channel_id="dm"), channel_type="D")
        own = events.Posted(a_post("s", 203, user_id="me"), frozenset({"me"}), channel_type="O")
        changes = here.happen(mention, plain, direct, own).changes
        told = [one for one in changes if one.kind is ChangeKind.NOTIFY]
        assert [(one.channel_id, *one.ids) for one in told] == [("c", "p"), ("dm", "r")]


def test_while_exploring_the_channel_on_screen_stays_unread() -> None:
    with desk() as here:
        here.memory.focus, here.memory.exploring = "c", True
        after = here.happen(events.Posted(a_post(), frozenset({"me"})))
        assert after.seen == set()
        assert here.membership.mention_count == 1


def test_acknowledgements_come_and_go() -> None:
    with desk() as here:
        here.happen(events.Posted(replace(a_post(), wants_ack=True, priority="urgent")))
        here.happen(events.PostAcknowledged("p", "ben", 300), events.PostAcknowledged("p", "ann", 200))
        post = here.store.posts.get("p")
        assert post is not None
        assert (post.priority, post.wants_ack) == ("urgent", True)
        assert dict(post.acknowledged) == {"ben": 300, "ann": 200}
        here.happen(events.PostAcknowledged("p", "ben", 0), events.PostAcknowledged("unknown", "ben", 9))
        assert dict(here.store.posts.get("p").acknowledged) == {"ann": 200}  # type: ignore[union-attr]


def test_a_form_is_handed_on() -> None:
    with desk() as here:
        dialog = IntegrationDialog("https://bot.example.org")
        assert here.happen(events.DialogOpened(dialog)).dialogs == [dialog]


def test_everything_of_a_channel_and_replies_of_a_followed_thread_are_news() -> None:
    with desk() as here:

        def told(ident: str, at: int, *mentions: str, root_id: str = "") -> set[ChangeKind]:
            event = events.Posted(a_post(ident, at, root_id=root_id), frozenset(mentions), channel_type="O")
            kinds = {change.kind for change in here.happen(event).changes}
            return kinds & {ChangeKind.NEWS, ChangeKind.NOTIFY}

        here.write(lambda tx: tx.users.put([User("me", "me", update_at=2)]))
        assert told("plain", 1000) == set()
        here.write(lambda tx: tx.threads.put([Thread("root", "t", "c")]))
        assert told("reply", 1001, root_id="root") == {ChangeKind.NEWS}
        loud = replace(here.membership, notify_props={"desktop": "all"})
        here.write(lambda tx: tx.memberships.put([loud]))
        assert told("loud", 1002) == {ChangeKind.NEWS}
        assert told("mention", 1003, "me") == {ChangeKind.NOTIFY}

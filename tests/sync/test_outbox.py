"""Sending without loss or doubles, by a whole engine against a server in memory."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.memory_server import MemoryServer
from tests.support.quick_clock import QuickClock
from tests.sync.party import Party, a_server, party
from tui.core.errors import BadAnswer, Offline, Refused, ServerTrouble, SignedOut, SignInRefused, Throttled
from tui.core.models import OutboxItem, Post, Target
from tui.core.outbox import CID_PROP, THROTTLED
from tui.store import DeskTx


def sent(server: MemoryServer) -> list[str]:
    """The texts of my posts, as the server has them."""
    mine = [post for post in server.posts.values() if post.user_id == server.me and not post.delete_at]
    return [post.message for post in sorted(mine, key=lambda post: post.create_at)]


async def drained(guest: Party) -> None:
    await guest.eventually(lambda: not guest.store.outbox.all())


async def test_a01_a_lost_reply_is_tried_again_under_the_same_id(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.lose_replies("create_post")
        await guest.queue("town", "once")
        await drained(guest)
        assert sent(guest.server) == ["once"]
        await guest.eventually(lambda: guest.texts("town")[-1:] == ["once"])


async def test_a01_a_reply_lost_while_the_socket_is_gone(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.fail("create_post", guest.server.forget_connections)
        guest.server.lose_replies("create_post")
        await guest.queue("town", "once")
        await drained(guest)
        assert sent(guest.server) == ["once"]


async def test_a02_much_later_it_is_looked_up_and_found(tmp_path: Path) -> None:
    async with party(tmp_path, speed=40) as guest:
        await guest.online()
        guest.server.forget_connections()
        guest.server.down = Offline("timeout")
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        item = await guest.queue("town", "once")
        posted = guest.server.say("town", "once", "me", props={CID_PROP: item.cid}, quiet=True)
        past = replace(
            item, state="unsure", attempts=1, first_try=1, server_time=posted.create_at, pending_post_id="x"
        )
        await asyncio.wrap_future(guest.store.write_desk(lambda dtx: dtx.outbox.update(past)))
        guest.server.down = None
        guest.engine.wake()
        await drained(guest)
        assert sent(guest.server) == ["once"]
        assert guest.server.count("create_post") == 0


async def test_a02_absent_after_a_look_it_is_sent_anew(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        item = OutboxItem(
            "c" * 32,
            "post",
            Target("town"),
            "once",
            state="unsure",
            pending_post_id="me:1",
            attempts=1,
            first_try=5,
            server_time=guest.server.at,
        )
        await guest.add(item)
        guest.start()
        await drained(guest)
        assert sent(guest.server) == ["once"]
        assert guest.server.requests.count("since") + guest.server.requests.count("posts") >= 1


async def test_a03_killed_between_the_answer_and_the_commit(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    first = Party(server, clock, tmp_path / "store")
    first.start()
    await first.online()
    server.lose_replies("create_post", 99)
    await first.queue("town", "once")
    await first.eventually(lambda: sent(server) == ["once"])
    await first.kill()
    server.lost_replies.clear()
    async with party(tmp_path, server=server) as second:
        await drained(second)
        assert sent(server) == ["once"]


@pytest.mark.parametrize("after", range(0, 9, 2))
async def test_a04_killed_anywhere_every_message_is_there_once_and_in_order(
    tmp_path: Path, after: int
) -> None:
    clock = QuickClock()
    server = a_server(clock)
    texts = [f"m{number}" for number in range(8)]
    first = Party(server, clock, tmp_path / "store")
    first.start()
    await first.online()
    for text in texts:
        await first.queue("town", text)
    await first.eventually(lambda: len(sent(server)) >= after)
    await first.kill()
    async with party(tmp_path, server=server) as second:
        await drained(second)
        assert sent(server) == texts


async def test_a05_fifty_offline_messages_arrive_in_order_per_channel(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        server = guest.server
        for number in range(5):
            server.add_channel(f"ch{number}")
        root = server.say("ch0", "root")
        await guest.online()
        server.forget_connections()
        server.down = Offline("unreachable")
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        items = [
            await guest.queue(f"ch{number % 5}", f"n{number:02}", root.id if number == 10 else "")
            for number in range(50)
        ]
        edited = replace(items[7], text="edited")

        def change(dtx: DeskTx) -> None:
            dtx.outbox.update(edited)
            dtx.outbox.remove(items[9].cid)

        await asyncio.wrap_future(guest.store.write_desk(change))
        assert all(item.state == "queued" for item in guest.store.outbox.all())
        server.down = None
        guest.engine.wake()
        await drained(guest)
        assert len(sent(server)) == 49
        for number in range(5):
            wanted = [f"n{one:02}" for one in range(number, 50, 5)]
            wanted = ["edited" if text == "n07" else text for text in wanted if text != "n09"]
            mine = [post for post in server.alive(f"ch{number}").values() if post.user_id == "me"]
            assert [post.message for post in sorted(mine, key=lambda post: post.create_at)] == wanted
        assert next(post for post in server.posts.values() if post.message == "n10").root_id == root.id


async def test_a07_a_poisonous_message_is_parked_and_the_queue_goes_on(tmp_path: Path) -> None:
    async with party(tmp_path, speed=60) as guest:
        await guest.online()
        await guest.queue("town", "bad\0")
        await guest.queue("town", "good")
        await guest.eventually(lambda: sent(guest.server) == ["good"])
        await guest.eventually(lambda: len(guest.store.outbox.all()) == 1)
        [left] = guest.store.outbox.all()
        assert (left.state, left.reason) == ("parked", "app.post.save.app_error")
        assert guest.server.count("create_post") == 6


@pytest.mark.parametrize("why", ["archived", "removed", "root gone"])
async def test_a08_a_target_that_is_gone_parks_the_item(tmp_path: Path, why: str) -> None:
    async with party(tmp_path) as guest:
        server = guest.server
        root = server.say("lab", "root")
        await guest.online()
        server.forget_connections()
        server.down = Offline("dns")
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        await guest.queue("lab", "into the void", root.id if why == "root gone" else "")
        await guest.queue("town", "fine")
        if why == "archived":
            server.archive("lab")
        elif why == "removed":
            server.remove_me("lab")
        else:
            server.delete(root.id)
        server.down = None
        guest.engine.wake()
        await guest.eventually(lambda: [item.state for item in guest.store.outbox.all()] == ["parked"])
        [item] = guest.store.outbox.all()
        assert item.text == "into the void"
        assert item.reason.startswith("api.")
        await guest.eventually(lambda: sent(server) == ["fine"])


async def test_a09_a_dead_session_freezes_the_queue_until_the_same_person_signs_in(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        server = guest.server
        await guest.online()
        server.session_dead = True
        await guest.queue("town", "later")
        await guest.eventually(lambda: guest.engine.state.kind == "signed_out")
        await guest.eventually(lambda: [item.state for item in guest.store.outbox.all()] == ["queued"])
        with pytest.raises(SignInRefused, match="other_user"):
            guest.engine.signed_in("eve", "eves token")
        asked = server.count()
        guest.engine.outbox_changed()
        await guest.clock.sleep(5)
        assert server.count() == asked
        server.session_dead, server.token = False, "new"
        guest.engine.signed_in("me", "new")
        await drained(guest)
        assert sent(server) == ["later"]


async def test_a10_a_throttled_queue_is_silent_for_as_long_as_it_was_told(tmp_path: Path) -> None:
    async with party(tmp_path, speed=5) as guest:
        await guest.online()
        guest.server.fail("create_post", Throttled(3.0))
        for number in range(4):
            await guest.queue("town", f"n{number}")
        await guest.eventually(lambda: THROTTLED in [item.reason for item in guest.store.outbox.all()])
        begun = guest.clock.monotonic()
        await guest.eventually(lambda: guest.server.count("create_post") > 1)
        assert guest.clock.monotonic() - begun > 2.5
        await drained(guest)
        assert sent(guest.server) == ["n0", "n1", "n2", "n3"]


async def test_a11_files_go_once_and_a_vanished_one_parks_the_post(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.fail("upload_file", Offline("reset"))
        paths = (str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
        await guest.add(OutboxItem("f" * 32, "post", Target("town"), "with files", file_paths=paths))
        await drained(guest)
        [post] = [post for post in guest.server.posts.values() if post.user_id == "me"]
        assert len(post.file_ids) == 2
        assert guest.server.count("upload_file") == 3
        await guest.add(
            OutboxItem("e" * 32, "post", Target("town"), "gone", file_paths=(str(tmp_path / "none"),))
        )
        await guest.eventually(lambda: [item.reason for item in guest.store.outbox.all()] != [""])
        [item] = guest.store.outbox.all()
        assert (item.state, item.reason) == ("parked", "tele.outbox.file_gone")
        assert sent(guest.server) == ["with files"]


async def test_a13_a_second_instance_sends_nothing(tmp_path: Path) -> None:
    async with party(tmp_path) as first:
        second = Party(first.server, first.clock, tmp_path / "store")
        assert second.store.read_only
        second.start()
        await first.online()
        await first.queue("town", "once")
        second.engine.outbox_changed()
        await drained(first)
        assert sent(first.server) == ["once"]
        assert second.engine.state.kind == "stopped"
        await second.stop()


@pytest.mark.parametrize("jump", [-3600.0, 86_400.0])
async def test_a14_setting_the_clock_while_sending_makes_no_second_post(tmp_path: Path, jump: float) -> None:
    async with party(tmp_path, speed=40) as guest:
        await guest.online()
        guest.server.fail("create_post", lambda: guest.clock.jump(jump))
        guest.server.lose_replies("create_post")
        await guest.queue("town", "once")
        await drained(guest)
        assert sent(guest.server) == ["once"]


async def test_a15_a_portal_instead_of_an_answer_is_never_shown_as_sent(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.fail("create_post", BadAnswer("tele.answer.portal"), BadAnswer("tele.answer.portal"))
        await guest.queue("town", "once")
        await guest.eventually(lambda: [item.state for item in guest.store.outbox.all()] == ["unsure"])
        assert "once" not in guest.texts("town")
        await drained(guest)
        assert sent(guest.server) == ["once"]


async def test_a15_somebody_elses_pending_id_swallows_nothing(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        theirs = guest.server.say("town", "theirs", "eve")

        def swallow() -> None:
            waiting = guest.store.outbox.all()[0].pending_post_id
            guest.server.pending[waiting] = (guest.clock.monotonic(), theirs.id)

        guest.server.fail("create_post", swallow)
        await guest.queue("town", "mine")
        await drained(guest)
        assert sent(guest.server) == ["mine"]


async def test_still_saving_is_waited_for(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        busy = ServerTrouble("api.post.deduplicate_create_post.pending", status=500)
        guest.server.fail("create_post", *[busy] * 7)
        await guest.queue("town", "once")
        await drained(guest)
        assert sent(guest.server) == ["once"]


async def test_edits_deletes_reactions_and_pins_go_through_the_queue(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        server = guest.server
        mine = [server.say("town", f"mine {number}", "me") for number in range(3)]
        guest.engine.open_channel("town")
        await guest.online()
        for cid, kind, post, text in [
            ("1", "edit", mine[0], "edited"),
            ("2", "react", mine[1], "+1"),
            ("3", "pin", mine[1], ""),
            ("4", "delete", mine[2], ""),
        ]:
            await guest.add(OutboxItem(cid * 32, kind, Target("town"), text, post_id=post.id))
        await drained(guest)
        await guest.eventually(lambda: guest.same_posts("town"))
        assert server.posts[mine[0].id].message == "edited"
        assert server.posts[mine[1].id].is_pinned
        await guest.add(OutboxItem("5" * 32, "unreact", Target("town"), "+1", post_id=mine[1].id))
        await drained(guest)
        await guest.eventually(lambda: guest.same_posts("town"))
        assert server.posts[mine[1].id].reactions == ()


async def test_a_delete_whose_answer_was_lost_is_done(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        post = guest.server.say("town", "away with it", "me")
        await guest.online()
        guest.server.lose_replies("delete_post")
        await guest.add(OutboxItem("d" * 32, "delete", Target("town"), post_id=post.id))
        await drained(guest)
        assert guest.server.posts[post.id].delete_at


async def test_an_echo_alone_completes_an_item(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.fail("create_post", *[Refused("api.context.permissions.app_error", status=403)])
        item = await guest.queue("town", "from elsewhere")
        await guest.eventually(lambda: [one.state for one in guest.store.outbox.all()] == ["parked"])
        guest.server.say("town", "from elsewhere", "me", props={CID_PROP: item.cid})
        await drained(guest)
        stored: Post | None = guest.store.posts.find_by_cid(item.cid)
        assert stored is not None


async def test_the_end_of_the_session_is_not_believed_of_one_answer(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await guest.online()
        guest.server.fail("create_post", SignedOut("api.context.session_expired.app_error", status=401))
        await guest.queue("town", "once")
        await drained(guest)
        assert sent(guest.server) == ["once"]
        assert guest.engine.state.kind != "signed_out"

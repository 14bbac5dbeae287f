from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME, post
from tests.support.waiting import wait_until
from tui.core.connection import ConnectionState
from tui.core.errors import Refused, StoreTrouble, UserMistake
from tui.core.models import Command, Draft, PostPage, Preference, ServerConfig, Target
from tui.core.timeline import PostRow
from tui.settings.config import Config, Privacy
from tui.store import Store

HERE = Target("c1")


def mistake(desk: Desk, text: str) -> tuple[str, str]:
    with pytest.raises(UserMistake) as caught:
        desk.client.posts.send(HERE, text)
    return caught.value.id, caught.value.detail


def test_sending_is_on_disk_and_its_draft_gone_when_it_returns(tmp_path: Path) -> None:
    with a_desk(tmp_path / "a") as desk:
        desk.store.write_desk(lambda dtx: dtx.drafts.put(Draft(HERE, "hel"))).result(10)
        desk.online()
        sent = desk.client.posts.send(HERE, "hello").item
        assert sent is not None
        assert desk.store.outbox.get(sent.cid) is not None
        assert desk.client.drafts.get(HERE) is None
        assert desk.engine.calls("outbox_changed") == [()]
    again = Store.open(tmp_path / "a", clock=desk.clock)
    assert [item.text for item in again.outbox.all()] == ["hello"]
    again.close()


def test_it_shows_at_once_as_waiting(desk: Desk) -> None:
    desk.client.posts.send(HERE, "hello")
    row = desk.client.posts.timeline("c1").rows[-1]
    assert isinstance(row, PostRow)
    assert row.pending is not None
    assert (row.post.message, row.author.name) == ("hello", "me")


def test_a06_what_cannot_be_sent_is_refused_before_it_is_queued(desk: Desk) -> None:
    desk.store.write_desk(lambda dtx: dtx.drafts.put(Draft(HERE, "x" * 16384))).result(10)
    assert mistake(desk, " \n\t ") == ("tele.input.empty", "")
    assert mistake(desk, "\0\0") == ("tele.input.empty", "")
    assert mistake(desk, "x" * 16384) == ("tele.input.too_long", "16384/16383")
    assert desk.client.outbox.all() == ()
    assert desk.client.drafts.get(HERE) is not None
    desk.put(lambda tx: tx.config.put(ServerConfig({"MaxPostSize": "4000"})))
    assert mistake(desk, "x" * 4001) == ("tele.input.too_long", "4001/4000")


def test_a06_emoji_count_as_one_and_poison_is_taken_out(desk: Desk) -> None:
    longest = "😀" * 16383
    assert desk.client.posts.send(HERE, longest).item is not None
    sent = desk.client.posts.send(HERE, "a\0b\ud800c").item
    assert sent is not None
    assert sent.text == "abc"


def test_a12_two_enters_are_two_messages_only_if_there_were_two_texts(desk: Desk) -> None:
    """The composer is empty after the first Enter: the second one meets nothing to send."""
    desk.client.posts.send(HERE, "once")
    assert mistake(desk, "")[0] == "tele.input.empty"
    assert len(desk.client.outbox.all()) == 1


def test_a12_texts_sent_from_two_threads_get_ids_of_their_own(desk: Desk) -> None:
    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(lambda n: desk.client.posts.send(HERE, f"m{n}").item, range(8)))
    assert len({item.cid for item in sent if item}) == 8
    seqs = [item.seq for item in desk.client.outbox.all()]
    assert seqs == sorted(set(seqs))


def test_a05_offline_work_is_queued_in_order_with_its_changes(tmp_path: Path) -> None:
    """50 messages over 5 channels, replies, one edit, one discard: all on the desk, also after a restart."""
    with a_desk(tmp_path, offline=True) as desk:
        posts = desk.client.posts
        for n in range(50):
            root = "root" if n % 10 == 7 else ""
            posts.send(Target(f"c{n % 5}", root), f"message {n}")
        items = desk.client.outbox.all()
        desk.client.outbox.edit(items[3].cid, "message 3, edited")
        desk.client.outbox.discard(items[4].cid)
    with a_desk(tmp_path, offline=True) as desk:
        texts = [item.text for item in desk.client.outbox.all()]
        wanted = [f"message {n}" for n in range(50) if n != 4]
        wanted[3] = "message 3, edited"
        assert texts == wanted
        assert {item.state for item in desk.client.outbox.all()} == {"queued"}


def test_files_alone_are_enough_but_not_too_many(desk: Desk) -> None:
    sent = desk.client.posts.send(HERE, "", ["/tmp/a"]).item
    assert sent is not None
    assert sent.file_paths == ("/tmp/a",)
    with pytest.raises(UserMistake) as caught:
        desk.client.posts.send(HERE, "x", ["/tmp/a"] * 11)
    assert caught.value.detail == "11/10"


def test_commands_are_run_and_not_queued(online: Desk) -> None:
    online.put(lambda tx: tx.commands.replace("t1", [Command("shrug")]))
    online.api.answers["execute_command"] = ""
    online.client.drafts.put(HERE, "/shrug hi")
    sent = online.client.posts.send(HERE, "/shrug hi")
    assert sent.item is None
    assert sent.command is not None
    assert sent.command.outcome.result(10).kind == "nothing"
    wait_until(lambda: online.client.drafts.get(HERE) is None)
    assert online.client.outbox.all() == ()


def test_a_command_that_was_refused_stays_a_draft(online: Desk) -> None:
    online.api.answers["execute_command"] = Refused("api.command.execute_command.not_found.app_error")
    online.client.drafts.put(HERE, "/shrug hi")
    sent = online.client.posts.send(HERE, "/shrug hi")
    assert sent.command is not None
    with pytest.raises(Refused):
        sent.command.outcome.result(10)
    online.store.flush()
    assert online.client.drafts.get(HERE) is not None


def test_commands_without_a_line_keep_the_text(online: Desk) -> None:
    online.client.drafts.put(HERE, "/shrug")
    online.store.flush()
    online.engine.state = ConnectionState("offline")
    assert mistake(online, "/shrug") == ("tele.offline.command", "")
    assert online.client.drafts.get(HERE) is not None


def test_an_unknown_command_can_be_sent_as_text(online: Desk) -> None:
    online.put(lambda tx: tx.commands.replace("t1", [Command("shrug")]))
    assert mistake(online, "/etc is full") == ("tele.input.unknown_command", "etc")
    sent = online.client.posts.send(HERE, "/etc is full", as_text=True).item
    assert sent is not None
    assert sent.text == " /etc is full"
    path = online.client.posts.send(HERE, "/etc/passwd").item
    assert path is not None
    assert path.text == "/etc/passwd"


def test_changes_of_posts_are_queued(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("p", user_id=ME, root_id="r")]))
    posts = desk.client.posts
    posts.edit("p", "new")
    posts.react("p", ":thumbsup:")
    posts.unreact("p", "tada")
    posts.pin("p")
    posts.pin("p", False)
    posts.delete("p")
    queued = [(item.kind, item.text) for item in desk.client.outbox.all()]
    assert queued == [
        ("edit", "new"),
        ("react", "+1"),
        ("unreact", "tada"),
        ("pin", ""),
        ("unpin", ""),
        ("delete", ""),
    ]
    assert {item.target for item in desk.client.outbox.all()} == {Target("c1", "r")}
    with pytest.raises(UserMistake):
        posts.edit("p", "  ")
    with pytest.raises(UserMistake):
        posts.delete("unknown")


def test_a_full_disk_is_told_and_the_draft_stays(tmp_path: Path) -> None:
    with a_desk(tmp_path) as first, ReadOnly(tmp_path) as second:
        assert first.store.read_only is False
        with pytest.raises(StoreTrouble) as caught:
            second.client.posts.send(HERE, "x")
        assert caught.value.id == "tele.store.readonly"
        second.client.drafts.put(HERE, "kept nowhere, but no crash")
        second.client.posts.save("p")
        assert second.client.read_only
        assert any(notice.lasting for notice in second.client.notices())


class ReadOnly:
    """A second window on the same store."""

    def __init__(self, directory: Path) -> None:
        self.desk = Desk(directory)

    def __enter__(self) -> Desk:
        return self.desk

    def __exit__(self, *_exc: object) -> None:
        self.desk.client.close()


def test_the_last_own_message(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("a", 1, user_id=ME), post("b", 2, user_id=ME), post("c", 3)]))
    found = desk.client.posts.last_own(HERE)
    assert found is not None
    assert found.id == "b"


def test_permalinks(desk: Desk) -> None:
    ident = "a" * 26
    desk.put(lambda tx: tx.posts.put([post(ident)]))
    assert desk.client.posts.permalink(ident) == f"https://chat.example.org/mm/alpha/pl/{ident}"
    assert desk.client.posts.permalink("unknown") == ""


def test_saved_posts_that_are_missing_are_fetched(online: Desk) -> None:
    online.put(lambda tx: tx.posts.put([post("a", 1), post("b", 2)]))
    online.put(
        lambda tx: tx.preferences.put([Preference("flagged_post", i, "true") for i in ("a", "b", "z")])
    )
    online.api.answers["fetch_saved"] = PostPage(("z",), {"z": post("z", 9)})
    assert [p.id for p in online.client.posts.saved()] == ["b", "a"]
    wait_until(lambda: [p.id for p in online.client.posts.saved()] == ["z", "b", "a"])
    online.client.posts.save("b", False)
    online.store.flush()
    assert [p.id for p in online.client.posts.saved()] == ["z", "a"]


def test_saved_posts_i_may_not_see_are_left_out(online: Desk) -> None:
    online.put(lambda tx: tx.preferences.put([Preference("flagged_post", "z", "true")]))
    online.api.answers["fetch_saved"] = PostPage((), {})
    assert online.client.posts.saved() == ()
    wait_until(lambda: online.api.calls("fetch_saved"))


def test_pinned_posts_come_from_the_server_too(online: Desk) -> None:
    pinned = post("p", is_pinned=True)
    online.api.answers["fetch_pinned"] = PostPage(("p",), {"p": pinned})
    wait_until(lambda: [p.id for p in online.client.posts.pinned("c1")] == ["p"])
    assert len(online.api.calls("fetch_pinned")) == 1
    assert online.client.posts.pinned("") == ()


def test_history_and_typing_are_the_engines(tmp_path: Path) -> None:
    with a_desk(tmp_path, config=Config(privacy=Privacy(typing=True))) as desk:
        desk.online()
        desk.client.posts.load_older("c1")
        desk.client.posts.close_gap("c1", "p")
        desk.client.posts.typing(HERE)
        told = desk.engine.told
        assert ("load_older", ("c1",)) in told
        assert ("close_gap", ("c1", "p")) in told
        assert ("send_typing", (HERE,)) in told


def test_typing_is_told_to_nobody_by_default(online: Desk) -> None:
    online.client.posts.typing(HERE)
    assert online.engine.calls("send_typing") == []

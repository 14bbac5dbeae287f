from __future__ import annotations

from dataclasses import replace

import pytest

from tests.client.desk import Desk
from tests.support.makers import queued
from tui.core.errors import UserMistake
from tui.core.models import OutboxItem, Target
from tui.store import DeskTx


def add(desk: Desk, *items: OutboxItem) -> None:
    def put(dtx: DeskTx) -> None:
        for item in items:
            dtx.outbox.add(item)

    desk.store.write_desk(put).result(10)


def test_everything_is_listed_in_order(desk: Desk) -> None:
    add(desk, queued("k1"), queued("k2"))
    assert [item.cid for item in desk.client.outbox.all()] == ["k1", "k2"]
    assert desk.client.outbox.get("k2") is not None
    assert desk.client.outbox.get("k3") is None


def test_taking_back_gives_the_text_and_tells_the_engine(online: Desk) -> None:
    add(online, queued("k", "my text"))
    assert online.client.outbox.take_back("k") == "my text"
    assert online.client.outbox.all() == ()
    assert online.engine.calls("outbox_changed") == [()]


@pytest.mark.parametrize("state", ["sending", "unsure"])
def test_what_may_be_on_the_server_cannot_be_changed(desk: Desk, state: str) -> None:
    add(desk, queued("k", state=state))
    for act in (
        lambda: desk.client.outbox.take_back("k"),
        lambda: desk.client.outbox.discard("k"),
        lambda: desk.client.outbox.edit("k", "new"),
        lambda: desk.client.outbox.retarget("k", Target("c2")),
    ):
        with pytest.raises(UserMistake) as caught:
            act()
        assert caught.value.id == "tele.outbox.busy"
    assert len(desk.client.outbox.all()) == 1


def test_what_is_sent_already_is_gone(desk: Desk) -> None:
    with pytest.raises(UserMistake) as caught:
        desk.client.outbox.discard("k")
    assert caught.value.id == "tele.outbox.gone"


def test_discarding(desk: Desk) -> None:
    add(desk, queued("k"))
    desk.client.outbox.discard("k")
    assert desk.client.outbox.all() == ()


def test_editing_an_untried_text_keeps_its_place_and_ids(desk: Desk) -> None:
    add(desk, queued("k1"), queued("k2"))
    desk.client.outbox.edit("k1", "new")
    assert [(item.cid, item.text) for item in desk.client.outbox.all()] == [("k1", "new"), ("k2", "hello")]


def test_editing_a_tried_text_makes_a_new_command(desk: Desk) -> None:
    add(desk, queued("k", state="parked", first_try=5, pending_post_id="me:1", attempts=5, reason="x"))
    desk.client.outbox.edit("k", "new")
    (item,) = desk.client.outbox.all()
    assert item.cid != "k"
    assert (item.text, item.state, item.pending_post_id, item.first_try) == ("new", "queued", "", 0)


def test_retrying_looks_first_where_it_was_tried_before(desk: Desk) -> None:
    add(desk, queued("k", state="parked", reason="x"), queued("t", state="parked", reason="x", first_try=5))
    desk.client.outbox.retry("k")
    desk.client.outbox.retry("t")
    assert [(i.cid, i.state, i.reason) for i in desk.client.outbox.all()] == [
        ("k", "queued", ""),
        ("t", "unsure", ""),
    ]


def test_a08_a_parked_text_can_go_somewhere_else(desk: Desk) -> None:
    """Its channel was archived while it waited: the text is kept, can be read and sent to another place."""
    reason = "api.post.create_post.can_not_post_to_deleted.error"
    add(desk, queued("k", "important", state="parked", reason=reason, file_paths=("/tmp/x",)))
    desk.client.outbox.retarget("k", Target("c2", "root"))
    (item,) = desk.client.outbox.all()
    assert item.cid != "k"
    assert (item.target, item.text, item.state) == (Target("c2", "root"), "important", "queued")
    assert item.file_paths == ("/tmp/x",)
    assert replace(item, cid="", seq=0).reason == ""

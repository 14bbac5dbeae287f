"""The requests behind the outbox: nothing is called absent that was not looked for to the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.support.clock import FakeClock
from tests.support.memory_server import MemoryApi, MemoryServer
from tests.support.quick_clock import QuickClock
from tests.sync.party import a_server
from tui.core.errors import BadAnswer, Offline, Refused
from tui.core.models import OutboxItem, Target
from tui.core.outbox import CID_PROP, Attempt, Done, LookUp, Park, Wait
from tui.core.ports import ServerApi
from tui.store import Store
from tui.sync import delivery
from tui.sync.context import Context
from tui.sync.delivery import Delivery
from tui.sync.line import Line
from tui.sync.memory import Memory

CID = "c" * 32


class Post:
    """A delivery over a server in memory."""

    def __init__(self) -> None:
        clock = QuickClock()
        self.server: MemoryServer = a_server(clock)
        self.store = Store.open(None, clock=FakeClock(), memory=True)
        line = Line(clock, lambda _changes: None)
        api = cast(ServerApi, MemoryApi(self.server))
        context = Context(api, self.store, clock, "me", line, Memory(), lambda _changes: None)
        self.delivery = Delivery(context)

    def mine(self, root_id: str = "") -> str:
        """My own post on the server, of which we do not know yet."""
        said = self.server.say("town", "once", "me", root_id=root_id, props={CID_PROP: CID}, quiet=True)
        return said.id


def attempt(kind: str = "post", *, root_id: str = "", tries: int = 1, **more: object) -> Attempt:
    item = OutboxItem(CID, kind, Target("town", root_id), "once", attempts=tries)
    return Attempt(replace(item, **more))  # type: ignore[arg-type]


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    made = Post()
    yield made
    made.store.close()


@pytest.mark.parametrize("since", [0, 1])
async def test_a02_it_is_found_by_its_uuid(post: Post, since: int) -> None:
    known = post.mine()
    found = await post.delivery.find(LookUp(attempt(), since))
    assert found is not None
    assert found.id == known


async def test_a02_what_is_stored_already_needs_no_request(post: Post) -> None:
    known = post.mine()
    post.store.write(lambda tx: tx.posts.put([post.server.posts[known]])).result(10)
    found = await post.delivery.find(LookUp(attempt(), 0))
    assert found is not None
    assert post.server.requests == []


async def test_a02_a_reply_is_looked_for_in_its_thread(post: Post) -> None:
    root = next(iter(post.server.alive("town")))
    known = post.mine(root_id=root)
    found = await post.delivery.find(LookUp(attempt(root_id=root), 1))
    assert found is not None
    assert found.id == known
    assert post.server.requests == ["thread"]


async def test_a02_absent_is_said_after_the_whole_history(post: Post) -> None:
    assert await post.delivery.find(LookUp(attempt(), 0)) is None
    assert await post.delivery.find(LookUp(attempt(root_id="gone"), 1)) is None


async def test_b18_a_cut_since_is_paged_down(post: Post) -> None:
    known = post.mine()
    for number in range(1_200):
        post.server.say("town", f"flood {number}", quiet=True)
    found = await post.delivery.find(LookUp(attempt(), 1))
    assert found is not None
    assert found.id == known
    assert post.server.requests[0] == "since"


async def test_what_cannot_be_decided_is_not_called_absent(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SEARCH_PAGES", 1)
    for number in range(250):
        post.server.say("town", f"flood {number}", quiet=True)
    with pytest.raises(BadAnswer):
        await post.delivery.find(LookUp(attempt(), 0))


async def test_a11_a_file_that_is_gone_parks_it(post: Post, tmp_path: Path) -> None:
    outcome = await post.delivery.upload(attempt(file_paths=(str(tmp_path / "gone.pdf"),)))
    assert isinstance(outcome, Park)
    assert outcome.attempt.item.reason == "tele.outbox.file_gone"


async def test_a11_an_uploaded_file_is_not_uploaded_again(post: Post, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    outcome = await post.delivery.upload(attempt(file_paths=(str(tmp_path / "a.txt"),)))
    assert isinstance(outcome, Wait)
    assert outcome.attempt.item.file_paths == ()
    assert len(outcome.attempt.item.file_ids) == 1


async def test_a_second_delete_of_what_is_gone_is_done(post: Post) -> None:
    gone = post.mine()
    post.server.delete(gone)
    refusal = Refused("api.post.delete_post.permissions", status=403)
    again = attempt("delete", post_id=gone, tries=2)
    assert isinstance(await post.delivery.judge(again, refusal, 1.0), Done)
    first = replace(again, item=replace(again.item, attempts=1))
    assert isinstance(await post.delivery.judge(first, refusal, 1.0), Park)
    post.server.fail("post", Offline("timeout"))
    assert isinstance(await post.delivery.judge(again, refusal, 1.0), Wait)


async def test_an_unknown_kind_is_refused(post: Post) -> None:
    with pytest.raises(Refused, match=r"tele\.outbox\.kind"):
        await post.delivery.send(attempt("sing"))


async def test_what_was_confirmed_is_stored(post: Post) -> None:
    known = post.mine()
    post.store.write(lambda tx: tx.posts.put([post.server.posts[known]])).result(10)

    async def done(kind: str, text: str = "tada") -> None:
        await post.delivery.keep(Done(attempt(kind, post_id=known, text=text)))

    await done("react")
    await done("pin")
    stored = post.store.posts.get(known)
    assert stored is not None
    assert stored.is_pinned
    assert [(one.user_id, one.emoji_name) for one in stored.reactions] == [("me", "tada")]
    await done("unreact")
    await done("unpin")
    stored = post.store.posts.get(known)
    assert stored is not None
    assert (stored.is_pinned, stored.reactions) == (False, ())
    await done("delete")
    deleted = post.store.posts.get(known)
    assert deleted is None or deleted.delete_at

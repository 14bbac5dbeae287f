"""The whole client against the demo server, with a real store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.client.client import Client, open_client
from tui.client.notifications import Notification
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState
from tui.core.models import Target
from tui.core.timeline import PostRow
from tui.demo import company, posting
from tui.demo.records import Channel
from tui.demo.server import DemoServer
from tui.settings import accounts as files
from tui.settings.accounts import Account
from tui.settings.config import Cache, Config, Syncthing
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper


@dataclass
class Office:
    server: DemoServer
    paths: Paths
    keeper: TokenKeeper
    config: Config
    account: Account
    opened: list[Client]

    def client(self, *, offline: bool = False) -> Client:
        made = open_client(self.account, self.paths, self.config, self.keeper, offline=offline)
        self.opened.append(made)
        return made

    def online(self) -> Client:
        made = self.client()
        made.start()
        wait_until(lambda: made.connection().kind == "online")
        return made

    def on_server(self, channel_id: str) -> list[str]:
        def read() -> list[str]:
            posts = [
                p for p in self.server.world.posts.values() if p.channel_id == channel_id and not p.delete_at
            ]
            return [p.message for p in sorted(posts, key=lambda p: (p.create_at, p.id)) if not p.type]

        return self.server.call(read)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    from tui.client.accounts import sign_in

    server = DemoServer(company=company.small)
    server.start()
    paths = Paths.resolve(tmp_path)
    keeper = TokenKeeper(paths, ring=lambda: None)
    config = Config(syncthing=Syncthing(enabled=False))
    options = {"paths": paths, "config": config, "keeper": keeper, "file_allowed": True}
    signed = sign_in(server.url, "anna", "anna", **options)  # type: ignore[arg-type]
    made = Office(server, paths, keeper, config, signed.account, [])
    yield made
    for client in made.opened:
        client.close()
    server.stop()


def channel_named(client: Client, name: str) -> str:
    team = client.teams.current()
    assert team is not None
    found = client.channels.by_name(team.id, name)
    assert found is not None
    return found.id


def texts(client: Client, channel_id: str) -> list[str]:
    rows = client.posts.timeline(channel_id).rows
    return [row.post.message for row in rows if isinstance(row, PostRow) and not row.post.type]


def test_from_nothing_to_a_conversation(office: Office) -> None:
    client = office.online()
    square = channel_named(client, "town-square")
    client.channels.open(square)
    client.posts.send(Target(square), "hello")
    wait_until(lambda: office.on_server(square) == ["hello"])
    wait_until(lambda: client.outbox.all() == ())
    assert texts(client, square) == ["hello"]
    world = office.server.world
    office.server.call(lambda: world.post(world.channel("nordlicht", "town-square"), "ben", "hi anna"))
    wait_until(lambda: texts(client, square) == ["hello", "hi anna"])
    assert client.traffic().requests > 0
    me = client.me()
    assert me is not None
    assert me.username == "anna"


def test_a05_what_is_written_offline_goes_out_in_order(office: Office) -> None:
    first = office.online()
    places = [channel_named(first, "town-square"), channel_named(first, "off-topic")]
    office.opened.remove(first)
    first.close()
    away = office.client(offline=True)
    for n in range(20):
        away.posts.send(Target(places[n % 2]), f"message {n}")
    items = away.outbox.all()
    away.outbox.edit(items[4].cid, "message 4, edited")
    away.outbox.discard(items[6].cid)
    office.opened.remove(away)
    away.close()
    back = office.online()
    wait_until(lambda: back.outbox.all() == (), timeout=30)
    wanted = [f"message {n}" for n in range(20) if n != 6]
    wanted[4] = "message 4, edited"
    assert office.on_server(places[0]) == wanted[0:4:2] + [wanted[4]] + [
        f"message {n}" for n in range(8, 20, 2)
    ]
    assert office.on_server(places[1]) == [f"message {n}" for n in range(1, 20, 2)]


def test_a08_an_archived_channel_parks_and_the_queue_goes_on(office: Office) -> None:
    first = office.online()
    closed, open_ = channel_named(first, "off-topic"), channel_named(first, "town-square")
    office.opened.remove(first)
    first.close()
    away = office.client(offline=True)
    away.posts.send(Target(closed), "too late")
    away.posts.send(Target(open_), "in time")
    office.opened.remove(away)
    away.close()

    def archive() -> None:
        world = office.server.world
        world.channels[closed].delete_at = world.now()

    office.server.call(archive)
    back = office.online()
    wait_until(lambda: office.on_server(open_) == ["in time"])
    parked = wait_until(lambda: [item for item in back.outbox.all() if item.state == "parked"])[0]
    assert parked.reason == "api.post.create_post.can_not_post_to_deleted.error"
    back.outbox.retarget(parked.cid, Target(open_))
    wait_until(lambda: office.on_server(open_) == ["in time", "too late"])


def test_reading_works_without_a_server(office: Office) -> None:
    first = office.online()
    square = channel_named(first, "town-square")
    first.posts.send(Target(square), "remember me")
    wait_until(lambda: first.outbox.all() == ())
    office.opened.remove(first)
    first.close()
    away = office.client(offline=True)
    away.start()
    assert away.connection().kind == "stopped"
    assert texts(away, square) == ["remember me"]
    assert [p.message for p in away.search.local("remember")] == ["remember me"]
    team = away.teams.current()
    assert team is not None
    assert away.sidebar.sections(team.id)


def test_a_lost_session_is_noticed_and_mended(office: Office) -> None:
    client = office.online()
    square = channel_named(client, "town-square")
    office.server.revoke("anna")
    client.posts.send(Target(square), "kept")
    wait_until(lambda: client.connection().kind == "signed_out")
    from tui.client.accounts import sign_in

    options = {"paths": office.paths, "config": office.config, "keeper": office.keeper, "file_allowed": True}
    signed = sign_in(office.server.url, "anna", "anna", same_as=office.account, **options)  # type: ignore[arg-type]
    client.signed_in(signed.token)
    wait_until(lambda: office.on_server(square) == ["kept"])


def test_no_token_means_signed_out_and_nothing_is_lost(office: Office) -> None:
    office.keeper.forget(office.account)
    client = office.client()
    client.start()
    wait_until(lambda: client.connection().kind == "signed_out")


def test_a_cache_that_is_off_leaves_no_messages_behind(office: Office) -> None:
    office.config = replace(office.config, cache=Cache(mode="off"))
    client = office.online()
    square = channel_named(client, "town-square")
    client.posts.send(Target(square), "remember nothing")
    wait_until(lambda: client.outbox.all() == ())
    office.opened.remove(client)
    client.close()
    places = office.paths.store_dir(office.account.id)
    assert not any(b"remember nothing" in p.read_bytes() for p in places.iterdir() if "cache" in p.name)


def test_a_second_window_can_only_read(office: Office) -> None:
    office.client(offline=True)
    second = office.client(offline=True)
    assert second.read_only
    assert any("read" in notice.text for notice in second.notices())


def test_subscribers_hear_after_the_client_has_forgotten_the_old(desk: Desk) -> None:
    seen: list[str] = []
    desk.client.subscribe(lambda _changes: seen.append(desk.client.people.name("zoe")))
    from tests.support.makers import user

    assert desk.client.people.name("zoe") == ""
    desk.put(lambda tx: tx.users.put([user("zoe")]))
    assert seen == ["zoe"]


def test_small_verbs(online: Desk) -> None:
    client = online.client
    client.wake()
    client.signed_in("token")
    client.set_status("away").result(10)
    client.notify("hello", key="k")
    assert [notice.text for notice in client.notices()] == ["hello"]
    client.dismiss("k")
    assert client.notices() == ()
    assert online.engine.calls("wake") == [()]
    assert online.engine.calls("signed_in") == [("me", "token")]
    assert online.api.calls("put_status") == [("me", "away")]
    assert client.traffic().http_down == 7
    assert client.server_config().text("TeammateNameDisplay") == "username"
    online.engine.state = ConnectionState("offline")
    assert client.connection().kind == "offline"


def test_before_the_start_nothing_is_known_of_the_line(desk: Desk) -> None:
    assert desk.client.connection().kind == "connecting"
    assert desk.client.traffic().requests == 0
    leave = desk.client.subscribe(lambda _changes: None)
    leave()
    assert ChangeKind.TEAMS in desk.kinds()


def test_the_default_account_is_remembered(office: Office) -> None:
    assert files.load(office.paths).get() == office.account


def test_only_a_live_mention_out_of_sight_is_told_of(office: Office) -> None:
    world = office.server.world
    square, topic = (world.channel("nordlicht", name) for name in ("town-square", "off-topic"))
    heard: list[str] = []

    def call_anna(channel: Channel, at: int = 0) -> None:
        ben = world.user("ben")
        made = office.server.call(lambda: posting.write(world, channel, ben, "@anna look", at=at))
        wait_until(lambda: made.id in heard)

    client = office.online()
    client.subscribe(lambda cs: heard.extend(i for c in cs if c.kind is ChangeKind.NOTIFY for i in c.ids))
    client.channels.open(square.id)
    client.notifications.key_pressed()
    client.channels.mute(topic.id, True).result(10)
    call_anna(square)
    call_anna(topic)
    assert client.notifications.take() is None
    client.channels.mute(topic.id, False).result(10)
    call_anna(topic, at=world.now() - 10 * 60_000)
    assert client.notifications.take() is None
    call_anna(topic)
    told = wait_until(client.notifications.take)
    assert told == Notification("Ben Muster mentions you in Off-Topic")

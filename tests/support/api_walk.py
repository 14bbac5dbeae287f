"""A walk through every method of `ServerApi` and the event socket, for any server: the demo or a real one.

Needs an ordinary person with a team in which they may post to town-square, and a few colleagues. Leaves some
deleted posts and a group channel behind.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tui.core.categories import body_of, category_of, shifted, with_moved
from tui.core.categories import changed as changed_categories
from tui.core.errors import NotSupported, Refused, SignedOut, SignInRefused
from tui.core.models import Channel, CustomStatus, Preference, User
from tui.core.ports import NewPost, ServerApi, SocketOpened, SocketText
from tui.net.events import WebSocketStream
from tui.net.mattermost import MattermostApi


@dataclass(frozen=True, slots=True)
class Account:
    url: str
    name: str
    password: str = field(repr=False)


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        return 0.5

    def new_id(self) -> str:
        return uuid.uuid4().hex

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@asynccontextmanager
async def signed_in(who: Account) -> AsyncIterator[MattermostApi]:
    """Signs in, and out again afterwards."""
    api = MattermostApi(who.url, clock=SystemClock(), language="de")
    try:
        await api.login(who.name, who.password)
        yield api
        await api.logout()
    finally:
        await api.close()


async def me_and_square(api: ServerApi) -> tuple[User, Channel]:
    me = (await api.fetch_me()).value
    assert me is not None
    team = (await api.fetch_teams())[0]
    return me, await api.fetch_channel_by_name(team.id, "town-square")


async def walk_session(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    await api.fetch_ping()
    config = await api.fetch_config()
    assert config.text("Version")
    assert config.number("MaxPostSize") > 0
    assert api.largest_upload > 0
    first = await api.fetch_me()
    assert first.value is not None
    assert first.value.notify_props
    assert (await api.fetch_me(first.etag)).value is None
    assert isinstance(await api.fetch_plugins(), list)


async def walk_sign_in_refused_and_signed_out(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    other = MattermostApi(who.url, clock=SystemClock())
    with pytest.raises(SignInRefused) as refused:
        await other.login(who.name, "wrong" + uuid.uuid4().hex)
    assert refused.value.id.startswith("api.user.login.invalid_credentials")
    other.set_token("x" * 26)
    with pytest.raises(SignedOut):
        await other.fetch_me()
    await other.close()


async def walk_teams_and_channels(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    team_id = square.team_id
    assert {unread.team_id for unread in await api.fetch_team_unreads()} >= {team_id}
    tagged = await api.fetch_channels(team_id)
    assert tagged.value is not None
    assert square.id in {channel.id for channel in tagged.value}
    again = await api.fetch_channels(team_id, tagged.etag)
    assert again.value is None or again.etag != tagged.etag
    assert (await api.fetch_channels(team_id, last_delete_at=0)).value
    members = {row.channel_id: row for row in await api.fetch_memberships(team_id)}
    assert set(members) >= {channel.id for channel in tagged.value}
    assert (await api.fetch_membership(square.id)).user_id == me.id
    assert (await api.fetch_channel(square.id)).name == "town-square"
    assert await api.fetch_member_count(square.id) > 0
    assert isinstance(await api.search_channels(team_id, "a"), list)
    await api.put_notify_props(square.id, me.id, {"desktop": "default"})
    times = await api.view_channel(square.id)
    assert times[square.id] > 0


async def walk_categories(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    found = await api.fetch_categories(square.team_id)
    assert {"favorites", "channels", "direct_messages"} <= {row.type for row in found.categories}
    category = next(row for row in found.categories if row.type == "channels")
    await api.put_category(
        {
            "id": category.id,
            "user_id": me.id,
            "team_id": square.team_id,
            "type": category.type,
            "display_name": category.display_name,
            "sorting": category.sorting,
            "muted": category.muted,
            "collapsed": category.collapsed,
            "channel_ids": list(category.channel_ids),
        },
        square.team_id,
    )
    assert await api.fetch_categories(square.team_id) == found


async def walk_posts(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    cid = uuid.uuid4().hex
    file = tmp_path / "Über 'uns'.txt"
    file.write_text("hallo")
    info = await api.upload_file(square.id, file)
    assert (info.name, info.size) == (file.name, 5)
    root = await api.create_post(
        NewPost(square.id, f"live {cid} #teleteam", "", (info.id,), {"teleteam_cid": cid}, f"{me.id}:{cid}")
    )
    assert [found.id for found in root.files] == [info.id]
    assert root.props["teleteam_cid"] == cid
    place = await api.download_file(info.id, info.name, tmp_path)
    assert place.name == "Über 'uns' (2).txt"
    assert Path(place).read_text() == "hallo"
    reply = await api.create_post(NewPost(square.id, "reply", root.id))
    thread = await api.fetch_thread(reply.id)
    assert thread.order == (reply.id, root.id)
    page = await api.fetch_posts(square.id, per_page=5)
    assert page.value is not None
    assert page.value.order[:2] == (reply.id, root.id)
    assert page.value.posts[root.id].reply_count == 1
    assert (await api.fetch_posts(square.id, per_page=5, etag=page.etag)).value is None
    older = await api.fetch_posts(square.id, before=root.id, per_page=2)
    assert older.value is not None
    assert root.id not in older.value.order
    newer = await api.fetch_posts(square.id, after=root.id)
    assert newer.value is not None
    assert reply.id in newer.value.order
    reaction = await api.add_reaction(me.id, root.id, "+1")
    assert reaction.emoji_name == "+1"
    await api.pin_post(root.id, True)
    assert root.id in (await api.fetch_pinned(square.id)).order
    await api.pin_post(root.id, False)
    assert (await api.patch_post(root.id, f"edited {cid}")).edit_at > 0
    fetched = await api.fetch_post(root.id)
    assert [row.emoji_name for row in fetched.reactions] == ["+1"]
    assert fetched.has_metadata
    await api.remove_reaction(root.id, "+1")
    assert (await api.set_unread(root.id)).channel_id == square.id
    assert root.id in (await api.search_posts(square.team_id, cid)).order
    since = await api.fetch_posts_since(square.id, root.create_at - 1)
    assert {root.id, reply.id} <= set(since.order)
    await api.delete_post(root.id)
    with pytest.raises(Refused) as gone:
        await api.fetch_post(root.id)
    assert gone.value.status == 404
    tombs = await api.fetch_posts_since(square.id, root.create_at - 1)
    assert tombs.posts[root.id].delete_at > 0
    assert any(post.original_id == root.id for post in tombs.posts.values())


async def walk_people(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    users = await api.fetch_channel_users(square.id)
    assert me.id in {user.id for user in users}
    ids = [user.id for user in users]
    assert {user.id for user in await api.fetch_users(ids)} == set(ids)
    assert await api.fetch_users(ids, since=SystemClock().now()) == []
    assert [user.id for user in await api.fetch_users_by_names([me.username, "no.such.person"])] == [me.id]
    found = await api.autocomplete_users(square.team_id, square.id, me.username[:2])
    assert me.id in {user.id for user in found}
    assert {status.user_id for status in await api.fetch_statuses(ids)} == set(ids)
    await api.put_status(me.id, "away")
    assert (await api.fetch_statuses([me.id]))[0].status == "away"
    await api.put_status(me.id, "online")


async def walk_preferences(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, _ = await me_and_square(api)
    mine = Preference("teleteam_test", "a", "1")
    await api.put_preferences(me.id, [mine])
    assert mine in await api.fetch_preferences()
    await api.delete_preferences(me.id, [mine])
    assert mine not in await api.fetch_preferences()


async def walk_direct_and_group(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    others = [
        user.id for user in await api.fetch_channel_users(square.id) if user.id != me.id and not user.is_bot
    ]
    direct = await api.create_direct([me.id, others[0]])
    assert direct.type == "D"
    group = await api.create_group([me.id, *others[:2]])
    assert group.type == "G"
    members = await api.fetch_group_users([group.id])
    assert {user.id for user in members[group.id]} >= set(others[:2])


async def walk_leaving_and_joining(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    topic = await api.fetch_channel_by_name(square.team_id, "off-topic")
    await api.join_channel(topic.id, me.id)
    await api.leave_channel(topic.id, me.id)
    with pytest.raises(Refused):
        await api.fetch_membership(topic.id)
    assert (await api.join_channel(topic.id, me.id)).channel_id == topic.id


async def walk_arranging_channels(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    _me, square = await me_and_square(api)
    name = f"walk-{uuid.uuid4().hex[:10]}"
    made = await api.create_channel(square.team_id, name, "Walk", purpose="to be seen", header="h")
    assert (made.type, made.name, made.purpose) == ("O", name, "to be seen")
    with pytest.raises(Refused) as taken:
        await api.create_channel(square.team_id, name, "Walk")
    assert taken.value.id == "store.sql_channel.save_channel.exists.app_error"
    changed = await api.patch_channel(made.id, {"header": "new", "display_name": "Walked"})
    assert (changed.header, changed.display_name, changed.purpose) == ("new", "Walked", "to be seen")
    pages = [await api.fetch_public_channels(square.team_id, page) for page in range(3)]
    assert made.id in {channel.id for page in pages for channel in page}
    others = [user.id for user in await api.search_users("b", team_id=square.team_id, not_in_channel=made.id)]
    await api.join_channel(made.id, others[0])
    await api.put_channel_admin(made.id, others[0], True)
    rows = {row.user_id: row.roles.split() for row in await api.fetch_channel_members(made.id)}
    assert "channel_admin" in rows[others[0]]
    await api.put_channel_admin(made.id, others[0], False)
    await api.leave_channel(made.id, others[0])
    await api.archive_channel(made.id)
    assert (await api.fetch_channel(made.id)).delete_at > 0
    gone = [
        channel.id for page in range(5) for channel in await api.fetch_archived_channels(square.team_id, page)
    ]
    assert made.id in gone


async def walk_arranging_the_sidebar(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    team_id = square.team_id
    before = await api.fetch_categories(team_id)
    made = await api.create_category(me.id, team_id, "Walk", [square.id])
    rows = (await api.fetch_categories(team_id)).categories
    assert category_of(rows, square.id) == next(row for row in rows if row.id == made.id)
    top = next(row.id for row in rows if row.type == "favorites")
    moved = with_moved(rows, square.id, top)
    await api.put_categories(team_id, [body_of(row, me.id) for row in changed_categories(rows, moved)])
    after = (await api.fetch_categories(team_id)).categories
    assert [row.id for row in after if square.id in row.channel_ids] == [top]
    order = [row.id for row in shifted(after, made.id, 2)]
    await api.put_category_order(team_id, order)
    assert [row.id for row in (await api.fetch_categories(team_id)).categories] == order
    await api.delete_category(team_id, made.id)
    with pytest.raises(Refused):
        await api.delete_category(team_id, top)
    await api.put_categories(team_id, [body_of(row, me.id) for row in before.categories])
    await api.put_category_order(team_id, [row.id for row in before.categories])
    assert (await api.fetch_categories(team_id)).categories == before.categories


async def walk_teams_and_presence(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    assert (await api.fetch_team(square.team_id)).id == square.team_id
    assert isinstance(await api.fetch_open_teams(), list)
    with pytest.raises(Refused):
        await api.join_team_by_invite("x" * 26)
    with pytest.raises(Refused):
        await api.fetch_invited_team("x" * 26)
    await api.put_status_until(me.id, "dnd", SystemClock().now() + 3_600_000)
    assert (await api.fetch_statuses([me.id]))[0].status == "dnd"
    await api.put_status(me.id, "online")
    until = (SystemClock().now() // 1000 + 3600) * 1000
    await api.put_custom_status(me.id, CustomStatus("coffee", "walking", until))
    told = (await api.fetch_me()).value
    assert told is not None
    assert told.custom_status == CustomStatus("coffee", "walking", until)
    await api.put_custom_status(me.id, None)


async def walk_threads(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    me, square = await me_and_square(api)
    root = await api.create_post(NewPost(square.id, "thread root"))
    await api.create_post(NewPost(square.id, "thread reply", root.id))
    try:
        await api.follow_thread(me.id, square.team_id, root.id, True)
        threads = await api.fetch_threads(me.id, square.team_id)
        thread = next(row for row in threads if row.id == root.id)
        assert (thread.channel_id, thread.reply_count) == (square.id, 1)
        await api.read_thread(me.id, square.team_id, root.id, SystemClock().now())
        await api.follow_thread(me.id, square.team_id, root.id, False)
        after = await api.fetch_threads(me.id, square.team_id, since=root.create_at)
        assert root.id not in {row.id for row in after if row.is_following}
    finally:
        await api.delete_post(root.id)


async def walk_commands(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    _, square = await me_and_square(api)
    assert "away" in {command.trigger for command in await api.fetch_commands(square.team_id)}
    assert await api.execute_command(square.id, "/online", square.team_id) == ""
    with pytest.raises(Refused) as unknown:
        await api.execute_command(square.id, "/nosuchcommand", square.team_id)
    assert unknown.value.status == 404
    with pytest.raises(NotSupported):
        await api.get("/no/such/route")


async def walk_events(api: MattermostApi, who: Account, tmp_path: Path) -> None:
    _, square = await me_and_square(api)
    stream = WebSocketStream(who.url, lambda: api.http.token, meter=api.meter)
    texts: list[str] = []
    items = stream.open("", 0)
    assert await anext(items) == SocketOpened()
    hello = await anext(items)
    assert isinstance(hello, SocketText)
    assert '"hello"' in hello.text
    post = await api.create_post(NewPost(square.id, "live event"))
    async with asyncio.timeout(10):
        async for item in items:
            assert isinstance(item, SocketText)
            texts.append(item.text)
            if post.id in item.text:
                break
    await items.aclose()
    await api.delete_post(post.id)
    traffic = api.traffic()
    assert traffic.connections == 2
    assert traffic.ws_down > 500
    assert traffic.round_trip_ms > 0


Walk = Callable[[MattermostApi, Account, Path], Awaitable[None]]
WALKS: tuple[Walk, ...] = (
    walk_session,
    walk_sign_in_refused_and_signed_out,
    walk_teams_and_channels,
    walk_categories,
    walk_posts,
    walk_people,
    walk_preferences,
    walk_direct_and_group,
    walk_leaving_and_joining,
    walk_arranging_channels,
    walk_arranging_the_sidebar,
    walk_teams_and_presence,
    walk_threads,
    walk_commands,
    walk_events,
)

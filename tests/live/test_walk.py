"""A walk through a working day on a real Mattermost: the whole client against what the server says.

Named by TELETEAM_LIVE_URL, _USER, _PASSWORD and, for the colleague, _OTHER and _OTHER_PASSWORD. Writes into
the town-square of the first team and into the direct channel of the two; leaves messages there.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import pytest

from tests.live.company import WITHOUT_FOLDERS, Colleague, Walker, accounts
from tests.support.api_walk import SystemClock
from tests.support.counting_proxy import CountingProxy
from tests.support.waiting import wait_until
from tui.client.accounts import sign_in
from tui.core.errors import SignInRefused
from tui.core.ids import ChannelId
from tui.core.models import Channel, Membership, Target
from tui.core.timeline import GapRow, NewMessagesRow
from tui.core.unread import is_muted
from tui.net.mattermost import MattermostApi

pytestmark = pytest.mark.live
LONG_WAIT = 40.0


@pytest.fixture(scope="module")
def proxy() -> Iterator[CountingProxy]:
    with CountingProxy(accounts()[0].url) as made:
        yield made


@pytest.fixture(scope="module")
def walker(proxy: CountingProxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walker]:
    made = Walker.begin(accounts()[0], proxy, tmp_path_factory.mktemp("walk"))
    yield made
    made.client.close()


@pytest.fixture
def square(walker: Walker) -> ChannelId:
    """Open, read, and at rest."""
    walker.wait_online()
    channel = walker.square
    walker.client.channels.open(channel.id)
    wait_until(lambda: not walker.client.channels.unread(channel.id).messages, timeout=LONG_WAIT)
    return channel.id


def fresh(words: str) -> str:
    """A text that nobody has ever written."""
    return f"{words} {uuid.uuid4().hex[:12]}"


# 2. signing in


def test_a_wrong_password_is_refused_and_a_right_one_opens_the_workspace(walker: Walker) -> None:
    who = accounts()[0]
    with pytest.raises(SignInRefused):
        sign_in(
            who.url,
            who.name,
            "not it",
            paths=walker.paths,
            config=WITHOUT_FOLDERS,
            keeper=walker.keeper,
            file_allowed=True,
        )
    me = walker.client.me()
    assert me is not None
    assert me.username == who.name
    wait_until(lambda: walker.client.server_config().text("Version"), timeout=LONG_WAIT)


# 3. channels


def test_the_sidebar_is_the_servers(walker: Walker, myself: Colleague) -> None:
    teams = {team.id for team in myself.ask(lambda api: api.fetch_teams())}
    assert {team.id for team in walker.client.teams.all()} == teams
    for team_id in teams:
        _open_team(walker, myself, team_id)
        _compare_sidebar(walker, myself, team_id)


def _open_team(walker: Walker, myself: Colleague, team_id: str) -> None:
    """Shows a team and waits until its categories are here; the server's empty favourites are not shown."""
    told = myself.ask(lambda api: api.fetch_categories(team_id)).categories
    expected = [row.id for row in told if row.channel_ids or row.type != "favorites"]
    walker.client.teams.select(team_id)

    def arrived() -> bool:
        sections = walker.client.sidebar.sections(team_id)
        return [section.category_id for section in sections] == expected

    wait_until(arrived, timeout=LONG_WAIT)


def _compare_sidebar(walker: Walker, myself: Colleague, team_id: str) -> None:
    sections = walker.client.sidebar.sections(team_id)
    told = myself.ask(lambda api: api.fetch_categories(team_id))
    public = {c.id for c in myself.channels(team_id) if c.type in ("O", "P") and not c.delete_at}
    shown = {row.channel_id for section in sections for row in section.rows if row.type in ("O", "P")}
    collapsed = {c for row in told.categories if row.collapsed for c in row.channel_ids}
    assert shown - collapsed == public - collapsed
    by_id = {row.id: row for row in told.categories}
    for section in sections:
        category = by_id[section.category_id]
        if category.type == "custom":
            assert {row.channel_id for row in section.rows} <= set(category.channel_ids)


def test_unread_and_mentions_are_the_servers(walker: Walker, myself: Colleague, colleague: Colleague) -> None:
    me = accounts()[0].name
    place = myself.ask(lambda api: api.fetch_channel_by_name(walker.square.team_id, "off-topic"))
    walker.client.channels.open(walker.square.id)
    colleague.say(place.id, fresh(f"@{me} look at this"))
    colleague.say(place.id, fresh("and at that"))
    for team in walker.client.teams.all():
        channels = {channel.id: channel for channel in myself.channels(team.id)}
        members = myself.memberships(team.id)
        assert (
            place.id not in channels or channels[place.id].total_msg_count - members[place.id].msg_count >= 2
        )
        wait_until(partial(_counts_agree, walker, team.id, channels, members), timeout=LONG_WAIT)


def _counts_agree(
    walker: Walker,
    team_id: str,
    channels: Mapping[ChannelId, Channel],
    members: Mapping[ChannelId, Membership],
) -> bool:
    """Whether each row of the sidebar shows what the server counts (the socket may be a moment behind)."""
    rows = [row for section in walker.client.sidebar.sections(team_id) for row in section.rows]
    return bool(rows) and all(
        (row.unread.mentions, row.unread.muted, row.unread.messages)
        == (
            members[row.channel_id].mention_count,
            is_muted(members[row.channel_id]),
            max(0, channels[row.channel_id].total_msg_count - members[row.channel_id].msg_count),
        )
        for row in rows
    )


# 4. reading


def test_the_longest_history_is_read_to_its_beginning(walker: Walker, myself: Colleague) -> None:
    channels = [c for team in walker.client.teams.all() for c in _channels(walker, team.id)]
    longest = max(channels, key=lambda channel: channel.total_msg_count)
    walker.client.channels.open(longest.id)
    expected = [post.id for post in myself.history(longest.id)]
    assert [post.id for post in walker.whole_history(longest.id)] == expected
    assert len(expected) > 20


def _channels(walker: Walker, team_id: str) -> list[Channel]:
    rows = [row for section in walker.client.sidebar.sections(team_id) for row in section.rows]
    found = [walker.client.channels.get(row.channel_id) for row in rows]
    return [channel for channel in found if channel is not None]


# 5. writing


def test_writing_editing_reacting_replying_deleting(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    client = walker.client
    text = fresh("first line\nsecond line **bold** 👩‍👩‍👧 `code`")
    client.posts.send(Target(square), text)
    assert walker.rows(square)[-1].pending is not None or walker.texts(square)[-1] == text
    wait_until(lambda: client.outbox.all() == (), timeout=LONG_WAIT)
    (row,) = [row for row in walker.rows(square) if row.post.message == text]
    assert row.pending is None
    told = colleague.ask(lambda api: api.fetch_post(row.post.id))
    assert told.message == text
    client.posts.edit(row.post.id, f"{text} (changed)")
    client.posts.react(row.post.id, ":tada:")
    client.posts.react(row.post.id, "+1")
    client.posts.unreact(row.post.id, "+1")
    client.posts.pin(row.post.id)
    client.posts.send(Target(square, row.post.id), "a reply")
    wait_until(lambda: client.outbox.all() == (), timeout=LONG_WAIT)
    told = colleague.ask(lambda api: api.fetch_post(row.post.id))
    assert told.message == f"{text} (changed)"
    assert [reaction.emoji_name for reaction in told.reactions] == ["tada"]
    assert told.is_pinned
    thread = colleague.ask(lambda api: api.fetch_thread(row.post.id))
    assert sorted(post.message for post in thread.posts.values()) == sorted([told.message, "a reply"])
    wait_until(lambda: _shown(walker, square, row.post.id) == (f"{text} (changed)", ("tada",)))
    client.posts.delete(row.post.id)
    wait_until(lambda: client.outbox.all() == (), timeout=LONG_WAIT)
    wait_until(lambda: walker.row(row.post.id, square) is None)
    assert row.post.id not in {post.id for post in colleague.history(square)}


def _shown(walker: Walker, channel_id: ChannelId, post_id: str) -> tuple[str, tuple[str, ...]] | None:
    row = walker.row(post_id, channel_id)
    if row is None:
        return None
    return row.post.message, tuple(reaction.emoji_name for reaction in row.reactions)


# 6. live


def test_what_the_colleague_does_is_seen_at_once(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    text = fresh("from the colleague")
    post = colleague.say(square, text)
    row = wait_until(lambda: walker.row(post.id, square))
    assert row is not None
    assert row.author.username == colleague.me.username
    colleague.ask(lambda api: api.patch_post(post.id, f"{text}!"))
    colleague.ask(lambda api: api.add_reaction(colleague.me.id, post.id, "eyes"))
    wait_until(lambda: _shown(walker, square, post.id) == (f"{text}!", ("eyes",)))
    colleague.ask(lambda api: api.remove_reaction(post.id, "eyes"))
    reply = colleague.say(square, "reply", post.id)
    wait_until(lambda: _shown(walker, square, post.id) == (f"{text}!", ()))
    wait_until(lambda: walker.row(reply.id, square))
    colleague.ask(lambda api: api.delete_post(post.id))
    wait_until(lambda: walker.row(post.id, square) is None and walker.row(reply.id, square) is None)


def test_what_was_missed_while_the_line_was_cut_is_fetched(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    kept, lost = colleague.say(square, fresh("to be changed")), colleague.say(square, fresh("to be deleted"))
    wait_until(lambda: walker.row(lost.id, square))
    walker.go_offline()
    missed = [colleague.say(square, fresh(f"missed {number}")) for number in range(70)]
    colleague.ask(lambda api: api.patch_post(kept.id, "changed meanwhile"))
    colleague.ask(lambda api: api.delete_post(lost.id))
    walker.go_online()
    wait_until(lambda: walker.row(missed[-1].id, square), timeout=LONG_WAIT)
    wait_until(lambda: _shown(walker, square, kept.id) == ("changed meanwhile", ()))
    wait_until(lambda: walker.row(lost.id, square) is None)
    expected = [post.id for post in colleague.history(square)][-75:]
    shown = [row.post.id for row in walker.rows(square)]
    wait_until(lambda: [row.post.id for row in walker.rows(square)][-75:] == expected)
    assert len(shown) == len(set(shown))
    rows = walker.client.posts.timeline(square, limit=75).rows
    assert not [row for row in rows if isinstance(row, GapRow)]


def test_missed_mentions_are_counted_after_a_cut(
    walker: Walker, square: ChannelId, colleague: Colleague, myself: Colleague
) -> None:
    place = myself.ask(lambda api: api.fetch_channel_by_name(walker.square.team_id, "off-topic"))
    myself.ask(lambda api: api.view_channel(place.id))
    wait_until(lambda: not walker.client.channels.unread(place.id).bold, timeout=LONG_WAIT)
    walker.go_offline()
    colleague.say(place.id, fresh(f"@{accounts()[0].name} are you there?"))
    colleague.say(place.id, fresh("apparently not"))
    walker.go_online()
    wait_until(lambda: walker.client.channels.unread(place.id).mentions == 1, timeout=LONG_WAIT)
    assert walker.client.channels.unread(place.id).messages == 2


# 7. sending without loss or doubles


def test_what_was_written_offline_goes_out_once_and_in_order(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    walker.go_offline()
    written = [fresh(f"offline {number}") for number in range(5)]
    for text in written:
        walker.client.posts.send(Target(square), text)
    assert [item.text for item in walker.client.outbox.all()] == written
    assert walker.texts(square)[-5:] == written
    walker.open_anew()
    assert [item.text for item in walker.client.outbox.all()] == written
    walker.go_online()
    wait_until(lambda: walker.client.outbox.all() == (), timeout=LONG_WAIT)
    arrived = [post.message for post in colleague.history(square) if post.message in written]
    assert arrived == written
    wait_until(lambda: walker.texts(square)[-5:] == written)


def test_a_line_that_breaks_while_sending_makes_no_doubles(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    written = [fresh(f"on a bad line {number}") for number in range(12)]
    for number, text in enumerate(written):
        walker.client.posts.send(Target(square), text)
        if number % 3 == 1:
            walker.proxy.cut()
    walker.client.wake()
    wait_until(lambda: walker.client.outbox.all() == (), timeout=90)
    arrived = [post.message for post in colleague.history(square) if post.message in written]
    assert arrived == written
    walker.wait_online()


# reading marks, direct channels, the end of a session


def test_marking_unread_reaches_the_server_and_the_new_messages_line(
    walker: Walker, square: ChannelId, colleague: Colleague, myself: Colleague
) -> None:
    first = colleague.say(square, fresh("unread from here"))
    last = colleague.say(square, fresh("and this one"))
    wait_until(lambda: walker.row(last.id, square))
    walker.client.channels.mark_unread(first.id)
    wait_until(lambda: _unread_on_server(myself, walker, square) == 2, timeout=LONG_WAIT)
    wait_until(lambda: walker.client.channels.unread(square).messages == 2)
    rows = walker.client.posts.timeline(square).rows
    line = next(index for index, row in enumerate(rows) if isinstance(row, NewMessagesRow))
    assert getattr(rows[line + 1], "post", None) is not None
    assert rows[line + 1].key == first.id
    walker.client.channels.mark_read(square)
    wait_until(lambda: _unread_on_server(myself, walker, square) == 0, timeout=LONG_WAIT)


def _unread_on_server(myself: Colleague, walker: Walker, channel_id: ChannelId) -> int:
    channel = myself.ask(lambda api: api.fetch_channel(channel_id))
    return channel.total_msg_count - myself.ask(lambda api: api.fetch_membership(channel_id)).msg_count


def test_a_direct_channel_is_made_and_used(walker: Walker, colleague: Colleague) -> None:
    channel_id = walker.client.channels.direct(colleague.me.id).result(30)
    wait_until(lambda: walker.client.channels.get(channel_id))
    walker.client.channels.open(channel_id)
    text = fresh("between the two of us")
    walker.client.posts.send(Target(channel_id), text)
    wait_until(lambda: text in [post.message for post in colleague.history(channel_id)], timeout=LONG_WAIT)
    answer = colleague.say(channel_id, fresh("indeed"))
    wait_until(lambda: walker.row(answer.id, channel_id))
    team = walker.client.teams.current()
    assert team is not None
    rows = [row for section in walker.client.sidebar.sections(team.id) for row in section.rows]
    assert channel_id in {row.channel_id for row in rows}


def test_an_ended_session_is_noticed_and_the_same_person_goes_on(
    walker: Walker, square: ChannelId, colleague: Colleague
) -> None:
    """Last of all: it ends the session of this walk."""
    _end_session(walker)
    wait_until(lambda: walker.client.connection().kind == "signed_out", timeout=30)
    text = fresh("written while signed out")
    walker.client.posts.send(Target(square), text)
    who = replace(accounts()[0], url=walker.proxy.url)
    again = sign_in(
        who.url,
        who.name,
        who.password,
        paths=walker.paths,
        config=WITHOUT_FOLDERS,
        keeper=walker.keeper,
        file_allowed=True,
        same_as=walker.client.account,
    )
    walker.client.signed_in(again.token)
    walker.wait_online()
    wait_until(lambda: walker.client.outbox.all() == (), timeout=LONG_WAIT)
    assert [post.message for post in colleague.history(square)].count(text) == 1


def _end_session(walker: Walker) -> None:
    """Somebody ends it elsewhere: the socket stays open and silent."""

    async def end() -> None:
        api = MattermostApi(accounts()[0].url, clock=SystemClock(), language="en")
        api.set_token(walker.signed.token)
        await api.logout()
        await api.close()

    asyncio.run(end())

"""Threads, catch-up and what is done with messages, on a real Mattermost, in a channel made for it.

Named by TELETEAM_LIVE_URL, _USER, _PASSWORD and, for the colleague, _OTHER and _OTHER_PASSWORD. Switches
collapsed threads on for the first person and puts the setting back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from tests.live.company import Colleague, Walker, accounts
from tests.support.counting_proxy import CountingProxy
from tests.support.waiting import wait_until
from tui.core.attachments import Action
from tui.core.errors import NotSupported, Refused
from tui.core.features import Features
from tui.core.fields import obj, text
from tui.core.ids import ChannelId
from tui.core.models import Post, Preference, Target, Thread
from tui.core.timeline import PostRow

pytestmark = pytest.mark.live
LONG_WAIT = 40.0
THREADS = Preference("display_settings", "collapsed_reply_threads", "on")


@pytest.fixture(scope="module")
def proxy() -> Iterator[CountingProxy]:
    with CountingProxy(accounts()[0].url) as made:
        yield made


def make_channel(myself: Colleague) -> ChannelId:
    """A closed channel of my own."""
    team = myself.ask(lambda api: api.fetch_teams())[0]
    name = f"walk-{uuid.uuid4().hex[:10]}"
    body = {"team_id": team.id, "name": name, "display_name": name, "type": "P"}
    return text(obj(myself.ask(lambda api: api.ask("POST", "/channels", body=body)).value), "id")


@pytest.fixture(scope="module")
def room(myself: Colleague, colleague: Colleague) -> ChannelId:
    made = make_channel(myself)
    myself.ask(lambda api: api.join_channel(made, colleague.me.id))
    return made


@pytest.fixture(scope="module")
def walker(
    proxy: CountingProxy, room: ChannelId, myself: Colleague, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walker]:
    made = Walker.begin(accounts()[0], proxy, tmp_path_factory.mktemp("messages"))
    made.wait_online()
    made.client.teams.select(myself.ask(lambda api: api.fetch_teams())[0].id)
    wait_until(lambda: made.client.channels.get(room), timeout=LONG_WAIT)
    yield made
    made.client.close()


def fresh(words: str) -> str:
    return f"{words} {uuid.uuid4().hex[:12]}"


def unread_on_server(myself: Colleague, room: ChannelId) -> tuple[int, int]:
    """(messages, mentions) by the server's own counters."""
    channel = myself.ask(lambda api: api.fetch_channel(room))
    row = myself.ask(lambda api: api.fetch_membership(room))
    return channel.total_msg_count - row.msg_count, row.mention_count


def test_an_old_server_promises_none_of_the_newer_things(walker: Walker, myself: Colleague) -> None:
    if not myself.ask(lambda api: api.fetch_config()).text("Version").startswith("5."):
        pytest.skip("a newer server")
    assert walker.client.later.features() == Features()
    post = myself.ask(lambda api: api.fetch_posts(walker.square.id, per_page=1)).value
    assert post is not None
    with pytest.raises(NotSupported):
        walker.client.posts.edit_history(post.order[0]).result(10)
    with pytest.raises(NotSupported):
        walker.client.later.schedule(Target(walker.square.id), "later", 9_999_999_999_999).result(10)


def test_exploring_leaves_the_servers_counters_alone(
    walker: Walker, myself: Colleague, colleague: Colleague, room: ChannelId
) -> None:
    client = walker.client
    client.channels.open(walker.square.id)
    client.channels.explore(True)
    colleague.say(room, fresh("explored"))
    wait_until(lambda: client.channels.unread(room).messages, timeout=LONG_WAIT)
    client.channels.open(room)
    colleague.say(room, fresh("explored too"))
    wait_until(lambda: client.channels.unread(room).messages >= 2, timeout=LONG_WAIT)
    assert unread_on_server(myself, room)[0] >= 2
    client.channels.explore(False)
    wait_until(lambda: unread_on_server(myself, room) == (0, 0), timeout=LONG_WAIT)
    client.channels.open(walker.square.id)


def test_catch_up_reads_takes_back_and_tells(
    walker: Walker, myself: Colleague, colleague: Colleague, room: ChannelId
) -> None:
    client = walker.client
    said = colleague.say(room, fresh(f"@{myself.me.username} look"))
    keys = {f"mention:{said.id}", f"channel:{room}"}
    wait_until(lambda: keys <= {item.key for item in client.catch_up.items()}, timeout=LONG_WAIT)
    item = next(item for item in client.catch_up.items() if item.key == f"channel:{room}")
    client.catch_up.read(item)
    wait_until(lambda: not client.channels.unread(room).mentions)
    assert unread_on_server(myself, room)[1] == 1
    client.catch_up.undo()
    wait_until(lambda: client.channels.unread(room).mentions == 1)
    client.catch_up.read(item)
    client.catch_up.settle()
    wait_until(lambda: unread_on_server(myself, room) == (0, 0), timeout=LONG_WAIT)


def test_a_thread_is_followed_read_and_left(
    walker: Walker, myself: Colleague, colleague: Colleague, room: ChannelId
) -> None:
    client = walker.client
    me = myself.me.id
    myself.ask(lambda api: api.put_preferences(me, [THREADS]))
    try:
        wait_until(lambda: client.threads.collapsed, timeout=LONG_WAIT)
        root = myself.say(room, fresh("a thread"))
        colleague.say(room, fresh(f"@{myself.me.username} first"), root.id)
        colleague.say(room, fresh("second"), root.id)
        thread = wait_until(
            lambda: next(
                (t for t in client.threads.inbox() if t.id == root.id and t.unread_replies == 2), None
            ),
            timeout=LONG_WAIT,
        )
        assert thread is not None
        assert (thread.reply_count, thread.unread_mentions) == (2, 1)
        wait_until(lambda: client.threads.next_unread() == root.id)
        client.threads.open(root.id)
        wait_until(lambda: not _on_server(myself, root.id).unread_replies, timeout=LONG_WAIT)
        client.threads.follow(root.id, False).result(20)
        wait_until(lambda: not client.threads.is_followed(root.id))
        assert root.id not in [t.id for t in _threads(myself)]
        client.threads.follow(root.id, True).result(20)
        assert root.id in [t.id for t in _threads(myself)]
    finally:
        off = Preference(THREADS.category, THREADS.name, "off")
        myself.ask(lambda api: api.put_preferences(me, [off]))


def _threads(myself: Colleague) -> list[Thread]:
    team = myself.ask(lambda api: api.fetch_teams())[0]
    return myself.ask(lambda api: api.fetch_threads(myself.me.id, team.id))


def _on_server(myself: Colleague, root_id: str) -> Thread:
    return next(thread for thread in _threads(myself) if thread.id == root_id)


def test_a_message_far_back_is_reached_with_its_surroundings(
    walker: Walker, myself: Colleague, colleague: Colleague
) -> None:
    far = make_channel(myself)
    posts = [myself.say(far, f"line {number}") for number in range(70)]
    client = walker.client
    wait_until(lambda: client.channels.get(far), timeout=LONG_WAIT)
    wanted = posts[10]
    assert client.posts.reach(wanted.id).result(20) == far
    view = client.posts.around(wanted.id, 30)
    assert view is not None
    texts = [row.post.message for row in view.rows if isinstance(row, PostRow)]
    assert "line 9" in texts
    assert "line 11" in texts
    with pytest.raises(Refused):
        client.posts.reach("x" * 26).result(20)


def test_those_who_were_named_are_invited(walker: Walker, myself: Colleague, colleague: Colleague) -> None:
    alone = make_channel(myself)
    client = walker.client
    wait_until(lambda: client.channels.get(alone), timeout=LONG_WAIT)
    client.channels.open(alone)
    client.posts.send(Target(alone), fresh(f"@{colleague.me.username} come in"))

    def note() -> Post | None:
        rows = client.posts.timeline(alone).rows
        found = [row.post for row in rows if isinstance(row, PostRow)]
        return next((post for post in found if client.integrations.invitation(post)), None)

    post = wait_until(note, timeout=LONG_WAIT)
    assert post is not None
    invitation = client.integrations.invitation(post)
    assert invitation is not None
    assert invitation.usernames == (colleague.me.username,)
    client.integrations.invite(post, invitation).result(20)
    assert colleague.ask(lambda api: api.fetch_membership(alone)).channel_id == alone


def test_saved_reactions_emoji_and_a_button_that_is_not_there(
    walker: Walker, myself: Colleague, colleague: Colleague, room: ChannelId
) -> None:
    client = walker.client
    client.channels.open(room)
    said = colleague.say(room, fresh("worth keeping"))
    wait_until(lambda: client.posts.get(said.id), timeout=LONG_WAIT)
    client.posts.save(said.id)
    client.posts.react(said.id, "thumbsup")
    wait_until(lambda: said.id in [post.id for post in client.posts.saved()])
    wait_until(lambda: myself.ask(lambda api: api.fetch_saved()).posts.get(said.id), timeout=LONG_WAIT)
    kept = wait_until(
        lambda: [r.emoji_name for r in myself.ask(lambda api: api.fetch_post(said.id)).reactions],
        timeout=LONG_WAIT,
    )
    assert kept == ["+1"]
    with pytest.raises(Refused):
        client.integrations.press(said.id, Action("nothing", "Nothing")).result(20)
    assert isinstance(client.emojis.custom(), tuple)

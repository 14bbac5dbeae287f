"""A meeting on a real Mattermost without the Jitsi plugin: announced as a message that every client can use.

Named as in `test_walk`. Writes one message into the direct channel of the two people.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.live.company import WITHOUT_FOLDERS, accounts
from tests.support.api_walk import SystemClock
from tests.support.waiting import wait_until
from tui.client.accounts import sign_in
from tui.client.client import open_client
from tui.core.errors import Refused, UserMistake
from tui.core.models import Post, Target
from tui.net.mattermost import MattermostApi
from tui.settings.config import Jitsi
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

pytestmark = pytest.mark.live


def test_a_meeting_without_the_plugin(tmp_path: Path) -> None:
    me, other = accounts()[0], accounts()[1]
    paths = Paths.resolve(tmp_path)
    keeper = TokenKeeper(paths, ring=lambda: None)
    config = replace(WITHOUT_FOLDERS, jitsi=Jitsi(base_url="https://meet.example.org"))
    signed = sign_in(
        me.url, me.name, me.password, paths=paths, config=config, keeper=keeper, file_allowed=True
    )
    client = open_client(signed.account, paths, config, keeper, token=signed.token)
    try:
        client.start()
        wait_until(lambda: client.connection().live, timeout=30)
        found = client.base.lane.ask(lambda api: api.fetch_users_by_names([other.name])).result(15)
        target = Target(client.channels.direct(found[0].id).result(15))
        assert client.base.lane.ask(lambda api: api.fetch_meeting_naming()).result(15) == ""
        started = client.meetings.start(target, "Büro *heute*").result(30).post
        assert started is not None
        meeting = client.meetings.of(started)
        assert meeting is not None
        assert meeting.certain
        wait_until(lambda: client.posts.get(started.id), timeout=15)
        wait_until(lambda: client.meetings.current(target.channel_id) == meeting, timeout=15)
        there = asyncio.run(_as_colleague(other.url, other.name, other.password, started.id))
        assert there.message == started.message
        assert meeting.link in there.message
    finally:
        client.close()


async def _as_colleague(url: str, name: str, password: str, post_id: str) -> Post:
    """What the other person's server answers; and the plugin's endpoints, of which there are none."""
    api = MattermostApi(url, clock=SystemClock())
    try:
        await api.login(name, password)
        with pytest.raises(Refused):
            await api.start_meeting("x" * 26)
        return await api.fetch_post(post_id)
    finally:
        await api.close()


def test_without_a_server_nothing_is_proposed(tmp_path: Path) -> None:
    me = accounts()[0]
    paths = Paths.resolve(tmp_path)
    keeper = TokenKeeper(paths, ring=lambda: None)
    signed = sign_in(
        me.url, me.name, me.password, paths=paths, config=WITHOUT_FOLDERS, keeper=keeper, file_allowed=True
    )
    client = open_client(signed.account, paths, WITHOUT_FOLDERS, keeper, token=signed.token)
    try:
        client.start()
        wait_until(lambda: client.connection().live, timeout=30)
        with pytest.raises(UserMistake) as failed:
            client.meetings.start(Target("x" * 26)).result(30)
        assert failed.value.id == "tele.meeting.no_server"
    finally:
        client.close()

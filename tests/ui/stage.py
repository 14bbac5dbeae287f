"""The app on a real client over a real store, headless: what a person would see and press.

Invariant: no network; the engine notes what it is told. Times are fixed, so that the picture is too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.pilot import Pilot

from tests.client.desk import Desk
from tests.support.makers import ME, MINUTE, NOON, channel, direct, membership, post, user
from tests.support.waiting import until
from tui.client.accounts import SignedInAs
from tui.core.models import (
    Categories,
    Category,
    FileInfo,
    Post,
    Preference,
    Reaction,
    ServerConfig,
    Status,
    Team,
)
from tui.settings.config import Config
from tui.settings.formats import Formats
from tui.settings.paths import Paths
from tui.settings.themes import load_all
from tui.store import Tx
from tui.terminal.session import Session, SessionKind
from tui.ui.app import TeleApp
from tui.ui.screens.main import MainScreen
from tui.ui.screens.sign_in import Attempt, SignIn
from tui.ui.shared import Shared

WIDE, SMALL = (120, 36), (80, 24)
DAY = 24 * 60 * MINUTE
PEOPLE = (
    user(ME, username="anna", first_name="Anna", last_name="Berger", notify_props={"mention_keys": "anna"}),
    user("ben", first_name="Ben", last_name="Osterhagen"),
    user("rosa", first_name="Rosa", last_name="Übelhör"),
    user("bot", username="ci", is_bot=True),
)
NOW = NOON + 3 * 60 * MINUTE


def refuse(_attempt: Attempt) -> SignedInAs:
    raise AssertionError("nobody signs in here")


def never(_signed: SignedInAs) -> Shared:
    raise AssertionError("nobody has signed in here")


class Stage:
    """One person's desk and the app over it."""

    def __init__(self, directory: Path, config: Config | None = None) -> None:
        self.config = config or Config()
        self.desk = Desk(directory / "store", config=self.config)
        self.desk.clock.advance((NOW - self.desk.clock.now()) / 1000)
        self.paths = Paths.resolve(directory)
        self.session = Session(SessionKind.LOCAL)
        self.seen: list[Message] = []
        self.desk.store.write(_company).result(10)
        self.client = self.desk.client
        self.desk.api.answers.update(fetch_member_count=4, fetch_channel_users=list(PEOPLE))

    @property
    def shared(self) -> Shared:
        return Shared(
            client=self.client,
            config=self.config,
            formats=Formats("en", UTC),
            now=self.desk.clock.now,
            where=lambda: self.session,
        )

    def put(self, *works: Callable[[Tx], object]) -> None:
        self.desk.put(*works)

    def arrive(self, *posts: Post) -> None:
        """Live posts of one channel, each behind the newest one."""
        newest = self.desk.store.posts.newest(posts[0].channel_id, 1)
        before = newest[-1] if newest else posts[0]

        def put(tx: Tx) -> None:
            tx.posts.put(posts)
            last = posts[-1]
            tx.intervals.add(last.channel_id, (last.create_at, last.id), (before.create_at, before.id))

        self.put(put)

    def app(
        self, theme: str = "teleteam-dark", *, signed_in: bool = True, sign_in: SignIn = refuse
    ) -> TeleApp:
        return TeleApp(
            load_all(self.paths),
            theme,
            shared=self.shared if signed_in else None,
            sign_in=sign_in,
            opening=lambda _signed: self.shared,
        )

    @asynccontextmanager
    async def show(
        self, size: tuple[int, int] = WIDE, app: TeleApp | None = None
    ) -> AsyncIterator[tuple[TeleApp, Pilot[int]]]:
        """The running app; the messages it exchanges are in `seen`."""
        shown = app or self.app()
        async with shown.run_test(size=size, message_hook=self.seen.append) as pilot:
            await pilot.pause()
            yield shown, pilot


def collapse(stage: Stage, **config: str) -> None:
    """Collapsed reply threads on, and more of the server's config."""
    held = stage.desk.store.config.get().values
    values = {**held, "CollapsedThreads": "always_on", **config}
    stage.put(lambda tx: tx.config.put(ServerConfig(values)))


def said(app: TeleApp) -> str:
    """The whole screen as text, right ends trimmed."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)


def main_of(app: TeleApp) -> MainScreen:
    main = app.main
    assert main is not None
    return main


async def shows(app: TeleApp, words: str) -> str:
    """Waits until the screen shows `words`, and gives the screen."""

    def picture() -> str:
        now = said(app)
        return now if words in now else ""

    return await until(picture, interval=0.05)


def _company(tx: Tx) -> None:
    """Two teams, some channels, four people, messages of many kinds."""
    tx.config.put(
        ServerConfig({"SiteURL": "https://chat.example.org/mm", "TeammateNameDisplay": "full_name"})
    )
    tx.teams.replace([Team("t1", "nord", "Nordlicht GmbH"), Team("t2", "wien", "Werkstatt Wien")])
    tx.users.put(PEOPLE)
    tx.statuses.put([Status("ben", "online"), Status("rosa", "away")])
    tx.channels.put(
        [
            channel("c1", name="town-square", display_name="Town Square", header="News for **all** :tada:",
                    total_msg_count=9, total_msg_count_root=9, last_post_at=NOON + 9 * MINUTE),
            channel("c2", name="dev", display_name="Development", total_msg_count=3, total_msg_count_root=3),
            channel("c3", name="board", display_name="Board", type="P", total_msg_count=1,
                    total_msg_count_root=1),
            channel("c4", name="ci", display_name="CI messages", total_msg_count=4, total_msg_count_root=4),
            channel("b1", name="town-square", display_name="Town Square", team_id="t2"),
            direct("d1", "ben", last_post_at=NOON),
            direct("d2", "rosa", last_post_at=NOON - DAY),
        ]
    )  # fmt: skip
    tx.memberships.put(
        [
            membership("c1", msg_count=9, msg_count_root=9, last_viewed_at=NOON + 9 * MINUTE),
            membership("c2", msg_count=1, msg_count_root=1),
            membership("c3", mention_count=1, mention_count_root=1),
            membership("c4", notify_props={"mark_unread": "mention"}),
            membership("b1"),
            membership("d1"),
            membership("d2"),
        ]
    )
    tx.categories.replace(
        Categories(
            "t1",
            (
                Category("fav", "t1", "favorites", "Favorites", channel_ids=("c3",)),
                Category("own", "t1", "custom", "Workshop", channel_ids=("c2", "c4")),
                Category("chan", "t1", "channels", "Channels", channel_ids=("c1",)),
                Category("dm", "t1", "direct_messages", "Direct messages", channel_ids=("d1", "d2")),
            ),
        )
    )
    tx.preferences.put([Preference("direct_channel_show", name, "true") for name in ("ben", "rosa")])
    tx.posts.put(town_square())
    newest, oldest = town_square()[-1], town_square()[0]
    tx.intervals.add("c1", (newest.create_at, newest.id), (oldest.create_at, oldest.id), reached_start=True)


def town_square() -> list[Post]:
    """One message of each kind, in order of time."""
    at = NOON
    return [
        post("p1", at - DAY, user_id="rosa", message="See you **tomorrow** at `9:00`."),
        post("p2", at, user_id="ben", message="Good morning @anna! Notes: https://notes.example.org/a",
             reactions=(Reaction("p2", "rosa", "tada", 1), Reaction("p2", ME, "+1", 2))),
        post("p3", at + MINUTE, user_id="ben", message="- [x] milk\n- [ ] bread", edit_at=at + 2 * MINUTE),
        post("p4", at + 2 * MINUTE, user_id="rosa", message="The plan", is_pinned=True,
             file_ids=("f1",), files=(FileInfo("f1", "plan.pdf", "pdf", 381_000),),
             reply_count=1, last_reply_at=at + 3 * MINUTE),
        post("p5", at + 3 * MINUTE, user_id=ME, message="Looks good", root_id="p4"),
        post("p6", at + 4 * MINUTE, user_id="bot", message="", props={"attachments": [
            {"color": "danger", "title": "Build failed", "text": "on `main`", "fallback": "Build failed"}]}),
        post("p7", at + 5 * MINUTE, user_id="rosa", type="system_join_channel",
             message="rosa joined the channel.", props={"username": "rosa"}),
        post("p8", at + 6 * MINUTE, user_id="rosa", message="", type="custom_jitsi", props={
            "meeting_link": "https://meet.jit.si/Weekly", "meeting_topic": "Weekly", "meeting_id": "Weekly"}),
        post("p9", at + 9 * MINUTE, user_id=ME, message="```py\nprint('hi')\n```"),
    ]  # fmt: skip


@contextmanager
def a_stage(directory: Path, **options: Any) -> Iterator[Stage]:
    stage = Stage(directory, **options)
    try:
        yield stage
    finally:
        stage.client.close()

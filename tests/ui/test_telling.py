"""Notifications and the window's title, as they leave the app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.support.makers import membership, post
from tests.support.waiting import until
from tests.terminal.fakes import FakePrograms, session
from tests.ui.stage import NOW, Stage, a_stage
from tui.client.notifications import PAUSE
from tui.core.changes import Change, ChangeKind
from tui.settings.config import Config, Notifications
from tui.terminal.programs import Ran
from tui.terminal.session import Session
from tui.ui.bridge import merge
from tui.ui.telling import Teller
from tui.ui.thin_driver import OWN

BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus", "DISPLAY": ":0", "TERM": "xterm-256color"}
SAVED, RESTORED = "\x1b[22;2t", "\x1b[23;2t"


class Scene:
    """A Teller over the stage's client, and what it sent."""

    def __init__(self, stage: Stage, where: Session, programs: FakePrograms | None = None) -> None:
        self.stage = stage
        self.sent: list[str] = []
        self.programs = programs or FakePrograms("notify-send")
        stage.session = where
        self.teller = Teller(stage.shared, self._send, programs=self.programs)

    def _send(self, sequence: str) -> bool:
        assert OWN.fullmatch(sequence)
        self.sent.append(sequence)
        return True

    @property
    def rung(self) -> list[str]:
        """What was sent beside titles."""
        titles = (SAVED, RESTORED, "\x1b]2;", "\x1b]0;", "\x1bk")
        return [sequence for sequence in self.sent if not sequence.startswith(titles)]

    async def begun(self) -> Scene:
        self.teller.begin()
        await until(lambda: self.sent)
        return self

    def call(self, ident: str, channel_id: str = "d1", message: str = "hi") -> None:
        self.stage.put(
            lambda tx: tx.posts.put([post(ident, NOW, channel_id=channel_id, user_id="ben", message=message)])
        )
        change = Change(ChangeKind.NOTIFY, channel_id, frozenset({ident}))
        self.stage.client.notifications.hear((change,))
        self.teller.changed(merge([change]))


async def test_at_the_machine_the_desktop_tells(stage: Stage) -> None:
    scene = Scene(stage, session("local", **BUS))
    scene.call("p")
    await until(lambda: scene.programs.started)
    argv = ["/usr/bin/notify-send", "--app-name=teleteam", "--", "New message from Ben Osterhagen", ""]
    assert scene.programs.started == [argv]
    assert scene.rung == []


async def test_f55_a_hostile_text_is_one_word_behind_dashes(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=Config(notifications=Notifications(content=True))) as stage:
        scene = Scene(stage, session("x2go", **BUS))
        scene.call("p", message="$(id) `id` -x <b>&")
        await until(lambda: scene.programs.started)
        assert scene.programs.started[0][2:] == [
            "--",
            "New message from Ben Osterhagen",
            "$(id) id -x &lt;b&gt;&amp;",
        ]


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        ("xterm-256color", "\x07"),
        ("foot", "\x1b]777;notify;New message from Ben Osterhagen;\x07"),
        (
            "xterm-kitty",
            "\x1b]99;i=1:d=0;New message from Ben Osterhagen\x1b\\\x1b]99;i=1:d=1:p=body;\x1b\\",
        ),
    ],
)
async def test_over_ssh_the_terminal_tells(stage: Stage, term: str, wanted: str) -> None:
    scene = Scene(stage, session("ssh", TERM=term))
    scene.call("p")
    await until(lambda: scene.rung)
    assert scene.rung == [wanted]
    assert scene.programs.started == []


async def test_off_says_nothing_and_asks_nothing(tmp_path: Path) -> None:
    with a_stage(tmp_path, config=Config(notifications=Notifications(mode="off"))) as stage:
        scene = await Scene(stage, session("ssh", **BUS)).begun()
        scene.call("p")
        assert stage.client.notifications.due_in() == 0.0
        assert scene.rung == []


async def test_what_comes_too_fast_is_summed_up_later(stage: Stage) -> None:
    scene = Scene(stage, session("local", **BUS))
    for n in range(3):
        scene.call(f"p{n}")
    assert stage.client.notifications.due_in() == PAUSE
    stage.desk.clock.advance(PAUSE)
    scene.teller.changed(merge([Change(ChangeKind.NOTIFY)]))
    await until(lambda: len(scene.programs.started) == 2)
    assert scene.programs.started[1][-2:] == ["2 new messages", ""]


async def test_a_slow_desktop_holds_nobody_up(stage: Stage) -> None:
    released = asyncio.Event()
    loop = asyncio.get_running_loop()

    class Slow(FakePrograms):
        def run(
            self,
            argv: Sequence[str],
            env: Mapping[str, str],
            *,
            text: str | None = None,
            seconds: float = 3.0,
        ) -> Ran:
            asyncio.run_coroutine_threadsafe(released.wait(), loop).result(10)
            return super().run(argv, env, text=text, seconds=seconds)

    scene = Scene(stage, session("local", **BUS), Slow("notify-send"))
    scene.call("p")
    assert scene.programs.started == []
    released.set()
    await until(lambda: scene.programs.started)


async def test_the_title_counts_mentions_and_is_given_back(stage: Stage) -> None:
    scene = await Scene(stage, session("ssh", TERM="xterm-256color")).begun()
    count = stage.client.sidebar.total().mentions
    first = f"\x1b]2;({count}) teleteam\x07" if count else "\x1b]2;teleteam\x07"
    assert scene.sent == [SAVED, first]
    scene.teller.changed(merge([Change(ChangeKind.MEMBERSHIPS)]))
    assert scene.sent == [SAVED, first]
    stage.put(lambda tx: tx.memberships.put([membership("c2", mention_count=7, mention_count_root=7)]))
    scene.teller.changed(merge([Change(ChangeKind.MEMBERSHIPS)]))
    assert scene.sent[2:] == [f"\x1b]2;({stage.client.sidebar.total().mentions}) teleteam\x07"]
    scene.teller.end()
    scene.teller.changed(merge([Change(ChangeKind.MEMBERSHIPS)]))
    assert scene.sent[3:] == [RESTORED]


async def test_gnu_screen_has_its_own_form(stage: Stage) -> None:
    scene = await Scene(stage, session("ssh", "screen", TERM="screen")).begun()
    assert scene.sent[0].startswith("\x1bk")
    scene.teller.end()
    assert scene.sent[-1] == "\x1bk\x1b\\"


async def test_a_plain_console_gets_no_title(stage: Stage) -> None:
    scene = Scene(stage, session("console", TERM="linux"))
    scene.teller.begin()
    scene.call("p")
    await until(lambda: scene.rung)
    scene.teller.end()
    assert scene.sent == ["\x07"]


async def test_a_hook_gets_each_one_as_json(tmp_path: Path) -> None:
    wishes = Notifications(mode="off", hook=("my-hook", "--loud"))
    with a_stage(tmp_path, config=Config(notifications=wishes)) as stage:
        scene = Scene(stage, session("ssh", **BUS))
        scene.call("p", message="secret")
        await until(lambda: scene.programs.started)
        assert scene.programs.started == [["my-hook", "--loud"]]
        told = json.loads(scene.programs.texts[0] or "")
        assert (told["kind"], told["sender"], told["post_id"]) == ("direct", "Ben Osterhagen", "p")
        assert "secret" not in str(told)
        assert scene.rung == []


async def test_what_is_for_me_is_said_in_the_app_too_and_in_quiet_hours_there_alone(tmp_path: Path) -> None:
    wishes = Notifications(quiet_hours=("00:00-12:00", "12:00-24:00"))
    with a_stage(tmp_path, config=Config(notifications=wishes)) as stage:
        said: list[str] = []
        scene = Scene(stage, session("local", **BUS))
        scene.teller = Teller(stage.shared, scene._send, say=said.append, programs=scene.programs)
        scene.call("p")
        assert said == ["New message from Ben Osterhagen"]
        assert scene.programs.started == []
        assert scene.rung == []

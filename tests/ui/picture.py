"""Draws the README's picture: `python -m tests.ui.picture docs/images/teleteam.svg [theme] [de|en]`.

Invariant: what is in it is the real screen over a real client, store and demo company; only the talk is
written here.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.support.waiting import until
from tests.ui.stage import main_of, refuse, said
from tui.client.accounts import sign_in
from tui.client.client import Client, open_client
from tui.client.clock import SystemClock
from tui.demo import company, jitsi, membership, posting, shared_folders
from tui.demo.records import File, Post
from tui.demo.routes.files import describe
from tui.demo.server import DemoServer
from tui.demo.show import LOGIN, PASSWORD
from tui.demo.syncthing import DemoSyncthing
from tui.demo.world import World
from tui.settings.config import Config, Syncthing, Ui
from tui.settings.i18n import set_language
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper
from tui.settings.themes import load_all
from tui.terminal.session import Session, SessionKind
from tui.ui.app import TeleApp
from tui.ui.shared import Shared

SIZE = (120, 36)
MINUTE = 60_000
CHANNEL = "projekt-angebot"
ELSEWHERE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Fonts that Textual's picture would fetch from the web."""
PLAN = (
    "Good morning! Here is where we stand:\n\n"
    "| Part | Who | State |\n|---|---|---|\n"
    "| Drawings | @ben | :white_check_mark: done |\n"
    "| Prices | @simon | until noon |\n"
    "| Letter | @anna | **open** |"
)


def office_clock() -> int:
    """The wall clock, moved to 10:24 of today in Vienna."""
    here = datetime.now(ZoneInfo("Europe/Vienna"))
    wanted = here.replace(hour=10, minute=24, second=0, microsecond=0)
    return round(wanted.timestamp() * 1000)


def write_talk(world: World) -> None:
    """A short morning in a channel of its own."""
    now = world.now()
    team = world.team("nordlicht")
    channel = membership.add_channel(world, team, CHANNEL, "Offer Stadtwerke")
    channel.header = "Hand in by Friday · drawings in the folder Zeichnungen"
    people = {name: world.user(name) for name in ("anna", "ines", "simon", "ben", "katharina")}
    for user in people.values():
        membership.enter(world, channel, user)

    def say(name: str, ago: int, message: str, root: Post | None = None, files: tuple[str, ...] = ()) -> Post:
        at, root_id = now - ago * MINUTE, root.id if root else ""
        return posting.write(world, channel, people[name], message, root_id=root_id, at=at, file_ids=files)

    plan = say("katharina", 52, PLAN)
    posting.react(world, plan, people["ben"], "+1")
    posting.react(world, plan, people["ines"], "+1")
    posting.react(world, plan, people["simon"], "tada")
    say("anna", 47, "The letter comes from me today.", plan)
    drawing = describe(
        File(world.new_id(), people["ines"].id, channel.id, "Plan-Halle-2.pdf", b" " * 381_000, "", now)
    )
    world.files[drawing.id] = drawing
    say("ines", 31, "The last drawing, *with* the new gate:", files=(drawing.id,))
    say("simon", 18, "Thanks! `prices.csv` is in the shared folder, rows 12–40 are new.")
    say("ben", 9, "@anna can you check the address? https://stadtwerke.example.org/kontakt")
    jitsi.start(world, channel, people["katharina"], "Offer: last questions", at=now - 2 * MINUTE)


async def draw(client: Client, config: Config, paths: Paths, theme: str) -> str:
    """The screen as SVG, once everything has arrived."""
    shared = Shared(
        client=client,
        config=config,
        formats=client.formats(),
        now=SystemClock().now,
        where=lambda: Session(SessionKind.LOCAL),
    )
    app = TeleApp(load_all(paths), theme, shared=shared, sign_in=refuse, opening=lambda _signed: shared)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Offer Stadtwerke" in said(app))
        team = client.teams.current()
        channel = client.channels.by_name(team.id, CHANNEL) if team else None
        assert channel is not None
        main_of(app).open_channel(channel.id)
        await until(lambda: "Zeichnungen  " in said(app) and "last questions" in said(app))
        await pilot.press(*"On it ", ":", *"rocket", "tab")
        await pilot.pause(1.0)
        return app.export_screenshot(title="teleteam")


def main(target: str, theme: str = "teleteam-dark", language: str = "en") -> int:
    set_language(language)
    shift = time.time_ns() // 1_000_000 - office_clock()
    world = World(1, now=lambda: time.time_ns() // 1_000_000 - shift)
    server, syncthing = DemoServer(1, company.build, world=world), DemoSyncthing()
    shared_folders.furnish(syncthing)
    url = server.start()
    syncthing.start()
    server.call(lambda: write_talk(world))
    with tempfile.TemporaryDirectory() as directory:
        paths = Paths.resolve(Path(directory))
        config = Config(
            syncthing=Syncthing(config=str(syncthing.write_config(Path(directory)))),
            ui=Ui(timezone="Europe/Vienna"),
        )
        keeper = TokenKeeper(paths)
        signed = sign_in(url, LOGIN, PASSWORD, paths=paths, config=config, keeper=keeper, file_allowed=True)
        client = open_client(signed.account, paths, config, keeper, token=signed.token)
        try:
            picture = asyncio.run(draw(client, config, paths, theme))
        finally:
            client.close()
            server.stop()
            syncthing.stop()
    Path(target).write_text(ELSEWHERE.sub("", picture), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""What the client's reads cost, each beside the bare work it cannot do without.

`measure()` gives rows; `python -m tests.bench.client` prints them. Nothing here passes or fails.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.store import Row
from tests.client.desk import Desk, furnish
from tests.support.makers import NOON, channel, direct, membership, post, user
from tui.core.models import Preference, Target
from tui.core.search import sort_key

CHANNELS = 2_000
PEOPLE = 10_000
DIRECTS = 300
POSTS = 5_000


def measure() -> list[Row]:
    """Milliseconds of each read, median of some runs, with a large workspace."""
    with tempfile.TemporaryDirectory() as place:
        desk = furnish(Desk(Path(place)))
        _fill(desk)
        try:
            return [*_sidebar(desk), *_reading(desk), *_finding(desk)]
        finally:
            desk.client.close()


def _fill(desk: Desk) -> None:
    many = [channel(f"m{n}", display_name=f"Kanal {n % 97} Büro {n}") for n in range(CHANNELS)]
    many += [direct(f"d{n}", f"u{n}") for n in range(DIRECTS)]
    people = [user(f"u{n}", username=f"user.{n}", last_name=f"Näme {n % 50}") for n in range(PEOPLE)]
    shown = [Preference("direct_channel_show", f"u{n}", "true") for n in range(DIRECTS)]
    posts = [post(f"p{n:05}", NOON + n * 1000, user_id=f"u{n % 40}") for n in range(POSTS)]
    desk.put(
        lambda tx: tx.channels.put(many),
        lambda tx: tx.memberships.put([membership(one.id) for one in many]),
        lambda tx: tx.users.put(people),
        lambda tx: tx.preferences.put(shown),
        lambda tx: tx.posts.put(posts),
    )


def _sidebar(desk: Desk) -> list[Row]:
    sidebar, view = desk.client.sidebar, desk.client.base.view
    titles = [one.display_name for one in desk.store.channels.by_team("t1")]
    bare = _milliseconds(lambda: sorted(titles, key=sort_key))

    def build() -> None:
        sidebar.sections("t2")
        sidebar.sections("t1")

    def switch() -> None:
        view.channel_id = "m9" if view.channel_id != "m9" else "m10"
        sidebar.sections("t1")

    def badge() -> None:
        desk.put(lambda tx: tx.channels.bump(channel("m7", total_msg_count=int(time.monotonic() * 1e6))))
        sidebar.sections("t1")

    alone = _milliseconds(lambda: desk.put(lambda tx: tx.marks.set("bench", str(time.monotonic()))))
    return [
        Row(
            f"sidebar of {CHANNELS} channels, both teams, beside sorting names",
            _milliseconds(build),
            bare,
            "ms",
        ),
        Row("the same after a channel switch", _milliseconds(switch), bare, "ms"),
        Row("one badge with its transaction, beside an empty one", _milliseconds(badge), alone, "ms"),
        Row("badges of all teams", _milliseconds(desk.client.teams.badges), bare, "ms"),
    ]


def _reading(desk: Desk) -> list[Row]:
    bare = _milliseconds(lambda: desk.store.posts.newest("c1", 300))
    figure = _milliseconds(lambda: desk.client.posts.timeline("c1"))
    return [Row("timeline of 300 posts, beside reading them", figure, bare, "ms")]


def _finding(desk: Desk) -> list[Row]:
    client = desk.client
    read = _milliseconds(desk.store.channels.all)
    search = _milliseconds(lambda: desk.store.users.search("user"))
    opened = _milliseconds(lambda: client.channels.find(""))
    letter = _milliseconds(lambda: client.channels.find("buro 12"))
    completed = _milliseconds(lambda: client.complete.at(Target("c1"), "@user", 5))
    return [
        Row("opening the switcher, beside reading all channels", opened, read, "ms"),
        Row("a letter in the switcher, beside searching people", letter, search, "ms"),
        Row("completing @, beside searching people", completed, search, "ms"),
    ]


def _milliseconds(work: Callable[[], object], runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    for row in measure():
        print(f"{row.name:70} {row.figure:9.2f} {row.unit}   {row.baseline:9.2f}   ×{row.ratio:.1f}")

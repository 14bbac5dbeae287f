"""The acceptance list: what may go wrong, by number, and the tests that carry the number in their names.

`python -m tests.support.acceptance` prints docs/acceptance.md (`make docs` writes it).

Invariant: a number's letter is that of its chapter, and a test may carry several (`test_f49_f50_…`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/acceptance.md"
NUMBER = re.compile(r"_([a-h])(\d\d)(?=_)")

CHAPTERS: Mapping[str, tuple[str, Mapping[int, str]]] = {
    "a": (
        "Sending and drafts",
        {
            1: "The server's answer is lost, tried again soon: one post",
            2: "The server's answer is lost, tried again late: looked for first, one post",
            3: "Killed between the server's yes and our note of it: one post",
            4: "Killed anywhere while typing and sending: every message once, in order; drafts kept",
            5: "Fifty messages written offline: go out in order per channel, with their changes",
            6: "NUL, lone surrogates, too long, blank: refused or cleaned before they are queued",
            7: "A message that always ends in 500: parked, later ones go out",
            8: "Archived channel, removed member, deleted root: parked, to be copied or sent elsewhere",
            9: "Session over in mid-queue: frozen until the same person signs in",
            10: "429 with Retry-After: silence for as long as told",
            11: "A cut upload, a source file that is gone: no half post",
            12: "Enter twice within a moment: one post",
            13: "Two instances: only one sends",
            14: "The clock is set while sending: no double, order by the server's time",
            15: "201 with another post's body, HTML with 200: unsure, looked up, never shown as sent",
        },
    ),
    "b": (
        "Receiving and catching up",
        {
            16: "A short cut: resumed without asking for posts",
            17: "More than 128 events missed: everything is fetched",
            18: "2,500 posts missed: a gap row until it is closed",
            19: "Sequence jumps, repeats, goes back, hello in mid-stream: connects anew and catches up",
            20: "Events and pages in any order and number: the same state",
            21: "Old posts edited and deleted while away: brought up to date",
            22: "Unknown events, broken frames, frames over the cap: skipped, no loop",
            23: "A revoked session on a silent socket: noticed within 30 s",
            24: "Server restart: offline, soon back, clients spread over time",
            25: "Counters equal the server's after all of that",
        },
    ),
    "c": (
        "Network",
        {
            26: "A black hole: noticed within 20 s",
            27: "Suspend: connected anew right after waking",
            28: "Captive portal: named, the token goes nowhere else",
            29: "No such name, nobody listens, dead address beside a living one",
            30: "Bad certificates: refused with their fingerprint",
            31: "http:// to other machines: refused before any byte",
            32: "Proxies: obeyed, named, not used for Syncthing",
            33: "64 kbit/s with 800 ms: first sync within a minute, reading and writing meanwhile",
            34: "Bombs, drips, short bodies, absurd JSON: an error in time and in little memory",
        },
    ),
    "d": (
        "Storage and processes",
        {
            35: "Disk full",
            36: "Read-only or no home",
            37: "Network file systems",
            38: "Corrupt, foreign, linked, loose files",
            39: "Old and future schemas, killed while migrating",
            40: "Several instances, stale leases, other hosts",
            41: "The outbox under any order of mishaps",
        },
    ),
    "e": (
        "Terminal",
        {
            42: "Signals and a closed terminal: drafts saved, modes reset, gone",
            43: "SIGHUP ignored and the terminal closed: ends by itself",
            44: "A terminal that does not read: everything else goes on",
            45: "Stopped and continued, external editor",
            46: "Any size",
            47: "A crash says little and loses nothing",
            48: "Poor locales and terminals",
        },
    ),
    "f": (
        "Hostile content",
        {
            49: "Control characters in any field: visible marks, never bytes",
            50: "Markup in any field: text",
            51: "Wide, joined, combining, right-to-left: columns stay where they are",
            52: "Links: one argument for one program, deceit is named",
            53: "File names: inside the directory, private, nothing overwritten",
            54: "The worst legal messages: bounded work",
            55: "Notifications: literal, behind dashes",
            56: "Terminal queries and clipboard sequences: nothing written back",
        },
    ),
    "g": (
        "Secrets",
        {
            57: "Tokens occur in their store alone",
            58: "Files 0600, directories 0700",
            59: "No keyring, a locked one, one in plain text",
            60: "Forgetting leaves no text",
            61: "No token at another origin",
            62: "Connects to the server and the local Syncthing only",
        },
    ),
    "h": (
        "Load",
        {
            63: "100,000 posts in a channel",
            64: "2,000 channels in the sidebar",
            65: "500 messages a second into the visible channel",
            66: "1,000 messages a second over 50 channels",
            67: "Huge texts: a paste, an event",
            68: "Many reconnects and events: nothing piles up",
            69: "Start without a line",
            70: "First sync in few requests",
        },
    ),
}


def numbered_tests() -> dict[tuple[str, int], list[str]]:
    """(letter, number) → `file::test`, sorted."""
    found: dict[tuple[str, int], list[str]] = {}
    for test in _tests():
        for letter, number in NUMBER.findall(_numbers_of(test.partition("::")[2])):
            found.setdefault((letter, int(number)), []).append(test)
    return {key: sorted(tests) for key, tests in found.items()}


def _tests() -> Iterator[str]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield f"{path.relative_to(ROOT).as_posix()}::{node.name}"


def _numbers_of(name: str) -> str:
    """The part of a test's name that holds its numbers: `_f49_f50_`."""
    held = re.match(r"test((?:_[a-h]\d\d)*_)", name)
    return held[1] if held else ""


def page() -> str:
    """docs/acceptance.md."""
    tests = numbered_tests()
    lines = [
        "# What may go wrong, and the tests that try it",
        "",
        "Made by `make docs`. A test carries the number in its name: `pytest -k a05` runs those of 5.",
    ]
    for letter, (title, numbers) in CHAPTERS.items():
        lines += ["", f"## {letter.upper()}. {title}", "", "| | What | Tests |", "|---|---|---|"]
        for number, what in numbers.items():
            named = "<br>".join(f"`{test}`" for test in tests.get((letter, number), ()))
            lines.append(f"| {number} | {what} | {named or 'none yet'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")

"""What is imported before the first paint, and before the live screen: the start is made of imports."""

from __future__ import annotations

import subprocess
import sys

LOOK = "import sys, {modules}; print(*sys.modules)"
HEAVY = {"httpx", "httpcore", "mattermostdriver", "keyring", "websockets", "requests", "h2"}
EARLY = {"tui", "tui.cli", "tui.terminal", "tui.terminal.last_screen"}
OURS_BEFORE_THE_SCREEN = 270
"""Of our modules; 261 are there now. Whoever comes here: can yours be imported when it is first used?"""


def loaded(modules: str) -> set[str]:
    """Names of what a fresh interpreter has imported after `modules`."""
    words = [sys.executable, "-c", LOOK.format(modules=modules)]
    return set(subprocess.run(words, check=True, capture_output=True, text=True).stdout.split())


def test_the_first_paint_needs_nothing_but_the_interpreter() -> None:
    found = loaded("tui.cli, tui.terminal.last_screen")
    assert {name for name in found if name.split(".")[0] == "tui"} == EARLY
    assert not found & {"re", "json", "pathlib", "dataclasses", "enum", "tomllib", "textual", "asyncio"}


def test_the_screen_needs_neither_network_nor_keyring_and_few_of_our_modules() -> None:
    found = loaded("tui.cli.running, tui.cli.commands.screen, tui.ui.run, tui.ui.app")
    assert not {name.split(".")[0] for name in found} & HEAVY
    assert not any(name.startswith(("tui.net", "tui.demo")) for name in found)
    assert len([name for name in found if name.split(".")[0] == "tui"]) <= OURS_BEFORE_THE_SCREEN


def test_what_is_rarely_wanted_is_imported_when_it_is_wanted() -> None:
    found = loaded("tui.cli.running, tui.cli.commands.screen, tui.ui.run, tui.ui.app")
    rare = {"help", "external_editor", "screens.sign_in", "screens.form", "panels.search", "panels.members"}
    assert not {f"tui.ui.{name}" for name in rare} & found
    assert not {"tui.terminal.opener", "tui.terminal.handover", "tui.terminal.clipboard"} & found

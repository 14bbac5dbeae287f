"""What this terminal can do, and what to paste where."""

from __future__ import annotations

from tests.terminal.fakes import session
from tests.ui.stage import Stage, main_of, said, shows
from tui.terminal import here
from tui.ui.screens.abilities import AbilitiesScreen


async def test_findings_first_then_the_lines_by_their_file(stage: Stage) -> None:
    seen = here.look(session("ssh", "tmux", TERM="tmux-256color", PATH="/nowhere"), [])
    async with stage.show((100, 50)) as (app, pilot):
        app.push_screen(AbilitiesScreen(seen))
        picture = await shows(app, "set -s set-clipboard on")
        order = ["by SSH", "! Clipboard: ", "into ~/.tmux.conf here", "set -s set-clipboard on"]
        places = [picture.index(words) for words in order]
        assert places == sorted(places)
        assert picture.count("into ~/.tmux.conf here") == 1
        assert "✓ Keys: " in picture
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is main_of(app)
        assert "What this terminal" not in said(app)

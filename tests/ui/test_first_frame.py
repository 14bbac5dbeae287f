"""What must not be imported before the first frame, and what it shows."""

from __future__ import annotations

import subprocess
import sys

from tests.ui.stage import Stage, main_of, said

HEAVY = (
    "httpx",
    "mattermostdriver",
    "keyring",
    "websockets",
    "h2",
    "segno",
    "pygments",
    "markdown_it",
    "ssl",
)
CODE = """
import sys
import tui.ui.run, tui.ui.app
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {heavy}))
"""


def test_nothing_heavy_is_imported_with_the_screen() -> None:
    code = CODE.format(heavy=set(HEAVY) - {"ssl"})
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


async def test_the_first_frame_is_the_working_screen(stage: Stage) -> None:
    """No network: the engine has not been asked anything when the picture is there."""
    app = stage.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        picture = said(app)
        for words in ("Nordlicht GmbH", "Town Square", "Good morning @anna", "To ~Town Square"):
            assert words in picture
        assert main_of(app).composer.editor.has_focus

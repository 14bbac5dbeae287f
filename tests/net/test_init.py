from __future__ import annotations

import subprocess
import sys


def test_httpx_comes_without_its_command_line() -> None:
    code = "import sys, tui.net.mattermost; sys.exit(' '.join({'rich', 'click'} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr

"""The screen on the demo company, to look at: `python -m tests.ui.gallery [theme] [columns]`.

Invariant: everything is in a temporary directory; nothing of the person's own profile is touched.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tui.client.accounts import sign_in
from tui.demo.show import LOGIN, PASSWORD, Demo
from tui.settings.config import Config, Syncthing, Ui
from tui.settings.i18n import set_language
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper
from tui.ui.run import Start, run


def main(theme: str = "auto", language: str = "de", profile: str = "") -> int:
    set_language(language)
    demo = Demo(pace=1.0)
    with tempfile.TemporaryDirectory() as directory:
        paths = Paths.resolve(Path(directory))
        url = demo.start()
        config_file = demo.syncthing.write_config(Path(directory))
        config = Config(ui=Ui(theme=theme, mouse="off"), syncthing=Syncthing(config=str(config_file)))
        keeper = TokenKeeper(paths)
        signed = sign_in(url, LOGIN, PASSWORD, paths=paths, config=config, keeper=keeper, file_allowed=True)
        try:
            return run(Start(paths, config, keeper, signed.account, token=signed.token, profile=profile))
        finally:
            demo.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

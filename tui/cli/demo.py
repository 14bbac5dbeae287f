"""`--demo`: both servers on loopback and a profile of their own for as long as the command runs.

Invariant: nothing of it touches the person's profile, keyring or settings, and nothing is left afterwards.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tui.cli.context import Context
from tui.settings.config import Config
from tui.settings.paths import Paths

HELPERS = ("ben", "david")
"""Who helps in the demo's company."""


@contextmanager
def demo_context(context: Context) -> Iterator[Context]:
    """`context` with the demo's account in a temporary profile, signed in."""
    from tui.client.accounts import sign_in
    from tui.demo.show import LOGIN, PASSWORD, Demo

    with TemporaryDirectory(prefix="teleteam-demo-") as place:
        demo = Demo()
        url = demo.start()
        try:
            config = _config(context.config, demo.syncthing.write_config(Path(place)))
            options = Namespace(**{**vars(context.options), "profile": ""})
            paths = Paths.resolve(Path(place) / "profile")
            mine = replace(context, options=options, paths=paths, config=config, env_token="", keyring=False)
            sign_in(url, LOGIN, PASSWORD, paths=paths, config=config, keeper=mine.keeper(), file_allowed=True)
            yield mine
        finally:
            demo.stop()


def _config(config: Config, syncthing: Path) -> Config:
    """The person's looks and keys, but none of their places or commands."""
    fresh = Config()
    folders = replace(fresh.syncthing, config=str(syncthing))
    helpers = replace(fresh.support, users=HELPERS)
    return replace(
        fresh,
        ui=config.ui,
        session=config.session,
        line=config.line,
        keymap=config.keymap,
        syncthing=folders,
        support=helpers,
    )

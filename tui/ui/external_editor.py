"""A long text in the person's own editor.

Invariant: the file is in a directory of its own that only we can read and is gone afterwards; the editor is
an argument list, never a shell line.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.core.safe_text import clean_outgoing
from tui.terminal.programs import without_ours

FALLBACK = ("nano",)


def edit_text(text: str, editor: Sequence[str] = (), env: Mapping[str, str] | None = None) -> str:
    """Opens `text` and gives back what was saved. Blocks; OSError where the editor cannot be started."""
    env = os.environ if env is None else env
    with tempfile.TemporaryDirectory(prefix="teleteam-") as directory:
        file = Path(directory) / "message.md"
        file.touch(mode=0o600)
        file.write_text(clean_outgoing(text), encoding="utf-8")
        subprocess.run(  # noqa: S603 - the person's own command
            [*editor_command(editor, env), str(file)], env=without_ours(env), check=False
        )
        return clean_outgoing(file.read_text(encoding="utf-8", errors="replace")).rstrip("\n")


def edit_files(
    paths: Sequence[str], editor: Sequence[str] = (), env: Mapping[str, str] | None = None
) -> None:
    """Opens files themselves, whole paths, beside each other. Blocks; OSError as above."""
    env = os.environ if env is None else env
    subprocess.run(  # noqa: S603 - the person's own command
        [*editor_command(editor, env), *paths], env=without_ours(env), check=False
    )


def editor_command(editor: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """The settings', else $VISUAL, else $EDITOR, else nano."""
    if editor:
        return list(editor)
    for name in ("VISUAL", "EDITOR"):
        words = _words(env.get(name, ""))
        if words:
            return words
    return list(FALLBACK)


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return []

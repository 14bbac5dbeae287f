"""The first paint: the screen as it was left, shown before anything heavy is imported.

The screen keeps a picture of itself when it is left (`ui.picture`); `show` writes it some ten milliseconds
after the start, and the live screen then takes the terminal over and writes only what differs. So this module
imports nothing but the interpreter's own modules, and finds the picture without reading the settings: it lies
beside the cache, with a print of all that it depends on (options, size, terminal, language, settings' files).

Invariant: a picture that does not fit exactly, is too old, is readable by others or holds anything but
printable text, cursor moves, erasing and colours is not shown. Whatever happens before the live screen is
there, also a signal that ends the process, `undo` gives the terminal back; keys typed meanwhile are neither
echoed nor lost.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` without its enumerations, which take a millisecond
import os
import sys
import time
from collections.abc import Mapping, Sequence

from tui import __version__

NAME = "cache.db.screen"
"""The file's name, beside `cache.db`: what wipes that one, wipes its copies."""
BEGIN = "\x1b[?1049h\x1b[?25l\x1b[?2004h"
"""Alternate screen, no cursor, and pastes in brackets: an early one must not be taken for typed lines."""
END = "\x1b[?2004l\x1b[?25h\x1b[?1049l"
PATIENCE = 0.5
"""Seconds that a terminal has to take the last bytes."""
_MOST = 400_000
_MAGIC = "teleteam-screen-1"
_SAME = (
    *(
        "TERM",
        "COLORTERM",
        "TERM_PROGRAM",
        "LC_TERMINAL",
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "LC_CTYPE",
        "LANG",
    ),
    *("TZ", "COLUMNS", "LINES", "NO_COLOR", "TELETEAM_SESSION"),
)
_PRESENT = ("SSH_CONNECTION", "SSH_TTY", "X2GO_SESSION", "TMUX", "STY", "WT_SESSION", "VTE_VERSION")
_TERMINALS = (0, 1, 2)
_ENDING = (_signal.SIGHUP, _signal.SIGTERM, _signal.SIGQUIT)


class Shown:
    """A picture that stands on the terminal, until the live screen takes over or `undo` removes it."""

    def __init__(self, channel_id: str, frame: str, size: tuple[int, int], attributes: list[object]) -> None:
        self.channel_id = channel_id
        """The channel that the picture shows."""
        self.frame = frame
        self.size = size
        """Columns and lines."""
        self.attributes = attributes
        """The terminal's settings as they were before, in the form of `termios.tcgetattr`."""
        self._standing = True

    def taken_over(self) -> None:
        """The live screen has the terminal now, and gives it back itself."""
        self._standing = False

    def forget_keys(self) -> None:
        """Drops what was typed at the picture: it was meant for another channel than is open now."""
        import termios

        termios.tcflush(0, termios.TCIFLUSH)

    def undo(self) -> None:
        """Gives the terminal back as it was, if it reads; nothing where that is no longer ours to do."""
        import select
        import termios

        if self._standing:
            self._standing = False
            if select.select([], [2], [], PATIENCE)[1]:
                _write(END)
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)  # type: ignore[arg-type]


def show(words: Sequence[str], environ: Mapping[str, str]) -> Shown | None:
    """Shows the picture that belongs to this command line, if there is one; None = nothing was touched."""
    if sys.platform in ("win32", "darwin") or not _has_terminal(environ):
        return None
    try:
        found = _find(words, environ)
        return _paint(*found) if found else None
    except (OSError, ValueError):
        return None


def _has_terminal(environ: Mapping[str, str]) -> bool:
    """All three streams are the terminal, it can show a screen, and we are in its foreground."""
    if not all(map(os.isatty, _TERMINALS)) or environ.get("TERM", "") in ("", "dumb"):
        return False
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _find(words: Sequence[str], environ: Mapping[str, str]) -> tuple[str, str, tuple[int, int]] | None:
    """Channel, frame and size of the picture that fits."""
    options = options_of(words)
    if options is None:
        return None
    config_dir, data_dir = places(options["--config-dir"], environ)
    size = tuple(os.get_terminal_size(2))
    accounts = os.path.join(data_dir, "accounts")
    wanted = print_of(options, environ, (size[0], size[1]), config_dir)
    for ident in os.listdir(accounts):
        parts = _read(os.path.join(accounts, ident, NAME)).split("\n", 4)
        if (
            len(parts) == 5
            and parts[:2] == [_MAGIC, wanted]
            and _is_young(parts[2])
            and is_harmless(parts[4])
        ):
            return parts[3], parts[4], (size[0], size[1])
    return None


def options_of(words: Sequence[str]) -> dict[str, str] | None:
    """The options of a command line that opens the screen; None for any other.

    `--thin` and `--rich` are in it as `line`; both together are a mistake, which the parser tells.
    """
    options = {"--config-dir": "", "--profile": "", "--lang": "", "line": ""}
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name in ("--thin", "--rich") and not equals and options["line"] in ("", name[2:]):
            name, value = "line", name[2:]
        elif name not in options or name == "line":
            return None
        elif not equals:
            if not rest:
                return None
            value = rest.pop(0)
        options[name] = value
    return options


def places(config_dir: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """Directories of settings and of data, as `settings.paths` finds them, without its imports."""
    if config_dir:
        root = os.path.abspath(os.path.expanduser(config_dir))
        return root, os.path.join(root, "data")
    return _xdg(environ, "XDG_CONFIG_HOME", "~/.config"), _xdg(environ, "XDG_DATA_HOME", "~/.local/share")


def _xdg(environ: Mapping[str, str], name: str, default: str) -> str:
    return os.path.join(environ.get(name, "").strip() or os.path.expanduser(default), "teleteam")


def print_of(
    options: Mapping[str, str], environ: Mapping[str, str], size: tuple[int, int], config_dir: str
) -> str:
    """All that a picture depends on, as one line."""
    files = [_state_of(os.path.join(config_dir, name)) for name in ("config.toml", "accounts.toml")]
    chosen = [options["--profile"], options["--lang"], options["line"]]
    same = [environ.get(name) for name in _SAME]
    present = [bool(environ.get(name)) for name in _PRESENT]
    return repr([__version__, chosen, size, same, present, files])


def _state_of(path: str) -> tuple[int, int] | None:
    try:
        state = os.stat(path)
    except FileNotFoundError:
        return None
    return state.st_mtime_ns, state.st_size


def content(print_: str, until: int, channel_id: str, frame: str) -> str:
    """What the file holds. `until`: seconds since 1970 after which it is too old, 0 = never."""
    return "\n".join([_MAGIC, print_, str(until), channel_id, frame])


def _is_young(until: str) -> bool:
    return until == "0" or time.time() < int(until)


def _read(path: str) -> str:
    """The file's text, "" where it is not ours alone."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        private = state.st_uid == os.geteuid() and state.st_mode & 0o170077 == 0o100000
        return file.read().decode() if private and state.st_size <= _MOST else ""


def is_harmless(frame: str) -> bool:
    """Whether a frame is printable text, moves, erasing and colours, and nothing else."""
    first, *sequences = frame.split("\x1b[")
    return _is_text(first) and all(map(_is_allowed, sequences))


def _is_allowed(sequence: str) -> bool:
    text = sequence.lstrip("0123456789;")
    return (
        text[:1] in ("H", "m", "K", "X", "C", "D") and len(sequence) - len(text) < 200 and _is_text(text[1:])
    )


def _is_text(text: str) -> bool:
    return not any(c < " " or "\x7f" <= c <= "\x9f" for c in text)


def _paint(channel_id: str, frame: str, size: tuple[int, int]) -> Shown:
    """Takes the terminal: quiet keys first, so that none is echoed into the picture."""
    import termios

    attributes = termios.tcgetattr(0)
    quiet = termios.tcgetattr(0)
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
    for key in (termios.VSUSP, termios.VQUIT):
        quiet[6][key] = b"\x00"  # Ctrl+C alone still ends a start that hangs; it is undone then
    shown = Shown(channel_id, frame, size, attributes)
    _undo_when_told_to_end(shown)
    termios.tcsetattr(0, termios.TCSANOW, quiet)
    try:
        _write(BEGIN + frame)
    except OSError:
        shown.undo()
        raise
    return shown


def _undo_when_told_to_end(shown: Shown) -> None:
    """Gives the terminal back before a signal ends us; the live screen has ways of its own (`ui.leaving`)."""

    def end(number: int, _frame: object) -> None:
        _signal.signal(number, _signal.SIG_DFL)
        try:
            shown.undo()
        finally:
            os.kill(os.getpid(), number)

    for number in _ENDING:
        if _signal.getsignal(number) is _signal.SIG_DFL:
            _signal.signal(number, end)


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(2, data) :]

"""What this terminal and session can do, and what to write into which file to get more.

Invariant: findings come from what is passed in alone; a remedy is a line that can be pasted as it is, and is
given only where it changes something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.terminal.abilities import COLORS_256, TRUE_COLOR, Abilities
from tui.terminal.programs import Programs
from tui.terminal.session import Session, SessionKind
from tui.terminal.tmux import TmuxOptions

TMUX_FILE, SSH_FILE, SHELL, OWN_SHELL = "~/.tmux.conf", "~/.ssh/config", "$", "own $"
"""Where a remedy goes: tmux's settings here, ssh's on the person's own computer, a command here or there."""
SLOW_ESCAPE = 50
"""Milliseconds from which Esc feels late."""


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing that it can do or not."""

    part: str
    """clipboard, links, helper, notices, focus, colors, keys or line."""
    how: str
    """By what, or why not: a name that `client.wording.abilities` knows."""
    good: bool
    where: str = ""
    """TMUX_FILE, SSH_FILE or SHELL; "" = nothing is to be done."""
    remedy: tuple[str, ...] = ()
    detail: str = ""
    """A program's name or a number, for the sentence."""


def advice(
    session: Session, able: Abilities, tmux: TmuxOptions | None, helper: str, programs: Programs
) -> tuple[Ability, ...]:
    """Everything, in the order of reading. `helper`: kind of `bridge_asker.ready`."""
    return (
        _clipboard(session, able, tmux, programs),
        _links(session, able, tmux),
        *_helper(session, helper),
        _notices(session, able, programs),
        *_focus(tmux),
        _colors(session, able, tmux),
        *_keys(able, tmux),
        *_line(session),
    )


def _clipboard(session: Session, able: Abilities, tmux: TmuxOptions | None, programs: Programs) -> Ability:
    if session.kind in (SessionKind.LOCAL, SessionKind.X2GO) and programs.has_display(session.env):
        wayland = bool(session.env.get("WAYLAND_DISPLAY"))
        names = ["wl-copy"] * wayland + ["xclip", "xsel"]
        found = next((name for name in names if programs.find(name, session.env)), "")
        if found:
            return Ability("clipboard", "program", True, detail=found)
        wanted = "wl-clipboard" if wayland else "xclip"
        return Ability("clipboard", "program_missing", False, SHELL, (f"sudo apt install {wanted}",), wanted)
    if tmux is not None:
        if tmux.set_clipboard == "on":
            return Ability("clipboard", "tmux", True)
        how = "tmux_half" if tmux.known else "tmux_silent"
        return Ability("clipboard", how, False, TMUX_FILE, ("set -s set-clipboard on",))
    if able.quiet:
        return Ability("clipboard", "none", False)
    return Ability("clipboard", "osc52" if able.osc52 else "osc52_unsure", able.osc52, detail=able.program)


def _links(session: Session, able: Abilities, tmux: TmuxOptions | None) -> Ability:
    if tmux is not None and not tmux.hyperlinks:
        if not tmux.known:
            return Ability("links", "tmux_silent", False)
        if tmux.version < (3, 4):
            return Ability("links", "tmux_old", False, detail="{}.{}".format(*tmux.version))
        return Ability(
            "links", "tmux_features", False, TMUX_FILE, ("set -as terminal-features ',*:hyperlinks'",)
        )
    if session.kind is SessionKind.MOSH:
        return Ability("links", "mosh", False)
    if able.quiet or session.multiplexer == "screen":
        return Ability("links", "none", False)
    return Ability("links", "osc8" if able.osc8 else "osc8_unsure", able.osc8, detail=able.program)


def _helper(session: Session, helper: str) -> Iterator[Ability]:
    if not session.remote:
        return
    if helper == "opened":
        yield Ability("helper", "ready", True)
    elif helper == "silent":
        yield Ability("helper", "silent", False, OWN_SHELL, ("teleteam bridge",))
    elif helper == "unpaired":
        line = "teleteam bridge --give-secret | ssh HOST teleteam bridge --take-secret"
        yield Ability("helper", "unpaired", False, OWN_SHELL, (line,))
    else:
        how = "impostor" if helper == "impostor" else "none"
        yield Ability("helper", how, False, OWN_SHELL, ("teleteam bridge --print-ssh HOST",))


def _notices(session: Session, able: Abilities, programs: Programs) -> Ability:
    desktop = session.kind in (SessionKind.LOCAL, SessionKind.X2GO)
    if desktop and session.env.get("DBUS_SESSION_BUS_ADDRESS"):
        if programs.find("notify-send", session.env):
            return Ability("notices", "desktop", True)
        remedy = ("sudo apt install libnotify-bin",)
        return Ability("notices", "desktop_missing", False, SHELL, remedy)
    if able.notice == "bel":
        return Ability("notices", "bell", False)
    return Ability("notices", "terminal", True, detail=able.notice.upper().replace("OSC", "OSC "))


def _focus(tmux: TmuxOptions | None) -> Iterator[Ability]:
    if tmux is not None and tmux.known and not tmux.focus_events:
        yield Ability("focus", "tmux", False, TMUX_FILE, ("set -g focus-events on",))


def _colors(session: Session, able: Abilities, tmux: TmuxOptions | None) -> Ability:
    good, count = able.colors >= COLORS_256, str(able.colors)
    if able.colors == TRUE_COLOR or able.quiet or able.colors == 0:
        return Ability("colors", "all" if able.colors == TRUE_COLOR else "few", good, detail=count)
    if tmux is not None:
        lines = ("set -as terminal-features ',*:RGB'", "set-environment -g COLORTERM truecolor")
        first = () if good else ('set -g default-terminal "tmux-256color"',)
        return Ability("colors", "few_perhaps", good, TMUX_FILE, (*first, *lines), count)
    if session.kind in (SessionKind.SSH, SessionKind.SSH_X11):
        return Ability("colors", "few_perhaps", good, SHELL, ("export COLORTERM=truecolor",), count)
    return Ability("colors", "few", good, detail=count)


def _keys(able: Abilities, tmux: TmuxOptions | None) -> Iterator[Ability]:
    yield Ability("keys", "all" if able.kitty_keys else "usual", True)
    if tmux is not None and tmux.known and tmux.escape_time > SLOW_ESCAPE:
        lines = ("set -s escape-time 10",)
        yield Ability("keys", "slow_escape", False, TMUX_FILE, lines, str(tmux.escape_time))


def _line(session: Session) -> Iterator[Ability]:
    """A line that falls silent is noticed, and a link helper's socket is freed."""
    if session.kind in (SessionKind.SSH, SessionKind.SSH_X11):
        yield Ability("line", "keep_alive", True, SSH_FILE, ("ServerAliveInterval 30",))

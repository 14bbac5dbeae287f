"""Tells of a new message outside of the screen: by the desktop, or by the terminal.

Invariant: texts reach a program behind `--` with markup escaped, and a terminal as one quoted line; nothing
of them is a command, an option or a sequence. A message's own text comes in only where the person wants it
there.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.safe_text import safe_line
from tui.terminal import tmux
from tui.terminal.abilities import Abilities, detect
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.sequences import BEL, ESC, ST, quoted, through_tmux
from tui.terminal.session import Session, SessionKind

APP = "teleteam"
MAX_TITLE, MAX_BODY = 100, 300
HOOK_SECONDS = 5.0
"""So long a hook may keep the next one waiting; it may go on by itself."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def notify(
    title: str,
    body: str,
    session: Session,
    abilities: Abilities,
    *,
    mode: str = "auto",
    bell: bool = True,
    programs: Programs | None = None,
) -> str:
    """Shows the notice and returns what is to be written to the terminal ("" = nothing). May take 4 s.

    `mode` is config notifications.mode: auto, off, bell, terminal or desktop. The terminal's ways reach the
    person's own machine over SSH; in X2Go and at the machine itself it is the desktop's. Without `bell`
    nothing is rung: for what is not for the person alone.
    """
    if mode == "off":
        return ""
    here = session.kind in (SessionKind.LOCAL, SessionKind.X2GO)
    wanted = mode == "desktop" or (mode == "auto" and here)
    if wanted and by_desktop(title, body, session, programs or RealPrograms()):
        return ""
    sequence = BEL if mode == "bell" else _sequence(title, body, session, abilities)
    return sequence if bell or sequence != BEL else ""


def _sequence(title: str, body: str, session: Session, abilities: Abilities) -> str:
    """By the terminal; inside tmux by the one outside, where tmux lets it through (allow-passthrough)."""
    if session.multiplexer != "tmux":
        return by_terminal(title, body, abilities)
    inner = tmux.options(session.env)
    outside = detect({"TERM": inner.outer}, Session(session.kind))
    sequence = by_terminal(title, body, outside) if inner.passthrough and inner.outer else BEL
    return sequence if sequence == BEL else through_tmux(sequence)


def by_hook(argv: Sequence[str], facts: str, session: Session, programs: Programs) -> bool:
    """Gives `facts` (JSON) to a program of the person's own, on its standard input; False = it failed.

    No text of others is in its arguments.
    """
    return programs.run(argv, session.env, text=facts + "\n", seconds=HOOK_SECONDS).code in (0, None)


def by_desktop(title: str, body: str, session: Session, programs: Programs) -> bool:
    """notify-send; False where it is missing or nobody listens."""
    path = programs.find("notify-send", session.env)
    if not path or not session.env.get("DBUS_SESSION_BUS_ADDRESS"):
        return False
    argv = [path, f"--app-name={APP}", "--", _plain(title, MAX_TITLE), _plain(body, MAX_BODY)]
    return programs.run(argv, session.env).code == 0


def _plain(text: str, limit: int) -> str:
    """One line without markup: the body of a notification is a small HTML."""
    return safe_line(text, limit).translate(_ENTITIES)


def by_terminal(title: str, body: str, abilities: Abilities) -> str:
    """OSC 9, 777 or 99 where the terminal is known to show it, else BEL."""
    first, second = quoted(title, MAX_TITLE), quoted(body, MAX_BODY)
    if abilities.quiet or abilities.notice == "bel":
        return BEL
    if abilities.notice == "osc99":
        return f"{ESC}]99;i=1:d=0;{first}{ST}{ESC}]99;i=1:d=1:p=body;{second}{ST}"
    if abilities.notice == "osc777":
        return f"{ESC}]777;notify;{first};{second}{BEL}"
    return f"{ESC}]9;{_not_progress(f'{first}: {second}' if second else first)}{BEL}"


def _not_progress(text: str) -> str:
    """ConEmu and Windows Terminal read `9;4;…` as a progress bar: never begin with a digit."""
    return f"\N{BULLET} {text}" if text[:1].isdigit() else text

"""Tells of a new message outside of the screen: by the desktop, or by the terminal.

Invariant: texts reach a program behind `--` with markup escaped, and a terminal as one quoted line; nothing
of them is a command, an option or a sequence. A message's own text comes in only where the person wants it
there.
"""

from __future__ import annotations

from tui.core.safe_text import safe_line
from tui.terminal.abilities import Abilities
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.sequences import BEL, ESC, ST, quoted
from tui.terminal.session import Session, SessionKind

APP = "teleteam"
MAX_TITLE, MAX_BODY = 100, 300
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def notify(
    title: str,
    body: str,
    session: Session,
    abilities: Abilities,
    *,
    mode: str = "auto",
    programs: Programs | None = None,
) -> str:
    """Shows the notice and returns what is to be written to the terminal ("" = nothing). May take 3 s.

    `mode` is config notifications.mode: auto, off, bell, terminal or desktop. The terminal's ways reach the
    person's own machine over SSH; in X2Go and at the machine itself it is the desktop's.
    """
    if mode == "off":
        return ""
    here = session.kind in (SessionKind.LOCAL, SessionKind.X2GO)
    wanted = mode == "desktop" or (mode == "auto" and here)
    if wanted and by_desktop(title, body, session, programs or RealPrograms()):
        return ""
    return BEL if mode == "bell" else by_terminal(title, body, abilities)


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

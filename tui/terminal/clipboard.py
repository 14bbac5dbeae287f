"""Copies a text to the clipboard of the place where the person sits.

Invariant: only on the person's key, only text that has been through `core.safe_text`, at most 100 kB, write
only. What cannot be confirmed is not claimed: `sure` is True only where a program took the text.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from tui.core.safe_text import clean_outgoing, safe
from tui.core.values import dataclass
from tui.terminal.abilities import Abilities
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.sequences import BEL, ESC, through_screen
from tui.terminal.session import Session, SessionKind

MAX_CHARACTERS = 100_000
MAX_OSC52 = 74_994
"""Characters of base64 that classic terminals take."""
MAX_MOSH = 900

COPIED, HANDED_OVER, NOT_COPIED = "copied", "handed_over", "not_copied"


@dataclass(frozen=True, slots=True)
class Copied:
    """`kind`: copied (a program took it), handed_over (given to the terminal, unconfirmed) or not_copied.

    `sequence` is to be written to the terminal by whoever draws ("" = nothing).
    """

    kind: str
    program: str = ""
    sequence: str = ""


def copy(text: str, session: Session, abilities: Abilities, *, programs: Programs | None = None) -> Copied:
    """Copies `text`; may take 2 s, so call it in a worker."""
    programs = programs or RealPrograms()
    clean = safe(clean_outgoing(text), limit=MAX_CHARACTERS)
    program = _by_program(clean, session, programs)
    sequence = "" if abilities.quiet else osc52(clean, session)
    kind = COPIED if program else HANDED_OVER if sequence else NOT_COPIED
    return Copied(kind, program, sequence)


def osc52(text: str, session: Session) -> str:
    """The sequence that sets the terminal's clipboard; "" where the text is too long for the way there."""
    payload = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(payload) > (MAX_MOSH if session.kind is SessionKind.MOSH else MAX_OSC52):
        return ""
    sequence = f"{ESC}]52;c;{payload}{BEL}"
    return through_screen(sequence) if session.multiplexer == "screen" else sequence


def _by_program(text: str, session: Session, programs: Programs) -> str:
    """The name of the program that took `text`, "" where none did."""
    for argv in _candidates(session, programs):
        path = programs.find(argv[0], session.env)
        if path and programs.run([path, *argv[1:]], session.env, text=text, seconds=2.0).code in (0, None):
            return argv[0]
    return ""


def _candidates(session: Session, programs: Programs) -> list[list[str]]:
    """Tools of the desktop where it is the person's own; tmux hands on to the terminal's clipboard."""
    tools: list[list[str]] = []
    if session.kind is SessionKind.WSL:
        tools.append(["clip.exe"])
    if session.kind in (SessionKind.LOCAL, SessionKind.X2GO) and _desktop(session.env, programs):
        if session.env.get("WAYLAND_DISPLAY"):
            tools.append(["wl-copy"])
        tools += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if session.kind is SessionKind.LOCAL:
        tools.append(["pbcopy"])
    if session.multiplexer == "tmux":
        tools.append(["tmux", "load-buffer", "-w", "-"])
    return tools


def _desktop(env: Mapping[str, str], programs: Programs) -> bool:
    return programs.has_display(env)

"""Which ways there are to a browser from where the person sits, and which suits best.

    here   in the browser of this machine           own    on the person's own computer, by the link helper
    copy   to the clipboard                         click  as a hyperlink of the terminal (OSC 8)
    qr     as a code for the phone                  send   as a message to oneself
    text   as plain text

Invariant: decided anew each time something is opened, from what is passed in alone; an address that may
deceive is never opened by the way that is preselected.
"""

from __future__ import annotations

from enum import StrEnum

from tui.core.values import dataclass
from tui.terminal.abilities import Abilities
from tui.terminal.session import Session, SessionKind
from tui.terminal.tmux import TmuxOptions


class Way(StrEnum):
    """One step of the ladder; the values are stored and said on the command line."""

    HERE = "here"
    OWN = "own"
    COPY = "copy"
    CLICK = "click"
    QR = "qr"
    SEND = "send"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Chances:
    """What there is, at this moment."""

    browser: bool = False
    """A browser can be started here."""
    helper: bool = False
    """The link helper on the person's own computer answers."""
    click: bool = False
    """A hyperlink reaches the terminal, as far as is known."""
    code: bool = True
    """The QR code fits the window."""
    send: bool = False
    """There is an account to send a message with."""


def ways(
    session: Session, chances: Chances, *, meeting: bool = False, careful: bool = False, remembered: str = ""
) -> tuple[Way, ...]:
    """The ways that exist, the one to preselect first."""
    there = [
        *([Way.HERE] if chances.browser else []),
        *([Way.OWN] if chances.helper else []),
        Way.COPY,
        *([Way.CLICK] if chances.click else []),
        *([Way.QR] if chances.code else []),
        *([Way.SEND] if chances.send else []),
        Way.TEXT,
    ]
    wishes = [Way.COPY] if careful else [*_remembered(remembered), *_suited(session.kind, meeting)]
    best = next((way for way in wishes if way in there), Way.TEXT)
    return (best, *(way for way in there if way is not best))


def can_click(session: Session, able: Abilities, tmux: TmuxOptions | None) -> bool:
    """Whether a hyperlink may get to the terminal. Terminals that do not know it show its text, so only what
    is known to drop it counts as no.
    """
    if able.quiet or session.kind is SessionKind.MOSH or session.multiplexer == "screen":
        return False
    return tmux is None or tmux.hyperlinks


def _remembered(value: str) -> list[Way]:
    return [Way(value)] if value in set(Way) else []


def _suited(kind: SessionKind, meeting: bool) -> tuple[Way, ...]:
    """Best first (remote-session-facts §1 and §9)."""
    match kind:
        case SessionKind.LOCAL | SessionKind.WSL:
            return (Way.HERE, Way.COPY)
        case SessionKind.X2GO:
            return (Way.OWN, Way.QR, Way.SEND) if meeting else (Way.OWN, Way.HERE, Way.COPY)
        case SessionKind.CONSOLE:
            return (Way.OWN, Way.QR, Way.SEND, Way.TEXT)
        case _:
            return (Way.OWN, Way.COPY)

"""One look at everything that opening a link from here depends on.

Invariant: asks tmux once and each forwarded socket once; call it in a thread, for it may take seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.values import dataclass
from tui.terminal import abilities, tmux
from tui.terminal.abilities import Abilities
from tui.terminal.advice import Ability, advice
from tui.terminal.bridge_asker import NONE, ready
from tui.terminal.bridge_places import forwarded
from tui.terminal.programs import RealPrograms
from tui.terminal.session import Session


@dataclass(frozen=True, slots=True)
class Here:
    """Where the person sits and what can be done there."""

    session: Session
    able: Abilities
    abilities: tuple[Ability, ...]


def look(session: Session, secrets: Sequence[str], encoding: str = "") -> Here:
    """`secrets`: those of the link helper; `encoding` of the stream that is drawn to."""
    able = abilities.detect(session.env, session, encoding)
    inner = tmux.options(session.env) if session.multiplexer == "tmux" else None
    helper = ready(forwarded(session.env), secrets).kind if session.remote else NONE
    return Here(session, able, advice(session, able, inner, helper, RealPrograms()))

"""What hangs below a card of pairing and sharing: where it stands, and what Enter does with it.

Invariant: whether a card can be trusted is told in words; the offer to act stands only below one that can.
"""

from __future__ import annotations

from rich.segment import Segment

from tui.client.pairing import CardState, CardView
from tui.client.wording.pairing import ARRIVALS, WRONG
from tui.core.device_ids import first_and_last
from tui.core.pairing import Card, CardKind, Doubt
from tui.core.safe_text import safe_line
from tui.core.sharing import Arrival, Whereabouts
from tui.settings.i18n import N_, Later, _
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, wrap

_OPEN: dict[CardKind, Later] = {
    CardKind.REQUEST: N_("Enter: compare the ID and accept"),
    CardKind.ANSWER: N_("Enter: compare the ID and finish pairing"),
    CardKind.FOLDER: N_("Enter: choose a directory and accept the folder"),
}
_DONE: dict[CardKind, Later] = {
    CardKind.REQUEST: N_("This device is in your Syncthing. Enter: how far it is"),
    CardKind.ANSWER: N_("Paired. Enter: how far it is"),
    CardKind.FOLDER: N_("You have this folder. Enter: how far it is"),
}
_STATES: dict[CardState, Later] = {
    CardState.WAITING: N_("Waiting for an answer. Enter: take it back"),
    CardState.WITHDRAWN: N_("This request was taken back."),
    CardState.UNASKED: N_("An answer to a request that this teleteam did not send. Do not accept it unseen."),
    CardState.FOREIGN: N_("This folder is on a device that you have not paired with this person here."),
    CardState.NO_SYNCTHING: N_("Syncthing does not answer here: see the folders panel."),
}
_SIGNS = {Arrival.HERE: ("✓", "success"), Arrival.ON_THE_WAY: ("↓", "accent"), Arrival.GONE: ("✗", "warning")}


def card_lines(view: CardView, where: Whereabouts | None, width: int, look: Look) -> list[Line]:
    """The lines below the card's own text."""
    bar = Segment("│ ", look.accent)
    lines = _lines(view, where, look)
    return [[bar, *line] for row in lines for line in wrap(row, max(1, width - 2))]


def _lines(view: CardView, where: Whereabouts | None, look: Look) -> list[Line]:
    card = view.found.good
    if card is None or view.state is CardState.BAD:
        problem = view.found.problem or Doubt.SHAPE
        return [[Segment("! ", look.warning), Segment(str(WRONG[problem]), look.warning)]]
    if card.kind in (CardKind.FILE, CardKind.CONFLICT):
        return [_file(card, where or Whereabouts(Arrival.ASKING), look)]
    return [_state(view, card, look)]


def _state(view: CardView, card: Card, look: Look) -> Line:
    if view.state is CardState.OPEN:
        first, last = first_and_last(card.device_id)
        words = f"{first} … {last} · {_OPEN[card.kind]}"
        return [Segment(words, look.accent)]
    if view.state is CardState.DONE:
        return [Segment("✓ ", look.success), Segment(str(_DONE[card.kind]), look.muted)]
    if view.state in (CardState.UNASKED, CardState.FOREIGN):
        return [Segment("! ", look.warning), Segment(str(_STATES[view.state]), look.warning)]
    if view.state is CardState.TOLD:
        return [Segment(_told(view, card), look.muted)]
    return [Segment(str(_STATES[view.state]), look.muted)]


def _told(view: CardView, card: Card) -> str:
    if card.kind is CardKind.FOLDER:
        return _("Offered. Enter: how far it is")
    if card.kind is CardKind.UNPAIR and not view.mine:
        return _("Enter: remove that device here too")
    return _("Nothing to do here.")


def _file(card: Card, where: Whereabouts, look: Look) -> Line:
    sign, role = _SIGNS.get(where.arrival, ("·", "muted"))
    style = getattr(look, role)
    name = safe_line(card.path.rpartition("/")[2], 80)
    line = [Segment(f"{sign} {name}: {ARRIVALS[where.arrival]}", style)]
    if where.arrival is Arrival.HERE:
        line.append(Segment(" · " + _("Enter: open it or its directory"), look.accent))
    return line

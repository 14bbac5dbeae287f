"""Sentences about opening links: where the person sits, the ways, what came of them."""

from __future__ import annotations

from tui.core import bridge_wire as wire
from tui.core.hosts import CONFUSABLE, MIXED_SCRIPT
from tui.settings.i18n import N_, Later
from tui.terminal import bridge_asker as asker
from tui.terminal.ladder import Way
from tui.terminal.session import SessionKind

PLACES: dict[SessionKind, Later] = {
    SessionKind.LOCAL: N_("You sit at this machine."),
    SessionKind.SSH: N_("You are here by SSH: your browser is on your own machine."),
    SessionKind.SSH_X11: N_("You are here by SSH: a browser here would be drawn over the line."),
    SessionKind.X2GO: N_("X2Go session: a browser here has no camera and no microphone."),
    SessionKind.MOSH: N_("You are here by mosh: your browser is on your own machine."),
    SessionKind.WSL: N_("You sit at this machine (WSL)."),
    SessionKind.CONSOLE: N_("There is no browser on this console."),
}
WARNINGS: dict[str, Later] = {
    MIXED_SCRIPT: N_("The name of this host mixes alphabets. Look twice."),
    CONFUSABLE: N_("The name of this host looks like another one. Look twice."),
}
DECEIVES = N_("Its text names another address than it leads to. Look twice.")
_WAYS: dict[Way, Later] = {
    Way.HERE: N_("Open it here"),
    Way.OWN: N_("Open it on my own computer (link helper)"),
    Way.COPY: N_("Copy the link"),
    Way.CLICK: N_("Show it as a link to click, if the terminal can"),
    Way.QR: N_("Show a QR code for the phone"),
    Way.SEND: N_("Send it to myself as a message"),
    Way.TEXT: N_("Show it as plain text"),
}
_TOLD: dict[str, Later] = {
    wire.OPENED: N_("Opened on your own computer: {host}"),
    wire.REFUSED: N_("Your own computer did not open it: it was not allowed there."),
    wire.FAILED: N_("No browser could be started on your own computer."),
    wire.BUSY: N_("The link helper has too much to do. Try again in a minute."),
    wire.BAD: N_("The link helper did not understand. Is it of another version?"),
    asker.NONE: N_("No link helper is connected. On your own computer: teleteam bridge --print-ssh HOST"),
    asker.UNPAIRED: N_(
        "The link helper's secret is not here yet. On your own computer:"
        " teleteam bridge --give-secret | ssh HOST teleteam bridge --take-secret"
    ),
    asker.SILENT: N_("Your own computer is connected, but no one answers there. Start: teleteam bridge"),
    asker.IMPOSTOR: N_("What answers there does not know our secret. Nothing was told to it."),
}


def way_words(way: Way) -> Later:
    """What choosing a way does."""
    return _WAYS[way]


def told(kind: str) -> Later:
    """What came of asking the link helper; may hold {host}."""
    return _TOLD[kind]

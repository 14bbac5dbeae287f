"""Sentences about what a terminal and a session can do."""

from __future__ import annotations

from tui.settings.i18n import N_, Later, _
from tui.terminal.advice import OWN_SHELL, SHELL, SSH_FILE, TMUX_FILE, Ability

TITLES: dict[str, Later] = {
    "clipboard": N_("Clipboard"),
    "links": N_("Links to click"),
    "helper": N_("Link helper"),
    "notices": N_("Notifications"),
    "focus": N_("Focus"),
    "colors": N_("Colours"),
    "keys": N_("Keys"),
    "line": N_("Line"),
}
_WORDS: dict[str, Later] = {
    "clipboard.program": N_("copied by {detail}"),
    "clipboard.program_missing": N_("no program to copy with; {detail} is one"),
    "clipboard.tmux": N_("copied by tmux, and handed on to your terminal"),
    "clipboard.tmux_half": N_(
        "copied by tmux, and handed on to your terminal; other programs' copies stop at tmux"
    ),
    "clipboard.tmux_silent": N_("tmux does not answer here; copies may stop there"),
    "clipboard.none": N_("none on this terminal"),
    "clipboard.osc52": N_("handed to the terminal (OSC 52), which knows it"),
    "clipboard.osc52_unsure": N_(
        "handed to the terminal (OSC 52); whether it takes it cannot be seen from here"
    ),
    "links.tmux_silent": N_("tmux does not answer here; before 3.4 it drops them"),
    "links.tmux_old": N_("tmux {detail} drops them; they need tmux 3.4"),
    "links.tmux_features": N_("tmux drops them until it is told that your terminal knows them"),
    "links.mosh": N_("mosh drops them; mark the address instead"),
    "links.none": N_("not on this terminal; mark the address instead"),
    "links.osc8": N_("yes, with Ctrl and a click (OSC 8)"),
    "links.osc8_unsure": N_("perhaps, with Ctrl and a click (OSC 8); that cannot be seen from here"),
    "helper.ready": N_("connected: links open on your own computer"),
    "helper.silent": N_("your computer is connected, but no one answers there: start it"),
    "helper.unpaired": N_("connected, but its secret is not here yet: hand it over"),
    "helper.impostor": N_("what answers does not know our secret; here is how to pair"),
    "helper.none": N_("not connected; here is how to"),
    "notices.desktop": N_("shown by the desktop"),
    "notices.desktop_missing": N_("the desktop could show them, but notify-send is missing"),
    "notices.bell": N_("the bell alone"),
    "notices.terminal": N_("shown by the terminal ({detail})"),
    "focus.tmux": N_("tmux does not tell when you look elsewhere"),
    "colors.all": N_("all"),
    "colors.few": N_("{detail} colours"),
    "colors.few_perhaps": N_("{detail} colours; if your terminal has all of them, say so"),
    "keys.all": N_("all that the keyboard has"),
    "keys.usual": N_("the usual ones: Shift+Enter does not arrive, Ctrl+J does"),
    "keys.slow_escape": N_("tmux holds Esc back for {detail} ms"),
    "line.keep_alive": N_("a dead line is noticed after a while with"),
}


def words(ability: Ability) -> str:
    """What it can do, in one line without its title."""
    return str(_WORDS[f"{ability.part}.{ability.how}"]).format(detail=ability.detail)


def place(where: str) -> str:
    """Where a remedy goes."""
    return {
        TMUX_FILE: _("into ~/.tmux.conf here"),
        SSH_FILE: _("into ~/.ssh/config on your own computer"),
        SHELL: _("as a command here"),
        OWN_SHELL: _("as a command on your own computer"),
    }[where]

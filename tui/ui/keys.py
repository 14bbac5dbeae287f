"""The table of actions as Textual's bindings, and keys as the footer and the help show them.

Invariant: `settings.keymap.ACTIONS` is the only place where a key is named. The binding of `room.name` runs
`action_do_name` of the node that holds that context; a person's own keys come in by `overrides`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from tui.settings.keymap import ACTIONS, Action, Keymap
from tui.settings.keynames import delivered_everywhere, label


def bindings_of(context: str) -> list[BindingType]:
    """The bindings of one context, with the keys of the table."""
    return [
        Binding(_keys(action.id, action.keys), f"do_{action.name}", show=False, id=action.id)
        for action in ACTIONS
        if action.context == context
    ]


def writing_elsewhere() -> list[BindingType]:
    """The keys of the composer that mean nothing to a reader (Ctrl, Alt): they lead into it from anywhere."""
    return [
        Binding(_keys(action.id, action.keys), f"write('{action.id}')", show=False, id=action.id)
        for action in ACTIONS
        if action.context == "composer" and all(key.startswith(("ctrl+", "alt+")) for key in action.keys)
    ]


def overrides(keymap: Keymap) -> dict[str, str]:
    """What to give to `App.set_keymap`: the actions whose keys the person has changed."""
    defaults = {action.id: action.keys for action in ACTIONS}
    return {a.id: _keys(a.id, a.keys) for a in keymap.actions if a.keys != defaults[a.id]}


def _keys(ident: str, keys: Iterable[str]) -> str:
    """Textual's list of keys; a name that no keyboard has where there is none."""
    return ",".join(keys) or f"unbound_{ident}"


def shown_key(action: Action) -> str:
    """The first key of an action for people, "" where it has none."""
    return label(action.keys[0]) if action.keys else ""


def shown_keys(action: Action, *, every: bool = True) -> str:
    """All keys of an action for people; not `every`: those that any terminal delivers, where it has such."""
    sure = () if every else tuple(key for key in action.keys if delivered_everywhere(key))
    return "  ".join(label(key) for key in sure or action.keys)

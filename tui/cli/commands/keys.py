"""`teleteam keys`: the table of keys as it is in force, and the page docs/keys.md."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tui.cli.context import Context
from tui.settings.i18n import _
from tui.settings.keymap import Action, Keymap
from tui.settings.keynames import label


def run(context: Context) -> int:
    """Prints groups of actions; with --markdown the program's defaults."""
    if context.options.markdown:
        for line in markdown(Keymap()):
            context.output.line(line)
        return 0
    for group, actions in _groups(context.config.keymap):
        context.output.line(group)
        context.output.table([(_keys(a), str(a.help), a.id) for a in actions], "  ")
        context.output.line()
    return 0


def _groups(keymap: Keymap) -> Iterator[tuple[str, list[Action]]]:
    """The table's order, grouped by heading."""
    order = {group: place for place, group in enumerate(dict.fromkeys(a.group for a in keymap.actions))}
    ordered = sorted(keymap.actions, key=lambda action: order[action.group])
    for group, actions in groupby(ordered, key=lambda action: action.group):
        yield str(group), list(actions)


def _keys(action: Action) -> str:
    return ", ".join(label(key) for key in action.keys) or "–"


def markdown(keymap: Keymap) -> Iterator[str]:
    """The page docs/keys.md, line by line."""
    yield f"# {_('Keys')}"
    yield ""
    yield _(
        "Made by `teleteam keys --markdown`. Every key can be changed in `config.toml`, by the action's name:"
    )
    yield from ("", "```toml", "[keys]", '"timeline.reply" = ["r", "Ctrl+R"]', "```")
    for group, actions in _groups(keymap):
        yield from (
            "",
            f"## {group}",
            "",
            f"| {_('Keys')} | {_('What it does')} | {_('Action')} |",
            "|---|---|---|",
        )
        for action in actions:
            keys = " ".join(f"`{_cell(label(key))}`" for key in action.keys) or "–"
            yield f"| {keys} | {_cell(str(action.help))} | `{action.id}` |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

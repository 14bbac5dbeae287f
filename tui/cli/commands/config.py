"""`teleteam config`: where the settings are, whether they are right, and what there is to set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.settings.config import Config, Setting, check
from tui.settings.i18n import _


def run(context: Context) -> int:
    """`path` prints the file's place, `check` every mistake, `markdown` the page docs/config.md."""
    what = context.options.what
    if what == "path":
        context.output.line(str(context.paths.config_file))
        return Exit.DONE
    if what == "check":
        return _check(context)
    for line in markdown():
        context.output.line(line)
    return Exit.DONE


def _check(context: Context) -> int:
    from tui.client.wording.errors import sentence

    troubles = check(context.paths)
    for trouble in troubles:
        context.output.line(sentence(trouble))
    if not troubles:
        context.output.line(_("{file}: all right.").format(file=context.paths.config_file))
    return Exit.FAILED if troubles else Exit.DONE


def markdown() -> Iterator[str]:
    """The page docs/config.md, line by line."""
    yield f"# {_('Settings')}"
    yield ""
    yield _("Made by `teleteam config markdown`. The file is named by `teleteam config path`, checked by")
    yield _("`teleteam config check`, and needs none of these lines: these are the defaults.")
    for section in dataclasses.fields(Config):
        if section.name not in ("keys", "keymap"):
            yield from _section(section)
    yield from ("", "## [keys]", "")
    yield _("Keys by the names of actions; see [keys.md](keys.md).")


def _section(section: dataclasses.Field[object]) -> Iterator[str]:
    assert section.default_factory is not dataclasses.MISSING
    defaults = section.default_factory()
    about = (type(defaults).__doc__ or "").strip()
    yield from ("", f"## [{section.name}] {about}".rstrip(), "")
    yield f"| {_('Setting')} | {_('Default')} | {_('Possible')} | {_('Meaning')} |"
    yield "|---|---|---|---|"
    for field in dataclasses.fields(defaults):  # type: ignore[arg-type]
        setting: Setting = field.metadata["setting"]
        choices = " ".join(f"`{choice}`" for choice in setting.choices) or _kind(field.default)
        yield f"| `{field.name}` | `{_toml(field.default)}` | {choices} | {setting.help} |"


def _kind(default: object) -> str:
    if isinstance(default, bool):
        return "`true` `false`"
    if isinstance(default, int):
        return _("a number")
    return _("a list of texts") if isinstance(default, tuple) else _("a text")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)

"""Themes as files: one TOML each, the program's in `themes/`, the person's in the config directory.

Invariant: a ThemeSpec has every name of COLORS and eight name colours, all well-formed; a broken file is a
ConfigTrouble that names file and key and takes only itself away. Whether texts can be read is a number:
`poor_pairs` gives the pairs below a contrast of 4.5 (WCAG 2.1, 1.4.3).
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tui
from tui.core.errors import ConfigTrouble
from tui.core.values import dataclass
from tui.settings.paths import Paths

COLORS = (
    *("background", "surface", "panel", "text", "muted", "border", "accent", "accent_text"),
    *("selection", "selection_text", "mention", "mention_text", "unread", "link", "code", "code_text"),
    *("success", "warning", "error", "online", "away", "dnd", "offline"),
)
NAME_COLORS = 8
DEFAULT = "teleteam-dark"
LEAST_CONTRAST = 4.5

_WRITTEN = ("text", "muted", "accent", "unread", "link", "success", "warning", "error")
_PRESENCE = ("online", "away", "dnd", "offline")
TEXT_PAIRS = (
    *((text, ground) for ground in ("background", "surface", "panel") for text in _WRITTEN + _PRESENCE),
    ("accent_text", "accent"),
    ("selection_text", "selection"),
    ("mention_text", "mention"),
    ("code_text", "code"),
)
"""What is written on what."""

_ANSI_NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
ANSI = frozenset(
    {"ansi_default", *(f"ansi_{n}" for n in _ANSI_NAMES), *(f"ansi_bright_{n}" for n in _ANSI_NAMES)}
)
_XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5",
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
)
_PALETTE = {
    f"ansi_{bright}{name}": f"#{value}"
    for bright, values in zip(("", "bright_"), _XTERM, strict=True)
    for name, value in zip(_ANSI_NAMES, values.split(), strict=True)
}
"""The 16 colours as xterm shows them (its resource file XTerm-col.ad)."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\Z")
_TOP = ("title", "dark", "names", "colors")


@dataclass(frozen=True, slots=True)
class ThemeSpec:
    """One theme. Colours are #rrggbb, or ansi_* throughout (`ansi`)."""

    name: str
    title: str
    dark: bool
    colors: Mapping[str, str]
    names: tuple[str, ...]
    """Colours of people's names, chosen by hash."""
    ansi: bool = False


@dataclass(frozen=True, slots=True)
class ThemeSpecs:
    """All themes by name, with what is wrong in the person's own."""

    themes: Mapping[str, ThemeSpec]
    troubles: tuple[ConfigTrouble, ...] = ()

    def get(self, name: str) -> ThemeSpec:
        """The theme `name`, or the default where there is no such theme."""
        return self.themes.get(name) or self.themes[DEFAULT]


def builtin_dir() -> Path:
    """Where the program's own themes lie: beside the package in a checkout, inside it in a wheel."""
    package = Path(tui.__file__).parent
    inside = package / "_themes"
    return inside if inside.is_dir() else package.parent / "themes"


def load_all(paths: Paths) -> ThemeSpecs:
    """The program's themes and the person's; one of theirs with the same name takes the place of ours."""
    themes: dict[str, ThemeSpec] = {}
    troubles: list[ConfigTrouble] = []
    for file in (*_files(builtin_dir()), *_files(paths.themes_dir)):
        try:
            themes[file.stem] = load(file)
        except ConfigTrouble as trouble:
            troubles.append(trouble)
    return ThemeSpecs(MappingProxyType(themes), tuple(troubles))


def names(own: Path) -> frozenset[str]:
    """Names of all themes; `own` is the directory of the person's."""
    return frozenset(file.stem for file in (*_files(builtin_dir()), *_files(own)))


def _files(directory: Path) -> Iterator[Path]:
    if directory.is_dir():
        yield from sorted(directory.glob("*.toml"))


def load_named(paths: Paths, name: str) -> ThemeSpec:
    """One theme by its name, for a quick start; the default where it is missing or broken."""
    for directory in (paths.themes_dir, builtin_dir()):
        file = directory / f"{name}.toml"
        if _NAME.match(name) and file.is_file():
            try:
                return load(file)
            except ConfigTrouble:
                break
    return load(builtin_dir() / f"{DEFAULT}.toml")


def load(file: Path) -> ThemeSpec:
    """The theme in `file`; ConfigTrouble names the file and the key that is wrong or missing."""
    if not _NAME.match(file.stem):
        raise _trouble(file, "", "value", "a-z 0-9 -")
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError, OSError) as error:
        raise _trouble(file, "", "syntax", type(error).__name__) from None
    _refuse_unknown(file, values, _TOP)
    colors = _colors(file, values.get("colors"))
    names = _names(file, values.get("names"))
    ansi = {color.startswith("ansi_") for color in (*colors.values(), *names)}
    if len(ansi) > 1:
        raise _trouble(file, "colors", "value", "#rrggbb / ansi_*")
    title, dark = values.get("title", file.stem), values.get("dark", True)
    if not isinstance(title, str) or not title.isprintable() or not isinstance(dark, bool):
        raise _trouble(file, "title / dark", "value", '"…" / true | false')
    return ThemeSpec(file.stem, title, dark, MappingProxyType(colors), names, ansi.pop())


def _trouble(file: Path, key: str, kind: str, problem: str, nearest: str = "") -> ConfigTrouble:
    detail = " ".join(filter(None, [f"{file}:", key, problem, nearest and f"({nearest}?)"]))
    return ConfigTrouble(
        f"tele.config.{kind}", detail, file=str(file), key=key, nearest=nearest, problem=problem
    )


def _refuse_unknown(file: Path, values: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in values:
        if key not in known:
            nearest = "".join(difflib.get_close_matches(key, known, 1, 0.5))
            raise _trouble(file, key, "unknown_key", "", nearest)


def _colors(file: Path, table: object) -> dict[str, str]:
    if not isinstance(table, dict):
        raise _trouble(file, "colors", "value", "[colors]")
    _refuse_unknown(file, table, COLORS)
    for name in COLORS:
        if name not in table:
            raise _trouble(file, f"colors.{name}", "value", "#rrggbb")
    return {name: _color(file, f"colors.{name}", table[name]) for name in COLORS}


def _names(file: Path, values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) != NAME_COLORS:
        raise _trouble(file, "names", "value", f"{NAME_COLORS} × #rrggbb")
    return tuple(_color(file, "names", value) for value in values)


def _color(file: Path, key: str, value: object) -> str:
    if isinstance(value, str) and (_HEX.match(value) or value in ANSI):
        return value.lower()
    raise _trouble(file, key, "value", "#rrggbb / ansi_*")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.1)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def poor_pairs(theme: ThemeSpec) -> list[tuple[str, str, float]]:
    """The pairs (text, ground, ratio) that are hard to read; those of 16 colours as xterm shows them, without
    those of `ansi_default`, which nobody knows.
    """
    colors = {name: _PALETTE.get(color, color) for name, color in theme.colors.items()}
    asked = [(text, colors[text], ground) for text, ground in TEXT_PAIRS]
    asked += [(name, _PALETTE.get(name, name), "background") for name in theme.names]
    known = [pair for pair in asked if "ansi_default" not in (pair[1], colors[pair[2]])]
    pairs = [(name, ground, contrast(color, colors[ground])) for name, color, ground in known]
    return [pair for pair in pairs if pair[2] < LEAST_CONTRAST]

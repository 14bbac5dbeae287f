"""Reads `config.toml` into a Config, collecting every mistake with its line.

Invariant: a value reaches Config only after its check; whatever is wrong leaves the default in its place
and a ConfigTrouble behind. tomllib knows no line numbers, so they are found by scanning the text.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui.core.errors import ConfigTrouble
from tui.settings import keymap
from tui.settings.config import Config, Setting
from tui.settings.files import check_trusted
from tui.settings.themes import names

MAX_BYTES = 1_000_000
_HEADER = re.compile(r"^\s*\[\s*([\w.\"'-]+)\s*\]")
_PERSON = re.compile(r"[a-z0-9._-]{1,64}")
_E_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}")
_AT_LINE = re.compile(r"\(at line (\d+)")


class Place:
    """The file and its text: makes troubles with the right line."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self._lines = text.splitlines()

    def line_of(self, section: str, key: str = "") -> int:
        """Line (from 1) of `key` in `[section]`, of the header without `key`; 0 where it is not found."""
        current = ""
        wanted = re.compile(rf"^\s*([\"']?){re.escape(key)}\1\s*=") if key else None
        for number, line in enumerate(self._lines, 1):
            if header := _HEADER.match(line):
                current = header[1].strip("\"'")
                if wanted is None and current == section:
                    return number
            elif wanted is not None and current == section and wanted.match(line):
                return number
        return self._dotted(section, key)

    def _dotted(self, section: str, key: str) -> int:
        """Line of a top-level `section.key =` or `section =`."""
        names = rf"\s*\.\s*[\"']?{re.escape(key)}" if key else ""
        pattern = re.compile(rf"^\s*[\"']?{re.escape(section)}[\"']?({names}[\"']?\s*=|\s*=|\s*\.)")
        return next((n for n, line in enumerate(self._lines, 1) if pattern.match(line)), 0)

    def trouble(
        self, ident: str, section: str, key: str = "", *, problem: str = "", known: Iterable[str] = ()
    ) -> ConfigTrouble:
        """A ConfigTrouble at `[section] key`, with the nearest of `known`."""
        line = self.line_of(section, key)
        name = f"{section}.{key}" if key else section
        nearest = "".join(difflib.get_close_matches(key or section, list(known), 1, 0.5))
        detail = " ".join(filter(None, [f"{self.file}:{line}: {name}", problem, nearest and f"({nearest}?)"]))
        return ConfigTrouble(
            ident, detail, file=str(self.file), line=line, key=name, nearest=nearest, problem=problem
        )


def read(file: Path) -> tuple[Config, tuple[ConfigTrouble, ...]]:
    """The settings in `file` with everything that is wrong there; an untrusted file gives defaults alone."""
    try:
        check_trusted(file)
        text = _text(file)
        values = tomllib.loads(text)
    except ConfigTrouble as trouble:
        return Config(), (trouble,)
    except (ValueError, RecursionError, OSError) as error:
        return Config(), (_unreadable(file, error),)
    return _build(Place(file, text), values)


def _text(file: Path) -> str:
    with file.open("rb") as stream:
        raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise OSError("too large")
    return raw.decode("utf-8-sig")


def _unreadable(file: Path, error: Exception) -> ConfigTrouble:
    """The file as a whole cannot be read; tomllib's message names the line and never the file's values."""
    found = _AT_LINE.search(str(error))
    line = int(found[1]) if found else 0
    problem = _AT_LINE.split(str(error))[0].strip() if isinstance(error, tomllib.TOMLDecodeError) else ""
    problem = problem or type(error).__name__
    return ConfigTrouble(
        "tele.config.syntax", f"{file}:{line}: {problem}", file=str(file), line=line, problem=problem
    )


def _build(place: Place, values: Mapping[str, Any]) -> tuple[Config, tuple[ConfigTrouble, ...]]:
    sections = {f.name: f for f in dataclasses.fields(Config) if f.name not in ("keys", "keymap")}
    troubles: list[ConfigTrouble] = []
    parts: dict[str, Any] = {}
    for name, value in values.items():
        if name == "keys" and isinstance(value, dict):
            parts.update(_keys(place, value, troubles))
        elif name in sections and isinstance(value, dict):
            parts[name] = _section(place, name, type(_default(sections[name])), value, troubles)
        elif name in sections or name == "keys":
            troubles.append(place.trouble("tele.config.value", name, problem="section"))
        else:
            troubles.append(place.trouble("tele.config.unknown_key", name, known=[*sections, "keys"]))
    config = Config(**parts)
    troubles += _theme_trouble(place, config.ui.theme)
    return config, tuple(troubles)


def _theme_trouble(place: Place, theme: str) -> list[ConfigTrouble]:
    """A theme that there is no file for."""
    known = names(place.file.parent / "themes") | {"auto"}
    if theme in known:
        return []
    return [place.trouble("tele.config.value", "ui", "theme", problem=" | ".join(sorted(known)))]


def _default(section: dataclasses.Field[Any]) -> Any:
    assert section.default_factory is not dataclasses.MISSING
    return section.default_factory()


def _section(
    place: Place, name: str, kind: type[Any], values: Mapping[str, Any], troubles: list[ConfigTrouble]
) -> Any:
    """One dataclass of Config from its table."""
    fields = {f.name: f for f in dataclasses.fields(kind)}
    good: dict[str, Any] = {}
    for key, value in values.items():
        if key not in fields:
            troubles.append(place.trouble("tele.config.unknown_key", name, key, known=fields))
            continue
        try:
            good[key] = checked(fields[key].default, fields[key].metadata["setting"], value)
        except ValueError as error:
            choices = fields[key].metadata["setting"].choices
            troubles.append(
                place.trouble("tele.config.value", name, key, problem=str(error), known=choices and ())
            )
    return kind(**good)


def checked(default: object, setting: Setting, value: object) -> object:
    """`value` as the setting's type; ValueError says what it should be."""
    if isinstance(default, bool):
        return _of(value, bool, "true / false")
    if isinstance(default, int):
        number = _of(value, int, f"≥ {setting.least}")
        if isinstance(number, bool) or number < setting.least:
            raise ValueError(f"≥ {setting.least}")
        return number
    if isinstance(default, tuple):
        words = _of(value, list, '["…", …]')
        return tuple(_formed(setting, _text_value(word)) for word in words)
    return _choice(setting, _text_value(value))


def _of(value: object, kind: type[Any], wanted: str) -> Any:
    if not isinstance(value, kind):
        raise ValueError(wanted)
    return value


def _text_value(value: object) -> str:
    text = str(_of(value, str, '"…"'))
    if not text.isprintable():
        raise ValueError('"…"')
    return text


def _choice(setting: Setting, text: str) -> str:
    if setting.choices and text not in setting.choices:
        raise ValueError(" | ".join(setting.choices))
    if setting.url and text and not text.startswith(("https://", "http://")):
        raise ValueError("https://…")
    return _formed(setting, text)


def _formed(setting: Setting, text: str) -> str:
    """`text` where it looks as it must; a person is named with or without `@`."""
    if setting.form == "quiet":
        from tui.core.quiet_hours import parse

        parse(text)
    elif setting.form == "person":
        text = text.removeprefix("@").lower()
        if not _PERSON.fullmatch(text):
            raise ValueError("anna.berger")
    elif setting.form == "e-mail" and text and not _E_MAIL.fullmatch(text):
        raise ValueError("help@example.org")
    return text


def _keys(place: Place, values: Mapping[str, Any], troubles: list[ConfigTrouble]) -> dict[str, Any]:
    """`keys` and `keymap` of Config; one wrong line leaves all the keys as they are."""
    flat = dict(_flatten(values))
    wanted: dict[str, tuple[str, ...]] = {}
    for ident, value in flat.items():
        words = [value] if isinstance(value, str) else value
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            wanted[ident] = tuple(word for word in words if word)
        else:
            troubles.append(place.trouble("tele.config.value", "keys", ident, problem='["…", …]'))
    try:
        keys = keymap.build(wanted)
    except keymap.KeyTrouble as error:
        troubles.append(_key_trouble(place, error))
        return {}
    return {"keymap": keys, "keys": MappingProxyType(wanted)}


def _flatten(values: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    """`app.help = "f1"` in TOML is a nested table: back to `app.help`."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _key_trouble(place: Place, error: keymap.KeyTrouble) -> ConfigTrouble:
    if error.problem == "unknown":
        known = [action.id for action in keymap.ACTIONS]
        return place.trouble("tele.config.unknown_key", "keys", error.action, known=known)
    return place.trouble("tele.config.value", "keys", error.action, problem=error.other or error.problem)

"""Recorded answers of a real Mattermost, boiled down to what a client can rely on: status, error id, shape.

Invariant: a shape holds no values, so nothing of the recorded server's data is kept. JSON inside text (as
events carry it) is looked into.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, TypeAlias

Shape: TypeAlias = Any
"""A type name ("str", "int|null"), {"{id}": shape} for maps keyed by ids, {key: shape} with "key?" where it
may be missing, [shape] for lists, ["maybe", shape] for lists that may be empty, ["order", n] for the order of
a post list, {"json": shape} for JSON in text."""

ID = re.compile(r"[a-z0-9]{26}")
FOLDER = Path(__file__).parent.parent / "contracts" / "mattermost"
NESTED = frozenset(
    {
        "post",
        "reaction",
        "mentions",
        "preferences",
        "preference",
        "channelMember",
        "thread",
        "channel",
        "emoji",
        "teammate_ids",
        "customStatus",
    }
)


def load(name: str) -> dict[str, Any]:
    """One boiled-down scenario, e.g. "28-post-create"."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def plain_path(path: str) -> str:
    """A path without what differs from run to run."""
    path = re.sub(r"r?ec-\d+", "rec", path)
    path = re.sub(r"\.r\d+", "", path)
    path = re.sub(r"\d{13}", "{ms}", path)
    path = path.replace("=TOKEN", "={id}")
    return re.sub(r"(?<![a-z0-9])[a-z0-9]{26}(?![a-z0-9])", "{id}", path)


def shape_of(value: Any, key: str = "") -> Shape:
    """The shape of a decoded JSON value."""
    if isinstance(value, dict):
        if value and all(ID.fullmatch(name) for name in value):
            return {"{id}": merged([shape_of(row) for row in value.values()])}
        return {name: shape_of(row, name) for name, row in value.items()}
    if isinstance(value, list):
        if key == "order" and all(isinstance(row, str) and ID.fullmatch(row) for row in value):
            return ["order", len(value)]
        return [merged([shape_of(row) for row in value])] if value else []
    nested = parsed(value, key)
    if nested is not None:
        return {"json": shape_of(nested[0])}
    return type_name(value)


def parsed(value: Any, key: str) -> tuple[Any] | None:
    """JSON inside a text, where the key may hold some."""
    if key in NESTED and isinstance(value, str) and value[:1] in ("{", "["):
        return (json.loads(value),)
    return None


def type_name(value: Any) -> str:
    if value is None:
        return "null"
    return {bool: "bool", int: "int", float: "int", str: "str"}[type(value)]


def merged(shapes: list[Shape]) -> Shape:
    """One shape that all of them fit."""
    if all(isinstance(shape, dict) for shape in shapes):
        return _merged_objects(shapes)
    if all(isinstance(shape, list) for shape in shapes):
        inner = [shape[-1] for shape in shapes if shape and shape[0] != "order"]
        if not inner:
            return shapes[0]
        always = all(len(shape) == 1 for shape in shapes)
        return [merged(inner)] if always else ["maybe", merged(inner)]
    names = {part for shape in shapes if isinstance(shape, str) for part in shape.split("|")}
    others = [shape for shape in shapes if not isinstance(shape, str)]
    return "any" if others else "|".join(sorted(names))


def _merged_objects(shapes: list[dict[str, Shape]]) -> Shape:
    out: dict[str, Shape] = {}
    for name in dict.fromkeys(name.rstrip("?") for shape in shapes for name in shape):
        found = [shape.get(name, shape.get(name + "?")) for shape in shapes]
        present = [shape for shape in found if shape is not None]
        always = len(present) == len(shapes) and all(name in shape for shape in shapes)
        out[name if always else name + "?"] = merged(present)
    return out


def misfits(value: Any, shape: Shape, where: str = "", key: str = "") -> list[str]:
    """What about `value` does not fit `shape`; [] = all well."""
    if shape == "any":
        return []
    if isinstance(shape, str):
        name = type_name(value) if not isinstance(value, dict | list) else type(value).__name__
        return [] if name in shape.split("|") else [f"{where}: {name} instead of {shape}"]
    if isinstance(shape, dict) and set(shape) == {"json"} and isinstance(value, str):
        nested = parsed(value, key)
        return [f"{where}: no JSON"] if nested is None else misfits(nested[0], shape["json"], where + "⟂")
    if isinstance(shape, dict):
        return _object_misfits(value, shape, where)
    return _list_misfits(value, shape, where)


def _object_misfits(value: Any, shape: dict[str, Shape], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: {type(value).__name__} instead of an object"]
    if "{id}" in shape:
        return [m for name, row in value.items() for m in misfits(row, shape["{id}"], f"{where}.{{id}}")]
    out = [f"{where}: no {name!r}" for name in shape if not name.endswith("?") and name not in value]
    for name, row in value.items():
        wanted = shape.get(name, shape.get(name + "?"))
        if wanted is None:
            out.append(f"{where}: {name!r} is too much")
        else:
            out += misfits(row, wanted, f"{where}.{name}", name)
    return out


def _list_misfits(value: Any, shape: list[Shape], where: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{where}: {type(value).__name__} instead of a list"]
    if shape[:1] == ["order"]:
        return [] if len(value) == shape[1] else [f"{where}: {len(value)} posts instead of {shape[1]}"]
    if bool(shape) != bool(value) and shape[:1] != ["maybe"]:
        return [f"{where}: {'empty' if not value else 'not empty'}"]
    return [m for row in value for m in misfits(row, shape[-1], f"{where}[]")]

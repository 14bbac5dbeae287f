"""Recorded answers and events of a real Mattermost 5.37, as they came (`tests/core/recordings`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tui.core import frames, wire
from tui.core.models import Channel, Membership

HERE = Path(__file__).parents[1] / "core" / "recordings"


def steps(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / f"{name}.json").read_text())["steps"]
    return found


def bodies(name: str, method: str, path_end: str) -> list[Any]:
    """The bodies of the successful answers to `method` for paths that end like this, in order."""
    return [
        step["body"]
        for step in steps(name)
        if step["kind"] == "http"
        and step["method"] == method
        and step["path"].partition("?")[0].endswith(path_end)
        and step["status"] in (200, 201)
    ]


def events(name: str, who: str, kind: str) -> list[Any]:
    """What `who` heard of the event `kind`, as the dataclasses of `core.events`."""
    found = [
        frames.parse_frame(json.dumps(step["frame"]))
        for step in steps(name)
        if step["kind"] == "ws" and step["who"] == who and step["frame"].get("event") == kind
    ]
    return [frame.body for frame in found if isinstance(frame, frames.Event)]


def channels(name: str, path_end: str = "/channels") -> dict[str, Channel]:
    return {row["id"]: wire.channel(row) for row in bodies(name, "GET", path_end)[0]}


def memberships(name: str, path_end: str = "/channels/members") -> dict[str, Membership]:
    return {row["channel_id"]: wire.membership(row) for row in bodies(name, "GET", path_end)[0]}

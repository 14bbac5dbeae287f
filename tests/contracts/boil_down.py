"""Makes mattermost/*.json out of full recordings: `python -m tests.contracts.boil_down FOLDER`.

Invariant: only who, method, path, status, error id, headers' names and shapes go in; no text, no id, no time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.contracts.scenarios import SCENARIOS
from tests.support.recordings import FOLDER, plain_path, shape_of

HEADERS = (
    "etag",
    "token",
    "set-cookie",
    "content-disposition",
    "content-range",
    "accept-ranges",
    "cache-control",
)


LOOSE = {"team_members": "any"}
"""Keys whose value hangs on what happened before."""
OPTIONAL = frozenset({"override_icon_url"})
"""Keys that hang on the server's settings."""


def loosened(shape: Any) -> Any:
    """The shape without what is no promise."""
    if isinstance(shape, list):
        return [loosened(row) for row in shape]
    if not isinstance(shape, dict):
        return shape
    named = {(name + "?" if name in OPTIONAL else name): row for name, row in shape.items()}
    return {name: LOOSE.get(name) or loosened(row) for name, row in named.items()}


def boiled(recording: dict[str, Any]) -> dict[str, Any]:
    """HTTP steps in order, and each listener's events in order."""
    out: dict[str, Any] = {"http": [], "events": {}}
    for step in recording["steps"]:
        if step["kind"] == "http":
            out["http"].append(_http(step))
        else:
            out["events"].setdefault(step["who"], []).append(_frame(step))
    return out


def _http(step: dict[str, Any]) -> dict[str, Any]:
    body, headers = step["body"], step.get("headers") or {}
    failed = isinstance(body, dict) and "status_code" in body
    binary = isinstance(body, str) or (isinstance(body, dict) and "__bytes__" in body)
    return {
        "who": step["who"],
        "call": f"{step['method']} {plain_path(step['path'])}",
        "status": step["status"],
        **({"error": body["id"]} if failed else {}),
        "headers": sorted(name for name in headers if name in HEADERS),
        **({} if failed or binary or body is None else {"shape": shape_of(body)}),
    }


def _frame(step: dict[str, Any]) -> Any:
    """An event (name, data, scope), a reply, or a word: connect, out, closed."""
    frame = step["frame"]
    if step["dir"] == "closed":
        return {"closed": frame["code"]}
    if step["dir"] != "in":
        return {step["dir"]: True}
    if "event" not in frame:
        error = frame.get("error", {}).get("id", "")
        return {"reply": frame["status"], **({"error": error} if error else {}), "shape": shape_of(frame)}
    scope = [key for key in ("user_id", "channel_id", "team_id") if frame["broadcast"][key]]
    return {"event": frame["event"], "data": shape_of(frame["data"]), "scope": scope}


def main(folder: Path) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in SCENARIOS:
        recording = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        text = json.dumps(loosened(boiled(recording)), ensure_ascii=False, separators=(",", ":"))
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

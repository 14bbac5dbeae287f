"""By which way the person opened links to a host last, from each kind of place.

Invariant: hosts and names of ways only, on the desk; no address. At most MOST hosts, the oldest forgotten.
"""

from __future__ import annotations

import json

from tui.client.base import Base

KEY = "ways"
MOST = 100


class Ways:
    def __init__(self, base: Base) -> None:
        self._base = base

    def last(self, place: str, host: str) -> str:
        """The name of the way; "" where none is known. `place`: the session's kind."""
        return self._all().get(f"{place} {host}", "")

    def remember(self, place: str, host: str, way: str) -> None:
        """Takes it as the person's wish for next time."""
        known = self._all()
        name = f"{place} {host}"
        if known.get(name) == way:
            return
        known.pop(name, None)
        kept = dict([*known.items(), (name, way)][-MOST:])
        text = json.dumps(kept, separators=(",", ":"))
        self._base.note(lambda desk: desk.kept.set(KEY, text))

    def _all(self) -> dict[str, str]:
        try:
            found = json.loads(self._base.store.kept.get(KEY) or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}

"""How the person had meeting rooms named, where the server's plugin asks each time (naming scheme "ask").

Invariant: the names of buttons only, on the desk of this account; what was taken counts only where the same
buttons are offered, because a direct channel is offered others than a public one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from tui.client.base import Base
from tui.core.attachments import Action

KEY = "meeting_naming"
MOST = 10


class MeetingNaming:
    def __init__(self, base: Base) -> None:
        self._base = base

    def remembered(self, choices: Sequence[Action]) -> Action | None:
        """The one of `choices` that was taken when the same were offered."""
        name = self._all().get(_offer(choices), "")
        return next((choice for choice in choices if name and choice.name == name), None)

    def remember(self, choices: Sequence[Action], chosen: Action) -> None:
        """Takes it as the person's wish from now on."""
        known = self._all()
        known.pop(_offer(choices), None)
        kept = [*known.items(), (_offer(choices), chosen.name)][-MOST:]
        self._keep(json.dumps(dict(kept), separators=(",", ":")))

    def forget(self) -> bool:
        """From the next meeting on the person is asked again; False = nothing was remembered."""
        known = bool(self._all())
        if known:
            self._keep("")
        return known

    def _keep(self, text: str) -> None:
        self._base.note(lambda desk: desk.kept.set(KEY, text))

    def _all(self) -> dict[str, str]:
        try:
            found = json.loads(self._base.store.kept.get(KEY) or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}


def _offer(choices: Sequence[Action]) -> str:
    return "\n".join(choice.name for choice in choices)

"""Drafts: one for each channel and each thread, on disk, alive after a crash."""

from __future__ import annotations

from tui.client.base import Base
from tui.core.models import Draft, Target


class Drafts:
    def __init__(self, base: Base) -> None:
        self._base = base

    def get(self, target: Target) -> Draft | None:
        return self._base.store.drafts.get(target)

    def all(self) -> tuple[Draft, ...]:
        """All drafts, the newest first."""
        return tuple(sorted(self._base.store.drafts.all(), key=lambda d: d.update_at, reverse=True))

    def put(self, target: Target, text: str, cursor: int = 0) -> None:
        """Keeps `text`; an empty one removes the draft. Returns at once; on disk some milliseconds later."""
        if not text:
            self.remove(target)
            return
        draft = Draft(target, text, self._base.clock.now(), cursor)
        self._base.note(lambda desk: desk.drafts.put(draft))

    def remove(self, target: Target) -> None:
        """Forgets the draft; also one whose writing is still under way."""
        self._base.note(lambda desk: desk.drafts.remove(target))

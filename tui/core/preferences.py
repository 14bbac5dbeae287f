"""A person's preferences, looked up by (category, name).

Invariant: a preference that was never set is told apart from one that is set to "".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from tui.core.models import Preference
from tui.core.values import dataclass

_NONE: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Preferences:
    """Immutable view over `GET /users/me/preferences`."""

    values: Mapping[tuple[str, str], str] = field(default_factory=lambda: _NONE)

    @classmethod
    def of(cls, rows: Iterable[Preference]) -> Preferences:
        """Build from rows; of two rows with the same key the later wins."""
        return cls({(row.category, row.name): row.value for row in rows})

    def get(self, category: str, name: str) -> str | None:
        """The value, or None where it was never set."""
        return self.values.get((category, name))

    def text(self, category: str, name: str, default: str = "") -> str:
        return self.values.get((category, name), default)

    def flag(self, category: str, name: str, default: bool = False) -> bool:
        """True iff the value is "true"; `default` where it was never set."""
        value = self.get(category, name)
        return default if value is None else value == "true"

    def number(self, category: str, name: str, default: int = 0) -> int:
        """The value as an integer; `default` where it is absent or no number."""
        value = self.values.get((category, name))
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            return default

    def names(self, category: str, value: str = "true") -> frozenset[str]:
        """All names of `category` whose value is `value`, e.g. the ids of saved posts."""
        return frozenset(n for (c, n), v in self.values.items() if c == category and v == value)

"""What a message is read with: who the reader is, and how much work it may cause.

Invariant: a `MarkdownContext` is a value and may be shared; a `Budget` belongs to one reading of one message.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import field

from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class MarkdownContext:
    """What the names in a message mean to the reader."""

    usernames: Callable[[str], bool] | Container[str] = frozenset()
    """Known user names in lower case, or a function that knows them. Unknown @names stay text."""
    channel_mentions: Mapping[str, str] = field(default_factory=dict)
    """Channel name to display name, from the post's props."""
    me: str = ""
    """My user name."""
    mention_keys: tuple[str, ...] = ()
    """My keywords, any case; with @channel, @all, @here where these count as mine."""
    custom_emojis: frozenset[str] = frozenset()
    first_name: str = ""
    """My first name where it is a keyword: matched in its case."""

    def knows(self, name: str) -> bool:
        """True for the (lower case) name of a known user."""
        known = self.usernames
        return known(name) if callable(known) else name in known

    def is_mine(self, name: str) -> bool:
        """True where @name means me."""
        return name == self.me.lower() or f"@{name}" in map(str.lower, self.mention_keys)


@dataclass(slots=True)
class Budget:
    """Work that one message may still cause, shared by its paragraphs; a step is one special character."""

    steps: int
    spent: bool = False

    def take(self, steps: int = 1) -> bool:
        """False when it is used up."""
        self.steps -= steps
        self.spent = self.spent or self.steps < 0
        return not self.spent

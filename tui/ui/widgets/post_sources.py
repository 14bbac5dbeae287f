"""What drawing a message asks of the outside, as plain functions; the main screen puts them together.

Invariant: each answers at once from memory or the store, so a line can be drawn without waiting.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.client.pairing import CardView
from tui.core.ids import Millis, PostId, UserId
from tui.core.markdown import MarkdownContext
from tui.core.meetings import Meeting
from tui.core.models import OutboxItem, Post, Thread
from tui.core.pairing import Card
from tui.core.sharing import Arrival, Whereabouts
from tui.core.values import dataclass
from tui.settings.formats import Formats


@dataclass(frozen=True, slots=True)
class PostSources:
    formats: Formats
    now: Callable[[], Millis]
    context: Callable[[Post], MarkdownContext]
    """What the Markdown parser must know to tell a mention from a word."""
    meeting: Callable[[Post], Meeting | None]
    shown_name: Callable[[str], str]
    """User name to the name to be shown; the user name itself where nobody is known by it."""
    person: Callable[[str], str]
    """User id to the name to be shown, "" where not known."""
    thread: Callable[[PostId], Thread | None]
    queue_words: Callable[[OutboxItem], str]
    """What becomes of a queued text, in words."""
    card: Callable[[Post], CardView | None] = lambda _post: None
    """The card of pairing and sharing that a post is."""
    whereabouts: Callable[[Post, Card], Whereabouts] = lambda _post, _card: Whereabouts(Arrival.ASKING)
    """Whether the file of a card is here."""
    me: UserId = ""

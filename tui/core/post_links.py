"""The links of messages, for lists: where each leads, what its text says, and whether the two agree.

Invariant: every target has been through `core.links`; a message that is a meeting has the one link of its
meeting, never those of its attachments, which may hold a token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tui.core.attachments import attachment_blocks, attachments_of
from tui.core.links import check_url, redact_tokens
from tui.core.markdown import MarkdownContext, parse
from tui.core.meetings import Meeting
from tui.core.models import Post
from tui.core.spans import Document, Span, Style, document_links

MOST = 300
"""Links of one list."""
_MARKS = ("://", "www.", "](", "mailto:", "]:")


@dataclass(frozen=True, slots=True)
class PostLink:
    """One link of one message. `text` is hostile."""

    target: str
    """The address; may hold a token: show `shown`."""
    text: str
    """What its author wrote for it; "" where that is the address itself."""
    post: Post
    deceives: bool = False
    """The text names another host than the link goes to, or the host looks like another."""
    meeting: bool = False
    file: bool = False
    """A file of the message; `text` is its name."""

    @property
    def shown(self) -> str:
        """The true target, without tokens; ASCII, so foreign hosts are in punycode."""
        return redact_tokens(self.target)

    @property
    def title(self) -> str:
        """What to call it in a list: where it leads, or a file's name. Hostile text."""
        return self.text if self.file else self.shown

    @property
    def sign(self) -> str:
        """One cell before it."""
        return "!" if self.deceives else "▤" if self.file else "→"


def links_of(post: Post, context: MarkdownContext, meeting: Meeting | None = None) -> tuple[PostLink, ...]:
    """The links of one message in order, each target once."""
    if meeting is not None and meeting.link and not post.message:
        return (PostLink(meeting.link, meeting.topic, post, meeting=True),)
    spans = [*document_links(parse(post.message, context)), *_in_attachments(post, context)]
    return tuple({span.target: _link(span, post) for span in reversed(spans)}.values())[::-1]


def links_among(
    posts: Iterable[Post],
    context: Callable[[Post], MarkdownContext],
    meeting: Callable[[Post], Meeting | None],
) -> tuple[PostLink, ...]:
    """The links of `posts` in their order, each target once, at most MOST."""
    found: dict[str, PostLink] = {}
    for post in posts:
        if post.delete_at or not _may_hold_links(post):
            continue
        for link in links_of(post, context(post), meeting(post)):
            found.setdefault(link.target, link)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _may_hold_links(post: Post) -> bool:
    """A guess that costs nothing, before anything is parsed."""
    marks = any(mark in post.message for mark in _MARKS)
    return marks or bool(post.props.get("attachments")) or post.type.startswith("custom_")


def _in_attachments(post: Post, context: MarkdownContext) -> list[Span]:
    if not post.props.get("attachments"):
        return []
    found = attachments_of(post, context)
    return [span for one in found for span in document_links(Document(attachment_blocks(one)))]


def _link(span: Span, post: Post) -> PostLink:
    bare = span.text.strip() in (span.target, span.target.removeprefix("http://"))
    deceives = Style.DECEIVES in span.style or bool(check_url(span.target).warnings)
    return PostLink(span.target, "" if bare else redact_tokens(span.text), post, deceives)

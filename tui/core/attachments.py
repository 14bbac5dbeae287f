"""What integrations attach to posts (Slack's attachments): read into blocks, buttons and plain text.

Invariant: any JSON may stand in `props.attachments`; what has the wrong type is left out, all texts are safe
and without tokens, all links checked, and all attachments of a post together cost no more than one message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from tui.core.errors import UserMistake
from tui.core.ids import Millis
from tui.core.links import check_url, redact_tokens
from tui.core.markdown import EMPTY_CONTEXT, LIMITS, Limits, MarkdownContext, parse, plain
from tui.core.markdown_links import link_span
from tui.core.models import Json, Post
from tui.core.patterns import pattern
from tui.core.safe_text import safe_line, shorten
from tui.core.spans import Block, Document, Paragraph, Span, Style, document_text
from tui.core.values import dataclass

MOST = 10
"""Attachments of one post."""
MOST_FIELDS = 30
MOST_ACTIONS = 20
MOST_OPTIONS = 100
LONGEST_LINE = 300
EMPTY = Document()

_COLOR = pattern(r"#[0-9a-fA-F]{6}|good|warning|danger")


@dataclass(frozen=True, slots=True)
class Field:
    title: str
    value: Document
    short: bool = False
    """True = two such fields may share a line."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button or a menu; pressed with `POST /posts/{id}/actions/{action id}`."""

    id: str
    name: str
    type: str = "button"
    """button or select."""
    disabled: bool = False
    source: str = ""
    """users or channels: what a menu lets choose from, if not from `options`."""
    options: tuple[tuple[str, str], ...] = ()
    """(text, value); the value goes to the server as it is."""
    default: str = ""
    """The value that a menu shows as chosen."""
    cookie: str = field(default="", repr=False)
    """What the server wants back with the press, as it came (ephemeral posts); a secret of the server's."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment; absent texts are "" or empty documents."""

    color: str = ""
    """#rrggbb, good, warning, danger or ""."""
    pretext: Document = EMPTY
    author: tuple[Span, ...] = ()
    title: tuple[Span, ...] = ()
    text: Document = EMPTY
    fields: tuple[Field, ...] = ()
    image: tuple[Span, ...] = ()
    footer: str = ""
    at: Millis = 0
    actions: tuple[Action, ...] = ()
    fallback: str = ""


def attachments_of(post: Post, context: MarkdownContext = EMPTY_CONTEXT) -> tuple[Attachment, ...]:
    """The attachments of a post, in order; () where it has none that can be read."""
    reader = _Reader(context)
    return tuple(map(reader.attachment, _dicts(post.props.get("attachments"), MOST)))


def attachment_blocks(attachment: Attachment) -> tuple[Block, ...]:
    """An attachment as blocks to draw one below the other, its buttons left out."""
    heads = (Paragraph(spans) for spans in (attachment.author, attachment.title) if spans)
    tail: list[Block] = [Paragraph(attachment.image)] if attachment.image else []
    if attachment.footer:
        tail.append(Paragraph((Span(attachment.footer, Style.ITALIC),)))
    fields = (block for field in attachment.fields for block in _field_blocks(field))
    return (*attachment.pretext.blocks, *heads, *attachment.text.blocks, *fields, *tail)


def attachment_text(attachment: Attachment) -> str:
    """An attachment as plain text of several lines; its own fallback where nothing else is in it."""
    return document_text(Document(attachment_blocks(attachment))) or attachment.fallback


def fallback_text(post: Post, limit: int = LONGEST_LINE) -> str:
    """One line that says what a post says, from its message or else its attachments, without tokens.

    "" where both say nothing (files, unknown types): the caller has a word for that.
    """
    said = plain(post.message, limit)
    if said:
        return said
    texts = (attachment_text(attachment) for attachment in attachments_of(post))
    return shorten(safe_line(" ".join(filter(None, texts))), limit)


class _Reader:
    """Reads the attachments of one post; `limits` shrink with every text."""

    def __init__(self, context: MarkdownContext) -> None:
        self.context = context
        self.characters = LIMITS.characters
        self.lines = LIMITS.lines
        self.steps = LIMITS.steps

    def attachment(self, data: Mapping[str, Json]) -> Attachment:
        return Attachment(
            color=color if _COLOR.fullmatch(color := _text(data, "color")) else "",
            pretext=self._document(_text(data, "pretext")),
            author=_linked(_line(data, "author_name"), _text(data, "author_link")),
            title=_linked(_line(data, "title"), _text(data, "title_link"), Style.BOLD),
            text=self._document(_text(data, "text")),
            fields=tuple(map(self._field, _dicts(data.get("fields"), MOST_FIELDS))),
            image=_linked("", _text(data, "image_url") or _text(data, "thumb_url"), Style.IMAGE),
            footer=_line(data, "footer"),
            at=_seconds(data.get("ts")),
            actions=tuple(_action(action) for action in _dicts(data.get("actions"), MOST_ACTIONS)),
            fallback=plain(_text(data, "fallback")),
        )

    def _field(self, data: Mapping[str, Json]) -> Field:
        return Field(
            _line(data, "title"), self._document(_value(data.get("value"))), data.get("short") is True
        )

    def _document(self, text: str) -> Document:
        if not text.strip():
            return EMPTY
        if self.characters <= 0 or self.lines <= 0:
            return Document((), True, len(text))
        shown = redact_tokens(text[: self.characters])
        document = parse(shown, self.context, Limits(self.characters, self.lines, self.steps))
        more = len(text) - self.characters
        self.characters -= len(text)
        self.lines -= text.count("\n") + 1
        self.steps = max(self.steps - len(text) // 4, 0)
        return replace(document, cut=True, left=document.left + more) if more > 0 else document


def _field_blocks(field: Field) -> Iterable[Block]:
    if field.title:
        yield Paragraph((Span(field.title, Style.BOLD),))
    yield from field.value.blocks


def _action(data: Mapping[str, Json]) -> Action:
    options = _dicts(data.get("options"), MOST_OPTIONS)
    return Action(
        id=_text(data, "id"),
        name=_line(data, "name"),
        type="select" if data.get("type") == "select" else "button",
        disabled=data.get("disabled") is True,
        source=source if (source := _text(data, "data_source")) in ("users", "channels") else "",
        options=tuple((_line(option, "text"), _text(option, "value")) for option in options),
        default=_text(data, "default_option"),
        cookie=_text(data, "cookie"),
    )


def _linked(text: str, url: str, style: Style = Style.NONE) -> tuple[Span, ...]:
    """A line that may be a link; an image without a text is named by its host."""
    try:
        link = check_url(url.strip())
    except UserMistake:
        return (Span(text, style & ~Style.IMAGE),) if text else ()
    if redact_tokens(link.url) != link.url:
        return (Span(text or link.display_host, style & ~Style.IMAGE),)
    shown = text or link.display_host
    return (link_span(Span(shown, style), link, shown),)


def _dicts(value: Json, most: int) -> list[dict[str, Json]]:
    return [item for item in value[:most] if isinstance(item, dict)] if isinstance(value, list) else []


def _text(data: Mapping[str, Json], key: str) -> str:
    """A text, or a number as one."""
    value = data.get(key)
    return value if isinstance(value, str) else _value(value) if isinstance(value, int | float) else ""


def _line(data: Mapping[str, Json], key: str) -> str:
    return redact_tokens(safe_line(_text(data, key), LONGEST_LINE))


def _value(value: Json) -> str:
    """A field's value: Markdown, or any other JSON as text."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)[: LIMITS.characters]


def _seconds(value: Json) -> Millis:
    """Seconds since the epoch as a number or text, as milliseconds."""
    try:
        seconds = float(value) if isinstance(value, int | float | str) else 0.0
    except (ValueError, OverflowError):
        return 0
    return int(seconds * 1000) if 0 < seconds < 10**11 else 0

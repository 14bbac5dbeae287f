"""Links as spans: their true host goes along wherever their text does not say it.

Invariant: the target of a span is a checked URL, and a text that names another host is flagged.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.links import MAIL, Link, text_deceives
from tui.core.markdown_emphasis import join_texts
from tui.core.spans import Span, Spans, Style

_EMPHASIS = Style.BOLD | Style.ITALIC | Style.STRIKE


def linked(children: Spans, link: Link, extra: Style) -> Spans:
    """The text of a written link as link spans; the last one carries the host."""
    if not any(child.text.strip() for child in children):
        children = (Span(link.display_host),)
    plain = (
        Span(child.text, child.style & ~(Style.DECEIVES | Style.IMAGE | Style.MINE)) for child in children
    )
    joined = join_texts(plain)
    text = "".join(span.text for span in joined)
    whole = [replace(link_span(span, link, text, extra), host="") for span in joined[:-1]]
    return (*whole, link_span(joined[-1], link, text, extra))


def link_span(span: Span, link: Link, text: str, extra: Style = Style.NONE) -> Span:
    """`span` as a part of a link whose whole text is `text`."""
    deceives = bool(link.warnings) or text_deceives(text, link)
    shown = link.url.removeprefix("mailto:") if link.kind == MAIL else link.display_host
    host = "" if shown.lower() in text.lower() and not deceives else shown
    style = span.style | extra | (Style.DECEIVES if deceives else Style.NONE)
    return Span(span.text, style, "link", link.url, host)

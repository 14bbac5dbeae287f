"""Links in a message show where they go."""

from __future__ import annotations

import pytest

from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_inline import inline
from tui.core.spans import Spans, Style


def _inline(text: str) -> Spans:
    return inline(text, MarkdownContext(), Budget(1_000))


def test_f52_a_link_shows_where_it_goes() -> None:
    (link,) = _inline("[the minutes](https://evil.example/x)")
    assert (link.host, link.style) == ("evil.example", Style.NONE)
    (honest,) = _inline("[evil.example](https://evil.example/x)")
    assert honest.host == ""
    (bare,) = _inline("https://evil.example/x")
    assert bare.host == ""
    (mail,) = _inline("[write](mailto:a@b.de)")
    assert mail.host == "a@b.de"


@pytest.mark.parametrize(
    "text",
    [
        "[https://meet.jit.si/a](https://evil.example)",
        "[www.good.example](https://evil.example)",
        "[**good.example**](https://evil.example)",
        "![https://good.example](https://evil.example)",
    ],
)
def test_f52_a_deceiving_text_is_flagged(text: str) -> None:
    (link,) = _inline(text)
    assert link.style & Style.DECEIVES
    assert link.host == link.target.removeprefix("https://") == "evil.example"


def test_f52_a_homograph_is_flagged_with_its_true_host() -> None:
    (link,) = _inline("https://pаypal.com/x")
    assert link.style & Style.DECEIVES
    assert link.host == "xn--pypal-4ve.com"


def test_only_the_end_of_a_link_carries_its_host() -> None:
    hosts = [span.host for span in _inline("[a *b* c](https://x.de)")]
    assert hosts == ["", "", "x.de"]

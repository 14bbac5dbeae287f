"""Attachments of integrations."""

from __future__ import annotations

from typing import Any

from tests.support.makers import post
from tests.ui.bare import LOOK
from tui.core.markdown import MarkdownContext
from tui.ui.widgets.attachments import MOST_LINES, attachment_lines, attachment_links

CONTEXT = MarkdownContext()


def drawn(*attachments: Any, width: int = 40) -> list[str]:
    held = post("p", props={"attachments": list(attachments)})
    lines = attachment_lines(held, CONTEXT, width, LOOK)
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def test_stands_behind_a_bar() -> None:
    assert drawn({"pretext": "Look:", "title": "Build", "text": "**failed**", "footer": "ci"}) == [
        "Look:",
        "│ Build",
        "│ failed",
        "│ ci",
    ]


def test_buttons_are_named() -> None:
    actions = [
        {"id": "a", "name": "Approve"},
        {"id": "b", "name": "Reject", "disabled": True},
        {"id": "c", "name": "Why", "type": "select"},
    ]
    assert drawn({"text": "x", "actions": actions}, width=60)[-1] == "│ b [Approve]  (Reject)  [Why ▾]"


def test_any_json_is_survived() -> None:
    odd: tuple[Any, ...] = (
        None,
        5,
        "text",
        {"a": 1},
        [None, 5, "x", [], {"text": 5, "fields": "no", "actions": {}}],
    )
    for value in odd:
        held = post("p", props={"attachments": value})
        assert isinstance(attachment_lines(held, CONTEXT, 40, LOOK), list)


def test_a_long_one_is_cut() -> None:
    assert len(drawn({"text": "line\n" * 500})) == MOST_LINES + 1


def test_its_links_can_be_opened() -> None:
    held = post("p", props={"attachments": [{"title": "Build", "title_link": "https://ci.example.org/5"}]})
    assert attachment_links(held, CONTEXT) == [("Build", "https://ci.example.org/5")]

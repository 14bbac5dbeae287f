"""Forms of integrations: whatever JSON comes, nothing unsafe is shown and nothing odd is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.dialogs import (
    DialogAnswer,
    Element,
    Option,
    answer_of,
    dialog_of,
    problem_of,
    problems,
    submission,
)

WIRE = {
    "trigger_id": "t",
    "url": "https://bot.example.org/form",
    "dialog": {
        "callback_id": "cb",
        "title": "Travel\x1b[31m request",
        "introduction_text": "**Where** to?",
        "submit_label": "Ask for it",
        "notify_on_cancel": True,
        "state": "kept",
        "elements": [
            {"display_name": "Town", "name": "town", "type": "text", "min_length": 2, "max_length": 20},
            {"display_name": "Nights", "name": "nights", "type": "text", "subtype": "number", "default": "2"},
            {"display_name": "Class", "name": "class", "type": "select",
             "options": [{"text": "Second", "value": "2nd"}, {"text": "First", "value": "1st"}]},
            {"display_name": "Boss", "name": "boss", "type": "select", "data_source": "users",
             "optional": True},
            {"display_name": "Hotel", "name": "hotel", "type": "bool", "default": "true", "optional": True},
            {"display_name": "No name", "type": "text"},
            "rubbish",
        ],
    },
}  # fmt: skip


def test_a_dialog_is_read() -> None:
    dialog = dialog_of(WIRE)
    assert dialog.title == "Travel[31m request" or "\x1b" not in dialog.title
    assert (dialog.url, dialog.state, dialog.callback_id) == ("https://bot.example.org/form", "kept", "cb")
    assert [element.name for element in dialog.elements] == ["town", "nights", "class", "boss", "hotel"]
    assert dialog.elements[2].options == (Option("Second", "2nd"), Option("First", "1st"))
    assert dialog.elements[3].source == "users"


def test_secrets_of_the_integration_are_not_in_repr() -> None:
    shown = repr(dialog_of(WIRE))
    assert "kept" not in shown
    assert "bot.example.org" not in shown


@pytest.mark.parametrize(
    ("element", "value", "problem"),
    [
        (Element("a", "A"), " ", "required"),
        (Element("a", "A", optional=True), "", ""),
        (Element("a", "A", least=3), "ab", "short"),
        (Element("a", "A", most=3), "abcd", "long"),
        (Element("a", "A", subtype="number"), "x", "number"),
        (Element("a", "A", subtype="number"), "1.5", ""),
        (Element("a", "A", subtype="email"), "nobody", "email"),
        (Element("a", "A", subtype="url"), "example.org", "url"),
        (Element("a", "A", kind="bool"), "", ""),
        (Element("a", "A", kind="select"), "", "required"),
    ],
)
def test_what_is_wrong_with_a_value(element: Element, value: str, problem: str) -> None:
    assert problem_of(element, value) == problem


def test_an_answer_has_types() -> None:
    dialog = dialog_of(WIRE)
    values = {"town": "Graz", "nights": "2", "class": "2nd", "hotel": "true"}
    assert problems(dialog, values) == {}
    assert submission(dialog, values) == {
        "town": "Graz",
        "nights": 2,
        "class": "2nd",
        "boss": None,
        "hotel": True,
    }


def test_what_the_integration_says() -> None:
    assert answer_of(None, "u").ok
    assert answer_of({}, "u") == DialogAnswer()
    told = answer_of({"error": "no", "errors": {"town": "unknown\x1b[0m", "x": 3}}, "u")
    assert not told.ok
    assert list(told.errors) == ["town"]
    further = answer_of({"type": "form", "form": {"title": "Next"}}, "https://bot.example.org/2")
    assert further.next is not None
    assert (further.next.title, further.next.url) == ("Next", "https://bot.example.org/2")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["dialog", "elements", "title", "name", "type", "options", "text", "value", "url"]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(["dialog", "url"]), JSON))
def test_any_json_is_a_dialog(value: dict[str, object]) -> None:
    dialog = dialog_of(value)
    assert "\n" not in dialog.title
    answers = {element.name: element.default for element in dialog.elements if element.subtype != "number"}
    assert problems(dialog, answers) is not None

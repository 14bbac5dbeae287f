"""Forms of integrations (`open_dialog`): read from the event, checked, and made into an answer.

Invariant: any JSON may stand in a dialog; what has the wrong type is left out, every text is one safe line or
safe lines, and an answer holds only what the server accepts for the type of its field. The address, the state
and the callback id go back as they came and are never shown. Source: mattermost-facts §8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from itertools import islice

from tui.core.fields import JsonObject, flag, number, obj, objects, text
from tui.core.models import Json
from tui.core.safe_text import safe, safe_line
from tui.core.values import dataclass

MOST_ELEMENTS = 50
MOST_OPTIONS = 500
LONGEST_LINE = 300
LONGEST_TEXT = 3_000
KINDS = ("text", "textarea", "select", "radio", "bool")


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Element:
    """One field of a form. Texts are safe; `name` and the options' values go to the server as they are."""

    name: str
    title: str
    kind: str = "text"
    """One of KINDS; kinds of later servers are asked as text."""
    subtype: str = ""
    """email, number, password, tel or url for texts."""
    default: str = ""
    placeholder: str = ""
    help: str = ""
    optional: bool = False
    least: int = 0
    most: int = 0
    """Characters; 0 = as the server likes."""
    source: str = ""
    """users or channels: what is to be chosen from, if not `options`."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class IntegrationDialog:
    """A form that an integration wants filled in."""

    url: str = field(repr=False)
    callback_id: str = field(default="", repr=False)
    state: str = field(default="", repr=False)
    title: str = ""
    introduction: str = ""
    """Markdown, hostile."""
    submit_label: str = ""
    notify_on_cancel: bool = False
    elements: tuple[Element, ...] = ()


def dialog_of(value: object) -> IntegrationDialog:
    """The dialog of an `open_dialog` event's inner JSON."""
    told = obj(value)
    inner = told.get("dialog")
    d: JsonObject = inner if isinstance(inner, dict) else {}
    return IntegrationDialog(
        url=text(told, "url"),
        callback_id=text(d, "callback_id"),
        state=text(d, "state"),
        title=safe_line(text(d, "title"), LONGEST_LINE),
        introduction=text(d, "introduction_text")[:LONGEST_TEXT],
        submit_label=safe_line(text(d, "submit_label"), 60),
        notify_on_cancel=flag(d, "notify_on_cancel"),
        elements=tuple(_element(row) for row in _some(d.get("elements"), MOST_ELEMENTS) if text(row, "name")),
    )


def _element(row: JsonObject) -> Element:
    kind, source = text(row, "type"), text(row, "data_source")
    default = row.get("default")
    name = text(row, "name")
    return Element(
        name=name,
        title=safe_line(text(row, "display_name"), LONGEST_LINE) or safe_line(name, LONGEST_LINE),
        kind=kind if kind in KINDS else "text",
        subtype=text(row, "subtype"),
        default=safe(default, limit=LONGEST_TEXT) if isinstance(default, str) else "",
        placeholder=safe_line(text(row, "placeholder"), LONGEST_LINE),
        help=safe_line(text(row, "help_text"), LONGEST_LINE),
        optional=flag(row, "optional"),
        least=max(0, number(row, "min_length")),
        most=max(0, number(row, "max_length")),
        source=source if source in ("users", "channels") else "",
        options=tuple(_option(option) for option in _some(row.get("options"), MOST_OPTIONS)),
    )


def _some(value: object, most: int) -> Iterator[JsonObject]:
    return islice(objects(value), most)


def _option(row: JsonObject) -> Option:
    value = text(row, "value")
    return Option(safe_line(text(row, "text"), LONGEST_LINE) or safe_line(value, LONGEST_LINE), value)


def problem_of(element: Element, value: str) -> str:
    """What is wrong with a value: required, short, long, number, email, url; "" = nothing."""
    if element.kind == "bool":
        return ""
    if not value.strip():
        return "" if element.optional else "required"
    if element.kind not in ("text", "textarea"):
        return ""
    if element.least and len(value) < element.least:
        return "short"
    if element.most and len(value) > element.most:
        return "long"
    return _subtype_problem(element.subtype, value.strip())


def _subtype_problem(subtype: str, value: str) -> str:
    if subtype == "number":
        try:
            float(value)
        except ValueError:
            return "number"
    if subtype == "email" and ("@" not in value or any(char.isspace() for char in value)):
        return "email"
    if subtype == "url" and not value.lower().startswith(("http://", "https://")):
        return "url"
    return ""


def problems(dialog: IntegrationDialog, values: Mapping[str, str]) -> dict[str, str]:
    """Name of a field to what is wrong with it."""
    found = {element.name: problem_of(element, values.get(element.name, "")) for element in dialog.elements}
    return {name: problem for name, problem in found.items() if problem}


def submission(dialog: IntegrationDialog, values: Mapping[str, str]) -> dict[str, Json]:
    """The `submission` of an answer: booleans and numbers as such, empty optional fields as null."""
    return {element.name: _submitted(element, values.get(element.name, "")) for element in dialog.elements}


def _submitted(element: Element, value: str) -> Json:
    if element.kind == "bool":
        return value == "true"
    if not value.strip():
        return None
    if element.subtype == "number" and element.kind == "text":
        number_given = float(value)
        return int(number_given) if number_given.is_integer() else number_given
    return value


@dataclass(frozen=True, slots=True)
class DialogAnswer:
    """What the integration said to a form: nothing wrong where both are empty."""

    error: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field name to text; safe lines."""
    next: IntegrationDialog | None = None
    """A further form, in place of this one (later servers)."""

    @property
    def ok(self) -> bool:
        return not self.error and not self.errors


def answer_of(value: object, url: str) -> DialogAnswer:
    """The answer to a submission; it comes with status 200 also where fields are wrong."""
    d = obj(value) if isinstance(value, dict) else {}
    errors = d.get("errors")
    found = {
        name: safe_line(words, LONGEST_LINE)
        for name, words in (errors.items() if isinstance(errors, dict) else ())
        if isinstance(words, str) and words
    }
    form = d.get("form")
    further = dialog_of({"url": url, "dialog": form}) if isinstance(form, dict) else None
    return DialogAnswer(safe_line(text(d, "error"), LONGEST_LINE), found, further)

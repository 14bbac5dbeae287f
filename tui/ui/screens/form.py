"""A form that an integration wants filled in: one field below the other, sent with Ctrl+S.

Invariant: what was typed stays until the integration has taken it; a wrong field says why, below it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from tui.client.wording.forms import problem_text
from tui.core.dialogs import Element, IntegrationDialog, problems
from tui.core.markdown import plain as plain_markdown
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, Picker
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.text_lines import TextLines, plain

MOST_TEXT_LINES = 6
Find = Callable[[Element, str], list[Offer]]
"""What a field lets choose from, for what is typed."""
Send = Callable[[Mapping[str, str]], None]


class Choice(TextLines, can_focus=True):
    """A field that is chosen, not typed: Enter opens it, or turns a check box."""

    def __init__(self, element: Element) -> None:
        super().__init__(self._draw_choice, ground="panel", most=1, id=None)
        self.element = element
        self.value = element.default
        self.shown = self._shown(element.default)

    def choose(self, value: str, shown: str = "") -> None:
        self.value, self.shown = value, shown or self._shown(value)
        self.restyle()

    def on_focus(self) -> None:
        self.restyle()

    def on_blur(self) -> None:
        self.restyle()

    def _shown(self, value: str) -> str:
        return next((option.text for option in self.element.options if option.value == value), value)

    def _draw_choice(self, width: int, look: Look) -> list[Line]:
        style = look.accent if self.has_focus else look.muted
        if self.element.kind == "bool":
            text = f"[{'x' if self.value == 'true' else ' '}] {self.element.placeholder or _('yes')}"
        else:
            text = self.shown or self.element.placeholder or _("Enter chooses")
        return [wrap([Segment("› ", style), Segment(text, look.text)], width)[0]]


class IntegrationForm(Dialog[bool]):
    """`send` is called with the values; `refuse` shows what the integration says about them."""

    def __init__(self, dialog: IntegrationDialog, send: Send, find: Find) -> None:
        keys = (
            (label("ctrl+s"), dialog.submit_label or _("Send the form")),
            (label("tab"), _("next field")),
            (label("escape"), _("Cancel")),
        )
        super().__init__(dialog.title or _("Form"), keys)
        self.dialog = dialog
        self._send, self._find = send, find
        self._fields: dict[str, Editor | Choice] = {}
        self._wrong: dict[str, TextLines] = {}
        self._said = TextLines(plain(""), ground="panel", most=4)

    def body(self) -> ComposeResult:
        introduction = plain_markdown(self.dialog.introduction)
        with VerticalScroll(id="form-fields", can_focus=False):
            if introduction:
                yield TextLines(plain(introduction), ground="panel", most=8)
            for element in self.dialog.elements:
                yield from self._field(element)
        yield self._said

    def _field(self, element: Element) -> ComposeResult:
        title = element.title if element.optional or element.kind == "bool" else f"{element.title} *"
        yield TextLines(plain(title, "strong"), ground="panel", most=3)
        yield self._widget(element)
        if element.help:
            yield TextLines(plain(element.help, "muted"), ground="panel", most=3)
        self._wrong[element.name] = TextLines(plain(""), ground="panel", most=2)
        yield self._wrong[element.name]

    def _widget(self, element: Element) -> Widget:
        field: Editor | Choice
        if element.kind in ("text", "textarea"):
            lines = MOST_TEXT_LINES if element.kind == "textarea" else 1
            secret = element.subtype == "password"
            field = Editor(
                element.default, placeholder=element.placeholder, lines=lines, secret=secret, ground="panel"
            )
        else:
            field = Choice(element)
        self._fields[element.name] = field
        return field

    def on_mount(self) -> None:
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.focus()

    @property
    def values(self) -> dict[str, str]:
        """What is filled in now, by name."""
        return {
            name: field.text if isinstance(field, Editor) else field.value
            for name, field in self._fields.items()
        }

    def action_do_up(self) -> None:
        self._step(-1)

    def action_do_down(self) -> None:
        self._step(1)

    def action_do_confirm(self) -> None:
        """Enter: opens what is chosen, breaks a line in a longer text, else goes on to the next field."""
        field = self.focused
        if isinstance(field, Choice):
            self._open(field)
        elif isinstance(field, Editor) and self._is_long(field):
            field.insert("\n")
        else:
            self._step(1)

    def action_do_submit(self) -> None:
        wrong = problems(self.dialog, self.values)
        elements = {element.name: element for element in self.dialog.elements}
        self.refuse({name: problem_text(elements[name], problem) for name, problem in wrong.items()})
        if not wrong:
            self._send(self.values)

    def refuse(self, errors: Mapping[str, str], error: str = "") -> None:
        """Shows what is wrong (safe texts); the first wrong field gets the focus."""
        for name, line in self._wrong.items():
            line.show(plain(f"! {errors[name]}" if name in errors else "", "error"))
        self._said.show(plain(f"! {error}" if error else "", "error"))
        first = next((name for name in self._fields if name in errors), "")
        if first:
            self._fields[first].focus()

    def _is_long(self, field: Editor) -> bool:
        names = {e.name for e in self.dialog.elements if e.kind == "textarea"}
        return any(self._fields[name] is field for name in names)

    def _step(self, step: int) -> None:
        fields = list(self._fields.values())
        if fields:
            at = fields.index(self.focused) if self.focused in fields else -1
            fields[(at + step) % len(fields)].focus()

    def _open(self, field: Choice) -> None:
        element = field.element
        if element.kind == "bool":
            field.choose("false" if field.value == "true" else "true", " ")
            return
        picker = Picker(
            element.title,
            lambda text: self._find(element, text),
            chosen=field.value,
            verb=_("Take it"),
        )
        self.app.push_screen(picker, lambda key: self._chosen(field, key))

    def _chosen(self, field: Choice, key: str | None) -> None:
        if key is not None:
            shown = next((offer.title for offer in self._find(field.element, "") if offer.key == key), key)
            field.choose(key, shown)

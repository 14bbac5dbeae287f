"""Signing in: the server's address as pasted, then name and password, or a token.

Invariant: the password leaves this screen only as an argument of one call, and the field is emptied after
it; an error is a sentence below the fields, never a dialog, and what was typed stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from tui.client.accounts import SignedInAs, wants_mfa
from tui.client.wording.errors import reason, sentence
from tui.core.errors import SignInRefused, TeleteamError
from tui.core.values import dataclass
from tui.settings.accounts import Account
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.settings.secrets import NeedsConsent
from tui.ui.look import Look
from tui.ui.screens.confirm import Confirm
from tui.ui.widgets.cells import Line
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.hints import pair_line
from tui.ui.widgets.text_lines import TextLines, plain


@dataclass(frozen=True)
class Attempt:
    """What was typed. `token` "" = by password."""

    url: str
    login_id: str
    password: str
    mfa_code: str
    token: str
    file_allowed: bool = False
    invitation: str = ""
    """An invite link: an account is made first."""
    email: str = ""

    def __repr__(self) -> str:
        return "Attempt(…)"


SignIn = Callable[[Attempt], SignedInAs]
"""Blocks; raises TeleteamError, or NeedsConsent."""


class SignInScreen(Screen[SignedInAs | None], inherit_bindings=False):
    """Answers with who has signed in, None where the person went back. `same_as`: only that person."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "next_field", show=False),
        Binding("shift+tab,up", "previous_field", show=False),
        Binding("ctrl+t", "by_token", show=False),
        Binding("ctrl+n", "by_invitation", show=False),
        Binding("escape", "back", show=False),
    ]

    def __init__(self, sign_in: SignIn, *, same_as: Account | None = None, url: str = "") -> None:
        super().__init__()
        self._sign_in = sign_in
        self._same_as = same_as
        self._busy = False
        start_url = same_as.url if same_as else url
        self._url = Editor(start_url, placeholder="https://chat.example.org", id="sign-in-url")
        self._login = Editor(same_as.username if same_as else "", id="sign-in-login")
        self._password = Editor(secret=True, id="sign-in-password")
        self._mfa = Editor(placeholder="123456", id="sign-in-mfa")
        self._token = Editor(secret=True, id="sign-in-token")
        self._link = Editor(placeholder="https://…/signup_user_complete/?id=…", id="sign-in-link")
        self._email = Editor(placeholder="anna@example.org", id="sign-in-email")
        self._said = TextLines(most=6, id="sign-in-said")

    def compose(self) -> ComposeResult:
        with Vertical(id="sign-in"):
            yield TextLines(self._draw_title)
            yield from self._field(_("Server"), self._url)
            yield from self._field(_("Invitation link"), self._link)
            yield from self._field(_("Your e-mail address"), self._email)
            label_of_name = TextLines(self._draw_name_label, id="sign-in-login-label")
            label_of_name.add_class("field-label")
            yield label_of_name
            yield self._login
            yield from self._field(_("Password"), self._password)
            yield from self._field(_("Access token"), self._token)
            yield from self._field(_("Six digits of your authenticator app"), self._mfa)
            yield self._said
            yield TextLines(self._draw_keys)

    def _field(self, title: str, editor: Editor) -> ComposeResult:
        words = TextLines(plain(title, "muted"), id=f"{editor.id}-label")
        words.add_class("field-label")
        yield words
        yield editor

    def on_mount(self) -> None:
        empty = next((field for field in self._fields() if not field.text), self._url)
        empty.focus()

    def _fields(self) -> list[Editor]:
        """The fields that are asked for, from top to bottom."""
        if self.has_class("-invited"):
            return [self._link, self._email, self._login, self._password]
        if self.has_class("-token"):
            return [self._url, self._token]
        return [self._url, self._login, self._password, *([self._mfa] if self.has_class("-mfa") else [])]

    def _here(self, fields: list[Editor]) -> int:
        """The field that has the focus: `focused` knows at once, `has_focus` a message later. What is typed
        next must not land in the field that is being left, least of all the password.
        """
        return next((index for index, field in enumerate(fields) if field is self.focused), 0)

    def action_next_field(self) -> None:
        """Enter: on to the next empty field, or sign in where all are filled."""
        fields = self._fields()
        here = self._here(fields)
        if here + 1 < len(fields):
            fields[here + 1].focus()
        elif all(field.text.strip() for field in fields):
            self._try(file_allowed=False)
        else:
            next(field for field in fields if not field.text.strip()).focus()

    def action_previous_field(self) -> None:
        fields = self._fields()
        here = self._here(fields)
        fields[here - 1].focus()

    def action_by_token(self) -> None:
        """By access token instead of password, and back."""
        self.remove_class("-invited")
        self.toggle_class("-token")
        self._fields()[1].focus()

    def action_by_invitation(self) -> None:
        """With an invite link: a new account; and back."""
        if self._same_as is None and not self._busy:
            self.remove_class("-token", "-mfa")
            self.toggle_class("-invited")
            self._said.show(plain(""))
            self._fields()[0].focus()
            for words in self.query(TextLines):
                words.restyle()

    def action_back(self) -> None:
        if self._same_as is not None and not self._busy:
            self.dismiss(None)

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()

    def _try(self, *, file_allowed: bool) -> None:
        if self._busy:
            return
        self._busy = True
        self._said.show(plain(_("Signing in …"), "muted"))
        by_token, invited = self.has_class("-token"), self.has_class("-invited")
        attempt = Attempt(
            url=self._url.text.strip(),
            login_id=self._login.text.strip(),
            password=self._password.text,
            mfa_code=self._mfa.text.strip(),
            token=self._token.text.strip() if by_token else "",
            file_allowed=file_allowed,
            invitation=self._link.text.strip() if invited else "",
            email=self._email.text.strip() if invited else "",
        )
        self.run_worker(self._run(attempt), group="sign-in", exit_on_error=False)

    async def _run(self, attempt: Attempt) -> None:
        try:
            signed = await asyncio.to_thread(self._sign_in, attempt)
        except NeedsConsent:
            self._ask_for_consent()
        except TeleteamError as error:
            self._refused(error)
        else:
            self._password.load("")
            self._token.load("")
            self.dismiss(signed)
        finally:
            self._busy = False

    def _refused(self, error: TeleteamError) -> None:
        if wants_mfa(error):
            self.add_class("-mfa")
            self._mfa.load("")
            self._mfa.focus()
        elif isinstance(error, SignInRefused):
            secret = self._token if self.has_class("-token") else self._password
            secret.load("")
            secret.focus()
        self._said.show(plain(sentence(error), "warning"))

    def _ask_for_consent(self) -> None:
        self._said.show(plain(""))
        dialog = Confirm(_("Keep the token"), reason("tele.signin.consent"), _("Yes"), _("No"))
        self.app.push_screen(dialog, self._consent_given)

    def _consent_given(self, yes: bool | None) -> None:
        if yes:
            self._try(file_allowed=True)
        else:
            self._said.show(
                plain(_("You are not signed in: the token would have nowhere to stay."), "warning")
            )

    def on_resize(self, _event: events.Resize) -> None:
        self.set_class(self.size.height < 16, "-low")

    def _draw_title(self, _width: int, look: Look) -> list[Line]:
        words = _("Sign in again") if self._same_as else _("Sign in")
        if self.has_class("-invited"):
            words = _("A new account, by invitation")
        return [[Segment("teleteam", look.strong), Segment(f"  {words}", look.muted)]]

    def _draw_name_label(self, _width: int, look: Look) -> list[Line]:
        words = _("User name") if self.has_class("-invited") else _("User name or e-mail")
        return [[Segment(words, look.muted)]]

    def _draw_keys(self, width: int, look: Look) -> list[Line]:
        pairs = [
            (label("enter"), _("Next")),
            (label("ctrl+t"), _("With a token")),
            (label("ctrl+q"), _("Quit")),
        ]
        if self._same_as is not None:
            pairs.insert(2, (label("escape"), _("Back")))
            return [[], pair_line(pairs, width, look)]
        words = _("Sign in") if self.has_class("-invited") else _("I have an invitation link")
        return [[], pair_line(pairs, width, look), pair_line([(label("ctrl+n"), words)], width, look)]

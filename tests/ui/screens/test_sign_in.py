"""Signing in by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from tests.client.desk import ACCOUNT
from tests.support.makers import user
from tests.support.waiting import until
from tests.ui.stage import SMALL, Stage, main_of, said, shows
from tui.client.accounts import SignedInAs
from tui.core.errors import Insecure, Offline, SignInRefused
from tui.settings.secrets import NeedsConsent, Place
from tui.ui.screens.sign_in import Attempt
from tui.ui.widgets.editor import Editor

SIGNED = SignedInAs(ACCOUNT, user(), "token", Place.FILE)


class Door:
    """Lets in after the errors it was given; keeps what it was asked."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.attempts: list[Attempt] = []

    def __call__(self, attempt: Attempt) -> SignedInAs:
        self.attempts.append(attempt)
        if self.errors:
            raise self.errors.pop(0)
        return SIGNED


async def fill(pilot: object, press: Callable[..., object], *fields: str) -> None:
    """Types one field after the other; Enter leads on."""
    for field in fields:
        await press(*field)  # type: ignore[misc]
        await press("enter")  # type: ignore[misc]


async def test_server_name_password_enter(stage: Stage) -> None:
    door = Door()
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        assert "Sign in" in said(app)
        await fill(pilot, pilot.press, "chat.example.org", "anna", "hunter2")
        await until(lambda: app.main is not None)
        (attempt,) = door.attempts
        assert (attempt.url, attempt.login_id, attempt.password) == ("chat.example.org", "anna", "hunter2")
        assert "hunter2" not in repr(attempt)
        await shows(app, "Town Square")


async def test_the_password_is_never_on_the_screen(stage: Stage) -> None:
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=Door())) as (app, pilot):
        await pilot.press("x", "enter", "y", "enter", *"hunter2")
        assert "hunter2" not in said(app)
        assert "•••••••" in said(app)


async def test_an_error_is_a_sentence_and_what_was_typed_stays(stage: Stage) -> None:
    door = Door(SignInRefused("api.user.login.invalid_credentials_email_username"), Offline("dns"))
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await fill(pilot, pilot.press, "chat.example.org", "anna", "wrong")
        await until(lambda: len(door.attempts) == 1)
        picture = await shows(app, "password")
        assert "chat.example.org" in picture
        assert "api.user" not in picture
        await pilot.press(*"right", "enter")
        await shows(app, "•••••")
        await until(lambda: len(door.attempts) == 2)
        await shows(app, "address")
        await pilot.press("enter")
        await until(lambda: len(door.attempts) == 3)
        assert door.attempts[2].password == "right"


async def test_the_code_is_only_asked_for_when_the_server_wants_it(stage: Stage) -> None:
    door = Door(SignInRefused("mfa.validate_token.authenticate.app_error"))
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        assert "Six digits" not in said(app)
        await fill(pilot, pilot.press, "chat.example.org", "anna", "pw")
        await shows(app, "Six digits")
        await pilot.press(*"123456", "enter")
        await until(lambda: app.main is not None)
        assert door.attempts[-1].mfa_code == "123456"


async def test_by_token(stage: Stage) -> None:
    door = Door()
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await pilot.press("ctrl+t")
        await shows(app, "Access token")
        await pilot.press(*"secrettoken", "shift+tab", *"chat.example.org", "enter", "enter")
        await until(lambda: door.attempts)
        assert door.attempts[0].token == "secrettoken"
        assert "secrettoken" not in said(app)


async def test_a_file_for_the_token_needs_consent(stage: Stage) -> None:
    door = Door(NeedsConsent())
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await fill(pilot, pilot.press, "chat.example.org", "anna", "pw")
        await shows(app, "no keyring")
        await pilot.press("enter")
        await until(lambda: app.main is not None)
        assert [attempt.file_allowed for attempt in door.attempts] == [False, True]


async def test_without_consent_nobody_is_signed_in(stage: Stage) -> None:
    door = Door(NeedsConsent())
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await fill(pilot, pilot.press, "chat.example.org", "anna", "pw")
        await shows(app, "no keyring")
        await pilot.press("escape")
        await shows(app, "nowhere to stay")
        assert len(door.attempts) == 1


async def test_c31_plain_http_is_refused_in_words(stage: Stage) -> None:
    door = Door(Insecure("tele.insecure.http"))
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await fill(pilot, pilot.press, "http://chat.example.org", "anna", "pw")
        await shows(app, "https")


async def test_a09_a_dead_session_leads_back_here_as_the_same_person(stage: Stage) -> None:
    door = Door()
    async with stage.show(SMALL, stage.app(sign_in=door)) as (app, pilot):
        await pilot.press(*"unsent")
        app.sign_in_again()
        await shows(app, "Sign in again")
        picture = said(app)
        assert ACCOUNT.url in picture
        assert ACCOUNT.username in picture
        await pilot.press(*"pw", "enter")
        await until(lambda: stage.desk.engine.calls("signed_in"))
        await shows(app, "Town Square")
        assert main_of(app).composer.editor.text == "unsent"


async def test_escape_goes_back_to_reading_when_signed_out(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        app.sign_in_again()
        app.sign_in_again()
        await shows(app, "Sign in again")
        await pilot.press("escape")
        await shows(app, "Town Square")


async def test_a_refused_password_makes_room_for_the_right_one(stage: Stage) -> None:
    door = Door(SignInRefused("api.user.login.invalid_credentials_email_username"))
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await fill(pilot, pilot.press, "chat.example.org", "anna", "wrong")
        await shows(app, "Name or password")
        await pilot.press(*"nearly", "ctrl+u", *"right", "enter")
        await until(lambda: len(door.attempts) == 2)
        assert [attempt.password for attempt in door.attempts] == ["wrong", "right"]


async def test_with_an_invite_link_an_account_is_made(stage: Stage) -> None:
    door = Door()
    link = f"https://x.org/signup_user_complete/?id={'a' * 26}"
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=door)) as (app, pilot):
        await shows(app, "I have an invitation link")
        await pilot.press("ctrl+n")
        await shows(app, "A new account, by invitation")
        app.screen.query_one("#sign-in-link", Editor).load(link)
        await pilot.press("enter")
        await fill(pilot, pilot.press, "nele@x.org", "nele", "hunter2!")
        await until(lambda: app.main is not None)
        (attempt,) = door.attempts
        assert (attempt.invitation, attempt.email, attempt.login_id) == (link, "nele@x.org", "nele")


async def test_who_has_no_invitation_goes_back_to_signing_in(stage: Stage) -> None:
    async with stage.show(SMALL, stage.app(signed_in=False, sign_in=Door())) as (app, pilot):
        await pilot.press("ctrl+n", "ctrl+n")
        await shows(app, "User name or e-mail")
        assert "Invitation" not in said(app)

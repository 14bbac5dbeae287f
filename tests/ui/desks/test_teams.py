"""Another account without leaving the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.waiting import until
from tests.ui.stage import Stage, a_stage, main_of, refuse, shows
from tui.core.models import Target
from tui.settings.accounts import Account, Accounts
from tui.settings.themes import load_all
from tui.ui.app import TeleApp
from tui.ui.shared import Shared


def two_accounts(stage: Stage) -> Accounts:
    other = Account("work", "https://work.example.org", "w", "anna.b")
    return Accounts().with_account(stage.client.account).with_account(other)


async def test_the_other_account_opens_and_the_draft_stays(stage: Stage, tmp_path: Path) -> None:
    with a_stage(tmp_path / "other") as other:
        asked: list[str] = []

        def change(account_id: str) -> Shared:
            asked.append(account_id)
            return replace(other.shared, accounts=lambda: two_accounts(stage))

        app = TeleApp(
            load_all(stage.paths),
            "teleteam-dark",
            shared=replace(stage.shared, accounts=lambda: two_accounts(stage)),
            sign_in=refuse,
            opening=lambda _signed: stage.shared,
            other=change,
        )
        async with stage.show(app=app) as (_app, pilot):
            before = main_of(app)
            before.composer.editor.focus()
            await pilot.press(*"half a")
            before.perform("app.accounts")
            await shows(app, "anna.b · work.example.org")
            await pilot.press("enter")
            await until(lambda: main_of(app) is not before)
            await shows(app, "Town Square")
            assert asked == ["work"]
            assert app.shared is not None
            assert app.shared.client is other.client
            draft = stage.client.drafts.get(Target("c1"))
            assert draft is not None
            assert draft.text == "half a"
            main_of(app).composer.editor.focus()
            await pilot.press(*"new")
            assert main_of(app).composer.editor.text == "new"


async def test_with_one_account_it_is_said_how_to_add_another(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        main_of(app).perform("app.accounts")
        await shows(app, "teleteam login ADDRESS")

"""Writing: target, draft, completion, editing, sending."""

from __future__ import annotations

from tests.support.waiting import until
from tests.ui.stage import Stage, main_of, said, shows
from tui.core.models import Target
from tui.ui.messages import Wanted

HERE = Target("c1")


async def test_enter_sends_and_the_line_is_free_for_what_follows(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"Hi", "ctrl+j", *"you", "enter", *"next")
        (item,) = stage.client.outbox.all()
        assert (item.target, item.text) == (HERE, "Hi\nyou")
        assert main_of(app).composer.editor.text == "next"
        await shows(app, "waits its turn")


async def test_a12_enter_twice_is_one_message(stage: Stage) -> None:
    async with stage.show() as (_app, pilot):
        await pilot.press(*"once", "enter", "enter")
        assert [item.text for item in stage.client.outbox.all()] == ["once"]


async def test_a06_blank_and_too_long_texts_stay_in_the_line(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        editor = main_of(app).composer.editor
        await pilot.press("space", "enter")
        assert editor.text == " "
        editor.load("x" * 16_384)
        await pilot.press("enter")
        await shows(app, "16384")
        assert len(editor.text) == 16_384
        assert stage.client.outbox.all() == ()


async def test_the_rule_names_the_target(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        assert "── To ~Town Square ──" in said(app)
        main_of(app).open_channel("d1")
        await pilot.pause()
        assert "── To @Ben Osterhagen ──" in said(app)


async def test_a_draft_follows_its_channel(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"begun")
        main_of(app).open_channel("c2")
        await pilot.pause()
        assert main_of(app).composer.editor.text == ""
        draft = await until(lambda: stage.client.drafts.get(HERE))
        assert draft is not None
        assert draft.text == "begun"
        main_of(app).open_channel("c1")
        assert main_of(app).composer.editor.text == "begun"


async def test_a04_a_draft_is_on_disk_soon_after_a_key(stage: Stage) -> None:
    async with stage.show() as (_app, pilot):
        await pilot.press(*"kept")
        await until(lambda: stage.client.drafts.get(HERE), timeout=5)


async def test_sending_takes_the_draft_away(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"text")
        main_of(app).composer.keep_draft()
        await until(lambda: stage.client.drafts.get(HERE))
        await pilot.press("enter")
        await until(lambda: stage.client.drafts.get(HERE) is None)


async def test_up_in_an_empty_line_edits_my_last_message(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("up")
        composer = main_of(app).composer
        assert composer.edits == "p9"
        assert "Edit my message" in said(app)
        composer.editor.load("better")
        await pilot.press("enter")
        (item,) = stage.client.outbox.all()
        assert (item.kind, item.post_id, item.text) == ("edit", "p9", "better")
        assert composer.edits == ""
        assert composer.editor.text == ""


async def test_escape_leaves_editing_and_brings_the_draft_back(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        stage.client.drafts.put(HERE, "")
        await pilot.press("up", "escape")
        composer = main_of(app).composer
        assert (composer.edits, composer.editor.text) == ("", "")
        assert app.focused is composer.editor


async def test_an_edit_never_becomes_a_draft(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("up", *" more")
        main_of(app).composer.keep_draft()
        main_of(app).open_channel("c2")
        await pilot.pause()
        assert stage.client.drafts.all() == ()


async def test_shift_up_replies_to_the_last_message(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("shift+up")
        await pilot.pause()
        assert main_of(app).composer.target == Target("c1", "p9")
        await pilot.press(*"yes", "enter")
        (item,) = stage.client.outbox.all()
        assert item.target == Target("c1", "p9")
        assert main_of(app).composer.target == HERE


async def test_names_are_completed_with_tab(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"ask @ro")
        await shows(app, "@rosa")
        await pilot.press("tab")
        assert main_of(app).composer.editor.text == "ask @rosa "


async def test_escape_closes_the_offers_and_enter_then_sends(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"hi @ro")
        await pilot.press("escape")
        assert not main_of(app).composer.completion.is_open
        await pilot.press("enter")
        assert [item.text for item in stage.client.outbox.all()] == ["hi @ro"]


async def test_enter_sends_a_name_that_is_typed_out(stage: Stage) -> None:
    async with stage.show() as (_app, pilot):
        await pilot.press(*"@rosa", "enter")
        assert [item.text for item in stage.client.outbox.all()] == ["@rosa"]


async def test_an_offer_for_what_stood_there_before_takes_nothing_away(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        editor = main_of(app).composer.editor
        await pilot.press(*"@ro")
        await shows(app, "@rosa")
        editor.insert(" was here")  # keys so quick that their offers have not come yet
        assert not editor.first_refusal("enter")
        assert editor.text == "@ro was here"


async def test_a_path_typed_quicker_than_its_offers_is_taken_whole(stage: Stage) -> None:
    file = stage.paths.config_dir / "plan.txt"
    file.write_text("x")
    async with stage.show() as (app, pilot):
        composer = main_of(app).composer
        await pilot.press(*f"/attach {file.parent}/")
        composer.editor.insert("plan.txt")
        await pilot.press("enter")
        assert "1 file: plan.txt" in said(app)


async def test_a_long_paste_is_asked_about_before_it_is_sent(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).composer.editor.take_paste("line\n" * 20)
        await pilot.pause()
        await pilot.press("enter")
        await shows(app, "Send 21 lines?")
        assert stage.client.outbox.all() == ()
        await pilot.press("enter")
        await pilot.pause()
        assert len(stage.client.outbox.all()) == 1


async def test_a_call_to_all_is_asked_about_with_the_number_of_people(stage: Stage) -> None:
    stage.desk.api.answers["fetch_member_count"] = 42
    async with stage.show() as (app, pilot):
        await shows(app, "42 members")
        main_of(app).composer.editor.load("@channel now")
        await pilot.press("enter")
        await shows(app, "@channel calls 42 people. Send it?")
        assert stage.client.outbox.all() == ()
        await pilot.press("escape")
        assert main_of(app).composer.editor.text == "@channel now"
        await pilot.press("enter")
        await shows(app, "@channel calls 42 people. Send it?")
        await pilot.press("enter")
        await until(lambda: [item.text for item in stage.client.outbox.all()] == ["@channel now"])


async def test_a_few_people_are_called_without_a_question(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await shows(app, "4 members")
        main_of(app).composer.editor.load("@channel now")
        await pilot.press("enter")
        assert [item.text for item in stage.client.outbox.all()] == ["@channel now"]


async def test_tab_in_an_empty_line_goes_to_the_next_area(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press("tab")
        await pilot.pause()
        assert any(isinstance(message, Wanted) and message.what == "next" for message in stage.seen)
        assert app.focused is not main_of(app).composer.editor


async def test_a_file_is_named_in_the_rule_and_sent_along(stage: Stage, tmp_path: object) -> None:
    file = stage.paths.config_dir / "plan.txt"
    file.write_text("x")
    async with stage.show() as (app, pilot):
        await pilot.press(*f"/attach {file}", "enter")
        assert "1 file: plan.txt" in said(app)
        assert main_of(app).composer.editor.text == ""
        await pilot.press(*"here", "enter")
        (item,) = stage.client.outbox.all()
        assert item.file_paths == (str(file),)
        assert main_of(app).composer.files == ()


async def test_a_file_that_is_not_there_is_said(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        await pilot.press(*"/attach /no/such", "enter")
        await shows(app, "There is no such file")


async def test_grows_to_eight_lines(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        for _ in range(12):
            await pilot.press("ctrl+j")
        await pilot.pause()
        assert main_of(app).composer.editor.size.height == 8


async def test_offers_go_when_what_they_are_for_is_taken_back(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        composer = main_of(app).composer
        composer.editor.focus()
        await pilot.press("slash")
        await until(lambda: composer.completion.is_open)
        await pilot.press("backspace")
        await until(lambda: not composer.completion.is_open)

"""The editor: keys, what is shown, how high it gets."""

from __future__ import annotations

from textual.geometry import Offset

from tests.support.hostile import HOSTILE, raw_controls
from tests.ui.bare import Bare, bare
from tui.ui.widgets.editor import MAX_TEXT, Editor


async def press(app: Bare, editor: Editor, *keys: str) -> None:
    """As the app hands keys over: one by one."""
    for key in keys:
        editor.take_key(key, key if len(key) == 1 else " " if key == "space" else None)


async def test_typing_shows_the_text_and_a_still_cursor() -> None:
    editor = Editor(placeholder="write")
    async with bare(editor) as (app, pilot):
        editor.focus()
        await pilot.pause()
        assert app.lines()[0] == "› write"
        await press(app, editor, "h", "i")
        await pilot.pause()
        assert app.lines()[0] == "› hi"
        assert app.heard_of(Editor.Changed)
        assert editor.render_line(0)._segments[-1].text.strip() == ""


async def test_the_terminals_own_cursor_stands_where_one_writes() -> None:
    """Braille displays and screen readers follow it; so do the input methods of the desktop."""
    editor = Editor(lines=3)
    async with bare(editor) as (app, pilot):
        editor.focus()
        await press(app, editor, "h", "i", "ü")
        await pilot.pause()
        start = editor.content_region.offset
        assert app.cursor_position == start + Offset(5, 0)
        await press(app, editor, "left")
        await pilot.pause()
        assert app.cursor_position == start + Offset(4, 0)
        editor.insert("\nx")
        await pilot.pause()
        assert app.cursor_position == start + Offset(3, 1)


async def test_grows_to_its_most_and_then_scrolls() -> None:
    editor = Editor(lines=3)
    async with bare(editor) as (app, pilot):
        editor.focus()
        for number in range(5):
            editor.insert(f"{number}\n")
            await pilot.pause()
        assert editor.size.height == 3
        assert [line.strip() for line in app.lines()[:3]] == ["3", "4", ""]
        await press(app, editor, "up", "up", "up")
        await pilot.pause()
        assert app.lines()[0].strip() == "2"


async def test_only_changed_lines_are_painted_anew() -> None:
    editor = Editor("one\ntwo\nthree", lines=8)
    async with bare(editor) as (app, pilot):
        editor.focus()
        await pilot.pause()
        kept = [editor.render_line(y) for y in range(3)]
        await press(app, editor, "x")
        assert [editor.render_line(y) == strip for y, strip in enumerate(kept)] == [True, True, False]


async def test_moves_by_visual_lines() -> None:
    editor = Editor("one two three four", lines=4)
    async with bare(editor, (12, 6)) as (app, _pilot):
        await press(app, editor, "up")
        assert editor.text[editor.buffer.cursor :].startswith("e four")
        assert editor.take_key("down", None)
        assert not editor.take_key("down", None)
        await press(app, editor, "home")
        assert not editor.take_key("up", None)


async def test_bound_keys_are_left_to_those_who_bound_them() -> None:
    editor = Editor("abc")
    editor.bound_keys = frozenset({"ctrl+u", "ctrl+w"})
    async with bare(editor) as (_app, _pilot):
        assert not editor.take_key("ctrl+u", None)
        assert not editor.take_key("ctrl+w", None)
        assert editor.take_key("ctrl+a", None)
        assert not editor.take_key("f1", None)
        assert not editor.take_key("enter", "\r")


async def test_a_secret_is_never_on_the_screen() -> None:
    editor = Editor(secret=True)
    async with bare(editor) as (app, pilot):
        editor.focus()
        await press(app, editor, *"hunter2")
        await pilot.pause()
        assert app.lines()[0] == "› •••••••"


async def test_a_paste_comes_in_whole_and_harmless() -> None:
    editor = Editor(lines=8)
    async with bare(editor) as (app, pilot):
        editor.take_paste("one\r\ntwo\r\x1b[31mthree")
        await pilot.pause()
        assert editor.text == "one\ntwo\n␛[31mthree"
        assert [m.lines for m in app.heard if isinstance(m, Editor.Pasted)] == [3]


async def test_one_line_stays_one_line() -> None:
    editor = Editor()
    async with bare(editor) as (_app, _pilot):
        editor.take_paste("one\ntwo")
        assert editor.text == "one two"


async def test_h67_a_huge_paste_is_refused_and_said() -> None:
    editor = Editor("kept", lines=8)
    async with bare(editor) as (app, pilot):
        editor.take_paste("😀" * (MAX_TEXT + 1))
        await pilot.pause()
        assert editor.text == "kept"
        assert app.heard_of(Editor.PasteRefused)


async def test_f49_whatever_is_edited_reaches_the_screen_harmless() -> None:
    editor = Editor(lines=8)
    async with bare(editor) as (_app, _pilot):
        editor.focus()
        for text in HOSTILE:
            editor.load(text)
            painted = [editor.render_line(y).text for y in range(8)]
            assert raw_controls("".join(painted)) == []
            assert editor.text == text

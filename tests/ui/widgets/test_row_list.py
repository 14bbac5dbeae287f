"""The one list: what is shown, where the cursor is, what stays in place."""

from __future__ import annotations

import gc
from dataclasses import dataclass

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.ui.bare import bare
from tui.ui.look import Look
from tui.ui.widgets.cells import Line
from tui.ui.widgets.row_list import RowList


@dataclass(frozen=True)
class Item:
    key: str
    height: int = 1
    text: str = ""
    title: bool = False


class Plain:
    def __init__(self) -> None:
        self.painted: list[str] = []

    def key(self, row: Item) -> str:
        return row.key

    def selectable(self, row: Item) -> bool:
        return not row.title

    def ground(self, row: Item, look: Look) -> Style | None:
        return None

    def paint(self, row: Item, width: int, look: Look) -> list[Line]:
        self.painted.append(row.key)
        return [[Segment(f"{row.text or row.key}.{line}")] for line in range(row.height)]


def items(count: int, start: int = 0, height: int = 1) -> list[Item]:
    return [Item(f"r{number}", height) for number in range(start, start + count)]


def a_list(follow: bool = False) -> RowList[Item]:
    made: RowList[Item] = RowList(Plain(), follow=follow)
    made.styles.height = "1fr"
    return made


async def test_rows_are_shown_behind_the_mark() -> None:
    rows = a_list()
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(3))
        rows.focus()
        await pilot.pause()
        assert app.lines()[:4] == ["›r0.0", " r1.0", " r2.0", ""]
        rows.move_cursor(1)
        await pilot.pause()
        assert app.lines()[:2] == [" r0.0", "›r1.0"]
        assert rows.cursor_key == "r1"


async def test_without_the_focus_there_is_no_mark() -> None:
    rows = a_list()
    rows.can_focus = False
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(2))
        await pilot.pause()
        assert app.lines()[0] == " r0.0"


async def test_the_cursor_skips_titles() -> None:
    rows = a_list()
    async with bare(rows) as (_app, pilot):
        rows.set_rows([Item("t", title=True), Item("a"), Item("u", title=True), Item("b")])
        await pilot.pause()
        assert rows.cursor_key == "a"
        rows.move_cursor(1)
        assert rows.cursor_key == "b"
        rows.move_cursor(1)
        assert rows.cursor_key == "b"
        rows.move_first()
        assert rows.cursor_key == "a"


async def test_a_list_that_follows_starts_and_stays_at_its_end() -> None:
    rows = a_list(follow=True)
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(30))
        await pilot.pause()
        assert app.lines()[-1].endswith("r29.0")
        rows.set_rows(items(31))
        await pilot.pause()
        assert app.lines()[-1].endswith("r30.0")
        assert rows.at_end


async def test_few_rows_stand_at_the_bottom_where_the_list_follows() -> None:
    rows = a_list(follow=True)
    async with bare(rows, (20, 5)) as (app, pilot):
        rows.set_rows(items(2))
        await pilot.pause()
        assert [line.strip(" ›") for line in app.lines()] == ["", "", "", "r0.0", "r1.0"]


async def test_new_rows_do_not_move_what_is_being_read() -> None:
    rows = a_list(follow=True)
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(40, height=2))
        await pilot.pause()
        rows.move_page(-1)
        await pilot.pause()
        before = app.lines()
        rows.set_rows(items(43, height=2))
        await pilot.pause()
        assert app.lines() == before
        assert not rows.at_end


async def test_older_rows_above_do_not_move_it_either() -> None:
    rows = a_list(follow=True)
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(40, start=20))
        await pilot.pause()
        rows.move_page(-1)
        await pilot.pause()
        before, key = app.lines(), rows.cursor_key
        rows.set_rows(items(60))
        await pilot.pause()
        assert app.lines() == before
        assert rows.cursor_key == key


async def test_a_changed_row_is_painted_alone() -> None:
    painter = Plain()
    rows: RowList[Item] = RowList(painter)
    rows.styles.height = "1fr"
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(5))
        await pilot.pause()
        painter.painted.clear()
        rows.set_rows([*items(2), Item("r2", text="new"), *items(2, start=3)])
        await pilot.pause()
        assert painter.painted == ["r2"]
        assert app.lines()[2] == " new.0"


async def test_tells_when_an_edge_is_in_sight() -> None:
    rows = a_list(follow=True)
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(100))
        await pilot.pause()
        app.heard.clear()
        rows.move_first()
        await pilot.pause()
        edges = [m.upper for m in app.heard if isinstance(m, RowList.EdgeReached)]
        assert edges == [True]


async def test_a_row_that_is_taller_than_the_view_is_scrolled_through() -> None:
    rows = a_list()
    async with bare(rows, (20, 6)) as (app, pilot):
        rows.set_rows([Item("tall", 20), Item("next")])
        rows.focus()
        await pilot.pause()
        for _ in range(7):
            rows.move_cursor(1)
        await pilot.pause()
        assert rows.cursor_key == "tall"
        assert app.lines()[-1] == "›tall.19"
        rows.move_cursor(1)
        assert rows.cursor_key == "next"


async def test_says_why_it_is_empty() -> None:
    rows = a_list()
    async with bare(rows, (20, 6)) as (app, pilot):
        rows.say("Nothing\nhere.")
        await pilot.pause()
        assert [line.strip() for line in app.lines()][:3] == ["", "Nothing", "here."]


async def test_a_click_chooses_and_the_wheel_scrolls() -> None:
    rows = a_list()
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(30))
        await pilot.click(rows, offset=(3, 2))
        assert [m.key for m in app.heard if isinstance(m, RowList.Chosen)] == ["r2"]
        await pilot._post_mouse_events([_scroll_down()], rows, offset=(3, 3))
        await pilot.pause()
        assert rows.scroll_offset.y == 3


def _scroll_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


@pytest.mark.parametrize("width", [1, 2, 3, 20])
async def test_e46_any_width_will_do(width: int) -> None:
    rows = a_list(follow=True)
    async with bare(rows, (40, 5)) as (_app, pilot):
        rows.set_rows(items(5, height=3))
        await pilot.resize_terminal(width, 1)
        await pilot.resize_terminal(40, 5)
        assert rows.at_end


async def test_jumps_to_a_row_by_its_key() -> None:
    rows = a_list()
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(50))
        rows.focus()
        assert rows.move_to("r40")
        assert not rows.move_to("nobody")
        await pilot.pause()
        assert "›r40.0" in app.lines()
        rows.move_last()
        assert rows.cursor_key == "r49"


async def test_rows_set_while_the_list_is_hidden_are_there_when_it_is_shown() -> None:
    rows = a_list()
    async with bare(rows) as (app, pilot):
        rows.set_rows(items(30))
        await pilot.pause()
        rows.display = False
        await pilot.pause()
        rows.display = True
        rows.set_rows(items(30))
        await pilot.pause()
        assert app.lines()[:2] == [" r0.0", " r1.0"]


async def test_what_is_out_of_sight_costs_no_strips() -> None:
    rows = a_list()
    async with bare(rows) as (_, pilot):
        rows.set_rows(items(10, height=3))
        await pilot.pause()
        before = strips_alive()
        rows.set_rows(items(400, height=3))
        await pilot.pause()
        assert strips_alive() - before < 400


def strips_alive() -> int:
    gc.collect()
    return sum(type(one) is Strip for one in gc.get_objects())

"""Editing without a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.text_buffer import TextBuffer


def typed(text: str) -> TextBuffer:
    buffer = TextBuffer()
    for character in text:
        buffer.insert(character)
    return buffer


def test_typing_and_deleting() -> None:
    buffer = typed("hello")
    buffer.delete_left()
    buffer.move(0)
    buffer.delete_right()
    assert (buffer.text, buffer.cursor) == ("ell", 0)


def test_moves_over_whole_graphemes() -> None:
    buffer = TextBuffer("a👩‍👩‍👧e\u0301")
    buffer.left()
    assert buffer.text[buffer.cursor :] == "e\u0301"
    buffer.left()
    assert buffer.cursor == 1
    buffer.delete_right()
    assert buffer.text == "ae\u0301"


def test_moves_over_line_breaks() -> None:
    buffer = TextBuffer("a\n\nb")
    for place in (3, 2, 1, 0, 0):
        buffer.left()
        assert buffer.cursor == place
    for place in (1, 2, 3, 4, 4):
        buffer.right()
        assert buffer.cursor == place


def test_words_and_lines() -> None:
    buffer = TextBuffer("one two\nthree four")
    assert buffer.word_left_index() == 14
    assert buffer.line_start_index() == 8
    buffer.move(1)
    assert buffer.word_right_index() == 3
    assert buffer.line_end_index() == 7


def test_kill_and_yank() -> None:
    buffer = TextBuffer("one two three")
    buffer.kill_word_left()
    assert buffer.text == "one two "
    buffer.move(0)
    buffer.kill_line_end()
    assert (buffer.text, buffer.killed) == ("", "one two ")
    buffer.yank()
    buffer.yank()
    assert buffer.text == "one two one two "
    buffer.move(0)
    buffer.kill_word_right()
    assert buffer.text == " two one two "


def test_kill_at_the_end_of_a_line_takes_the_break() -> None:
    buffer = TextBuffer("a\nb")
    buffer.move(1)
    buffer.kill_line_end()
    assert buffer.text == "ab"


def test_undo_goes_word_by_word_and_forth_again() -> None:
    buffer = typed("one two")
    assert buffer.undo()
    assert buffer.text == "one "
    assert buffer.undo()
    assert buffer.text == "one"
    assert buffer.redo()
    assert buffer.text == "one "
    assert buffer.undo()
    assert buffer.undo()
    assert buffer.text == ""
    assert not buffer.undo()


def test_a_new_edit_ends_the_way_forth() -> None:
    buffer = typed("ab")
    buffer.undo()
    buffer.insert("c")
    assert not buffer.redo()


def test_loading_forgets_the_past() -> None:
    buffer = typed("secret")
    buffer.load("draft", 2)
    assert (buffer.text, buffer.cursor) == ("draft", 2)
    assert not buffer.undo()


@given(
    st.lists(
        st.sampled_from(["a", " ", "\n", "é", "left", "right", "back", "word", "undo", "redo"]), max_size=80
    )
)
def test_the_cursor_never_leaves_the_text(steps: list[str]) -> None:
    buffer = TextBuffer()
    moves = {
        "left": buffer.left,
        "right": buffer.right,
        "back": buffer.delete_left,
        "word": buffer.kill_word_left,
        "undo": buffer.undo,
        "redo": buffer.redo,
    }
    for step in steps:
        if step in moves:
            moves[step]()
        else:
            buffer.insert(step)
        assert 0 <= buffer.cursor <= len(buffer.text)


def test_kills_in_a_row_are_yanked_together() -> None:
    buffer = TextBuffer("one two three")
    buffer.kill_word_left()
    buffer.kill_word_left()
    assert (buffer.text, buffer.killed) == ("one ", "two three")
    buffer.yank()
    assert buffer.text == "one two three"


def test_earlier_kills_are_yanked_in_turn() -> None:
    buffer = TextBuffer("one two")
    buffer.kill_word_left()
    buffer.move(0)
    buffer.kill_line_end()
    assert buffer.ring == ["two", "one "]
    buffer.insert("> ")
    buffer.yank()
    assert buffer.text == "> one "
    buffer.yank_earlier()
    assert buffer.text == "> two"
    buffer.yank_earlier()
    assert buffer.text == "> one "
    buffer.left()
    buffer.yank_earlier()
    assert buffer.text == "> one "

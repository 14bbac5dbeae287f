"""Where nobody can be asked, the answer is no."""

from __future__ import annotations

import io

import pytest

from tui.cli import asking


def test_no_terminal_no_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert not asking.is_interactive()
    assert not asking.agree("Really?")


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y\n", True), ("Yes\n", True), ("\n", False), ("n\n", False)]
)
def test_answers(monkeypatch: pytest.MonkeyPatch, answer: str, agreed: bool) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    monkeypatch.setattr(asking, "is_interactive", lambda: True)
    assert asking.agree("Really?") is agreed


def test_a_secret_keeps_its_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(" secret word \r\nmore"))
    assert asking.secret_from_stdin() == " secret word "

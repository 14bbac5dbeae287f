"""The code holds the public part alone, and is as large as it was said to be."""

from __future__ import annotations

from tui.core.links import check_url
from tui.terminal.qr import fits, public_part, rows


def test_tokens_never_get_in() -> None:
    link = check_url("https://meet.example.org/Room?jwt=eyJhbGciOi.J9.x#config.startWithVideoMuted=true")
    assert public_part(link) == "https://meet.example.org/Room"
    assert rows(link) == rows(check_url("https://meet.example.org/Room"))


def test_size_of_a_words_name() -> None:
    code = rows(check_url("https://meet.jit.si/" + "A" * 30))
    assert (len(code[0]), len(code)) == (33, 17)
    assert {len(row) for row in code} == {33}
    assert set("".join(code)) <= set(" ▀▄█")
    assert fits(code, 80, 24)
    assert not fits(code, 32, 24)
    assert not fits(code, 80, 16)


def test_the_corner_is_a_finder() -> None:
    code = rows(check_url("https://meet.jit.si/Room"))
    assert code[1][2:9] == "█▀▀▀▀▀█"
    assert code[0].strip() == ""

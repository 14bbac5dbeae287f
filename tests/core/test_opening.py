"""What is shown of a link never holds what opens the door."""

from __future__ import annotations

from tui.core.links import check_url
from tui.core.opening import OpenRequest, request_for

TOKEN = "eyJhbGciOi.eyJzdWIi.c2ln"


def test_a_plain_link_is_what_it_is() -> None:
    request = request_for(check_url("https://notes.example.org/a?b=1#c"), label="Notes")
    assert (request.shown.url, request.real, request.sensitive) == (
        "https://notes.example.org/a?b=1#c",
        None,
        False,
    )
    assert not request.careful


def test_g57_a_token_is_kept_for_the_browser_alone() -> None:
    for url in (f"https://meet.example.org/Room?jwt={TOKEN}#x", f"https://meet.example.org/r/{TOKEN}"):
        request = request_for(check_url(url))
        assert request.sensitive
        assert TOKEN not in repr(request) + request.shown.url
        assert request.real is not None
        assert request.real() == url


def test_what_speaks_against_it_makes_one_careful() -> None:
    assert request_for(check_url("https://pаypal.example/")).careful
    assert OpenRequest(check_url("https://a.example/"), warnings=("It is over.",)).careful

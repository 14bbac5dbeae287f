"""Short names mean what they mean in Mattermost's web client."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE
from tui.core.emoji import complete, normalise, to_unicode


@pytest.mark.parametrize(
    ("name", "char"),
    [
        ("+1", "👍"),
        (":thumbsup:", "👍"),
        ("-1", "👎"),
        ("slightly_smiling_face", "🙂"),
        ("simple_smile", "🙂"),
        ("tada", "🎉"),
        ("white_check_mark", "✅"),
        ("TADA", "🎉"),
        ("dog", "🐶"),
        ("face_palm", "🤦"),
        ("facepalm", "🤦"),
        ("hankey", "💩"),
        ("egg", "🥚"),
        ("de", "🇩🇪"),
        ("flag-de", "🇩🇪"),
        ("male-doctor", "👨\u200d⚕️"),
        ("female-technologist", "👩\u200d💻"),
        ("man-woman-girl-boy", "👨\u200d👩\u200d👧\u200d👦"),
        ("woman-heart-man", "👩\u200d❤️\u200d👨"),
        ("wave_medium_skin_tone", "👋🏽"),
        ("+1_dark_skin_tone", "👍🏿"),
        ("tada_dark_skin_tone", "🎉"),
    ],
)
def test_names_become_characters(name: str, char: str) -> None:
    assert to_unicode(name) == char


@pytest.mark.parametrize(
    "name", ["", ":", "nope", "flag-zz", "company_logo", "a b", "x" * 100, "man-man", "ä"]
)
def test_other_names_are_unknown(name: str) -> None:
    assert to_unicode(name) is None


@pytest.mark.parametrize(
    ("name", "own"),
    [("thumbsup", "+1"), (":ThumbsDown:", "-1"), ("poop", "hankey"), ("tada", "tada"), ("logo", "logo")],
)
def test_names_of_the_same_emoji_are_one(name: str, own: str) -> None:
    assert normalise(name) == own
    assert normalise(normalise(name)) == own


def test_completion_offers_the_name_to_send() -> None:
    assert complete("thumbs", 2) == [("+1", "👍"), ("-1", "👎")]
    assert complete(":tad", 1) == [("tada", "🎉")]
    assert complete("germany", 1) == [("flag-de", "🇩🇪")]
    assert complete("smile", 3)[0] == ("smile", "😄")


def test_completion_keeps_to_its_limit() -> None:
    assert len(complete("", 7)) == 7
    assert complete("smile", 0) == []
    assert complete("no such emoji") == []
    chars = [char for _, char in complete("smi", 50)]
    assert len(chars) == len(set(chars))


@given(st.text(st.sampled_from("abcdefghij_+-1"), min_size=1, max_size=3), st.integers(1, 30))
def test_what_is_offered_is_understood(prefix: str, limit: int) -> None:
    for name, char in complete(prefix, limit):
        assert to_unicode(name) == char
        assert normalise(name) == name


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names_are_unknown(name: str) -> None:
    assert to_unicode(name) is None
    complete(name)
    normalise(name)


def test_the_start_does_not_pay_for_it() -> None:
    code = "import sys, tui.core.emoji; sys.exit('emoji' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

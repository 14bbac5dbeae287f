from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE
from tui.core.file_names import MAX_BYTES, numbered, safe_name, split_suffix


def fit(name: str) -> bool:
    return (
        0 < len(name.encode()) <= MAX_BYTES
        and not re.search(r"[/\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", name)
        and name[0] not in ".-~ "
        and name[-1] not in ". "
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("report.pdf", "report.pdf"),
        ("Übersicht 2026.ods", "Übersicht 2026.ods"),
        ("..\\..\\win.ini", "win.ini"),
        ("/etc/passwd", "passwd"),
        ("../../.bashrc", "bashrc"),
        ("-rf", "rf"),
        (".", "file-f1"),
        ("", "file-f1"),
        ("...", "file-f1"),
        ("a/", "file-f1"),
        ("con", "file-f1-con"),
        ("NUL.txt", "file-f1-NUL.txt"),
        ("a.txt. . ", "a.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("$(id).txt", "$(id).txt"),
    ],
)
def test_f53_names(raw: str, expected: str) -> None:
    assert safe_name(raw, "f1") == expected


@pytest.mark.parametrize("raw", HOSTILE)
def test_f53_hostile_names(raw: str) -> None:
    assert fit(safe_name(raw, "f1"))


@given(st.text(max_size=400))
def test_f53_any_name(raw: str) -> None:
    name = safe_name(raw, "f1")
    assert fit(name)
    assert safe_name(name, "f1") == name


@given(st.text(min_size=1, max_size=300), st.integers(2, 999))
def test_numbered_names_stay_fit_and_differ(raw: str, number: int) -> None:
    name = safe_name(raw, "f1")
    other = numbered(name, number)
    assert fit(other)
    assert other != name
    assert split_suffix(other)[1] == split_suffix(name)[1]


def test_long_names_keep_their_suffix() -> None:
    assert safe_name("x" * 300 + ".pdf", "f") == "x" * 196 + ".pdf"
    assert numbered("a.pdf", 1) == "a.pdf"
    assert numbered("a.pdf", 2) == "a (2).pdf"
    assert numbered("Makefile", 3) == "Makefile (3)"

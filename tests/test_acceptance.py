"""Every number of the acceptance list that the program has to hold is tried by a test that names it."""

from __future__ import annotations

import re

from tests.support.acceptance import CHAPTERS, PAGE, numbered_tests

REQUIRED = "abcf"


def test_every_number_is_tried() -> None:
    tried = numbered_tests()
    missing = [f"{x}{number}" for x in REQUIRED for number in CHAPTERS[x][1] if (x, number) not in tried]
    assert missing == []


def test_numbers_belong_to_their_chapters() -> None:
    odd = [tests for (letter, number), tests in numbered_tests().items() if number not in CHAPTERS[letter][1]]
    assert odd == []


def test_what_the_page_names_exists() -> None:
    """It may lag behind new tests until the next `make docs`, but it names nothing that is gone."""
    there = {test for tests in numbered_tests().values() for test in tests}
    named = re.findall(r"`(tests/[^`]+::[^`]+)`", PAGE.read_text(encoding="utf-8"))
    assert named
    assert [test for test in named if test not in there] == []


def test_the_page_has_a_test_for_every_number_that_is_tried() -> None:
    rows = re.findall(r"^\| (\d+) \| .* \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    untold = {int(number) for number, tests in rows if "::" not in tests}
    assert len(rows) == sum(len(numbers) for _title, numbers in CHAPTERS.values())
    assert untold & {number for _letter, number in numbered_tests()} == set()

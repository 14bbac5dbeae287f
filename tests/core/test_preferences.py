from __future__ import annotations

from tui.core.models import Preference
from tui.core.preferences import Preferences

HELD = Preferences.of(
    [
        Preference("a", "flag", "true"),
        Preference("a", "off", "false"),
        Preference("a", "count", "7"),
        Preference("a", "empty", ""),
        Preference("flagged_post", "p1", "true"),
        Preference("flagged_post", "p2", "false"),
        Preference("a", "flag", "false"),
        Preference("a", "flag", "true"),
    ]
)


def test_unset_is_not_the_same_as_empty() -> None:
    assert HELD.get("a", "empty") == ""
    assert HELD.get("a", "missing") is None
    assert HELD.text("a", "missing", "x") == "x"


def test_flags_and_numbers_have_defaults() -> None:
    assert HELD.flag("a", "flag")
    assert not HELD.flag("a", "off", default=True)
    assert HELD.flag("a", "missing", default=True)
    assert HELD.number("a", "count") == 7
    assert HELD.number("a", "flag", 3) == HELD.number("a", "missing", 3) == 3


def test_names_of_a_category_by_value() -> None:
    assert HELD.names("flagged_post") == {"p1"}

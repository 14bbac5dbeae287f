"""Who does what: every row leads somewhere, and nothing is asked for that has no row."""

from __future__ import annotations

import re
from pathlib import Path

from tui.settings.keymap import ACTIONS as KEYS
from tui.ui.screens.main import MainScreen
from tui.ui.screens.main_tables import ACTIONS, AREAS, VERBS, WANTS

PANELS = Path(__file__).parents[3] / "tui" / "ui" / "panels"
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in PANELS.glob("*.py"))


def test_only_actions_of_the_table_of_keys_and_each_by_one() -> None:
    known = {action.name for action in KEYS if action.context == "app"}
    assert set(ACTIONS) <= known
    own = {name for base in MainScreen.__mro__[1:] for name in vars(base) if name.startswith("action_do_")}
    assert not {f"action_do_{name}" for name in ACTIONS} & own


def test_what_the_panels_ask_for_is_done_by_someone() -> None:
    view = (PANELS / "post_view.py").read_text(encoding="utf-8")
    verbs = set(re.findall(r'(?:PostAsked|self\._ask)\("(\w+)"', view))
    wants = set(re.findall(r'Wanted\("(\w+)"', SOURCES))
    assert verbs
    assert wants
    assert verbs <= set(VERBS)
    assert wants <= set(AREAS) | set(WANTS)

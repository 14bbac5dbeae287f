"""One table: unique, reachable on every terminal, rebindable."""

from __future__ import annotations

from collections import Counter

import pytest

from tui.settings.keymap import ACTIONS, CONTEXTS, KeyTrouble, build
from tui.settings.keynames import delivered_everywhere, normalise


def test_ids_are_unique_and_named_by_context() -> None:
    assert Counter(action.id for action in ACTIONS).most_common(1)[0][1] == 1
    assert all(a.context in CONTEXTS and a.id == f"{a.context}.{a.name}" for a in ACTIONS)


def test_keys_are_unique_within_their_context() -> None:
    keys = Counter((action.context, key) for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_key_that_each_terminal_delivers(action: object) -> None:
    keys: tuple[str, ...] = getattr(action, "keys")  # noqa: B009 - the parameter is any action
    assert not keys or any(delivered_everywhere(key) for key in keys)
    assert [normalise(key) for key in keys] == list(keys)


def test_a_person_changes_keys() -> None:
    keymap = build({"timeline.reply": ["R"], "app.quit": []})
    assert keymap.get("timeline.reply").keys == ("R",)
    assert keymap.get("app.quit").keys == ()
    assert [action.id for action in keymap.of("dialog")][:2] == ["dialog.confirm", "dialog.cancel"]


@pytest.mark.parametrize(
    ("overrides", "action", "problem"),
    [
        ({"app.nothing": ["f1"]}, "app.nothing", "unknown"),
        ({"app.quit": ["hyper+x"]}, "app.quit", "syntax"),
        ({"app.quit": [""]}, "app.quit", "syntax"),
        ({"app.quit": ["ctrl+k"]}, "app.quit", "taken"),
        ({"app.quit": ["f1"], "app.help": ["ctrl+q"]}, "", ""),
    ],
)
def test_mistakes(overrides: dict[str, list[str]], action: str, problem: str) -> None:
    if not problem:
        assert build(overrides).get("app.quit").keys == ("f1",)
        return
    with pytest.raises(KeyTrouble) as caught:
        build(overrides)
    assert (caught.value.action, caught.value.problem) == (action, problem)


def test_get_knows_what_it_does_not_know() -> None:
    with pytest.raises(KeyError):
        build().get("app.nothing")

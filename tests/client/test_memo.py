from __future__ import annotations

from tui.client.memo import Memo, MemoMap


def test_a_value_is_loaded_once_until_dropped() -> None:
    loads: list[int] = []

    def load() -> int:
        loads.append(1)
        return len(loads)

    memo = Memo(load)
    assert (memo.get(), memo.get()) == (1, 1)
    memo.drop()
    assert memo.get() == 2


def test_a_value_read_before_a_change_is_not_kept_after_it() -> None:
    values = ["old", "new"]

    def load() -> str:
        value = values.pop(0)
        if value == "old":
            memo.drop()  # the change comes while the old value is being read
        return value

    memo = Memo(load)
    assert memo.get() == "old"
    assert memo.get() == "new"


def test_many_are_loaded_in_one_go_and_absent_ones_again() -> None:
    asked: list[list[str]] = []

    def load(keys: list[str]) -> dict[str, str]:
        asked.append(sorted(keys))
        return {key: key.upper() for key in keys if key != "x"}

    memo = MemoMap(load)
    assert memo.many(["a", "b", "x"]) == {"a": "A", "b": "B"}
    assert memo.many(["a", "x"]) == {"a": "A"}
    memo.drop(["a"])
    assert memo.many(["a", "b"]) == {"a": "A", "b": "B"}
    memo.drop([""])
    memo.many(["b"])
    memo.drop()
    memo.many(["b"])
    assert asked == [["a", "b", "x"], ["x"], ["a"], ["b"], ["b"]]


def test_many_are_not_kept_when_dropped_meanwhile() -> None:
    loads: list[int] = []

    def load(keys: list[str]) -> dict[str, int]:
        loads.append(1)
        memo.drop(keys)
        return dict.fromkeys(keys, len(loads))

    memo = MemoMap(load)
    assert memo.many(["a"]) == {"a": 1}
    assert memo.many(["a"]) == {"a": 2}

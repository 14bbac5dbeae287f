"""One value read from the store and kept until something it depends on changes.

Invariant: a value that was read before a change is never kept after it, whichever thread came first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")


class Memo(Generic[T]):
    """Loads on demand; `drop` may be called from any thread."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._version = 0
        self._held: tuple[T] | None = None

    def get(self) -> T:
        with self._lock:
            if self._held is not None:
                return self._held[0]
            version = self._version
        value = self._load()
        with self._lock:
            if version == self._version:
                self._held = (value,)
        return value

    def drop(self) -> None:
        with self._lock:
            self._version += 1
            self._held = None


class MemoMap(Generic[K, T]):
    """Many values by key, loaded in one go for those that are missing. Absent ones are asked for again."""

    def __init__(self, load: Callable[[list[K]], Mapping[K, T]]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._version = 0
        self._held: dict[K, T] = {}

    def many(self, keys: Iterable[K]) -> dict[K, T]:
        """The values of those keys that exist."""
        wanted = set(keys)
        with self._lock:
            version = self._version
            found = {key: self._held[key] for key in wanted if key in self._held}
        missing = [key for key in wanted if key not in found]
        if missing:
            loaded = self._load(missing)
            with self._lock:
                if version == self._version:
                    self._held.update(loaded)
            found.update(loaded)
        return found

    def drop(self, keys: Iterable[K] = ()) -> None:
        """Forgets those keys; all of them when none is named, or "" (the store's word for anything)."""
        named = list(keys)
        with self._lock:
            self._version += 1
            if not named or "" in named:
                self._held.clear()
            for key in named:
                self._held.pop(key, None)

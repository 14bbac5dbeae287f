"""Waits with a deadline: polls a condition instead of sleeping and hoping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(probe: Callable[[], T], *, timeout: float = 10.0, interval: float = 0.01) -> T:
    """Polls `probe` until its result is true and returns it; AssertionError after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"still not so after {timeout} s: {result!r}")
        time.sleep(interval)


async def until(probe: Callable[[], T], *, timeout: float = 10.0, interval: float = 0.01) -> T:
    """`wait_until` for coroutines: the loop goes on meanwhile."""
    deadline = time.monotonic() + timeout
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > deadline:
            raise AssertionError(f"still not so after {timeout} s: {result!r}")
        await asyncio.sleep(interval)

"""Every event body has a writer in `sync.apply` and is an ordinary frozen value."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from tui.core import events
from tui.sync.apply import WRITERS

BODIES = get_args(events.EventBody)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_bodies_are_frozen_dataclasses(body: type) -> None:
    assert dataclasses.is_dataclass(body)
    assert body.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_every_body_has_its_writer() -> None:
    assert set(WRITERS) == set(BODIES)

"""Syncthing's JSON: recorded answers, and answers of another shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.syncthing_recordings import ALICE, answers, statuses
from tui.core import folder_wire as wire
from tui.core.folders import FolderStatus, LastFile
from tui.core.models import Json

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_status_of_a_running_sync() -> None:
    status = statuses("10-syncing")[0]
    assert (status.state, status.need_total_items, status.global_bytes) == ("syncing", 1, 46230848)
    assert status.in_sync_bytes == 12636077


def test_absent_fields_are_zero() -> None:
    assert wire.folder_status({}) == FolderStatus()


def test_connections_list_the_own_device_too() -> None:
    rows = wire.connections(dict(answers("10-syncing", "system/connections")[0]))
    assert rows[ALICE].connected
    assert rows[ALICE].type.startswith("tcp")
    assert len(rows) == 2


def test_a_folder_that_never_received_has_no_last_file() -> None:
    assert wire.last_file({"at": "0001-01-01T00:00:00Z", "filename": ""}) == LastFile()


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-11-23T16:54:11.778257195Z", 1795452851778),
        ("2026-11-23T17:54:11+01:00", 1795452851000),
        ("1970-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00Z", 0),
        ("gestern", 0),
        ("", 0),
    ],
)
def test_times(stamp: str, expected: int) -> None:
    assert wire.millis(stamp) == expected


def test_errors_come_as_null() -> None:
    assert wire.file_errors(None) == ()


@given(JSON)
def test_no_shape_raises(value: Json) -> None:
    d = wire.obj(value)
    wire.folder_status(d)
    wire.folder_config(d)
    wire.device_config(d)
    wire.completion(d)
    wire.connection(d)
    wire.scan(d)
    wire.last_file(d)
    wire.file_errors(value)
    wire.connections(value)

"""No state without a sign."""

from __future__ import annotations

from tests.ui.bare import LOOK
from tui.core.folders import DeviceState, FolderState
from tui.ui.widgets.folder_signs import DEVICE_SIGNS, FOLDER_SIGNS


def test_every_state_has_a_sign_of_one_cell_and_a_role() -> None:
    assert set(FOLDER_SIGNS) == set(FolderState)
    assert set(DEVICE_SIGNS) == set(DeviceState)
    for sign, role in (*FOLDER_SIGNS.values(), *DEVICE_SIGNS.values()):
        assert len(sign) == 1
        assert getattr(LOOK, role) is not None

"""Exit codes are a promise."""

from __future__ import annotations

import pytest

from tui.cli.exits import Exit, code_of
from tui.core.errors import (
    BadAnswer,
    ConfigTrouble,
    Insecure,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    SignInRefused,
    StoreTrouble,
    Throttled,
    UserMistake,
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Offline("dns"), 3),
        (Throttled(3.0), 3),
        (ServerTrouble(), 3),
        (BadAnswer("tele.answer.portal"), 3),
        (UserMistake("tele.offline.command"), 3),
        (SignedOut(), 4),
        (SignInRefused(), 4),
        (UserMistake("tele.input.no_account"), 4),
        (UserMistake("tele.input.target"), 2),
        (UserMistake("tele.input.no_such_channel"), 1),
        (Refused(), 1),
        (Insecure("tele.insecure.http"), 1),
        (StoreTrouble("tele.store.full"), 1),
        (ConfigTrouble("tele.config.value"), 1),
        (OSError(), 1),
    ],
)
def test_codes(error: BaseException, code: int) -> None:
    assert code_of(error) == code


def test_numbers() -> None:
    assert [int(code) for code in Exit] == [0, 1, 2, 3, 4]

"""A finding may be passed on."""

from __future__ import annotations

from tui.cli.findings import BAD, finding
from tui.settings.i18n import N_

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"


def test_a_finding_is_one_safe_line_without_tokens() -> None:
    found = finding("server", N_("Server"), f"two\nlines \x1b https://x/?jwt={TOKEN}", BAD)
    assert TOKEN not in found.text
    assert "\n" not in found.text
    assert "\x1b" not in found.text
    assert found.row() == {"part": "server", "state": "bad", "text": found.text}

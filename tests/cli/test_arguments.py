"""What is needed before anything is parsed, and the promised words."""

from __future__ import annotations

import pytest

from tui.cli.arguments import config_dir_of, language_of, make_parser


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--lang", "de", "keys"], "de"),
        (["--lang=de"], "de"),
        (["keys"], ""),
        (["--lang"], ""),
        ([], ""),
        (["search", "--", "lang"], ""),
    ],
)
def test_language_before_parsing(words: list[str], language: str) -> None:
    assert language_of(words) == language


def test_directory_before_parsing() -> None:
    assert config_dir_of(["--config-dir", "/stick", "unread"]) == "/stick"
    assert config_dir_of([]) == ""


@pytest.mark.parametrize(
    "line",
    [
        "login https://chat.example.org --login-id anna --password-stdin --mfa 123456",
        "login https://chat.example.org --token-stdin",
        "logout --wipe",
        "channels --json",
        "unread --format {mentions}",
        "read ~town-square -n 5 --json",
        "tail ~a @b --json",
        "post @ben - --thread abc --file a --file b",
        "search from:anna Rechnung --local --json",
        "sync --json --wait",
        "sync --wait 30",
        "outbox --json",
        "doctor --json",
        "keys --markdown",
        "config check",
        "purge --yes",
        "--profile p --demo --thin --plain --lang de --config-dir /x",
    ],
)
def test_the_stable_words(line: str) -> None:
    assert make_parser().parse_args(line.split()) is not None

"""The front door: light, honest exit codes, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tui import __version__

HEAVY = ("textual", "rich", "httpx", "websockets", "mattermostdriver", "keyring", "asyncio")


def test_version(cli: Cli) -> None:
    assert cli("--version").out == f"teleteam {__version__}\n"


@pytest.mark.parametrize(
    "words", ["--version", "keys", "config path", "config check", "--lang de keys --markdown"]
)
def test_light_commands_import_nothing_heavy(cli: Cli, words: str) -> None:
    place = [] if words == "--version" else ["--config-dir", str(cli.profile)]
    code = f"""
import sys
sys.argv = {["teleteam", *place, *words.split()]!r}
from tui.cli import main
code = main()
print("HEAVY", *sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=cli.env())
    assert (done.returncode, done.stderr) == (0, "HEAVY\n")


def test_the_outbox_needs_neither_network_nor_screen(anna: Cli) -> None:
    code = f"""
import sys
sys.argv = ["teleteam", "--config-dir", {str(anna.profile)!r}, "outbox"]
from tui.cli import main
main()
print("HEAVY", *sorted({{"textual", "rich", "httpx"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=anna.env())
    assert done.stderr.splitlines()[-1] == "HEAVY"


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["read"], ["--lang", "tlh"], ["config", "wash"], ["--thin", "--rich"]]
)
def test_wrong_words_are_usage(cli: Cli, words: list[str]) -> None:
    done = cli(*words)
    assert done.code == 2
    assert done.out == ""
    assert "--help" in done.err


def test_help_speaks_german(cli: Cli) -> None:
    done = cli("--lang", "de", "--help")
    assert done.code == 0
    assert "Kanäle" in done.out
    assert "usage" not in done.out
    assert "Version ausgeben" in done.out


def test_language_follows_the_environment(cli: Cli) -> None:
    assert "Alle Befehle" in cli("keys", LC_ALL="de_AT.UTF-8").out
    assert "Strg+K" in cli("keys", LANGUAGE="de").out


def test_without_an_account_it_says_what_to_do(cli: Cli) -> None:
    done = cli("unread")
    assert (done.code, done.out) == (4, "")
    assert "teleteam login" in done.err


def test_an_unknown_profile_is_named(cli: Cli) -> None:
    done = cli("--profile", "nobody", "unread")
    assert done.code != 0
    assert "nobody" in done.err


def test_a_mistake_in_the_settings_names_file_line_and_nearest_key(cli: Cli) -> None:
    cli.profile.mkdir(mode=0o700)
    file = cli.profile / "config.toml"
    file.write_text('[ui]\nthem = "paper"\n')
    file.chmod(0o600)
    done = cli("unread")
    assert done.code == 1
    assert str(file) in done.err
    assert "2" in done.err
    assert "theme" in done.err


def test_e47_a_crash_is_one_line_without_values(cli: Cli) -> None:
    code = """
import sys
from tui.cli import running
def broken(context):
    secret = "topsecretvalue"
    raise ZeroDivisionError(secret)
running._command = lambda options: broken
sys.exit(running.run(["outbox"], {}))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=cli.env())
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "topsecret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_is_no_error(cli: Cli) -> None:
    with subprocess.Popen(
        cli.argv("keys", "--markdown"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.env()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) in (0, 141)


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_e48_a_poor_locale_still_works(cli: Cli, locale: str) -> None:
    done = subprocess.run(
        cli.argv("--lang", "de", "keys"),
        capture_output=True,
        env=cli.env(LC_ALL=locale, PYTHONIOENCODING="latin-1"),
    )
    assert done.returncode == 0
    assert "Bild\\u2191" in done.stdout.decode("latin-1")


def test_g58_nothing_is_written_by_looking(cli: Cli, tmp_path: Path) -> None:
    for words in (["keys"], ["config", "path"], ["config", "check"], ["unread"]):
        cli(*words)
    assert not cli.profile.exists()
    assert list((tmp_path / "home").iterdir()) == []

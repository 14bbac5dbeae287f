"""The language is chosen by the rules, once, and words come late enough."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest

from tui.settings import i18n
from tui.settings.i18n import N_, _, choose_language, match, ngettext, pgettext, set_language


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("env", "config", "user", "server", "wanted"),
    [
        ({}, "auto", "", "", "en"),
        ({"LANG": "de_DE.UTF-8"}, "auto", "en", "en", "de"),
        ({"LANG": "de_AT.UTF-8"}, "auto", "", "", "de_AT"),
        ({"LANG": "en_US.UTF-8"}, "auto", "de", "", "en"),
        ({"LANG": "de_DE", "LC_ALL": "en_GB.UTF-8"}, "auto", "", "", "en"),
        ({"LANG": "en_GB", "LC_MESSAGES": "de_DE@euro"}, "auto", "", "", "de"),
        ({"LANGUAGE": "fr:de:en", "LC_ALL": "en_US"}, "auto", "", "", "de"),
        ({"LANG": "C.UTF-8"}, "auto", "de", "", "de"),
        ({"LANG": "POSIX"}, "auto", "", "de", "de"),
        ({"LANG": "fr_FR"}, "auto", "fr", "de", "de"),
        ({"LC_ALL": "C", "LANG": "de_DE"}, "auto", "", "", "en"),
        ({"LANG": "en_US"}, "de", "en", "en", "de"),
    ],
)
def test_choice(env: Mapping[str, str], config: str, user: str, server: str, wanted: str) -> None:
    assert choose_language(env, config, user, server) == wanted


@pytest.mark.parametrize(
    ("locale", "wanted"), [("de-AT", "de_AT"), ("DE", "de"), ("xx", "xx"), ("nl_NL", None), ("", None)]
)
def test_match(locale: str, wanted: str | None) -> None:
    assert match(locale) == wanted


def test_words_of_a_table_follow_the_language() -> None:
    text = N_("Quit")
    assert str(text) == "Quit"
    set_language("de")
    assert str(text) == "Beenden"
    assert _("Quit") == "Beenden"
    assert text == N_("Quit")
    assert text.msgid == "Quit"


def test_an_unknown_language_is_english() -> None:
    set_language("tlh")
    assert i18n.language() == "en"
    assert _("Quit") == "Quit"


def test_the_empty_text_is_empty() -> None:
    set_language("de")
    assert _("") == ""  # the catalogue's header stands there


def test_pseudo_language_marks_and_keeps_placeholders() -> None:
    set_language("xx")
    assert _("{n} messages").format(n=3) == "«3 messages~~»"
    assert ngettext("{n} message", "{n} messages", 1).startswith("«{n} message~")
    assert pgettext("verb", "Open") == "«Open~»"


def test_import_is_light() -> None:
    code = "import sys, tui.settings.i18n as i; i.set_language('de'); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert not modules & {
        "importlib.resources",
        "dataclasses",
        "logging",
        "tomllib",
        "textual",
        "typing_extensions",
    }

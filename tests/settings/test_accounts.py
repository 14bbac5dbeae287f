"""Profiles survive a round trip; broken or loosened files are told, not overwritten."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import ConfigTrouble
from tui.settings import accounts
from tui.settings.accounts import Account, Accounts, new_id
from tui.settings.paths import Paths

ANNA = Account("chat.example.org-anna", "https://chat.example.org/mm", "u" * 26, "anna", "firma")


def test_round_trip(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path / "c")
    assert accounts.load(paths) == Accounts()
    both = Accounts().with_account(ANNA).with_account(Account("b", "https://b.example.org"))
    accounts.save(paths, both)
    assert accounts.load(paths) == both
    assert both.get() == both.get(ANNA.id) == ANNA
    assert both.get("nobody") is None
    assert both.find(ANNA.url, ANNA.user_id) == ANNA
    assert stat.S_IMODE(paths.accounts_file.stat().st_mode) == 0o600


def test_the_default_moves_on() -> None:
    both = Accounts().with_account(ANNA).with_account(Account("b", "https://b"), default=True)
    assert both.default == "b"
    assert both.without("b").default == ANNA.id
    assert both.without("b").without(ANNA.id) == Accounts()


def test_remembering_the_team() -> None:
    changed = Accounts().with_account(ANNA).remembering(ANNA, team="verein")
    assert changed.get() == Account(ANNA.id, ANNA.url, ANNA.user_id, ANNA.username, "verein")


def test_ids_are_free_and_plain() -> None:
    known = Accounts().with_account(ANNA)
    assert new_id(Accounts(), ANNA.url, "anna") == ANNA.id
    assert new_id(known, ANNA.url, "anna") == f"{ANNA.id}-2"
    assert new_id(Accounts(), "https://[::1]:8065", "../Ä b") == "1-..-b"


@given(st.text(max_size=30))
def test_any_printable_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    paths = Paths.resolve(tmp_path_factory.mktemp("c"))
    known = Accounts().with_account(Account("a", "https://a", username=name))
    accounts.save(paths, known)
    if name.isprintable():
        assert accounts.load(paths) == known
    else:
        with pytest.raises(ConfigTrouble):
            accounts.load(paths)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("default = ", ""),
        ("accounts = 3", "accounts"),
        ('[accounts."../x"]\nurl = "https://a"', "accounts.../x"),
        ("[accounts.a]\nurl = 3", "accounts.a.url"),
        ('[accounts.a]\nurl = "javascript:x"', "accounts.a.url"),
    ],
)
def test_broken_files_are_told(tmp_path: Path, text: str, key: str) -> None:
    paths = Paths.resolve(tmp_path)
    paths.accounts_file.write_text(text)
    with pytest.raises(ConfigTrouble) as caught:
        accounts.load(paths)
    assert caught.value.key == key


def test_a_loose_file_is_refused(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path)
    accounts.save(paths, Accounts().with_account(ANNA))
    paths.accounts_file.chmod(0o666)
    with pytest.raises(ConfigTrouble, match="writable"):
        accounts.load(paths)

"""Which account is meant."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from tui.cli.context import Context
from tui.core.errors import UserMistake
from tui.settings import accounts
from tui.settings.accounts import Account, Accounts
from tui.settings.config import Config
from tui.settings.paths import Paths


def context(tmp_path: Path, profile: str = "") -> Context:
    return Context(Namespace(profile=profile), Paths.resolve(tmp_path), Config(), {})


def test_default_profile_and_none(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match="no_account"):
        context(tmp_path).account()
    both = Accounts().with_account(Account("a", "https://a")).with_account(Account("b", "https://b"))
    accounts.save(Paths.resolve(tmp_path), both)
    assert context(tmp_path).account().id == "a"
    assert context(tmp_path, "b").account().id == "b"
    with pytest.raises(UserMistake, match="no_profile"):
        context(tmp_path, "c").account()


def test_g57_no_repr_shows_the_environments_token(tmp_path: Path) -> None:
    made = Context(Namespace(profile=""), Paths.resolve(tmp_path), Config(), {}, env_token="x" * 26)
    assert "xxx" not in repr(made)

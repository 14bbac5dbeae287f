"""Rows for programs hold no meeting token, at any depth."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.rows import post_row, text_of
from tui.client.client import Client, open_client
from tui.core.models import Json, Post
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"


@pytest.fixture
def client(tmp_path: Path) -> Client:
    paths = Paths.resolve(tmp_path)
    account = Account("a", "https://chat.example.org", "u" * 26, "anna")
    return open_client(account, paths, Config(), TokenKeeper(paths, ring=lambda: None), offline=True)


def test_g57_tokens_are_left_out(client: Client) -> None:
    link = f"https://x/?jwt={TOKEN}"
    props: dict[str, Json] = {
        "attachments": [{"title_link": link, "fields": [{"value": f"[join]({link})"}]}],
        "meeting_jwt": "short",
        "meeting_link": link,
        TOKEN: {"deep": [[TOKEN]]},
    }
    post = Post("p" * 26, "c" * 26, "x" * 26, f"see {link}", type="custom_jitsi", props=props)
    row = post_row(client, post)
    assert TOKEN not in str(row)
    assert "short" not in str(row["props"])
    assert TOKEN not in text_of(client, post)
    client.close()


def test_text_of_special_posts(client: Client) -> None:
    post = Post("p" * 26, "c" * 26, "x" * 26)
    assert text_of(client, post)
    assert text_of(client, Post("p" * 26, "c" * 26, "x" * 26, "gone", delete_at=1)) != "gone"
    client.close()

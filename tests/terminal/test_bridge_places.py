"""Only our own sockets and files count."""

from __future__ import annotations

from pathlib import Path

from tui.terminal import bridge
from tui.terminal.bridge_places import (
    VARIABLE,
    forwarded,
    helper_socket,
    is_secret,
    new_secret,
    read_secrets,
)


def test_a_secret_is_read_from_a_private_file_alone(tmp_path: Path) -> None:
    file, secret = tmp_path / "secrets", new_secret()
    assert is_secret(secret)
    assert read_secrets(file) == ()
    file.write_text(f"{secret}\nnonsense\n")
    file.chmod(0o644)
    assert read_secrets(file) == ()
    file.chmod(0o600)
    assert read_secrets(file) == (secret,)
    link = tmp_path / "link"
    link.symlink_to(file)
    assert read_secrets(link) == ()


def test_forwarded_sockets_are_found_by_name_and_owner(tmp_path: Path) -> None:
    (tmp_path / "teleteam-bridge-anna-x.sock").write_text("no socket")
    place = tmp_path / "teleteam-bridge-anna-laptop.sock"
    with bridge.listen(place):
        assert forwarded({}, tmp_path) == [place]
        other = tmp_path / "other.sock"
        assert forwarded({VARIABLE: str(other)}, tmp_path) == []
        assert forwarded({VARIABLE: str(place)}, tmp_path / "none") == [place]


def test_the_helper_listens_in_the_runtime_directory_where_it_is_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    fallback = tmp_path / "data"
    assert helper_socket({"XDG_RUNTIME_DIR": str(tmp_path)}, fallback).parent == tmp_path
    tmp_path.chmod(0o755)
    assert helper_socket({"XDG_RUNTIME_DIR": str(tmp_path)}, fallback).parent == fallback
    assert helper_socket({}, fallback).parent == fallback

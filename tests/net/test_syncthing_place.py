"""Finding a Syncthing by its config.xml."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tui.core.errors import FoldersTrouble
from tui.net.syncthing_place import find_config, listener_uid, read_place

GUI = '<configuration version="36"><gui enabled="{enabled}" tls="{tls}">{inner}</gui></configuration>'


def write(path: Path, *, enabled: str = "true", tls: str = "false", inner: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GUI.format(enabled=enabled, tls=tls, inner=inner))
    path.chmod(0o600)
    return path


def inner(address: str, key: str = "geheim") -> str:
    return f"<address>{address}</address><apikey>{key}</apikey>"


def test_search_order(tmp_path: Path) -> None:
    newer = write(tmp_path / ".local/state/syncthing/config.xml")
    assert find_config("", {}, tmp_path) == newer
    older = write(tmp_path / ".config/syncthing/config.xml")
    assert find_config("", {}, tmp_path) == older
    exported = write(tmp_path / "st/config.xml")
    assert find_config("", {"STHOMEDIR": str(tmp_path / "st")}, tmp_path) == exported
    assert find_config(str(tmp_path / "st"), {}, tmp_path) == exported
    relative = {"XDG_STATE_HOME": "state"}
    assert find_config("", relative, tmp_path) == older


def test_none_is_absent(tmp_path: Path) -> None:
    with pytest.raises(FoldersTrouble) as caught:
        find_config("", {}, tmp_path)
    assert caught.value.link == "absent"


@pytest.mark.parametrize(
    ("address", "tls", "url", "sock"),
    [
        ("127.0.0.1:8384", "false", "http://127.0.0.1:8384", ""),
        ("0.0.0.0:9000", "true", "https://127.0.0.1:9000", ""),
        ("[::]:8384", "false", "http://[::1]:8384", ""),
        (":8384", "false", "http://127.0.0.1:8384", ""),
        ("/run/user/1000/st.sock", "false", "http://localhost", "/run/user/1000/st.sock"),
    ],
)
def test_addresses(tmp_path: Path, address: str, tls: str, url: str, sock: str) -> None:
    place = read_place(write(tmp_path / "config.xml", tls=tls, inner=inner(address)))
    assert (place.url, place.socket, place.key) == (url, sock, "geheim")
    assert (place.certificate is not None) == (tls == "true")
    assert "geheim" not in repr(place)


@pytest.mark.parametrize(
    ("values", "link"),
    [
        ({"enabled": "false", "inner": inner("127.0.0.1:1")}, "disabled"),
        ({"inner": "<address>127.0.0.1:1</address>"}, "wrong-key"),
    ],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, values: dict[str, str], link: str) -> None:
    with pytest.raises(FoldersTrouble) as caught:
        read_place(write(tmp_path / "config.xml", **values))
    assert caught.value.link == link


@pytest.mark.parametrize("text", ["", "<configuration>", "<configuration/>", "\x00", "<!DOCTYPE a><a/>"])
def test_broken_files_are_unreadable_not_a_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.xml"
    path.write_text(text)
    with pytest.raises(FoldersTrouble) as caught:
        read_place(path)
    assert caught.value.link == "unreadable"


def test_a_file_that_others_can_write_is_not_believed(tmp_path: Path) -> None:
    path = write(tmp_path / "config.xml", inner=inner("127.0.0.1:1"))
    path.chmod(0o666)
    with pytest.raises(FoldersTrouble) as caught:
        read_place(path)
    assert caught.value.link == "unreadable"


def test_the_kernel_tells_who_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert listener_uid(port) == os.getuid()
    assert listener_uid(port) is None


def test_a_foreign_listener_is_seen(tmp_path: Path) -> None:
    table = tmp_path / "tcp"
    row = (
        "0: 0100007F:20C0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  4711 0 1 1 0 100 0 0 10 0"
    )
    table.write_text(f"header\n   {row}\n")
    assert listener_uid(8384, (str(table),)) == 4711


def test_of_several_instances_the_one_that_runs_is_taken(tmp_path: Path) -> None:
    old, new = tmp_path / ".config" / "syncthing", tmp_path / ".local" / "state" / "syncthing"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        for home, port in ((old, 9), (new, listener.getsockname()[1])):
            home.mkdir(parents=True)
            (home / "config.xml").write_text(
                f"<configuration><gui><address>127.0.0.1:{port}</address><apikey>k</apikey></gui></configuration>"
            )
            (home / "config.xml").chmod(0o600)
        assert find_config("", {}, tmp_path) == new / "config.xml"
    assert find_config("", {}, tmp_path) == old / "config.xml"  # none runs: the first one

"""Where a shared folder may lie: never home, the system, our own data, another folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.shared_paths import (
    Ground,
    PathTrouble,
    directory_name,
    free_name,
    is_relative_path,
    refuse,
)

GROUND = Ground(
    "/home/anna",
    folders=("/home/anna/Sync", "/srv/daten/projekte"),
    ours=("/home/anna/teleteam", "/srv/keys"),
)


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("", PathTrouble.EMPTY),
        ("   ", PathTrouble.EMPTY),
        ("Projekte", PathTrouble.NOT_ABSOLUTE),
        ("~other/x", PathTrouble.NOT_ABSOLUTE),
        ("/home/anna/../ben", PathTrouble.ODD),
        ("/home/anna/a\x1bb", PathTrouble.ODD),
        ("/home/anna/a\nb", PathTrouble.ODD),
        ("/home/anna/\u202ea", PathTrouble.ODD),
        ("/home/anna", PathTrouble.HOME),
        ("/home", PathTrouble.ABOVE_HOME),
        ("/", PathTrouble.ABOVE_HOME),
        ("/home/anna/.ssh", PathTrouble.HIDDEN),
        ("/home/anna/.config/syncthing", PathTrouble.HIDDEN),
        ("/etc", PathTrouble.SYSTEM),
        ("/etc/cron.d", PathTrouble.SYSTEM),
        ("/usr/share/x", PathTrouble.SYSTEM),
        ("/proc/1", PathTrouble.SYSTEM),
        ("/tmp", PathTrouble.SYSTEM),
        ("/srv", PathTrouble.SYSTEM),
        ("/var/lib/mysql", PathTrouble.SYSTEM),
        ("/home/anna/teleteam", PathTrouble.OURS),
        ("/home/anna/teleteam/data/x", PathTrouble.OURS),
        ("/srv/keys/x", PathTrouble.OURS),
        ("/home/anna/Sync", PathTrouble.NESTED),
        ("/home/anna/Sync/below", PathTrouble.NESTED),
        ("/srv/daten", PathTrouble.NESTED),
        ("/home/anna/Projekte", None),
        ("/home/anna/Sync2", None),
        ("/srv/daten/anderes", None),
        ("/media/anna/stick", None),
        ("/var/www/x", None),
    ],
)
def test_each_place(path: str, trouble: PathTrouble | None) -> None:
    assert refuse(path, path, GROUND) is trouble


def test_what_a_link_leads_to_counts() -> None:
    assert refuse("/home/anna/link", "/etc", GROUND) is PathTrouble.SYSTEM
    assert refuse("/home/anna/link", "/home/anna", GROUND) is PathTrouble.HOME
    assert refuse("~/link", "/home/anna/Sync/x", GROUND) is PathTrouble.NESTED
    assert refuse("~", "/home/anna", GROUND) is PathTrouble.HOME
    assert refuse("~/Projekte", "/home/anna/Projekte", GROUND) is None


def test_root_at_home_in_root() -> None:
    ground = Ground("/root")
    assert refuse("/root/Projekte", "/root/Projekte", ground) is None
    assert refuse("/root", "/root", ground) is PathTrouble.HOME


def test_a_home_at_the_root_opens_nothing() -> None:
    ground = Ground("/")
    assert refuse("/", "/", ground) is PathTrouble.HOME
    assert refuse("/etc/x", "/etc/x", ground) is PathTrouble.SYSTEM
    assert refuse("/data/x", "/data/x", ground) is None


@given(st.text(max_size=60))
def test_a_relative_path_stays_inside(text: str) -> None:
    if is_relative_path(text):
        assert not text.startswith(("/", "~"))
        assert not {"", ".", ".."} & set(text.split("/"))
        assert all(character >= " " and character != "\x7f" for character in text)


@given(st.text(max_size=100), st.text(max_size=40))
def test_a_suggested_directory_is_one_component(label: str, folder_id: str) -> None:
    name = directory_name(label, folder_id)
    assert name
    assert "/" not in name
    assert not name.startswith(".")


def test_suggested_names() -> None:
    assert directory_name("../../etc", "x") == "_.._etc"
    assert directory_name("Pläne: 2026?", "x") == "Pläne_ 2026_"
    assert directory_name("...", "abcde-fghij") == "abcde-fghij"
    assert free_name("Sync", ()) == "Sync"
    assert free_name("Sync", ("sync", "Sync 2")) == "Sync 3"

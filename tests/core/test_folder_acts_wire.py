"""Lists, patterns and versions, as a real Syncthing 1.19.2 answered them."""

from __future__ import annotations

from tests.support.syncthing_recordings import answers, recording
from tui.core import folder_acts_wire as acts
from tui.core import folder_wire as wire
from tui.core.folder_acts import FileState, Ignores


def _exchange(name: str, path: str) -> wire.Object:
    return next(row for row in wire.items(recording(name).get("exchanges")) if wire.text(row, "path") == path)


def test_no_patterns_are_null_on_the_wire() -> None:
    first = answers("21-ignores", "/rest/db/ignores")[0]
    assert acts.ignores(first) == Ignores()


def test_trap_an_invalid_ignore_pattern_is_saved_with_200() -> None:
    broken = [acts.ignores(d) for d in answers("21-ignores", "/rest/db/ignores") if d.get("error")]
    assert len(broken) == 2  # the answer to the POST, and what a GET gives afterwards
    assert all(found.lines == ("[kaputt",) and "invalid pattern" in found.error for found in broken)


def test_versions_come_newest_first() -> None:
    d = answers("23-versioning", "/rest/folder/versions")[1]
    found = acts.versions(dict(d))
    assert [v.path for v in found] == ["LIESMICH.txt", "LIESMICH.txt", "Plan.pdf"]
    assert found[0].stamp == "2026-11-23T17:04:52Z"
    assert (found[0].size, found[2].size) == (56, 2_500_000)


def test_need_and_local_changes_say_who_and_how_much() -> None:
    need = acts.need_page(answers("10-syncing", "/rest/db/need")[0])
    assert [(i.name, i.size, i.modified_by) for i in need.all()] == [("Schulung.mp4", 40_000_000, "RXUDE7N")]
    changed = acts.items(answers("20-receive-only-local-additions", "/rest/db/localchanged")[0].get("files"))
    assert [(i.name, i.deleted) for i in changed][:2] == [("LIESMICH.txt", False), ("Plan.pdf", True)]


def test_browse_gives_directories_first() -> None:
    row = _exchange("19-conflict", "/rest/db/browse?folder=projekte-telearbeit&levels=0")
    found = acts.entries(row.get("response"))
    assert [e.name for e in found if e.directory] == [e.name for e in found][
        : sum(e.directory for e in found)
    ]
    assert next(e for e in found if e.name == "Plan.pdf").size == 2_500_000


def test_a_file_that_is_here_in_the_newest_version() -> None:
    found = acts.file_state(answers("05-share-step2-accept-folder", "/rest/db/file")[0])
    assert found.in_sync
    assert found.here is not None
    assert found.here.size == 32
    assert len(found.available) == 1


def test_nothing_known_is_nothing() -> None:
    assert acts.file_state({}) == FileState()
    assert acts.versions(None) == ()
    assert acts.entries({"a": 1}) == ()
    assert acts.notices({"errors": None}) == ()


def test_offers_name_device_folder_and_time() -> None:
    offers = [
        acts.pending_folders(dict(d)) for d in answers("04-share-step1-create-folder", "pending/folders")
    ]
    found = next(o for o in offers if o)[0]
    assert (found.id, found.encrypted) == ("projekte-telearbeit", False)
    assert found.at > 0
    devices = [
        acts.pending_devices(dict(d)) for d in answers("02-pairing-step1-add-device", "pending/devices")
    ]
    device = next(d for d in devices if d)[0]
    assert device.address
    assert device.at > 0

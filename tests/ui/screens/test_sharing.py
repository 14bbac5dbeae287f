"""Sharing at the keyboard: a checked place, five steps, a file by card, a conflict told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.pretended_sharing import BENS, EVES, PretendedSharing, link_up
from tests.support.waiting import until
from tests.ui.screens.test_pairing import ASKED, SIZES, carded, with_card
from tests.ui.stage import SMALL, WIDE, Stage, main_of, shows
from tui.core.folders import FoldersLink, FoldersSnapshot, FolderState, FolderView
from tui.core.line_profile import THIN
from tui.core.models import ServerConfig
from tui.core.pairing import Card, CardKind
from tui.core.shared_paths import PathTrouble
from tui.core.sharing import Arrival, Checklist, PathReport, Step, Whereabouts

OFFER = Card(CardKind.FOLDER, device_id=BENS, folder_id="abcde-fghij", label="Plans")
FILED = Card(CardKind.FILE, folder_id="abcde-fghij", label="Plans", path="2026/Big.mp4", size=3)


def paired(stage: Stage, *cards: Card) -> PretendedSharing:
    """Paired with Ben, and these cards of his behind that."""
    sharing = with_card(stage, carded(ASKED, "k0"))
    stage.client.pairing.accept(stage.client.posts.get("k0") or carded(ASKED, "k0")).result(10)
    link_up(stage.client, BENS)
    for item in stage.client.outbox.all():
        stage.client.outbox.discard(item.cid)
    for number, card in enumerate(cards, 1):
        stage.arrive(replace(carded(card, f"k{number}"), create_at=carded(card).create_at + number))
    sharing.asked.clear()
    return sharing


@SIZES
async def test_a_folder_is_accepted_into_a_checked_place(stage: Stage, size: tuple[int, int]) -> None:
    sharing = paired(stage, OFFER)
    async with stage.show(size) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "Enter: choose a directory")
        await pilot.press("G", "enter")
        picture = await shows(app, "Receive only")
        assert "/home/anna/Plans" in picture
        sharing.report = PathReport("/home/anna", PathTrouble.HOME)
        await pilot.press("enter")
        await shows(app, "Never the whole home directory")
        sharing.report = PathReport("/home/anna/Plans", exists=True, entries=3)
        await pilot.press("enter")
        await shows(app, "3 things lie in")
        assert not [call for call in sharing.asked if call[0] == "accept"]
        await pilot.press("down", "enter")
        await shows(app, "Sharing with Ben")
        accepted = [call for call in sharing.asked if call[0] == "accept"]
        assert accepted == [
            ("accept", "abcde-fghij", "Plans", "/home/anna/Plans", BENS, "receiveonly"),
        ]


async def test_a_folder_of_a_device_that_is_not_theirs_is_refused(stage: Stage) -> None:
    sharing = paired(stage, replace(OFFER, device_id=EVES))
    async with stage.show(WIDE) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "This folder is on a device")
        await pilot.press("G", "enter")
        await shows(app, "Pair first.")
        assert not [call for call in sharing.asked if call[0] == "accept"]


@SIZES
async def test_a_new_folder_from_its_name_to_the_five_steps(stage: Stage, size: tuple[int, int]) -> None:
    sharing = paired(stage)
    sharing.list = Checklist(frozenset({Step.DEVICE, Step.CONNECTED, Step.SHARED}), empty=True)
    async with stage.show(size) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.perform("app.share_folder")
        await shows(app, "A new folder …")
        await pilot.press("enter")
        await shows(app, "What is the folder to be called?")
        await pilot.press(*"Plans", "enter")
        await shows(app, "Where shall Plans lie")
        await pilot.press("enter")
        picture = await shows(app, "An empty folder shows nothing")
        assert picture.count("✓") >= 3
        assert ("create", "Plans", "/home/anna/Plans", BENS, "sendreceive") in sharing.asked
        sharing.list = Checklist(frozenset(Step))
        await shows(app, "Done: the folder works.")


async def test_a_file_is_shown_as_arrived_and_offered_to_open(stage: Stage, tmp_path: Path) -> None:
    sharing = paired(stage, FILED)
    async with stage.show(WIDE) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "Big.mp4: on the way to you")
        sharing.where = Whereabouts(Arrival.HERE, str(tmp_path / "Big.mp4"))
        await pilot.press("G", "enter")
        await shows(app, "Open its directory")
        await pilot.press("escape")
        await shows(app, "✓ Big.mp4: is here")


async def test_too_large_for_the_server_proposes_a_folder(stage: Stage, tmp_path: Path) -> None:
    paired(stage)
    root = tmp_path / "folder"
    (root / ".stfolder").mkdir(parents=True)
    view = FolderView("abcde-fghij", "Plans", FolderState.UP_TO_DATE, path=str(root))
    stage.client.folders.publish(FoldersSnapshot(link=FoldersLink.OK, folders=(view,)))
    stage.put(lambda tx: tx.config.put(ServerConfig({"MaxFileSize": "100"})))
    big = tmp_path / "Big.mp4"
    big.write_bytes(b"x" * 500)
    async with stage.show(SMALL) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.desks.shelf.add_file(main.composer, str(big))
        await shows(app, "too large for this server")
        await pilot.press("enter")
        await until(lambda: (root / "Big.mp4").exists())
        await until(lambda: any("Big.mp4" in item.text for item in stage.client.outbox.all()))
        assert not main.composer.files
        await shows(app, "lies in Plans now")
    assert (root / "Big.mp4").read_bytes() == b"x" * 500


async def test_a_thin_line_asks_before_more_than_a_megabyte_is_attached(stage: Stage, tmp_path: Path) -> None:
    big, small = tmp_path / "Big.mp4", tmp_path / "Small.mp4"
    big.write_bytes(b"x" * (THIN.ask_above + 1))
    small.write_bytes(b"x" * THIN.ask_above)
    async with stage.show(SMALL) as (app, pilot):
        main = main_of(app)
        main.desks.shelf.add_file(main.composer, str(big))
        assert list(main.composer.files) == [str(big)]
        stage.client.line.use("thin")
        main.desks.shelf.add_file(main.composer, str(small))
        assert list(main.composer.files) == [str(big), str(small)]
        main.desks.shelf.add_file(main.composer, str(big))
        await shows(app, "much for this line")
        await pilot.press("escape")
        assert list(main.composer.files) == [str(big), str(small)]
        main.desks.shelf.add_file(main.composer, str(big))
        await shows(app, "Attach it all the same")
        await pilot.press("enter")
        await until(lambda: main.composer.files[-1] == str(big))


@pytest.mark.parametrize("known", [True, False])
async def test_a_conflict_is_told_to_the_person_whose_version_won(stage: Stage, known: bool) -> None:
    paired(stage)
    view = FolderView("abcde-fghij", "Plans", FolderState.UP_TO_DATE, path="/x")
    stage.client.folders.publish(FoldersSnapshot(link=FoldersLink.OK, folders=(view,)))
    device = BENS[:7] if known else EVES[:7]
    async with stage.show(WIDE) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.desks.shelf.tell_conflict("abcde-fghij", f"a/Plan.sync-conflict-20260302-101500-{device}.odt")
        await shows(app, "Tell of the conflict?")
        await pilot.press("enter")
        await until(lambda: any('"conflict"' in item.props_json for item in stage.client.outbox.all()))

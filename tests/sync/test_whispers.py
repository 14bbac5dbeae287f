from __future__ import annotations

from dataclasses import replace

from tests.sync.desk import a_post
from tui.core.changes import ChangeKind
from tui.core.dialogs import IntegrationDialog
from tui.sync.whispers import KEPT, Whispers


def test_whispers_are_kept_in_order_and_bounded() -> None:
    whispers = Whispers()
    changes = whispers.put([a_post(f"w{number}") for number in range(KEPT + 2)])
    assert [change.channel_id for change in changes] == ["c"]
    assert [post.id for post in whispers.of("c")][:2] == ["w2", "w3"]
    assert whispers.of("elsewhere") == ()


def test_a_known_id_replaces_and_a_withdrawal_removes() -> None:
    whispers = Whispers()
    whispers.put([a_post("w")])
    whispers.put([replace(a_post("w"), message="again")])
    assert [post.message for post in whispers.of("c")] == ["again"]
    assert whispers.withdraw({"other"}) == ()
    assert [change.channel_id for change in whispers.withdraw({"w"})] == ["c"]
    assert whispers.of("c") == ()


def test_a_form_waits_until_it_is_taken_and_a_newer_one_replaces_it() -> None:
    whispers = Whispers()
    assert whispers.take_dialog() is None
    (change,) = whispers.ask([IntegrationDialog("https://a.example.org")])
    assert change.kind is ChangeKind.DIALOG
    whispers.ask([IntegrationDialog("https://b.example.org")])
    found = whispers.take_dialog()
    assert found is not None
    assert found.url == "https://b.example.org"
    assert whispers.take_dialog() is None

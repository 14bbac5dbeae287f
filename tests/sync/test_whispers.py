from __future__ import annotations

from dataclasses import replace

from tests.sync.desk import a_post
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

from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import channel, post, user
from tests.support.waiting import wait_until
from tui.core.errors import Offline
from tui.core.models import Command, Target

HERE = Target("c1")


def labels(desk: Desk, text: str) -> list[str]:
    return [offer.label for offer in desk.client.complete.at(HERE, text, len(text))]


def test_people_channels_emoji_and_commands_from_the_store(desk: Desk) -> None:
    desk.put(lambda tx: tx.commands.replace("t1", [Command("shrug"), Command("me")]))
    assert labels(desk, "@an") == ["@anna"]
    assert labels(desk, "~c2") == ["C2"]
    assert ":tada:" in labels(desk, "hi :tad")
    assert labels(desk, "/sh") == ["/shrug"]
    assert labels(desk, "nothing") == []


def test_who_writes_here_comes_first(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("p", user_id="ben")]))
    assert labels(desk, "@")[0] == "@ben"


def test_archived_channels_and_those_of_other_teams_are_not_offered(desk: Desk) -> None:
    desk.put(lambda tx: tx.channels.put([channel("c2", delete_at=5, update_at=5)]))
    assert labels(desk, "~") == ["C1"]


def test_the_server_knows_more_people(online: Desk) -> None:
    online.api.answers["autocomplete_users"] = [user("annabel")]
    asked = online.client.complete.lookup(HERE, "@anna", 5)
    assert asked is not None
    assert [offer.label for offer in asked.result(10)] == ["@annabel"]
    online.store.flush()
    assert labels(online, "@annab") == ["@annabel"]
    assert online.api.calls("autocomplete_users") == [("t1", "c1", "anna")]


def test_the_server_knows_more_channels(online: Desk) -> None:
    online.api.answers["search_channels"] = [channel("c9")]
    asked = online.client.complete.lookup(HERE, "~c", 2)
    assert asked is not None
    assert [offer.insert for offer in asked.result(10)] == ["~c9 "]


def test_a_newer_lookup_replaces_the_one_that_waits(online: Desk) -> None:
    online.api.answers["autocomplete_users"] = []
    first = online.client.complete.lookup(HERE, "@a", 2)
    second = online.client.complete.lookup(HERE, "@an", 3)
    assert first is not None
    assert second is not None
    second.result(10)
    wait_until(first.cancelled)
    assert online.api.calls("autocomplete_users") == [("t1", "c1", "an")]


def test_where_the_store_knows_all_the_server_is_not_asked(online: Desk) -> None:
    for text in ("/me", ":tada", "plain", "@"):
        assert online.client.complete.lookup(HERE, text, len(text)) is None


def test_without_a_line_the_lookup_fails_and_the_store_answers(online: Desk) -> None:
    online.api.answers["autocomplete_users"] = Offline("dns")
    asked = online.client.complete.lookup(HERE, "@ann", 4)
    assert asked is not None
    with pytest.raises(Offline):
        asked.result(10)
    assert labels(online, "@ann") == ["@anna"]

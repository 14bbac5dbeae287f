from __future__ import annotations

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.core.models import Preference, ServerConfig


def test_recent_ones_first_under_mattermosts_names(online: Desk) -> None:
    emojis = online.client.emojis
    emojis.used("thumbsup")
    emojis.used(":rocket:")
    assert emojis.recent()[:2] == ("rocket", "+1")
    assert [offer.name for offer in emojis.find("")][:2] == ["rocket", "+1"]
    assert emojis.find("rock")[0].name == "rocket"


def test_the_web_apps_recent_ones_are_taken_over(online: Desk) -> None:
    row = Preference("recent_emojis", "me", '[{"name":"tada","usageCount":1},{"name":"eyes","usageCount":9}]')
    online.put(lambda tx: tx.preferences.put([row]))
    assert online.client.emojis.recent() == ("eyes", "tada")


def test_the_servers_own_are_offered_by_name(online: Desk) -> None:
    online.put(lambda tx: tx.config.put(ServerConfig({"EnableCustomEmoji": "true"})))
    online.api.answers["fetch_emoji_names"] = ["nordlicht", "no rubbish!"]
    wait_until(lambda: online.client.emojis.custom() == ("nordlicht",))
    (found,) = [offer for offer in online.client.emojis.find("nordl") if offer.custom]
    assert found.name == "nordlicht"
    assert "emoji" in online.kinds()


def test_an_alias_is_one_emoji(online: Desk) -> None:
    names = [offer.name for offer in online.client.emojis.find("thumbsup")]
    assert names[0] == "+1"
    assert len(names) == len(set(names))

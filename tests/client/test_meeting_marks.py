from __future__ import annotations

from typing import Any

from tests.client.desk import Desk
from tests.support.makers import channel, post
from tui.core.meeting_times import LIFE, MINUTE
from tui.core.models import Post

LINK = {"meeting_link": "https://meet.example.org/Raum", "meeting_id": "Raum"}


def meeting(desk: Desk, ident: str, minutes: int = 0, **fields: Any) -> Post:
    at = desk.clock.now() - minutes * MINUTE
    return post(ident, at, type="custom_jitsi", **{"props": LINK, **fields})


def ages(desk: Desk) -> dict[str, int]:
    sections = desk.client.sidebar.sections("t1")
    rows = [row for section in sections for row in section.rows]
    return {row.channel_id: row.meeting_age for row in rows if row.meeting_age >= 0}


def test_what_was_there_before_the_start_is_found(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.posts.put([meeting(desk, "m", 12)]),
        lambda tx: tx.channels.put([channel("c1", last_post_at=desk.clock.now())]),
    )
    assert ages(desk) == {"c1": 10}


def test_new_ones_come_and_old_ones_go(desk: Desk) -> None:
    assert ages(desk) == {}
    assert desk.client.sidebar.meeting_ages() == {}
    desk.put(lambda tx: tx.posts.put([post("x", desk.clock.now()), meeting(desk, "m", 1)]))
    assert ages(desk) == {"c1": 0}
    assert desk.client.sidebar.meeting_ages() == {"c1": 0}
    desk.clock.advance(5 * 60)
    assert ages(desk) == {"c1": 5}
    desk.clock.advance(LIFE / 1000)
    assert ages(desk) == {}


def test_the_newest_counts_and_a_deleted_one_does_not(desk: Desk) -> None:
    ages(desk)
    desk.put(lambda tx: tx.posts.put([meeting(desk, "new", 6), meeting(desk, "old", 40)]))
    assert ages(desk) == {"c1": 5}
    desk.put(lambda tx: tx.posts.delete("new", desk.clock.now()))
    assert ages(desk) == {"c1": 30}


def test_an_ended_call_is_none(desk: Desk) -> None:
    ages(desk)
    call = meeting(desk, "call", 6)
    desk.put(lambda tx: tx.posts.put([call]))
    ended = meeting(desk, "call", 6, props={**LINK, "meeting_status": "ENDED"}, update_at=desk.clock.now())
    assert ages(desk) == {"c1": 5}
    zoom = post("z", desk.clock.now(), type="custom_zoom", props={"meeting_status": "ENDED"})
    desk.put(lambda tx: tx.posts.put([zoom]))
    assert ages(desk) == {"c1": 5}
    assert ended.props["meeting_status"] == "ENDED"


def test_texts_count_only_for_known_hosts(desk: Desk) -> None:
    ages(desk)
    now = desk.clock.now()
    desk.put(lambda tx: tx.posts.put([post("t", now, message="see https://meet.unknown.example/Raum")]))
    assert ages(desk) == {}
    desk.put(lambda tx: tx.posts.put([post("u", now, message="https://meet.jit.si/Raum")]))
    assert ages(desk) == {"c1": 0}


def test_nothing_new_is_the_same_sidebar(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([meeting(desk, "m", 1)]))
    ages(desk)
    assert desk.client.sidebar.sections("t1") is desk.client.sidebar.sections("t1")

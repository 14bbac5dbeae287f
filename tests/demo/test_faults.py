"""Faults on purpose."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.demo.conftest import Person


def message(person: Person, text: str) -> dict[str, str]:
    return {"channel_id": person.server.world.channel("nordlicht", "town-square").id, "message": text}


def test_a_status_is_answered_so_many_times(anna: Person) -> None:
    anna.server.faults.status("/users/me", 503, times=2)
    assert [anna.get("/users/me").status_code for _ in range(3)] == [503, 503, 200]


def test_throttling_is_plain_text_with_its_headers(anna: Person) -> None:
    anna.server.faults.throttle("/posts", retry_after=3)
    response = anna.post("/posts", message(anna, "x"))
    assert (response.status_code, response.text.strip()) == (429, "limit exceeded")
    assert response.headers["retry-after"] == "3"


def test_a_lost_answer_does_the_work_and_a_lost_request_does_not(anna: Person) -> None:
    world = anna.server.world
    count = len(world.posts)
    anna.server.faults.drop_reply_after("/posts", method="POST")
    with pytest.raises(httpx.TransportError):
        anna.post("/posts", message(anna, "arrives"))
    assert len(world.posts) == count + 1
    anna.server.faults.drop_request("/posts", method="POST")
    with pytest.raises(httpx.TransportError):
        anna.post("/posts", message(anna, "is lost"))
    assert len(world.posts) == count + 1


def test_a_portal_stands_before_everything(anna: Person) -> None:
    faults = anna.server.faults
    faults.portal("page")
    assert anna.get("/users/me").headers["content-type"].startswith("text/html")
    faults.portal("redirect")
    assert anna.get("/users/me").status_code == 302
    faults.portal("gateway")
    assert anna.get("/users/me").status_code == 502
    faults.clear()
    assert anna.get("/users/me").json()["username"] == "anna"


def test_a_truncated_answer_breaks_off(anna: Person) -> None:
    anna.server.faults.truncate("/users/me", 5)
    with pytest.raises(httpx.RemoteProtocolError):
        anna.get("/users/me")


def test_a_delay_holds_the_answer_back(anna: Person) -> None:
    anna.server.faults.delay("/users/me", 0.05)
    begin = time.monotonic()
    assert anna.get("/users/me").status_code == 200
    assert time.monotonic() - begin >= 0.05


def test_a_frozen_server_says_nothing_until_it_thaws(anna: Person) -> None:
    anna.server.faults.freeze()
    with pytest.raises(httpx.ReadTimeout):
        anna.get("/users/me", timeout=0.15)
    anna.server.faults.thaw()
    assert anna.get("/users/me").status_code == 200

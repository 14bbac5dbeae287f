"""The server as a client meets it, where the contract suite does not look."""

from __future__ import annotations

import httpx
import pytest

from tests.demo.conftest import Person
from tui.demo import company
from tui.demo.server import DemoServer


def login(server: DemoServer, name: str, password: str, code: str = "") -> httpx.Response:
    body = {"login_id": name, "password": password, "token": code}
    return httpx.post(server.url + "/api/v4/users/login", json=body, trust_env=False)


def test_mfa_is_asked_for_and_checked(server: DemoServer) -> None:
    server.world.user("anna").mfa_code = "123456"
    assert login(server, "anna", "anna").json()["id"] == "mfa.validate_token.authenticate.app_error"
    assert login(server, "anna", "anna", "1").json()["id"] == "api.user.check_user_mfa.bad_code.app_error"
    assert login(server, "anna", "anna", "123456").status_code == 200


def test_ten_wrong_tries_lock_the_account(server: DemoServer) -> None:
    for _ in range(10):
        assert login(server, "anna", "x").json()["id"].startswith("api.user.login.invalid_credentials")
    wanted = "api.user.check_user_login_attempts.too_many.app_error"
    assert login(server, "anna", "anna").json()["id"] == wanted


def test_deactivated_people_and_bots_stay_out(server: DemoServer) -> None:
    server.world.user("ben").delete_at = 1
    assert login(server, "ben", "ben").json()["id"] == "api.user.login.inactive.app_error"
    assert login(server, "baubot", "x").json()["id"] == "api.user.login.bot_login_forbidden.app_error"


def test_paths_are_as_strict_as_the_real_ones(anna: Person) -> None:
    assert anna.http.get(anna.server.url + "//api/v4/users/me").status_code == 301
    for method, path in (("GET", "/users/me/"), ("HEAD", "/users/me"), ("DELETE", "/users/me")):
        assert anna.http.request(method, path).status_code == 404


def test_a_subpath_is_part_of_every_address() -> None:
    server = DemoServer(1, company.small, subpath="/mm")
    server.start()
    try:
        assert server.url.endswith("/mm")
        assert login(server, "anna", "anna").status_code == 200
        outside = httpx.get(server.url.removesuffix("/mm") + "/api/v4/system/ping", trust_env=False)
        assert outside.status_code == 404
    finally:
        server.stop()


def test_a_restart_keeps_port_and_people(anna: Person) -> None:
    server = anna.server
    server.down()
    with pytest.raises(httpx.TransportError):
        anna.get("/users/me")
    server.up()
    assert anna.get("/users/me").json()["username"] == "anna"


def test_revoking_ends_every_session(anna: Person) -> None:
    anna.server.revoke("anna")
    assert anna.get("/users/me").json()["id"] == "api.context.session_expired.app_error"


def test_one_connection_serves_many_requests_and_all_are_logged(anna: Person) -> None:
    before = anna.server.connections
    for _ in range(5):
        anna.get("/system/ping")
    assert anna.server.connections == before
    assert [seen.target for seen in anna.server.log][-5:] == ["/api/v4/system/ping"] * 5


def test_a_file_that_is_too_large_is_refused_unread(anna: Person) -> None:
    channel = anna.server.world.channel("nordlicht", "town-square")
    server = anna.server
    server.max_body = 100
    path = f"/files?channel_id={channel.id}&filename=big.bin"
    response = anna.http.post(path, content=b"x" * 101)
    assert (response.status_code, response.json()["id"]) == (
        413,
        "api.file.upload_file.too_large_detailed.app_error",
    )


def test_since_gives_at_most_so_many_rows_in_no_order(anna: Person) -> None:
    world = anna.server.world
    channel = world.channel("nordlicht", "town-square")
    anna.server.call(lambda: [world.post(channel, "ben", f"n{n}") for n in range(30)])
    anna.server.faults.since_rows = 10
    found = anna.get(f"/channels/{channel.id}/posts?since=1&skipFetchThreads=true").json()
    newest = world.timelines[channel.id][-10:]
    assert len(found["order"]) == 10
    assert set(found["order"]) != {post.id for post in newest}


def test_a_pending_id_is_forgotten_after_its_time(anna: Person) -> None:
    world = anna.server.world
    body = {
        "channel_id": world.channel("nordlicht", "town-square").id,
        "message": "once",
        "pending_post_id": "p:1",
    }
    first, second = anna.post("/posts", body).json(), anna.post("/posts", body).json()
    world.pending_life_ms = -1
    third = anna.post("/posts", body).json()
    assert first["id"] == second["id"] != third["id"]

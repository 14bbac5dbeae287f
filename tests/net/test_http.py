from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support import certificates
from tests.support.clock import FakeClock
from tests.support.http2_server import http2_server
from tests.support.odd_server import (
    OddServer,
    Seen,
    Step,
    answer,
    drip,
    error,
    hang_up,
    odd_server,
    raw,
    redirect,
    reply,
    reset,
    silence,
    zipped,
)
from tests.support.waiting import until
from tui.core.errors import (
    BadAnswer,
    Insecure,
    NotSupported,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    SignInRefused,
    TeleteamError,
    Throttled,
    UserMistake,
)
from tui.core.priority import background
from tui.net.http import Ask, Http

TOKEN = "tokenoftheperson26characters"
GET = Ask("GET", "/users/me", repeatable=True)
POST = Ask("POST", "/posts", body={"message": "hello"})


class SleepyClock(FakeClock):
    """Also knows a machine that is suspended."""

    def suspend(self, seconds: float) -> None:
        monotonic = self._monotonic
        self.advance(seconds)
        self._monotonic = monotonic


@asynccontextmanager
async def http_to(*script: Step, deadline: float = 5.0) -> AsyncIterator[tuple[Http, OddServer]]:
    async with odd_server(*script) as odd:
        http = Http(odd.url, clock=FakeClock(), deadline=deadline)
        http.token = TOKEN
        try:
            yield http, odd
        finally:
            await http.close()


async def failure_of(*script: Step, ask: Ask = GET, deadline: float = 5.0) -> TeleteamError:
    async with http_to(*script, deadline=deadline) as (http, _):
        with pytest.raises(TeleteamError) as caught:
            await http.ask(ask)
        return caught.value


async def test_sends_the_token_and_little_else() -> None:
    async with http_to(reply({"id": "u"}, headers={"ETag": '"1"', "X-Version-Id": "5.37.0..ab.false"})) as (
        http,
        odd,
    ):
        answered = await http.ask(GET)
        headers = odd.seen[0].headers
        assert (odd.seen[0].method, odd.seen[0].target) == ("GET", "/api/v4/users/me")
        assert headers["authorization"] == f"Bearer {TOKEN}"
        assert headers["user-agent"].startswith("teleteam/")
        assert headers["accept-encoding"] == "gzip"
        assert headers["accept-language"] == "en"
        assert not {"cookie", "x-requested-with", "origin", "content-type"} & set(headers)
        assert (answered.value, answered.etag, answered.version) == ({"id": "u"}, '"1"', "5.37.0..ab.false")


async def test_subpath_and_parameters() -> None:
    async with odd_server(reply([])) as odd:
        http = Http(f"{odd.url}/mm/", clock=FakeClock())
        await http.ask(Ask("GET", "/users", params={"page": 0, "term": "ä&b"}))
        await http.close()
        assert odd.seen[0].target == "/mm/api/v4/users?page=0&term=%C3%A4%26b"


async def test_bodies_are_json_and_lists_are_allowed() -> None:
    async with http_to(reply({})) as (http, odd):
        await http.ask(Ask("POST", "/users/ids", body=["a", "b"]))
        assert odd.seen[0].json == ["a", "b"]
        assert odd.seen[0].headers["content-type"] == "application/json"


async def test_etag_and_304() -> None:
    async with http_to(answer(b"", 304, "", {"ETag": '"1"'})) as (http, odd):
        answered = await http.ask(Ask("GET", "/users/me", etag='"1"'))
        assert odd.seen[0].headers["if-none-match"] == '"1"'
        assert (answered.status, answered.value) == (304, None)


async def test_cookies_are_neither_kept_nor_sent() -> None:
    cookies = {"Set-Cookie": "MMAUTHTOKEN=abc; Path=/; HttpOnly"}
    async with http_to(reply({}, headers=cookies)) as (http, odd):
        await http.ask(GET)
        await http.ask(GET)
        assert "cookie" not in odd.seen[1].headers


async def test_gzip_is_taken_apart_and_counted_as_it_came() -> None:
    body = json.dumps(["x" * 50_000]).encode()
    async with http_to(zipped(body)) as (http, _):
        assert (await http.ask(GET)).value == ["x" * 50_000]
        traffic = http.meter.snapshot()
        assert 100 < traffic.http_down < 1000
        assert 100 < traffic.http_up < 1000
        assert (traffic.requests, traffic.connections) == (1, 1)


@pytest.mark.parametrize(
    ("step", "kind", "error_id"),
    [
        (
            error("api.context.session_expired.app_error", 401),
            SignedOut,
            "api.context.session_expired.app_error",
        ),
        (error("api.team.delete.app_error", 401), Refused, "api.team.delete.app_error"),
        (error("api.context.404.app_error", 404), NotSupported, "api.context.404.app_error"),
        (error("store.sql_post.get.app_error", 404), Refused, "store.sql_post.get.app_error"),
        (error("api.context.permissions.app_error", 403), Refused, "api.context.permissions.app_error"),
        (error("plugin.disabled", 501), Refused, "plugin.disabled"),
        (error("app.post.save.app_error", 500), ServerTrouble, "app.post.save.app_error"),
        (answer("<h1>Bad gateway</h1>", 502, "text/html"), ServerTrouble, ""),
        (answer("<h1>too big</h1>", 413, "text/html"), Refused, "tele.refused.too_large"),
        (answer("limit exceeded", 429, "text/plain"), Throttled, "tele.throttled"),
        (answer("<h1>Who are you?</h1>", 401, "text/html"), BadAnswer, "tele.answer.portal"),
        (answer("Access denied", 403, "text/plain"), BadAnswer, "tele.answer.portal"),
        (answer("<html>", 511, "text/html"), BadAnswer, "tele.answer.portal"),
        (answer("{}", 407), Offline, "tele.offline.proxy"),
    ],
)
async def test_statuses_become_errors(step: Step, kind: type[TeleteamError], error_id: str) -> None:
    failure = await failure_of(step)
    assert type(failure) is kind
    assert failure.id == error_id


async def test_a_refused_sign_in_is_no_end_of_a_session() -> None:
    wrong = error("api.user.login.invalid_credentials_email_username", 401)
    failure = await failure_of(wrong, ask=Ask("POST", "/users/login", body={}, login=True))
    assert isinstance(failure, SignInRefused)


@pytest.mark.parametrize(
    ("step", "error_id"),
    [
        (redirect("https://portal.example/login?next=x"), "tele.answer.portal"),
        (redirect("//portal.example/"), "tele.answer.portal"),
        (redirect("https://127.0.0.1:1/"), "tele.answer.portal"),
        (redirect("/login", 301), "tele.answer.redirect"),
        (answer("<html>Please log in</html>", 200, "text/html; charset=utf-8"), "tele.answer.portal"),
        (answer("OK", 200, "text/plain"), "tele.answer.json"),
        (answer(b"\x1f\x8b broken", headers={"Content-Encoding": "gzip"}), "tele.answer.json"),
        (answer(b"[]", headers={"Content-Encoding": "br"}), "tele.answer.json"),
    ],
)
async def test_c28_portals_are_recognised(step: Step, error_id: str) -> None:
    failure = await failure_of(step)
    assert isinstance(failure, BadAnswer)
    assert failure.id == error_id


async def test_c28_no_redirect_is_followed() -> None:
    async with odd_server(reply({})) as elsewhere, http_to(redirect(elsewhere.url)) as (http, odd):
        with pytest.raises(BadAnswer):
            await http.ask(GET)
        assert (len(odd.seen), elsewhere.connections) == (1, 0)


async def test_g61_no_token_at_another_origin() -> None:
    async with odd_server(reply({})) as elsewhere:
        async with http_to(redirect(f"{elsewhere.url}/api/v4/posts", 308)) as (http, _):
            with pytest.raises(BadAnswer):
                await http.ask(POST)
        assert elsewhere.seen == []


@pytest.mark.parametrize(
    ("step", "error_id"),
    [
        (zipped(b"[" + b"0," * 150_000_000 + b"0]"), "tele.answer.large"),
        (answer(b"[" * 200_000), "tele.answer.json"),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"0", 0.01), "tele.answer.slow"),
        (drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"0", 0.01), "tele.offline.timeout"),
        (silence(), "tele.offline.timeout"),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "tele.offline.reset"),
    ],
    ids=["bomb", "brackets", "drip", "header drip", "silence", "not http"],
)
async def test_c34_hostile_answers_end_in_time(step: Step, error_id: str) -> None:
    ends_by_the_clock = error_id in ("tele.answer.slow", "tele.offline.timeout")
    failure = await failure_of(step, ask=POST, deadline=0.5 if ends_by_the_clock else 5)
    assert failure.id == error_id


async def test_c34_a_short_body_is_a_broken_line() -> None:
    async def step(_seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{}")
        writer.close()

    assert (await failure_of(step)).id == "tele.offline.reset"


@pytest.mark.parametrize("broken", [reset(), hang_up()], ids=["reset", "closed"])
async def test_a_get_is_tried_once_more_on_a_fresh_connection(broken: Step) -> None:
    async with http_to(reply({"n": 1}), broken, reply({"n": 2})) as (http, odd):
        await http.ask(GET)
        assert (await http.ask(GET)).value == {"n": 2}
        assert (len(odd.seen), odd.connections) == (3, 2)


async def test_a_post_is_never_sent_twice() -> None:
    async with http_to(reset()) as (http, odd):
        with pytest.raises(Offline):
            await http.ask(POST)
        assert len(odd.seen) == 1


async def test_c29_nobody_listens() -> None:
    async with odd_server(reply({})) as odd:
        url = odd.url
    http = Http(url, clock=FakeClock())
    with pytest.raises(Offline) as caught:
        await http.ask(GET)
    await http.close()
    assert caught.value.cause == "refused"


async def test_c29_no_such_name() -> None:
    http = Http("https://does-not-exist.invalid", clock=FakeClock())
    with pytest.raises(Offline) as caught:
        await http.ask(GET)
    await http.close()
    assert caught.value.cause == "dns"


@pytest.mark.parametrize("url", ["http://chat.example", "http://10.0.0.1:8065", "http://[2001:db8::1]/"])
def test_c31_plain_http_is_refused(url: str) -> None:
    with pytest.raises(Insecure) as caught:
        Http(url, clock=FakeClock())
    assert caught.value.id == "tele.insecure.http"


@pytest.mark.parametrize(
    ("address", "days", "check"),
    [("127.0.0.1", -1, "certificate has expired"), ("127.0.0.2", 9, "mismatch")],
    ids=["expired", "wrong host"],
)
async def test_c30_a_bad_certificate_is_refused(tmp_path: Path, address: str, days: int, check: str) -> None:
    signer = certificates.authority(tmp_path)
    context = certificates.server(tmp_path, signer, address=address, days=days)
    async with odd_server(reply({}), tls=context) as odd:
        http = Http(odd.url, clock=FakeClock(), ca_file=signer.file)
        http.token = TOKEN
        with pytest.raises(Insecure) as caught:
            await http.ask(GET)
        await http.close()
        assert caught.value.id == "tele.insecure.certificate"
        assert check in caught.value.detail
        assert odd.seen == []


async def test_c30_a_server_that_is_too_old_for_our_tls_is_refused() -> None:
    alert_protocol_version = bytes.fromhex("15 0301 0002 02 46")

    async def old(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(alert_protocol_version)
        writer.close()

    async with await asyncio.start_server(old, "127.0.0.1", 0) as server:
        http = Http(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", clock=FakeClock())
        with pytest.raises(Insecure) as caught:
            await http.ask(GET)
        await http.close()
    assert "protocol version" in caught.value.detail


async def test_c30_an_unknown_authority_is_shown_by_its_fingerprint(tmp_path: Path) -> None:
    context = certificates.server(tmp_path, certificates.authority(tmp_path))
    async with odd_server(reply({}), tls=context) as odd:
        http = Http(odd.url, clock=FakeClock())
        with pytest.raises(Insecure) as caught:
            await http.ask(GET)
        await http.close()
        assert f"SHA-256 {certificates.fingerprint(tmp_path)}" in caught.value.detail
        assert odd.seen == []


async def test_a_named_authority_is_trusted(tmp_path: Path) -> None:
    signer = certificates.authority(tmp_path)
    async with odd_server(reply({"ok": 1}), tls=certificates.server(tmp_path, signer)) as odd:
        http = Http(odd.url, clock=FakeClock(), ca_file=signer.file)
        assert (await http.ask(GET)).value == {"ok": 1}
        await http.close()


async def test_c32_the_proxy_is_obeyed_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async with odd_server(answer("", 407, "")) as proxy:
        monkeypatch.setenv("https_proxy", f"http://name:secret@127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        http = Http("https://chat.example", clock=FakeClock())
        http.token = TOKEN
        with pytest.raises(Offline) as caught:
            await http.ask(GET)
        await http.close()
        assert proxy.seen[0].method == "CONNECT"
        assert "proxy-authorization" in proxy.seen[0].headers
        assert TOKEN not in repr(proxy.seen[0])
    assert caught.value.cause == "proxy"
    assert caught.value.detail == f"127.0.0.1:{proxy.port}"
    assert "secret" not in repr(http.proxy)


async def test_c32_no_proxy_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with http_to(reply({})) as (http, _):
        await http.ask(GET)
        assert http.proxy is None


async def test_throttled_says_how_long_and_keeps_silent_meanwhile() -> None:
    async with odd_server(
        answer("limit exceeded", 429, "text/plain", {"Retry-After": "3"}), reply({})
    ) as odd:
        clock = FakeClock()
        http = Http(odd.url, clock=clock)
        with pytest.raises(Throttled) as caught:
            await http.ask(GET)
        assert caught.value.retry_after == 3
        clock.advance(2)
        with pytest.raises(Throttled) as again:
            await http.ask(GET)
        assert again.value.retry_after == 1
        assert len(odd.seen) == 1
        clock.advance(1)
        await http.ask(GET)
        await http.close()


async def test_slows_down_before_the_limit_is_reached() -> None:
    scarce = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "10"}
    async with odd_server(reply({}, headers=scarce)) as odd:
        clock = FakeClock()
        http = Http(odd.url, clock=clock)
        await http.ask(GET)
        await http.ask(GET)
        waiting = asyncio.create_task(http.ask(GET))
        await asyncio.sleep(0.05)
        assert len(odd.seen) == 2
        clock.advance(0.2)
        await waiting
        assert len(odd.seen) == 3
        await http.close()


async def test_quick_answers_share_one_connection() -> None:
    async with http_to(reply({})) as (http, odd):
        await asyncio.gather(*(http.ask(GET) for _ in range(15)))
        assert (len(odd.seen), odd.connections) == (15, 1)
        assert http.meter.snapshot().connections == 1


async def test_a_person_goes_before_background_work() -> None:
    go_on = asyncio.Event()

    async def held(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await reply({})(seen, writer)

    async with http_to(held) as (http, odd):
        with background():
            quiet = [asyncio.create_task(http.ask(Ask("GET", f"/background/{n}"))) for n in range(4)]
        await until(lambda: odd.seen)
        person = asyncio.create_task(http.ask(Ask("GET", "/person")))
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(person, *quiet)
        assert odd.seen[1].target == "/api/v4/person"


@pytest.mark.parametrize("token", ["a b", "a\nb", "ä", "a\x00"])
def test_a_token_that_no_header_may_hold(token: str) -> None:
    http = Http("https://chat.example", clock=FakeClock())
    with pytest.raises(UserMistake) as caught:
        http.token = token
    assert token not in repr(caught.value)


@pytest.mark.parametrize(
    "step",
    [
        error("api.context.invalid_token.error", 401, f"Invalid session token={TOKEN}, err="),
        error("api.some.app_error", 400, f"Your token {TOKEN} is odd"),
        error("app.some.app_error", 500, TOKEN),
        redirect(f"https://portal.example/?token={TOKEN}"),
        reset(),
        silence(),
    ],
)
async def test_the_token_is_nowhere_but_in_the_request(step: Step, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with http_to(step, deadline=0.3) as (http, _):
        with pytest.raises(TeleteamError) as caught:
            await http.ask(POST)
        told = "".join(traceback.format_exception(caught.value))
        assert TOKEN not in told + repr(caught.value) + repr(http) + repr(vars(caught.value))
    assert TOKEN not in caplog.text


async def test_c27_after_a_suspend_connections_are_fresh() -> None:
    async with odd_server(reply({})) as odd:
        clock = SleepyClock()
        http = Http(odd.url, clock=clock)
        await http.ask(GET)
        clock.advance(3600)
        await http.ask(GET)
        assert odd.connections == 1
        for expected in (2, 3):
            clock.suspend(3600)
            await http.ask(GET)
            assert odd.connections == expected
        await http.close()


async def test_http2_shares_one_connection(tmp_path: Path) -> None:
    signer = certificates.authority(tmp_path)
    async with http2_server(certificates.server(tmp_path, signer), b'{"ok":1}') as served:
        http = Http(f"https://127.0.0.1:{served.port}", clock=FakeClock(), ca_file=signer.file)
        answers = await asyncio.gather(*(http.ask(POST) for _ in range(6)))
        assert [answered.value for answered in answers] == [{"ok": 1}] * 6
        assert http.meter.snapshot().connections == 1
        assert len(served.requests) == 6
        await http.close()

"""The doctor measures the line: few bytes, true words, numbers for programs."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli
from tests.support.counting_proxy import CountingProxy
from tui.cli.checks_line import _findings, measure
from tui.client.clock import SystemClock
from tui.core.line_profile import RICH, THIN, Choice, Measured, choose
from tui.demo.server import DemoServer
from tui.net.mattermost import MattermostApi

PARTS = ["line_trip", "line_down", "line_up", "line_late", "line_profile"]


def test_doctor_line_tells_figures_and_the_profile(anna: Cli) -> None:
    done = anna("doctor", "--line", "--json")
    rows = {row["part"]: row for row in done.rows}
    assert (done.code, list(rows)) == (0, PARTS)
    assert rows["line_trip"]["round_trip_ms"] > 0
    assert rows["line_profile"]["profile"] in ("rich", "thin")
    assert "ms" in anna("doctor", "--line").out


def test_a_wish_on_the_command_line_is_told(anna: Cli) -> None:
    rows = {row["part"]: row for row in anna("--thin", "doctor", "--line", "--json").rows}
    assert (rows["line_profile"]["profile"], rows["line_profile"]["reason"]) == ("thin", "wish")


def test_without_a_server_it_says_so(anna: Cli, server: DemoServer) -> None:
    server.stop()
    done = anna("doctor", "--line", "--json")
    assert (done.code, [row["state"] for row in done.rows]) == (1, ["bad"])


async def test_it_costs_a_few_kilobytes_on_one_connection(server: DemoServer) -> None:
    with CountingProxy(server.url) as proxy:
        api = MattermostApi(proxy.url, clock=SystemClock())
        await api.login("anna", "anna")
        measured = await measure(api)
        traffic = api.traffic()
        await api.close()
    assert measured.round_trip_ms > 0
    assert traffic.connections == 1
    assert traffic.http_down + traffic.http_up < 30_000


@pytest.mark.parametrize(
    ("measured", "state"),
    [(Measured(400.0), {"line_trip": "hint"}), (Measured(20.0, down=8_000.0), {"line_down": "hint"})],
)
def test_what_speaks_for_the_thin_profile_is_pointed_out(measured: Measured, state: dict[str, str]) -> None:
    choice = choose("auto", remote=False, measured=measured)
    assert choice.profile is THIN
    found = {one.part: one.state for one in _findings(measured, choice)}
    assert state.items() <= found.items()
    assert found["line_profile"] == "good"


def test_a_good_line_has_nothing_to_point_out() -> None:
    found = list(_findings(Measured(20.0), Choice(RICH, "good")))
    assert [one.part for one in found] == PARTS
    assert {one.state for one in found} == {"good"}

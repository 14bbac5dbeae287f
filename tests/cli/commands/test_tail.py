"""Messages as they come."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

import pytest

from tests.cli.conftest import Cli
from tests.cli.people import write
from tests.support.waiting import wait_until
from tui.demo.server import DemoServer

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"


@contextmanager
def tailing(cli: Cli, *words: str) -> Iterator[tuple[subprocess.Popen[str], SimpleQueue[str]]]:
    lines: SimpleQueue[str] = SimpleQueue()
    with subprocess.Popen(
        cli.argv("tail", *words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=cli.env()
    ) as process:
        assert process.stdout is not None
        out = process.stdout

        def pump() -> None:
            for line in out:
                lines.put(line)

        Thread(target=pump, daemon=True).start()
        try:
            yield process, lines
        finally:
            process.kill()


@pytest.mark.parametrize("target", ["", "~town-square"])
def test_g57_new_messages_once_only_new_ones_and_no_tokens(
    anna: Cli, server: DemoServer, target: str
) -> None:
    write(server, "alt")
    anna("channels")
    server.log.clear()
    with tailing(anna, "--json", *([target] if target else [])) as (process, lines):
        probes = 0

        def arrived() -> bool:
            nonlocal probes
            probes += 1
            write(server, f"probe {probes}")
            return not lines.empty()

        wait_until(arrived, timeout=30, interval=0.25)
        write(server, "woanders", channel="off-topic")
        write(
            server,
            "Treffen",
            kind="custom_jitsi",
            props={"meeting_jwt": TOKEN, "attachments": [{"text": TOKEN}]},
        )
        write(server, "neu")
        rows: list[dict[str, object]] = []
        while not rows or rows[-1]["message"] != "neu":
            rows.append(json.loads(lines.get(timeout=20)))
        messages = [row["message"] for row in rows]
        assert "alt" not in messages
        assert "Treffen" in messages
        assert TOKEN not in json.dumps(rows)
        assert len(set(messages)) == len(messages)
        assert ("woanders" in messages) == (target == "")
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130


def test_a_session_that_ends_ends_it(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.revoke("anna")
    with tailing(anna) as (process, _lines):
        assert process.wait(40) == 4

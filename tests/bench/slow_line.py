"""A slow line with real TCP: two TUN devices, one of them in a network namespace, joined by a shaper of ours.

`python -m tests.bench.slow_line PORT` listens on a loopback port (printed first) and carries what comes there
over the line to 127.0.0.1:PORT, so a program that speaks to loopback alone can be tried, too. It obeys lines
on standard input: `line KBIT RTT_MS LOSS_PERCENT`, `cut`, `mend`; `count` prints its counts.
Kernel TCP runs between its two ends: retransmits, congestion and a drop-tail queue of 40 packets are real.
Needs the right to make network devices: see `permitted`.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NEAR, FAR, QUEUE, CLONE_NEWNET = "10.99.0.2", "10.99.0.1", 40, 0x40000000
FAR_PORT = 9065
_TUNSETIFF, _TUN_WITHOUT_HEADER = 0x400454CA, 0x1001


def permitted() -> bool:
    """Whether this machine lets us make TUN devices and network namespaces."""
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK) or os.geteuid() != 0:
        return False
    name = f"teleteam-probe-{os.getpid()}"
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
        subprocess.run(["ip", "netns", "del", name], check=True, capture_output=True)
        return True
    return False


class SlowLine:
    """The other end of the process: `with slow_line(port) as line: … line.url …`."""

    def __init__(self, port: int) -> None:
        argv = [sys.executable, "-m", "tests.bench.slow_line", str(port)]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self._read()}"

    def shape(self, kbit: float, rtt_ms: float, loss_percent: float) -> None:
        self._tell(f"line {kbit} {rtt_ms} {loss_percent}")

    def cut(self) -> None:
        """Packets are lost from now on, without a word to anybody."""
        self._tell("cut")

    def mend(self) -> None:
        self._tell("mend")

    def count(self) -> dict[str, int]:
        """Packets and bytes (with IP and TCP heads) both ways, and how many were lost."""
        self._tell("count")
        found: dict[str, int] = json.loads(self._read())
        return found

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(10)

    def _tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextlib.contextmanager
def slow_line(port: int) -> Iterator[SlowLine]:
    line = SlowLine(port)
    try:
        yield line
    finally:
        line.close()


# inside of the process


@dataclass
class Shaper:
    """Carries packets between two devices at `bytes_a_second` with `delay` seconds each way."""

    devices: tuple[int, int]
    bytes_a_second: float = 125_000_000.0
    delay: float = 0.0
    loss: float = 0.0
    is_cut: bool = False
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("down_packets", "down", "up_packets", "up", "lost"), 0)
    )
    _waiting: list[tuple[float, int, int, bytes]] = field(default_factory=list)
    _free_at: list[float] = field(default_factory=lambda: [0.0, 0.0])
    _number: int = 0

    def run_forever(self) -> None:
        while True:
            pause = min(0.5, max(0.0, self._waiting[0][0] - time.monotonic())) if self._waiting else 0.5
            for device in select.select(self.devices, [], [], pause)[0]:
                self._take(self.devices.index(device))
            now = time.monotonic()
            while self._waiting and self._waiting[0][0] <= now:
                _at, _number, device, packet = heapq.heappop(self._waiting)
                with contextlib.suppress(OSError):
                    os.write(device, packet)

    def _take(self, way: int) -> None:
        with contextlib.suppress(BlockingIOError):
            while packet := os.read(self.devices[way], 2048):
                if packet[0] >> 4 == 4:
                    self._carry(way, packet)

    def _carry(self, way: int, packet: bytes) -> None:
        name, now = ("down", "up")[way], time.monotonic()
        self.counts[f"{name}_packets"] += 1
        self.counts[name] += len(packet)
        backlog = max(0.0, self._free_at[way] - now) * self.bytes_a_second / 1500
        if self.is_cut or backlog > QUEUE:
            self.counts["lost"] += 1
            return
        self._free_at[way] = max(now, self._free_at[way]) + len(packet) / self.bytes_a_second
        if random.random() * 100 < self.loss:
            self.counts["lost"] += 1
            return
        self._number += 1
        at = self._free_at[way] + self.delay
        heapq.heappush(self._waiting, (at, self._number, self.devices[1 - way], packet))


def _tun(name: str) -> int:
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", name.encode(), _TUN_WITHOUT_HEADER))
    return device


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextlib.contextmanager
def _two_places() -> Iterator[tuple[str, tuple[int, int]]]:
    """The namespace's name and the two devices; the first one is on the server's side."""
    place, (far, near) = (
        f"teleteam-{os.getpid()}",
        (f"ttf{os.getpid() % 100000}", f"ttn{os.getpid() % 100000}"),
    )
    devices = (_tun(far), _tun(near))
    _ip("netns", "add", place)
    try:
        _ip("link", "set", near, "netns", place)
        _ip("addr", "add", f"{FAR}/24", "dev", far)
        _ip("link", "set", far, "up")
        _ip("-n", place, "addr", "add", f"{NEAR}/24", "dev", near)
        _ip("-n", place, "link", "set", near, "up")
        yield place, devices
    finally:
        for device in devices:
            os.close(device)
        _ip("netns", "del", place)


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int) -> None:
    """Joins one connection with a new one to host:port; small buffers, so that senders feel the line."""
    try:
        there = socket.socket()
        there.setblocking(False)
        there.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
        await asyncio.get_running_loop().sock_connect(there, (host, port))
        back, onward = await asyncio.open_connection(sock=there, limit=4096)
    except OSError:
        writer.transport.abort()
        return
    for end in (writer, onward):
        end.transport.set_write_buffer_limits(4096)
    await asyncio.gather(_pump(reader, onward), _pump(back, writer))


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError, OSError):
        while data := await source.read(4096):
            sink.write(data)
            await sink.drain()
    sink.close()


def _serve(listener: socket.socket, host: str, port: int, place: str = "") -> None:
    """A loop of its own; with `place` the thread moves there, its listener stays where it was made."""
    if place:
        with Path(f"/run/netns/{place}").open() as there:
            if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")

    async def serve() -> None:
        server = await asyncio.start_server(
            lambda reader, writer: _forward(reader, writer, host, port), sock=listener, limit=4096
        )
        await server.serve_forever()

    asyncio.run(serve())


def main(port: str) -> None:
    near = socket.create_server(("127.0.0.1", 0))
    near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)  # the program sees what waits
    with _two_places() as (place, devices):
        far = socket.create_server((FAR, FAR_PORT))
        shaper = Shaper(devices)
        for work in (
            lambda: _serve(far, "127.0.0.1", int(port)),
            lambda: _serve(near, FAR, FAR_PORT, place),
            shaper.run_forever,
        ):
            threading.Thread(target=work, daemon=True).start()
        print(near.getsockname()[1], flush=True)
        for line in sys.stdin:
            _obey(shaper, line.split())


def _obey(shaper: Shaper, words: list[str]) -> None:
    match words:
        case ["line", kbit, rtt, loss]:
            shaper.bytes_a_second, shaper.delay, shaper.loss = (
                float(kbit) * 125,
                float(rtt) / 2000,
                float(loss),
            )
        case ["cut"]:
            shaper.is_cut = True
        case ["mend"]:
            shaper.is_cut = False
        case ["count"]:
            print(json.dumps(shaper.counts), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Counts what the wires carry.

Invariant: only the net lane writes; any thread may take a `snapshot`.
"""

from __future__ import annotations

from tui.core.ports import Traffic

WEIGHT = 0.125
"""Share of the newest sample in the smoothed round trip (RFC 6298 §2)."""


class Meter:
    """Bytes of socket payload (inside TLS, compressed, headers included), requests and connections."""

    def __init__(self) -> None:
        self.http_up = 0
        self.http_down = 0
        self.ws_up = 0
        self.ws_down = 0
        self.requests = 0
        self.connections = 0
        self.round_trip_ms = 0.0

    def round_trip(self, seconds: float) -> None:
        """Takes in the time of one small request."""
        sample = seconds * 1000
        old = self.round_trip_ms
        self.round_trip_ms = old + WEIGHT * (sample - old) if old else sample

    def snapshot(self) -> Traffic:
        return Traffic(
            http_up=self.http_up,
            http_down=self.http_down,
            ws_up=self.ws_up,
            ws_down=self.ws_down,
            requests=self.requests,
            connections=self.connections,
            round_trip_ms=self.round_trip_ms,
        )

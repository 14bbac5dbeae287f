from tui.core.ports import Traffic
from tui.net.meter import Meter


def test_snapshot_and_smoothing() -> None:
    meter = Meter()
    assert meter.snapshot() == Traffic()
    meter.http_up += 5
    meter.requests += 1
    meter.round_trip(0.1)
    assert meter.snapshot() == Traffic(http_up=5, requests=1, round_trip_ms=100.0)
    for _ in range(50):
        meter.round_trip(0.2)
    assert 199 < meter.snapshot().round_trip_ms < 200

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.store.builders import a_lease
from tui.core.errors import StoreTrouble
from tui.store import lease
from tui.store.lease import Holder, Refused

HOLD = """
import sys, time
from pathlib import Path
from tui.store.lease import acquire
taken = acquire(Path(sys.argv[1]), 7)
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_taker_is_told_who_holds_it(tmp_path: Path) -> None:
    first = a_lease(tmp_path / "lease")
    refused = lease.acquire(tmp_path / "lease", 2)
    assert isinstance(refused, Refused)
    assert refused.holder.pid == os.getpid()
    assert refused.holder.host == lease.host_name()
    first.release()
    second = a_lease(tmp_path / "lease")
    assert second.previous.clean
    second.release()
    second.release()


def test_d40_the_lease_of_a_killed_process_is_taken_over_at_once(tmp_path: Path) -> None:
    path = tmp_path / "lease"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert isinstance(lease.acquire(path, 1), Refused)
        holder.send_signal(signal.SIGKILL)
    taken = a_lease(path)
    assert taken.previous == Holder(holder.pid, lease.host_name(), lease.boot_id(), 7, clean=False)
    taken.release()


def left_by(path: Path, host: str, seconds_ago: float) -> None:
    """A lease that `host` took and never gave back, last touched so long ago."""
    taken = a_lease(path, shared=True, host=host)
    os.close(taken.handle)
    then = time.time() - seconds_ago
    os.utime(path, (then, then))


def test_d40_another_host_that_lives_is_respected_on_a_shared_file_system(tmp_path: Path) -> None:
    left_by(tmp_path / "lease", "other", 5)
    refused = lease.acquire(tmp_path / "lease", 2, shared=True, host="here")
    assert isinstance(refused, Refused)
    assert refused.holder.host == "other"


def test_another_host_that_was_quiet_for_long_is_not(tmp_path: Path) -> None:
    left_by(tmp_path / "lease", "other", lease.QUIET + 5)
    taken = a_lease(tmp_path / "lease", shared=True, host="here")
    assert taken.previous.host == "other"
    taken.release()


def test_my_own_stale_lease_is_taken_over_on_a_shared_file_system(tmp_path: Path) -> None:
    left_by(tmp_path / "lease", "here", 1)
    a_lease(tmp_path / "lease", shared=True, host="here").release()


def test_a_beat_shows_that_we_live(tmp_path: Path) -> None:
    path = tmp_path / "lease"
    taken = a_lease(path, shared=True)
    os.utime(path, (1, 1))
    taken.beat()
    assert path.stat().st_mtime > 1
    taken.release()


def test_a_local_lease_needs_no_beat(tmp_path: Path) -> None:
    taken = a_lease(tmp_path / "lease")
    os.utime(tmp_path / "lease", (1, 1))
    taken.beat()
    assert (tmp_path / "lease").stat().st_mtime == 1
    taken.release()


@pytest.mark.parametrize("content", [b"", b"nonsense", b'{"pid":"x"}', b"[" * 5000])
def test_a_lease_file_with_any_content_can_be_taken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lease").write_bytes(content)
    taken = a_lease(tmp_path / "lease")
    assert taken.previous.clean == Holder().clean
    taken.release()


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("precious")
    (tmp_path / "lease").symlink_to(tmp_path / "target")
    with pytest.raises(StoreTrouble):
        lease.acquire(tmp_path / "lease", 1)
    assert (tmp_path / "target").read_text() == "precious"


def test_an_unknown_machine_start_is_empty(tmp_path: Path) -> None:
    assert lease.boot_id(tmp_path / "none") == ""

"""The few things that the app sends to the terminal beside its picture.

Invariant: only sequences made by `tui.terminal` go out here, and only through a driver that is running.
"""

from __future__ import annotations

from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver

CURSOR_ON, CURSOR_OFF = "\x1b[?25h", "\x1b[?25l"
MOUSE_ON = "\x1b[?1000h\x1b[?1006h"
MOUSE_OFF = "\x1b[?1000l\x1b[?1006l"


def send_own(driver: Driver | None, sequence: str) -> bool:
    """Sends a title, a clipboard text, a bell; False = there is no terminal, or it was refused."""
    if driver is None or isinstance(driver, HeadlessDriver):
        return False
    own = getattr(driver, "send_own", None)
    if own is not None:
        return bool(own(sequence))
    driver.write(sequence)
    driver.flush()
    return True


def set_mouse(driver: Driver | None, wanted: bool) -> None:
    """Switches clicks and the wheel on or off; movements are never asked for."""
    for sequence in (MOUSE_ON if wanted else MOUSE_OFF).split("\x1b")[1:]:
        send_own(driver, f"\x1b{sequence}")

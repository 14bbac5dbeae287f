"""`python -m tests.bench.stock_driver …`: teleteam over Textual's own driver, to compare with."""

import sys

from tui.cli import main
from tui.ui import run


def _stock() -> None:
    """No driver of ours: Textual takes its own."""


if __name__ == "__main__":
    run.driver_for_here = _stock
    sys.exit(main())

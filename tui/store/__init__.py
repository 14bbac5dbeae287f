"""The durable local store (SQLite).

Invariant: a reader never sees half an event; Changes are published only after COMMIT.
"""

from tui.store.drafts import ReadPosition
from tui.store.store import Store
from tui.store.transactions import DeskTx, Tx

__all__ = ["DeskTx", "ReadPosition", "Store", "Tx"]

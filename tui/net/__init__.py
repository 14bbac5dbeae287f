"""The wires: HTTP, WebSocket, Syncthing.

Invariant: bytes in, dataclasses out; every failure is a leaf of `core.errors`.
"""

import sys

# httpx imports its command line where click happens to be installed, and rich and pygments with it. A module
# that is None cannot be imported (Python reference, 5.3.1), so httpx goes without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

"""The wires: HTTP, WebSocket, Syncthing.

Invariant: bytes in, dataclasses out; every failure is a leaf of `core.errors`.
"""

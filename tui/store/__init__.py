"""The durable local store (SQLite).

Invariant: a reader never sees half an event; Changes are published only after COMMIT.
"""

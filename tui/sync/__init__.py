"""Orchestration between the server and the store.

Invariant: every event may come twice, late, or out of order.
"""

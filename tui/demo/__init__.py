"""The embedded server behind `--demo` and the tests.

Invariant: it passes the same contract suite as the real server; it has no endpoint of its own.
"""

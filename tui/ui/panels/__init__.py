"""The regions of the main screen.

Invariant: a panel reads the client when it is told that something changed, never while it draws a line.
"""

"""Pure rules of chat, meetings and folders.

Invariant: same inputs, same outputs. No I/O, no clock, no event loop, no terminal.
"""

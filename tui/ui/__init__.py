"""The screen; the only room that imports textual.

Invariant: widgets know rows and ids, never SQL, JSON or tokens.
"""

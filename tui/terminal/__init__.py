"""Where the person sits and what that place can do.

Invariant: nothing is written to the terminal, the clipboard or a process that has not been through
`core.safe_text` or `core.links`.
"""

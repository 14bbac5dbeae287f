"""One module for each command; each has `run(context) -> exit code`.

Invariant: a module imports what its command needs and no more; the screen is imported by `screen` alone.
"""

"""The one facade that the UI and the one-shot commands hold.

Invariant: the UI's verbs never raise for "offline": they queue.
"""

"""The person's own settings, themes, keys, secrets and language.

Invariant: a mistake in a file is reported with its place and loses nothing.
"""

"""Leaf widgets and what they draw with.

Invariant: a widget is given rows and says what the person did; it never asks the client.
"""

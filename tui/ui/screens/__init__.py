"""Whole screens and dialogs.

Invariant: a dialog returns what the person chose; the one who opened it acts.
"""

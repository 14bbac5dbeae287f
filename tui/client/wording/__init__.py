"""Sentences for people, made from ids, types and states.

Invariant: every sentence says what is the matter and what can be done about it, in the person's language;
remote text inside of one has been through `core.safe_text`.
"""

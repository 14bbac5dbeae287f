"""What is arranged with dialogs over the main screen: channels, categories, people, teams, accounts.

Invariant: imported when first used, never at the start.
"""

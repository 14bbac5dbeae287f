from __future__ import annotations

from tui.client.wording.categories import category_title


def test_built_in_ones_have_our_words_and_own_ones_their_own() -> None:
    assert category_title("channels", "Kanäle vom Server") == "Channels"
    assert category_title("unreads", "") == "Unread"
    assert category_title("custom", "Mein") == "Mein"
    assert category_title("custom", "") == "Category"

"""Names mean something to one reader, and work is counted."""

from __future__ import annotations

from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_inline import inline


def test_names_may_come_from_a_function() -> None:
    context = MarkdownContext(usernames=lambda name: name.startswith("x"))
    kinds = [span.kind for span in inline("@xaver @yves", context, Budget(100))]
    assert kinds == ["mention", "text"]


def test_only_my_names_are_mine() -> None:
    context = MarkdownContext(me="Anna", mention_keys=("urgent", "@Channel"))
    assert context.is_mine("anna")
    assert context.is_mine("channel")
    assert not context.is_mine("all")
    assert not MarkdownContext().knows("anna")


def test_a_spent_budget_stays_spent() -> None:
    budget = Budget(3)
    assert budget.take(2)
    assert not budget.take(2)
    assert not budget.take(0)
    assert budget.spent

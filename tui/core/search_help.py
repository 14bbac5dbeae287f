"""Help while a search is typed: what can be completed at its end, and where its words stand in a text.

Invariant: accepting an offer replaces exactly the word at the end; marks never overlap and lie in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from tui.core.search import SearchQuery, Term, fold
from tui.core.values import dataclass

MODIFIERS = ("from:", "in:", "before:", "after:", "on:")
DAYS_BACK = (0, 1, 7, 30)
_WORD = re.compile(r"\w+")
Names = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class LastWord:
    """The end of a query: an exclusion sign, the modifier with its colon ("" = none), what follows it."""

    sign: str
    modifier: str
    value: str
    start: int


def last_word(text: str) -> LastWord | None:
    """None where nothing is being typed, or inside of a phrase."""
    start = max(text.rfind(" "), text.rfind("\n")) + 1
    word = text[start:]
    if not word or text.count('"') % 2:
        return None
    sign = "-" if word.startswith("-") else ""
    bare = word[len(sign) :]
    for modifier in MODIFIERS:
        if bare.lower().startswith(modifier):
            return LastWord(sign, modifier, bare[len(modifier) :], start)
    return LastWord(sign, "", bare, start)


def offers(text: str, today: date, people: Names, channels: Names, limit: int = 6) -> tuple[str, ...]:
    """What the last word may become, whole: `from:ben`, `before:2026-07-26`, `from:`."""
    word = last_word(text)
    if word is None:
        return ()
    if not word.modifier:
        typed = word.value.lower()
        found: Iterable[str] = [m for m in MODIFIERS if typed and m.startswith(typed)]
    elif word.modifier == "from:":
        found = (f"from:{name}" for name in people(word.value.lstrip("@")))
    elif word.modifier == "in:" and word.value.startswith("@"):
        found = (f"in:@{name}" for name in people(word.value[1:]))
    elif word.modifier == "in:":
        found = (f"in:{name}" for name in channels(word.value.lstrip("~")))
    else:
        days = ((today - timedelta(days=back)).isoformat() for back in DAYS_BACK)
        found = (f"{word.modifier}{day}" for day in days if day.startswith(word.value))
    return tuple(f"{word.sign}{one}" for one in found)[:limit]


def accepted(text: str, offer: str) -> str:
    """The query with the offer at its end; a blank follows what is complete."""
    word = last_word(text)
    start = word.start if word is not None else len(text)
    return text[:start] + offer + ("" if offer.endswith(":") else " ")


def marks(text: str, query: SearchQuery) -> tuple[tuple[int, int], ...]:
    """Offsets of what the query looks for, in order."""
    words = [(match.span(), fold(match.group())) for match in _WORD.finditer(text)]
    found = [span for term in query.terms if not term.negated for span in _spans(term, words)]
    return _joined(found)


def _spans(term: Term, words: Sequence[tuple[tuple[int, int], str]]) -> Iterable[tuple[int, int]]:
    wanted = [fold(word) for word in _WORD.findall(term.text)]
    if not wanted:
        return
    for at in range(len(words) - len(wanted) + 1):
        here = [word for _span, word in words[at : at + len(wanted)]]
        last = here[-1].startswith(wanted[-1]) if term.prefix else here[-1] == wanted[-1]
        if last and here[:-1] == wanted[:-1]:
            yield words[at][0][0], words[at + len(wanted) - 1][0][1]


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """In order, overlapping ones as one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)

"""Search queries as people type them, and the ranking of names against a few typed letters.

Matching folds case, accents and umlauts (ä = a, ß = ss), so that a keyboard without them finds everything.

Invariant: parsing never fails; what is no modifier is a word.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from tui.core.patterns import pattern
from tui.core.values import dataclass

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
_TOKEN = pattern(r'(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_WORD_BREAK = pattern(r"[\s._\-/,()@~#]+")
_MARKS = pattern("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Accents; marks that carry meaning of their own (in Indic scripts) stay."""


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Casefolded, accents and umlauts removed: the form in which texts are compared and sorted."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text).casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", lowered.translate(_LETTERS)))


_DIGITS = pattern(r"(\d+)")


@lru_cache(maxsize=16_384)
def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Key for lists of names: folded, and numbers by value ("team 2" before "team 10")."""
    parts = _DIGITS.split(fold(text))
    return tuple((0, int(p), "") if p.isdecimal() and p.isascii() else (1, 0, p) for p in parts if p)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing the text must, or must not, hold."""

    text: str
    kind: str = "word"
    """word, phrase or hashtag (text without the #)."""
    prefix: bool = False
    """Written with a trailing star."""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A parsed query. Names are as typed, lower case, without @ or ~."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    from_users: tuple[str, ...] = ()
    not_from: tuple[str, ...] = ()
    in_channels: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    before: date | None = None
    """Exclusive: the day itself is not part of it."""
    after: date | None = None
    """Exclusive."""
    on: date | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing positive is asked for."""
        wanted = any(not term.negated for term in self.terms)
        return not (wanted or self.from_users or self.in_channels or self.before or self.after or self.on)


def parse_query(text: str) -> SearchQuery:
    """Read `from: in: before: after: on:`, "phrases", -exclusions, #tags and trailing stars.

    Source: the search help of Mattermost (mattermost-facts §9). Unknown modifiers are words.
    """
    terms: list[Term] = []
    names: dict[str, list[str]] = {"from": [], "-from": [], "in": [], "-in": []}
    days: dict[str, date] = {}
    for match in _TOKEN.finditer(text):
        sign, modifier, quoted, bare = match.groups()
        _sort_token(match.group(0), sign, (modifier or "").lower(), quoted, bare, terms, names, days)
    return SearchQuery(
        text=text,
        terms=tuple(terms),
        from_users=tuple(names["from"]),
        not_from=tuple(names["-from"]),
        in_channels=tuple(names["in"]),
        not_in=tuple(names["-in"]),
        before=days.get("before"),
        after=days.get("after"),
        on=days.get("on"),
    )


def _sort_token(
    whole: str,
    sign: str,
    modifier: str,
    quoted: str | None,
    bare: str | None,
    terms: list[Term],
    names: dict[str, list[str]],
    days: dict[str, date],
) -> None:
    value = quoted if quoted is not None else bare or ""
    key = {"channel": "in"}.get(modifier, modifier)
    if key in ("from", "in"):
        names[sign + key] += [_bare_name(name) for name in value.split(",") if _bare_name(name)]
    elif key in ("before", "after", "on") and not sign and (day := _day(value)) is not None:
        days[key] = day
    elif not modifier or quoted is None:
        term = _term(value if not modifier else whole.removeprefix("-"), quoted is not None, bool(sign))
        terms += [term] if term else []
    else:
        terms += [Term(text, negated=bool(sign)) for text in (modifier, value) if text]


def _term(value: str, quoted: bool, negated: bool) -> Term | None:
    if quoted:
        return Term(value, "phrase", negated=negated) if value.strip() else None
    prefix = value.endswith("*")
    word = value.rstrip("*")
    if word.startswith("#") and len(word) > 1:
        return Term(word[1:], "hashtag", prefix, negated)
    return Term(word, "word", prefix, negated) if word else None


def _bare_name(name: str) -> str:
    return name.strip().lstrip("@~").lower()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the person may mean: a channel, a person, a team, a command."""

    kind: str
    id: str
    title: str
    aliases: tuple[str, ...] = ()
    """Other names it is found by: username, URL name, nickname."""
    detail: str = ""
    boost: int = 0
    """Breaks ties: recency, unread."""


MOST_LETTERS = 100
"""More of a query is not looked at."""


class Index:
    """Candidates prepared for many queries: their names folded once."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._entries = [_Entry.of(candidate) for candidate in candidates]

    def rank(self, query: str, limit: int = 50) -> list[Candidate]:
        """The candidates that match every word of `query`, best first.

        Whole name before start of the name before start of a word before anywhere before scattered letters.
        """
        words = _spaced(query[:MOST_LETTERS]).split()
        scored = ((entry.score(words), entry) for entry in self._entries)
        hits = [(score, entry) for score, entry in scored if score]
        best = heapq.nsmallest(limit, hits, key=lambda pair: (-pair[0], *pair[1].order))
        return [entry.candidate for _, entry in best]


def rank(query: str, candidates: Iterable[Candidate], limit: int = 50) -> list[Candidate]:
    """`Index.rank` for a single query."""
    return Index(candidates).rank(query, limit)


@dataclass(frozen=True, slots=True)
class _Entry:
    """`names` are folded, each word with a blank before it; the first is the title."""

    candidate: Candidate
    names: tuple[str, ...]
    hay: str
    order: tuple[int, str, str]

    @classmethod
    def of(cls, candidate: Candidate) -> _Entry:
        names = tuple(_spaced(name) for name in (candidate.title, *candidate.aliases))
        order = (-candidate.boost, names[0], candidate.id)
        return cls(candidate, names, "\n".join(names), order)

    def score(self, words: list[str]) -> int:
        """0 = does not match."""
        if not words:
            return 1
        total = 0
        for word in words:
            best = self._best(word) if word in self.hay else 20 if _scattered(word, self.names[0]) else 0
            if not best:
                return 0
            total += best
        whole = f" {' '.join(words)}" in self.names
        return total // len(words) + (5 if whole else 0)

    def _best(self, word: str) -> int:
        return max(_match(f" {word}", word, name) - (place > 0) for place, name in enumerate(self.names))


def _spaced(name: str) -> str:
    return " " + " ".join(part for part in _WORD_BREAK.split(fold(name)) if part)


def _match(start: str, word: str, name: str) -> int:
    if name == start:
        return 100
    if name.startswith(start):
        return 80
    if start in name:
        return 60
    return 40 if word in name else 0


def _scattered(word: str, name: str) -> bool:
    """All letters of `word` occur in `name`, in this order; too little to go by for short words."""
    place = 0
    for char in word:
        place = name.find(char, place) + 1
        if not place:
            return False
    return len(word) > 2

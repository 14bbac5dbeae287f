"""Local search: a parsed query as one SELECT over the full-text index.

Words match as the tokenizer sees them (case and accents folded, ss = ß); a trailing star matches beginnings.
What has no tokens (emoji, punctuation) or no spaces between words (Chinese, Japanese, Thai) is looked for as
it stands.

Invariant: nothing that a person types is ever part of the SQL or an operator of the index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from tui.core.ids import Millis
from tui.core.patterns import pattern
from tui.core.search import SearchQuery, Term
from tui.store.post_rows import WITH_REACTIONS

Clause = tuple[str, list[Any]]

_UNSPACED = pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def statement(query: SearchQuery, limit: int) -> tuple[str, list[Any]]:
    """SQL and its arguments; newest posts first, deleted ones never. Days are days of the local time zone.

    Matches are sorted by their keys alone, and only the best are read: a common word matches very many.
    """
    clauses = [_term(term) for term in query.terms]
    clauses += [_people(query.from_users, ""), _people(query.not_from, "NOT ")]
    clauses += [_places(query.in_channels, ""), _places(query.not_in, "NOT ")]
    clauses += _days(query)
    parts = [("delete_at = 0", []), *(clause for clause in clauses if clause[0])]
    where = " AND ".join(sql for sql, _ in parts)
    args = [arg for _, found in parts for arg in found]
    order = "ORDER BY create_at DESC, id DESC"
    best = f"SELECT n FROM posts WHERE {where} {order} LIMIT ?"  # noqa: S608 (own text)
    return f"{WITH_REACTIONS} WHERE n IN ({best}) {order}", [*args, limit]


def _term(term: Term) -> Clause:
    positive, args = _matching(term)
    return (f"NOT ({positive})" if term.negated else positive), args


def _matching(term: Term) -> Clause:
    if not _has_tokens(term.text):
        return "instr(message, ?) > 0", [term.text]
    indexed = "n IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?)"
    if term.kind == "hashtag":
        tag = "#" + term.text.lower() + ("" if term.prefix else " ")
        return f"({indexed} AND instr(lower(hashtags) || ' ', ?) > 0)", [_expression(term), tag]
    return indexed, [_expression(term)]


def _has_tokens(text: str) -> bool:
    return any(char.isalnum() for char in text) and not _UNSPACED.search(text)


def _expression(term: Term) -> str:
    """An FTS5 expression of quoted strings only."""
    star = "*" if term.prefix else ""
    return " OR ".join(_quoted(spelling) + star for spelling in _spellings(term.text))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _spellings(text: str) -> Iterator[str]:
    """`text` with ß for ss and the other way round: the tokenizer does not fold these."""
    folded = text.replace("\0", " ").replace("ß", "ss").replace("ẞ", "ss")
    yield folded
    if "ss" in folded.lower():
        yield re.sub("ss", "ß", folded, flags=re.IGNORECASE)


def _people(names: tuple[str, ...], negation: str) -> Clause:
    if not names:
        return "", []
    marks = ", ".join("?" * len(names))
    sql = f"user_id {negation}IN (SELECT id FROM users WHERE username IN ({marks}))"  # noqa: S608 (marks)
    return sql, [*names]


def _places(names: tuple[str, ...], negation: str) -> Clause:
    if not names:
        return "", []
    marks = ", ".join("?" * len(names))
    sql = f"channel_id {negation}IN (SELECT id FROM channels WHERE name IN ({marks}))"  # noqa: S608 (marks)
    return sql, [*names]


def _days(query: SearchQuery) -> Iterator[Clause]:
    if query.before:
        yield "create_at < ?", [_midnight(query.before)]
    if query.after:
        yield "create_at >= ?", [_midnight(query.after + timedelta(days=1))]
    if query.on:
        yield (
            "create_at >= ? AND create_at < ?",
            [_midnight(query.on), _midnight(query.on + timedelta(days=1))],
        )


def _midnight(day: date) -> Millis:
    return round(datetime.combine(day, time.min).timestamp() * 1000)

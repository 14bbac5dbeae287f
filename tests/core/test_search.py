from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE
from tui.core.search import Candidate, SearchQuery, Term, fold, parse_query, rank, sort_key


def titles(found: list[Candidate]) -> list[str]:
    return [candidate.title for candidate in found]


def offer(title: str, *aliases: str, boost: int = 0) -> Candidate:
    return Candidate("channel", title, title, aliases, boost=boost)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Ärzte", "arzte"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("Café", "cafe"), ("Łódź", "lodz")],
)
def test_fold(text: str, wanted: str) -> None:
    assert fold(text) == wanted


@given(st.text())
def test_fold_is_idempotent_enough_to_compare_by(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    sort_key(text)


def test_numbers_sort_by_value() -> None:
    assert sorted(["team 10", "Team 2", "team"], key=sort_key) == ["team", "Team 2", "team 10"]


def test_words_phrases_tags_and_exclusions() -> None:
    query = parse_query('hello wor* "good morning" #todo -spam -"bad words" -#old')
    assert query.terms == (
        Term("hello"),
        Term("wor", prefix=True),
        Term("good morning", "phrase"),
        Term("todo", "hashtag"),
        Term("spam", negated=True),
        Term("bad words", "phrase", negated=True),
        Term("old", "hashtag", negated=True),
    )


def test_modifiers() -> None:
    query = parse_query(
        "from:@Anna -from:bot in:~office,town channel:x -in:noise before:2026-11-23 after:2026-01-02"
    )
    assert query.from_users == ("anna",)
    assert query.not_from == ("bot",)
    assert query.in_channels == ("office", "town", "x")
    assert query.not_in == ("noise",)
    assert (query.before, query.after, query.on) == (date(2026, 11, 23), date(2026, 1, 2), None)
    assert parse_query("on:2026-02-03").on == date(2026, 2, 3)


@pytest.mark.parametrize("text", ["https://example.org/x", "foo:bar", "before:tomorrow", "12:30", ":-)"])
def test_what_is_no_modifier_is_a_word(text: str) -> None:
    assert parse_query(text).terms == (Term(text),)


def test_empty_queries_are_told_apart() -> None:
    assert parse_query("  ").is_empty
    assert parse_query("-spam").is_empty
    assert parse_query('""').is_empty
    assert not parse_query("from:anna").is_empty


@given(st.text())
def test_parsing_never_fails(text: str) -> None:
    assert isinstance(parse_query(text), SearchQuery)


@pytest.mark.parametrize("text", HOSTILE)
def test_parsing_and_ranking_take_hostile_texts(text: str) -> None:
    parse_query(text)
    rank(text, [offer(text, text)])


def test_better_matches_come_first() -> None:
    everything = [offer("xxoffxx"), offer("back office"), offer("office"), offer("off"), offer("olaf fink")]
    assert titles(rank("off", everything)) == ["off", "office", "back office", "xxoffxx", "olaf fink"]


def test_umlauts_accents_and_signs_do_not_matter() -> None:
    people = [offer("Jürgen Öllinger", "juergen"), offer("Jurgita")]
    assert titles(rank("ollinger", people)) == ["Jürgen Öllinger"]
    assert titles(rank("@JUERG", people)) == ["Jürgen Öllinger"]
    assert titles(rank("jurg", people)) == ["Jürgen Öllinger", "Jurgita"]


def test_long_and_hostile_queries_cost_little() -> None:
    letters = "x" * 5000
    assert rank(letters, [offer("y" + "xy" * 90)]) == []


def test_punctuation_parts_words_on_both_sides() -> None:
    assert titles(rank("anna.ber", [offer("Anna Berger")])) == ["Anna Berger"]


def test_every_word_must_match() -> None:
    assert titles(rank("office north", [offer("office south"), offer("North Office")])) == ["North Office"]


def test_boost_breaks_ties_and_orders_the_empty_query() -> None:
    everything = [offer("aa", boost=1), offer("ab", boost=5)]
    assert titles(rank("a", everything)) == ["ab", "aa"]
    assert titles(rank("", everything)) == ["ab", "aa"]
    assert rank("zzz", everything) == []
    assert len(rank("", everything, limit=1)) == 1

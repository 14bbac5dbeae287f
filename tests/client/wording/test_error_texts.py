from __future__ import annotations

from tui.client.wording.error_texts import BY_ID, BY_PREFIX


def test_longer_prefixes_come_before_shorter_ones() -> None:
    prefixes = [prefix for prefix, _ in BY_PREFIX]
    for place, prefix in enumerate(prefixes):
        assert not any(prefix.startswith(earlier) for earlier in prefixes[:place])


def test_sentences_are_sentences() -> None:
    for ident, text in BY_ID.items():
        assert text.msgid[0].isupper() or text.msgid.startswith("teleteam"), ident
        assert text.msgid.endswith((".", "?", "}", "example.org")), ident

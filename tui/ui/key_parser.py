"""What the terminal sends, as keys and pastes: Textual's parser, but keys may come in bunches.

Over SSH several keys arrive in one read. Textual waits for a pause to know Alt+N from the beginning of
something longer, and makes of two of them in one read the text "^n^d".

Invariant: keys that arrive together are the keys that they are one by one; nothing of a paste is a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textual import events
from textual._parser import ParseTimeout
from textual._xterm_parser import XTermParser
from textual.message import Message

ESC, PASTE, PASTED = "\x1b", "\x1b[200~", "\x1b[201~"
OPENERS = frozenset("[OPX]^_")
"""Behind Esc these begin something longer (CSI, SS3, DCS, OSC, …): only a pause makes them keys."""
_EACH = re.compile(f"(?={ESC})")


class KeyParser(XTermParser):
    """For one terminal; `feed` what was read, `tick` in pauses."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._paste: str | None = None
        """What has come of a paste; None = none is under way."""
        self._begun = ""
        """What has come of a key that may not be complete."""

    def feed(self, data: str) -> Iterator[Message]:
        """The keys and pastes that are complete; "" = nothing more will come."""
        if not data:
            yield from super().feed(data)
        if self._timeout_time is not None and (self._begun + data).startswith(PASTE):
            data = self._begun + data
            self._forget_key()
        while data:
            if self._paste is None:
                keys, opened, data = data.partition(PASTE)
                yield from self._keys(keys)
                if opened:
                    yield from self._end_of_key()
                    self._paste = ""
            else:
                text, closed, data = (self._paste + data).partition(PASTED)
                self._paste = None if closed else text
                if closed:
                    yield events.Paste(text.replace("\x00", ""))

    def _keys(self, data: str) -> Iterator[Message]:
        for piece in _EACH.split(data):
            if piece.startswith(ESC):
                yield from self._end_of_key()
            if piece:
                yield from super().feed(piece)
                begun = piece if piece.startswith(ESC) else self._begun + piece
                self._begun = begun if self._timeout_time is not None else ""

    def _forget_key(self) -> None:
        """The beginning of a paste came in two reads: the first of them was no key."""
        self._timeout_time = None
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)

    def _end_of_key(self) -> Iterator[Message]:
        """An Esc begins a new key: what was begun before is complete, as after a pause."""
        if self._timeout_time is not None:
            self._timeout_time = None
            self._awaiting = self._gen.throw(ParseTimeout())
            while self._tokens:
                yield self._tokens.popleft()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        """Of Esc and one character: that character with Alt, without waiting for a pause."""
        known = list(super()._sequence_to_key_events(sequence, alt))
        if not known and len(sequence) == 2 and sequence[0] == ESC and sequence[1] not in OPENERS:
            known, alt = list(super()._sequence_to_key_events(sequence[1], alt=True)), True
        return [_with_alt(key) for key in known] if alt else known


def _with_alt(key: events.Key) -> events.Key:
    """Textual says Alt of letters and digits only: Alt+/ would be typed as a slash."""
    sign = key.character is not None and key.character.isprintable() and not key.character.isspace()
    return key if not sign or "alt+" in key.key else events.Key(f"alt+{key.key}", key.character)

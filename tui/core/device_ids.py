"""Syncthing's device IDs: eight groups of seven letters, four of the letters being check digits.

An ID is the SHA-256 of a certificate in base 32 (52 letters); after each 13 of them stands a check digit
(Luhn mod 32 as Syncthing counts it, from the left with factor 1). Source: lib/protocol/deviceid.go, luhn.go.

Invariant: what `normalise` gives is an ID in Syncthing's own spelling with right check digits, or "".
"""

from __future__ import annotations

from tui.core.patterns import pattern

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
DATA = 52
"""Letters without the check digits."""
BLOCK = 13
"""Letters that one check digit is for."""
GROUP = 7
LENGTH = 63
"""Of an ID as it is written, dashes included."""
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_TYPOS = str.maketrans({"0": "O", "1": "I", "8": "B", "-": None, " ": None, "\t": None, "\n": None})
_SHAPE = pattern(r"[A-Z2-7]{7}(?:-[A-Z2-7]{7}){7}")
_LIKE = pattern(r"(?<![A-Za-z0-9])[A-Za-z0-9]{7}(?:-[A-Za-z0-9]{7}){7}(?![A-Za-z0-9])")
_LAST = frozenset("AQ")
"""256 bits leave one bit for the last letter."""


def check_digit(block: str) -> str:
    """The letter that follows a block of 13."""
    total = 0
    for at, letter in enumerate(block):
        addend = _VALUES[letter] * (1 + at % 2)
        total += addend // 32 + addend % 32
    return ALPHABET[-total % 32]


def with_check_digits(data: str) -> str:
    """An ID as it is written, from its 52 letters."""
    blocks = (data[at : at + BLOCK] for at in range(0, DATA, BLOCK))
    return _grouped("".join(block + check_digit(block) for block in blocks))


def normalise(typed: str) -> str:
    """`typed` (lower case, blanks, no dashes, 0 for O, 1 for I, 8 for B) as an ID; "" where it is none."""
    if len(typed) > 4 * LENGTH:
        return ""
    letters = typed.upper().translate(_TYPOS)
    if len(letters) != DATA + DATA // BLOCK or any(letter not in _VALUES for letter in letters):
        return ""
    step = BLOCK + 1
    blocks = [letters[at : at + step] for at in range(0, len(letters), step)]
    right = all(check_digit(block[:-1]) == block[-1] for block in blocks)
    return _grouped(letters) if right and blocks[-1][-2] in _LAST else ""


def is_device_id(text: str) -> bool:
    """Whether `text` is an ID spelt as Syncthing spells it, check digits included."""
    return _SHAPE.fullmatch(text) is not None and normalise(text) == text


def find_like(text: str) -> tuple[str, ...]:
    """Everything in a text that a reader could take for an ID, right or wrong, as it stands there."""
    return tuple(match[0] for match in _LIKE.finditer(text))


def first_and_last(device_id: str) -> tuple[str, str]:
    """The two groups that people compare, on the phone or across the desk."""
    groups = device_id.split("-")
    return groups[0], groups[-1]


def short_id(device_id: str) -> str:
    """The seven letters by which Syncthing names a device in the names of conflict copies."""
    return device_id[:GROUP]


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))

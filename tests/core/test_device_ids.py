"""Device IDs: check digits as Syncthing counts them (IDs of real instances), spelling, hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.device_ids import (
    ALPHABET,
    find_like,
    first_and_last,
    is_device_id,
    normalise,
    short_id,
    with_check_digits,
)

REAL = (
    "RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-T7ESQAS",
    "P56IOI7-MZJNU2Y-IQGDREY-DM2MGTI-MGL3BXN-PQ6W5BM-TBBZ4TJ-XZWICQ2",
    "DJVUQGA-LEKNQMJ-PZA3DW4-RH7UNWO-VHSWGGO-TUDWTB7-ELRCGDT-5JNQSQP",
)
"""Recorded from Syncthing 1.19.2 (contract/syncthing)."""
letters = st.text(ALPHABET, min_size=51, max_size=51)


@pytest.mark.parametrize("device_id", REAL)
def test_ids_of_real_instances_are_right(device_id: str) -> None:
    assert is_device_id(device_id)
    assert with_check_digits(_data(device_id)) == device_id


@pytest.mark.parametrize("device_id", REAL)
def test_typed_in_another_spelling(device_id: str) -> None:
    assert normalise(device_id.lower()) == device_id
    assert normalise(device_id.replace("-", " ")) == device_id
    assert normalise(f" {device_id.replace('-', '')}\n") == device_id
    assert normalise(device_id.replace("O", "0").replace("I", "1").replace("B", "8")) == device_id
    assert not is_device_id(device_id.lower())


@given(letters, st.integers(0, 55), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_always_noticed(data: str, at: int, letter: str) -> None:
    right = with_check_digits(data + "A")
    bare = right.replace("-", "")
    if bare[at] == letter:
        return
    assert normalise(bare[:at] + letter + bare[at + 1 :]) == ""


@given(letters)
def test_made_ids_are_right_and_come_back(data: str) -> None:
    made = with_check_digits(data + "Q")
    assert is_device_id(made)
    assert normalise(made) == made


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text: str) -> None:
    found = normalise(text)
    assert found == "" or is_device_id(found)


def test_the_end_of_an_id_has_one_bit_left() -> None:
    assert not is_device_id("RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-T7ESQAA")
    assert normalise(with_check_digits("A" * 51 + "B")) == ""


def test_groups_to_compare_and_ids_in_a_text() -> None:
    assert first_and_last(REAL[0]) == ("RXUDE7N", "T7ESQAS")
    assert short_id(REAL[1]) == "P56IOI7"
    wrong = "RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-AAAAAAA"
    assert find_like(f"one {REAL[0]}, another:{wrong.lower()}!") == (REAL[0], wrong.lower())


def _data(device_id: str) -> str:
    bare = device_id.replace("-", "")
    return "".join(bare[at : at + 13] for at in range(0, 56, 14))

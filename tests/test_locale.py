"""Every text of the program has a German one, with the same placeholders, and the .mo is made of the .po.

After adding texts: `python -m tests.support.catalogue update`, fill in what is empty in the .po, `… compile`.
"""

from __future__ import annotations

import gettext
import io
import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import catalogue
from tests.support.catalogue import Message, collect, compile_mo, load, problems, read_po, write_po


def test_every_text_has_a_german_one() -> None:
    assert list(problems(collect(), load())) == []


def test_texts_are_literals() -> None:
    """Others cannot be collected."""
    assert collect().dynamic == []


def test_the_mo_is_made_of_the_po() -> None:
    assert compile_mo(load().values()) == catalogue.MO.read_bytes()


def test_the_po_is_written_in_one_way() -> None:
    text = catalogue.PO.read_text(encoding="utf-8")
    assert write_po(catalogue.merged(collect().messages, read_po(text))) == text


def test_it_is_the_familiar_form() -> None:
    """No polite form: the program says du."""
    polite = [m.msgid for m in load().values() for text in m.texts if {"Sie", "Ihr", "Ihre"} & _inside(text)]
    assert polite == []


def _inside(text: str) -> set[str]:
    """Words that do not begin a sentence, where they would be capital anyway."""
    words = text.replace("\n", " ").split(" ")
    pairs = itertools.pairwise(words)
    return {word.strip(",.;:!?“”„") for before, word in pairs if before[-1:] not in ".!?:"}


def test_the_library_reads_what_we_write() -> None:
    messages = [
        Message("One {n}", plural="Many {n}", texts=("Eins {n}", "Viele {n}")),
        Message("Open", context="verb", texts=("Öffnen",)),
        Message('Quote " and \\ and\nline', texts=('Zitat " und \\ und\nZeile',)),
        Message("empty", texts=("",)),
        Message("unsure", texts=("unklar",), fuzzy=True),
    ]
    words = gettext.GNUTranslations(io.BytesIO(compile_mo(messages)))
    assert [words.ngettext("One {n}", "Many {n}", n) for n in (0, 1, 2)] == [
        "Viele {n}",
        "Eins {n}",
        "Viele {n}",
    ]
    assert words.pgettext("verb", "Open") == "Öffnen"
    assert words.gettext("Open") == "Open"
    assert words.gettext('Quote " and \\ and\nline') == 'Zitat " und \\ und\nZeile'
    assert (words.gettext("empty"), words.gettext("unsure")) == ("empty", "unsure")
    read = read_po(write_po(messages))
    assert {k: (m.texts, m.fuzzy) for k, m in read.items()} == {m.key: (m.texts, m.fuzzy) for m in messages}


def test_flaws_are_found() -> None:
    source = catalogue.Found()
    for msgid in ("a {x}", "b ", "c", "d"):
        source.add(Message(msgid), "f.py")
    known = {
        ("", "a {x}"): Message("a {x}", texts=("a {y}",)),
        ("", "b "): Message("b ", texts=("b",)),
        ("", "c"): Message("c", texts=("",)),
        ("", "old"): Message("old", texts=("alt",)),
    }
    kinds = [line.partition(":")[0] for line in problems(source, known)]
    assert sorted(kinds) == [
        "blanks at the ends differ",
        "missing",
        "missing",
        "obsolete",
        "placeholders differ",
    ]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="a second opinion, where it is installed")
def test_msgfmt_agrees(tmp_path: Path) -> None:
    out = tmp_path / "x.mo"
    subprocess.run(["msgfmt", "-c", "-o", str(out), str(catalogue.PO)], check=True, capture_output=True)
    theirs, ours = (gettext.GNUTranslations(io.BytesIO(p.read_bytes())) for p in (out, catalogue.MO))
    assert theirs._catalog == ours._catalog  # type: ignore[attr-defined]

from __future__ import annotations

import os
import sys
from pathlib import Path

from tui.terminal.spelling import Wrong, check, dictionaries

PROGRAM = """#!{python}
import sys
name = sys.argv[sys.argv.index("-d") + 1]
if name != "de_DE":
    sys.exit(1)
print("@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.2)")
known = {{"das", "ist", "ein"}}
for line in sys.stdin.buffer.read().decode().split("\\n"):
    if not line.startswith("^"):
        continue
    for word in line[1:].split():
        if word.lower() in known:
            print("*")
        elif word == "Tset":
            print("& Tset 2 9: Test, Tost")
        else:
            print(f"# {{word}} 3")
    print()
"""


def hunspell(tmp_path: Path) -> dict[str, str]:
    program = tmp_path / "hunspell"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    return {**os.environ, "PATH": str(tmp_path)}


def test_wrong_words_with_what_may_be_meant(tmp_path: Path) -> None:
    env = hunspell(tmp_path)
    text = "das ist ein Tset\nTset schlecht"
    assert check(text, ("de_DE,en_US", "de_DE"), env) == [
        Wrong("Tset", 12, 16, ("Test", "Tost")),
        Wrong("Tset", 17, 21, ("Test", "Tost")),
        Wrong("schlecht", 22, 30),
    ]


def test_code_links_and_names_are_no_prose(tmp_path: Path) -> None:
    text = "/me das @anna.b ~town `xyzzy` https://a.example/Tset :tset: ```\nTset\n``` ist"
    assert check(text, ("de_DE",), hunspell(tmp_path)) == []


def test_a_line_is_never_a_command(tmp_path: Path) -> None:
    assert check("*das\n#ist", ("de_DE",), hunspell(tmp_path)) == [Wrong("*das", 0, 4), Wrong("#ist", 5, 9)]


def test_without_program_or_dictionary_nothing_is_said(tmp_path: Path) -> None:
    assert check("das", ("xx",), hunspell(tmp_path)) is None
    assert check("das", ("de_DE",), {"PATH": str(tmp_path / "nowhere")}) is None


def test_which_dictionaries() -> None:
    assert dictionaries("auto", "de") == ("de_DE,en_US", "de_DE")
    assert dictionaries("auto", "en")[0] == "en_US"
    assert dictionaries("fr_FR", "de") == ("fr_FR",)
    assert dictionaries("off", "de") == ()
    assert dictionaries("../x -a", "de") == ()

"""Spelling by the machine's own hunspell, where there is one.

Invariant: the text goes to the program's standard input alone, never into its arguments; a machine without
hunspell or without a dictionary says so by None, and nothing else changes.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence

from tui.core.values import dataclass
from tui.terminal.programs import Programs, RealPrograms, without_ours

SECONDS = 5.0
MOST_WORDS = 50
MOST_SUGGESTIONS = 6
_NO_WORDS = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\w+://\S+|www\.\S+|(?<!\w)[@~][\w.\-]+|:[\w+\-]+:|^/\S+", re.DOTALL
)
"""Code, links, names, emoji, a command: no prose."""
_DICTIONARY = re.compile(r"[A-Za-z0-9_\-]+(?:,[A-Za-z0-9_\-]+)*")
_WRONG = re.compile(r"(?P<sign>[&#]) (?P<word>\S+) [\d ]*(?:: (?P<others>.*))?")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A word that no dictionary knows, at text[start:end]."""

    word: str
    start: int
    end: int
    suggestions: tuple[str, ...] = ()


def dictionaries(setting: str, language: str) -> tuple[str, ...]:
    """What to try, in this order: by [composer] spelling and the program's language; () = switched off."""
    if setting == "off":
        return ()
    if setting != "auto":
        return (setting,) if _DICTIONARY.fullmatch(setting) else ()
    home = {"de": "de_DE", "de_AT": "de_AT"}.get(language, "en_US")
    return (f"{home},en_US", home) if home != "en_US" else ("en_US", "en_GB")


def check(
    text: str, names: Sequence[str], env: Mapping[str, str], programs: Programs | None = None
) -> list[Wrong] | None:
    """The wrong words; None where nothing can check. Takes up to some seconds, so call it in a worker."""
    found = (programs or RealPrograms()).find("hunspell", env)
    if not found:
        return None
    prose = _NO_WORDS.sub(lambda match: " " * len(match[0]), text)
    for name in names:
        told = _ask([found, "-a", "-i", "utf-8", "-d", name], prose, env)
        if told is not None:
            return _wrong_words(prose, told)
    return None


def _ask(argv: list[str], prose: str, env: Mapping[str, str]) -> list[str] | None:
    """Its answer line by line; None where it does not know the dictionary. A `^` keeps a line from being a
    command.
    """
    lines = "".join(f"^{line}\n" for line in prose.split("\n"))
    try:
        ran = subprocess.run(  # noqa: S603 - an argv list; the text goes to its input
            argv,
            input=lines.encode("utf-8", "replace"),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            start_new_session=True,
            env=without_ours(env),
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    told = ran.stdout.decode("utf-8", "replace").split("\n")
    return told[1:] if ran.returncode == 0 and told[0].startswith("@(#)") else None


def _wrong_words(prose: str, told: Sequence[str]) -> list[Wrong]:
    """Looked for in their order: programs disagree whether an offset counts bytes or characters."""
    found: list[Wrong] = []
    at = 0
    for line in told:
        match = _WRONG.fullmatch(line.rstrip())
        if match is None or len(found) >= MOST_WORDS:
            continue
        start = prose.find(match["word"], at)
        if start < 0:
            continue
        at = start + len(match["word"])
        others = tuple((match["others"] or "").split(", "))[:MOST_SUGGESTIONS]
        found.append(Wrong(match["word"], start, at, tuple(filter(None, others))))
    return found

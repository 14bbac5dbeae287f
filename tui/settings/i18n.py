"""German and English: the words of the program in the person's language.

Invariant: the language is process-wide and set once, in `main`, before a sentence is made; changing it
needs a restart. The msgid is the English text, so a missing catalogue or entry is English, never an error.
Fast to import: the catalogue is one small .mo, read by its package's loader (which works inside a zip as
well).
"""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Mapping

import tui

LANGUAGES = ("de", "de_AT", "en", "xx")
"""What can be chosen. de_AT is `de` with Austrian months; xx is a pseudo language that finds hard-coded
text.
"""
DOMAIN = "teleteam"

_SPEECHLESS = frozenset({"", "C", "POSIX"})
_PLACEHOLDERS = re.compile(r"(\{[^{}]*\}|%\([a-z_]+\)[sdr]|%[sdr%])")


class Pseudo(gettext.NullTranslations):
    """«text ~~~»: every translated text is marked and about 30 % longer; placeholders stay."""

    def gettext(self, message: str) -> str:
        plain = len(_PLACEHOLDERS.sub("", message))
        return f"«{message}{'~' * (plain * 3 // 10)}»"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - the interface's
        return self.gettext(message)


class _Current:
    """The one process-wide choice; see the module's invariant."""

    language = "en"
    words: gettext.NullTranslations = gettext.NullTranslations()


class Later:
    """A text that is translated when it is shown, for tables and class attributes made at import."""

    __slots__ = ("msgid",)

    def __init__(self, msgid: str) -> None:
        self.msgid = msgid

    def __str__(self) -> str:
        return _Current.words.gettext(self.msgid)

    def __repr__(self) -> str:
        return f"N_({self.msgid!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and other.msgid == self.msgid

    def __hash__(self) -> int:
        return hash(self.msgid)


def _(message: str) -> str:
    """`message` in the person's language."""
    return _Current.words.gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The form that fits `n`; put the number in with `.format(n=n)`."""
    return _Current.words.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """`message` where a short word means two things: `pgettext("verb", "Open")`."""
    return _Current.words.pgettext(context, message)


def N_(message: str) -> Later:
    """Marks `message` and translates it when it is shown (`str(...)`)."""
    return Later(message)


def language() -> str:
    """The language in use: one of LANGUAGES."""
    return _Current.language


def set_language(code: str) -> None:
    """Uses `code` (de, de_AT, en, xx) from now on; anything else is English."""
    chosen = match(code) or "en"
    _Current.language = chosen
    _Current.words = Pseudo() if chosen == "xx" else _catalogue(chosen.partition("_")[0])


def _catalogue(code: str) -> gettext.NullTranslations:
    """The compiled catalogue of `code`; English has none."""
    if code == "en":
        return gettext.NullTranslations()
    place = os.path.join(os.path.dirname(tui.__file__), "locale", code, "LC_MESSAGES", f"{DOMAIN}.mo")
    loader = getattr(tui.__spec__, "loader", None)
    try:
        return gettext.GNUTranslations(io.BytesIO(loader.get_data(place)))  # type: ignore[union-attr]
    except (OSError, AttributeError):
        return gettext.NullTranslations()


def match(locale: str) -> str | None:
    """The language for a locale name (`de_DE.UTF-8`, `de-AT`, `en`), None where we do not speak it."""
    code, _sep, region = locale.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")
    full = f"{code.lower()}_{region.upper()}"
    if full in LANGUAGES:
        return full
    return code.lower() if code.lower() in LANGUAGES else None


def choose_language(
    env: Mapping[str, str], config: str = "auto", user_locale: str = "", server_locale: str = ""
) -> str:
    """Config or option > LANGUAGE > LC_ALL > LC_MESSAGES > LANG > the Mattermost user's > the server's > en.

    The first of LC_ALL, LC_MESSAGES, LANG that is set decides alone, as in POSIX; C and languages that we do
    not speak count as no choice.
    """
    posix = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    named = ["" if config == "auto" else config, *env.get("LANGUAGE", "").split(":"), posix]
    for locale in (*named, user_locale, server_locale):
        if locale.partition(".")[0] not in _SPEECHLESS and (found := match(locale)):
            return found
    return "en"

"""Emoji by Mattermost's short names: :tada: to 🎉 and back to what the composer completes.

Invariant: names are looked up in the pinned `emoji` package (aliases first, then CLDR names), after our own
table of Mattermost's (iamcal's) names that differ. The package is loaded by the first look-up, not by the
import; the name tables are built once from constants.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from tui.core.emoji_names import OURS, SAME
from tui.core.patterns import pattern

NAME = pattern(r"[a-zA-Z0-9_+-]{1,64}")

_TONES = {"light": "🏻", "medium_light": "🏼", "medium": "🏽", "medium_dark": "🏾", "dark": "🏿"}
_TONE = pattern(r"(.+)_(light|medium_light|medium|medium_dark|dark)_skin_tone")
_FLAG = pattern(r"flag-([a-z])([a-z])")
_GENDER = pattern(r"(fe)?male[-_](.+)")
# Not offered: skin tones, and people whose names Mattermost forms in another way (they are still understood).
_ODD_NAME = pattern(r"skin_tone|fitzpatrick|^family_|^flag_for_|_(wo)?man$|^(wo)?man_|[^a-z0-9_+-]")
_PEOPLE = {"man": "👨", "woman": "👩", "boy": "👦", "girl": "👧", "heart": "❤️", "kiss": "❤️\u200d💋"}


def normalise(name: str) -> str:
    """Mattermost's own name for an emoji name (thumbsup is +1), without colons, in lower case."""
    plain = _plain(name)
    return SAME.get(plain, plain)


def to_unicode(name: str) -> str | None:
    """The character of a short name (with or without colons), or None for unknown and custom ones."""
    plain = _plain(name)
    if not NAME.fullmatch(plain):
        return None
    return _lookup(plain) or _with_tone(plain)


def complete(prefix: str, limit: int = 10) -> list[tuple[str, str]]:
    """Up to `limit` (name, character) with a name that begins with `prefix`, then such that contain it.

    One row a character, under the name to send; short names come first.
    """
    wanted = _plain(prefix)
    hits = [hit for hit in _completable() if wanted in hit[0]]
    hits.sort(key=lambda hit: (not hit[0].startswith(wanted), len(hit[0]), hit[0]))
    best = {char: sent for _, sent, char in reversed(hits)}
    order = dict.fromkeys(char for _, _, char in hits)
    return [(best[char], char) for char in islice(order, max(limit, 0))]


def _lookup(name: str) -> str | None:
    names = _names()
    found = names.get(name) or names.get(SAME.get(name, "")) or names.get(name.replace("-", "_"))
    return found or _flag(name) or _person(name) or _family(name)


def _with_tone(name: str) -> str | None:
    match = _TONE.fullmatch(name)
    base = _lookup(match[1]) if match else None
    if match is None or not base:
        return None
    tinted = base[0] + _TONES[match[2]] + base[1:].removeprefix("\ufe0f")
    return tinted if _is_emoji(tinted) else base


def _flag(name: str) -> str | None:
    match = _FLAG.fullmatch(name)
    if match is None:
        return None
    flag = "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in match.groups())
    return flag if _is_emoji(flag) else None


def _person(name: str) -> str | None:
    """female-doctor is woman_doctor in the package; male_mage is man_mage."""
    match = _GENDER.fullmatch(name)
    if match is None:
        return None
    who = "woman" if match[1] else "man"
    return _names().get(f"{who}_{match[2].replace('-', '_')}")


def _family(name: str) -> str | None:
    """man-woman-girl-boy, woman-heart-man …: people joined by ZWJ."""
    parts = name.split("-")
    if not 1 < len(parts) <= 4 or not all(part in _PEOPLE for part in parts):
        return None
    family = "\u200d".join(_PEOPLE[part] for part in parts)
    return family if _is_emoji(family) else None


def _is_emoji(text: str) -> bool:
    import emoji  # lazy: 27 ms that the start does not pay

    return emoji.is_emoji(text)


@lru_cache(maxsize=1)
def _sources() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """(character, aliases, CLDR name) of every fully qualified emoji."""
    import emoji  # lazy: see _is_emoji

    whole = emoji.STATUS["fully_qualified"]
    return tuple(
        (char, tuple(map(_plain, data.get("alias", ()))), _plain(data["en"]))
        for char, data in emoji.EMOJI_DATA.items()
        if data["status"] <= whole
    )


def _plain(name: str) -> str:
    return name.strip(":").lower()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every name to its character; earlier sources win."""
    names = dict(OURS)
    for char, aliases, _ in _sources():
        for alias in aliases:
            names.setdefault(alias, char)
    for char, _, cldr in _sources():
        names.setdefault(cldr, char)
    return names


@lru_cache(maxsize=1)
def _completable() -> tuple[tuple[str, str, str], ...]:
    """(name to match, name to send, character), without what Mattermost names differently."""
    names = _names()
    matched = [*names.items(), *((name, names[other]) for name, other in SAME.items() if other in names)]
    sent = _sent()
    return tuple((name, sent.get(char, name), char) for name, char in matched if not _ODD_NAME.search(name))


@lru_cache(maxsize=1)
def _sent() -> dict[str, str]:
    """Character to the name that Mattermost gives it, as far as we know."""
    names = _names()
    sent = {
        char: own
        for char, aliases, cldr in _sources()
        for own in map(normalise, (cldr, *reversed(aliases)))
        if names.get(own) == char
    }
    sent.update({char: name for name, char in names.items() if name in SAME.values()})
    sent.update({char: name for name, char in reversed(OURS.items())})
    sent.update({char: _flag_name(char) for char in sent if len(char) == 2 and "🇦" <= char[0] <= "🇿"})
    return sent


def _flag_name(flag: str) -> str:
    return "flag-" + "".join(chr(ord(letter) - ord("🇦") + ord("a")) for letter in flag)

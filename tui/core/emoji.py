"""Emoji by Mattermost's short names: :tada: to 🎉 and back to what the composer completes.

Invariant: names are looked up in the pinned `emoji` package (aliases first, then CLDR names), after our own
table of Mattermost's (iamcal's) names that differ. The package is loaded by the first look-up, not by the
import; the name tables are built once from constants.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

NAME = re.compile(r"[a-zA-Z0-9_+-]{1,64}")

_TONES = {"light": "🏻", "medium_light": "🏼", "medium": "🏽", "medium_dark": "🏾", "dark": "🏿"}
_TONE = re.compile(r"(.+)_(light|medium_light|medium|medium_dark|dark)_skin_tone")
_FLAG = re.compile(r"flag-([a-z])([a-z])")
_GENDER = re.compile(r"(fe)?male[-_](.+)")
# Not offered: skin tones, and people whose names Mattermost forms in another way (they are still understood).
_ODD_NAME = re.compile(r"skin_tone|fitzpatrick|^family_|^flag_for_|_(wo)?man$|^(wo)?man_|[^a-z0-9_+-]")
_PEOPLE = {"man": "👨", "woman": "👩", "boy": "👦", "girl": "👧", "heart": "❤️", "kiss": "❤️\u200d💋"}

# Names that stand for another one: Mattermost's first name of the same emoji.
_SAME = {
    "thumbsup": "+1",
    "thumbsdown": "-1",
    "simple_smile": "slightly_smiling_face",
    "poop": "hankey",
    "shit": "hankey",
    "collision": "boom",
    "satisfied": "laughing",
    "punch": "facepunch",
    "raised_hand": "hand",
    "running": "runner",
    "honeybee": "bee",
    "lady_beetle": "ladybug",
    "flipper": "dolphin",
    "paw_prints": "feet",
    "tshirt": "shirt",
    "shoe": "mans_shoe",
    "open_book": "book",
    "pencil": "memo",
    "knife": "hocho",
    "red_car": "car",
    "telephone": "phone",
    "sailboat": "boat",
    "envelope": "email",
    "heavy_exclamation_mark": "exclamation",
    "lantern": "izakaya_lantern",
    "waxing_gibbous_moon": "moon",
    "sign_of_the_horns": "the_horns",
    "facepalm": "face_palm",
    "thinking": "thinking_face",
    "uk": "gb",
}

_OURS = {
    "keycap_star": "*️⃣",
    "mostly_sunny": "🌤️",
    "sun_small_cloud": "🌤️",
    "barely_sunny": "🌥️",
    "sun_behind_cloud": "🌥️",
    "partly_sunny_rain": "🌦️",
    "rain_cloud": "🌧️",
    "snow_cloud": "🌨️",
    "lightning": "🌩️",
    "lightning_cloud": "🌩️",
    "tornado_cloud": "🌪️",
    "knife_fork_plate": "🍽️",
    "medal": "🎖️",
    "skin-tone-2": "🏻",
    "skin-tone-3": "🏼",
    "skin-tone-4": "🏽",
    "skin-tone-5": "🏾",
    "skin-tone-6": "🏿",
    "ladybug": "🐞",
    "male-doctor": "👨‍⚕️",
    "female-doctor": "👩‍⚕️",
    "man_and_woman_holding_hands": "👫",
    "women-with-bunny-ears-partying": "👯‍♀️",
    "woman-with-bunny-ears-partying": "👯‍♀️",
    "men-with-bunny-ears-partying": "👯‍♂️",
    "man-with-bunny-ears-partying": "👯‍♂️",
    "bride_with_veil": "👰",
    "man_with_turban": "👳",
    "guardsman": "💂",
    "spock-hand": "🖖",
    "ok_woman": "🙆",
    "octagonal_sign": "🛑",
    "shopping_trolley": "🛒",
    "satellite": "🛰️",
    "scooter": "🛴",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "large_green_circle": "🟢",
    "large_purple_circle": "🟣",
    "large_brown_circle": "🟤",
    "large_red_square": "🟥",
    "large_blue_square": "🟦",
    "large_orange_square": "🟧",
    "large_yellow_square": "🟨",
    "large_green_square": "🟩",
    "large_purple_square": "🟪",
    "large_brown_square": "🟫",
    "the_horns": "🤘",
    "hand_with_index_and_middle_fingers_crossed": "🤞",
    "i_love_you_hand_sign": "🤟",
    "face_with_cowboy_hat": "🤠",
    "face_palm": "🤦",
    "face_with_one_eyebrow_raised": "🤨",
    "grinning_face_with_star_eyes": "🤩",
    "grinning_face_with_one_large_and_one_small_eye": "🤪",
    "face_with_finger_covering_closed_lips": "🤫",
    "serious_face_with_symbols_covering_mouth": "🤬",
    "smiling_face_with_smiling_eyes_and_hand_covering_mouth": "🤭",
    "face_with_open_mouth_vomiting": "🤮",
    "shocked_face_with_exploding_head": "🤯",
    "mother_christmas": "🤶",
    "person_doing_cartwheel": "🤸",
    "juggling": "🤹",
    "fencer": "🤺",
    "woman-wrestling": "🤼‍♀️",
    "man-wrestling": "🤼‍♂️",
    "wrestlers": "🤼",
    "handball": "🤾",
    "drum_with_drumsticks": "🥁",
    "first_place_medal": "🥇",
    "second_place_medal": "🥈",
    "third_place_medal": "🥉",
    "egg": "🥚",
    "kiwifruit": "🥝",
    "smiling_face_with_3_hearts": "🥰",
    "womans_flat_shoe": "🥿",
    "turkey": "🦃",
    "giraffe_face": "🦒",
    "zebra_face": "🦓",
    "mate_drink": "🧉",
    "red_haired_person": "🧑‍🦰",
    "curly_haired_person": "🧑‍🦱",
    "bald_person": "🧑‍🦲",
    "white_haired_person": "🧑‍🦳",
    "woman_with_beard": "🧔‍♀️",
    "man_with_beard": "🧔‍♂️",
    "person_with_headscarf": "🧕",
    "beetle": "🪲",
    "eject": "⏏️",
    "umbrella": "☂️",
    "snowman": "☃️",
    "staff_of_aesculapius": "⚕️",
    "email": "✉️",
}


def normalise(name: str) -> str:
    """Mattermost's own name for an emoji name (thumbsup is +1), without colons, in lower case."""
    plain = _plain(name)
    return _SAME.get(plain, plain)


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
    found = names.get(name) or names.get(_SAME.get(name, "")) or names.get(name.replace("-", "_"))
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
    names = dict(_OURS)
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
    matched = [*names.items(), *((name, names[other]) for name, other in _SAME.items() if other in names)]
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
    sent.update({char: name for name, char in names.items() if name in _SAME.values()})
    sent.update({char: name for name, char in reversed(_OURS.items())})
    sent.update({char: _flag_name(char) for char in sent if len(char) == 2 and "🇦" <= char[0] <= "🇿"})
    return sent


def _flag_name(flag: str) -> str:
    return "flag-" + "".join(chr(ord(letter) - ord("🇦") + ord("a")) for letter in flag)

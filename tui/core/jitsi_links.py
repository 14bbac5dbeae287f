"""Jitsi addresses: which links are meetings, what to add to join one, and names for new rooms.

Invariant: what is added to an address is percent-encoded JSON on Jitsi's own white list; a token appears in
nothing but the result of `room_url` that was given one. A new room's name has 100 bits of chance.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from tui.core.links import Link, redact_tokens
from tui.core.patterns import pattern

WELL_KNOWN_HOSTS = ("meet.jit.si", "8x8.vc", "jitsi.net")
"""Public Jitsi servers; hosts below them count, too."""

PRESETS: Mapping[str, Mapping[str, bool | int]] = {
    "normal": {},
    "low": {"config.startWithVideoMuted": True, "config.channelLastN": 1, "config.resolution": 180},
    "audio": {"config.startAudioOnly": True, "config.startWithVideoMuted": True},
    "listen": {"config.startAudioOnly": True, "config.startWithAudioMuted": True},
}
"""Ways to join: as it is, on a weak line, sound only, and only listening."""

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1; 32 letters are 5 bits each. Jitsi does not tell upper from lower case."""
ROOM_LETTERS = 20
LONGEST_PREFIX = 30

_NO_ROOMS = frozenset({"static", "libs", "images", "sounds", "http-bind", "xmpp-websocket", "colibri-ws"})
_ENDING = pattern(r"\.[a-z0-9]{1,5}$", re.IGNORECASE)
_SETTING = pattern(r"((?:config|interfaceConfig|userInfo)\.[A-Za-z0-9_.]{1,80})=([^&#\s]{0,500})")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_certain_host(host: str, hosts: frozenset[str]) -> bool:
    """True for the hosts of `hosts` and for public Jitsi servers."""
    return host in hosts or any(host == known or host.endswith(f".{known}") for known in WELL_KNOWN_HOSTS)


def jitsi_path(link: Link) -> str:
    """The path of a room, /room or /tenant/room; "" where the link leads to none."""
    segments = urlsplit(link.url).path.rstrip("/").split("/")[1:]
    if not 1 <= len(segments) <= 2 or not all(segments):
        return ""
    if segments[0].lower() in _NO_ROOMS or _ENDING.search(segments[-1]):
        return ""
    return "".join(f"/{segment}" for segment in segments)


def jitsi_fragment(link: Link) -> str:
    """The settings in the fragment of a link, without anything that looks like a token; "" = none."""
    found = _SETTING.findall(urlsplit(link.url).fragment)
    kept = {key: value for key, value in found if redact_tokens(f"{key}={value}") == f"{key}={value}"}
    return "&".join(f"{key}={value}" for key, value in kept.items())


def room_url(
    link: str, *, fragment: str = "", name: str = "", topic: str = "", preset: str = "normal", token: str = ""
) -> str:
    """The address that joins a Jitsi room: `Meeting.link` with its own settings, ours, and the token.

    With a token the result is a secret (RFC 7519): for the browser's eyes only.
    """
    settings = {key: json.dumps(value) for key, value in PRESETS.get(preset, {}).items()}
    if topic:
        settings["config.callDisplayName"] = json.dumps(topic, ensure_ascii=False)
    if name:
        settings["userInfo.displayName"] = json.dumps(name, ensure_ascii=False)
    own = dict(_SETTING.findall(fragment))
    added = {key: quote(value, safe="") for key, value in settings.items() if key not in own}
    query = f"?jwt={quote(token, safe='')}" if token else ""
    hash_part = "&".join(f"{key}={value}" for key, value in {**own, **added}.items())
    return f"{link}{query}#{hash_part}" if hash_part else f"{link}{query}"


def room_base(server: str, room: str) -> str:
    """The address of a room on the server of the settings (https://meet.example.org or with a tenant)."""
    return f"{server.rstrip('/')}/{quote(room, safe='')}"


def new_room_name(random_bytes: bytes, prefix: str = "team") -> str:
    """A room name that nobody guesses: `prefix` as a slug and 20 letters, such as team-k7m2p-….

    `random_bytes`: at least 13 from a source fit for secrets; raises ValueError for fewer.
    """
    number = int.from_bytes(random_bytes, "big")
    if len(random_bytes) * 8 < ROOM_LETTERS * 5:
        raise ValueError("not enough random bytes")
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in range(ROOM_LETTERS))
    groups = [letters[start : start + 5] for start in range(0, ROOM_LETTERS, 5)]
    return "-".join(filter(None, [_slug(prefix), *groups]))


def _slug(text: str) -> str:
    spelled = text.lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST_PREFIX].strip("-")

"""Host names: what may stand in a link, and how it is shown so that nobody is taken in.

Invariant: `encode_host` returns lower-case ASCII that a resolver takes literally (a DNS name, a dotted quad,
an IPv6 address in brackets), or raises ValueError. A name that mixes scripts or looks like a Latin one
(pаypal with a Cyrillic а) is shown in punycode.
"""

from __future__ import annotations

import ipaddress
import unicodedata

from tui.core.patterns import pattern

MIXED_SCRIPT = "mixed_script"
CONFUSABLE = "confusable"

_LABEL = pattern(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = pattern(r"[0-9]+|0x[0-9a-f]*")
_COMMON = frozenset("0123456789-")
# Letters of other scripts that are drawn like Latin ones: the whole label may then pass for an ASCII name.
_LATIN_LOOKALIKES = frozenset("асԁеһіјӏорԗԛѕԝхуъЬҽпгѵѡαικνορυωητγχβϲϳօոսցհզ")
# Scripts that one name may honestly combine (as browsers do).
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)


def encode_host(host: str) -> str:
    """`host` as it goes into a URL; raises ValueError where it is no host."""
    if host.startswith("["):
        return _encode_ipv6(host)
    ascii_host = host.lower() if host.isascii() else _to_ascii(host)
    ascii_host = ascii_host.removesuffix(".")
    labels = ascii_host.split(".")
    if len(ascii_host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("no host name")
    if _NUMBER.fullmatch(labels[-1]):
        # Browsers read 127.1, 0x7f.1 and 2130706433 as addresses; only the plain form says what it is.
        return str(ipaddress.IPv4Address(ascii_host))
    for label in labels:
        _to_unicode(label)
    return ascii_host


def show_host(host: str) -> tuple[str, tuple[str, ...]]:
    """An encoded host as people should see it, and warnings (`MIXED_SCRIPT`, `CONFUSABLE`)."""
    if "xn--" not in host:
        return host, ()
    labels = [_to_unicode(label) for label in host.split(".")]
    warnings = tuple(dict.fromkeys(filter(None, map(label_warning, labels))))
    return (host, warnings) if warnings else (".".join(labels), ())


def label_warning(label: str) -> str:
    """Why a label (Unicode form) must not be shown as it is; "" = it may."""
    letters = [char for char in label if char not in _COMMON]
    scripts = {_script(char) for char in letters} - {"COMMON"}
    if len(scripts) > 1 and not any(scripts <= group for group in _TOGETHER):
        return MIXED_SCRIPT
    if scripts == {"LATIN"}:
        return CONFUSABLE if any(map(_is_odd_latin, letters)) else ""
    if letters and all(char in _LATIN_LOOKALIKES for char in letters):
        return CONFUSABLE
    return ""


def is_loopback(host: str) -> bool:
    """True for this machine: localhost, *.localhost, 127.0.0.0/8, [::1]."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _encode_ipv6(host: str) -> str:
    if not host.endswith("]") or "%" in host:
        raise ValueError("no address")
    return f"[{ipaddress.IPv6Address(host[1:-1])}]"


def _to_ascii(host: str) -> str:
    import idna  # lazy: only names outside ASCII need its tables

    return idna.encode(host, uts46=True, transitional=False).decode()


def _to_unicode(label: str) -> str:
    """Raises ValueError (idna.IDNAError) for a broken xn-- label."""
    if not label.startswith("xn--"):
        return label
    import idna  # lazy: see _to_ascii

    return idna.decode(label)


def _script(char: str) -> str:
    name = unicodedata.name(char, "UNKNOWN")
    if unicodedata.category(char)[0] in "MN" or char in "·ー":
        return "COMMON"
    return name.split(" ", 1)[0].split("-", 1)[0]


def _is_odd_latin(char: str) -> bool:
    """Latin letters of phonetics and the like, drawn as a, g, i; European and Vietnamese ones are honest."""
    return char in "ıĸŋ" or not (char <= "\u017f" or char in "șțơư" or "\u1e00" <= char <= "\u1eff")

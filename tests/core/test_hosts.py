"""A host in a link reads as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.hosts import CONFUSABLE, MIXED_SCRIPT, encode_host, is_loopback, label_warning, show_host


@pytest.mark.parametrize(
    ("host", "encoded"),
    [
        ("Example.ORG", "example.org"),
        ("example.org.", "example.org"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("faß.de", "xn--fa-hia.de"),
        ("ＡＢ。de", "ab.de"),
        ("pay\u200bpal.com", "paypal.com"),
        ("localhost", "localhost"),
        ("my_host.intern", "my_host.intern"),
        ("192.168.1.20", "192.168.1.20"),
        ("[::1]", "[::1]"),
        ("[2001:DB8:0::1]", "[2001:db8::1]"),
    ],
)
def test_hosts_get_one_form(host: str, encoded: str) -> None:
    assert encode_host(host) == encoded


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "..",
        "a..b",
        "-a.de",
        "a-.de",
        "a b.de",
        "a\x1b.de",
        "pay\u202epal.com",
        "ä\x1b.de",
        "xn--zzzzzz.de",
        "xn--.de",
        "💩.la",
        "a" * 64 + ".de",
        "a." * 127 + "de",
        "127.1",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "1.2.3.256",
        "01.2.3.4",
        "[::1",
        "[fe80::1%eth0]",
        "[1.2.3.4]",
        "a@b",
        "a%41.de",
    ],
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError):
        encode_host(host)


@pytest.mark.parametrize(
    ("host", "shown", "warnings"),
    [
        ("example.org", "example.org", ()),
        ("bücher.example", "bücher.example", ()),
        ("пример.example", "пример.example", ()),
        ("例え.example", "例え.example", ()),
        ("한국.example", "한국.example", ()),
        ("việtnam.example", "việtnam.example", ()),
        ("pаypal.com", "xn--pypal-4ve.com", (MIXED_SCRIPT,)),
        ("аррӏе.com", "xn--80ak6aa92e.com", (CONFUSABLE,)),
        ("gıthub.com", "xn--gthub-n4a.com", (CONFUSABLE,)),
        ("ɡoogle.com", "xn--oogle-qmc.com", (CONFUSABLE,)),
    ],
)
def test_f52_lookalikes_are_shown_in_punycode(host: str, shown: str, warnings: tuple[str, ...]) -> None:
    assert show_host(encode_host(host)) == (shown, warnings)


def test_digits_and_hyphens_belong_to_every_script() -> None:
    assert label_warning("büro-24") == ""
    assert label_warning("東京2020") == ""
    assert label_warning("") == ""


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example.org", "128.0.0.1", "[::2]", "example.org", ""])
def test_other_machines(host: str) -> None:
    assert not is_loopback(host)


@given(st.text(max_size=30))
def test_encoding_is_ascii_and_stable_or_refused(host: str) -> None:
    try:
        encoded = encode_host(host)
    except ValueError:
        return
    assert encoded.isascii()
    assert encode_host(encoded) == encoded
    show_host(encoded)

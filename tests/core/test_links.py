"""Only links that say where they go can be opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE
from tui.core.errors import Insecure, UserMistake
from tui.core.hosts import MIXED_SCRIPT
from tui.core.links import (
    MAIL,
    bare_end,
    bare_link,
    check_url,
    find_links,
    join_url,
    mail_link,
    normalise_server_url,
    parse_permalink,
    permalink,
    redact_tokens,
    text_deceives,
)

REFUSED = [
    # what Textual's Markdown was seen to pass on (reliability-facts 2.2)
    "ssh://-oProxyCommand=id/",
    "vscode:extension/evil",
    "smb://evil/share",
    "steam://run/1",
    "jar:file:///etc/passwd!/",
    "//evil/x",
    "/etc/passwd",
    "README.md",
    "-flag",
    "--remote-debugging-port=1",
    "%action--incognito",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,x",
    "https://good\\@evil/",
    "https:evil",
    # fifty more
    "",
    " ",
    "http://",
    "https://",
    "https:///path",
    "https://?q",
    "https://#f",
    "https://:443/",
    "https://user@host/",
    "https://user:pw@host/",
    "https://good.example@evil.example/",
    "https://good.example%40evil.example/",
    " https://a.de",
    "https://a.de ",
    "https://a.de/a b",
    "https://a.de/\n",
    "https://a.de/\r\nHost: evil",
    "https://a.de/\tb",
    "\x00https://a.de",
    "\x1bhttps://a.de",
    "https://a.de/\x1b]52;c;eA==\x07",
    "https://a.de/\x07",
    "https://a.de/\x7f",
    "https://a.de/\x9d",
    "https://a.de/\u2028",
    "https://a.de/\xa0",
    "https://a.de/\ud800",
    "https://a.de\\b",
    "https:\\\\a.de",
    "https:/a.de",
    "http:a.de",
    "ht\ntps://a.de",
    "HTTPS//a.de",
    "https//a.de",
    "https://a.de:port/",
    "https://a.de:99999/",
    "https://a.de:-1/",
    "https://a.de:80:80/",
    "https://a..de/",
    "https://.de/",
    "https://-a.de/",
    "https://a\u202ede.com/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://0177.0.0.1/",
    "https://[::1",
    "https://[::1]evil.example/",
    "https://[fe80::1%25eth0]/",
    "https://[evil.example]/",
    "https://xn--zzzzzz.de/",
    "https://💩.la/",
    "https://a.de/" + "x" * 9000,
    "ftp://a.de/",
    "ws://a.de/",
    "view-source:https://a.de",
    "about:config",
    "chrome://settings",
    "intent://a.de#Intent;scheme=x;end",
    "tel:+49123",
    "x-apple.systempreferences:",
    "ms-msdt:/id PCWDiagnostic",
    "search-ms:query=x",
    "jitsi-meet://meet.example.org/room",
    "mailto:",
    "mailto:nobody",
    "mailto:a@b",
    "mailto:a@b.de\nBcc:x@y.de",
    "mailto:-x@",
    "mailto:a@b@c.de",
    "$(id)",
    "`id`",
    "; id",
    "| id",
]


@pytest.mark.parametrize("raw", REFUSED, ids=ascii)
def test_f52_hostile_urls_are_refused(raw: str) -> None:
    with pytest.raises(UserMistake) as refused:
        check_url(raw)
    assert refused.value.id == "tele.input.url"
    assert raw == "" or raw not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTPS://Example.ORG:443/A?b=c#d", "https://example.org/A?b=c#d"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://example.org:/x", "https://example.org/x"),
        ("https://example.org/ä?ö#ü", "https://example.org/%C3%A4?%C3%B6#%C3%BC"),
        ("https://example.org/a%20b%zz", "https://example.org/a%20b%25zz"),
        ("https://example.org/\u202egpj", "https://example.org/%E2%80%AEgpj"),
        ('https://example.org/"<>`', "https://example.org/%22%3C%3E%60"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("https://[2001:DB8::1]:8065/x", "https://[2001:db8::1]:8065/x"),
        ("http://127.0.0.1:8065", "http://127.0.0.1:8065"),
        ("https://a.de/x'y(z)[w]", "https://a.de/x'y(z)[w]"),
        ("https://a.de?x", "https://a.de?x"),
        ("mailto:anna@example.org", "mailto:anna@example.org"),
        ("mailto:anna@example.org?bcc=evil@x.de&attach=/etc/passwd", "mailto:anna@example.org"),
    ],
)
def test_honest_urls_are_rebuilt(raw: str, url: str) -> None:
    assert check_url(raw).url == url


@given(
    st.one_of(
        st.text(), st.text().map(lambda tail: f"https://a.de/{tail}"), st.text().map("http://{}".format)
    )
)
def test_f52_what_passes_is_plain_and_stable(raw: str) -> None:
    try:
        link = check_url(raw)
    except UserMistake:
        return
    assert link.url.isascii()
    assert link.url.isprintable()
    assert not set(link.url) & set(' \\"<>`')
    assert link.url.startswith(("http://", "https://", "mailto:"))
    assert link.host
    assert check_url(link.url) == link


def test_f52_a_homograph_is_shown_in_punycode() -> None:
    link = check_url("https://pаypal.com/login")
    assert link.display_host == link.host == "xn--pypal-4ve.com"
    assert link.warnings == (MIXED_SCRIPT,)
    assert check_url("https://bücher.de:8443/").display_host == "bücher.de:8443"


@pytest.mark.parametrize(
    "text",
    [
        "https://good.example",
        "good.example",
        "www.good.example",
        "good.example/login?x",
        "see https://good.example/a for more",
        "HTTPS://GOOD.EXAMPLE",
        "ｇood.example",
        "good。example",
        "https://good.example@evil.example",
        "evil.example.good.example",
        "notevil.example",
        "https://еvil.example",
    ],
)
def test_f52_a_text_that_names_another_host_deceives(text: str) -> None:
    assert text_deceives(text, check_url("https://evil.example/x"))


@pytest.mark.parametrize(
    "text",
    [
        "the minutes",
        "",
        "README.md",
        "evil.example",
        "https://evil.example/other",
        "www.evil.example",
        "v1.2.3",
        "e.g. this",
        "anna@good.example",
        "see good.example",
    ],
)
def test_other_texts_do_not(text: str) -> None:
    assert not text_deceives(text, check_url("https://evil.example/x"))


def test_a_link_to_a_part_of_what_is_named_is_honest() -> None:
    assert not text_deceives("example.org", check_url("https://www.example.org"))
    assert text_deceives("www.example.org", check_url("https://example.org.evil.example"))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://a.de/x, or (http://b.de/y).", ["https://a.de/x", "http://b.de/y"]),
        ("https://de.wikipedia.org/wiki/Rust_(Spiel)", ["https://de.wikipedia.org/wiki/Rust_(Spiel)"]),
        ("(https://a.de/x_(y))", ["https://a.de/x_(y)"]),
        ("**https://a.de**", ["https://a.de"]),
        ("[https://a.de/x](https://b.de)", ["https://a.de/x", "https://b.de"]),
        ("https://a.de/?q[]=1&r[2]=x]", ["https://a.de/?q[]=1&r[2]=x"]),
        ("www.a.de/x WWW.b.de", ["http://www.a.de/x", "http://www.b.de"]),
        ("xhttps://a.de ssh://b.de www. http:// https://u@c.de", []),
        ("„https://a.de/ü“", ["https://a.de/%C3%BC"]),
        ("no link here", []),
        ("https://[::1]:80/x", ["https://[::1]:80/x"]),
    ],
)
def test_bare_links_are_found(text: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(text)] == urls


@given(st.text(st.sampled_from("htps:/w.ade()[]*_ @?\\<>\n\u202e"), max_size=100))
def test_finding_never_fails(text: str) -> None:
    for link in find_links(text):
        assert check_url(link.url) == link


def test_a_bare_address_ends_before_the_punctuation() -> None:
    text = "https://a.de/x). next"
    assert text[: bare_end(text, 0)] == "https://a.de/x"
    assert bare_end(" ", 0) == 0
    assert bare_link("https://") is None


def test_mail_addresses() -> None:
    link = mail_link("anna@example.org")
    assert link is not None
    assert (link.kind, link.host) == (MAIL, "example.org")
    assert mail_link("anna@") is None


def test_joining_keeps_the_sub_path() -> None:
    assert join_url("https://a.de/mm/", "/api/v4/users") == "https://a.de/mm/api/v4/users"
    assert join_url("https://a.de", "x") == "https://a.de/x"


@pytest.mark.parametrize(
    ("pasted", "url"),
    [
        ("chat.example.org", "https://chat.example.org"),
        (" https://Chat.example.org/ ", "https://chat.example.org"),
        ("host:8065", "https://host:8065"),
        ("https://host/mm/team/channels/town-square", "https://host/mm"),
        ("https://host/team/channels/town-square", "https://host"),
        ("https://host/mm/team/messages/@anna", "https://host/mm"),
        ("https://host/team/pl/abcdefghijklmnopqrstuvwxyz", "https://host"),
        ("https://host/_redirect/pl/abcdefghijklmnopqrstuvwxyz", "https://host"),
        ("https://host/team/threads", "https://host"),
        ("https://host/mm/login", "https://host/mm"),
        ("https://host/login?redirect_to=%2Fteam", "https://host"),
        ("https://host/signup_user_complete/?id=x", "https://host"),
        ("https://host/signup_email", "https://host"),
        ("https://host/mm/select_team", "https://host/mm"),
        ("https://host/landing#/team/channels/x", "https://host"),
        ("https://host/mm/api/v4", "https://host/mm"),
        ("https://host/mm//", "https://host/mm"),
        ("mattermost://host/team/channels/x", "https://host"),
        ("http://localhost:8065/team/channels/x", "http://localhost:8065"),
        ("http://127.0.0.1:8065", "http://127.0.0.1:8065"),
        ("http://[::1]:8065/", "http://[::1]:8065"),
        ("chat.bücher.de", "https://chat.xn--bcher-kva.de"),
    ],
)
def test_pasted_addresses_become_the_server(pasted: str, url: str) -> None:
    assert normalise_server_url(pasted) == url
    assert normalise_server_url(url) == url


@pytest.mark.parametrize(
    "pasted", ["", "  ", "ftp://host", "javascript:x", "user@host", "mailto:a@b.de", "a b", "-x"]
)
def test_other_input_is_a_mistake(pasted: str) -> None:
    with pytest.raises(UserMistake):
        normalise_server_url(pasted)


@pytest.mark.parametrize(
    "pasted", ["http://chat.example.org", "http://localhost.example.org", "HTTP://10.0.0.1"]
)
def test_a_secret_is_never_sent_in_the_clear(pasted: str) -> None:
    with pytest.raises(Insecure) as refused:
        normalise_server_url(pasted)
    assert refused.value.id == "tele.insecure.http"


_POST = "abcdefghijklmnopqrstuvwxy1"


def test_permalinks_there_and_back() -> None:
    url = permalink("https://host/mm", "team", _POST)
    assert url == f"https://host/mm/team/pl/{_POST}"
    assert parse_permalink("https://host/mm/", url) == _POST
    assert parse_permalink("https://host/mm", f"https://HOST:443/mm/_redirect/pl/{_POST}/?x#y") == _POST
    assert permalink("https://host", "", _POST) == f"https://host/_redirect/pl/{_POST}"


@pytest.mark.parametrize(
    "url",
    [
        f"https://evil/mm/team/pl/{_POST}",
        f"https://host/team/pl/{_POST}",
        f"https://host/mmm/team/pl/{_POST}",
        "https://host/mm/team/pl/short",
        f"https://host/mm/team/xx/{_POST}",
        f"https://host/mm/a/team/pl/{_POST}",
        "no url",
        "",
    ],
)
def test_other_links_are_no_permalinks(url: str) -> None:
    assert parse_permalink("https://host/mm", url) is None


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_texts_are_no_links_or_safe_ones(text: str) -> None:
    assert parse_permalink("https://host", text) is None
    for link in find_links(text):
        assert link.url.isprintable()


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("https://a.de/x?jwt=eyJa.b.c#config", "https://a.de/x?jwt=…#config"),
        ("(https://a.de/x?a=1&jwt=abc)", "(https://a.de/x?a=1&jwt=…)"),
        ("token eyJhbGci.eyJzdWIi.sig-x_y end", "token … end"),
        ("Invalid session token=abc123def456", "Invalid session token=…"),
        ("access_token=abc&x", "access_token=…&x"),
        ("a token of thanks", "a token of thanks"),
    ],
)
def test_tokens_are_blotted_out(text: str, clean: str) -> None:
    assert redact_tokens(text) == clean

"""Links that others wrote: which may be opened, how they are shown, and the addresses of our own server.

Invariant: a `Link` holds a URL that was taken apart and put together again: ASCII only, scheme http, https
or mailto, no user name, no control character, a host that resolves as it reads. Nothing else may reach
a browser, the clipboard or OSC 8.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from urllib.parse import SplitResult, quote, urlsplit

from tui.core.errors import Insecure, UserMistake
from tui.core.hosts import encode_host, is_loopback, show_host
from tui.core.ids import PostId
from tui.core.patterns import pattern
from tui.core.values import dataclass

MAX_URL = 8_192
"""Characters; a sign-in link of a single-sign-on server stays below."""
WEB = "web"
MAIL = "mail"

_FORBIDDEN = pattern(r"[\x00-\x20\x7f-\xa0\\\s\ud800-\udfff]")
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_STRAY_PERCENT = pattern(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "/%:@!$&'()*+,;=-._~?[]"
_ADDRESS = pattern(r"[A-Za-z0-9._%+'/=~-]{1,64}@([A-Za-z0-9.-]{1,253})", re.ASCII)

_START = r"(?<![^\W_])(?:https?://|www\.)"
_BARE = pattern(_START, re.IGNORECASE)
_BODY = pattern(r"(?:[^\s<>\"`|\\^{}\[\]]|\[[^\s<>\"`|\\^{}\[\]]*\])+")
_TRAILING = frozenset(".,;:!?'\"*_~”“’‘…、。！？，")
_CLOSING = {")": "(", "]": "[", "}": "{"}

_HOST_IN_TEXT = pattern(r"(?:[a-z][a-z0-9+.-]{0,20}://|www\.)[^\s/?#]+", re.IGNORECASE)
_WHOLE_HOST = pattern(r"(?:[^\W_](?:[\w-]{0,62})?\.){1,10}[^\W\d_]{2,24}(?::\d+)?(?:[/?#]\S*)?")
_FILE_ENDINGS = pattern(
    r"md|txt|py|js|ts|sh|rs|go|c|h|cpp|java|json|ya?ml|toml|xml|html?|css|pdf|docx?|xlsx?|pptx?|odt|ods|zip"
)

_POST_ID = pattern(r"[a-z0-9]{26}")
_PAGES = pattern(
    r"login|signup|signup_\w+|select_team|create_team|join_team|landing|reset_password\w*|admin_console|oauth"
    r"|_redirect|should_verify_email|do_verify_email|verify_identity|error|help|access_problem|mfa|plug|boards"
    r"|playbooks|terms_of_service"
)
_TEAM_PAGES = pattern(r"channels|messages|pl|threads|drafts|integrations|emoji|recent_mentions")

_TOKEN = pattern(r"\b((?:\w*_)?(?:jwt|token)(?:=|%3d))[^&#\s)\]\"'<>]+", re.IGNORECASE)
_JWT = pattern(r"eyJ[\w-]+(?:\.[\w-]*)*")


@dataclass(frozen=True, slots=True)
class Link:
    """A link that may be opened."""

    url: str
    """Rebuilt, ASCII."""
    host: str
    """Lower case, ASCII, without port; for mail the part behind the @."""
    display_host: str
    """What people see: Unicode where honest, punycode where it could deceive; with an unusual port."""
    warnings: tuple[str, ...] = ()
    """`hosts.MIXED_SCRIPT`, `hosts.CONFUSABLE`: ask before opening."""
    kind: str = WEB
    """web or mail."""


def check_url(raw: str) -> Link:
    """The link that `raw` means; raises UserMistake("tele.input.url") for anything that may not be opened."""
    try:
        return _checked(raw)
    except ValueError:
        raise UserMistake("tele.input.url") from None


def find_links(text: str) -> list[Link]:
    """Bare http, https and www links of a plain text, in order; what may not be opened is left out."""
    found: list[Link] = []
    pos = 0
    while match := _BARE.search(text, pos):
        pos = max(bare_end(text, match.start()), match.end())
        link = bare_link(text[match.start() : pos])
        if link is not None:
            found.append(link)
    return found


def bare_link(text: str) -> Link | None:
    """The link that a bare address in a text means (www. as http), or None."""
    short = text[:4].lower() == "www."
    try:
        link = check_url(f"http://{text}" if short else text)
    except UserMistake:
        return None
    return None if short and not link.host.startswith("www.") else link


def bare_end(text: str, start: int) -> int:
    """Where the bare address that starts at `start` ends: without the sentence's own punctuation."""
    match = _BODY.match(text, start, start + MAX_URL)
    if match is None:
        return start
    body, end = match[0], match.end()
    surplus = {closing: body.count(closing) - body.count(opening) for closing, opening in _CLOSING.items()}
    while end > start:
        char = text[end - 1]
        if surplus.get(char, 0) > 0:
            surplus[char] -= 1
        elif char not in _TRAILING:
            break
        end -= 1
    return end


def written_link(target: str) -> Link | None:
    """The link that a target in Markdown means (example.org/x as http), or None."""
    plain = _ESCAPED.sub(r"\1", target)
    has_scheme = "://" in plain or plain[:7].lower() == "mailto:"
    if not has_scheme and not _is_whole_host(plain):
        return None
    try:
        return check_url(plain if has_scheme else f"http://{plain}")
    except UserMistake:
        return None


def mail_link(address: str) -> Link | None:
    """The mailto link of an e-mail address, or None."""
    try:
        return check_url(f"mailto:{address}")
    except UserMistake:
        return None


def text_deceives(text: str, link: Link) -> bool:
    """True where the text of a link names another host than the link goes to."""
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").strip().lower()
    named = [_host_named(found[0]) for found in _HOST_IN_TEXT.finditer(plain[:MAX_URL])]
    if not named and _is_whole_host(plain):
        named = [_host_named(plain)]
    return any(not _same_site(host, link.host) for host in named)


def join_url(base: str, path: str) -> str:
    """`path` below `base`, which may have a path of its own (servers on a sub-path)."""
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def normalise_server_url(pasted: str) -> str:
    """The base address of a server from what a person typed or copied from the browser.

    Adds https://, drops query, fragment, trailing slash and the pages of Mattermost's own web client; keeps a
    sub-path. Raises UserMistake("tele.input.url"), and Insecure("tele.insecure.http") for http:// to anything
    but this machine.
    """
    text = pasted.strip()
    if text.lower().startswith("mattermost://"):
        text = "https" + text[len("mattermost") :]
    link = check_url(text if "://" in text else f"https://{text}")
    parts = urlsplit(link.url)
    if parts.scheme == "http" and not is_loopback(link.host):
        raise Insecure("tele.insecure.http", link.display_host)
    return f"{parts.scheme}://{parts.netloc}{_base_path(parts.path)}"


def permalink(site: str, team: str, post_id: PostId) -> str:
    """The address of a post; without a team by the server's own redirect."""
    return join_url(site, f"{quote(team, safe='') or '_redirect'}/pl/{quote(post_id, safe='')}")


def parse_permalink(site: str, url: str) -> PostId | None:
    """The post that a permalink of `site` names, or None for every other text."""
    try:
        wanted, given = urlsplit(check_url(site).url), urlsplit(check_url(url.strip()).url)
    except UserMistake:
        return None
    base = wanted.path.rstrip("/") + "/"
    if wanted.netloc != given.netloc or not given.path.startswith(base):
        return None
    parts = given.path[len(base) :].rstrip("/").split("/")
    if len(parts) != 3 or parts[1] != "pl" or not _POST_ID.fullmatch(parts[2]):
        return None
    return parts[2]


def redact_tokens(text: str) -> str:
    """`text` with everything that looks like a token replaced by an ellipsis."""
    return _JWT.sub("…", _TOKEN.sub(r"\1…", text))


def _checked(raw: str) -> Link:
    if not raw or len(raw) > MAX_URL or _FORBIDDEN.search(raw):
        raise ValueError("forbidden character or length")
    if raw[:7].lower() == "mailto:":
        return _checked_mail(raw[7:])
    parts = urlsplit(raw)
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or raw[len(scheme) : len(scheme) + 3] != "://" or "@" in parts.netloc:
        raise ValueError("scheme or user name")
    host = encode_host(_host_part(parts))
    shown, warnings = show_host(host)
    port = _port_suffix(scheme, parts.port)
    return Link(_rebuilt(scheme, host + port, parts), host, shown + port, warnings)


def _checked_mail(address: str) -> Link:
    match = _ADDRESS.fullmatch(address.split("?", 1)[0])
    if match is None or "." not in match[1]:
        raise ValueError("address")
    host = encode_host(match[1])
    shown, warnings = show_host(host)
    return Link(f"mailto:{match[0]}", host, shown, warnings, MAIL)


def _host_part(parts: SplitResult) -> str:
    """The host as written: `urlsplit().hostname` drops what it does not like."""
    netloc = parts.netloc
    if netloc.startswith("["):
        host, _, port = netloc.partition("]")
        if port and not port.startswith(":"):
            raise ValueError("text after an address")
        return f"{host}]"
    return netloc.partition(":")[0]


def _port_suffix(scheme: str, port: int | None) -> str:
    usual = {"http": 80, "https": 443}[scheme]
    return "" if port is None or port == usual else f":{port}"


def _rebuilt(scheme: str, netloc: str, parts: SplitResult) -> str:
    query = f"?{_encoded(parts.query)}" if parts.query else ""
    fragment = f"#{_encoded(parts.fragment)}" if parts.fragment else ""
    return f"{scheme}://{netloc}{_encoded(parts.path)}{query}{fragment}"


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_KEPT)


def _host_named(text: str) -> str:
    """The host that a piece of text seems to name; "" where it is none at all (which deceives, too)."""
    netloc = re.split(r"[/?#]", text.split("://", 1)[-1], maxsplit=1)[0]
    try:
        return encode_host(_without_port(netloc.rstrip(".,;:!?)]}'\"…")))
    except ValueError:
        return ""


def _without_port(netloc: str) -> str:
    return netloc if netloc.startswith("[") else netloc.partition(":")[0]


def _is_whole_host(text: str) -> bool:
    if len(text) > MAX_URL or not _WHOLE_HOST.fullmatch(text):
        return False
    name = re.split(r"[:/?#]", text, maxsplit=1)[0]
    return not _FILE_ENDINGS.fullmatch(name.rpartition(".")[2])


def _same_site(named: str, host: str) -> bool:
    """A link may go to a part of what its text names (www.example.org for example.org), not beside it."""
    bare = named.removeprefix("www.")
    return bool(bare) and (host in (named, bare) or host.endswith(f".{bare}"))


def _base_path(path: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    followed = pairwise([*segments, ""])
    ends = (index for index, pair in enumerate(followed) if _is_page(*pair))
    return "".join(f"/{segment}" for segment in segments[: next(ends, len(segments))])


def _is_page(segment: str, following: str) -> bool:
    """True where the web client's own part of a path begins: one of its pages, or a team with one."""
    if _PAGES.fullmatch(segment) or _TEAM_PAGES.fullmatch(segment) or _TEAM_PAGES.fullmatch(following):
        return True
    return segment == "api" and following == "v4"

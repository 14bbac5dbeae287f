"""The log file: off by default, small, and without a secret or a message in it.

Invariant: every record passes `Redaction` before it is formatted away; httpx, httpcore and websockets never
log below WARNING, because their debug output holds headers. Tracebacks are logged without values of
variables.
"""

from __future__ import annotations

import logging

from tui.core.patterns import pattern
from tui.settings.files import make_private_dir
from tui.settings.paths import Paths

BYTES = 500_000
FILES = 3
NOISY = ("httpx", "httpcore", "hpack", "websockets", "keyring", "asyncio", "markdown_it")
HIDDEN = "[…]"

_SECRETS = (
    pattern(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"),
    pattern(r"\beyJ[\w-]{5,}\.[\w-]{5,}(\.[\w-]*)?"),
    pattern(
        r"(?i)((?:api[-_]?key|token|jwt|password|passwort|secret|mmauthtoken|cookie)[\"']?\s*[=:]\s*[\"']?)[^\s\"',;&]+"
    ),
    pattern(r"(?i)(https?://[^\s?#]+)[?#]\S+"),
)


def redact(text: str, secrets: frozenset[str] = frozenset()) -> str:
    """`text` without anything that looks like a token, key, password or the query of a URL."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for one in _SECRETS:
        text = one.sub(lambda found: (found[1] if found.re.groups and found[1] else "") + HIDDEN, text)
    return text


class Redaction(logging.Filter):
    """Turns each record into one redacted, printable text."""

    def __init__(self) -> None:
        super().__init__()
        self._secrets: frozenset[str] = frozenset()

    def hide(self, secret: str) -> None:
        """From now on `secret` is never written, whatever stands around it."""
        if len(secret) >= 8:
            self._secrets |= {secret}

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage(), self._secrets)
        record.args = None
        if record.exc_info:
            record.msg += " | " + describe(record.exc_info[1], self._secrets)
            record.exc_info = record.exc_text = None
        record.msg = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in record.msg)
        return True


def describe(error: BaseException | None, secrets: frozenset[str] = frozenset()) -> str:
    """Type and places of an error (file:line in function), without message texts of foreign libraries."""
    import traceback

    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in reversed(frames[-8:]))
    ident = getattr(error, "id", "")
    return redact(f"{type(error).__name__} {ident} {places}", secrets)


def setup(paths: Paths, level: str = "off") -> Redaction:
    """Starts logging at `level` (off, warning, info, debug) into `paths.log_file`; returns the redaction."""
    redaction = Redaction()
    root = logging.getLogger()
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    if level == "off":
        root.addHandler(logging.NullHandler())
        return redaction
    from logging.handlers import RotatingFileHandler

    make_private_dir(paths.state_dir)
    handler = RotatingFileHandler(
        paths.log_file, maxBytes=BYTES, backupCount=FILES - 1, encoding="utf-8", delay=True
    )
    handler.addFilter(redaction)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(level.upper())
    return redaction

"""Every error id as a sentence that a person can act on.

Invariant: the server's own text and our technical detail are never the sentence, only a note in brackets
where nothing better is known.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.client.wording.error_texts import BY_ID, BY_PREFIX
from tui.core.errors import (
    BadAnswer,
    ConfigTrouble,
    FoldersTrouble,
    Insecure,
    NotSupported,
    Offline,
    Refused,
    Retryable,
    ServerTrouble,
    SignedOut,
    SignInRefused,
    StoreTrouble,
    TeleteamError,
    Throttled,
)
from tui.core.safe_text import safe_line
from tui.settings.i18n import N_, Later, _, ngettext

_BY_CLASS: tuple[tuple[type[TeleteamError], Later], ...] = (
    (NotSupported, N_("This server is too old for that.")),
    (SignInRefused, N_("The server refused the sign-in. Check name and password.")),
    (SignedOut, N_("You are signed out. Sign in again to go on; nothing is lost.")),
    (Offline, N_("The server cannot be reached. What you write is sent later.")),
    (BadAnswer, N_("Something between you and the server gave a strange answer. It will be tried again.")),
    (ServerTrouble, N_("The server has a problem of its own. It will be tried again.")),
    (Refused, N_("The server does not allow that.")),
    (Retryable, N_("That did not work. It will be tried again.")),
    (Insecure, N_("The connection would not be safe, so nothing was sent.")),
    (StoreTrouble, N_("The local store cannot be used.")),
    (ConfigTrouble, N_("Something in your settings is wrong.")),
)


def sentence(error: BaseException) -> str:
    """What `error` means for the person; safe to show."""
    if isinstance(error, Throttled):
        seconds = max(1, round(error.retry_after))
        text = ngettext(
            "Too many requests: the server wants a pause of {n} second.",
            "Too many requests: the server wants a pause of {n} seconds.",
            seconds,
        )
        return text.format(n=seconds)
    if isinstance(error, ConfigTrouble):
        return config_sentence(error)
    if isinstance(error, FoldersTrouble):
        return reason(error.id)
    if isinstance(error, TeleteamError):
        if error.id == "tele.folders.refused" and (known := _known_problem(error.detail)):
            return known
        return reason(error.id, error.detail, error)
    return _("Something went wrong ({kind}).").format(kind=type(error).__name__)


def _known_problem(detail: str) -> str:
    """What Syncthing's own words mean; imported when first needed."""
    from tui.client.wording.folders import problem

    return problem(detail)


def reason(error_id: str, detail: str = "", error: TeleteamError | None = None) -> str:
    """The same from an id alone, such as an outbox item's `reason` or a connection's `cause`."""
    found = BY_ID.get(error_id) or _by_prefix(error_id)
    if found is not None:
        return str(found).format_map(_Parts(detail))
    general = next((text for kind, text in _BY_CLASS if isinstance(error, kind)), None)
    note = safe_line(error_id or detail, 80)
    if general is not None:
        return f"{general} ({note})" if note else str(general)
    return _("That did not work ({note}).").format(note=note) if note else _("That did not work.")


def _by_prefix(error_id: str) -> Later | None:
    return next((text for prefix, text in BY_PREFIX if error_id.startswith(prefix)), None)


class _Parts(dict[str, str]):
    """What the texts may name: detail as a whole, or length and limit from "length/limit"."""

    def __init__(self, detail: str) -> None:
        clean = safe_line(detail, 200)
        length, _slash, limit = clean.partition("/")
        super().__init__(detail=clean, length=length, limit=limit)

    def __missing__(self, key: str) -> str:
        return ""


_CONFIG: Mapping[str, Later] = {
    "tele.config.syntax": N_("{file}, line {line}: this is no valid TOML."),
    "tele.config.unknown_key": N_("{file}, line {line}: there is no setting “{key}”."),
    "tele.config.value": N_("{file}, line {line}: “{key}” cannot have that value. Possible: {problem}"),
    "tele.config.command": N_("{file}: the command of “{key}” failed ({problem})."),
    "tele.config.proxy": N_("The proxy in your settings is not usable: {problem}"),
}
_UNSAFE: Mapping[str, Later] = {
    "owner": N_("{file} belongs to somebody else and is not read."),
    "writable": N_("Others can change {file}, so it is not read. Do: chmod go-w “{file}”"),
    "readable": N_("Others can read {file}, so it is not used. Do: chmod 600 “{file}”"),
}


def config_sentence(error: ConfigTrouble) -> str:
    """A mistake in the settings with its place and the nearest valid key."""
    table = _UNSAFE if error.id == "tele.config.unsafe" else _CONFIG
    key = error.problem if error.id == "tele.config.unsafe" else error.id
    text = table.get(key, N_("{file}, line {line}: something is wrong here ({problem})."))
    parts = {name: safe_line(str(getattr(error, name)), 300) for name in ("file", "line", "key", "problem")}
    made = str(text).format(**parts)
    if not error.nearest:
        return made
    return f"{made} " + _("Did you mean “{nearest}”?").format(nearest=safe_line(error.nearest))

"""The one tree of failures, split by what the caller can do about it.

    TeleteamError
    ├── Retryable            try again later; nothing is lost
    │   ├── Offline          no answer from the server (`cause` says which kind)
    │   ├── Throttled        429, `retry_after` seconds
    │   ├── ServerTrouble    5xx
    │   └── BadAnswer        an answer that is not Mattermost's: portal page, broken JSON, too large, too slow
    ├── SignedOut            the session is dead: sign in again as the same user
    ├── SignInRefused        wrong password, MFA wanted, locked … (`id`)
    ├── Refused              the server understood and said no (`id`, `status`): asking again will not help
    │   └── NotSupported     this server does not have the endpoint
    ├── Insecure             refused by us before any secret was sent (http://, foreign host, bad certificate)
    ├── StoreTrouble         the local store: full, corrupt, read-only, from a newer version
    ├── ConfigTrouble        settings: file, line, nearest valid key
    ├── FoldersTrouble       no usable Syncthing (`link` says which kind)
    └── UserMistake          bad input: unknown channel, empty message, too long

Invariant: no secret and no message text is ever part of an error. `id` is the server's stable error id or one
of ours beginning with "tele."; sentences for people are made from it in `client.wording`.
"""

from __future__ import annotations


class TeleteamError(Exception):
    """Base of all. `id` is stable, `detail` a short technical note that is safe to show and to log."""

    def __init__(self, id: str = "", detail: str = "", *, status: int = 0) -> None:  # noqa: A002
        super().__init__(f"{id} {detail}".strip() or type(self).__name__)
        self.id = id
        self.detail = detail
        self.status = status


class Retryable(TeleteamError):
    """Trying again later may work."""


class Offline(Retryable):
    """No answer. `cause`: dns, refused, unreachable, timeout, reset, proxy, tls or closed."""

    def __init__(self, cause: str, detail: str = "") -> None:
        super().__init__(f"tele.offline.{cause}", detail)
        self.cause = cause


class Throttled(Retryable):
    def __init__(self, retry_after: float, detail: str = "") -> None:
        super().__init__("tele.throttled", detail, status=429)
        self.retry_after = retry_after


class ServerTrouble(Retryable):
    """5xx; `id` is the server's, where it gave one."""


class BadAnswer(Retryable):
    """`id`: tele.answer.portal, .json, .large, .slow, .redirect, .shape."""


class SignedOut(TeleteamError):
    """The token is dead (expired, revoked, deactivated)."""


class SignInRefused(TeleteamError):
    """Sign-in was understood and refused."""


class Refused(TeleteamError):
    """400, 403, 404, 413, 501: the same request will be refused again."""


class NotSupported(Refused):
    """The endpoint does not exist on this server."""


class Insecure(TeleteamError):
    """`id`: tele.insecure.http, .certificate, .foreign_host, .redirect."""


class StoreTrouble(TeleteamError):
    """`id`: tele.store.full, .corrupt, .readonly, .newer, .locked, .owner."""


class ConfigTrouble(TeleteamError):
    """`id`: tele.config.syntax, .unknown_key, .value, .unsafe; `detail` names file, line and nearest key.

    The parts that a sentence is made of: `file`, `line` (0 = the whole file), `key`, `nearest` (the closest
    valid key, "" = none), `problem` (what is wrong with the value; for .unsafe: owner, writable, readable).
    """

    def __init__(
        self,
        id: str = "",  # noqa: A002
        detail: str = "",
        *,
        file: str = "",
        line: int = 0,
        key: str = "",
        nearest: str = "",
        problem: str = "",
    ) -> None:
        super().__init__(id, detail)
        self.file, self.line, self.key = file, line, key
        self.nearest, self.problem = nearest, problem


class UserMistake(TeleteamError):
    """`id`: tele.input.empty, .too_long, .no_such_channel, .no_such_user, .no_such_team, .target, .url …"""


class FoldersTrouble(TeleteamError):
    """No usable Syncthing: `link` is a `core.folders.FoldersLink` value, `id` is "tele.folders." + it."""

    def __init__(self, link: str, detail: str = "") -> None:
        super().__init__(f"tele.folders.{link}", detail)
        self.link = link

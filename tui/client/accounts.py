"""Signing in and out, and what it leaves on this machine.

Everything here blocks (network, keyring): call it from a command, or in a thread.

Invariant: the password lives only as long as the call; the token goes to the keeper and nowhere else; who
signs in again finds their own store, never somebody else's.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from tui.client.clock import SystemClock
from tui.client.lane import HeldLine
from tui.core.errors import SignInRefused, TeleteamError, UserMistake
from tui.core.links import normalise_server_url
from tui.core.models import ServerConfig, User
from tui.core.ports import ServerApi
from tui.core.teams import invitation_of
from tui.core.values import dataclass
from tui.settings import accounts
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.settings.i18n import language
from tui.settings.paths import Paths
from tui.settings.secrets import NeedsConsent, Place, TokenKeeper

T = TypeVar("T")

MFA_IDS = ("mfa.validate_token.authenticate.app_error", "api.user.check_user_mfa.bad_code.app_error")


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """`token` is for `open_client`, so that no keyring is asked again; so is `held`, the connection."""

    account: Account
    user: User
    token: str
    place: Place
    held: HeldLine | None = None
    fresh: bool = False
    """The account has only just been made."""

    def __repr__(self) -> str:
        return f"SignedInAs({self.account.id}, {self.place.value})"


def wants_mfa(error: TeleteamError) -> bool:
    """Whether this refusal asks for (another) six digits."""
    return isinstance(error, SignInRefused) and error.id in MFA_IDS


def probe(url: str, config: Config) -> ServerConfig:
    """The public settings of the server at `url`, as pasted.

    Raises UserMistake, Offline, Insecure, BadAnswer.
    """
    return _with_api(normalise_server_url(url), config, lambda api: api.fetch_config())


def sign_up(link: str, username: str, email: str, password: str, *, config: Config) -> str:
    """Makes an account by an invite link, and puts it into the team of that; the server's address.

    Raises UserMistake("tele.input.invite") for what is no such link, Refused, Offline, Insecure.
    """
    invitation = invitation_of(link)
    if invitation is None:
        raise UserMistake("tele.input.invite")
    base, lets_in = normalise_server_url(invitation.url), {invitation.kind: invitation.code}
    _with_api(base, config, lambda api: api.sign_up(username, email, password, lets_in))
    return base


def sign_in(
    url: str,
    login_id: str,
    password: str,
    *,
    paths: Paths,
    config: Config,
    keeper: TokenKeeper,
    mfa_code: str = "",
    file_allowed: bool = False,
    same_as: Account | None = None,
    hold: bool = False,
) -> SignedInAs:
    """Signs in by password and keeps the token; with `hold` also the connection, for whoever goes on.

    Raises SignInRefused (see `wants_mfa`), Offline, Insecure, UserMistake; NeedsConsent where the token could
    only be kept in a file (call again with `file_allowed`). `same_as`: only that person is let in
    (SignInRefused "tele.signin.other_user").
    """
    base = normalise_server_url(url)

    line = _dial(base, config)
    try:
        signed = line.runner.run(line.api.login(login_id, password, mfa_code))
    except BaseException:
        line.hang_up()
        raise
    try:
        kept = _keep(base, signed.user, signed.token, paths, keeper, file_allowed, same_as)
    except (NeedsConsent, TeleteamError):
        line.hang_up()
        _end_session(base, config, signed.token)  # the next try opens a session of its own
        raise
    if hold:
        return replace(kept, held=line)
    line.hang_up()
    return kept


def sign_in_with_token(
    url: str,
    token: str,
    *,
    paths: Paths,
    config: Config,
    keeper: TokenKeeper,
    file_allowed: bool = False,
    same_as: Account | None = None,
) -> SignedInAs:
    """Signs in by an access token or a pasted session token. Raises as `sign_in`; "tele.signin.token"."""
    base = normalise_server_url(url)

    async def look(api: ServerApi) -> User:
        api.set_token(token)
        user = (await api.fetch_me()).value
        if user is None:
            raise SignInRefused("tele.signin.token")
        return user

    return _keep(base, _with_api(base, config, look), token, paths, keeper, file_allowed, same_as)


def _keep(
    base: str,
    user: User,
    token: str,
    paths: Paths,
    keeper: TokenKeeper,
    file_allowed: bool,
    same_as: Account | None,
) -> SignedInAs:
    if same_as is not None and (same_as.user_id, same_as.url) != (user.id, base):
        raise SignInRefused("tele.signin.other_user")
    known = accounts.load(paths)
    held = known.find(base, user.id)
    fresh = held or Account(accounts.new_id(known, base, user.username), base, user.id, user.username)
    account = replace(fresh, locale=user.locale or fresh.locale, timezone=user.timezone or fresh.timezone)
    place = keeper.save(account, token, file_allowed=file_allowed)
    accounts.save(paths, known.with_account(account))
    return SignedInAs(account, user, token, place)


def sign_out(
    account: Account, *, paths: Paths, config: Config, keeper: TokenKeeper, wipe: bool = False
) -> bool:
    """Ends the session on the server, forgets the token; with `wipe` all data of the account too.

    True = the server has ended the session. A server that cannot be reached does not keep anybody signed in
    here; a personal access token stays valid on the server in any case.
    """
    secret = keeper.load(account)
    ended = secret is not None and _end_session(account.url, config, secret.token)
    keeper.forget(account)
    paths.last_screen(account.id).unlink(missing_ok=True)
    if wipe:
        remove_store(account, paths)
        accounts.save(paths, accounts.load(paths).without(account.id))
    return ended


def _end_session(base_url: str, config: Config, token: str) -> bool:
    async def logout(api: ServerApi) -> None:
        api.set_token(token)
        await api.logout()

    try:
        _with_api(base_url, config, logout)
    except TeleteamError:
        return False
    return True


def remove_store(account: Account, paths: Paths) -> None:
    """Removes the account's two databases: messages, drafts, queue. The client must be closed."""
    shutil.rmtree(paths.store_dir(account.id), ignore_errors=True)


def _dial(base_url: str, config: Config) -> HeldLine:
    """A connection of its own, in an event loop of its own."""
    from tui.net.mattermost import MattermostApi

    trusted, speaks = config.network.authority, language()[:2]
    api = MattermostApi(base_url, clock=SystemClock(), ca_file=trusted, language=speaks)
    return HeldLine(asyncio.Runner(), api)


def _with_api(base_url: str, config: Config, work: Callable[[ServerApi], Coroutine[Any, Any, T]]) -> T:
    """Runs `work` on a connection of its own."""
    line = _dial(base_url, config)
    try:
        return line.runner.run(work(line.api))
    finally:
        line.hang_up()

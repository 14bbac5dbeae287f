"""`teleteam login`: signs in without a screen; the password is read, used and forgotten.

Invariant: no secret is an argument; the token goes into a real keyring, or with consent into a 0600 file.
"""

from __future__ import annotations

from tui.cli.asking import agree, ask, ask_secret, is_interactive, secret_from_stdin
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.client import accounts as signing
from tui.client.accounts import SignedInAs
from tui.core.errors import SignInRefused, UserMistake
from tui.core.links import normalise_server_url
from tui.settings import accounts
from tui.settings.i18n import _
from tui.settings.secrets import Place, TokenKeeper


def run(context: Context) -> int:
    """Asks for what is missing, signs in, keeps the token."""
    normalise_server_url(context.options.url)
    keeper = context.keeper()
    allowed = _may_keep(context, keeper)
    if not allowed:
        context.output.note(
            _("There is no keyring here. With --token-file the token is kept in a file only you can read.")
        )
        return Exit.FAILED
    signed = _by_token(context, keeper) if context.options.token_stdin else _by_password(context, keeper)
    _remember(context, signed)
    context.output.line(
        _("Signed in as {name} ({account}).").format(name=signed.user.username, account=signed.account.id)
    )
    if signed.place is Place.FILE:
        context.output.note(_("The token is in a file that only you can read."))
    return Exit.DONE


def _may_keep(context: Context, keeper: TokenKeeper) -> bool:
    """Whether there is a place for the token: a keyring, or a file if the person agrees."""
    if context.options.token_file or keeper.has_keyring():
        return True
    return agree(_("There is no keyring here. May the token be kept in a file only you can read?"))


def _by_token(context: Context, keeper: TokenKeeper) -> SignedInAs:
    return signing.sign_in_with_token(
        context.options.url,
        secret_from_stdin(),
        paths=context.paths,
        config=context.config,
        keeper=keeper,
        file_allowed=True,
    )


def _by_password(context: Context, keeper: TokenKeeper) -> SignedInAs:
    login_id = context.options.login_id or (ask(_("User name or e-mail: ")) if is_interactive() else "")
    if not login_id:
        raise UserMistake("tele.input.no_login_id")
    password = _password(context)
    try:
        return _sign_in(context, keeper, login_id, password, context.options.mfa)
    except SignInRefused as refused:
        if not signing.wants_mfa(refused) or context.options.mfa or not is_interactive():
            raise
        return _sign_in(context, keeper, login_id, password, ask(_("One-time code: ")))


def _password(context: Context) -> str:
    if context.options.password_stdin:
        return secret_from_stdin()
    if not is_interactive():
        raise UserMistake("tele.input.no_password")
    return ask_secret(_("Password: "))


def _sign_in(context: Context, keeper: TokenKeeper, login_id: str, password: str, mfa: str) -> SignedInAs:
    return signing.sign_in(
        context.options.url,
        login_id,
        password,
        paths=context.paths,
        config=context.config,
        keeper=keeper,
        mfa_code=mfa,
        file_allowed=True,
    )


def _remember(context: Context, signed: SignedInAs) -> None:
    """The newest account is the default, and its language the program's where nothing else says one."""
    known = accounts.load(context.paths).remembering(signed.account, locale=signed.user.locale)
    account = known.by_id[signed.account.id]
    accounts.save(context.paths, known.with_account(account, default=True))

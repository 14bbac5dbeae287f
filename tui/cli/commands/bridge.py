"""`teleteam bridge`: on one's own computer, opens the links that are chosen on a server.

Without options it listens, and asks here before a host is opened for the first time. `--print-ssh HOST`
prints what makes ssh carry the socket; `--give-secret | ssh HOST teleteam bridge --take-secret` pairs both
ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tui.cli.asking import MAX_SECRET, ask, is_interactive
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.core import bridge_wire as wire
from tui.core.bridge_wire import Wish
from tui.core.errors import UserMistake
from tui.core.hosts import encode_host
from tui.core.links import Link
from tui.core.safe_text import safe_line
from tui.settings.files import write_private
from tui.settings.i18n import N_, Later, _
from tui.settings.paths import Paths
from tui.terminal import opener
from tui.terminal.bridge import Bridge, listen
from tui.terminal.bridge_places import (
    MOST_SECRETS,
    REMOTE_FORM,
    helper_socket,
    is_secret,
    new_secret,
    read_secrets,
)
from tui.terminal.session import detect

HOSTS = "hosts"
_ANSWERS: dict[str, Later] = {
    wire.OPENED: N_("Opened: {host}"),
    wire.REFUSED: N_("Not opened: {host}"),
    wire.FAILED: N_("No browser could be started for {host}."),
    wire.BUSY: N_("Too many at once: {host}"),
    wire.BAD: N_("Something that does not know our secret, or speaks otherwise, was turned away."),
}


def run(context: Context) -> int:
    """Listens, or does what the option says."""
    options = context.options
    if options.take_secret:
        return _take_secret(context)
    if options.give_secret:
        return _give_secret(context)
    if options.print_ssh:
        return _print_ssh(context, options.print_ssh, options.socket)
    return _listen(context)


# pairing
def _give_secret(context: Context) -> int:
    """Prints this computer's secret, into a pipe alone: on a screen it would stay to be read."""
    if sys.stdout.isatty():
        context.output.note(_("This is for a pipe: {command}").format(command=_pairing("HOST")))
        return Exit.USAGE
    context.output.line(_own_secret(context.paths))
    return Exit.DONE


def _take_secret(context: Context) -> int:
    """Keeps a secret from standard input, besides those of other computers."""
    secret = sys.stdin.readline(MAX_SECRET).strip()
    if not is_secret(secret):
        context.output.note(
            _("No secret came in. It is given by: {command}").format(command=_pairing("HOST"))
        )
        return Exit.USAGE
    file = context.paths.helper_secrets
    kept = [secret, *(known for known in read_secrets(file) if known != secret)][:MOST_SECRETS]
    write_private(file, "\n".join(kept) + "\n")
    context.output.note(_("Kept. Links can be opened on your own computer now."))
    return Exit.DONE


def _own_secret(paths: Paths) -> str:
    """This computer's secret; made at the first need. It is another file than what servers keep."""
    file = paths.helper_dir / "secret"
    known = read_secrets(file)
    if known:
        return known[0]
    secret = new_secret()
    write_private(file, secret + "\n")
    return secret


def _pairing(host: str) -> str:
    return f"teleteam bridge --give-secret | ssh {host} teleteam bridge --take-secret"


def _print_ssh(context: Context, host: str, remote: str) -> int:
    """The block for ~/.ssh/config, and the steps around it as its comments."""
    if not host.isprintable() or host.startswith("-") or any(c.isspace() for c in host):
        raise UserMistake("tele.input.url")
    here = helper_socket(context.env, context.paths.helper_dir)
    for line in (
        f"# {_('Into ~/.ssh/config on this computer:')}",
        f"Host {host}",
        f"    RemoteForward {remote or REMOTE_FORM} {here}",
        "    ServerAliveInterval 30",
        "",
        f"# {_('Once, so that both know each other:')}",
        f"#   {_pairing(host)}",
        f"# {_('Whenever you work there, in a window of its own here:')}",
        "#   teleteam bridge",
        f"# {_('If a login says that forwarding failed, this into /etc/ssh/sshd_config there:')}",
        "#   StreamLocalBindUnlink yes",
    ):
        context.output.line(line)
    return Exit.DONE


# listening
def _listen(context: Context) -> int:
    path = Path(context.options.socket) if context.options.socket else None
    path = path or helper_socket(context.env, context.paths.helper_dir)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        listener = listen(path)
    except OSError:
        context.output.note(_("Something listens at {path} already.").format(path=path))
        return Exit.FAILED
    keeper = Asking(context)
    context.output.note(_("Waiting for links at {path}. Ctrl+C ends it.").format(path=path))
    try:
        Bridge(_own_secret(context.paths), keeper).serve(listener)
    finally:
        listener.close()
        path.unlink(missing_ok=True)
    return Exit.DONE


class Asking:
    """Knows the allowed hosts, asks on the terminal, opens in the browser of this computer."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.paths.helper_dir / HOSTS
        self._hosts = {*_allowed(context.options.allow), *_kept(self._file)}

    def knows(self, link: Link) -> bool:
        return link.host in self._hosts

    def agrees(self, link: Link, wish: Wish) -> bool:
        """Yes, always or no; no where nobody can be asked."""
        if not is_interactive():
            return False
        note = self._context.output.note
        note(_("The server asks to open {host}: {label}").format(
            host=link.display_host, label=safe_line(wish.label, 100) or "–"))  # fmt: skip
        if link.warnings:
            note(_("The name of this host may deceive. Look twice."))
        answer = ask(_("Open it? y = yes, a = always for this host, anything else = no: ")).lower()
        if answer == _("a") and not link.warnings:
            self._keep(link.host)
        return answer in {_("y"), _("a"), "y", "a"}

    def opens(self, link: Link, wish: Wish) -> bool:
        session = detect(self._context.env, override=self._context.config.session.kind)
        outcome = opener.open_url(
            link,
            session,
            browser=self._context.config.commands.browser,
            meeting=wish.meeting,
            insist=True,
            sensitive=wish.sensitive,
        )
        return outcome.kind == opener.OPENED

    def tell(self, answer: str, link: Link | None) -> None:
        host = link.display_host if link is not None else _("no https address")
        self._context.output.note(str(_ANSWERS[answer]).format(host=host))

    def _keep(self, host: str) -> None:
        self._hosts.add(host)
        write_private(self._file, "\n".join(sorted({*_kept(self._file), host})) + "\n")


def _allowed(words: list[str]) -> Iterator[str]:
    """The hosts of --allow; UserMistake for what is none."""
    for word in words:
        try:
            yield encode_host(word.strip())
        except ValueError:
            raise UserMistake("tele.input.url", word) from None


def _kept(file: Path) -> set[str]:
    """The hosts that were always allowed."""
    try:
        return {line.strip() for line in file.read_text(encoding="ascii").splitlines() if line.strip()}
    except (OSError, ValueError):
        return set()

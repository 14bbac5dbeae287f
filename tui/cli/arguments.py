"""The words of the command line.

Invariant: option names and commands never change once released; their help is in the person's language.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from tui import __version__
from tui.settings import i18n
from tui.settings.i18n import LANGUAGES, N_, _

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("not allowed with argument %s"),
)
"""argparse's own texts, so that the catalogue has them."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the person's language; exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(
            2,
            _("{program}: {problem}\nTry “{program} --help”.").format(program=self.prog, problem=message)
            + "\n",
        )


def language_of(words: Sequence[str]) -> str:
    """The value of --lang, before anything is parsed; "" where it is not given."""
    return _value_of(words, "--lang")


def config_dir_of(words: Sequence[str]) -> str:
    """The value of --config-dir, before anything is parsed."""
    return _value_of(words, "--config-dir")


def _value_of(words: Sequence[str], option: str) -> str:
    for place, word in enumerate(words):
        if word == option:
            return "".join(words[place + 1 : place + 2])
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return ""


def make_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    argparse._ = i18n._  # type: ignore[attr-defined]
    parser = Parser(
        prog="teleteam",
        description=_("Mattermost, Jitsi Meet and Syncthing on one terminal screen."),
        epilog=_(
            "TARGET is team/channel, ~channel, @user or a permalink. Without a command the screen opens."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"teleteam {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.add_argument("--profile", metavar="P", default="", help=_("account to use"))
    parser.add_argument(
        "--demo", action="store_true", help=_("try it out: a company of its own, no server needed")
    )
    line = parser.add_mutually_exclusive_group()
    line.add_argument("--thin", dest="line", action="store_const", const="thin", help=_("for weak lines"))
    line.add_argument("--rich", dest="line", action="store_const", const="rich", help=_("for good lines"))
    parser.add_argument(
        "--plain", action="store_true", help=_("lines instead of a screen, for screen readers")
    )
    parser.add_argument("--lang", choices=LANGUAGES, metavar="de|de_AT|en", help=_("language of the program"))
    parser.add_argument(
        "--config-dir", type=Path, metavar="DIR", help=_("keep everything in this directory (portable)")
    )
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=Parser)
    _account_commands(commands)
    _reading_commands(commands)
    _writing_commands(commands)
    _own_commands(commands)
    return parser


def _account_commands(commands: Any) -> None:
    login = commands.add_parser("login", help=_("sign in to a server"))
    login.add_argument("url", metavar="URL", help=_("address of the server, as in the browser"))
    login.add_argument("--login-id", metavar="ID", default="", help=_("user name or e-mail"))
    source = login.add_mutually_exclusive_group()
    source.add_argument(
        "--password-stdin", action="store_true", help=_("read the password from standard input")
    )
    source.add_argument(
        "--token-stdin", action="store_true", help=_("read an access token from standard input")
    )
    login.add_argument("--mfa", metavar="CODE", default="", help=_("one-time code"))
    login.add_argument(
        "--token-file",
        action="store_true",
        help=_("without a keyring: agree to keep the token in a file that only you can read"),
    )
    logout = commands.add_parser("logout", help=_("sign out"))
    logout.add_argument(
        "--wipe", action="store_true", help=_("forget messages, drafts and account on this machine")
    )


def _reading_commands(commands: Any) -> None:
    _json(commands.add_parser("channels", help=_("list channels")))
    unread = _json(commands.add_parser("unread", help=_("count what is unread")))
    unread.add_argument("--format", metavar="STR", default="", help=_("such as “{mentions}/{unread}”"))
    read = _json(commands.add_parser("read", help=_("print the newest messages")))
    read.add_argument("target", metavar="TARGET")
    read.add_argument("-n", dest="count", metavar="N", type=int, default=20, help=_("how many (20)"))
    tail = _json(commands.add_parser("tail", help=_("print messages as they come")))
    tail.add_argument("targets", metavar="TARGET", nargs="*")
    search = _json(commands.add_parser("search", help=_("find messages")))
    search.add_argument("query", metavar="QUERY", nargs="+")
    search.add_argument("--local", action="store_true", help=_("only in what is stored here"))
    sync = _json(commands.add_parser("sync", help=_("state of the shared folders")))
    sync.add_argument(
        "--wait", metavar=_("SECONDS"), nargs="?", type=float, const=-1.0, help=_("until all is up to date")
    )


def _writing_commands(commands: Any) -> None:
    post = commands.add_parser("post", help=_("write a message"))
    post.add_argument("target", metavar="TARGET")
    post.add_argument(
        "text", metavar="TEXT", nargs="?", default="", help=_("the text; “-” reads standard input")
    )
    post.add_argument("--thread", metavar="POST", default="", help=_("answer to this message"))
    post.add_argument("--file", metavar="PATH", action="append", default=[], help=_("attach a file"))
    meet = _json(commands.add_parser("meet", help=_("start a meeting and print its link")))
    meet.add_argument("target", metavar="TARGET")
    meet.add_argument("topic", metavar="TOPIC", nargs="?", default="", help=_("what it is about"))
    how = meet.add_mutually_exclusive_group()
    how.add_argument("--open", action="store_true", help=_("open it in the browser"))
    how.add_argument("--print", action="store_true", help=_("only print the link"))
    meet.add_argument("--yes", action="store_true", help=_("do not ask, however many are told"))
    _json(commands.add_parser("outbox", help=_("what waits to be sent")))


def _own_commands(commands: Any) -> None:
    doctor = commands.add_parser("doctor", help=_("test every part; safe to pass on"))
    doctor.add_argument(
        "--line", action="store_true", dest="measure_line", help=_("measure the line to the server instead")
    )
    _json(doctor)
    _link_commands(commands)
    keys = commands.add_parser("keys", help=_("list the keys"))
    keys.add_argument("--markdown", action="store_true", help=_("as a page of the documentation"))
    config = commands.add_parser("config", help=_("the settings file"))
    config.add_argument("what", choices=("path", "check", "markdown"))
    purge = commands.add_parser("purge", help=_("forget the messages stored here"))
    purge.add_argument("--yes", action="store_true", help=_("do not ask"))


def _link_commands(commands: Any) -> None:
    opening = commands.add_parser("open", help=_("open a link where your browser is"))
    opening.add_argument("url", metavar="URL", help=_("the address; “-” reads standard input"))
    opening.add_argument(
        "--way",
        choices=("here", "own", "copy", "click", "qr", "send", "text"),  # `terminal.ladder.Way`
        default="",
        help=_("by which way"),
    )
    bridge = commands.add_parser("bridge", help=_("on your own computer: open what is chosen on a server"))
    what = bridge.add_mutually_exclusive_group()
    what.add_argument("--print-ssh", metavar="HOST", default="", help=_("what to put into ~/.ssh/config"))
    what.add_argument("--give-secret", action="store_true", help=_("write this computer's secret to a pipe"))
    what.add_argument(
        "--take-secret", action="store_true", help=_("on the server: keep the secret of a computer")
    )
    bridge.add_argument(
        "--allow", metavar="HOST", action="append", default=[], help=_("open this host unasked")
    )
    bridge.add_argument("--socket", metavar="PATH", default="", help=_("another place for the socket"))


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    return parser

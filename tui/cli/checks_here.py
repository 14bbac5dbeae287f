"""What `teleteam doctor` finds on this machine, without the network.

Invariant: nothing is changed or created by looking.
"""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from tui import __version__
from tui.cli.context import Context
from tui.cli.findings import BAD, GOOD, HINT, Finding, finding
from tui.core.errors import TeleteamError, UserMistake
from tui.settings.config import check
from tui.settings.i18n import N_, _, language, ngettext
from tui.settings.themes import load_all
from tui.terminal import abilities
from tui.terminal.opener import NEVER_HERE
from tui.terminal.programs import RealPrograms
from tui.terminal.session import Session, detect

LEAST_FREE = 200_000_000
"""Bytes below which the disk counts as nearly full."""
_PROGRAMS = ("xdg-open", "wl-copy", "xclip", "xsel", "notify-send", "tmux", "syncthing")
_PROXY_NAMES = ("https_proxy", "http_proxy", "all_proxy", "no_proxy")


def look(context: Context) -> Iterator[Finding]:
    """Everything but the network, in the order of reading."""
    yield _program()
    yield from _settings(context)
    yield from _places(context)
    yield from _terminal(context)
    yield _proxies(context)
    yield from _account(context)


def _program() -> Finding:
    system = f"{platform.system()} {platform.release()}"
    text = f"teleteam {__version__}, Python {platform.python_version()}, {system}, {language()}"
    return finding("program", N_("Program"), text)


def _settings(context: Context) -> Iterator[Finding]:
    from tui.client.wording.errors import sentence

    title = N_("Settings")
    troubles = [*check(context.paths), *load_all(context.paths).troubles]
    for trouble in troubles:
        yield finding("settings", title, sentence(trouble), BAD)
    if not troubles:
        exists = context.paths.config_file.exists()
        yield finding("settings", title, str(context.paths.config_file) if exists else _("all defaults"))


def _places(context: Context) -> Iterator[Finding]:
    from tui.store.files import filesystem_of, is_shared

    title = N_("Storage")
    place = _nearest(context.paths.data_dir)
    kind = filesystem_of(place)
    free = shutil.disk_usage(place).free
    state = BAD if not os.access(place, os.W_OK) else HINT if is_shared(kind) or free < LEAST_FREE else GOOD
    size = context.formats().size(free)
    text = _("{place}: {size} free, file system {kind}").format(
        place=context.paths.data_dir, size=size, kind=kind
    )
    yield finding("storage", title, text, state)
    for path in (context.paths.data_dir, context.paths.secrets_dir):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield finding("storage", title, _("Others can look into {place}").format(place=path), HINT)


def _nearest(path: Path) -> Path:
    """`path`, or the first of its parents that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def _terminal(context: Context) -> Iterator[Finding]:
    session = detect(context.env, override=context.config.session.kind)
    able = abilities.detect(context.env, session, sys.stdout.encoding)
    columns, lines = abilities.window_size()
    where = f"{session.kind.value}{f' + {session.multiplexer}' if session.multiplexer else ''}"
    yield finding("session", N_("Where you sit"), where)
    text = f"TERM={able.term or '-'} {able.program} {columns}×{lines}, {_colors(able.colors)}"
    yield finding("terminal", N_("Terminal"), text, GOOD if columns >= 60 and lines >= 15 else HINT)
    if not able.utf8:
        yield finding("encoding", N_("Encoding"), _("not UTF-8: set LC_ALL=C.UTF-8"), BAD)
    yield _programs(session)
    from tui.cli import checks_terminal

    yield from checks_terminal.look(context, session)


def _colors(count: int) -> str:
    if count == abilities.TRUE_COLOR:
        return _("all colours")
    return ngettext("{n} colour", "{n} colours", count).format(n=count) if count else _("no colours")


def _programs(session: Session) -> Finding:
    programs = RealPrograms()
    found = [name for name in _PROGRAMS if programs.find(name, session.env)]
    here = session.kind not in NEVER_HERE and programs.has_display(session.env)
    browser = _("links open here") if here else _("links are shown to copy")
    return finding("helpers", N_("Helpers"), f"{browser}; {', '.join(found) or '–'}")


def _proxies(context: Context) -> Finding:
    """Names of the variables alone: their values may hold a password."""
    names = {name.lower() for name, value in context.env.items() if value}
    found = [name for name in _PROXY_NAMES if name in names]
    return finding("proxy", N_("Proxy"), ", ".join(found) or _("none"))


def _account(context: Context) -> Iterator[Finding]:
    title = N_("Account")
    try:
        account = context.account()
    except UserMistake:
        yield finding("account", title, _("none yet: teleteam login URL"), HINT)
        return
    yield finding("account", title, account.url)
    try:
        secret = context.keeper().load(account)
    except TeleteamError as error:
        yield finding("secret", N_("Token"), error.id, BAD)
        return
    text = secret.place.value if secret else _("none: sign in again")
    yield finding("secret", N_("Token"), text, GOOD if secret else BAD)

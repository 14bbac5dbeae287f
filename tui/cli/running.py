"""From the command line to the command, and from an error to a sentence and an exit code.

Invariant: umask and limits come first; the language is set before a sentence is made.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from tui.cli import arguments
from tui.cli.context import Context
from tui.cli.exits import Exit, code_of
from tui.cli.output import Output, prepare_streams
from tui.core.errors import ConfigTrouble, TeleteamError
from tui.settings import accounts, config, logs
from tui.settings.i18n import _, choose_language, set_language
from tui.settings.paths import Paths
from tui.settings.secrets import take_env_token
from tui.terminal import hardening, last_screen

Command = Callable[[Context], int]
_SECRETLESS = frozenset({"keys", "config"})


def run(
    words: Sequence[str], environ: MutableMapping[str, str], shown: last_screen.Shown | None = None
) -> int:
    """Parses `words` and runs the command; `shown` is the first paint, where there is one."""
    prepare_streams()
    output = Output()
    env_token = take_env_token(environ)
    paths = Paths.resolve(_config_dir(words))
    settings, trouble = _settings(paths)
    set_language(
        choose_language(environ, arguments.language_of(words) or settings.ui.language, _locale(paths))
    )
    options = arguments.make_parser().parse_args(words)
    if trouble is not None and options.command != "config":
        if shown is not None:
            shown.undo()
        return _fail(output, trouble)
    if options.command not in _SECRETLESS:
        hardening.harden()
    _use_proxy(settings, environ)
    if options.line:
        settings = replace(settings, line=config.Line(options.line))
    context = Context(options, paths, settings, environ, output, env_token, shown=shown)
    if options.command not in _SECRETLESS:
        context.hide = logs.setup(paths, settings.log.level).hide
    hardening.install_excepthook(lambda error: _crashed(output, error))
    return _ended(context)


def _config_dir(words: Sequence[str]) -> Path | None:
    given = arguments.config_dir_of(words)
    return Path(given) if given else None


def _settings(paths: Paths) -> tuple[config.Config, ConfigTrouble | None]:
    """The settings; the defaults with what is wrong where they cannot be read."""
    try:
        return config.load(paths), None
    except ConfigTrouble as trouble:
        return config.Config(), trouble


def _use_proxy(settings: config.Config, environ: MutableMapping[str, str]) -> None:
    """The settings' proxy in the place where every library looks for it."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        if settings.network.proxy:
            environ[name] = settings.network.proxy


def _locale(paths: Paths) -> str:
    """The language of the person's Mattermost profile, as noted at sign-in."""
    try:
        account = accounts.load(paths).get()
    except (ConfigTrouble, OSError):
        return ""
    return account.locale if account else ""


def _ended(context: Context) -> int:
    try:
        code = _done(context)
        context.output.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except KeyboardInterrupt:
        return 130
    except (TeleteamError, OSError) as error:
        return _fail(context.output, error)
    return code


def _done(context: Context) -> int:
    command = _command(context.options)
    if not context.options.demo:
        return command(context)
    from tui.cli.demo import demo_context

    with demo_context(context) as demo:
        return command(demo)


def _command(options: Namespace) -> Command:
    """The `run` of the command's module; no command is the screen."""
    module = importlib.import_module(f"tui.cli.commands.{options.command or 'screen'}")
    if options.command or options.plain:
        gc.enable()  # the screen itself waits until it stands
    return cast(Command, module.run)


def _fail(output: Output, error: BaseException) -> int:
    from tui.cli.texts import sentence

    output.note(f"teleteam: {sentence(error)}")
    return code_of(error)


def _crashed(output: Output, error: BaseException) -> None:
    """An error of ours: one line with type and place, no values, no texts."""
    output.note(
        _("teleteam: Something went wrong; nothing that was saved is lost. ({what})").format(
            what=logs.describe(error)
        )
    )

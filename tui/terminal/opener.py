"""Opens a link in the browser of the place where the person sits, or says that there is none.

Invariant: a browser gets exactly one argument, the URL of a checked `Link`; never through a shell,
`$BROWSER` with `%s`, or `webbrowser`; never a text browser over our own screen. Where the person's browser
is on another machine nothing is started: the caller shows the link to copy. A sensitive URL is in no argv
that others of the machine could read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from tui.core.links import Link
from tui.core.values import dataclass
from tui.terminal import handover
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.session import Session, SessionKind

WAIT_SECONDS = 3.0
OPENED, NO_BROWSER, FAILED, UNSAFE = "opened", "no_browser", "failed", "unsafe"

_TEXT_BROWSERS = frozenset({"www-browser", "lynx", "w3m", "links", "links2", "elinks", "browsh", "carbonyl"})
_GRAPHICAL = (
    "x-www-browser:firefox:firefox-esr:iceweasel:chromium:chromium-browser:google-chrome:epiphany:konqueror"
)
"""For xdg-open's own fallback, which otherwise ends in text browsers."""
NEVER_HERE = frozenset({SessionKind.SSH, SessionKind.SSH_X11, SessionKind.MOSH, SessionKind.CONSOLE})


@dataclass(frozen=True, slots=True)
class Outcome:
    """`kind`: opened, no_browser, failed, or unsafe (no place to hide a sensitive address); `program` is what
    was tried.
    """

    kind: str
    program: str = ""


def open_url(
    link: Link,
    session: Session,
    *,
    browser: Sequence[str] = (),
    meeting: bool = False,
    insist: bool = False,
    sensitive: bool = False,
    programs: Programs | None = None,
) -> Outcome:
    """Opens `link`; may take 3 s, so call it in a worker.

    `browser`: the person's own command (config commands.browser), used in every session. `meeting`: needs
    camera and microphone, so nothing is opened in X2Go. `insist`: the person asked for the browser of this
    machine. `sensitive`: whoever reads the URL gets in, so on a shared machine it goes by a private page.
    """
    programs = programs or RealPrograms()
    own = bool(browser)
    if not own and not insist and (session.kind in NEVER_HERE or _is_deaf(session, meeting)):
        return Outcome(NO_BROWSER)
    if not own and not _candidates(link.url, session, programs):
        return Outcome(NO_BROWSER)
    try:
        hide = sensitive and handover.others_here(session)
        url = handover.page(link, session.env, programs) if hide else link.url
    except OSError:
        return Outcome(UNSAFE)
    if own:
        return _run([*browser, url], session.env, programs)
    return _first_that_opens(_candidates(url, session, programs), session, programs)


def can_open(session: Session, browser: Sequence[str] = (), programs: Programs | None = None) -> bool:
    """Whether there is anything at all here that opens links."""
    return bool(browser) or bool(_candidates("", session, programs or RealPrograms()))


def _is_deaf(session: Session, meeting: bool) -> bool:
    """A browser in X2Go has neither camera nor microphone."""
    return meeting and session.kind is SessionKind.X2GO


def _first_that_opens(argvs: Sequence[Sequence[str]], session: Session, programs: Programs) -> Outcome:
    outcome = Outcome(NO_BROWSER)
    for argv in argvs:
        outcome = _run(argv, _browser_env(session.env), programs)
        if outcome.kind == OPENED:
            break
    return outcome


def _run(argv: Sequence[str], env: Mapping[str, str], programs: Programs) -> Outcome:
    """explorer.exe ends with 1 when all went well; a browser that still runs is open."""
    name = os.path.basename(argv[0])
    code = programs.run(argv, env, seconds=WAIT_SECONDS).code
    good = code in (0, None) or (name == "explorer.exe" and code == 1)
    return Outcome(OPENED if good else FAILED, name)


def _candidates(url: str, session: Session, programs: Programs) -> list[list[str]]:
    """The argv lists that this place offers, best first."""
    if session.kind is SessionKind.WSL:
        wanted = [
            ["wslview", url],
            ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _start_process(url)],
            ["explorer.exe", url],
        ]
    elif sys.platform == "darwin":
        wanted = [["open", url]]
    elif programs.has_display(session.env):
        wanted = [["xdg-open", url], ["gio", "open", url], ["x-www-browser", url]]
    else:
        wanted = []
    found = ((programs.find(argv[0], session.env), argv) for argv in wanted)
    return [[path, *argv[1:]] for path, argv in found if path]


def _start_process(url: str) -> str:
    """PowerShell: in single quotes nothing is expanded, a quote is doubled."""
    quoted = url.replace("'", "''")
    return f"Start-Process '{quoted}'"


def _browser_env(env: Mapping[str, str]) -> dict[str, str]:
    """`env` with a BROWSER that is graphical and a plain name, for xdg-open's fallback."""
    wish = env.get("BROWSER", "")
    plain = wish and "%" not in wish and not any(c.isspace() for c in wish)
    text = any(os.path.basename(part) in _TEXT_BROWSERS for part in wish.split(":"))
    return {**env, "BROWSER": wish if plain and not text else _GRAPHICAL}

"""From nothing to a running Syncthing: what to type on this system, and the next step of each failure.

Invariant: these are words only. Nothing is installed, started, stopped or configured here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from tui.core.folders import FoldersLink
from tui.core.values import dataclass
from tui.settings.i18n import N_, Later, _

OS_RELEASE = Path("/etc/os-release")


class System(StrEnum):
    DEBIAN = "debian"
    FEDORA = "fedora"
    ARCH = "arch"
    SUSE = "suse"
    ALPINE = "alpine"
    MAC = "mac"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, and the command for it ("" = none)."""

    words: str
    command: str = ""


_FAMILIES: Mapping[str, System] = {
    "debian": System.DEBIAN,
    "ubuntu": System.DEBIAN,
    "linuxmint": System.DEBIAN,
    "raspbian": System.DEBIAN,
    "fedora": System.FEDORA,
    "rhel": System.FEDORA,
    "centos": System.FEDORA,
    "arch": System.ARCH,
    "manjaro": System.ARCH,
    "suse": System.SUSE,
    "opensuse": System.SUSE,
    "opensuse-leap": System.SUSE,
    "opensuse-tumbleweed": System.SUSE,
    "alpine": System.ALPINE,
}
_INSTALL: Mapping[System, str] = {
    System.DEBIAN: "sudo apt install syncthing",
    System.FEDORA: "sudo dnf install syncthing",
    System.ARCH: "sudo pacman -S syncthing",
    System.SUSE: "sudo zypper install syncthing",
    System.ALPINE: "sudo apk add syncthing",
    System.MAC: "brew install syncthing",
}
_SITE = "https://syncthing.net/downloads/"


def this_system(platform: str = sys.platform, os_release: Path = OS_RELEASE) -> System:
    """The family of this system, by its os-release file."""
    if platform == "darwin":
        return System.MAC
    try:
        lines = os_release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return System.OTHER
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = (values.get("ID", ""), *values.get("ID_LIKE", "").strip("\"'").split())
    return next((_FAMILIES[n.strip("\"'")] for n in names if n.strip("\"'") in _FAMILIES), System.OTHER)


def first_steps(link: FoldersLink, system: System, config: str = "") -> list[NextStep]:
    """What to do about `link`, in order; [] where there is nothing. `config`: the config.xml it is about."""
    match link:
        case FoldersLink.ABSENT:
            return [_install(system), *_start(system), _look(), _elsewhere()]
        case FoldersLink.NOT_RUNNING:
            return [*_start(system), _look()]
        case FoldersLink.TOO_OLD:
            return [NextStep(_("Get a newer Syncthing; 1.12 is the oldest that works here."), _SITE)]
        case FoldersLink.UNREADABLE:
            return [NextStep(_("The file must belong to you and be writable for nobody else."), config)]
        case FoldersLink.WRONG_KEY:
            return [
                NextStep(str(_MORE[link])),
                NextStep(_("The key is not sent again. r tries it once more.")),
            ]
        case _:
            text = _MORE.get(link)
            return [NextStep(str(text)), _look()] if text else []


_MORE: Mapping[FoldersLink, Later] = {
    FoldersLink.WRONG_KEY: N_(
        "The key was changed while Syncthing ran, or another Syncthing answers there. Restart Syncthing, or "
        "name the right config.xml in the settings (syncthing.config). As soon as config.xml holds another "
        "key, teleteam takes that."
    ),
    FoldersLink.TIMEOUT: N_(
        "After an update Syncthing may rebuild its database for a long time and answer nobody. Wait, then "
        "look at its log."
    ),
    FoldersLink.HOST_CHECK: N_(
        "Use 127.0.0.1 in syncthing.url, or switch the host check off in Syncthing's settings."
    ),
    FoldersLink.OTHER_PROGRAM: N_(
        "Look into Syncthing's config.xml for the address of its interface: another program has it now."
    ),
    FoldersLink.FOREIGN: N_(
        "Each user needs a Syncthing of their own, with an address of its own for the interface."
    ),
    FoldersLink.CERTIFICATE: N_(
        "Restart Syncthing: it makes a new certificate when the old one runs out, and teleteam reads that."
    ),
    FoldersLink.DISABLED: N_(
        "Switch the interface on in Syncthing's settings (gui enabled), then restart it."
    ),
    FoldersLink.OFF: N_("Set enabled = true under [syncthing] in the settings of teleteam."),
}


def _install(system: System) -> NextStep:
    command = _INSTALL.get(system, _SITE)
    return NextStep(_("Install Syncthing:"), command)


def _start(system: System) -> list[NextStep]:
    """As a service of the user, so that it runs with every login."""
    if system is System.MAC:
        return [NextStep(_("Start it, now and with every login:"), "brew services start syncthing")]
    if system is System.ALPINE:
        return [NextStep(_("Start it:"), "syncthing serve --no-browser &")]
    return [
        NextStep(_("Start it, now and with every login:"), "systemctl --user enable --now syncthing.service"),
        NextStep(_("On a server that shall go on after you sign out, once:"), "loginctl enable-linger"),
    ]


def _look() -> NextStep:
    return NextStep(_("Nothing to do here then: this panel notices by itself."))


def _elsewhere() -> NextStep:
    return NextStep(_("It lies somewhere else? Name its config.xml in the settings (syncthing.config)."))


def choose_instance(found: Sequence[str]) -> list[NextStep]:
    """Several Syncthings: which ones, and the line of the settings that names one of them."""
    if len(found) < 2:
        return []
    words = _(
        "There are several Syncthings here; the first that answers is taken. s chooses another, or write one "
        "of these lines under [syncthing] in the settings of teleteam:"
    )
    first, *more = (f'config = "{path}"' for path in found)
    return [NextStep(words, first), *(NextStep("", line) for line in more)]


def instances() -> list[str]:
    """The config.xml of every Syncthing of this user, best first. Asks the disk."""
    from tui.net.syncthing_place import instances as search

    return [str(path) for path in search(os.environ, Path.home())]

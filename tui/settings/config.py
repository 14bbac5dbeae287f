"""The person's one settings file, `config.toml`: what can be set, its defaults, and reading it.

Invariant: an unknown key or a wrong value is a ConfigTrouble with file, line and the nearest valid key, never
ignored; a file that someone else could have written is refused, because it may name commands. The classes
below are the whole vocabulary: docs/config.md is made from them. Nothing from the server ever changes a
setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tui.core.errors import ConfigTrouble
from tui.core.values import dataclass
from tui.settings.i18n import N_, Later
from tui.settings.keymap import Keymap
from tui.settings.paths import Paths


@dataclass(frozen=True, slots=True)
class Setting:
    """What a value may be; kept in the field's metadata."""

    help: Later
    choices: tuple[str, ...] = ()
    least: int = 0
    url: bool = False
    form: str = ""
    """What each text must look like: "quiet", "person" or "e-mail"."""


def _set(
    default: Any, text: Later, choices: str = "", *, least: int = 0, url: bool = False, form: str = ""
) -> Any:
    """A dataclass field that carries its Setting."""
    setting = Setting(text, tuple(choices.split()), least, url, form)
    return field(default=default, metadata={"setting": setting})


@dataclass(frozen=True, slots=True)
class Ui:
    """How it looks."""

    theme: str = _set("auto", N_("Name of a theme; auto: by what the terminal can"))
    language: str = _set("auto", N_("Language"), "auto de de_AT en xx")
    mouse: str = _set("auto", N_("Mouse; auto: off over SSH"), "auto on off")
    time_12h: bool = _set(False, N_("Times as 2:05 PM"))
    timezone: str = _set("", N_("Time zone like Europe/Vienna; empty: as on the server"))
    emoji: str = _set("auto", N_("Emoji as pictures or as :names:"), "auto unicode names")


@dataclass(frozen=True, slots=True)
class Session:
    """Where the person sits."""

    kind: str = _set(
        "auto",
        N_("Where you sit, if the detection is wrong"),
        "auto local ssh ssh_x11 x2go mosh wsl console",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """How much may cross the line."""

    profile: str = _set(
        "auto", N_("thin: fewer bytes and redraws; auto: thin over SSH and X2Go"), "auto thin rich"
    )


@dataclass(frozen=True, slots=True)
class Cache:
    """What is kept on this machine."""

    mode: str = _set("full", N_("What is kept of the messages"), "off days full")
    days: int = _set(30, N_("How many days, with mode = days"), least=1)


@dataclass(frozen=True, slots=True)
class Jitsi:
    """Meetings."""

    base_url: str = _set("", N_("Server for new meetings; empty: the team's"), url=True)
    hosts: tuple[str, ...] = _set((), N_("More hosts whose links are meetings"))
    status: bool = _set(False, N_("Show “In a meeting” as my status after joining"))
    status_minutes: int = _set(60, N_("For how many minutes"), least=1)


@dataclass(frozen=True, slots=True)
class Syncthing:
    """Shared folders."""

    enabled: bool = _set(True, N_("Show the shared folders of Syncthing"))
    config: str = _set("", N_("Syncthing's config.xml or its directory; empty: search"))
    url: str = _set("", N_("Address of its REST API; empty: from config.xml"))


@dataclass(frozen=True, slots=True)
class Network:
    """The way to the server."""

    ca_file: str = _set("", N_("Certificates of your company's own authority (PEM)"))
    proxy: str = _set("", N_("Proxy; empty: from the environment"))

    @property
    def authority(self) -> Path | None:
        """Where `ca_file` is; None = the system's authorities."""
        return Path(self.ca_file).expanduser() if self.ca_file else None


@dataclass(frozen=True, slots=True)
class Files:
    """Files of messages."""

    directory: str = _set("", N_("Where files are saved; empty: your directory for downloads"))


@dataclass(frozen=True, slots=True)
class Composer:
    """Writing."""

    spelling: str = _set("auto", N_("Dictionaries of hunspell like de_DE,en_US; auto: your language; off"))
    undo_seconds: int = _set(0, N_("Seconds in which a sent message can be taken back; 0: none"))
    snippets: tuple[str, ...] = _set((), N_("Texts to insert, each as name=text; \\n begins a new line"))


@dataclass(frozen=True, slots=True)
class Notifications:
    """Telling of new messages."""

    mode: str = _set("auto", N_("How to tell of new messages"), "auto off bell terminal desktop")
    content: bool = _set(False, N_("Show the message's text in the notification"))
    names: bool = _set(True, N_("Show who wrote and where; false on shared displays"))
    in_app: bool = _set(True, N_("Also say it in the status line"))
    quiet_hours: tuple[str, ...] = _set(
        (), N_("When only the status line tells: 22:00-07:00, sat,sun 00:00-24:00"), form="quiet"
    )
    hook: tuple[str, ...] = _set((), N_("A program of yours that gets each one as JSON, without a shell"))


@dataclass(frozen=True, slots=True)
class Support:
    """Whom to ask, for those who set teleteam up for others."""

    users: tuple[str, ...] = _set((), N_("Who helps, by user name"), form="person")
    team: str = _set("", N_("Name of the team that new people should join"))
    email: str = _set("", N_("E-mail address of the support"), form="e-mail")


@dataclass(frozen=True, slots=True)
class Privacy:
    """What others learn."""

    typing: bool = _set(False, N_("Tell others that you are typing"))


@dataclass(frozen=True, slots=True)
class Commands:
    """Programs of yours, each as a list of words; no shell is involved."""

    token_command: tuple[str, ...] = _set((), N_("Prints the access token"))
    browser: tuple[str, ...] = _set((), N_("Opens a link; it is added as the last word"))
    editor: tuple[str, ...] = _set((), N_("Editor for long messages; empty: $EDITOR"))


@dataclass(frozen=True, slots=True)
class Log:
    """The log file."""

    level: str = _set("off", N_("What is logged; never messages or secrets"), "off warning info debug")


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Immutable; reread by a restart."""

    ui: Ui = field(default_factory=Ui)
    session: Session = field(default_factory=Session)
    line: Line = field(default_factory=Line)
    cache: Cache = field(default_factory=Cache)
    jitsi: Jitsi = field(default_factory=Jitsi)
    syncthing: Syncthing = field(default_factory=Syncthing)
    network: Network = field(default_factory=Network)
    files: Files = field(default_factory=Files)
    composer: Composer = field(default_factory=Composer)
    notifications: Notifications = field(default_factory=Notifications)
    support: Support = field(default_factory=Support)
    privacy: Privacy = field(default_factory=Privacy)
    commands: Commands = field(default_factory=Commands)
    log: Log = field(default_factory=Log)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Action id → keys, as in `[keys]`, already checked."""
    keymap: Keymap = field(default_factory=Keymap)


def load(paths: Paths) -> Config:
    """The settings in `paths.config_file`, or the defaults where there is none; raises the first
    ConfigTrouble.
    """
    if not paths.config_file.exists():
        return Config()
    from tui.settings.reading import read

    config, troubles = read(paths.config_file)
    if troubles:
        raise troubles[0]
    return config


def check(paths: Paths) -> tuple[ConfigTrouble, ...]:
    """Everything that is wrong with the settings file; () also where there is none."""
    if not paths.config_file.exists():
        return ()
    from tui.settings.reading import read

    return read(paths.config_file)[1]

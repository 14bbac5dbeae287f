"""Puts the real wires together, on the net lane's thread; importing this is what takes time.

Invariant: the token is read here and handed to the API and the event stream, nowhere else.
"""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tui.client.folders import Folders
from tui.client.hub import Changes
from tui.client.instances import InstanceChoice
from tui.client.lane import Wires
from tui.core.errors import ConfigTrouble, FoldersTrouble, SignedOut
from tui.core.folders import FoldersSnapshot
from tui.core.line_profile import RICH, LineProfile
from tui.core.ports import Clock, EventStream, ServerApi, SocketOpened, SocketText
from tui.net.events import WebSocketStream
from tui.net.mattermost import MattermostApi
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import Place, find_config, read_place, running
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.settings.i18n import language
from tui.settings.secrets import TokenKeeper
from tui.store import Store
from tui.sync.engine import Engine
from tui.sync.folders import FolderWatch
from tui.sync.sharing import Sharing

log = logging.getLogger(__name__)


def connect(
    account: Account,
    config: Config,
    keeper: TokenKeeper,
    store: Store,
    clock: Clock,
    *,
    token: str,
    publish: Callable[[Changes], None],
    folders: Folders,
    ours: Sequence[Path] = (),
    api: ServerApi | None = None,
    profile: LineProfile = RICH,
) -> Wires:
    """API, engine and folder watch of one account. May block for some seconds (keyring, token command).

    `ours`: where our own data lie; no shared folder may be made there. `api`: the one that has signed in,
    with its connection.
    """
    ca_file = config.network.authority
    if not isinstance(api, MattermostApi):
        api = MattermostApi(account.url, clock=clock, ca_file=ca_file, language=language()[:2])
    api.set_token(token or _kept_token(account, keeper))
    engines: list[Engine] = []
    stream = _stream_maker(api, store, ca_file, clock, lambda: engines[0].profile)
    engine = Engine(api, stream, store, clock, me=account.user_id, publish=publish, profile=profile)
    engines.append(engine)
    watch, choice = None, folders.choice
    if config.syncthing.enabled:
        watch = folder_watch(config, clock, folders.publish, choice)
    return Wires(api, engine, watch, folder_sharing(config, clock, ours, choice) if watch else None)


class NoToken:
    """The event stream of somebody who is not signed in: says so without asking the server."""

    def open(self, connection_id: str, sequence_number: int) -> AsyncIterator[SocketOpened | SocketText]:
        """Begins nothing; reading from it raises SignedOut."""
        del connection_id, sequence_number
        return _Refusal()

    async def send(self, text: str) -> None:  # noqa: ARG002 - the port's
        raise SignedOut("tele.signin.no_token")

    async def close(self) -> None:
        return None


class _Refusal:
    def __aiter__(self) -> _Refusal:
        return self

    async def __anext__(self) -> SocketOpened | SocketText:
        raise SignedOut("tele.signin.no_token")

    async def aclose(self) -> None:
        return None


def _kept_token(account: Account, keeper: TokenKeeper) -> str:
    """ "" where there is none: the server then says so, and the client shows "signed out"."""
    try:
        secret = keeper.load(account)
    except ConfigTrouble as trouble:
        log.warning("the token could not be read: %s", trouble.id)
        return ""
    return secret.token if secret else ""


def _stream_maker(
    api: MattermostApi,
    store: Store,
    ca_file: Path | None,
    clock: Clock,
    profile: Callable[[], LineProfile],
) -> Callable[[], EventStream]:
    """A new stream for each connection; the server may name another address for it once it is known."""

    def make() -> EventStream:
        if not api.http.token:
            return NoToken()
        return WebSocketStream(
            api.http.address.base,
            lambda: api.http.token,
            websocket_url=store.config.get().text("WebsocketURL"),
            ca_file=ca_file,
            meter=api.meter,
            sleep=clock.sleep,
            profile=profile,
        )

    return make


def folder_watch(
    config: Config, clock: Clock, publish: Callable[[FoldersSnapshot], None], choice: InstanceChoice
) -> FolderWatch:
    """Watches the local Syncthing by the settings; also used without an account, by `teleteam sync`."""
    return FolderWatch(
        _api_opener(config, choice),
        publish,
        clock,
        lambda: _place(config, choice).mark,
        lambda: _several(choice),
    )


def folder_sharing(config: Config, clock: Clock, ours: Sequence[Path], choice: InstanceChoice) -> Sharing:
    """Pairs the local Syncthing with others and shares its folders."""
    home = Path.home()
    try:
        places = (*ours, find_config(choice.get(), os.environ, home).parent)
    except FoldersTrouble:
        places = tuple(ours)
    return Sharing(_api_opener(config, choice), clock, home=home, ours=places)


def _several(choice: InstanceChoice) -> tuple[str, tuple[str, ...]]:
    """The one that is shown and all that run, where there are several and the settings name none."""
    found = () if choice.named else tuple(map(str, running(os.environ, Path.home())))
    if len(found) < 2:
        return "", ()
    return str(find_config(choice.get(), os.environ, Path.home())), found


def _api_opener(config: Config, choice: InstanceChoice) -> Callable[[], SyncthingApi]:
    """Each call looks for the key and the address anew: both may have changed."""

    def open_api() -> SyncthingApi:
        return SyncthingApi(_place(config, choice))

    return open_api


def _place(config: Config, choice: InstanceChoice) -> Place:
    """Of config.xml as it is now; the settings may name another address."""
    place = read_place(find_config(choice.get(), os.environ, Path.home()))
    wanted = config.syncthing.url.rstrip("/")
    return replace(place, url=wanted, socket="") if wanted else place

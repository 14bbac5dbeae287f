"""What `teleteam doctor` finds on the line: server, session, live events, store, shared folders.

Invariant: every check has its own limit of time and fails alone.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import aclosing
from pathlib import Path

from tui.cli.context import Context
from tui.cli.findings import BAD, GOOD, HINT, Finding, finding
from tui.client.clock import SystemClock
from tui.client.wording.errors import reason, sentence
from tui.client.wording.states import folders_link
from tui.core.errors import TeleteamError, UserMistake
from tui.core.folders import FoldersLink
from tui.core.frames import Hello, parse_frame
from tui.core.ports import SocketText
from tui.net.events import WebSocketStream
from tui.net.mattermost import MattermostApi
from tui.settings.accounts import Account
from tui.settings.i18n import N_, Later, _, ngettext

SECONDS = 15.0


def look(context: Context) -> Iterator[Finding]:
    """Server and store of the account, where there is one, then Syncthing."""
    try:
        account = context.account()
    except UserMistake:
        account = None
    if account is not None:
        yield from asyncio.run(_server(context, account))
        yield from _store(context, account)
    yield _folders(context)


async def _server(context: Context, account: Account) -> list[Finding]:
    ca_file = context.config.network.authority
    try:
        api = MattermostApi(account.url, clock=SystemClock(), ca_file=ca_file)
        secret = context.keeper().load(account)
        api.set_token(secret.token if secret else "")
    except TeleteamError as error:
        return [finding("server", N_("Server"), sentence(error), BAD)]
    try:
        return [line async for line in _asked(api, ca_file, signed_in=secret is not None)]
    finally:
        await api.close()


async def _asked(api: MattermostApi, ca_file: Path | None, *, signed_in: bool) -> AsyncIterator[Finding]:
    server = await _tried("server", N_("Server"), _ping(api))
    yield server
    if server.state == BAD or not signed_in:
        return
    yield await _tried("signed_in", N_("Signed in"), _me(api))
    yield await _tried("events", N_("Live events"), _hello(api, ca_file))


async def _tried(part: str, title: Later, work: Awaitable[str]) -> Finding:
    """The text that `work` gives, or why it failed."""
    try:
        text = await asyncio.wait_for(work, SECONDS)
    except TimeoutError:
        return finding(part, title, _("no answer in {n} s").format(n=round(SECONDS)), BAD)
    except TeleteamError as error:
        return finding(part, title, sentence(error), BAD)
    return finding(part, title, text)


async def _ping(api: MattermostApi) -> str:
    begin = time.monotonic()
    config = await api.fetch_config()
    passed = round((time.monotonic() - begin) * 1000)
    return f"Mattermost {config.text('Version', '?')}, {passed} ms"


async def _me(api: MattermostApi) -> str:
    await api.fetch_me()
    return _("yes")


async def _hello(api: MattermostApi, ca_file: Path | None) -> str:
    """Opens the event socket as the program does and waits for the server's hello."""
    named = (await api.fetch_config()).text("WebsocketURL")
    stream = WebSocketStream(api.http.address.base, lambda: api.http.token, named, ca_file=ca_file)
    async with aclosing(stream.open("", 0)) as frames:
        async for frame in frames:
            if isinstance(frame, SocketText) and isinstance(parse_frame(frame.text), Hello):
                return _("yes")
    return _("closed without a word")


def _store(context: Context, account: Account) -> Iterator[Finding]:
    """Opens it offline, as a second instance does where teleteam is open."""
    from tui.store import Store

    title = N_("Store")
    directory = context.paths.store_dir(account.id)
    if not directory.exists():
        yield finding("store", title, _("empty"))
        return
    try:
        store = Store.open(directory, clock=SystemClock())
    except TeleteamError as error:
        yield finding("store", title, sentence(error), BAD)
        return
    with store:
        for warning in store.warnings:
            yield finding("store", title, reason(warning), HINT)
        waiting = len(store.outbox.all())
        channels = len(store.channels.all())
        text = ngettext("{n} channel", "{n} channels", channels).format(n=channels)
        text += ", " + ngettext("{n} message waits", "{n} messages wait", waiting).format(n=waiting)
        yield finding("store", title, text, HINT if waiting else GOOD)


def _folders(context: Context) -> Finding:
    title = N_("Shared folders")
    if not context.config.syncthing.enabled:
        return finding("syncthing", title, folders_link(FoldersLink.OFF))
    from tui.cli.commands.sync import snapshot_of

    snapshot = snapshot_of(context)
    if snapshot.link is not FoldersLink.OK:
        state = HINT if snapshot.link in (FoldersLink.ABSENT, FoldersLink.NOT_RUNNING) else BAD
        return finding("syncthing", title, folders_link(snapshot.link, snapshot.detail), state)
    count = len(snapshot.folders)
    text = f"Syncthing {snapshot.version}, " + ngettext("{n} folder", "{n} folders", count).format(n=count)
    return finding("syncthing", title, text)

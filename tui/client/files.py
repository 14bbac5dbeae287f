"""Files of messages: loaded to the disk, paused, gone on with after a restart; looked into; found.

Uploads are the outbox's; here they only get their figures and a pause.

Invariant: what is to be loaded stands on the desk until it is there or was given up, and its bytes lie in the
part file beside it, so nothing that has arrived is fetched a second time.
"""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from pathlib import Path, PurePath

from tui.client.base import Base
from tui.client.hub import Changes
from tui.client.outbox import Outbox
from tui.core.changes import ChangeKind
from tui.core.errors import NotSupported, Offline, Refused, TeleteamError, UserMistake
from tui.core.ids import ChannelId, Cid, FileId
from tui.core.models import FileInfo, OutboxItem
from tui.core.ports import ServerApi
from tui.core.transfers import DONE, FAILED, PAUSED, RUNNING, WAITING, Rate, Transfer
from tui.core.values import dataclass
from tui.store import DeskTx

KEY = "downloads"
MOST_TEXT = 64 * 1024
MOST_POSTS = 1_000
"""Messages of a channel whose files are listed from the store."""
PAUSED_BY_HAND = "tele.outbox.paused"


@dataclass
class _Download:
    file: FileInfo
    directory: str
    state: str = WAITING
    done: int = 0
    place: str = ""
    reason: str = ""
    running: Future[PurePath] | None = None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file and, where it is known, the message that it hangs on."""

    file: FileInfo
    channel_id: ChannelId
    post_id: str


class Files:
    def __init__(self, base: Base, outbox: Outbox) -> None:
        self._base = base
        self._outbox = outbox
        self._lock = threading.RLock()
        self._downloads: dict[FileId, _Download] | None = None
        self._rates: dict[str, Rate] = {}

    # what is on its way
    def transfers(self) -> tuple[Transfer, ...]:
        """Uploads and downloads of this session and those that were left, the newest last."""
        now = self._base.clock.monotonic()
        return (*self._uploads(now), *(self._shown(held, now) for held in list(self._held().values())))

    def is_moving(self) -> bool:
        """Whether something changes by itself: worth reading again every second or so."""
        return any(transfer.state == RUNNING for transfer in self.transfers())

    def _uploads(self, now: float) -> list[Transfer]:
        wires = self._base.lane.wires
        moving = wires.api.uploads() if wires else {}
        return [
            self._upload(item, path, moving.get(path), now)
            for item in self._outbox.all()
            for path in item.file_paths
        ]

    def _upload(self, item: OutboxItem, path: str, moved: tuple[int, int] | None, now: float) -> Transfer:
        done, size = moved or (0, _size(path))
        state = RUNNING if moved else WAITING
        if item.state == "parked":
            state = PAUSED if item.reason == PAUSED_BY_HAND else FAILED
        rate = self._rate(f"{item.cid}:{path}", now, done) if moved else 0.0
        reason = item.reason if state == FAILED else ""
        return Transfer(item.cid, "up", Path(path).name, state, done, size, rate, path, reason)

    def _shown(self, held: _Download, now: float) -> Transfer:
        rate = self._rate(held.file.id, now, held.done) if held.state == RUNNING else 0.0
        return Transfer(
            held.file.id,
            "down",
            held.file.name,
            held.state,
            held.done,
            held.file.size,
            rate,
            held.place or held.directory,
            held.reason,
        )

    def _rate(self, key: str, now: float, done: int) -> float:
        rate = self._rates.setdefault(key, Rate())
        rate.tell(now, done)
        return rate.value

    # loading
    def directory(self) -> Path:
        """Where files go where nothing else is said: [files] directory, else the desktop's for downloads."""
        wanted = self._base.config.files.directory
        if wanted:
            return Path(wanted).expanduser()
        from platformdirs import user_downloads_path

        return user_downloads_path()

    def download(self, file: FileInfo, directory: str = "") -> None:
        """Loads a file; what is known of it is in `transfers`. Raises UserMistake tele.files.busy."""
        with self._lock:
            held = self._held().get(file.id)
            if held is not None and held.state in (RUNNING, WAITING):
                raise UserMistake("tele.files.busy")
            self._held()[file.id] = _Download(file, directory or str(self.directory()))
        self._keep()
        self._run(file.id)

    def pause(self, ident: str) -> None:
        """Stops a transfer; what has arrived stays where it is."""
        with self._lock:
            held = self._held().get(ident)
            if held is not None and held.state in (RUNNING, WAITING):
                held.state = PAUSED
                if held.running is not None:
                    held.running.cancel()
        if held is None:
            self._outbox.hold(ident, PAUSED_BY_HAND)
        self._keep()
        self._told()

    def resume(self, ident: str) -> None:
        """Goes on with what was paused or has failed."""
        if ident in self._held():
            with self._lock:
                self._held()[ident].state = WAITING
            self._keep()
            self._run(ident)
        else:
            self._outbox.retry(ident)

    def cancel(self, ident: str) -> None:
        """Gives a transfer up, with what has arrived; an upload with its message. One that is over only
        leaves the list.
        """
        with self._lock:
            held = self._held().pop(ident, None)
        if held is None:
            self._outbox.discard(Cid(ident))
            return
        if held.running is not None:
            held.running.cancel()
        self._keep()
        if held.state != DONE:
            directory = PurePath(held.directory)

            async def forget(api: ServerApi) -> None:
                api.forget_download(held.file.id, directory)

            self._base.lane.ask(forget)
        self._told()

    def hear(self, changes: Changes) -> None:
        """Whatever was left waiting goes on when the line is there."""
        if any(change.kind is ChangeKind.CONNECTION for change in changes) and self._base.lane.state().live:
            for ident, held in list(self._held().items()):
                if held.state == WAITING:
                    self._run(ident)

    def _run(self, ident: FileId) -> None:
        """Begins a download, if the line is there; else `hear` will."""
        with self._lock:
            held = self._held().get(ident)
            if held is None or held.state != WAITING or not self._base.lane.state().live:
                self._told()
                return
            held.state, held.reason = RUNNING, ""
            self._rates.pop(ident, None)

            def progress(done: int, _size: int) -> None:
                held.done = done

            async def load(api: ServerApi) -> PurePath:
                directory = PurePath(held.directory)
                return await api.download_file(ident, held.file.name, directory, progress, keep=True)

            held.running = self._base.lane.ask(load)
        held.running.add_done_callback(lambda done: self._ended(held, done))
        self._told()

    def _ended(self, held: _Download, done: Future[PurePath]) -> None:
        error = None if done.cancelled() else done.exception()
        with self._lock:
            if held.state == PAUSED or done.cancelled():
                pass
            elif isinstance(error, Offline):
                held.state = WAITING
            elif error is not None:
                held.state = FAILED
                held.reason = error.id if isinstance(error, TeleteamError) else type(error).__name__
            else:
                held.state, held.place, held.done = DONE, str(done.result()), held.file.size
        self._keep()
        self._told()

    def _told(self) -> None:
        self._base.hub.say(ChangeKind.TRANSFERS)

    # kept over a restart
    def _held(self) -> dict[FileId, _Download]:
        with self._lock:
            if self._downloads is None:
                self._downloads = _read(self._base.store.kept.get(KEY))
            return self._downloads

    def _keep(self) -> None:
        with self._lock:
            rows = [
                [held.file.id, held.file.name, held.file.size, held.directory, held.state == PAUSED]
                for held in self._held().values()
                if held.state != DONE
            ]
        text = json.dumps(rows)

        def write(desk: DeskTx) -> None:
            if rows:
                desk.kept.set(KEY, text)
            else:
                desk.kept.remove(KEY)

        self._base.note(write)

    # looking into
    def text(self, file: FileInfo) -> Future[tuple[str, bool]]:
        """The beginning of a text file, and whether that is all. Fails with UserMistake("tele.files.no_text")
        where it is no text.
        """

        async def fetch(api: ServerApi) -> tuple[str, bool]:
            start = await api.fetch_file_start(file.id, MOST_TEXT)
            return _as_text(start), file.size <= len(start)

        return self._base.lane.ask(fetch)

    def picture(self, file: FileInfo) -> Future[bytes]:
        """The server's small picture of an image (JPEG or PNG); fails with Refused where it has none."""
        return self._base.lane.ask(lambda api: api.fetch_picture(file.id, "thumbnail"))

    # finding
    def of_channel(self, channel_id: ChannelId) -> tuple[FoundFile, ...]:
        """Files of the messages that are here, the newest first."""
        posts = self._base.store.posts.newest(channel_id, MOST_POSTS)
        return tuple(
            FoundFile(file, channel_id, post.id)
            for post in posts
            if not post.delete_at
            for file in post.files
        )

    def search(self, text: str, channel_id: ChannelId = "") -> Future[tuple[FoundFile, ...]]:
        """What the server finds by names and contents, of one channel or all of the team's."""
        channel = self._base.store.channels.get(channel_id) if channel_id else None
        team = (channel.team_id if channel else "") or self._base.view.team_id
        terms = f"{text} in:{channel.name}".strip() if channel is not None else text

        async def ask(api: ServerApi) -> tuple[FoundFile, ...]:
            try:
                found = await api.search_files(team, terms)
            except (NotSupported, Refused) as refusal:
                if refusal.status not in (404, 501):
                    raise
                found = []
            return tuple(FoundFile(file, file.channel_id, file.post_id) for file in found)

        return self._base.lane.ask(ask)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _as_text(start: bytes) -> str:
    if b"\0" in start:
        raise UserMistake("tele.files.no_text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return start[: _whole(start)].decode(encoding) if encoding != "cp1252" else start.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserMistake("tele.files.no_text")


def _whole(start: bytes) -> int:
    """Length without a character of UTF-8 that is cut at the end."""
    for back in range(1, min(4, len(start)) + 1):
        byte = start[-back]
        if byte >= 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(start) - back if needed > back else len(start)
        if byte < 0x80:
            break
    return len(start)


def _read(text: str) -> dict[FileId, _Download]:
    """What was left by the run before; a damaged note is no downloads."""
    try:
        rows = json.loads(text or "[]")
        return {
            ident: _Download(FileInfo(ident, name, size=size), place, PAUSED if paused else WAITING)
            for ident, name, size, place, paused in rows
        }
    except (ValueError, TypeError):
        return {}

"""Files in shared folders instead of attachments: put one there and say so, see whether one has come.

Invariant: a file gets into a folder complete or not at all, and never over another; what a card names is
looked for, never created, and opened only as a regular file inside the folder.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tui.client.base import Base
from tui.client.folders import Folders
from tui.client.lane import Wires
from tui.client.machines import Machines
from tui.client.pairing import Pairing
from tui.client.posts import Posts
from tui.client.wording.pairing import card_text
from tui.core.changes import ChangeKind
from tui.core.errors import Refused, TeleteamError, UserMistake
from tui.core.file_names import safe_name
from tui.core.folder_rules import CONFLICT
from tui.core.folders import FoldersLink, FolderState, FolderView
from tui.core.ids import Millis, UserId
from tui.core.models import FileInfo, Post, Target
from tui.core.pairing import Card, CardKind, clean_name, matches
from tui.core.shared_paths import is_relative_path
from tui.core.sharing import Arrival, Whereabouts
from tui.core.values import dataclass

if TYPE_CHECKING:
    from tui.sync.sharing import Sharing

Progress = Callable[[int, int], None]
PIECE = 1024 * 1024
ASK_AGAIN: Millis = 5_000
MOST_KNOWN = 500
_NOT_TO_WRITE = frozenset({"receiveonly", "receiveencrypted"})
_NOT_NOW = frozenset({FolderState.STOPPED, FolderState.PAUSED})


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Why a file is better off in a shared folder. `reason`: limit (of the server) or thin (the line)."""

    reason: str
    size: int
    limit: int


@dataclass(frozen=True, slots=True)
class ConflictNote:
    """What can be told of a conflict copy, and to whom; `user_id` "" = nobody is known for that device."""

    user_id: UserId
    card: Card


class Shelf:
    def __init__(
        self, base: Base, folders: Folders, posts: Posts, pairing: Pairing, machines: Machines
    ) -> None:
        self._base = base
        self._folders = folders
        self._posts = posts
        self._pairing = pairing
        self._machines = machines
        self._known: dict[str, tuple[Whereabouts, Millis]] = {}
        self._asking: set[str] = set()

    # attaching
    def too_much(self, path: str, ask_above: int = 0) -> TooMuch | None:
        """Whether a local file is too large for the chat, or (above `ask_above` bytes) for this line."""
        try:
            size = Path(path).expanduser().stat().st_size
        except OSError:
            return None
        limit = self._base.lookups.config().number("MaxFileSize")
        if limit and size > limit:
            return TooMuch("limit", size, limit)
        return TooMuch("thin", size, ask_above) if ask_above and size > ask_above else None

    def folders(self) -> tuple[FolderView, ...]:
        """Shared folders into which a file can be put now."""
        snapshot = self._folders.snapshot()
        if snapshot.link is not FoldersLink.OK:
            return ()
        return tuple(
            view
            for view in snapshot.folders
            if view.type not in _NOT_TO_WRITE and view.state not in _NOT_NOW and view.path
        )

    def put(
        self,
        target: Target,
        local: str,
        folder: FolderView,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Future[str]:
        """Copies a file into a folder, lets Syncthing look, posts the card; the path in the folder.

        Fails with UserMistake tele.files.gone, tele.shelf.stopped; StoreTrouble("tele.store.full").
        """

        async def work(sharing: Sharing) -> str:
            size, name = await asyncio.to_thread(_copy, local, folder.path, progress, stop)
            await self._scan(sharing, folder.id, name)
            card = Card(
                CardKind.FILE,
                folder_id=folder.id,
                label=clean_name(folder.title) or folder.id,
                path=name,
                size=size,
            )
            await asyncio.to_thread(self._send, target, card)
            return name

        return self._machines.run(work)

    def save(
        self,
        file: FileInfo,
        folder: FolderView,
        progress: Progress | None = None,
        stop: threading.Event | None = None,
    ) -> Future[str]:
        """Loads an attachment into a folder; its name there. Fails with UserMistake tele.shelf.stopped."""

        def noted(done: int, size: int) -> None:
            if stop is not None and stop.is_set():
                raise UserMistake("tele.shelf.stopped")
            if progress is not None:
                progress(done, size)

        async def work(sharing: Sharing, wires: Wires) -> str:
            directory = await asyncio.to_thread(_directory, folder.path)
            landed = await wires.api.download_file(file.id, file.name, PurePath(directory), progress=noted)
            await self._scan(sharing, folder.id, landed.name)
            return landed.name

        return self._machines.run_wired(work)

    # arriving
    def whereabouts(self, post: Post, card: Card) -> Whereabouts:
        """Whether the file of a card is here, as far as is known; asks in the background where it is not."""
        if self._folders.snapshot().link is not FoldersLink.OK:
            return Whereabouts(Arrival.NO_SYNCTHING)
        known, at = self._known.get(post.id, (Whereabouts(Arrival.ASKING), 0))
        settled = known.arrival is Arrival.HERE
        if not settled and self._base.clock.now() - at >= ASK_AGAIN:
            self._ask(post, card)
        return known

    def look(self, post: Post, card: Card) -> Future[Whereabouts]:
        """The same, asked anew; what Enter on the card does."""
        asked = self._machines.run(lambda sharing: sharing.locate(card))
        asked.add_done_callback(lambda done: self._heard(post, done))
        return asked

    def on_the_way(self) -> bool:
        """Whether the timeline shows files that have not come yet: it is worth reading it again."""
        return any(known.arrival is not Arrival.HERE for known, _at in self._known.values())

    # conflicts
    def conflict_note(self, folder_id: str, path: str) -> ConflictNote:
        """What to tell of the conflict copy at `path`, and to the person whose version won.

        Raises UserMistake tele.shelf.no_conflict, tele.shelf.no_folder.
        """
        found = CONFLICT.search(path)
        if found is None:
            raise UserMistake("tele.shelf.no_conflict")
        snapshot = self._folders.snapshot()
        view = next((folder for folder in snapshot.folders if folder.id == folder_id), None)
        if view is None:
            raise UserMistake("tele.shelf.no_folder")
        label = clean_name(view.title) or folder_id
        card = Card(CardKind.CONFLICT, folder_id=folder_id, label=label, path=path)
        return ConflictNote(self._pairing.owner_of(found[1]), card)

    def tell_conflict(self, target: Target, note: ConflictNote) -> None:
        """Says it, in the direct channel with that person. UserMistake for a name no card can carry."""
        self._send(target, note.card)

    # inside
    def _ask(self, post: Post, card: Card) -> None:
        if post.id in self._asking:
            return
        self._asking.add(post.id)
        self.look(post, card)

    def _heard(self, post: Post, done: Future[Whereabouts]) -> None:
        self._asking.discard(post.id)
        error = None if done.cancelled() else done.exception()
        if done.cancelled() or (error is not None and not isinstance(error, TeleteamError)):
            return
        found = Whereabouts(Arrival.NO_SYNCTHING) if error is not None else done.result()
        before = self._known.get(post.id, (None, 0))[0]
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[post.id] = (found, self._base.clock.now())
        if found != before:
            self._base.hub.say(ChangeKind.POSTS, post.id, channel_id=post.channel_id)

    def _send(self, target: Target, card: Card) -> None:
        text = card_text(card)
        if not is_relative_path(card.path) or not matches(card, text):
            raise UserMistake("tele.shelf.name")
        self._posts.send_card(target, text, card.props())

    async def _scan(self, sharing: Sharing, folder_id: str, name: str) -> None:
        """The watcher would find it too, 10 s later: a refusal is no failure."""
        try:
            await sharing.scan(folder_id, name)
        except Refused:
            return


def _directory(root: str) -> Path:
    """A folder's directory on this machine. Raises UserMistake where its marker or itself is missing."""
    path = Path(root).expanduser()
    if not path.is_dir() or not (path / ".stfolder").exists():
        raise UserMistake("tele.shelf.no_directory")
    return path


def _copy(local: str, root: str, progress: Progress | None, stop: threading.Event | None) -> tuple[int, str]:
    """Copies `local` into the folder under a free name; (bytes, name). Blocks."""
    from tui.net.landing import Landing, trouble

    source = Path(local).expanduser()
    landing = Landing(PurePath(_directory(root)), safe_name(source.name.replace("`", "'"), "copy"))
    try:
        with open(source, "rb", opener=_regular) as file:
            size = os.fstat(file.fileno()).st_size
            landing.expect(size)
            done = 0
            while piece := file.read(PIECE):
                if stop is not None and stop.is_set():
                    raise UserMistake("tele.shelf.stopped")
                landing.write(piece)
                done += len(piece)
                if progress is not None:
                    progress(done, size)
        return done, landing.finish().name
    except OSError as error:
        raise trouble(error) from None
    finally:
        landing.abandon()


def _regular(path: str, flags: int) -> int:
    """Opens a regular file only: a named pipe would hold us for ever."""
    import stat

    file = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)
    if stat.S_ISREG(os.fstat(file).st_mode):
        return file
    os.close(file)
    raise UserMistake("tele.files.gone")

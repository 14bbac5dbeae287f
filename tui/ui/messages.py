"""What the person wants, as messages that bubble to the main screen.

Invariant: a panel says what was chosen and never acts on another panel; only the screen knows them all.
"""

from __future__ import annotations

from textual.message import Message

from tui.core.ids import CategoryId, ChannelId, FileId, PostId, TeamId, UserId
from tui.core.models import FileInfo
from tui.core.timeline import PostRow
from tui.core.transfers import Transfer
from tui.core.values import dataclass


@dataclass
class ChannelChosen(Message):
    channel_id: ChannelId


@dataclass
class PersonChosen(Message):
    user_id: UserId


@dataclass
class TeamChosen(Message):
    team_id: TeamId


@dataclass
class CategoryToggled(Message):
    category_id: CategoryId


@dataclass
class SidebarAsked(Message):
    """Something is to be done with the row under the cursor of the sidebar.

    `verb`: move, favour, mute, create, up, down, edit. `category_id` is the one that the row is in.
    """

    verb: str
    channel_id: ChannelId
    category_id: CategoryId


@dataclass
class ThreadChosen(Message):
    """Open the thread of `root_id` beside the channel; `reply` puts the focus into its composer."""

    root_id: PostId
    reply: bool = False


@dataclass
class PostChosen(Message):
    """Go to a post, wherever it is."""

    post_id: PostId


@dataclass
class LinkChosen(Message):
    """Open a link that somebody else wrote; raw, not yet checked."""

    url: str


@dataclass
class FileChosen(Message):
    file_id: FileId
    name: str


@dataclass
class Searched(Message):
    """What is searched for in the open channel, "" for nothing."""

    text: str


@dataclass
class FoundChosen(Message):
    """Something is to be done with a file of a message."""

    file: FileInfo
    post_id: PostId


@dataclass
class TransferChosen(Message):
    """Something is to be done with a file that is on its way."""

    transfer: Transfer


@dataclass
class PendingChosen(Message):
    """Look at a device that wants to connect, or (`folder_id`) at a folder that it offers."""

    device_id: str
    folder_id: str = ""


@dataclass
class PostAsked(Message):
    """Something is to be done with the message under the cursor that needs more than its panel.

    `verb`: reply, edit, delete, react, open, join, more, queue, card, shelve …
    """

    verb: str
    row: PostRow


@dataclass
class Wanted(Message):
    """Go or show: next, timeline, composer, out, reply_last, external_editor, preview, attach, search."""

    what: str


@dataclass
class Failed(Message):
    """Something could not be done; to be said in the person's words."""

    error: BaseException


@dataclass
class CopyWanted(Message):
    text: str

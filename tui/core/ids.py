"""Names for the identifiers and times that travel through the house.

Mattermost ids are 26 characters `[a-z0-9]`; every time is an integer of milliseconds since the epoch unless
a name says otherwise. The aliases are plain `str` and `int`: they document, they do not wrap.
"""

from typing import TypeAlias

UserId: TypeAlias = str
TeamId: TypeAlias = str
ChannelId: TypeAlias = str
PostId: TypeAlias = str
FileId: TypeAlias = str
CategoryId: TypeAlias = str
Cid: TypeAlias = str
"""Our own uuid4 (hex) of one queued command, carried in a post's props; see `core.outbox`."""
Millis: TypeAlias = int

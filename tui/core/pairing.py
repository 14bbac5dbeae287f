"""Cards in messages: "pair with my Syncthing", "here is a folder", "the file lies there", and who may say so.

A card is an ordinary message that everybody can read, with the same values once more in its props. In the
text each value stands between backticks; in order they are the card's `values`. So text and props can be
compared in any language, and props that say anything else than the text are no card.

Invariant: `read` gives a card without `problem` only where text and props agree, every value is well formed,
and (for all but files) the author is me or the one partner of a direct channel, in person. A card is an
offer: nothing here or elsewhere acts on one before the person has said yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tui.core.device_ids import find_like, is_device_id
from tui.core.ids import UserId
from tui.core.models import Json, Post
from tui.core.patterns import pattern
from tui.core.safe_text import safe_line
from tui.core.shared_paths import is_relative_path
from tui.core.values import dataclass

PROP = "teleteam_pairing"
VERSION = 1
MOST_ADDRESSES = 4
LONGEST_NAME = 80
LONGEST_ID = 64
LONGEST_CARD = 4_000
"""Characters of a message that may be a card; the smallest `MaxPostSize` of any server."""
MANUFACTURED = (
    "from_webhook",
    "from_bot",
    "from_plugin",
    "override_username",
    "override_icon_url",
    "attachments",
)
"""Props that no message written by a person has."""
_SPAN = pattern(r"`([^`\n]*)`")
_REQUEST = pattern(r"[0-9a-f]{32}")
_ADDRESS = pattern(
    r"(?:tcp|tcp4|tcp6|quic|quic4|quic6)://(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}"
)


class CardKind(StrEnum):
    REQUEST = "request"
    """Please add my device; yours is not known to me yet."""
    ANSWER = "answer"
    """I have added yours, this is mine."""
    WITHDRAW = "withdraw"
    """My request does not hold any more."""
    UNPAIR = "unpair"
    """I have removed your device."""
    FOLDER = "folder"
    """I share this folder with your device."""
    FILE = "file"
    """The file lies in a shared folder."""
    CONFLICT = "conflict"
    """Your version won; this is the copy with the other one."""


IN_PERSON = frozenset(set(CardKind) - {CardKind.FILE, CardKind.CONFLICT})
"""Kinds that only count in a direct channel."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. Which fields are filled depends on `kind`; all are checked and safe to show."""

    kind: CardKind
    request: str = ""
    """Ties answer and withdrawal to a request: 32 hex digits."""
    device_id: str = ""
    """Of the author's machine."""
    name: str = ""
    """What the author calls that machine."""
    addresses: tuple[str, ...] = ()
    folder_id: str = ""
    label: str = ""
    path: str = ""
    """Relative to the folder, with slashes."""
    size: int = 0
    """Bytes of the file; only ever compared with what is on the own disk."""

    @property
    def values(self) -> tuple[str, ...]:
        """What the text must hold between backticks, in this order and nothing else."""
        match self.kind:
            case CardKind.REQUEST | CardKind.ANSWER:
                return (self.name, self.device_id, *self.addresses)
            case CardKind.WITHDRAW | CardKind.UNPAIR:
                return (self.device_id,)
            case CardKind.FOLDER:
                return (self.label, self.folder_id, self.device_id)
            case _:
                return (self.path, self.label, self.folder_id)

    def props(self) -> dict[str, Json]:
        """The props that go with the text."""
        said: dict[str, Json] = {"v": VERSION, "kind": self.kind.value}
        for key in ("request", "device_id", "name", "folder_id", "label", "path", "size"):
            value = getattr(self, key)
            if value:
                said[key] = value
        if self.addresses:
            said["addresses"] = list(self.addresses)
        return {PROP: said}


class Doubt(StrEnum):
    """Why something that looks like a card is none."""

    VERSION = "version"
    SHAPE = "shape"
    CHECK_DIGITS = "check-digits"
    TEXT_DIFFERS = "text-differs"
    EDITED = "edited"
    MANUFACTURED = "manufactured"
    NOT_DIRECT = "not-direct"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post was found, and what is known of its author."""

    me: UserId
    channel_type: str
    partner: UserId = ""
    """The other person of a direct channel, "" elsewhere."""
    author_is_person: bool = True
    """False for bots and for those of whom nothing is known yet."""


@dataclass(frozen=True, slots=True)
class Found:
    """A card, or why the post is none. `card` None = it does not even claim to be one that can be read."""

    card: Card | None = None
    problem: Doubt | None = None

    @property
    def good(self) -> Card | None:
        """The card, if nothing speaks against it."""
        return self.card if self.problem is None else None


def read(post: Post, place: Place) -> Found | None:
    """The card that a post claims to be; None where it claims nothing."""
    said = post.props.get(PROP)
    if said is None:
        return None
    card, problem = _parsed(said)
    if card is None:
        return Found(None, problem)
    return Found(card, _doubt(card, post, place))


def _doubt(card: Card, post: Post, place: Place) -> Doubt | None:
    if post.type or any(post.props.get(key) for key in MANUFACTURED):
        return Doubt.MANUFACTURED
    if post.edit_at:
        return Doubt.EDITED
    if not matches(card, post.message):
        return Doubt.TEXT_DIFFERS
    if post.user_id != place.me and not place.author_is_person:
        return Doubt.MANUFACTURED
    if card.kind not in IN_PERSON:
        return None
    if place.channel_type != "D" or not place.partner:
        return Doubt.NOT_DIRECT
    return None if post.user_id in (place.me, place.partner) else Doubt.STRANGER


def matches(card: Card, text: str) -> bool:
    """Whether a text shows exactly the card's values, and no other device ID."""
    if len(text) > LONGEST_CARD or "```" in text:
        return False
    shown = tuple(_SPAN.findall(text))
    ids = (card.device_id,) if card.device_id in card.values and card.device_id else ()
    return shown == card.values and find_like(text) == ids


def clean_name(raw: str, limit: int = LONGEST_NAME) -> str:
    """A name fit for a card: one line, no backtick, nothing invisible."""
    return safe_line(" ".join(raw.replace("`", "'").split()), limit).strip()


def is_address(text: str) -> bool:
    """tcp://host:port or quic://host:port, as Syncthing writes them."""
    if len(text) > 300 or not _ADDRESS.fullmatch(text):
        return False
    return 0 < int(text.rpartition(":")[2]) < 65_536


def is_folder_id(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_ID and clean_name(text, LONGEST_ID) == text


def _parsed(said: Json) -> tuple[Card | None, Doubt | None]:
    """Props → card. Anything may stand there."""
    if not isinstance(said, dict):
        return None, Doubt.SHAPE
    if said.get("v") != VERSION or isinstance(said.get("v"), bool):
        return None, Doubt.VERSION
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in set(CardKind):
        return None, Doubt.VERSION
    card = _built(CardKind(kind), said)
    if card is None:
        return None, Doubt.SHAPE
    if card.device_id and not is_device_id(card.device_id):
        return None, Doubt.CHECK_DIGITS
    return (card, None) if _is_whole(card) else (None, Doubt.SHAPE)


def _built(kind: CardKind, said: Mapping[str, Json]) -> Card | None:
    texts: dict[str, str] = {}
    for key in ("request", "device_id", "name", "folder_id", "label", "path"):
        value = said.get(key, "")
        if not isinstance(value, str):
            return None
        texts[key] = value
    size, addresses = said.get("size", 0), said.get("addresses", [])
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 2**63:
        return None
    if not isinstance(addresses, list) or len(addresses) > MOST_ADDRESSES:
        return None
    known = tuple(entry for entry in addresses if isinstance(entry, str) and is_address(entry))
    return Card(kind, **texts, addresses=known, size=size) if len(known) == len(addresses) else None


def _is_whole(card: Card) -> bool:
    """Every field that the kind needs is there and well formed."""
    match card.kind:
        case CardKind.REQUEST | CardKind.ANSWER:
            return _is_name(card.name) and bool(card.device_id and _REQUEST.fullmatch(card.request))
        case CardKind.WITHDRAW:
            return bool(card.device_id and _REQUEST.fullmatch(card.request))
        case CardKind.UNPAIR:
            return bool(card.device_id)
        case CardKind.FOLDER:
            return bool(card.device_id) and is_folder_id(card.folder_id) and _is_name(card.label)
        case _:
            return is_folder_id(card.folder_id) and _is_name(card.label) and is_relative_path(card.path)


def _is_name(text: str) -> bool:
    return bool(text) and clean_name(text) == text

"""What is being typed at the cursor: a name, a channel, an emoji, a command; and what to offer for it.

Invariant: nothing is ever completed inside code, and accepting an offer replaces exactly the typed token.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.models import Command, User
from tui.core.names import display_name
from tui.core.patterns import pattern
from tui.core.search import Candidate, fold, rank
from tui.core.values import dataclass

MIN_EMOJI_LETTERS = 2
_TOKEN = pattern(r"(?:^|(?<=[\s(\[{\"'>*_|,;/]))([@~:])([\w.\-+]*)$")
_COMMAND = pattern(r"^/([\w-]*)$")

SPECIAL_MENTIONS = ("channel", "all", "here")


@dataclass(frozen=True, slots=True)
class Token:
    """`sign` is @ ~ : or /; `query` the letters after it; `start` and `end` are offsets in the text."""

    sign: str
    query: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Completion:
    """One offer: put `insert` in place of text[start:end]. Label and detail are hostile text."""

    sign: str
    insert: str
    label: str
    detail: str = ""
    start: int = 0
    end: int = 0
    id: str = ""


def token_at(text: str, cursor: int) -> Token | None:
    """The token that ends at `cursor`, or None where there is nothing to complete."""
    before = text[:cursor]
    if match := _COMMAND.match(before):
        return Token("/", match.group(1), 0, cursor)
    if _in_code(before):
        return None
    line_start = before.rfind("\n") + 1
    match = _TOKEN.search(before[line_start:])
    if match is None:
        return None
    sign, query = match.groups()
    if sign == ":" and len(query) < MIN_EMOJI_LETTERS:
        return None
    return Token(sign, query, line_start + match.start(1), cursor)


def _in_code(before: str) -> bool:
    """Inside an open fence or an open backtick of the last line."""
    fences = sum(line.lstrip().startswith(("```", "~~~")) for line in before.split("\n"))
    last = before.rsplit("\n", 1)[-1]
    return fences % 2 == 1 or last.replace("```", "").count("`") % 2 == 1


def complete_people(
    token: Token, users: Iterable[User], setting: str, near: frozenset[str] = frozenset(), limit: int = 20
) -> list[Completion]:
    """Offers for @: people of the channel (`near`, ids) first; then @channel @all @here.

    Deactivated ones are left out.
    """
    candidates = [
        Candidate(
            kind="user",
            id=user.id,
            title=user.username,
            aliases=(display_name(user, "full_name"), user.nickname),
            detail=_person_detail(user, setting),
            boost=user.id in near,
        )
        for user in users
        if not user.delete_at
    ]
    found = rank(token.query, candidates, limit)
    offers = [_offer(token, f"@{c.title} ", f"@{c.title}", c.detail, c.id) for c in found]
    specials = [name for name in SPECIAL_MENTIONS if name.startswith(token.query.lower())]
    return (offers + [_offer(token, f"@{name} ", f"@{name}") for name in specials])[:limit]


def _person_detail(user: User, setting: str) -> str:
    full = display_name(user, "full_name" if setting == "username" else setting)
    return "" if full == user.username else full


def complete_channels(token: Token, channels: Iterable[Candidate], limit: int = 20) -> list[Completion]:
    """Offers for ~: `channels` carry the URL name as their first alias."""
    return [
        _offer(token, f"~{c.aliases[0]} ", c.title, f"~{c.aliases[0]}", c.id)
        for c in rank(token.query, channels, limit)
        if c.aliases
    ]


def complete_emoji(token: Token, found: Iterable[tuple[str, str]], limit: int = 20) -> list[Completion]:
    """Offers for `:` from (name, character) pairs; the character of a custom emoji is ""."""
    pairs = list(found)[:limit]
    return [_offer(token, f":{name}: ", f":{name}:", character) for name, character in pairs]


def complete_commands(token: Token, commands: Iterable[Command], limit: int = 20) -> list[Completion]:
    """Offers for / by trigger."""
    wanted = fold(token.query)
    matching = sorted((c for c in commands if fold(c.trigger).startswith(wanted)), key=lambda c: c.trigger)
    return [
        _offer(token, f"/{c.trigger} ", f"/{c.trigger}", " ".join(filter(None, (c.hint, c.description))))
        for c in matching[:limit]
    ]


def _offer(token: Token, insert: str, label: str, detail: str = "", ident: str = "") -> Completion:
    return Completion(token.sign, insert, label, detail, token.start, token.end, ident)


def accept(text: str, offer: Completion) -> tuple[str, int]:
    """The text with the offer put in, and the new cursor. A blank that already follows is not doubled."""
    rest = text[offer.end :]
    insert = offer.insert[:-1] if offer.insert.endswith(" ") and rest.startswith(" ") else offer.insert
    cursor = offer.start + len(offer.insert)
    return text[: offer.start] + insert + rest, cursor

"""The sidebar's rows and how they are drawn: teams, categories, channels.

Invariant: one line a row. Unread is bold and has a sign, a mention has a number, muted has a sign: never
colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rich.segment import Segment
from rich.style import Style

from tui.client.wording.meetings import short_age
from tui.core.ids import TeamId
from tui.core.safe_text import safe_line
from tui.core.sidebar import SidebarRow, SidebarSection
from tui.core.unread import Unread
from tui.core.values import dataclass
from tui.settings.i18n import _
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, ends

FOLDED, UNFOLDED = "▸", "▾"
UNREAD, MUTED, DRAFT = "•", "∅", "✎"
MEETING = "◈"
CHANNEL_SIGNS = {"O": "#", "P": "◆", "G": "≡", "D": "○"}
MOST_COUNTED = 999


@dataclass(frozen=True, slots=True)
class TeamItem:
    team_id: TeamId
    title: str
    unread: Unread
    current: bool

    @property
    def key(self) -> str:
        return f"team:{self.team_id}"


@dataclass(frozen=True, slots=True)
class SectionItem:
    category_id: str
    title: str
    collapsed: bool
    muted: bool
    unread: Unread

    @property
    def key(self) -> str:
        return f"category:{self.category_id}"


@dataclass(frozen=True, slots=True)
class ChannelItem:
    row: SidebarRow

    @property
    def key(self) -> str:
        return f"channel:{self.row.channel_id}"


@dataclass(frozen=True, slots=True)
class SpaceItem:
    """An empty line."""

    key: str


Item: TypeAlias = TeamItem | SectionItem | ChannelItem | SpaceItem


def items(teams: Iterable[TeamItem], sections: Iterable[SidebarSection]) -> tuple[Item, ...]:
    """All rows of the sidebar, top to bottom."""
    result: list[Item] = list(teams)
    for section in sections:
        result.append(SpaceItem(f"space:{section.category_id}"))
        result.append(_section_item(section))
        result += [ChannelItem(row) for row in section.rows]
    return tuple(result)


def _section_item(section: SidebarSection) -> SectionItem:
    hidden = section.unread if section.collapsed else Unread()
    return SectionItem(section.category_id, section.title, section.collapsed, section.muted, hidden)


class SidebarPainter:
    """Draws Items."""

    def key(self, row: Item) -> str:
        return row.key

    def selectable(self, row: Item) -> bool:
        return not isinstance(row, SpaceItem)

    def ground(self, row: Item, look: Look) -> Style | None:
        return look.selection if isinstance(row, ChannelItem) and row.row.current else None

    def paint(self, row: Item, width: int, look: Look) -> list[Line]:
        match row:
            case TeamItem():
                return [_team(row, width, look)]
            case SectionItem():
                return [_section(row, width, look)]
            case ChannelItem():
                return [_channel(row.row, width, look)]
            case SpaceItem():
                return [[]]


def _team(item: TeamItem, width: int, look: Look) -> Line:
    style = look.strong if item.current else look.muted
    sign = "● " if item.current else "○ "
    title = [
        Segment(sign, look.accent if item.current else look.muted),
        Segment(safe_line(item.title), style),
    ]
    return ends(title, [] if item.current else badge(item.unread, look), width)


def _section(item: SectionItem, width: int, look: Look) -> Line:
    sign = FOLDED if item.collapsed else UNFOLDED
    title = [Segment(f"{sign} {safe_line(item.title)}", look.muted)]
    if item.muted:
        title.append(Segment(f" {MUTED}", look.muted))
    return ends(title, badge(item.unread, look), width)


def _channel(row: SidebarRow, width: int, look: Look) -> Line:
    sign, sign_style = _sign(row, look)
    title = safe_line(row.title, 200) or _("Unknown person")
    style = _title_style(row, look)
    right = badge(row.unread, look)
    if row.draft and not row.current:
        right = [Segment(DRAFT, look.muted), Segment(" "), *right] if right else [Segment(DRAFT, look.muted)]
    if row.meeting_age >= 0:
        right = [*_meeting(row.meeting_age, look), *([Segment(" "), *right] if right else [])]
    if row.current:
        sign_style = style = Style(bold=True)
    return ends([Segment(f"  {sign} ", sign_style), Segment(title, style)], right, width)


def _meeting(age: int, look: Look) -> Line:
    """A meeting that may be going on: its sign and its age, which never says that it is."""
    return [Segment(f"{MEETING} {short_age(age)}", look.accent)]


def _title_style(row: SidebarRow, look: Look) -> Style:
    if row.unread.bold:
        return look.unread
    if row.unread.muted or row.archived or row.deactivated:
        return look.muted
    return look.text


def _sign(row: SidebarRow, look: Look) -> tuple[str, Style]:
    if row.archived:
        return "▫", look.muted
    if row.type == "D" and row.bot:
        return "◇", look.muted
    if row.type == "D":
        return look.presence(row.status)
    return CHANNEL_SIGNS.get(row.type, "#"), look.muted


def badge(unread: Unread, look: Look) -> Line:
    """The number of mentions, a dot for unread messages, a sign for muted; [] for nothing."""
    if unread.mentions:
        number = f"{MOST_COUNTED}+" if unread.mentions > MOST_COUNTED else str(unread.mentions)
        return [Segment(f" {number} ", look.mention)]
    if unread.muted:
        return [Segment(MUTED, look.muted)]
    return [Segment(UNREAD, look.unread)] if unread.messages else []

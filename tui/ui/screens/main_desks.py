"""The desks of the main screen: each is made, and imported, when it is first needed.

Invariant: only here one desk is handed to another; what a desk needs of others stands in its constructor.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.ui.desks.categories import CategoryDesk
    from tui.ui.desks.channels import ChannelDesk
    from tui.ui.desks.newcomers import NewcomerDesk
    from tui.ui.desks.people import PeopleDesk
    from tui.ui.desks.teams import TeamDesk
    from tui.ui.screens.main_acts import ActDesk
    from tui.ui.screens.main_files import FileDesk
    from tui.ui.screens.main_later import LaterDesk
    from tui.ui.screens.main_links import LinkDesk
    from tui.ui.screens.main_meetings import MeetingDesk
    from tui.ui.screens.main_open import Ladder
    from tui.ui.screens.main_pairing import PairingDesk
    from tui.ui.screens.main_posts import PostDesk
    from tui.ui.screens.main_sharing import SharingDesk
    from tui.ui.screens.main_shelf import ShelfDesk
    from tui.ui.screens.main_show import Showing
    from tui.ui.screens.main_whom import Whom
    from tui.ui.screens.main_writing import WritingDesk


class Desks:
    def __init__(self, screen: Showing) -> None:
        self._screen = screen

    # messages
    @cached_property
    def posts(self) -> PostDesk:
        from tui.ui.screens.main_posts import PostDesk

        return PostDesk(
            self._screen,
            meet=lambda target, topic: self.meetings.meet(target, topic),
            add_file=lambda composer, path: self.shelf.add_file(composer, path),
            hold_back=lambda item: self.writing.hold_back(item),
            pair=lambda given, name: self.pairing.by_name(given, name),
            open_link=lambda url: self.links.open_link(url),
            emojis=lambda text: self.acts.emoji_offers(text),
        )

    @cached_property
    def acts(self) -> ActDesk:
        from tui.ui.screens.main_acts import ActDesk

        return ActDesk(self._screen, lambda post: self.links.openable(post))

    @cached_property
    def writing(self) -> WritingDesk:
        from tui.ui.screens.main_writing import WritingDesk

        return WritingDesk(self._screen)

    @cached_property
    def later(self) -> LaterDesk:
        from tui.ui.screens.main_later import LaterDesk

        return LaterDesk(self._screen)

    # what leaves the window
    @cached_property
    def ladder(self) -> Ladder:
        from tui.ui.screens.main_open import Ladder

        return Ladder(self._screen)

    @cached_property
    def links(self) -> LinkDesk:
        from tui.ui.screens.main_links import LinkDesk

        return LinkDesk(
            self._screen,
            self.ladder,
            join=lambda meeting: self.meetings.join_meeting(meeting),
            look_into=lambda file, link: self.files.menu(file, link),
        )

    @cached_property
    def meetings(self) -> MeetingDesk:
        from tui.ui.screens.main_meetings import MeetingDesk

        return MeetingDesk(self._screen, self.ladder)

    # files and folders
    @cached_property
    def files(self) -> FileDesk:
        from tui.ui.screens.main_files import FileDesk

        return FileDesk(self._screen, self.links)

    @cached_property
    def whom(self) -> Whom:
        from tui.ui.screens.main_whom import Whom

        return Whom(self._screen)

    @cached_property
    def shelf(self) -> ShelfDesk:
        from tui.ui.screens.main_shelf import ShelfDesk

        return ShelfDesk(self._screen, self.whom)

    @cached_property
    def pairing(self) -> PairingDesk:
        from tui.ui.screens.main_pairing import PairingDesk

        return PairingDesk(self._screen, self.whom)

    @cached_property
    def sharing(self) -> SharingDesk:
        from tui.ui.screens.main_sharing import SharingDesk

        return SharingDesk(self._screen, self.whom, self.pairing, self.shelf)

    # the company
    @cached_property
    def channels(self) -> ChannelDesk:
        from tui.ui.desks.channels import ChannelDesk

        return ChannelDesk(self._screen)

    @cached_property
    def categories(self) -> CategoryDesk:
        from tui.ui.desks.categories import CategoryDesk

        return CategoryDesk(self._screen)

    @cached_property
    def people(self) -> PeopleDesk:
        from tui.ui.desks.people import PeopleDesk

        return PeopleDesk(self._screen)

    @cached_property
    def teams(self) -> TeamDesk:
        from tui.ui.desks.teams import TeamDesk

        return TeamDesk(self._screen)

    @cached_property
    def newcomers(self) -> NewcomerDesk:
        from tui.ui.desks.newcomers import NewcomerDesk

        return NewcomerDesk(self._screen, lambda url: self.links.open_link(url))

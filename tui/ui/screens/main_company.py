"""The keys for channels, categories, people and teams; what they do is in `ui.desks`, imported when used.

Invariant: nothing is done here but finding the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from tui.core.timeline import PostRow
from tui.ui.messages import SidebarAsked
from tui.ui.screens.main_whom import Whom

if TYPE_CHECKING:
    from tui.ui.desks.categories import CategoryDesk
    from tui.ui.desks.channels import ChannelDesk
    from tui.ui.desks.newcomers import NewcomerDesk
    from tui.ui.desks.people import PeopleDesk
    from tui.ui.desks.teams import TeamDesk


PRESENCE_SECONDS = 60.0


class Company(Whom):
    @property
    def channel_desk(self) -> ChannelDesk:
        from tui.ui.desks.channels import ChannelDesk

        return ChannelDesk(self)

    @property
    def category_desk(self) -> CategoryDesk:
        from tui.ui.desks.categories import CategoryDesk

        return CategoryDesk(self)

    @property
    def people_desk(self) -> PeopleDesk:
        from tui.ui.desks.people import PeopleDesk

        return PeopleDesk(self)

    @property
    def team_desk(self) -> TeamDesk:
        from tui.ui.desks.teams import TeamDesk

        return TeamDesk(self)

    @property
    def newcomer_desk(self) -> NewcomerDesk:
        from tui.ui.desks.newcomers import NewcomerDesk

        return NewcomerDesk(self)

    def action_do_welcome(self) -> None:
        self.newcomer_desk.show_welcome()

    def action_do_support(self) -> None:
        self.newcomer_desk.write_to_support()

    def action_do_invite_support(self) -> None:
        self.newcomer_desk.invite_support()

    def on_mount(self) -> None:
        self.set_interval(PRESENCE_SECONDS, self.mind_presence)

    def mind_presence(self) -> None:
        """Ends "do not disturb" in time where the server does not."""
        self.shared.client.presence.tidy()

    def action_do_channel_menu(self) -> None:
        self.channel_desk.show_menu()

    def action_do_browse_channels(self) -> None:
        self.channel_desk.browse()

    def action_do_archived_channels(self) -> None:
        self.channel_desk.browse_archive()

    def action_do_create_channel(self) -> None:
        self.channel_desk.create()

    def action_do_edit_channel(self) -> None:
        self.channel_desk.edit()

    def action_do_add_people(self) -> None:
        self.channel_desk.add_people()

    def action_do_manage_members(self) -> None:
        self.channel_desk.manage_members()

    def action_do_channel_notifications(self) -> None:
        self.channel_desk.notifications()

    def action_do_mute_channel(self) -> None:
        self.channel_desk.mute()

    def action_do_hide_channel(self) -> None:
        self.channel_desk.hide()

    def action_do_leave_channel(self) -> None:
        self.channel_desk.leave()

    def action_do_archive_channel(self) -> None:
        self.channel_desk.archive()

    def action_do_favourite(self) -> None:
        self.category_desk.favour()

    def action_do_move_channel(self) -> None:
        self.category_desk.move()

    def action_do_categories(self) -> None:
        self.category_desk.choose()

    def action_do_presence(self) -> None:
        self.people_desk.presence()

    def action_do_custom_status(self) -> None:
        self.people_desk.custom_status()

    def action_do_profile(self) -> None:
        self.people_desk.card()

    def action_do_write_to(self) -> None:
        self.people_desk.write_to()

    def action_do_user_groups(self) -> None:
        self.people_desk.groups()

    def action_do_teams(self) -> None:
        self.team_desk.menu_of_teams()

    def action_do_accounts(self) -> None:
        self.team_desk.accounts()

    def action_do_join_team(self) -> None:
        self.team_desk.join_by_link()

    def _post_author(self, row: PostRow) -> None:
        self.people_desk.show_card(row.post.user_id)

    @on(SidebarAsked)
    def _sidebar_asked(self, event: SidebarAsked) -> None:
        """On the row under the cursor: a channel or a category."""
        event.stop()
        desk = self.category_desk
        match event.verb:
            case "move" if event.channel_id:
                desk.move(event.channel_id)
            case "favour" if event.channel_id:
                desk.favour(event.channel_id)
            case "mute" if event.channel_id:
                self.channel_desk.mute(event.channel_id)
            case "create":
                desk.create(event.channel_id)
            case "up":
                desk.shift(event.category_id, -1)
            case "down":
                desk.shift(event.category_id, 1)
            case _:
                desk.edit(event.category_id)

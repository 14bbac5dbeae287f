"""Which desk does what: the actions of the main screen, and what a message or the composer asks for.

Invariant: a row says who does it and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from tui.core.timeline import PostRow
from tui.ui.screens.main_desks import Desks
from tui.ui.screens.main_show import Showing

if TYPE_CHECKING:
    from tui.ui.screens.main import MainScreen

ACTIONS: Mapping[str, Callable[[Desks], object]] = {
    "welcome": lambda desks: desks.newcomers.show_welcome(),
    "support": lambda desks: desks.newcomers.write_to_support(),
    "invite_support": lambda desks: desks.newcomers.invite_support(),
    "doctor": lambda desks: desks.ladder.doctor(),
    "links": lambda desks: desks.links.of_channel(),
    "meeting": lambda desks: desks.meetings.here(),
    "join_latest": lambda desks: desks.meetings.join_latest(),
    "meeting_left": lambda desks: desks.meetings.left(),
    "meeting_naming": lambda desks: desks.meetings.ask_name_again(),
    "pair": lambda desks: desks.pairing.pair(),
    "unpair": lambda desks: desks.pairing.unpair(),
    "share_folder": lambda desks: desks.sharing.share(),
    "shelve_file": lambda desks: desks.shelf.put_file(),
    "channel_menu": lambda desks: desks.channels.show_menu(),
    "browse_channels": lambda desks: desks.channels.browse(),
    "archived_channels": lambda desks: desks.channels.browse_archive(),
    "create_channel": lambda desks: desks.channels.create(),
    "edit_channel": lambda desks: desks.channels.edit(),
    "add_people": lambda desks: desks.channels.add_people(),
    "manage_members": lambda desks: desks.channels.manage_members(),
    "channel_notifications": lambda desks: desks.channels.notifications(),
    "mute_channel": lambda desks: desks.channels.mute(),
    "hide_channel": lambda desks: desks.channels.hide(),
    "leave_channel": lambda desks: desks.channels.leave(),
    "make_private": lambda desks: desks.channels.make_private(),
    "archive_channel": lambda desks: desks.channels.archive(),
    "favourite": lambda desks: desks.categories.favour(),
    "move_channel": lambda desks: desks.categories.move(),
    "categories": lambda desks: desks.categories.choose(),
    "presence": lambda desks: desks.people.presence(),
    "custom_status": lambda desks: desks.people.custom_status(),
    "profile": lambda desks: desks.people.card(),
    "write_to": lambda desks: desks.people.write_to(),
    "user_groups": lambda desks: desks.people.groups(),
    "teams": lambda desks: desks.teams.menu_of_teams(),
    "invite_by_mail": lambda desks: desks.teams.mail(),
    "accounts": lambda desks: desks.teams.accounts(),
    "join_team": lambda desks: desks.teams.join_by_link(),
}
"""`action_do_…` of the main screen; those about places and panels are its own."""

VERBS: Mapping[str, Callable[[Desks, PostRow], object]] = {
    "reply": lambda desks, row: desks.posts.reply(row),
    "edit": lambda desks, row: desks.posts.edit(row),
    "quote": lambda desks, row: desks.posts.quote(row),
    "delete": lambda desks, row: desks.posts.delete(row),
    "react": lambda desks, row: desks.posts.react(row),
    "queue": lambda desks, row: desks.posts.queue(row),
    "more": lambda desks, row: desks.posts.more(row),
    "forward": lambda desks, row: desks.acts.forward(row),
    "copy_code": lambda desks, row: desks.acts.copy_code(row),
    "copy_address": lambda desks, row: desks.acts.copy_address(row),
    "who_reacted": lambda desks, row: desks.acts.who_reacted(row),
    "press": lambda desks, row: desks.acts.press(row),
    "invite": lambda desks, row: desks.acts.invite(row),
    "acknowledge": lambda desks, row: desks.later.acknowledge(row),
    "remind": lambda desks, row: desks.later.remind(row),
    "edit_history": lambda desks, row: desks.later.edit_history(row),
    "open": lambda desks, row: desks.links.open_post(row),
    "open_how": lambda desks, row: desks.links.open_post(row, ask=True),
    "join": lambda desks, row: desks.meetings.join(row),
    "card": lambda desks, row: desks.sharing.card(row),
    "shelve": lambda desks, row: desks.shelf.save_attachment(row),
    "author": lambda desks, row: desks.people.show_card(row.post.user_id),
}
"""What `PostAsked` asks for."""

WANTS: Mapping[str, Callable[[Desks], object]] = {
    "reply_last": lambda desks: desks.posts.reply_to_last(),
    "preview": lambda desks: desks.posts.preview(),
    "attach": lambda desks: desks.posts.choose_file(),
    "attach_clipboard": lambda desks: desks.posts.attach_clipboard(),
    "priority": lambda desks: desks.later.choose_priority(),
    "schedule": lambda desks: desks.later.send_later(),
    "history": lambda desks: desks.writing.history(),
    "snippet": lambda desks: desks.writing.snippet(),
    "spelling": lambda desks: desks.writing.check_spelling(),
    "undo_send": lambda desks: desks.writing.undo_send(),
    "external_editor": lambda desks: desks.writing.edit_outside(),
}
"""What the composer cannot do alone (`Wanted`)."""

AREAS: Mapping[str, Callable[[Showing], object]] = {
    "next": lambda screen: screen.action_do_focus_next(),
    "timeline": lambda screen: screen.focus_area("timeline"),
    "composer": lambda screen: screen.focus_area("composer"),
    "out": lambda screen: screen.action_do_step_out(),
    "search": lambda screen: screen.perform("app.search"),
    "hit_above": lambda screen: screen.step_hit(above=True),
    "hit_below": lambda screen: screen.step_hit(above=False),
}
"""Where it sends the focus."""

S = TypeVar("S", bound="MainScreen")


def with_actions(screen: type[S]) -> type[S]:
    """Gives the class one `action_do_…` for each row of ACTIONS, as Textual looks for them."""
    for name, act in ACTIONS.items():
        setattr(screen, f"action_do_{name}", _doing(act))
    return screen


def _doing(act: Callable[[Desks], object]) -> Callable[[MainScreen], None]:
    def action(screen: MainScreen) -> None:
        act(screen.desks)

    return action

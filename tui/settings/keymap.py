"""The one table of actions and keys; the footer, F1, `teleteam keys` and docs/keys.md are made from it.

Invariant: every action has a key that each terminal delivers (see `delivered_everywhere`) or none at all and
stands in the command palette; within one context a key means one thing. A key of an inner context wins over
the same key of `app`. Key names are Textual's: ctrl+k, alt+shift+up, question_mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.core.values import dataclass
from tui.settings.i18n import N_, Later
from tui.settings.keynames import normalise

CONTEXTS = ("app", "sidebar", "timeline", "composer", "panel", "inbox", "folders", "dialog")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does. `id` is `room.action`, stable: people write it into their config."""

    id: str
    keys: tuple[str, ...]
    help: Later
    group: Later
    context: str = "app"
    footer: bool = False
    """Shown in the status line while its context has the focus."""

    @property
    def name(self) -> str:
        """The part behind the dot."""
        return self.id.partition(".")[2]


_GENERAL = N_("General")
_GO = N_("Going places")
_FIND = N_("Finding")
_MESSAGES = N_("Messages")
_WRITING = N_("Writing")
_CHANNELS = N_("Channels and teams")
_PEOPLE = N_("People and presence")
_MEETINGS = N_("Meetings")
_SIDEBAR = N_("Sidebar")
_PANEL = N_("Side panel")
_FOLDERS = N_("Shared folders")
_DIALOG = N_("Dialogs")
_INBOX = N_("Catch-up and threads")


def _action(ident: str, keys: str, text: Later, group: Later, *, footer: bool = False) -> Action:
    """A row of the table: keys apart by blanks, the context is the part before the dot."""
    return Action(ident, tuple(keys.split()), text, group, ident.partition(".")[0], footer)


ACTIONS: tuple[Action, ...] = (
    _action("app.help", "f1 question_mark", N_("Help: what works here"), _GENERAL, footer=True),
    _action("app.palette", "ctrl+p", N_("All commands"), _GENERAL, footer=True),
    _action("app.quit", "ctrl+q", N_("Quit"), _GENERAL),
    _action("app.support", "alt+q", N_("Write to support"), _GENERAL),
    _action("app.invite_support", "alt+shift+q", N_("Invite support into this channel"), _GENERAL),
    _action("app.welcome", "", N_("Welcome: where to begin here"), _GENERAL),
    _action("app.mouse", "f12", N_("Mouse on/off"), _GENERAL),
    _action("app.redraw", "ctrl+l", N_("Draw the screen anew"), _GENERAL),
    _action("app.doctor", "", N_("What this terminal can do"), _GENERAL),
    _action("app.line", "", N_("Thin or rich line"), _GENERAL),
    _action("app.theme", "", N_("Choose a theme"), _GENERAL),
    _action("app.discreet", "", N_("Hide names in notifications (shared display), on/off"), _GENERAL),
    _action("app.switch", "ctrl+k ctrl+g", N_("Go to channel, person, team or folder"), _GO, footer=True),
    _action("app.previous_channel", "alt+up f2", N_("Previous channel"), _GO),
    _action("app.next_channel", "alt+down f3", N_("Next channel"), _GO),
    _action("app.previous_unread", "alt+shift+up alt+shift+a", N_("Previous unread channel"), _GO),
    _action("app.next_unread", "alt+shift+down alt+a f4", N_("Next unread channel"), _GO, footer=True),
    _action("app.last_channel", "alt+s f5", N_("Back to the last channel"), _GO),
    _action("app.back", "alt+left", N_("Back to where I was before"), _GO),
    _action("app.forward", "alt+right", N_("Forward again"), _GO),
    _action("app.next_team", "alt+n", N_("Next team"), _GO),
    _action("app.focus_next", "f6 tab", N_("Next area"), _GO),
    _action("app.focus_previous", "shift+tab shift+f6", N_("Previous area"), _GO),
    _action("app.step_out", "escape", N_("One step out"), _GO),
    _action("app.mark_all_read", "shift+escape f9", N_("Mark everything as read"), _GO),
    _action("app.catch_up", "alt+c", N_("Catch up: everything unread"), _GO),
    _action("app.explore", "alt+x", N_("Read without marking read, on/off"), _GO),
    _action("app.search", "ctrl+f", N_("Search in this channel"), _FIND),
    _action("app.search_everywhere", "f7 alt+slash", N_("Search everywhere"), _FIND),
    _action("app.mentions", "alt+m", N_("My mentions"), _FIND),
    _action("app.threads", "alt+t", N_("Threads I follow"), _FIND),
    _action("app.saved", "", N_("Saved messages"), _FIND),
    _action("app.scheduled", "", N_("Messages to be sent later"), _FIND),
    _action("app.pinned", "", N_("Pinned messages"), _FIND),
    _action("app.members", "", N_("Members of this channel"), _FIND),
    _action("app.links", "alt+k", N_("Links of this channel"), _FIND),
    _action("app.channel_menu", "alt+h", N_("This channel: everything that can be done"), _CHANNELS),
    _action("app.browse_channels", "alt+d", N_("Browse and join channels"), _CHANNELS),
    _action("app.create_channel", "", N_("Create a channel"), _CHANNELS),
    _action("app.archived_channels", "", N_("Archived channels"), _CHANNELS),
    _action("app.edit_channel", "", N_("Name, purpose and header of the channel"), _CHANNELS),
    _action("app.add_people", "", N_("Add people to this channel"), _CHANNELS),
    _action("app.manage_members", "", N_("Members: roles and removing"), _CHANNELS),
    _action("app.channel_notifications", "", N_("Notifications of this channel"), _CHANNELS),
    _action("app.mute_channel", "", N_("Mute this channel, on/off"), _CHANNELS),
    _action("app.favourite", "", N_("Favourite, on/off"), _CHANNELS),
    _action("app.move_channel", "", N_("Move this channel to a category"), _CHANNELS),
    _action("app.categories", "", N_("Categories of the sidebar"), _CHANNELS),
    _action("app.hide_channel", "", N_("Take this conversation out of the sidebar"), _CHANNELS),
    _action("app.leave_channel", "", N_("Leave this channel"), _CHANNELS),
    _action("app.make_private", "", N_("Make this channel private"), _CHANNELS),
    _action("app.archive_channel", "", N_("Archive this channel, or restore it"), _CHANNELS),
    _action("app.teams", "", N_("Teams: change, join, invite, leave"), _CHANNELS),
    _action("app.join_team", "", N_("Join a team by an invite link"), _CHANNELS),
    _action("app.invite_by_mail", "", N_("Invite into this team by e-mail"), _CHANNELS),
    _action("app.accounts", "", N_("Another account (profile)"), _CHANNELS),
    _action("app.presence", "alt+r", N_("My presence and line of status"), _PEOPLE),
    _action("app.custom_status", "", N_("My line of status"), _PEOPLE),
    _action("app.profile", "alt+u", N_("Card of a person"), _PEOPLE),
    _action("app.write_to", "alt+g", N_("Write to one or several people"), _PEOPLE),
    _action("app.user_groups", "", N_("User groups"), _PEOPLE),
    _action("timeline.author", "P", N_("Card of the author"), _PEOPLE),
    _action("app.channel_files", "alt+v", N_("Files of this channel"), _FIND),
    _action("app.transfers", "alt+w", N_("Files on their way"), _FIND),
    _action("app.meeting", "alt+j", N_("Meeting here: start or join"), _MEETINGS),
    _action("app.join_latest", "", N_("Join the latest meeting of this channel"), _MEETINGS),
    _action("app.meeting_left", "", N_("I have left the meeting: take my status back"), _MEETINGS),
    _action("app.meeting_naming", "", N_("Choose anew how meeting rooms are named"), _MEETINGS),
    _action("timeline.join", "J", N_("Join the meeting under the cursor"), _MEETINGS, footer=True),
    _action("app.panel", "ctrl+o f8", N_("Side panel on/off"), _PANEL, footer=True),
    _action("app.pair", "alt+y", N_("Pair machines with a colleague (Syncthing)"), _FOLDERS),
    _action("app.share_folder", "", N_("Share a folder with a colleague"), _FOLDERS),
    _action("app.unpair", "", N_("End the pairing with a machine"), _FOLDERS),
    _action("app.shelve_file", "", N_("Put a file into a shared folder"), _FOLDERS),
    _action("timeline.card", "A", N_("Accept or open what a card offers"), _FOLDERS, footer=True),
    _action("timeline.shelve", "S", N_("Save the attachment into a shared folder"), _FOLDERS),
    _action("app.panel_next", "shift+f8 alt+o", N_("Next tab of the side panel"), _PANEL),
    _action("panel.up", "up k", N_("Up"), _PANEL),
    _action("panel.down", "down j", N_("Down"), _PANEL),
    _action("panel.page_up", "pageup", N_("One page up"), _PANEL),
    _action("panel.page_down", "pagedown", N_("One page down"), _PANEL),
    _action("panel.open", "enter", N_("Open"), _PANEL, footer=True),
    _action("folders.rescan", "r", N_("Rescan the folder"), _FOLDERS, footer=True),
    _action("folders.pause", "p", N_("Pause or resume folder or device"), _FOLDERS, footer=True),
    _action("folders.pause_all", "P", N_("Pause or resume all devices"), _FOLDERS),
    _action("folders.browse", "b", N_("Browse the folder"), _FOLDERS, footer=True),
    _action("folders.conflicts", "c", N_("Conflicts of the folder"), _FOLDERS, footer=True),
    _action("folders.versions", "v", N_("Older versions of files"), _FOLDERS),
    _action("folders.ignores", "i", N_("Ignore patterns"), _FOLDERS),
    _action("folders.revert", "u", N_("Undo what was changed here (receive only)"), _FOLDERS),
    _action("folders.override", "O", N_("Overwrite what others changed (send only)"), _FOLDERS),
    _action("folders.unshare", "x", N_("Stop sharing the folder with a device"), _FOLDERS),
    _action("folders.notices", "n", N_("Syncthing's notices, and clear them"), _FOLDERS),
    _action("folders.instance", "s", N_("Choose the Syncthing that is shown"), _FOLDERS),
    _action("inbox.read", "x", N_("Read"), _INBOX, footer=True),
    _action("inbox.later", "z", N_("Later"), _INBOX, footer=True),
    _action("inbox.read_all", "X", N_("Read all of them"), _INBOX, footer=True),
    _action("inbox.undo", "u backspace", N_("Take it back"), _INBOX, footer=True),
    _action("inbox.follow", "f", N_("Follow the thread or no longer"), _INBOX),
    _action("sidebar.up", "up k", N_("Up"), _SIDEBAR),
    _action("sidebar.down", "down j", N_("Down"), _SIDEBAR),
    _action("sidebar.page_up", "pageup", N_("One page up"), _SIDEBAR),
    _action("sidebar.page_down", "pagedown", N_("One page down"), _SIDEBAR),
    _action("sidebar.open", "enter", N_("Open"), _SIDEBAR, footer=True),
    _action("sidebar.toggle", "space left right", N_("Fold or unfold the category"), _SIDEBAR, footer=True),
    _action("sidebar.favour", "f", N_("Favourite, on/off"), _SIDEBAR),
    _action("sidebar.move", "m", N_("Move to a category"), _SIDEBAR, footer=True),
    _action("sidebar.mute", "u", N_("Mute, on/off"), _SIDEBAR),
    _action("sidebar.create", "n", N_("New category"), _SIDEBAR),
    _action("sidebar.edit", "e", N_("Change the category"), _SIDEBAR, footer=True),
    _action("sidebar.shift_up", "K", N_("Category further up"), _SIDEBAR),
    _action("sidebar.shift_down", "J", N_("Category further down"), _SIDEBAR),
    _action("sidebar.first", "home g", N_("First"), _SIDEBAR),
    _action("sidebar.last", "end G", N_("Last"), _SIDEBAR),
    _action("timeline.up", "up k", N_("Previous message"), _MESSAGES),
    _action("timeline.down", "down j", N_("Next message"), _MESSAGES),
    _action("timeline.page_up", "pageup", N_("One page up"), _MESSAGES),
    _action("timeline.page_down", "pagedown space", N_("One page down"), _MESSAGES),
    _action("timeline.first", "home g", N_("To the beginning"), _MESSAGES),
    _action("timeline.last", "end G", N_("To the newest"), _MESSAGES),
    _action("timeline.reply", "r", N_("Reply"), _MESSAGES, footer=True),
    _action("timeline.thread", "enter t", N_("Open thread, gap or meeting"), _MESSAGES, footer=True),
    _action("timeline.edit", "e", N_("Edit"), _MESSAGES, footer=True),
    _action("timeline.delete", "d delete", N_("Delete"), _MESSAGES),
    _action("timeline.quick_react", "plus", N_("Quick reaction"), _MESSAGES),
    _action("timeline.react", "colon", N_("React …"), _MESSAGES, footer=True),
    _action("timeline.copy", "c y", N_("Copy text"), _MESSAGES),
    _action("timeline.copy_link", "l", N_("Copy the link to the message"), _MESSAGES),
    _action("timeline.open", "o", N_("Open link or file"), _MESSAGES, footer=True),
    _action("timeline.open_how", "O", N_("Open a link another way …"), _MESSAGES),
    _action("timeline.pin", "p", N_("Pin"), _MESSAGES),
    _action("timeline.save", "s", N_("Save"), _MESSAGES),
    _action("timeline.mark_unread", "u", N_("Mark as unread from here"), _MESSAGES),
    _action("timeline.follow", "f", N_("Follow the thread"), _MESSAGES),
    _action("timeline.quote", "q", N_("Quote"), _MESSAGES),
    _action("timeline.forward", "F", N_("Forward"), _MESSAGES),
    _action("timeline.copy_code", "C", N_("Copy a code block"), _MESSAGES),
    _action("timeline.copy_address", "L", N_("Copy a link in the message"), _MESSAGES),
    _action("timeline.same_reaction", "equals_sign", N_("React like the first one"), _MESSAGES),
    _action("timeline.who_reacted", "w", N_("Who reacted, who acknowledged"), _MESSAGES),
    _action("timeline.press", "b", N_("Buttons and menus of the message"), _MESSAGES),
    _action("timeline.invite", "i", N_("Invite those who were named"), _MESSAGES),
    _action("timeline.acknowledge", "a", N_("Acknowledge"), _MESSAGES),
    _action("timeline.remind", "n", N_("Remind me …"), _MESSAGES),
    _action("timeline.edit_history", "h", N_("Earlier versions"), _MESSAGES),
    _action("timeline.more", "m", N_("More …"), _MESSAGES),
    _action("timeline.next_hit", "full_stop", N_("Next hit of the search"), _MESSAGES),
    _action("timeline.previous_hit", "comma", N_("Previous hit of the search"), _MESSAGES),
    _action("timeline.search", "slash", N_("Search in this channel"), _MESSAGES),
    _action("timeline.mark_read", "escape", N_("Mark as read and back to the composer"), _MESSAGES),
    _action("composer.send", "enter", N_("Send"), _WRITING, footer=True),
    _action("composer.newline", "ctrl+j shift+enter", N_("New line"), _WRITING, footer=True),
    _action("composer.complete", "tab", N_("Complete @ ~ : /"), _WRITING, footer=True),
    _action("composer.edit_last", "up", N_("Edit my last message (in an empty line)"), _WRITING),
    _action("composer.reply_last", "shift+up", N_("Reply to the last message (in an empty line)"), _WRITING),
    _action(
        "composer.to_messages",
        "pageup ctrl+up escape",
        N_("Into the messages (with an empty line)"),
        _WRITING,
    ),
    _action("composer.editor", "alt+e", N_("Write in the external editor"), _WRITING),
    _action("composer.preview", "alt+p", N_("Preview"), _WRITING),
    _action("composer.priority", "alt+i", N_("Priority of the message"), _WRITING),
    _action("composer.schedule", "alt+l", N_("Send later"), _WRITING),
    _action("composer.live_preview", "alt+shift+p", N_("Preview while writing, on/off"), _WRITING),
    _action("composer.history", "ctrl+r", N_("What I wrote before"), _WRITING),
    _action("composer.spelling", "ctrl+t", N_("Check the spelling"), _WRITING),
    _action("composer.snippet", "ctrl+x", N_("Insert a text of the settings"), _WRITING),
    _action("composer.undo_send", "ctrl+z", N_("Take back what was just sent"), _WRITING),
    _action("composer.attach", "ctrl+u", N_("Attach a file"), _WRITING),
    _action("composer.attach_clipboard", "alt+z", N_("Attach from the clipboard"), _WRITING),
    _action("dialog.confirm", "enter", N_("OK"), _DIALOG, footer=True),
    _action("dialog.cancel", "escape", N_("Cancel"), _DIALOG, footer=True),
    _action("dialog.submit", "ctrl+s f2", N_("Send the form"), _DIALOG),
    _action("dialog.up", "up shift+tab", N_("Up"), _DIALOG),
    _action("dialog.down", "down tab", N_("Down"), _DIALOG),
    _action("dialog.page_up", "pageup", N_("One page up"), _DIALOG),
    _action("dialog.page_down", "pagedown", N_("One page down"), _DIALOG),
)


class KeyTrouble(ValueError):
    """A wrong line of `[keys]`: `action` is its name, `problem` unknown, syntax or taken (`other` has it)."""

    def __init__(self, action: str, problem: str, other: str = "") -> None:
        super().__init__(f"{action}: {problem} {other}".strip())
        self.action = action
        self.problem = problem
        self.other = other


@dataclass(frozen=True, slots=True)
class Keymap:
    """The actions with the person's keys."""

    actions: tuple[Action, ...] = ACTIONS

    def get(self, ident: str) -> Action:
        """The action `ident`; KeyError where there is none."""
        for action in self.actions:
            if action.id == ident:
                return action
        raise KeyError(ident)

    def of(self, context: str) -> tuple[Action, ...]:
        """The actions of one context, in the table's order."""
        return tuple(action for action in self.actions if action.context == context)


def build(overrides: Mapping[str, Sequence[str]] | None = None) -> Keymap:
    """ACTIONS with the keys of `[keys]`; KeyTrouble for an unknown action, a bad key or one that is taken."""
    changed = {ident: _checked(ident, keys) for ident, keys in (overrides or {}).items()}
    known = {action.id for action in ACTIONS}
    for ident in changed:
        if ident not in known:
            raise KeyTrouble(ident, "unknown")
    actions = tuple(replace(a, keys=changed[a.id]) if a.id in changed else a for a in ACTIONS)
    _refuse_doubles(actions, changed)
    return Keymap(actions)


def _checked(ident: str, keys: Sequence[str]) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(normalise(key) for key in keys))
    except ValueError as error:
        raise KeyTrouble(ident, "syntax", str(error)) from None


def _refuse_doubles(actions: Sequence[Action], changed: Mapping[str, object]) -> None:
    """KeyTrouble where two actions of a context share a key; the changed one is named."""
    owners: dict[tuple[str, str], str] = {}
    for action in actions:
        for key in action.keys:
            owner = owners.setdefault((action.context, key), action.id)
            if owner != action.id:
                mine, other = (action.id, owner) if action.id in changed else (owner, action.id)
                raise KeyTrouble(mine, "taken", other)

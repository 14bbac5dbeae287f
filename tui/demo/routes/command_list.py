"""The list of slash commands, for completion.

Invariant: `jitsi` is in it only while the plugin is on. Source: recording 59.
"""

from __future__ import annotations

from tui.demo import jitsi, shapes
from tui.demo.http1 import Response
from tui.demo.routing import Call, Route, answer

TABLE = """\
msg|@[username] 'message'|Send Direct Message to a user
logout||Logout of Mattermost
leave||Leave the current channel
me|[message]|Do an action
offline||Set your status offline
online||Set your status online
shrug|[message]|Adds ¯\\_(ツ)_/¯ to your message
join|~[channel]|Join the open channel
purpose|[text]|Edit the channel purpose
open|~[channel]|Join the open channel
settings||Open the Account Settings dialog
header|[text]|Edit the channel header
invite|@[username] ~[channel]|Invite a user to a channel
shortcuts||Displays a list of keyboard shortcuts
code|[text]|Display text as a code block
collapse||Turn on auto-collapsing of image previews
expand||Turn off auto-collapsing of image previews
mute|~[channel]|Turns off desktop, email and push notifications for the current channel
search|[text]|Search text in messages
away||Set your status away
echo|'message' [delay in seconds]|Echo back text from your account
help||Open the Mattermost help page
dnd||Do not disturb disables desktop and mobile push notifications.
rename|[text]|Rename the channel
"""
JITSI = (
    "jitsi|[command]|Start a Jitsi meeting in current channel. "
    "Other available commands: start, help, settings"
)


def _rows(call: Call) -> list[tuple[str, str, str]]:
    lines = [*TABLE.splitlines(), *([JITSI] if jitsi.is_on(call.world) else [])]
    parts = (line.split("|") for line in lines)
    return [(trigger, hint, text) for trigger, hint, text in parts]


def autocomplete(call: Call) -> Response:
    call.team()
    return answer([shapes.command(*row) for row in _rows(call)])


def suggestions(call: Call) -> Response:
    typed = call.request.query.get("user_input", "").lstrip("/")
    rows = [row for row in _rows(call) if row[0].startswith(typed)]
    return answer(
        [
            {"Complete": t, "Suggestion": t, "Hint": hint, "Description": text, "IconData": ""}
            for t, hint, text in sorted(rows)
        ]
    )


ROUTES = (
    Route("GET", "/teams/{team_id}/commands/autocomplete", autocomplete),
    Route("GET", "/teams/{team_id}/commands/autocomplete_suggestions", suggestions),
)

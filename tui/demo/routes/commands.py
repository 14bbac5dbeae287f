"""Slash commands.

Invariant: what a command says comes as an event too (posted or ephemeral_message); the answer only tells
where to go. Source: recording 59.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeAlias

from tui.demo import jitsi, membership, posting, posts, reading, refusals, sidebar
from tui.demo.http1 import Response
from tui.demo.records import Channel, Team, User, Wire
from tui.demo.refusals import Refusal
from tui.demo.routes.statuses import set_status
from tui.demo.routing import Call, Route, answer


class Run:
    """One command being executed."""

    def __init__(self, call: Call, channel: Channel, rest: str, root_id: str) -> None:
        self.call = call
        self.world = call.world
        self.me = call.me
        self.channel = channel
        self.rest = rest
        self.root_id = root_id

    def say(self, text: str, kind: str = "") -> None:
        """In the channel, as the person, without reading it."""
        posting.write(
            self.world,
            self.channel,
            self.me,
            text,
            type=kind,
            root_id=self.root_id,
            props={"override_icon_url": ""},
        )

    def whisper(self, text: str) -> None:
        props = {"override_icon_url": ""}
        posting.ephemeral(self.world, self.channel, self.me, text, props, sender=self.me.id)


Command: TypeAlias = Callable[[Run], Wire]


def response(text: str = "", kind: str = "", **more: object) -> Wire:
    """What `POST /commands/execute` answers; `kind`: "", in_channel or ephemeral."""
    return {
        "response_type": kind,
        "text": text,
        "username": "",
        "channel_id": "",
        "icon_url": "",
        "type": "",
        "props": None,
        "goto_location": "",
        "trigger_id": "",
        "skip_slack_parsing": False,
        "attachments": None,
        "extra_responses": None,
        **more,
    }


def shrug(run: Run) -> Wire:
    text = f"{run.rest} ¯\\\\\\_(ツ)\\_/¯".strip()
    run.say(text)
    return response(text, "in_channel")


def me(run: Run) -> Wire:
    run.say(f"*{run.rest}*", "me")
    return response(f"*{run.rest}*", "in_channel", type="me")


def code(run: Run) -> Wire:
    text = "    " + run.rest.replace("\n", "\n    ")
    run.say(text)
    return response(text, "in_channel", skip_slack_parsing=True)


def presence(status: str, text: str) -> Command:
    def run_it(run: Run) -> Wire:
        set_status(run.call, run.me.id, status)
        run.whisper(text)
        return response(text, "ephemeral")

    return run_it


def change(field: str) -> Command:
    def run_it(run: Run) -> Wire:
        membership.change(run.world, run.channel, run.me, {field: run.rest})
        return response()

    return run_it


def join(run: Run) -> Wire:
    name = run.rest.strip().lstrip("~")
    team = run.world.teams[run.channel.team_id] if run.channel.team_id else _some_team(run)
    for channel in run.world.channels.values():
        if channel.team_id == team.id and channel.name == name and channel.type == "O":
            membership.join(run.world, channel, run.me, run.me)
            return response(goto_location=f"{run.world.site_url}/{team.name}/channels/{name}")
    text = "Could not find the channel."
    run.whisper(text)
    return response(text, "ephemeral")


def _some_team(run: Run) -> Team:
    return next(team for team in run.world.teams.values() if run.me.id in team.members)


def leave(run: Run) -> Wire:
    team = run.world.teams[run.channel.team_id] if run.channel.team_id else _some_team(run)
    if run.channel.team_id:
        membership.leave(run.world, run.channel, run.me, run.me)
    return response(goto_location=f"{run.world.site_url}/{team.name}/channels/town-square")


def _user(run: Run, name: str) -> User | None:
    return run.world.users.get(run.world.usernames.get(name.lstrip("@").lower(), ""))


def msg(run: Run) -> Wire:
    name, _, text = run.rest.partition(" ")
    user = _user(run, name)
    if user is None:
        run.whisper("We couldn't find the user.")
        return response("We couldn't find the user.", "ephemeral")
    channel = membership.direct(run.world, run.me, user)
    if text.strip():
        posting.write(run.world, channel, run.me, text.strip())
    place = f"{run.world.site_url}/{_some_team(run).name}/channels/{channel.name}"
    return response(kind="ephemeral", goto_location=place)


def invite(run: Run) -> Wire:
    user = _user(run, run.rest.split(" ")[0])
    if user is None:
        run.whisper("We couldn't find the user.")
        return response("We couldn't find the user.", "ephemeral")
    membership.join(run.world, run.channel, user, run.me)
    return response()


def mute(run: Run) -> Wire:
    row = run.channel.members[run.me.id]
    muted = row.notify_props["mark_unread"] == "mention"
    reading.set_notify_props(run.world, row, {"mark_unread": "all" if muted else "mention"})
    title = run.channel.display_name
    text = (
        f"{title} is no longer muted."
        if muted
        else f"You will not receive notifications for {title} until channel mute is turned off."
    )
    run.whisper(text)
    return response(text, "ephemeral")


def previews(value: str, text: str) -> Command:
    def run_it(run: Run) -> Wire:
        key = ("display_settings", "collapse_previews")
        run.world.preferences.setdefault(run.me.id, {})[key] = value
        row = posts.text(sidebar.preference(run.me.id, key, value))
        run.world.emit("preference_changed", {"preference": row}, user=run.me.id)
        run.whisper(text)
        return response(text, "ephemeral")

    return run_it


def echo(run: Run) -> Wire:
    """Says it later: the last word is the number of seconds."""
    text, _, last = run.rest.rpartition(" ")
    seconds = int(last) if last.isdigit() and text else 0
    said = (text if seconds else run.rest).strip("\"'")

    def speak() -> None:
        posting.write(run.world, run.channel, run.me, said, root_id=run.root_id)

    asyncio.get_running_loop().call_later(seconds, speak)
    return response()


def goto(place: str) -> Command:
    return lambda _: response(goto_location=place)


def meet(run: Run) -> Wire:
    jitsi.command(run.world, run.channel, run.me, run.rest, run.root_id)
    return response()


COMMANDS: dict[str, Command] = {
    "shrug": shrug,
    "me": me,
    "code": code,
    "away": presence("away", "You are now away"),
    "online": presence("online", "You are now online"),
    "offline": presence("offline", "You are now offline"),
    "dnd": presence(
        "dnd", "Do Not Disturb is enabled. You will not receive desktop or mobile push notifications."
    ),
    "header": change("header"),
    "purpose": change("purpose"),
    "rename": change("display_name"),
    "join": join,
    "open": join,
    "leave": leave,
    "msg": msg,
    "invite": invite,
    "mute": mute,
    "collapse": previews("true", "Image links now collapse by default"),
    "expand": previews("false", "Image links now expand by default"),
    "echo": echo,
    "help": goto("https://about.mattermost.com/default-help/"),
    "logout": goto("/login"),
    "settings": goto(""),
    "shortcuts": goto(""),
    "search": goto(""),
    "jitsi": meet,
}


def execute(call: Call) -> Response:
    body = call.object("command_args")
    text = str(body.get("command") or "")
    if len(text) <= 1 or not text.startswith("/"):
        raise Refusal(400, "api.command.execute_command.start.app_error", "No command trigger found.")
    channel = call.world.channels.get(str(body.get("channel_id") or ""))
    if channel is None or call.me.id not in channel.members:
        raise refusals.forbidden()
    trigger, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(trigger.lower())
    if command is None or (command is meet and not jitsi.is_on(call.world)):
        raise Refusal(
            404,
            "api.command.execute_command.not_found.app_error",
            f"Command with a trigger of '{trigger}' not found. To send a message beginning with \"/\", "
            "try adding an empty space at the beginning of the message.",
        )
    return answer(command(Run(call, channel, rest.strip(), str(body.get("root_id") or ""))))


ROUTES = (Route("POST", "/commands/execute", execute),)

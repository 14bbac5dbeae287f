"""Integrations of the pretended company: a poll that counts, a form that is checked, posts of other plugins.

Invariant: buttons, forms and answers have the shapes of Mattermost's own; nothing here has an endpoint of its
own. Source: mattermost-facts §8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo import posting, posts
from tui.demo.records import Channel, Post, User, Wire
from tui.demo.showcase import Piece

if TYPE_CHECKING:
    from tui.demo.world import World

FORM_URL = "https://reise.example.org/antrag"
ANSWERS = (("mo", "Montag"), ("mi", "Mittwoch"), ("fr", "Freitag"))
TRAINS = (("Zweite Klasse", "2"), ("Erste Klasse", "1"))

POLL: Wire = {
    "from_webhook": "true",
    "attachments": [
        {
            "fallback": "Wann treffen wir uns im Büro?",
            "author_name": "Umfrage von Theresa",
            "title": "Wann treffen wir uns im Büro?",
            "text": "**Stimmen**: 0",
            "actions": [
                {"id": "vote0", "name": "Montag (0)", "type": "button"},
                {"id": "vote1", "name": "Mittwoch (0)", "type": "button"},
                {"id": "vote2", "name": "Freitag (0)", "type": "button"},
            ],
        }
    ],
}
TRIP: Wire = {
    "from_webhook": "true",
    "override_username": "Reisestelle",
    "attachments": [
        {
            "fallback": "Dienstreise beantragen",
            "title": "Dienstreise beantragen",
            "text": "Der Antrag geht an deine Teamleitung.",
            "actions": [
                {"id": "apply", "name": "Antrag ausfüllen", "type": "button", "style": "primary"},
                {
                    "id": "who",
                    "name": "Wer entscheidet?",
                    "type": "select",
                    "options": [{"text": "Teamleitung", "value": "lead"}, {"text": "Büro", "value": "desk"}],
                },
            ],
        }
    ],
}
PIECES = (
    Piece("telearbeit", "theresa", "", "custom_matterpoll", POLL),
    Piece("urlaub", "clara", "", "slack_attachment", TRIP),
    Piece("off-topic", "gerda", "", "custom_boards_card", {"card": "Teamboard"}),
)


def furnish(world: World) -> None:
    """Gives the buttons of PIECES something to do."""
    for post in world.posts.values():
        for action in _actions(post):
            if str(action.get("id")) in ("vote0", "vote1", "vote2", "apply", "who"):
                world.apps[post.id, action["id"]] = _press
    world.forms[FORM_URL] = _take_form


def _actions(post: Post) -> list[Wire]:
    return [a for row in post.props.get("attachments") or () for a in row.get("actions") or ()]


def _press(world: World, post: Post, user: User, action_id: str, selected: str) -> None:
    """What a button does for the one who pressed it."""
    channel = world.channels[post.channel_id]
    if action_id.startswith("vote"):
        _vote(world, post, user, int(action_id[-1]))
    elif action_id == "apply":
        dialog = {"trigger_id": world.new_id(), "url": FORM_URL, "dialog": _form(channel)}
        world.emit("open_dialog", {"dialog": posts.text(dialog)}, user=user.id)
    else:
        said = "Die Teamleitung entscheidet." if selected == "lead" else "Das Büro bucht nur."
        posting.ephemeral(world, channel, user, said, {})


def _vote(world: World, post: Post, user: User, answer: int) -> None:
    """One vote a person; the poll is edited for everybody."""
    votes: dict[str, int] = world.votes.setdefault(post.id, {})
    votes[user.id] = answer
    card = dict(post.props["attachments"][0])
    card["text"] = f"**Stimmen**: {len(votes)}"
    counts = [list(votes.values()).count(n) for n in range(len(ANSWERS))]
    card["actions"] = [
        {**action, "name": f"{ANSWERS[n][1]} ({counts[n]})"} for n, action in enumerate(card["actions"])
    ]
    post.props = {**post.props, "attachments": [card]}
    posting.edited_by_integration(world, post)


def _form(channel: Channel) -> Wire:
    return {
        "callback_id": "trip",
        "title": "Dienstreise",
        "introduction_text": "Felder mit * sind **Pflicht**.",
        "elements": [
            {"display_name": "Ort", "name": "town", "type": "text", "subtype": "", "min_length": 2,
             "max_length": 60, "placeholder": "Graz", "optional": False, "help_text": "", "default": ""},
            {"display_name": "Nächte", "name": "nights", "type": "text", "subtype": "number", "default": "1",
             "optional": False, "help_text": "0 = Tagesreise"},
            {"display_name": "Bahn", "name": "train", "type": "select", "optional": False, "default": "2",
             "options": [{"text": text, "value": value} for text, value in TRAINS]},
            {"display_name": "Vertretung", "name": "deputy", "type": "select", "data_source": "users",
             "optional": True},
            {"display_name": "Hotel", "name": "hotel", "type": "bool", "placeholder": "wird gebraucht",
             "optional": True, "default": "true"},
            {"display_name": "Wozu", "name": "reason", "type": "textarea", "optional": True},
        ],
        "submit_label": "Beantragen",
        "notify_on_cancel": True,
        "state": channel.id,
    }  # fmt: skip


def _take_form(world: World, user: User, body: Wire) -> Wire:
    """Checks a form and writes it into the channel; {} = all is well."""
    if body.get("cancelled"):
        return {}
    filled = body.get("submission") or {}
    town = str(filled.get("town") or "")
    if town.lower() == "atlantis":
        return {"errors": {"town": "Dorthin fährt kein Zug."}}
    channel = world.channels.get(str(body.get("state") or ""))
    if channel is None:
        return {"error": "Der Kanal ist nicht mehr da."}
    text = f"@{user.username} beantragt eine Reise nach **{town}**, {filled.get('nights')} Nächte."
    posting.write(world, channel, world.user("clara"), text, props={"from_webhook": "true"})
    return {}

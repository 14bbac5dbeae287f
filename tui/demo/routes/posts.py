"""One post: written, read, edited, deleted, pinned, reacted to, marked unread.

Invariant: a repeated pending_post_id within 30 s gives the first post again, whoever sent it.
Source: recordings 28–36, 41, 61.
"""

from __future__ import annotations

from tui.demo import mentions, posting, posts, reading, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import Channel, Post, Wire
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, ok, tagged


def create(call: Call) -> Response:
    body = call.object("post")
    me = call.me
    channel = call.world.channels.get(str(body.get("channel_id") or ""))
    if channel is None or me.id not in channel.members:
        raise refusals.forbidden()
    if body.get("id"):
        raise refusals.bad_param("id")
    earlier = _earlier(call, str(body.get("pending_post_id") or ""))
    if earlier is not None:
        _saw(call, channel)
        return answer(posts.shape(call.world, earlier, bare=True), 201)
    posting.check_new(call.world, channel, body)
    return answer(_write(call, channel, body), 201)


def _earlier(call: Call, pending: str) -> Post | None:
    """The post that was made of this pending id less than 30 s ago."""
    if not pending:
        return None
    made = call.world.pending.get(pending)
    if made is None or call.world.now() - made[0] > call.world.pending_life_ms:
        return None
    return call.world.posts[made[1]]


def _write(call: Call, channel: Channel, body: Wire) -> Wire:
    world, pending = call.world, str(body.get("pending_post_id") or "")
    props = body.get("props")
    wanted = body.get("file_ids")
    post = posting.write(
        world,
        channel,
        call.me,
        str(body.get("message") or ""),
        root_id=str(body.get("root_id") or ""),
        type=str(body.get("type") or ""),
        props=props if isinstance(props, dict) else {},
        file_ids=tuple(str(i) for i in wanted) if isinstance(wanted, list) else (),
        pending=pending,
    )
    if pending:
        world.pending[pending] = (world.now(), post.id)
    _warn_of_outsiders(call, channel, post)
    _saw(call, channel)
    return posts.shape(world, post, pending=pending)


def _saw(call: Call, channel: Channel) -> None:
    """Writing reads the channel."""
    reading.view(call.world, call.me, [channel.id])


def _warn_of_outsiders(call: Call, channel: Channel, post: Post) -> None:
    people = mentions.outsiders(call.world, channel, post.message)
    if not people:
        return
    names = [user.username for user in people]
    ids = [user.id for user in people]
    said = ", ".join("@" + name for name in names)
    text = f"{said} did not get notified by this mention because they are not in the channel."
    note_id = call.world.new_id()
    row: Wire = {
        "not_in_channel_user_ids": ids,
        "not_in_channel_usernames": names,
        "not_in_groups_user_ids": [],
        "not_in_groups_usernames": [],
        "post_id": note_id,
        "user_ids": ids,
        "usernames": names,
    }
    posting.ephemeral(call.world, channel, call.me, text, {"add_channel_member": row}, post_id=note_id)


def get_post(call: Call) -> Response:
    post = call.post()
    etag = f"5.37.0.{post.id}.{post.update_at}"
    return tagged(call, etag, lambda: posts.shape(call.world, post, replies=None if post.root_id else 0))


def patch(call: Call) -> Response:
    post = posting.own_live_post(call.world, call.params["post_id"], call.me)
    body = call.object("post")
    _check_age(call, post)
    if isinstance(body.get("message"), str):
        posting.edit(call.world, post, body["message"])
    return answer(posts.shape(call.world, post, replies=None if post.root_id else 0))


def _check_age(call: Call, post: Post) -> None:
    limit = int(call.world.config["PostEditTimeLimit"])
    if 0 <= limit * 1000 < call.world.now() - post.create_at:
        raise Refusal(
            400,
            "api.post.update_post.permissions_time_limit.app_error",
            f"Post edit is only allowed for {limit} seconds. "
            "Please ask your System Administrator for details.",
        )


def put(call: Call) -> Response:
    """The whole post: what is not sent is reset."""
    body = call.object("post")
    if body.get("id") != call.params["post_id"]:
        raise refusals.bad_param("id")
    post = posting.own_live_post(call.world, call.params["post_id"], call.me)
    post.is_pinned = bool(body.get("is_pinned"))
    props = body.get("props")
    post.props = dict(props) if isinstance(props, dict) else {}
    posting.edit(call.world, post, str(body.get("message") or ""))
    return answer(posts.shape(call.world, post, replies=0))


def delete(call: Call) -> Response:
    post = posting.own_live_post(call.world, call.params["post_id"], call.me)
    posting.delete(call.world, post, call.me.id)
    return ok()


def pin(call: Call) -> Response:
    posting.pin(call.world, call.post(), True)
    return ok()


def unpin(call: Call) -> Response:
    posting.pin(call.world, call.post(), False)
    return ok()


def add_reaction(call: Call) -> Response:
    body = call.object("reaction")
    if body.get("user_id") != call.me.id:
        raise Refusal(
            403,
            "api.reaction.save_reaction.user_id.app_error",
            "You cannot save reaction for the other user.",
        )
    post = call.world.posts.get(str(body.get("post_id") or ""))
    if post is None or call.me.id not in call.world.channels[post.channel_id].members:
        raise refusals.forbidden()
    name = str(body.get("emoji_name") or "")
    if not 0 < len(name) <= 64:
        raise Refusal(400, "api.reaction.save_reaction.invalid.app_error", "Reaction is not valid.")
    return answer(shapes.reaction(posting.react(call.world, post, call.me, name)))


def remove_reaction(call: Call) -> Response:
    user = call.own_user()
    posting.unreact(call.world, call.post(), user, call.params["emoji_name"])
    return ok()


def reactions(call: Call) -> Response:
    return answer([shapes.reaction(row) for row in call.post().reactions])


def reactions_of_many(call: Call) -> Response:
    ids = call.texts("post_ids")
    known = call.world.posts
    return answer({i: [shapes.reaction(r) for r in known[i].reactions] if i in known else [] for i in ids})


def set_unread(call: Call) -> Response:
    user = call.own_user()
    return answer(reading.set_unread(call.world, user, call.post()))


def press(call: Call) -> Response:
    """A button of the Jitsi plugin, or one of an integration that is down."""
    key = (call.params["post_id"], call.params["action_id"])
    cookie, act = call.world.buttons.get(key, ("", None))
    if act is not None:
        if cookie and call.object("action").get("cookie") != cookie:
            raise Refusal(400, "api.post.do_action.action_integration.app_error", "Action integration error.")
        act()
        return answer({"status": "OK", "trigger_id": ""})
    app = call.world.apps.get(key)
    if app is not None:
        app(call.world, call.post(), call.me, key[1], str(call.object("action").get("selected_option") or ""))
        return answer({"status": "OK", "trigger_id": call.world.new_id()})
    attachments = call.post().props.get("attachments") or ()
    if not any(action.get("id") == key[1] for row in attachments for action in row.get("actions") or ()):
        raise Refusal(404, "api.post.do_action.action_id.app_error", "Invalid action id.")
    raise Refusal(400, "api.post.do_action.action_integration.app_error", "Action integration error.")


def submit_dialog(call: Call) -> Response:
    """A form goes to its integration; one that is down is 400, wrong fields are 200."""
    body = call.object("submit")
    form = call.world.forms.get(str(body.get("url") or ""))
    if form is None:
        raise Refusal(400, "app.submit_interactive_dialog.json_error", "Encountered an error.")
    return answer(form(call.world, call.me, body))


ROUTES = (
    Route("POST", "/actions/dialogs/submit", submit_dialog),
    Route("POST", "/posts", create),
    Route("GET", "/posts/{post_id}", get_post),
    Route("PUT", "/posts/{post_id}", put),
    Route("PUT", "/posts/{post_id}/patch", patch),
    Route("DELETE", "/posts/{post_id}", delete),
    Route("POST", "/posts/{post_id}/pin", pin),
    Route("POST", "/posts/{post_id}/unpin", unpin),
    Route("POST", "/posts/{post_id}/actions/{action_id}", press),
    Route("POST", "/reactions", add_reaction),
    Route("GET", "/posts/{post_id}/reactions", reactions),
    Route("POST", "/posts/ids/reactions", reactions_of_many),
    Route("DELETE", "/users/{user_id}/posts/{post_id}/reactions/{emoji_name}", remove_reaction),
    Route("POST", "/users/{user_id}/posts/{post_id}/set_unread", set_unread),
)

"""Writing, editing, deleting, pinning and reacting, with the counters and events that go with them.

Invariant: the event leaves before the answer. Edits and pins leave a ghost (a deleted copy with
`original_id`); deleting a root deletes its replies; counters never go down. Source: recordings 28–38.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.demo import mentions, posts, shapes, threads
from tui.demo.records import Channel, Post, Reaction, User, Wire
from tui.demo.refusals import Refusal, bad_param, forbidden

if TYPE_CHECKING:
    from tui.demo.world import World

MAX_RUNES = 16_383
MAX_FILES = 10
TEXTS_BEFORE_FIELDS = (
    "fallback",
    "color",
    "pretext",
    "author_name",
    "author_link",
    "author_icon",
    "title",
    "title_link",
    "text",
)


def write(
    world: World,
    channel: Channel,
    author: User,
    message: str,
    *,
    root_id: str = "",
    type: str = "",  # noqa: A002  (Mattermost's own word)
    props: Wire | None = None,
    file_ids: tuple[str, ...] = (),
    pending: str = "",
    at: int = 0,
) -> Post:
    """Saves a post, counts it, tells everybody in the channel. `at` = time of writing, 0 = now."""
    now = at or world.now()
    own_props = dict(props or {})
    named = mentions.channel_mentions(world, channel, message)
    if named:
        own_props["channel_mentions"] = named
    post = Post(
        id=world.new_id(),
        channel_id=channel.id,
        user_id=author.id,
        message=message,
        create_at=now,
        update_at=now,
        root_id=root_id,
        type=type,
        props=complete(own_props),
        hashtags=mentions.hashtags(message),
    )
    _attach(world, post, file_ids)
    world.keep(post)
    world.count(post)
    if root_id:
        world.posts[root_id].update_at = now
    meant = _count_mentions(world, channel, post)
    _announce(world, channel, author, post, meant, pending)
    threads.replied(world, post, meant)
    return post


def complete(props: Wire) -> Wire:
    """Fills attachments up with every key the server writes."""
    attachments = props.get("attachments")
    if isinstance(attachments, list):
        props["attachments"] = [_attachment(row) for row in attachments if isinstance(row, dict)]
    return props


def _attachment(row: Wire) -> Wire:
    out: Wire = {"id": 0, **{key: row.get(key, "") for key in TEXTS_BEFORE_FIELDS}}
    out["fields"] = row.get("fields")
    out |= {key: row.get(key, "") for key in ("image_url", "thumb_url", "footer", "footer_icon")}
    out["ts"] = row.get("ts")
    if row.get("actions"):
        out["actions"] = [
            {key: value for key, value in action.items() if key != "integration"} for action in row["actions"]
        ]
    return out


def _attach(world: World, post: Post, file_ids: tuple[str, ...]) -> None:
    """Takes the files that are the author's and still free; others are dropped without a word."""
    mine = [world.files[i] for i in file_ids if i in world.files]
    free = [row for row in mine if row.user_id == post.user_id and not row.post_id]
    for row in free:
        row.post_id = post.id
    post.file_ids = tuple(row.id for row in free)


def _count_mentions(world: World, channel: Channel, post: Post) -> list[str]:
    if post.type.startswith("system_"):
        added = post.props.get("addedUserId", "")
        meant = [added] if added in channel.members else []
    else:
        meant = mentions.mentioned(world, channel, post.user_id, post.message)
    for user_id in meant:
        row = channel.members[user_id]
        row.mention_count += 1
        row.mention_count_root += not post.root_id
        row.last_update_at = post.create_at
    return meant


def _announce(
    world: World, channel: Channel, author: User, post: Post, meant: list[str], pending: str
) -> None:
    sender = "@" + author.username
    data: Wire = {
        "channel_display_name": sender if channel.type == "D" else channel.display_name,
        "channel_name": channel.name,
        "channel_type": channel.type,
    }
    files = [world.files[i] for i in post.file_ids]
    if any(row.is_image for row in files):
        data["image"] = "true"
    if meant:
        data["mentions"] = posts.text(meant)
    if files:
        data["otherFile"] = "true"
    data["post"] = posts.text(posts.shape(world, post, pending=pending))
    override = post.props.get("override_username", "") if post.props.get("from_webhook") == "true" else ""
    data["sender_name"] = "System" if post.type.startswith("system_") else override or sender
    data |= {"set_online": True, "team_id": channel.team_id}
    world.emit("posted", data, channel=channel.id)


def ephemeral(
    world: World,
    channel: Channel,
    user: User,
    message: str,
    props: Wire,
    sender: str = "",
    post_id: str = "",
    root_id: str = "",
) -> None:
    """Something only `user` sees, and only now."""
    row = Post(
        id=post_id or world.new_id(),
        channel_id=channel.id,
        user_id=sender,
        message=message,
        create_at=world.now(),
        update_at=0,
        root_id=root_id,
        type="system_ephemeral",
        props=props,
    )
    world.emit(
        "ephemeral_message",
        {"post": posts.text(posts.shape(world, row, replies=0))},
        user=user.id,
        channel=channel.id,
    )


def withdraw(world: World, channel: Channel, user: User, post_id: str) -> None:
    """Takes an ephemeral post back: an event like a deletion, for `user` alone."""
    now = world.now()
    row = Post(post_id, channel.id, user.id, "", create_at=now, update_at=now, delete_at=now)
    row.type = "system_ephemeral"
    data = {"post": posts.text(posts.shape(world, row, replies=0))}
    world.emit("post_deleted", data, user=user.id)


def check_new(world: World, channel: Channel, body: Wire) -> None:
    """Refuses what the server refuses, in its order. Raises Refusal."""
    kind = str(body.get("type") or "")
    if kind and kind != "me" and not kind.startswith("custom_"):
        raise bad_param("post.type")
    if channel.delete_at:
        raise Refusal(
            400, "api.post.create_post.can_not_post_to_deleted.error", "Can not post to deleted channel."
        )
    root_id = str(body.get("root_id") or "")
    if root_id:
        _check_root(world, channel, root_id)
    check_message(str(body.get("message") or ""))
    if len(body.get("file_ids") or ()) > MAX_FILES:
        raise Refusal(
            400,
            "model.post.is_valid.file_ids.app_error",
            "Invalid file ids. Note that uploads are limited to 5 files maximum. "
            "Please use additional posts for more files.",
        )


def _check_root(world: World, channel: Channel, root_id: str) -> None:
    root = world.posts.get(root_id)
    if root is None or root.delete_at or root.root_id:
        raise Refusal(400, "api.post.create_post.root_id.app_error", "Invalid RootId parameter.")
    if root.channel_id != channel.id:
        raise Refusal(
            400, "api.post.create_post.channel_root_id.app_error", "Invalid ChannelId for RootId parameter."
        )


def check_message(message: str) -> None:
    """Raises Refusal for a text the database would not take."""
    if len(message) > MAX_RUNES:
        raise Refusal(400, "model.post.is_valid.msg.app_error", "Invalid message.")
    if "\0" in message:
        raise Refusal(500, "app.post.save.app_error", "Unable to save the Post.")


def edit(world: World, post: Post, message: str) -> Post:
    check_message(message)
    now = _leave_ghost(world, post)
    post.message = message
    post.hashtags = mentions.hashtags(message)
    post.edit_at = post.update_at = now
    _tell_edited(world, post)
    return post


def pin(world: World, post: Post, pinned: bool) -> None:
    now = _leave_ghost(world, post)
    post.is_pinned = pinned
    post.update_at = now
    _tell_edited(world, post)


def _leave_ghost(world: World, post: Post) -> int:
    now = max(world.now(), post.update_at + 1)
    ghost = replace(
        post, id=world.new_id(), original_id=post.id, delete_at=now, update_at=now, reactions=[], file_ids=()
    )
    world.keep(ghost)
    return now


def _tell_edited(world: World, post: Post) -> None:
    data = {"post": posts.text(posts.shape(world, post, replies=None if post.root_id else 0))}
    world.emit("post_edited", data, channel=post.channel_id)


def edited_by_integration(world: World, post: Post) -> None:
    """An integration changed its own post: no mark of an edit."""
    post.update_at = max(world.now(), post.update_at + 1)
    _tell_edited(world, post)


def delete(world: World, post: Post, user_id: str) -> None:
    """Deletes a post and, with a root, its replies; one event for all."""
    data = {"post": posts.text(posts.shape(world, post, replies=0))}
    now = max(world.now(), post.update_at + 1)
    for row in (post, *world.live_replies(post.id)):
        row.delete_at = row.update_at = now
        row.props = {**row.props, "deleteBy": user_id}
    world.emit("post_deleted", data, channel=post.channel_id)


def react(world: World, post: Post, user: User, name: str) -> Reaction:
    """Adds or refreshes a reaction; any name is taken."""
    now = max(world.now(), post.update_at + 1)
    row = next((r for r in post.reactions if r.user_id == user.id and r.emoji_name == name), None)
    if row is None:
        row = Reaction(user.id, post.id, name, now, now)
        post.reactions.append(row)
    row.update_at = now
    post.update_at = now
    told = replace(row, create_at=now)
    world.emit("reaction_added", {"reaction": posts.text(shapes.reaction(told))}, channel=post.channel_id)
    return told


def unreact(world: World, post: Post, user: User, name: str) -> None:
    """Takes a reaction away; the event comes even when there was none."""
    now = max(world.now(), post.update_at + 1)
    post.reactions = [r for r in post.reactions if (r.user_id, r.emoji_name) != (user.id, name)]
    post.update_at = now
    gone = Reaction(user.id, post.id, name, 0, now)
    world.emit("reaction_removed", {"reaction": posts.text(shapes.reaction(gone))}, channel=post.channel_id)


def own_live_post(world: World, post_id: str, user: User) -> Post:
    """The post if `user` may change it; 403 for anything else, unknown and deleted ones too."""
    post = world.posts.get(post_id)
    if post is None or post.delete_at or (post.user_id != user.id and not user.is_admin):
        raise forbidden()
    return post

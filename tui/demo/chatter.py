"""The past of a channel: who wrote what and when, with threads, reactions, edits, deletions and files.

Invariant: built straight into the indexes (no events, no mentions counted), from the world's own dice.
"""

from __future__ import annotations

import re

from tui.demo import images, mentions, posting, texts, threads
from tui.demo.records import Channel, File, Post, Reaction, User, Wire
from tui.demo.routes.files import describe
from tui.demo.world import World

MINUTE = 60_000
SLOT = re.compile(r"\{(\w+)\}")
PHOTO = images.striped_png(480, 300, ((120, 160, 210), (230, 230, 235), (70, 110, 60)))


def lines(block: str) -> tuple[str, ...]:
    """The messages of one template block."""
    return tuple(line.replace("\\n", "\n") for line in block.splitlines())


GERMAN, ENGLISH = lines(texts.GERMAN), lines(texts.ENGLISH)
BOTS = {"baubot": lines(texts.CI), "kalender": lines(texts.CALENDAR)}


def sentence(world: World, author: User, people: list[User], template: str = "") -> str:
    """Something `author` would say in a channel of `people`; `template` = what to fill instead of a guess."""
    own = BOTS.get(author.username) or (ENGLISH if author.locale == "en" else GERMAN)
    others = [user for user in people if user is not author] or people

    def fill(slot: re.Match[str]) -> str:
        if slot[1] in ("name", "person"):
            user = world.rng.choice(others)
            return user.username if slot[1] == "person" else user.first_name
        return world.rng.choice(texts.WORDS[slot[1]])

    return SLOT.sub(fill, template or world.rng.choice(own))


def talk(world: World, channel: Channel, number: int, start: int, end: int) -> None:
    """Writes `number` posts between two times (ms), more of them by day than by night."""
    people = [world.users[i] for i in channel.members]
    writers = _writers(world, channel, people)
    times = sorted(end - int((end - start) * world.rng.random() ** 1.6) for _ in range(number))
    if not writers or not times:
        return
    last: Post | None = None
    recent: list[Post] = []
    for at in times:
        author = _next_writer(world, writers, last)
        text = sentence(world, author, people)
        root = world.rng.choice(recent) if recent and world.rng.random() < 0.13 else None
        last = say(world, channel, author, text, at, root=root)
        if root is None:
            recent = [*recent[-7:], last]
        _garnish(world, last, people)


def _writers(world: World, channel: Channel, people: list[User]) -> list[User]:
    """Bots write where they are at home only."""
    if channel.name == "ci":
        return [world.user("baubot")]
    bots = [user for user in people if user.is_bot]
    if channel.type == "D" and bots:
        return bots
    return [user for user in people if not user.is_bot]


def _next_writer(world: World, writers: list[User], last: Post | None) -> User:
    """Often the one who wrote last: that is what makes groups."""
    if last is not None and world.rng.random() < 0.3:
        return world.users[last.user_id]
    return world.rng.choice(writers)


def say(
    world: World,
    channel: Channel,
    author: User,
    message: str,
    at: int,
    *,
    root: Post | None = None,
    type: str = "",  # noqa: A002  (Mattermost's own word)
    props: Wire | None = None,
) -> Post:
    """One post of the past."""
    props = dict(props or {})
    if author.is_bot:
        props["from_bot"] = "true"
    named = mentions.channel_mentions(world, channel, message)
    if named:
        props["channel_mentions"] = named
    post = Post(
        id=world.new_id(),
        channel_id=channel.id,
        user_id=author.id,
        message=message,
        create_at=at,
        update_at=at,
        root_id=root.id if root else "",
        type=type,
        props=posting.complete(props),
        hashtags=mentions.hashtags(message),
    )
    world.keep(post)
    world.count(post)
    if root is not None:
        root.update_at = max(root.update_at, at)
        _follow(world, channel, root, post)
    return post


def _follow(world: World, channel: Channel, root: Post, post: Post) -> None:
    """Starter and author follow, and have read it."""
    for user_id in (root.user_id, post.user_id):
        if user_id in channel.members:
            threads.follow(world, user_id, root.id).last_viewed_at = post.create_at


def _garnish(world: World, post: Post, people: list[User]) -> None:
    """Reactions, edits, deletions, files: each now and then."""
    dice = world.rng.random()
    if dice < 0.12:
        _reactions(world, post, people)
    elif dice < 0.15:
        post.message += " (korrigiert)"
        post.edit_at = post.update_at = post.create_at + 2 * MINUTE
    elif dice < 0.16:
        post.delete_at = post.update_at = post.create_at + 5 * MINUTE
        post.props = {"deleteBy": post.user_id}
    elif dice < 0.18:
        _attach(world, post)


def _reactions(world: World, post: Post, people: list[User]) -> None:
    fans = world.rng.sample(people, min(len(people), world.rng.randrange(1, 5)))
    name = world.rng.choice(texts.EMOJIS)
    for step, user in enumerate(fans, start=1):
        chosen = name if step < 3 else world.rng.choice(texts.EMOJIS)
        at = post.create_at + step * MINUTE
        post.reactions.append(Reaction(user.id, post.id, chosen, at, at))
        post.update_at = max(post.update_at, at)


def _attach(world: World, post: Post) -> None:
    if world.rng.random() < 0.4:
        name, data = f"Foto {world.rng.randrange(100, 999)}.png", PHOTO
    else:
        name, text = world.rng.choice(texts.FILES)
        data = text.encode()
    row = describe(
        File(world.new_id(), post.user_id, post.channel_id, name, data, "", post.create_at, post.id)
    )
    world.files[row.id] = row
    post.file_ids = (row.id,)

"""What colleagues do on the demo server while a command runs."""

from __future__ import annotations

from tui.demo import posting
from tui.demo.records import Wire
from tui.demo.server import DemoServer


def write(
    server: DemoServer,
    text: str,
    *,
    channel: str = "town-square",
    by: str = "ben",
    root_id: str = "",
    kind: str = "",
    props: Wire | None = None,
) -> str:
    """A colleague posts; answers the post's id."""
    world = server.world

    def post() -> str:
        place = world.channel("nordlicht", channel)
        author = world.user(by)
        at = max(world.now(), 1 + max((p.create_at for p in world.posts.values()), default=0))
        return posting.write(world, place, author, text, root_id=root_id, type=kind, props=props, at=at).id

    return server.call(post)


def texts(server: DemoServer, channel: str = "town-square") -> list[str]:
    """Messages of a channel that are not deleted, in order."""
    world = server.world

    def read() -> list[str]:
        place = world.channel("nordlicht", channel)
        posts = [
            p for p in world.posts.values() if p.channel_id == place.id and not p.delete_at and not p.type
        ]
        return [post.message for post in sorted(posts, key=lambda post: post.create_at)]

    return server.call(read)

from __future__ import annotations

from tests.support.makers import ME, post, user
from tui.core.models import Reaction
from tui.core.outbox import CID_PROP
from tui.core.timeline_rows import Author, author_of, count_reactions, is_system, row_key

USERS = {u.id: u for u in (user("anna"), user("bot", is_bot=True))}


def test_reactions_are_counted_by_emoji_in_order_of_first_use() -> None:
    given_ = [
        Reaction("a", "ben", "tada", 5),
        Reaction("a", ME, "+1", 3),
        Reaction("a", "ben", "+1", 4),
        Reaction("a", "ben", "+1", 9),
    ]
    counted = [(c.emoji_name, c.count, c.mine) for c in count_reactions(given_, ME)]
    assert counted == [("+1", 2, True), ("tada", 1, False)]


def test_webhooks_show_their_name_and_their_sender() -> None:
    hooked = post("a", props={"from_webhook": "true", "override_username": "CI"})
    assert author_of(hooked, USERS, "username") == Author("anna", "CI", "anna", bot=True, overridden=True)
    kept = author_of(hooked, USERS, "username", allow_override=False)
    assert (kept.name, kept.overridden, kept.bot) == ("anna", False, True)
    spoofed = post("a", props={"override_username": "Boss"})
    assert author_of(spoofed, USERS, "username").name == "anna"
    assert author_of(post("a", user_id="bot"), USERS, "username").bot
    assert author_of(post("a", user_id="nobody"), USERS, "username") == Author("nobody", "")


def test_keys_survive_sending_for_my_own_posts_alone() -> None:
    assert row_key(post("p", user_id=ME, props={CID_PROP: "k"}), ME) == "k"
    assert row_key(post("p", user_id=ME), ME) == "p"
    assert row_key(post("p", props={CID_PROP: "k"}), ME) == "p"


def test_system_posts() -> None:
    assert is_system(post("p", type="system_join_channel"))
    assert not is_system(post("p", type="custom_jitsi"))

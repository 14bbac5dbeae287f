from __future__ import annotations

from tui.core import wire


def test_post_as_recorded() -> None:
    post = wire.post(
        {
            "id": "p1",
            "create_at": 1795453929275,
            "update_at": 1795453929275,
            "edit_at": 0,
            "delete_at": 0,
            "is_pinned": False,
            "user_id": "u1",
            "channel_id": "c1",
            "root_id": "",
            "parent_id": "",
            "original_id": "",
            "message": "hello **bold**",
            "type": "",
            "props": {"channel_mentions": {"alpha": {"display_name": "Alpha"}}},
            "hashtags": "#tagged",
            "pending_post_id": "u1:1795453929240",
            "reply_count": 0,
            "last_reply_at": 0,
            "participants": None,
            "metadata": {},
        }
    )
    assert (post.id, post.channel_id, post.user_id, post.message) == ("p1", "c1", "u1", "hello **bold**")
    assert post.props["channel_mentions"] == {"alpha": {"display_name": "Alpha"}}
    assert post.pending_post_id == "u1:1795453929240"
    assert post.has_metadata
    assert (post.files, post.reactions, post.participants) == ((), (), ())


def test_metadata_is_taken_apart() -> None:
    post = wire.post(
        {
            "id": "p",
            "file_ids": ["f"],
            "has_reactions": True,
            "participants": [{"id": "u1", "username": ""}, {"id": ""}],
            "metadata": {
                "files": [{"id": "f", "name": "a.png", "size": 12, "width": 3, "has_preview_image": True}],
                "reactions": [{"user_id": "u", "post_id": "p", "emoji_name": "+1", "create_at": 5}],
                "emojis": [{"id": "e", "name": "party"}],
            },
        }
    )
    assert (post.files[0].name, post.files[0].size, post.files[0].has_preview_image) == ("a.png", 12, True)
    assert post.reactions[0].emoji_name == "+1"
    assert post.emojis == ("party",)
    assert post.participants == ("u1",)
    assert post.has_metadata


def test_metadata_that_omits_what_the_post_has_is_not_believed() -> None:
    assert not wire.post({"id": "p"}).has_metadata
    assert not wire.post({"id": "p", "metadata": None}).has_metadata
    assert not wire.post({"id": "p", "metadata": {}, "file_ids": ["f"]}).has_metadata
    assert not wire.post({"id": "p", "metadata": {}, "has_reactions": True}).has_metadata


def test_page_names_each_post_once_and_only_those_that_came() -> None:
    page = wire.post_page(
        {
            "order": ["b", "a", "b", "missing"],
            "posts": {"a": {"id": "a"}, "b": {"id": "b"}, "root": {"id": "root"}, "bad": None, "no": {}},
            "next_post_id": "n",
            "prev_post_id": "o",
        }
    )
    assert page.order == ("b", "a")
    assert set(page.posts) == {"a", "b", "root"}
    assert (page.next_post_id, page.prev_post_id) == ("n", "o")


def test_page_with_nulls() -> None:
    page = wire.post_page({"order": None, "posts": None})
    assert (page.order, dict(page.posts)) == ((), {})


def test_thread_is_sorted_newest_first() -> None:
    page = wire.thread_page(
        {
            "order": ["r2", "root", "r1", "r2"],
            "posts": {
                "root": {"id": "root", "create_at": 1},
                "r2": {"id": "r2", "create_at": 3},
                "r1": {"id": "r1", "create_at": 3},
            },
        }
    )
    assert page.order == ("r2", "r1", "root")


def test_threads_know_their_channel_from_the_root() -> None:
    (thread,) = wire.threads(
        {
            "total": 1,
            "threads": [
                {
                    "id": "root",
                    "reply_count": 2,
                    "unread_replies": 1,
                    "participants": [{"id": "u"}],
                    "post": {"id": "root", "channel_id": "c"},
                },
                {"id": ""},
            ],
        },
        "t",
    )
    assert (thread.id, thread.team_id, thread.channel_id, thread.unread_replies) == ("root", "t", "c", 1)
    assert thread.post is not None
    assert wire.threads({"threads": None}) == []


def test_upload_answer() -> None:
    (info,) = wire.file_infos({"file_infos": [{"id": "f", "name": "a", "size": -1}], "client_ids": []})
    assert (info.id, info.size) == ("f", 0)


def test_priority_and_acknowledgements_are_in_the_metadata() -> None:
    metadata = {
        "priority": {"priority": "urgent", "requested_ack": True},
        "acknowledgements": [
            {"user_id": "b", "acknowledged_at": 5},
            {"user_id": "a", "acknowledged_at": 9},
            {"user_id": "gone", "acknowledged_at": 0},
            None,
        ],
    }
    post = wire.post({"id": "p", "metadata": metadata})
    assert (post.priority, post.wants_ack) == ("urgent", True)
    assert post.acknowledged == (("a", 9), ("b", 5))
    odd = wire.post({"id": "p", "metadata": {"priority": {"priority": "\x1b[31m"}, "acknowledgements": 3}})
    assert (odd.priority, odd.wants_ack, odd.acknowledged) == ("", False, ())


def test_scheduled_posts_of_all_places_the_next_first() -> None:
    rows = wire.scheduled_posts(
        {
            "t1": [{"id": "b", "scheduled_at": 9}, {"scheduled_at": 1}],
            "directChannels": [{"id": "a", "scheduled_at": 2}],
        }
    )
    assert [row.id for row in rows] == ["a", "b"]

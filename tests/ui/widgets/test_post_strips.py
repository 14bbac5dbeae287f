"""Rows of the timeline as lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest

from tests.support.hostile import HOSTILE, WORST_MESSAGES, raw_controls
from tests.support.makers import ME, MINUTE, NOON, post, queued, user
from tests.ui.bare import LOOK
from tui.client.wording.states import outbox_state
from tui.core.markdown import MarkdownContext
from tui.core.meetings import meeting_of
from tui.core.models import FileInfo, Post, Reaction, Thread
from tui.core.timeline import DayRow, GapRow, LoadingRow, NewMessagesRow, PostRow, Row, StartRow, rows
from tui.settings.formats import Formats
from tui.ui.widgets.post_sources import PostSources
from tui.ui.widgets.post_strips import MOST_LINES, PostPainter

FORMATS = Formats("en", UTC)
USERS = {u.id: u for u in (user(username="anna"), user("ben", first_name="Ben"), user("rosa"))}
SOURCES = PostSources(
    formats=FORMATS,
    now=lambda: NOON + 60 * MINUTE,
    context=lambda _post: MarkdownContext(frozenset({"anna"}), me="anna"),
    meeting=lambda held: meeting_of(held, frozenset()),
    shown_name=lambda name: name.title(),
    person=lambda ident: USERS[ident].username if ident in USERS else "",
    thread=lambda _root: None,
    queue_words=lambda item: outbox_state(item, False),
)


def rows_of(*posts: Post, **options: Any) -> tuple[Row, ...]:
    return rows(posts, me=ME, users=USERS, day_of=FORMATS.day_of, **options)


def only(held: Post, **options: Any) -> PostRow:
    (row,) = [row for row in rows_of(held, **options) if isinstance(row, PostRow)]
    return row


def drawn(row: Row, width: int = 50, sources: PostSources = SOURCES) -> list[str]:
    lines = PostPainter(sources).paint(row, width, LOOK)
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def test_head_and_text() -> None:
    assert drawn(only(post("p", user_id="ben", message="Hello"))) == ["", "ben  12:00", "  Hello"]


def test_the_next_message_of_the_same_person_has_no_head() -> None:
    found = rows_of(post("a", NOON, user_id="ben"), post("b", NOON + MINUTE, user_id="ben"))
    assert drawn(found[-1]) == ["  b"]


def test_day_new_messages_gap_start_and_loading() -> None:
    assert "Today" in drawn(DayRow(date(2027, 1, 15)))[1]
    assert "New messages" in drawn(NewMessagesRow())[1]
    assert "press Enter" in drawn(GapRow((1, "a"), (2, "b")), 80)[1]
    assert drawn(StartRow())[-1].strip()
    assert drawn(LoadingRow())[-1].strip()


def test_marks_of_a_message() -> None:
    held = post("p", user_id="ben", message="x", edit_at=NOON + 1, is_pinned=True)
    text = drawn(only(held, saved={"p"}), 60)[-1]
    assert "(edited)" in text
    assert "▲ pinned" in text
    assert "★ saved" in text


def test_files_reactions_and_replies_hang_below() -> None:
    held = post(
        "p",
        user_id="ben",
        message="x",
        file_ids=("f1", "f2"),
        files=(
            FileInfo("f1", "plan.pdf", "pdf", 381_000),
            FileInfo("f2", "a.png", size=10, width=4, height=3),
        ),
        reactions=(Reaction("p", "rosa", "tada", 1), Reaction("p", ME, "unknown_one", 2)),
        reply_count=2,
        last_reply_at=NOON + MINUTE,
    )
    assert drawn(only(held))[3:] == [
        "  ▤ plan.pdf  381 kB",
        "  ▤ a.png  10 B · 4×3",
        "   🎉 1  [:unknown_one: 1]",
        "  ↳ 2 replies · last 12:01",
    ]


def test_files_that_are_only_counted() -> None:
    assert drawn(only(post("p", message="", file_ids=("f1",))))[-1] == "  ▤ 1 file"


def test_unread_replies_are_named() -> None:
    thread = Thread("p", "t1", "c1", reply_count=5, unread_replies=2)
    sources = replace(SOURCES, thread=lambda _root: thread)
    assert drawn(only(post("p", message="x", reply_count=5)), sources=sources)[-1] == "  ↳ 5 replies · 2 new"


def test_a_thread_does_not_say_that_it_is_one() -> None:
    painter = PostPainter(SOURCES, in_thread=True)
    lines = painter.paint(only(post("p", message="x", reply_count=5)), 50, LOOK)
    assert len(lines) == 3


def test_a_reply_in_the_channel_names_what_it_answers() -> None:
    found = rows_of(
        post("root", NOON, user_id="ben", message="The **plan**"),
        post("x", NOON + 1, user_id="rosa"),
        post("p", NOON + 2, user_id="rosa", root_id="root"),
    )
    assert drawn(found[-1])[1] == "↳ ben: The plan"
    lost = rows_of(post("p", NOON, user_id="rosa", root_id="gone"))
    assert drawn(lost[-1])[1] == "↳ Reply in a thread"


def test_system_posts_are_one_line_in_our_words() -> None:
    held = post("p", type="system_join_channel", message="x", props={"username": "rosa"})
    assert drawn(only(held)) == ["· Rosa has joined the channel.  12:00"]


def test_messages_only_for_me_say_so() -> None:
    held = post("p", type="system_ephemeral", message="No such command")
    assert drawn(only(held)) == ["", "Only you can see this.  12:00", "  No such command"]


def test_pending_and_refused_texts_have_a_sign_and_a_reason() -> None:
    waiting = rows_of(pending=[queued("q1", "Hello")])
    assert drawn(waiting[-1])[-2:] == ["  Hello", "  ○ waits for the line"]
    parked = rows_of(pending=[queued("q1", "Hello", state="parked", reason="tele.outbox.archived")])
    assert drawn(parked[-1], 200)[-1].startswith("  ✗ not sent")
    assert "Enter" in drawn(parked[-1], 200)[-1]


def test_a_deletion_that_waits_is_struck_through() -> None:
    item = queued("q1", kind="delete", post_id="p")
    row = only(post("p", user_id=ME, message="oops"), pending=[item])
    lines = PostPainter(SOURCES).paint(row, 50, LOOK)
    assert any(s.text == "oops" and s.style is not None and s.style.strike for line in lines for s in line)


def test_an_integration_shows_its_name_and_the_sender() -> None:
    props = {"override_username": "Deploy", "from_webhook": "true"}
    assert drawn(only(post("p", user_id="ben", message="ok", props=props)))[1] == "Deploy @ben BOT  12:00"


def test_a_meeting_shows_topic_host_and_key_but_no_token() -> None:
    props = {
        "meeting_link": "https://meet.example.org/Weekly?jwt=eyJhbGciOi.secret.token",
        "meeting_topic": "Weekly",
        "jwt_meeting": True,
        "meeting_jwt": "eyJhbGciOi.secret.token",
        "jwt_meeting_valid_until": (NOON + 30 * MINUTE) // 1000,
    }
    text = "\n".join(drawn(only(post("p", user_id="ben", type="custom_jitsi", message="", props=props)), 90))
    assert "Meeting: Weekly" in text
    assert "meet.example.org · started by ben" in text
    assert "Enter joins" in text
    assert "secret" not in text


def test_long_messages_are_cut_and_say_so() -> None:
    lines = drawn(only(post("p", message="line\n" * 500)))
    assert len(lines) == MOST_LINES + 3
    assert "440 more lines" in lines[-1]


def test_emoji_as_names_where_pictures_would_shift_columns() -> None:
    painter = PostPainter(SOURCES)
    held = only(post("p", message=":tada:", reactions=(Reaction("p", "rosa", "tada", 1),)))
    lines = painter.paint(held, 50, replace(LOOK, pictures=False))
    text = "\n".join("".join(s.text for s in line) for line in lines)
    assert "🎉" not in text
    assert text.count(":tada:") == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_f49_f50_every_field_of_a_post_is_harmless_and_stays_text(text: str) -> None:
    held = post(
        "p",
        user_id="evil",
        message=text,
        file_ids=("f",),
        files=(FileInfo("f", text, text),),
        reactions=(Reaction("p", "evil", text),),
        props={
            "override_username": text,
            "from_webhook": "true",
            "attachments": [
                {"title": text, "text": text, "fallback": text, "fields": [{"title": text, "value": text}]}
            ],
            "meeting_topic": text,
            "channel_mentions": {text: {"display_name": text}},
        },
    )  # fmt: skip
    people = {**USERS, "evil": user("evil", username=text, nickname=text, first_name=text)}
    for kind in ("", "custom_jitsi", "system_join_channel", "system_header_change"):
        found = rows([replace(held, type=kind)], me=ME, users=people, day_of=FORMATS.day_of)
        for row in found:
            assert raw_controls("".join(drawn(row, 60))) == []


@pytest.mark.parametrize("name", WORST_MESSAGES)
def test_f54_worst_messages_are_drawn_within_the_limit(name: str) -> None:
    lines = drawn(only(post("p", message=WORST_MESSAGES[name])), 80)
    assert len(lines) <= MOST_LINES + 3

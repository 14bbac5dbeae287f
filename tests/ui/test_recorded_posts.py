"""Every message that real servers answered with, drawn as it is in the timeline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import raw_controls
from tests.ui.widgets.test_post_strips import SOURCES, drawn, rows_of
from tui.core import wire_posts
from tui.core.timeline import PostRow

CONTRACTS = Path(__file__).parents[1] / "contracts"
PLAIN: list[dict[str, Any]] = json.loads((CONTRACTS / "mattermost_posts.json").read_text("utf-8"))
MEETINGS: list[dict[str, Any]] = [
    entry["response"]
    for entry in json.loads((CONTRACTS / "jitsi_posts.json").read_text("utf-8"))
    if "channel_id" in entry["response"]
]
RECORDED = PLAIN + MEETINGS
TOKEN = re.compile(r"eyJ|jwt=(?!…)", re.IGNORECASE)
WORDS = re.compile(r"\w+")


def lines_of(wire: dict[str, Any], width: int) -> list[str]:
    """The rows of the message; those of a day or of the channel's beginning are left out."""
    held = wire_posts.post({"create_at": 1, **wire, "id": wire.get("id") or "p"})
    found = [row for row in rows_of(held) if isinstance(row, PostRow)]
    return [line for row in found for line in drawn(row, width, SOURCES)]


def words(text: str) -> set[str]:
    return set(WORDS.findall(text))


def test_the_recordings_hold_what_is_proven_here() -> None:
    kinds = {wire.get("type", "") for wire in RECORDED}
    assert len(PLAIN) == 138
    assert {"", "me", "slack_attachment", "system_ephemeral", "custom_jitsi"} <= kinds
    assert len([kind for kind in kinds if kind.startswith("system_")]) >= 11
    assert [wire for wire in RECORDED if TOKEN.search(json.dumps(wire))]


@pytest.mark.parametrize("width", [20, 53, 93])
@pytest.mark.parametrize("wire", RECORDED, ids=range(len(RECORDED)))
def test_f49_g57_it_is_drawn_without_controls_and_tokens(wire: dict[str, Any], width: int) -> None:
    lines = lines_of(wire, width)
    text = "\n".join(lines)
    assert WORDS.search(text)
    assert raw_controls(text) == []
    assert not TOKEN.search(re.sub(r"[\s│]", "", text))


@pytest.mark.parametrize(
    "wire",
    [w for w in PLAIN if not w.get("type") and w["message"].isascii()],
    ids=lambda w: w["message"][:20],
)
def test_all_words_of_a_message_are_there(wire: dict[str, Any]) -> None:
    shown = "\n".join(lines_of(wire, 2_000))
    bare = re.sub(r"\(https?://\S+\)|:\w+:|```\w+", " ", wire["message"])
    assert words(bare) <= words(shown)


@pytest.mark.parametrize(
    "wire", [w for w in PLAIN if w.get("type", "").startswith("system_")], ids=lambda w: str(w["type"])
)
def test_what_the_system_says_is_a_sentence(wire: dict[str, Any]) -> None:
    text = " ".join(lines_of(wire, 400))
    said = text.replace("·", "").strip()
    assert len(words(said)) >= 3
    if wire["type"] == "system_ephemeral":
        assert "Only you can see this." in said


@pytest.mark.parametrize(
    "wire", [w for w in PLAIN if w["props"].get("attachments")], ids=lambda w: w["message"]
)
def test_the_words_of_attachments_are_there(wire: dict[str, Any]) -> None:
    shown = "\n".join(lines_of(wire, 400))
    for attachment in wire["props"]["attachments"]:
        fields = attachment.get("fields") or []
        texts = [attachment.get(key) or "" for key in ("pretext", "author_name", "title", "text", "footer")]
        texts += [str(field[key]) for field in fields for key in ("title", "value")]
        texts += [action["name"] for action in attachment.get("actions") or []]
        assert [text for text in texts if not words(text) <= words(shown)] == []

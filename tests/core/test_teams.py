"""The order of teams."""

from __future__ import annotations

import pytest

from tui.core.models import Preference, Team
from tui.core.preferences import Preferences
from tui.core.teams import in_order, invitation_of, invite_of

ARCHIVED = Team("x", "x", "Alt", delete_at=1)
TEAMS = [Team("z", "z", "Zeta"), Team("a", "a", "Älpha"), Team("b", "b", "Beta"), ARCHIVED]


def test_by_name_with_umlauts_folded_and_without_archived_ones() -> None:
    assert [team.id for team in in_order(TEAMS, Preferences())] == ["a", "b", "z"]


def test_own_order_comes_first() -> None:
    own = Preferences.of([Preference("teams_order", "", "z,gone,b")])
    assert [team.id for team in in_order(TEAMS, own)] == ["z", "b", "a"]


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (
            f"https://chat.example.org/signup_user_complete/?id={'a' * 26}",
            ("https://chat.example.org", "iid"),
        ),
        (f"https://x.org/mm/signup_user_complete/?id={'b' * 26}&md=link", ("https://x.org/mm", "iid")),
        (f"https://x.org/signup_user_complete/?d=%7B%7D&t={'c' * 64}", ("https://x.org", "t")),
        ("https://x.org/signup_user_complete/?id=short", None),
        (f"https://x.org/?id={'a' * 26}", None),
        ("a" * 26, None),
        ("", None),
    ],
)
def test_an_invite_link_is_taken_apart(link: str, wanted: tuple[str, str] | None) -> None:
    found = invitation_of(link)
    assert (found and (found.url, found.kind)) == wanted
    assert found is None or found.code not in repr(found)


def test_an_invite_link_or_the_code_in_it() -> None:
    code = "abcdefghij" * 2 + "abcdef"
    assert invite_of(f"https://x.example/signup_user_complete/?id={code}&sbr=su") == code
    assert invite_of(f"  {code} ") == code
    assert [invite_of(text) for text in ("", "nonsense", "https://x.example/?id=a", "http://[")] == [""] * 4

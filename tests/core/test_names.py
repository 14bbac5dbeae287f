from __future__ import annotations

import pytest

from tests.support.makers import ME, channel, direct, group, user
from tests.support.mattermost_recordings import bodies
from tui.core import wire
from tui.core.models import Preference, ServerConfig
from tui.core.names import channel_title, display_name, dm_partner_id, name_setting, setting_is_known
from tui.core.preferences import Preferences

ANNA = user("anna", first_name="Anna", last_name="Berger", nickname="Änni")
BARE = user("carl")


@pytest.mark.parametrize(
    ("setting", "wanted"),
    [
        ("username", "anna"),
        ("full_name", "Anna Berger"),
        ("nickname_full_name", "Änni"),
        ("nonsense", "anna"),
    ],
)
def test_display_name_by_setting(setting: str, wanted: str) -> None:
    assert display_name(ANNA, setting) == wanted
    assert display_name(BARE, setting) == "carl"


def test_nickname_falls_back_to_full_name() -> None:
    assert display_name(user("x", first_name=" Eva ", nickname="  "), "nickname_full_name") == "Eva"


def test_setting_is_mine_then_the_servers() -> None:
    mine = Preferences.of([Preference("display_settings", "name_format", "full_name")])
    server = ServerConfig({"TeammateNameDisplay": "nickname_full_name"})
    assert name_setting(mine, server) == "full_name"
    assert name_setting(Preferences(), server) == "nickname_full_name"
    assert name_setting(Preferences(), ServerConfig()) == "username"
    assert name_setting(Preferences(), ServerConfig({"TeammateNameDisplay": "bogus"})) == "username"


def test_the_admins_lock_counts_on_licensed_servers_only() -> None:
    mine = Preferences.of([Preference("display_settings", "name_format", "full_name")])
    locked = {"TeammateNameDisplay": "username", "LockTeammateNameDisplay": "true"}
    assert name_setting(mine, ServerConfig({**locked, "IsLicensed": "true"})) == "username"
    assert name_setting(mine, ServerConfig({**locked, "IsLicensed": "false"})) == "full_name"


def test_direct_channels_are_named_after_the_other_person() -> None:
    users = {"anna": ANNA, ME: user()}
    assert dm_partner_id(direct("d", "anna"), ME) == "anna"
    assert channel_title(direct("d", "anna"), ME, users, "full_name") == "Anna Berger"
    assert channel_title(direct("d", "zoe"), ME, users, "full_name") == ""
    assert channel_title(direct("d", ME), ME, users, "username") == ME
    assert dm_partner_id(channel("c"), ME) == ""


def test_group_channels_leave_me_out() -> None:
    users = {u.id: u for u in (ANNA, BARE, user())}
    made = group("g", "anna, carl, me")
    assert channel_title(made, ME, users, "full_name") == "Anna Berger, carl"
    assert channel_title(made, ME, {ME: user()}, "full_name") == "anna, carl"
    assert channel_title(made, ME, users, "username", members=("anna", ME)) == "anna"


def test_open_channels_have_their_own_name() -> None:
    assert channel_title(channel("c", display_name="Büro"), ME, {}, "username") == "Büro"
    assert channel_title(channel("c", display_name=""), ME, {}, "username") == "c"


def test_recorded_direct_channels() -> None:
    with_ben, _again, with_herself = (
        wire.channel(d) for d in bodies("26-dm-create", "POST", "/channels/direct")
    )
    ann, ben = "tnkcpx57zjygik893diqj4yfho", "8rkrmkehibbczk7wptp9gdp4nr"
    assert dm_partner_id(with_ben, ann) == ben
    assert dm_partner_id(with_ben, ben) == ann
    assert dm_partner_id(with_herself, ann) == ann


def test_recorded_group_channel_holds_my_own_name() -> None:
    made = wire.channel(bodies("27-gm-create", "POST", "/channels/group")[0])
    people = next(iter(bodies("27-gm-create", "POST", "/users/group_channels")[0].values()))
    users = {u.id: u for u in map(wire.user, people)}
    ann = "tnkcpx57zjygik893diqj4yfho"
    users[ann] = user(ann, username="ann.r93665")
    assert "ann.r93665" in made.display_name
    assert "ann.r93665" not in channel_title(made, ann, users, "username")
    assert "ben.r93665" in channel_title(made, ann, users, "username")


def test_who_decides_on_names_is_known_by_either() -> None:
    mine = Preferences.of([Preference("display_settings", "name_format", "full_name")])
    assert not setting_is_known(Preferences(), ServerConfig({}))
    assert setting_is_known(mine, ServerConfig({}))
    assert setting_is_known(Preferences(), ServerConfig({"TeammateNameDisplay": "username"}))

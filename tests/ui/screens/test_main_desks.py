"""Channels, categories, people and teams by the keyboard, over a server that notes what it is asked."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.support.makers import ME, channel, direct, membership, user
from tests.support.waiting import until
from tests.ui.panels.test_post_view import point_at
from tests.ui.stage import SMALL, Stage, main_of, said, shows
from tui.core.errors import Refused
from tui.core.models import (
    Categories,
    Channel,
    CustomStatus,
    Membership,
    Preference,
    ServerConfig,
    Team,
    UserGroup,
)
from tui.ui.app import TeleApp

NEWS = channel("news", name="news", display_name="News", purpose="What happens")


@pytest.fixture
def online(stage: Stage) -> Stage:
    stage.desk.api.answers["fetch_categories"] = stage.desk.store.categories.of("t1")
    stage.desk.online()
    return stage


async def type_in(pilot: Pilot[int], words: str) -> None:
    await pilot.press(*words)
    await pilot.pause()


async def choose(app: TeleApp, pilot: Pilot[int], words: str) -> None:
    """Narrows the open list to `words` and takes the first row."""
    await type_in(pilot, words)
    await pilot.press("enter")
    await pilot.pause()


async def test_browse_and_join(online: Stage) -> None:
    square = online.client.channels.get("c1")
    online.desk.api.answers.update(
        fetch_public_channels=[NEWS, square], join_channel=membership("news"), fetch_channel=NEWS
    )
    async with online.show(SMALL) as (app, pilot):
        await pilot.press("alt+d")
        picture = await shows(app, "2 public channels")
        assert "What happens" in picture
        assert "joined" in picture
        await choose(app, pilot, "news")
        await until(lambda: main_of(app).channel_id == "news")
        assert online.desk.api.calls("join_channel") == [("news", ME)]


async def test_a_channel_is_made_by_a_form_and_a_refusal_stays_in_it(online: Stage) -> None:
    answers = online.desk.api.answers
    answers.update(
        create_channel=Refused("store.sql_channel.save_channel.exists.app_error"),
        fetch_membership=membership("news"),
    )
    async with online.show() as (app, pilot):
        main_of(app).perform("app.create_channel")
        await shows(app, "New channel")
        await pilot.press("ctrl+s")
        await shows(app, "This must be filled in.")
        await type_in(pilot, "News")
        await pilot.press("ctrl+s")
        await shows(app, "There is a channel with that name")
        answers["create_channel"] = NEWS
        await pilot.press("ctrl+s")
        await until(lambda: main_of(app).channel_id == "news")
        assert online.desk.api.calls("create_channel")[-1] == ("t1", "news", "News")


async def test_only_what_was_changed_is_sent(online: Stage) -> None:
    online.desk.api.answers["patch_channel"] = channel("c1", name="town-square", display_name="Town Hall")
    async with online.show() as (app, pilot):
        main_of(app).perform("app.edit_channel")
        await shows(app, "Purpose")
        await pilot.press("end", *["backspace"] * 6, *"Hall", "ctrl+s")
        await shows(app, "Saved.")
        assert online.desk.api.calls("patch_channel") == [("c1", {"display_name": "Town Hall"})]


async def test_the_menu_of_a_channel_leaves_out_what_does_not_fit(online: Stage) -> None:
    async with online.show() as (app, pilot):
        await pilot.press("alt+h")
        picture = await shows(app, "Leave this channel")
        assert "Archive this channel" in picture
        assert "out of the sidebar" not in picture
        await pilot.press("escape")
        main_of(app).open_channel("d1")
        await pilot.press("alt+h")
        picture = await shows(app, "out of the sidebar")
        assert "Leave this channel" not in picture


async def test_archive_and_restore_ask_first(online: Stage) -> None:
    online.desk.api.answers["restore_channel"] = channel("c2", name="dev", display_name="Development")
    async with online.show() as (app, pilot):
        main = main_of(app)
        main.open_channel("c2")
        main.perform("app.archive_channel")
        await shows(app, "Archive Development?")
        assert online.desk.api.calls("archive_channel") == []
        await pilot.press("enter")
        await shows(app, "Archived.")
        await shows(app, "archived")
        main.perform("app.archive_channel")
        await shows(app, "Restore Development?")
        await pilot.press("enter")
        await shows(app, "Development is back.")
        assert online.desk.api.calls("restore_channel") == [("c2",)]


async def test_leaving_asks_and_goes_elsewhere(online: Stage) -> None:
    async with online.show() as (app, pilot):
        main = main_of(app)
        main.open_channel("c3")
        main.perform("app.leave_channel")
        await shows(app, "It is private")
        await pilot.press("enter")
        await shows(app, "You have left Board.")
        assert online.desk.api.calls("leave_channel") == [("c3", ME)]


async def test_an_administrator_is_made_and_a_member_removed(online: Stage) -> None:
    rows = [Membership("c1", "ben", roles="channel_user channel_admin"), Membership("c1", "rosa")]
    online.desk.api.answers["fetch_channel_members"] = rows
    async with online.show() as (app, pilot):
        main_of(app).perform("app.manage_members")
        await shows(app, "administrator")
        await choose(app, pilot, "rosa")
        await shows(app, "Make administrator")
        await choose(app, pilot, "Make")
        await shows(app, "is administrator now")
        assert online.desk.api.calls("put_channel_admin") == [("c1", "rosa", True)]
        main_of(app).perform("app.manage_members")
        await shows(app, "@ben  administrator")
        await choose(app, pilot, "ben")
        await choose(app, pilot, "Remove")
        await shows(app, "from Town Square?")
        await pilot.press("enter")
        await shows(app, "was removed")
        assert online.desk.api.calls("leave_channel") == [("c1", "ben")]


async def test_people_are_added_one_after_the_other_with_the_servers_help(online: Stage) -> None:
    zoe = user("zoe", first_name="Zoe", last_name="Ferne")
    online.desk.api.answers["search_users"] = [zoe]
    async with online.show() as (app, pilot):
        main_of(app).perform("app.add_people")
        await shows(app, "Add to Town Square")
        await choose(app, pilot, "rosa")
        await shows(app, "Go on with Rosa")
        await type_in(pilot, "zoe")
        await shows(app, "Zoe Ferne")
        await pilot.press("enter")
        await shows(app, "Go on with Rosa Übelhör, Zoe Ferne")
        await pilot.press("enter")
        await shows(app, "Added: Rosa")
        assert online.desk.api.calls("join_channel") == [("c1", "rosa"), ("c1", "zoe")]


async def test_notifications_of_a_channel(online: Stage) -> None:
    async with online.show() as (app, pilot):
        main_of(app).perform("app.channel_notifications")
        await shows(app, "Notify me of")
        await pilot.press("enter")
        await shows(app, "mentions only")
        await choose(app, pilot, "mentions")
        await pilot.press("ctrl+s")
        await shows(app, "Saved.")
        ((channel_id, me, props),) = online.desk.api.calls("put_notify_props")
        assert (channel_id, me, props["desktop"]) == ("c1", ME, "mention")


async def test_favourite_move_and_fold_in_the_sidebar(online: Stage) -> None:
    async with online.show() as (app, pilot):
        main = main_of(app)
        main.sidebar.list.focus()
        main.sidebar.point_at_channel("c1")
        await pilot.press("f")
        await shows(app, "Town Square is a favourite now.")
        online.desk.api.answers["fetch_categories"] = online.desk.store.categories.of("t1")
        main.sidebar.point_at_channel("c1")
        await pilot.press("m")
        await shows(app, "Move Town Square to")
        await choose(app, pilot, "Workshop")
        await shows(app, "Town Square is in Workshop now.")
        found = online.client.categories.of_channel("c1")
        assert found is not None
        assert found.id == "own"


async def test_a_category_is_made_renamed_shifted_and_removed(online: Stage) -> None:
    held = online.desk.store.categories.of("t1")
    async with online.show() as (app, pilot):
        main = main_of(app)
        main.sidebar.list.focus()
        main.sidebar.point_at_channel("c2")
        await pilot.press("K")
        await until(lambda: online.desk.api.calls("put_category_order"))
        assert online.desk.api.calls("put_category_order") == [("t1", ["own", "fav", "chan", "dm"])]
        main.sidebar.point_at_channel("c2")
        await pilot.press("e")
        await shows(app, "Further up")
        await choose(app, pilot, "Name and order")
        await shows(app, "Order of its channels")
        await pilot.press("end", *"s", "ctrl+s")
        await shows(app, "Saved.")
        ((_team, bodies),) = online.desk.api.calls("put_categories")
        assert [body["display_name"] for body in bodies] == ["Workshops"]
        online.desk.api.answers["fetch_categories"] = Categories("t1", held.categories[2:])
        main.sidebar.point_at_channel("c2")
        await pilot.press("e")
        await choose(app, pilot, "Remove the")
        await shows(app, "Its channels go back")
        await pilot.press("enter")
        await shows(app, "Removed.")
        assert online.desk.api.calls("delete_category") == [("t1", "own")]


async def test_the_card_of_an_author_shows_what_is_known_as_safe_lines(online: Stage) -> None:
    status = CustomStatus("house", "at\x1b[31m home")
    told = user("ben", first_name="Ben", last_name="Osterhagen", position="Fitter", custom_status=status)
    online.put(lambda tx: tx.users.put([told]))
    async with online.show(SMALL) as (app, pilot):
        point_at(app, "p2")
        await pilot.press("P")
        picture = await shows(app, "Fitter")
        assert "@ben · online" in picture
        assert "\x1b" not in picture
        await pilot.press("enter")
        await until(lambda: main_of(app).channel_id == "d1")


async def test_writing_to_several_makes_a_group(online: Stage) -> None:
    online.desk.api.answers.update(
        create_group=Channel("g1", "G", "x", "anna, ben, rosa"), fetch_membership=membership("g1")
    )
    async with online.show() as (app, pilot):
        await pilot.press("alt+g")
        await shows(app, "Write to")
        await choose(app, pilot, "ben")
        await shows(app, "Go on with Ben")
        await choose(app, pilot, "rosa")
        await shows(app, "Go on with Ben Osterhagen, Rosa")
        await pilot.press("enter")
        await until(lambda: main_of(app).channel_id == "g1")
        assert online.desk.api.calls("create_group") == [(("ben", "rosa"),)]


async def test_my_presence_with_a_time_and_a_line(online: Stage) -> None:
    async with online.show(SMALL) as (app, pilot):
        await pilot.press("alt+r")
        await shows(app, "do not disturb")
        await choose(app, pilot, "do not")
        await shows(app, "until I say otherwise")
        await choose(app, pilot, "45")
        await shows(app, "You are: do not disturb (until")
        until_then = online.desk.clock.now() + 45 * 60_000
        assert online.desk.api.calls("put_status_until") == [(ME, "dnd", until_then)]
        await pilot.press("alt+r")
        await choose(app, pilot, "My line")
        await shows(app, "Out for lunch")
        await choose(app, pilot, "lunch")
        await shows(app, "Out for lunch (until")
        ((_me, status),) = online.desk.api.calls("put_custom_status")
        assert (status.emoji, status.text) == ("hamburger", "Out for lunch")


async def test_a_line_of_my_own_and_none(online: Stage) -> None:
    async with online.show() as (app, pilot):
        main_of(app).perform("app.custom_status")
        await choose(app, pilot, "Write one")
        await shows(app, "Its name, such as coffee")
        await pilot.press(*"in Wien", "tab", *"train", "ctrl+s")
        await shows(app, "Your line of status is set.")
        assert online.desk.api.calls("put_custom_status") == [(ME, CustomStatus("train", "in Wien"))]
        mine = user(ME, username="anna", custom_status=CustomStatus("train", "in Wien"))
        online.put(lambda tx: tx.users.put([mine]))
        await pilot.press("alt+r")
        await choose(app, pilot, "Take my line")
        await shows(app, "Your line of status is gone.")


async def test_user_groups_where_the_server_has_them(online: Stage) -> None:
    async with online.show() as (app, pilot):
        main_of(app).perform("app.user_groups")
        await shows(app, "This server has no user groups.")
        held = online.desk.store.config.get().values
        online.put(lambda tx: tx.config.put(ServerConfig({**held, "EnableCustomGroups": "true"})))
        online.desk.api.answers.update(
            fetch_groups=[UserGroup("g", "fitters", "Fitters", 2)],
            fetch_group_members=[user("ben"), user("rosa")],
        )
        main_of(app).perform("app.user_groups")
        await shows(app, "@fitters")
        await pilot.press("enter")
        await shows(app, "@rosa")


async def test_a_team_is_joined_by_its_link(online: Stage) -> None:
    code = "abcdefghij" * 2 + "abcdef"
    teams = [*online.client.teams.all(), Team("t3", "sued", "Süd")]
    online.desk.api.answers.update(join_team_by_invite="t3", fetch_teams=teams)
    async with online.show() as (app, pilot):
        main_of(app).perform("app.join_team")
        await shows(app, "Invite link")
        await pilot.press(*"nonsense", "ctrl+s")
        await shows(app, "This is no invite link.")
        await pilot.press(*["backspace"] * 8, *f"https://x.example/signup_user_complete/?id={code}", "ctrl+s")
        await shows(app, "You are in the team Süd now.")
        assert online.desk.api.calls("join_team_by_invite") == [(code,)]


async def test_the_teams_are_left_and_invited_into(online: Stage) -> None:
    online.desk.api.answers["fetch_team"] = Team("t1", "nord", "Nordlicht GmbH", invite_id="code")
    async with online.show() as (app, pilot):
        main_of(app).perform("app.teams")
        picture = await shows(app, "Join a team by an invite link")
        assert "Werkstatt Wien" in picture
        await choose(app, pilot, "Leave Nord")
        await shows(app, "Leave Nordlicht GmbH and all its channels?")
        await pilot.press("escape")
        assert online.desk.api.calls("leave_team") == []
        main_of(app).perform("app.teams")
        await choose(app, pilot, "Leave Nord")
        await pilot.press("enter")
        await until(lambda: online.desk.api.calls("leave_team") == [("t1", ME)])
        await shows(app, "You have left Nordlicht GmbH.")


async def test_offline_it_is_said_and_nothing_is_lost(stage: Stage) -> None:
    stage.desk.lane.close()
    async with stage.show() as (app, pilot):
        main_of(app).perform("app.create_channel")
        await shows(app, "New channel")
        await pilot.press(*"Plans", "ctrl+s")
        await shows(app, "There is no connection at the moment.")
        assert "Plans" in said(app)


async def test_a_hidden_conversation(online: Stage) -> None:
    online.put(
        lambda tx: tx.channels.put([direct("d3", "bot")]), lambda tx: tx.memberships.put([membership("d3")])
    )
    async with online.show() as (app, _pilot):
        main = main_of(app)
        main.open_channel("d2")
        main.perform("app.hide_channel")
        await shows(app, "Out of the sidebar")
        hidden = Preference("direct_channel_show", "rosa", "false")
        assert hidden in online.desk.store.preferences.all()


async def test_a_public_channel_is_made_private_after_a_question(online: Stage) -> None:
    online.desk.api.answers["make_private"] = channel("c2", name="dev", display_name="Development", type="P")
    async with online.show() as (app, pilot):
        main = main_of(app)
        main.open_channel("c2")
        main.perform("app.make_private")
        await shows(app, "Make Development private?")
        assert online.desk.api.calls("make_private") == []
        await pilot.press("enter")
        await shows(app, "Development is private now.")
        assert online.desk.api.calls("make_private") == [("c2",)]
        main.perform("app.make_private")
        await shows(app, "Development is private already.")


async def test_people_are_invited_by_mail_and_who_got_none_is_said(online: Stage) -> None:
    online.desk.api.answers["invite_by_mail"] = ["b@example.org"]
    async with online.show() as (app, pilot):
        main_of(app).perform("app.invite_by_mail")
        await shows(app, "E-mail addresses")
        await pilot.press(*"no mail", "f2")
        await shows(app, "This is no e-mail address")
        assert online.desk.api.calls("invite_by_mail") == []
        await pilot.press(*["backspace"] * 7, *"a@example.org, b@example.org", "f2")
        await shows(app, "The server sent no mail to: b@example.org.")
        assert online.desk.api.calls("invite_by_mail") == [("t1", ["a@example.org", "b@example.org"])]

from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import ME, queued, user
from tui.client.lookups import Lookups
from tui.core.changes import Change, ChangeKind
from tui.core.models import Preference, ServerConfig, Status
from tui.settings.config import Ui

NOON = 1_800_014_400_000


def test_values_are_fresh_after_each_change(desk: Desk) -> None:
    lookups = desk.client.base.lookups
    assert lookups.name("anna") == "anna"
    assert lookups.max_post_size() == 16383
    assert not lookups.crt()
    desk.put(lambda tx: tx.preferences.put([Preference("display_settings", "name_format", "full_name")]))
    assert lookups.name("anna") == "Anna"
    desk.put(lambda tx: tx.users.put([user("anna", first_name="Anni", update_at=5)]))
    assert lookups.name("anna") == "Anni"
    desk.put(lambda tx: tx.config.put(ServerConfig({"MaxPostSize": "4000", "CollapsedThreads": "always_on"})))
    assert lookups.max_post_size() == 4000
    assert lookups.crt()
    desk.put(lambda tx: tx.statuses.put([Status("anna", "dnd")]))
    assert lookups.statuses(["anna"])["anna"].status == "dnd"
    desk.put(lambda tx: tx.statuses.clear())
    assert lookups.statuses(["anna"]) == {}
    desk.store.write_desk(lambda dtx: dtx.outbox.add(queued("k"))).result(10)
    assert [item.cid for item in lookups.outbox()] == ["k"]


def test_unknown_people_have_no_name(desk: Desk) -> None:
    lookups = desk.client.base.lookups
    assert lookups.name("nobody") == ""
    assert lookups.me() is not None
    assert lookups.users(["nobody", ME]).keys() == {ME}


def test_the_zone_is_the_profiles(desk: Desk) -> None:
    desk.put(lambda tx: tx.users.put([user(timezone="Pacific/Auckland", update_at=9)]))
    assert desk.client.formats().day_of(NOON).isoformat() == "2027-01-16"


def test_days_and_hours_keep_the_zone_of_the_sign_in_when_the_profile_comes(desk: Desk) -> None:
    lookups = Lookups(desk.store, "stranger", Ui(), "Pacific/Auckland")
    assert lookups.day_of(NOON).isoformat() == "2027-01-16"
    desk.put(lambda tx: tx.users.put([user("stranger", timezone="Europe/Vienna")]))
    lookups.hear((Change(ChangeKind.USERS, ids=frozenset({"stranger"})),))
    assert lookups.day_of(NOON).isoformat() == "2027-01-16"
    assert lookups.formats().time(NOON) == "01:00"

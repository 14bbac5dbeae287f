"""Two whole teleteams, two real Syncthings, the demo Mattermost: from strangers to a shared file and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pair_of_machines import Person, a_person, close, walk, withdrawn
from tui.client.pairing import CardState
from tui.core.errors import UserMistake
from tui.core.pairing import CardKind
from tui.demo import company
from tui.demo.server import DemoServer

pytestmark = [pytest.mark.timeout(180), pytest.mark.syncthing]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Person, Person]]:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    server = DemoServer(company=company.small)
    url = server.start()
    people: list[Person] = []
    try:
        people = [a_person(name, name, url, tmp_path) for name in ("anna", "ben")]
        yield people[0], people[1]
    finally:
        for person in people:
            close(person)
        server.stop()


def test_pairing_sharing_arriving_parting(both: tuple[Person, Person]) -> None:
    anna, ben = both
    texts: list[str] = []
    walk(anna, ben, texts.append)
    assert anna.syncthing.device_id in texts[0]
    assert "Pläne 2026" in texts[1]
    here = anna.client.channels.direct(anna.client.people.by_name("ben").id).result(10)  # type: ignore[union-attr]
    withdrawn(anna, ben, here)
    request = ben.sees(here, CardKind.REQUEST, CardState.WITHDRAWN)
    with pytest.raises(UserMistake, match=r"tele\.pairing\.withdrawn"):
        ben.client.pairing.accept(request)

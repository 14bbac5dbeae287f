from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.client import accounts
from tui.client.wording.errors import reason
from tui.core.errors import Insecure, Offline, Refused, SignInRefused, UserMistake
from tui.demo import company
from tui.demo.server import DemoServer
from tui.settings import accounts as files
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import NeedsConsent, Place, TokenKeeper


@dataclass
class Home:
    """One machine, without a keyring."""

    url: str
    server: DemoServer
    paths: Paths
    keeper: TokenKeeper
    config: Config

    def sign_in(self, name: str = "anna", password: str = "anna", **options: object) -> accounts.SignedInAs:
        places = {"paths": self.paths, "config": self.config, "keeper": self.keeper}
        return accounts.sign_in(self.url, name, password, **{"file_allowed": True, **places, **options})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    made = DemoServer(company=company.small)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def home(server: DemoServer, tmp_path: Path) -> Home:
    paths = Paths.resolve(tmp_path)
    return Home(server.url, server, paths, TokenKeeper(paths, ring=lambda: None), Config())


def test_signing_in_keeps_account_and_token(home: Home) -> None:
    signed = home.sign_in()
    assert signed.place is Place.FILE
    assert signed.user.username == "anna"
    assert signed.token not in repr(signed)
    kept = files.load(home.paths).get()
    assert kept == signed.account
    secret = home.keeper.load(signed.account)
    assert secret is not None
    assert secret.token == signed.token


def test_the_same_person_finds_the_same_account(home: Home) -> None:
    first, second = home.sign_in(), home.sign_in()
    assert first.account.id == second.account.id
    assert len(files.load(home.paths).by_id) == 1
    other = home.sign_in("ben", "ben")
    assert other.account.id != first.account.id


def test_a09_somebody_else_is_not_let_into_an_account(home: Home) -> None:
    annas = home.sign_in().account
    with pytest.raises(SignInRefused) as caught:
        home.sign_in("ben", "ben", same_as=annas)
    assert caught.value.id == "tele.signin.other_user"
    assert len(files.load(home.paths).by_id) == 1
    assert home.sign_in(same_as=annas).account == annas


def test_wrong_passwords_are_refused(home: Home) -> None:
    with pytest.raises(SignInRefused) as caught:
        home.sign_in(password="wrong")
    assert caught.value.id.startswith("api.user.login.invalid_credentials")
    assert not accounts.wants_mfa(caught.value)
    assert accounts.wants_mfa(SignInRefused(accounts.MFA_IDS[0]))
    assert files.load(home.paths).get() is None


def test_without_a_keyring_a_file_needs_consent(home: Home) -> None:
    with pytest.raises(NeedsConsent):
        home.sign_in(file_allowed=False)


def test_a_token_signs_in_too(home: Home) -> None:
    token = home.sign_in().token
    places = {"paths": home.paths, "config": home.config, "keeper": home.keeper, "file_allowed": True}
    signed = accounts.sign_in_with_token(home.url, token, **places)  # type: ignore[arg-type]
    assert signed.user.username == "anna"
    with pytest.raises(Exception) as caught:
        accounts.sign_in_with_token(home.url, "x" * 26, **places)  # type: ignore[arg-type]
    assert type(caught.value).__name__ in ("SignedOut", "SignInRefused")


def test_probing_a_server(home: Home) -> None:
    assert accounts.probe(home.url, home.config).text("Version")
    with pytest.raises(UserMistake):
        accounts.probe("not an address", home.config)
    with pytest.raises(Insecure):
        accounts.probe("http://chat.example.org", home.config)
    with pytest.raises(Offline):
        accounts.probe("http://127.0.0.1:9", home.config)


def test_signing_out_ends_the_session_and_can_wipe(home: Home) -> None:
    signed = home.sign_in()
    place = home.paths.store_dir(signed.account.id)
    place.mkdir(parents=True)
    assert accounts.sign_out(signed.account, paths=home.paths, config=home.config, keeper=home.keeper)
    assert home.keeper.load(signed.account) is None
    assert place.exists()
    again = home.sign_in()
    assert accounts.sign_out(
        again.account, paths=home.paths, config=home.config, keeper=home.keeper, wipe=True
    )
    assert not place.exists()
    assert files.load(home.paths).get() is None


def test_signing_out_without_the_server_still_forgets_the_token(home: Home) -> None:
    signed = home.sign_in()
    away = files.Account(signed.account.id, "http://127.0.0.1:9", signed.account.user_id)
    assert not accounts.sign_out(away, paths=home.paths, config=home.config, keeper=home.keeper)
    assert home.keeper.load(signed.account) is None


def test_a_sign_in_that_is_not_kept_leaves_no_session_behind(home: Home) -> None:
    before = home.server.call(lambda: len(home.server.world.sessions))
    with pytest.raises(NeedsConsent):
        home.sign_in(file_allowed=False)
    assert home.server.call(lambda: len(home.server.world.sessions)) == before


def test_an_invite_link_makes_an_account_that_is_in_the_team(home: Home) -> None:
    team = next(iter(home.server.world.teams.values()))
    link = f"{home.url}/signup_user_complete/?id={team.invite_id}"
    made = accounts.sign_up(link, "nele.neu", "nele@example.org", "long enough", config=home.config)
    assert made == home.url
    signed = home.sign_in("nele.neu", "long enough")
    assert signed.user.id in team.members


@pytest.mark.parametrize(
    ("name", "email", "password", "error_id"),
    [
        ("anna", "new@example.org", "long enough", "app.user.save.username_exists.app_error"),
        ("X y", "new@example.org", "long enough", "model.user.is_valid.username.app_error"),
        ("new.one", "nowhere", "long enough", "model.user.is_valid.email.app_error"),
        ("new.one", "new@example.org", "x", "api.user.check_user_password.invalid.app_error"),
    ],
)
def test_what_the_server_wants_of_a_new_account(
    home: Home, name: str, email: str, password: str, error_id: str
) -> None:
    team = next(iter(home.server.world.teams.values()))
    link = f"{home.url}/signup_user_complete/?id={team.invite_id}"
    with pytest.raises(Refused) as refused:
        accounts.sign_up(link, name, email, password, config=home.config)
    assert refused.value.id == error_id
    assert reason(error_id) not in ("", "The server does not allow that.")


def test_an_invite_link_that_is_none_or_no_longer_valid(home: Home) -> None:
    with pytest.raises(UserMistake):
        accounts.sign_up(home.url, "new.one", "new@example.org", "long enough", config=home.config)
    stale = f"{home.url}/signup_user_complete/?id={'a' * 26}"
    with pytest.raises(Refused) as refused:
        accounts.sign_up(stale, "new.one", "new@example.org", "long enough", config=home.config)
    assert "invite link" in reason(refused.value.id)

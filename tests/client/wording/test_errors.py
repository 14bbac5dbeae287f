from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.hostile import HOSTILE
from tui.client.wording.error_texts import BY_ID, BY_PREFIX
from tui.client.wording.errors import reason, sentence
from tui.core import errors
from tui.core.errors import (
    ConfigTrouble,
    FoldersTrouble,
    Offline,
    Refused,
    TeleteamError,
    Throttled,
    UserMistake,
)

TUI = Path(__file__).parents[3] / "tui"
RAISED_BY_US = re.compile(
    r'"(tele\.(?:offline|answer|insecure|store|input|signin|outbox|engine|lane|refused|config)\.[a-z_]+)"'
)
INSIDE = {"tele.config.syntax", "tele.config.unknown_key", "tele.config.value", "tele.config.unsafe"}
INSIDE |= {"tele.config.command", "tele.config.proxy"}


def ids_in_code() -> set[str]:
    found: set[str] = set()
    for room in ("core", "net", "store", "sync", "client", "settings"):
        for path in (TUI / room).rglob("*.py"):
            if "wording" not in path.parts:
                found |= set(RAISED_BY_US.findall(path.read_text()))
    return found


def test_every_id_of_ours_has_its_sentence() -> None:
    known = set(BY_ID) | INSIDE
    missing = {ident for ident in ids_in_code() - known if not any(ident.startswith(p) for p, _ in BY_PREFIX)}
    assert missing == set()


@pytest.mark.parametrize(
    "ident",
    [
        "api.user.login.invalid_credentials_email_username",
        "api.user.login.invalid_credentials_sso",
        "api.user.login.blank_pwd.app_error",
        "api.user.login.inactive.app_error",
        "api.user.login.not_verified.app_error",
        "api.user.check_user_login_attempts.too_many.app_error",
        "api.user.login.bot_login_forbidden.app_error",
        "mfa.validate_token.authenticate.app_error",
        "api.user.check_user_mfa.bad_code.app_error",
        "api.context.mfa_required.app_error",
        "api.context.session_expired.app_error",
        "api.context.token_provided.app_error",
        "api.context.permissions.app_error",
        "api.post.create_post.root_id.app_error",
        "api.post.create_post.can_not_post_to_deleted.error",
        "model.post.is_valid.msg.app_error",
    ],
)
def test_ids_of_the_server_become_sentences_without_the_id(ident: str) -> None:
    text = reason(ident)
    assert ident not in text
    assert text.endswith((".", "?"))


def test_placeholders_of_the_table_can_be_filled() -> None:
    for text in (*BY_ID.values(), *(text for _, text in BY_PREFIX)):
        assert set(re.findall(r"\{(\w+)\}", text.msgid)) <= {"detail", "length", "limit"}


def test_numbers_are_named() -> None:
    assert "16384 of 16383" in sentence(UserMistake("tele.input.too_long", "16384/16383"))
    assert "3 seconds" in sentence(Throttled(2.6))
    assert "1 second:" not in sentence(Throttled(0.1))


def test_every_class_has_a_sentence_even_with_an_unknown_id() -> None:
    leaves = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TeleteamError)
    ]
    for kind in leaves:
        if kind in (Offline, FoldersTrouble):
            made: TeleteamError = kind("strange")
        elif kind is Throttled:
            made = Throttled(5)
        else:
            made = kind("strange.id")
        assert len(sentence(made)) > 10


def test_unknown_ids_are_named_in_brackets() -> None:
    assert sentence(Refused("api.odd.thing")) == "The server does not allow that. (api.odd.thing)"
    assert reason("api.odd.thing") == "That did not work (api.odd.thing)."
    assert reason("") == "That did not work."
    assert sentence(ValueError("secret text")) == "Something went wrong (ValueError)."


def test_mistakes_in_the_settings_name_their_place() -> None:
    unknown = ConfigTrouble(
        "tele.config.unknown_key", file="/c.toml", line=4, key="ui.thme", nearest="ui.theme"
    )
    assert sentence(unknown) == "/c.toml, line 4: there is no setting “ui.thme”. Did you mean “ui.theme”?"
    unsafe = ConfigTrouble("tele.config.unsafe", file="/c.toml", problem="writable")
    assert "chmod go-w" in sentence(unsafe)
    assert "line 7" in sentence(ConfigTrouble("tele.config.odd", file="/c", line=7))


@pytest.mark.parametrize("text", HOSTILE)
def test_f49_hostile_details_come_out_harmless(text: str) -> None:
    for made in (
        reason("tele.input.no_such_channel", text),
        reason(text, text),
        sentence(Refused(text, text)),
        sentence(ConfigTrouble("tele.config.value", file=text, key=text, problem=text, nearest=text)),
    ):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", made)


def test_recorded_refusals_of_sign_in_are_known() -> None:
    place = Path(__file__).parents[2] / "core" / "recordings" / "04-login-bad-password.json"
    for step in json.loads(place.read_text())["steps"]:
        ident = step["body"].get("id", "")
        assert ident not in reason(ident) or ident == "api.context.404.app_error"

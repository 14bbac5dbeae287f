"""Signing in and out, sessions, personal access tokens.

Invariant: the session token is in the `Token` header; cookies only for X-Requested-With; a personal access
token survives logout. Source: recordings 03–10.
"""

from __future__ import annotations

import msgspec

from tui.demo import refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import AccessToken, Session, User
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, ok

DAY = 86_400_000
MAX_TRIES = 10
NO_COOKIE = "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly"


def login(call: Call) -> Response:
    body = _login_body(call)
    user = _who(call, body.get("login_id", ""))
    if not body.get("password"):
        raise Refusal(400, "api.user.login.blank_pwd.app_error", "Password field must not be blank")
    if user is None:
        raise _invalid()
    _check(user, body)
    user.failed_logins = 0
    session = new_session(call, user)
    response = answer(shapes.user(user, own=True))
    response.headers["Token"] = session.token
    if call.request.header("x-requested-with") == "XMLHttpRequest":
        response.cookies = (
            f"MMAUTHTOKEN={session.token}; Path=/; Max-Age=15552000; HttpOnly",
            f"MMUSERID={user.id}; Path=/; Max-Age=15552000",
            f"MMCSRF={session.csrf}; Path=/; Max-Age=15552000",
        )
    return response


def _login_body(call: Call) -> dict[str, str]:
    """The fields as texts; rubbish is an empty form, as on the real server."""
    try:
        body = msgspec.json.decode(call.request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
    if not isinstance(body, dict):
        return {}
    return {key: value for key, value in body.items() if isinstance(value, str)}


def _who(call: Call, login_id: str) -> User | None:
    wanted = login_id.lower()
    for user in call.world.users.values():
        if wanted and wanted in (user.username.lower(), user.email.lower()):
            return user
    return None


def _check(user: User, body: dict[str, str]) -> None:
    if user.is_bot:
        raise Refusal(401, "api.user.login.bot_login_forbidden.app_error", "Bot login is forbidden.")
    if user.failed_logins >= MAX_TRIES:
        raise Refusal(
            401,
            "api.user.check_user_login_attempts.too_many.app_error",
            "Your account is locked because of too many failed password attempts. "
            "Please reset your password.",
        )
    if body["password"] != user.password:
        user.failed_logins += 1
        raise _invalid()
    if user.delete_at:
        raise Refusal(
            401,
            "api.user.login.inactive.app_error",
            "Login failed because your account has been deactivated. Please contact an administrator.",
        )
    _check_code(user, body.get("token", ""))


def _check_code(user: User, code: str) -> None:
    if user.mfa_code and not code:
        raise Refusal(401, "mfa.validate_token.authenticate.app_error", "Invalid MFA token.")
    if user.mfa_code and code != user.mfa_code:
        user.failed_logins += 1
        raise Refusal(401, "api.user.check_user_mfa.bad_code.app_error", "Invalid MFA token.")


def _invalid() -> Refusal:
    return Refusal(
        401,
        "api.user.login.invalid_credentials_email_username",
        "Enter a valid email or username and/or password.",
    )


def new_session(call: Call, user: User) -> Session:
    world = call.world
    now = world.now()
    session = Session(
        world.new_id(), world.new_id(), user.id, now, now + 180 * DAY, world.new_id(), user.roles
    )
    world.sessions[session.token] = session
    return session


def mfa_required(call: Call) -> Response:
    user = _who(call, _login_body(call).get("login_id", ""))
    return answer({"mfa_required": bool(user and user.mfa_code)})


def logout(call: Call) -> Response:
    """200 even without a session; the websocket stays open."""
    if call.session is not None and not call.session.access_token_id:
        call.world.sessions.pop(call.session.token, None)
    response = ok()
    response.cookies = (NO_COOKIE,)
    return response


def list_sessions(call: Call) -> Response:
    user = call.own_user()
    rows = [row for row in call.world.sessions.values() if row.user_id == user.id]
    rows.sort(key=lambda row: row.create_at, reverse=True)
    return answer([shapes.session(row) for row in rows])


def revoke(call: Call) -> Response:
    call.own_user()
    wanted = call.object("session_id").get("session_id")
    for token, row in list(call.world.sessions.items()):
        if row.id == wanted:
            del call.world.sessions[token]
            return ok()
    raise refusals.bad_body("session_id")


def create_token(call: Call) -> Response:
    user = call.own_user()
    if "system_user_access_token" not in user.roles.split() and not user.is_admin:
        raise refusals.forbidden()
    world = call.world
    text = str(call.object("description").get("description") or "")
    row = AccessToken(world.new_id(), world.new_id(), user.id, text)
    world.access_tokens[row.id] = row
    _activate(call, row)
    return answer({**_token_shape(row), "token": row.token})


def _token_shape(row: AccessToken) -> dict[str, object]:
    return {"id": row.id, "user_id": row.user_id, "description": row.description, "is_active": row.is_active}


def _activate(call: Call, row: AccessToken) -> None:
    now = call.world.now()
    user = call.world.users[row.user_id]
    call.world.sessions[row.token] = Session(
        call.world.new_id(), row.token, user.id, now, now + 36_500 * DAY, "", user.roles, row.id
    )


def list_tokens(call: Call) -> Response:
    user = call.own_user()
    return answer([_token_shape(r) for r in call.world.access_tokens.values() if r.user_id == user.id])


def _named(call: Call) -> AccessToken:
    row = call.world.access_tokens.get(str(call.object("token_id").get("token_id")))
    if row is None or (row.user_id != call.me.id and not call.me.is_admin):
        raise refusals.forbidden()
    return row


def disable_token(call: Call) -> Response:
    row = _named(call)
    row.is_active = False
    call.world.sessions.pop(row.token, None)
    return ok()


def enable_token(call: Call) -> Response:
    row = _named(call)
    row.is_active = True
    _activate(call, row)
    return ok()


def revoke_token(call: Call) -> Response:
    row = _named(call)
    del call.world.access_tokens[row.id]
    call.world.sessions.pop(row.token, None)
    return ok()


ROUTES = (
    Route("POST", "/users/login", login, open=True),
    Route("POST", "/users/mfa", mfa_required, open=True),
    Route("POST", "/users/logout", logout, open=True),
    Route("GET", "/users/{user_id}/sessions", list_sessions),
    Route("POST", "/users/{user_id}/sessions/revoke", revoke),
    Route("POST", "/users/{user_id}/tokens", create_token),
    Route("GET", "/users/{user_id}/tokens", list_tokens),
    Route("POST", "/users/tokens/disable", disable_token),
    Route("POST", "/users/tokens/enable", enable_token),
    Route("POST", "/users/tokens/revoke", revoke_token),
)

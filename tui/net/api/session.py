"""Signing in and out, one's own account and the server's settings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tui.core import fields, wire
from tui.core.errors import SignedOut
from tui.core.models import ServerConfig, User
from tui.core.ports import SignedIn, Tagged
from tui.net.answers import Answer
from tui.net.api.base import Endpoints, whole


class Session(Endpoints):
    largest_upload = 0
    """`MaxFileSize` of the config that was fetched last, 0 = not known yet."""

    def set_token(self, token: str) -> None:
        """The session or personal access token of all later requests; "" = none."""
        self.http.token = token

    async def login(self, login_id: str, password: str, mfa_code: str = "") -> SignedIn:
        """`POST /users/login`; later requests use the token at once. Raises SignInRefused."""
        body = {"login_id": login_id, "password": password, "token": mfa_code, "device_id": ""}
        answer: Answer = await self.driver.users.login_user(body)
        user = wire.user(answer.value)
        self.http.token = whole(answer.token, answer.token, user.id)
        return SignedIn(user, answer.token)

    async def sign_up(self, username: str, email: str, password: str, invitation: Mapping[str, str]) -> None:
        """`POST /users?iid=…` (a team's link) or `?t=…` (one sent by mail): a new account, in the team that
        invites. Raises Refused.
        """
        body = {"username": username, "email": email, "password": password}
        await self.ask("POST", "/users", params=invitation, body=body)

    async def logout(self) -> None:
        """Ends the session on the server and forgets the token. A personal access token stays valid there."""
        try:
            await self.driver.users.logout_user()
        except SignedOut:
            pass
        finally:
            self.http.token = ""

    async def fetch_me(self, etag: str = "") -> Tagged[User]:
        return await self.tagged("/users/me", wire.user, etag)

    async def fetch_config(self) -> ServerConfig:
        """`GET /config/client`; before sign-in a small part of it. `IsLicensed` comes from X-Version-Id."""
        answer: Answer = await self.driver.system.get_client_configuration({"format": "old"})
        licensed = "true" if answer.version.endswith(".true") else "false"
        values = {"IsLicensed": licensed, **wire.config(answer.value).values}
        config = ServerConfig(MappingProxyType(values))
        self.largest_upload = config.number("MaxFileSize")
        return config

    async def fetch_ping(self) -> None:
        """`GET /system/ping`: the cheapest proof that a Mattermost is there."""
        fields.obj(await self.get("/system/ping"))

"""Ping, client configuration, licence, plugins.

Invariant: before sign-in the configuration is the reduced set; without format=old it is 501.
Source: recordings 01, 02.
"""

from __future__ import annotations

from tui.demo import config_values
from tui.demo.http1 import Response
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer


def ping(_: Call) -> Response:
    keys = ("AndroidLatestVersion", "AndroidMinVersion", "DesktopLatestVersion", "DesktopMinVersion")
    more = ("IosLatestVersion", "IosMinVersion")
    return answer({**dict.fromkeys((*keys, *more), ""), "status": "OK"})


def config(call: Call) -> Response:
    if call.request.query.get("format") != "old":
        raise Refusal(
            501,
            "api.config.client.old_format.app_error",
            "New format for the client configuration is not supported yet. "
            "Please specify format=old in the query string.",
        )
    if call.session is not None:
        return answer(call.world.config)
    public = config_values.public_keys()
    return answer({key: value for key, value in call.world.config.items() if key in public})


def licence(_: Call) -> Response:
    return answer({"IsLicensed": "false"})


def webapp_plugins(call: Call) -> Response:
    return answer(call.world.plugins)


ROUTES = (
    Route("GET", "/system/ping", ping, open=True),
    Route("GET", "/config/client", config, open=True),
    Route("GET", "/license/client", licence, open=True),
    Route("GET", "/plugins/webapp", webapp_plugins, open=True),
)

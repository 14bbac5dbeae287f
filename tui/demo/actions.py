"""What a client may ask over its websocket, and the replies.

Invariant: replies carry `seq_reply` (but for a bad seq) and are not numbered; a second challenge is met
with silence. Source: recordings 09, 15, 16, 51.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo.records import Wire

if TYPE_CHECKING:
    from tui.demo.hub import Connection, Hub


def act(hub: Hub, connection: Connection, message: Wire) -> Wire | None:
    """The reply to one message, None = none."""
    seq, action = message.get("seq"), message.get("action")
    if not isinstance(seq, int) or seq <= 0:
        return failure(
            None, "api.web_socket_router.bad_seq.app_error", "Invalid sequence for WebSocket message."
        )
    if not action:
        return failure(seq, "api.web_socket_router.no_action.app_error", "No websocket action.")
    if action == "authentication_challenge":
        return None
    if connection.token not in hub.world.sessions:
        text = f"Invalid session token={connection.token}, err="
        return failure(seq, "api.context.invalid_token.error", text, 401)
    data = message.get("data")
    return _known(hub, connection, seq, str(action), data if isinstance(data, dict) else {})


def _known(hub: Hub, connection: Connection, seq: int, action: str, data: Wire) -> Wire | None:
    if action == "ping":
        return None if hub.faults.mute_pings else success(seq, _pong(hub))
    if action == "user_typing":
        return _typing(hub, connection, seq, data)
    if action == "user_update_active_status":
        return None if hub.faults.mute_pings else success(seq)
    if action == "get_statuses":
        rows = {i: row.status for i, row in hub.world.statuses.items() if row.status != "offline"}
        return success(seq, rows)
    if action == "get_statuses_by_ids":
        return _statuses(hub, seq, data)
    return failure(seq, "api.web_socket_router.bad_action.app_error", "Unknown WebSocket action.", 500)


def _pong(hub: Hub) -> Wire:
    return {"node_id": "", "server_time": hub.world.now(), "text": "pong", "version": "5.37.0"}


def _typing(hub: Hub, connection: Connection, seq: int, data: Wire) -> Wire:
    channel_id = str(data.get("channel_id") or "")
    if hub.world.member(channel_id, connection.user_id) is None:
        return _bad_param(seq, "channel_id")
    hub.typing(connection.user_id, channel_id, str(data.get("parent_id") or ""))
    return success(seq)


def _statuses(hub: Hub, seq: int, data: Wire) -> Wire:
    ids = data.get("user_ids")
    if not isinstance(ids, list):
        return _bad_param(seq, "user_ids")
    known = hub.world.statuses
    return success(seq, {str(i): known[i].status if i in known else "offline" for i in ids})


def _bad_param(seq: int, name: str) -> Wire:
    return failure(seq, "api.websocket_handler.invalid_param.app_error", f"Invalid {name} parameter.")


def success(seq: int, data: Wire | None = None) -> Wire:
    out: Wire = {"status": "OK", "seq_reply": seq}
    if data is not None:
        out["data"] = data
    return out


def failure(seq: int | None, error_id: str, message: str, status: int = 400) -> Wire:
    out: Wire = {"status": "FAIL"}
    if seq is not None:
        out["seq_reply"] = seq
    out["error"] = {"id": error_id, "message": message, "detailed_error": "", "status_code": status}
    return out

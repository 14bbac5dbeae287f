"""How the demo says no: Mattermost's error ids with their English sentences.

Invariant: id, message and status are those of Mattermost 5.37; clients decide on the id.
"""

from __future__ import annotations


class Refusal(Exception):
    """Answered as the JSON error body of the API."""

    def __init__(self, status: int, error_id: str, message: str, detail: str = "") -> None:
        super().__init__(error_id)
        self.status = status
        self.error_id = error_id
        self.message = message
        self.detail = detail


def forbidden() -> Refusal:
    """No permission (or no such object: the server does not tell)."""
    return Refusal(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")


def signed_out() -> Refusal:
    return Refusal(
        401, "api.context.session_expired.app_error", "Invalid or expired session, please login again."
    )


def bad_body(name: str) -> Refusal:
    return Refusal(
        400,
        "api.context.invalid_body_param.app_error",
        f"Invalid or missing {name} in request body.",
    )


def bad_url(name: str) -> Refusal:
    return Refusal(
        400,
        "api.context.invalid_url_param.app_error",
        f"Invalid or missing {name} parameter in request URL.",
    )


def bad_param(name: str) -> Refusal:
    return Refusal(400, "api.context.invalid_param.app_error", f"Invalid {name} parameter.")


def no_post() -> Refusal:
    return Refusal(404, "app.post.get.app_error", "Unable to get the post.")


def no_page(path: str) -> Refusal:
    """Unknown route or method: 404 as text/plain, without a request id."""
    return Refusal(
        404,
        "api.context.404.app_error",
        "Sorry, we could not find the page.",
        f"There doesn't appear to be an api call for the url='{path}'.  "
        "Typo? are you missing a team_id or user_id as part of the url?",
    )

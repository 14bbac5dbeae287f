"""Records → the JSON objects of Mattermost 5.37, key for key and in its order.

Invariant: every key that the real server sends is sent, and none besides (`tests/contracts` compares them
with recordings). Source: contract recordings 03, 12, 26, 28, 45, 50, 52, 53.
"""

from __future__ import annotations

import base64

from tui.demo.records import (
    Category,
    Channel,
    Emoji,
    File,
    Member,
    Reaction,
    Session,
    Status,
    Team,
    User,
    Wire,
)

NO_PARTICIPANT: Wire = {
    "delete_at": 0,
    "username": "",
    "auth_service": "",
    "email": "",
    "nickname": "",
    "first_name": "",
    "last_name": "",
    "position": "",
    "roles": "",
    "locale": "",
    "timezone": None,
    "disable_welcome_email": False,
}


def user(row: User, *, own: bool) -> Wire:
    """A user object; `own` = as the person sees themself (with notify_props)."""
    out: Wire = {
        "id": row.id,
        "create_at": row.create_at,
        "update_at": row.update_at,
        "delete_at": row.delete_at,
        "username": row.username,
        "auth_data": "",
        "auth_service": "",
        "email": row.email,
        "nickname": row.nickname,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "position": row.position,
        "roles": row.roles,
    }
    if row.props:
        out["props"] = dict(row.props)
    if own:
        out["notify_props"] = dict(row.notify_props)
        out["last_password_update"] = row.create_at
    out |= {"locale": row.locale, "timezone": dict(row.timezone)}
    if row.is_bot:
        out |= {"is_bot": True, "bot_description": row.bot_description}
    out["disable_welcome_email"] = False
    return out


def participant(row: User, *, extended: bool) -> Wire:
    """Somebody in a list of threads: only the id unless `extended`."""
    return user(row, own=False) if extended else {"id": row.id, "auth_data": "", **NO_PARTICIPANT}


def bare_participant(row: User) -> Wire:
    """Somebody in a collapsed thread of a page of posts."""
    return {"id": row.id, **NO_PARTICIPANT}


def status(user_id: str, row: Status) -> Wire:
    return {
        "user_id": user_id,
        "status": row.status,
        "manual": row.manual,
        "last_activity_at": row.last_activity_at,
        "dnd_end_time": 0,
    }


def team(row: Team, *, sanitized: bool = False) -> Wire:
    return {
        "id": row.id,
        "create_at": row.create_at,
        "update_at": row.update_at,
        "delete_at": row.delete_at,
        "display_name": row.display_name,
        "name": row.name,
        "description": row.description,
        "email": "",
        "type": row.type,
        "company_name": "",
        "allowed_domains": "",
        "invite_id": "" if sanitized else row.invite_id,
        "allow_open_invite": row.type == "O",
        "scheme_id": None,
        "group_constrained": None,
        "policy_id": None,
    }


def team_member(row: Team, user_id: str) -> Wire:
    admin = row.members[user_id]
    return {
        "team_id": row.id,
        "user_id": user_id,
        "roles": "team_user team_admin" if admin else "team_user",
        "delete_at": 0,
        "scheme_guest": False,
        "scheme_user": True,
        "scheme_admin": admin,
        "explicit_roles": "",
    }


def channel(row: Channel) -> Wire:
    return {
        "id": row.id,
        "create_at": row.create_at,
        "update_at": row.update_at,
        "delete_at": row.delete_at,
        "team_id": row.team_id,
        "type": row.type,
        "display_name": row.display_name,
        "name": row.name,
        "header": row.header,
        "purpose": row.purpose,
        "last_post_at": row.last_post_at,
        "total_msg_count": row.total_msg_count,
        "extra_update_at": 0,
        "creator_id": row.creator_id,
        "scheme_id": None,
        "props": None,
        "group_constrained": None,
        "shared": False if row.type == "D" else None,
        "total_msg_count_root": row.total_msg_count_root,
        "policy_id": None,
    }


def member(row: Member) -> Wire:
    return {
        "channel_id": row.channel_id,
        "user_id": row.user_id,
        "roles": "channel_user channel_admin" if row.admin else "channel_user",
        "last_viewed_at": row.last_viewed_at,
        "msg_count": row.msg_count,
        "mention_count": row.mention_count,
        "mention_count_root": row.mention_count_root,
        "msg_count_root": row.msg_count_root,
        "notify_props": dict(row.notify_props),
        "last_update_at": row.last_update_at,
        "scheme_guest": False,
        "scheme_user": True,
        "scheme_admin": row.admin,
        "explicit_roles": "",
    }


def reaction(row: Reaction) -> Wire:
    return {
        "user_id": row.user_id,
        "post_id": row.post_id,
        "emoji_name": row.emoji_name,
        "create_at": row.create_at,
        "update_at": row.update_at,
        "delete_at": 0,
        "remote_id": "",
    }


def file_info(row: File) -> Wire:
    out: Wire = {"id": row.id, "user_id": row.user_id}
    if row.post_id:
        out["post_id"] = row.post_id
    extension = row.name.rsplit(".", 1)[-1].lower() if "." in row.name else ""
    out |= {
        "channel_id": "",
        "create_at": row.create_at,
        "update_at": row.create_at,
        "delete_at": 0,
        "name": row.name,
        "extension": extension,
        "size": len(row.data),
        "mime_type": row.mime_type,
    }
    if row.is_image:
        out |= {"width": row.width, "height": row.height, "has_preview_image": True}
    out["mini_preview"] = base64.b64encode(row.preview).decode() if row.preview else None
    out["remote_id"] = ""
    return out


def emoji(row: Emoji) -> Wire:
    return {
        "id": row.id,
        "create_at": row.create_at,
        "update_at": row.create_at,
        "delete_at": 0,
        "creator_id": row.creator_id,
        "name": row.name,
    }


def category(row: Category) -> Wire:
    return {
        "id": row.id,
        "user_id": row.user_id,
        "team_id": row.team_id,
        "sorting": row.sorting,
        "type": row.type,
        "display_name": row.display_name,
        "muted": row.muted,
        "collapsed": row.collapsed,
        "channel_ids": list(row.channel_ids),
    }


def session(row: Session) -> Wire:
    """A session as `GET /users/me/sessions` lists it: without its token."""
    if row.access_token_id:
        props = {"is_guest": "false", "type": "UserAccessToken", "user_access_token_id": row.access_token_id}
    else:
        props = {
            "browser": "Unknown/0.0",
            "csrf": row.csrf,
            "isMobile": "false",
            "isOAuthUser": "false",
            "isSaml": "false",
            "is_guest": "false",
            "os": "",
            "platform": "Windows",
        }
    return {
        "id": row.id,
        "token": "",
        "create_at": row.create_at,
        "expires_at": row.expires_at,
        "last_activity_at": row.create_at,
        "user_id": row.user_id,
        "device_id": "",
        "roles": row.roles,
        "is_oauth": False,
        "expired_notify": False,
        "props": props,
        "team_members": [],
        "local": False,
    }


def command(trigger: str, hint: str, text: str) -> Wire:
    """A slash command as autocomplete lists it."""
    return {
        "id": "",
        "token": "",
        "create_at": 0,
        "update_at": 0,
        "delete_at": 0,
        "creator_id": "",
        "team_id": "",
        "trigger": trigger,
        "method": "",
        "username": "",
        "icon_url": "",
        "auto_complete": True,
        "auto_complete_desc": text,
        "auto_complete_hint": hint,
        "display_name": trigger,
        "description": "",
        "url": "",
        "plugin_id": "",
    }

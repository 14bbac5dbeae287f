"""The table of error ids: the server's own (mattermost-facts §2, §5, §14) and ours (`core.errors`).

Invariant: texts may name {detail}, {length} and {limit} only.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.client.wording.pairing import PLACES
from tui.client.wording.pairing_errors import PAIRING
from tui.settings.i18n import N_, Later

_OTHER_METHOD = N_("This account signs in elsewhere (company login). Sign in with an access token instead.")
_ADDRESS = N_("The address needs at least two small letters, digits or dashes.")
_NO_INVITE = N_("This invite link is no longer valid. Ask for a new one.")
_WEAK_PASSWORD = N_(
    "The password is too weak for this server: longer, with small and capital letters, digits, signs."
)
_WRONG_PASSWORD = N_("Name or password is wrong. Check both and try again.")
_NO_FOLDER = N_("Syncthing was not found here. Install it, or name its config.xml in the settings.")

BY_ID: Mapping[str, Later] = {
    # signing in
    "api.user.login.blank_pwd.app_error": N_("Enter your password."),
    "api.user.login.inactive.app_error": N_("This account is deactivated. Ask whoever runs your server."),
    "api.user.login.not_verified.app_error": N_(
        "Your e-mail address is not confirmed yet. Open the link in the mail that the server sent you."
    ),
    "api.user.check_user_login_attempts.too_many.app_error": N_(
        "Too many wrong tries: the account is locked. Reset your password in the browser or ask for help."
    ),
    "api.user.check_user_login_attempts.too_many_ldap.app_error": N_(
        "Too many wrong tries: the account is locked. Ask whoever runs your server."
    ),
    "api.user.login.bot_login_forbidden.app_error": N_("Bots cannot sign in with a password. Use a token."),
    "api.user.login.use_auth_service.app_error": _OTHER_METHOD,
    "api.user.login_ldap.not_available.app_error": N_("Company sign-in (LDAP) is not set up on this server."),
    "api.user.login.guest_accounts.disabled.error": N_("Guests cannot sign in on this server at the moment."),
    "api.user.login.guest_accounts.license.error": N_("Guests cannot sign in on this server."),
    "api.user.login.client_side_cert.license.app_error": _OTHER_METHOD,
    "mfa.validate_token.authenticate.app_error": N_(
        "Enter the six digits that your authenticator app shows."
    ),
    "api.user.check_user_mfa.bad_code.app_error": N_("That code was wrong or too old. Enter the newest one."),
    "api.context.mfa_required.app_error": N_(
        "This server demands a second factor. Set it up once in the browser, then sign in here again."
    ),
    "api.context.session_expired.app_error": N_(
        "Your session has ended. Sign in again to go on; what you wrote is kept."
    ),
    "api.context.token_provided.app_error": N_(
        "This token does not work here. Use an access token or sign in."
    ),
    "tele.signin.other_user": N_(
        "That is another person. Sign in as the same one, so that nothing is mixed up."
    ),
    "tele.signin.no_token": N_("You are not signed in here. Sign in to go on; nothing is lost."),
    "tele.signin.token": N_(
        "The server does not take this token. It may be expired or cut off; copy it again."
    ),
    "tele.signin.consent": N_("There is no keyring here. May the token be kept in a file only you can read?"),
    # making an account
    "app.user.save.username_exists.app_error": N_("Somebody has that user name already. Choose another one."),
    "app.user.save.email_exists.app_error": N_(
        "There is an account with that e-mail address: sign in with it."
    ),
    "api.user.create_user.signup_email_disabled.app_error": N_(
        "This server takes no new accounts by itself. Ask whoever runs it."
    ),
    "api.user.create_user.no_open_server": N_("This server takes new people by invitation only."),
    "api.user.create_user.accepted_domain.app_error": N_(
        "This server takes only certain e-mail addresses. Use the one of your company."
    ),
    "api.user.create_user.signup_link_invalid.app_error": _NO_INVITE,
    "api.user.create_user.signup_link_expired.app_error": _NO_INVITE,
    "model.user.is_valid.username.app_error": N_(
        "A user name begins with a letter and has 3 to 22 small letters, digits, dots, dashes or underscores."
    ),
    "model.user.is_valid.email.app_error": N_("That is no e-mail address."),
    "api.user.check_user_password.invalid.app_error": _WEAK_PASSWORD,
    # rights
    "api.context.permissions.app_error": N_("You are not allowed to do that here."),
    "api.context.404.app_error": N_("This server is too old for that."),
    "api.context.server_busy.app_error": N_("The server is busy. Try again in a moment."),
    "api.context.request_body_too_large.app_error": N_("That is too large for this server."),
    # posts
    "api.post.create_post.can_not_post_to_deleted.error": N_(
        "The channel is archived. Copy the text or send it somewhere else."
    ),
    "api.post.create_post.town_square_read_only": N_("Only administrators may write in this channel."),
    "api.post.create_post.root_id.app_error": N_(
        "The message you reply to is gone. Take the text back and send it without the thread."
    ),
    "api.post.create_post.channel_root_id.app_error": N_("The message you reply to is in another channel."),
    "model.post.is_valid.msg.app_error": N_(
        "The message is too long for this server. Take it back and split it."
    ),
    "model.post.is_valid.message_length.app_error": N_(
        "The message is too long for this server. Take it back and split it."
    ),
    "model.post.is_valid.props.app_error": N_("The message carries too much with it for this server."),
    "model.post.is_valid.file_ids.app_error": N_("Too many files for one message: at most 10."),
    "api.post.update_post.permissions_time_limit.app_error": N_(
        "This message is too old to be edited on this server. Write a new one."
    ),
    "api.post.update_post.permissions_denied.app_error": N_("You cannot edit this message."),
    "api.post.update_post.system_message.app_error": N_("Messages of the system cannot be edited."),
    "api.post.update_post.find.app_error": N_("The message is gone."),
    "app.post.get.app_error": N_("The message is gone."),
    "app.post.save.app_error": N_(
        "The server could not keep this message. Take it back and look at its text."
    ),
    "api.post.deduplicate_create_post.pending": N_("The server is still busy with this message."),
    "api.reaction.save.archived_channel.app_error": N_("The channel is archived: no more reactions."),
    "app.reaction.save.save.too_many_reactions": N_("There are too many kinds of reactions already."),
    # channels and teams
    "api.channel.add_user.to.channel.failed.deleted.app_error": N_("The channel is archived."),
    "api.channel.leave.default.app_error": N_("This channel cannot be left: it belongs to the team."),
    "api.channel.leave.last_member.app_error": N_("You are the last member. Archive the channel instead."),
    "store.sql_channel.save_channel.exists.app_error": N_(
        "There is a channel with that name, maybe archived."
    ),
    "api.channel.delete_channel.cannot.app_error": N_("This channel belongs to the team: it stays."),
    "model.channel.is_valid.2_or_more.app_error": _ADDRESS,
    "model.channel.is_valid.1_or_more.app_error": _ADDRESS,
    "model.channel.is_valid.display_name.app_error": N_("The name needs 1 to 64 characters."),
    "model.channel.is_valid.header.app_error": N_("The header is too long: at most 1024 characters."),
    "model.channel.is_valid.purpose.app_error": N_("The purpose is too long: at most 250 characters."),
    "api.team.add_user_to_team_from_invite.invalid.app_error": _NO_INVITE,
    "app.team.get_by_invite_id.finding.app_error": _NO_INVITE,
    "app.channel.get.existing.app_error": N_("There is no such channel."),
    "app.channel.get_by_name.missing.app_error": N_("There is no such channel."),
    "api.channel.create_direct_channel.invalid_user.app_error": N_("There is no such person."),
    "api.user.view_archived_channels.get_posts_for_channel.app_error": N_(
        "Archived channels cannot be read here."
    ),
    "app.user.missing_account.const": N_("There is no such person."),
    # files
    "api.file.upload_file.too_large_detailed.app_error": N_("The file is too large for this server."),
    "api.file.file_upload.exceeds": N_("The file is too large for this server."),
    "api.file.attachments.disabled.app_error": N_("Files cannot be sent on this server."),
    "tele.refused.too_large": N_(
        "The file is too large for this server. Put it into a shared folder instead."
    ),
    "tele.files.busy": N_("This file is being loaded already."),
    "tele.files.no_text": N_("This is no text. Save the file instead."),
    "api.file.get_file_thumbnail.no_thumbnail.app_error": N_("The server has no small picture of this file."),
    "tele.outbox.paused": N_("Paused. Go on with it in the list of files on their way."),
    "tele.outbox.held": N_("It goes out in a moment; take it back with Ctrl+Z."),
    "tele.outbox.file_gone": N_(
        "A file that belongs to the message is gone. Take the text back and attach it anew."
    ),
    # commands
    "tele.offline.command": N_("Commands need the line: you are offline. The text stays where it is."),
    # meetings
    "tele.offline.meeting": N_("You are offline: a meeting cannot be started now. Nothing was written."),
    "tele.meeting.no_server": N_(
        "Your Mattermost has no Jitsi plugin. Name the Jitsi server of your company in the settings, "
        '[jitsi] base_url = "https://…", or ask whoever runs your Mattermost.'
    ),
    "tele.meeting.bad_server": N_(
        "The Jitsi server in the settings ([jitsi] base_url) must be a plain https:// address."
    ),
    "tele.refused.plugin": N_("The Jitsi plugin of your Mattermost has refused that."),
    "tele.input.unknown_command": N_("There is no command “/{detail}”. Send it as an ordinary message?"),
    # what this server lacks
    "tele.unsupported.groups": N_("This server has no user groups."),
    "tele.unsupported.reminders": N_("This server has no reminders."),
    "tele.unsupported.scheduled": N_("This server cannot send later."),
    "tele.unsupported.edit_history": N_("This server keeps no earlier versions."),
    "api.post.do_action.action_integration.app_error": N_(
        "The integration behind this button does not answer."
    ),
    "api.post.do_action.action_id.app_error": N_("This button is no longer there."),
    # mistakes
    "tele.input.empty": N_("There is nothing to send yet."),
    "tele.input.too_long": N_("The message is too long: {length} of {limit} characters. Split it."),
    "tele.input.too_many_files": N_("Too many files for one message: {length} of {limit}."),
    "tele.input.no_such_channel": N_("There is no channel “{detail}” that you can see."),
    "tele.input.no_such_user": N_("There is nobody called “{detail}”."),
    "tele.input.no_such_team": N_("You are in no team called “{detail}”."),
    "tele.input.no_such_post": N_("This message is not known here."),
    "tele.input.target": N_("Where to? Write team/channel, ~channel, @user or the link to a message."),
    "tele.input.token": N_("That is no access token."),
    "tele.input.url": N_("This address cannot be used. It looks like https://chat.example.org"),
    "tele.input.mail": N_("This is no e-mail address, or one of several is none."),
    "tele.input.invite": N_("This is no invite link."),
    "tele.input.town_square": N_("This channel cannot be left: it belongs to the team."),
    "tele.outbox.busy": N_("It is just being sent. Wait a moment."),
    "tele.outbox.gone": N_("It has been sent already."),
    "tele.outbox.undecided": N_("It cannot be told whether this arrived. Look first, then send it again."),
    "tele.outbox.kind": N_("This teleteam does not know that command. A newer one queued it."),
    "tele.engine.failed": N_("Something unexpected happened. It will be tried again ({detail})."),
    "tele.lane.failed": N_("Something unexpected happened ({detail}). Restart teleteam."),
    # the line
    "tele.offline.dns": N_("The server's name is not known here. Check the address and your network."),
    "tele.offline.refused": N_("The server is not listening at the moment. It will be tried again."),
    "tele.offline.unreachable": N_("There is no way to the server. Check your network."),
    "tele.offline.timeout": N_("The server does not answer. The line may be very slow or down."),
    "tele.offline.reset": N_("The connection broke off. It will be tried again."),
    "tele.offline.proxy": N_("The proxy does not let us through ({detail}). Check its settings."),
    "tele.offline.tls": N_("The encrypted connection could not be made. It will be tried again."),
    "tele.offline.closed": N_("There is no connection at the moment."),
    "tele.throttled": N_("Too many requests: the server wants a pause."),
    "tele.answer.portal": N_(
        "A login page of this network is in the way (hotel, train, café). Open it in a browser first."
    ),
    "tele.answer.json": N_("Something other than Mattermost answered. Check the address."),
    "tele.answer.shape": N_("Something other than Mattermost answered. Check the address."),
    "tele.answer.redirect": N_("The server points to another address. Sign in with that one: {detail}"),
    "tele.answer.large": N_("The answer was too large and was left out."),
    "tele.answer.slow": N_("The answer came too slowly. It will be tried again."),
    "tele.insecure.http": N_(
        "Only https:// is safe: nothing was sent. Ask your operator for the https address."
    ),
    "tele.insecure.certificate": N_(
        "The server's certificate is not valid, so nothing was sent: {detail}. Ask your operator; a "
        "company's own authority can be named in the settings (network.ca_file)."
    ),
    "tele.insecure.foreign_host": N_("The server names a foreign address for its events; it is not used."),
    "tele.insecure.redirect": N_("The server wanted to send us elsewhere, so nothing was sent."),
    # the store
    "tele.store.full": N_("Not saved: the disk is full. Keep this window open and make room."),
    "tele.store.io": N_("Not saved: the disk does not work as it should. Keep this window open."),
    "tele.store.corrupt": N_(
        "The local copy was damaged. It is fetched anew; what waits to be sent is kept."
    ),
    "tele.store.readonly": N_("Nothing can be saved here: the place is read-only."),
    "tele.store.locked": N_("Another teleteam is busy with the store. Try again in a moment."),
    "tele.store.second": N_("teleteam is already open: this window can only read."),
    "tele.store.other_host": N_(
        "teleteam is open on another computer with the same home: this one can only read."
    ),
    "tele.store.newer": N_("The store was made by a newer teleteam. Use that one; this one can only read."),
    "tele.store.owner": N_("The store's files belong to somebody else: {detail}. They are not used."),
    "tele.store.mode": N_("The store's files could be read by others; that has been put right."),
    "tele.store.memory": N_("Nothing can be saved on this disk: all is kept in memory until you quit."),
    "tele.store.network_fs": N_("Your home lies on a network drive: the store is slower, but safe."),
    **PAIRING,
    **{f"tele.sharing.path.{trouble.value}": text for trouble, text in PLACES.items()},
    "tele.folders.no_path": N_("A shared folder needs a directory of its own, with its whole path."),
    "tele.folders.no_device_id": N_("This is no device ID."),
    "tele.folders.conflict_changed": N_("These files have changed meanwhile. Look at them again."),
    "tele.folders.refused": N_("Syncthing says no: {detail}"),
    "tele.store.closed": N_("teleteam is shutting down."),
    "tele.store.broken": N_("The local store gave an unexpected answer. Restart teleteam."),
}

BY_PREFIX: tuple[tuple[str, Later], ...] = (
    ("api.user.login.invalid_credentials", _WRONG_PASSWORD),
    ("ent.ldap.do_login.invalid_password", _WRONG_PASSWORD),
    ("ent.ldap.do_login.", N_("Company sign-in (LDAP) did not work. Ask whoever runs your server.")),
    ("api.user.login.", N_("The server refused the sign-in. Check name and password.")),
    ("mfa.", N_("The second factor did not work. Enter the newest six digits.")),
    ("tele.offline.", N_("The server cannot be reached. What you write is sent later.")),
    ("tele.answer.", N_("Something between you and the server gave a strange answer.")),
    ("tele.insecure.", N_("The connection would not be safe, so nothing was sent.")),
    ("tele.server.", N_("The server has a problem of its own.")),
    ("tele.folders.absent", _NO_FOLDER),
    ("tele.store.cache_", N_("The local copy of the messages was damaged and is fetched anew.")),
    ("tele.store.desk_", N_("Drafts and queue were damaged; what could be saved was saved.")),
    ("tele.store.", N_("The local store cannot be used.")),
    ("api.post.update_post.", N_("This message cannot be edited.")),
    (
        "api.post.create_post.",
        N_("The server does not take this message. Copy the text or send it elsewhere."),
    ),
    ("model.post.is_valid.", N_("The server does not take this message. Take it back and change it.")),
)

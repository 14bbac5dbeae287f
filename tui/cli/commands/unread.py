"""`teleteam unread`: sums for scripts and status bars, or the channels that call."""

from __future__ import annotations

import string

from tui.cli.commands.channels import listed
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.rows import channel_row, target_name
from tui.cli.session import Session, open_session
from tui.settings.i18n import _, ngettext

FIELDS = ("unread", "mentions", "channels")


def run(context: Context) -> int:
    """One line a channel; `--json` the same as objects; `--format` one line of sums."""
    form = context.options.format
    if form and not is_known(form):
        context.output.note(_("--format knows {names}.").format(names=", ".join(f"{{{f}}}" for f in FIELDS)))
        return Exit.USAGE
    with open_session(context) as session:
        print_unread(context, session, form)
        return session.verdict()


def is_known(form: str) -> bool:
    """Plain fields only: no attribute, index, conversion or format of their own."""
    try:
        parts = list(string.Formatter().parse(form))
    except ValueError:
        return False
    return all(
        name is None or (name in FIELDS and not spec and not conv) for _text, name, spec, conv in parts
    )


def print_unread(context: Context, session: Session, form: str) -> None:
    """What calls for attention: muted channels only where somebody names the person."""
    calling = [
        (channel, row)
        for channel in listed(session)
        if (row := channel_row(session.client, channel)) and (row["unread"] or row["mentions"])
        if not session.client.channels.unread(channel.id).muted or row["mentions"]
    ]
    if form:
        sums = {"channels": len(calling)} | {
            f: sum(int(str(row[f])) for _c, row in calling) for f in FIELDS[:2]
        }
        context.output.line(form.format(**sums))
    elif context.options.json:
        for _channel, row in calling:
            context.output.record(row)
    else:
        rows = [(target_name(session.client, c), _counts(row)) for c, row in calling]
        context.output.table(rows, empty=_("Nothing unread."))


def _counts(row: dict[str, object]) -> str:
    unread, mentions = int(str(row["unread"])), int(str(row["mentions"]))
    text = ngettext("{n} unread message", "{n} unread messages", unread).format(n=unread)
    if not mentions:
        return text
    return f"{text}, " + ngettext("{n} mention", "{n} mentions", mentions).format(n=mentions)

"""`teleteam outbox`: what waits to be sent, from the disk alone."""

from __future__ import annotations

from tui.cli.context import Context
from tui.cli.rows import target_name
from tui.cli.session import Session, open_session
from tui.client.wording.states import outbox_kind, outbox_state
from tui.core.models import OutboxItem
from tui.core.safe_text import safe_line, shorten
from tui.settings.i18n import _


def run(context: Context) -> int:
    """One line an item, in the order of sending."""
    with open_session(context, online=False) as session:
        items = session.client.outbox.all()
        if context.options.json:
            for item in items:
                context.output.record(_row(session, item))
        else:
            context.output.table(
                [_line(session, item) for item in items], empty=_("Nothing waits to be sent.")
            )
        return 0


def _place(session: Session, item: OutboxItem) -> str:
    channel = session.client.channels.get(item.target.channel_id)
    return target_name(session.client, channel) if channel else item.target.channel_id


def _line(session: Session, item: OutboxItem) -> tuple[str, str, str, str]:
    text = shorten(safe_line(item.text), 60)
    return _place(session, item), outbox_kind(item), outbox_state(item, online=False), text


def _row(session: Session, item: OutboxItem) -> dict[str, object]:
    return {
        "cid": item.cid,
        "kind": item.kind,
        "state": item.state,
        "reason": item.reason,
        "channel_id": item.target.channel_id,
        "root_id": item.target.root_id,
        "target": _place(session, item),
        "message": item.text,
        "post_id": item.post_id,
        "files": list(item.file_paths),
        "attempts": item.attempts,
        "create_at": item.create_at,
    }

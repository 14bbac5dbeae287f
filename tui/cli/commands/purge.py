"""`teleteam purge`: forgets the messages that are stored here; drafts, queue and account stay."""

from __future__ import annotations

from tui.cli.asking import agree
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.session import open_session
from tui.settings.i18n import _

WIPE_SECONDS = 120.0


def run(context: Context) -> int:
    """Asks, wipes, says so."""
    account = context.account()
    question = _("Forget all messages of {account} stored on this machine?").format(account=account.id)
    if not (context.options.yes or agree(question)):
        context.output.note(_("Nothing was changed. (Without a question: --yes)"))
        return Exit.FAILED
    with open_session(context, online=False) as session:
        session.client.base.store.wipe_cache().result(WIPE_SECONDS)
    context.output.line(_("Done. Drafts and what waits to be sent are still there."))
    return Exit.DONE

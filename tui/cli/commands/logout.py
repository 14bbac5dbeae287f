"""`teleteam logout`: ends the session; with --wipe everything of the account on this machine goes, too."""

from __future__ import annotations

from tui.cli.asking import agree
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.session import open_session
from tui.client.accounts import sign_out
from tui.settings.i18n import _, ngettext


def run(context: Context) -> int:
    """Signs out; asks first where unsent messages would be lost."""
    account = context.account()
    if context.options.wipe and not _may_wipe(context):
        context.output.note(_("Still signed in: nothing was changed."))
        return Exit.FAILED
    ended = sign_out(
        account,
        paths=context.paths,
        config=context.config,
        keeper=context.keeper(),
        wipe=context.options.wipe,
    )
    if not ended:
        context.output.note(_("The server could not be told; the session there ends by itself."))
    context.output.line(_("Signed out."))
    return Exit.DONE


def _may_wipe(context: Context) -> bool:
    """True where nothing waits to be sent, or the person agrees to lose it."""
    with open_session(context, online=False) as session:
        waiting = len(session.client.outbox.all())
    if not waiting:
        return True
    question = ngettext(
        "{n} message has not been sent and would be lost. Wipe all the same?",
        "{n} messages have not been sent and would be lost. Wipe all the same?",
        waiting,
    )
    return agree(question.format(n=waiting))

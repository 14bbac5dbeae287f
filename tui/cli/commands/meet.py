"""`teleteam meet TARGET [TOPIC]`: starts a meeting and prints its link, or opens it.

Invariant: what is printed holds no token; a token is fetched only while a browser is being started. 0 = the
meeting is there (with `--open`: and opened), 3 = offline, nothing was started and nothing is queued.
"""

from __future__ import annotations

from concurrent.futures import Future

from tui.cli.asking import agree, ask, is_interactive
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.session import Session, open_session
from tui.cli.target import find, parse
from tui.client.meeting_start import PATIENCE, Started
from tui.client.meetings import MANY
from tui.client.wording import meetings as words
from tui.core.attachments import Action
from tui.core.meetings import Meeting
from tui.core.models import Post, Target
from tui.core.opening import OpenRequest
from tui.core.safe_text import safe_line
from tui.settings.i18n import _

START_SECONDS = PATIENCE + 20.0


def run(context: Context) -> int:
    """Asks before many are told, starts, waits for the meeting's own message."""
    options = context.options
    wanted = parse(options.target, context.account().url)
    with open_session(context) as session:
        if session.client.read_only:
            # The open teleteam keeps the store in step; we only need a line of our own.
            session.client.start()
        target = find(session, wanted, create=True)
        if not (options.yes or _may(context, session, target)):
            return Exit.FAILED
        started = _started(session, target, session.client.meetings.start(target, options.topic))
        if started.post is None:
            context.output.note(_("The meeting has been started; its message is not here yet."))
            return Exit.FAILED
        return _told(context, session, started.post)


def _may(context: Context, session: Session, target: Target) -> bool:
    """Whether nobody minds how many are told: asks where they are many."""
    if not session.live and not session.client.read_only:
        return True
    count = session.wait(session.client.meetings.audience(target.channel_id))
    if count < MANY or agree(words.many(count)):
        return True
    note = _("{n} people would be told; nothing was started. (Without a question: --yes)")
    context.output.note(note.format(n=count))
    return False


def _started(session: Session, target: Target, asked: Future[Started]) -> Started:
    """What became of it; the plugin's own question is answered here, by its first choice where nobody is."""
    found = session.wait(asked, START_SECONDS)
    if found.question is None or not found.choices:
        return found
    choice = _choose(session, found.choices)
    return session.wait(session.client.meetings.answer(target, found.question, choice), START_SECONDS)


def _choose(session: Session, choices: tuple[Action, ...]) -> Action:
    """As last time without a question where nobody is; else that is what Enter takes."""
    naming = session.client.meetings.naming
    known = naming.remembered(choices) or choices[0]
    if not is_interactive():
        return known
    for number, choice in enumerate(choices, 1):
        session.context.output.note(f"{number}  {safe_line(choice.name, 80)}")
    usual = choices.index(known) + 1
    answer = ask(f"{_('How shall the room be named?')} [{usual}] ")
    number = int(answer) if answer.isascii() and answer.isdigit() else usual
    chosen = choices[number - 1] if 0 < number <= len(choices) else known
    if not session.client.read_only:
        naming.remember(choices, chosen)
    return chosen


def _told(context: Context, session: Session, post: Post) -> int:
    """Prints or opens it. The store may not have the post yet, so the token is asked of the post itself."""
    meetings, options = session.client.meetings, context.options
    meeting = meetings.of(post)
    if meeting is None:
        context.output.note(_("The meeting has been started; its message is not here yet."))
        return Exit.FAILED
    joining = meetings.joining
    plan = joining.plan(meeting, "normal")
    if options.json:
        context.output.record(_row(post, meeting, options.topic))
    elif not options.open:
        context.output.line(meeting.link or session.client.posts.permalink(post.id))
    if plan.secret and not options.open:
        context.output.note(_("This link asks for a login; --open goes in with your personal key."))
    return _open(context, joining.request(plan)) if options.open else Exit.DONE


def _row(post: Post, meeting: Meeting, topic: str) -> dict[str, object]:
    """`--json`; no token in it."""
    return {
        "id": post.id,
        "channel_id": post.channel_id,
        "root_id": post.root_id,
        "create_at": post.create_at,
        "meeting_id": meeting.meeting_id,
        "meeting_link": meeting.link,
        "meeting_topic": meeting.topic or topic,
        "jwt_meeting": meeting.needs_token,
    }


def _open(context: Context, request: OpenRequest) -> int:
    """By the ladder, as `teleteam open` does."""
    from tui.cli.commands.open import Opening
    from tui.terminal.session import detect

    session = detect(context.env, override=context.config.session.kind)
    return Opening(context, session, request).go("")

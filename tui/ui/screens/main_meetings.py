"""Meetings from the main screen: start one here, join one, and be in one.

Invariant: a channel with many members is told of a meeting only after the number was on the screen; joining
always shows where it leads before the ladder (`main_open`) opens anything.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from tui.client.wording import meetings as words
from tui.client.wording.errors import sentence
from tui.core.attachments import Action
from tui.core.errors import TeleteamError, UserMistake
from tui.core.meetings import Meeting
from tui.core.models import Target
from tui.core.safe_text import safe_line
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.messages import Failed
from tui.ui.panels.thread import Thread
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.client.meeting_join import JoinPlan
    from tui.client.meeting_start import Started
    from tui.ui.screens.main_open import Ladder
    from tui.ui.screens.main_show import Showing


class MeetingDesk(Desk):
    def __init__(self, screen: Showing, ladder: Ladder) -> None:
        super().__init__(screen)
        self._ladder = ladder

    # starting
    def here(self) -> None:
        """Join what may be going on here, or start one."""
        meeting = self.client.meetings.current(self.channel_id)
        if meeting is None:
            self._ask_topic(self._meeting_target())
            return
        age = words.age(meeting.started_at, self.screen.shared.now())
        offers = [
            Offer("join", meeting.topic or words.untitled(), age),
            Offer("start", _("Start a new meeting")),
        ]
        dialog = Picker(_("Meeting here"), lambda _text: offers, verb=_("Do it"))
        self.push(dialog, lambda chosen: self._here_chosen(chosen, meeting))

    def _here_chosen(self, chosen: str | None, meeting: Meeting) -> None:
        if chosen == "join":
            self.join_meeting(meeting)
        elif chosen == "start":
            self._ask_topic(self._meeting_target())

    def _meeting_target(self) -> Target:
        """This channel; the thread that is open beside it where the person is in there."""
        thread = self.screen.side.tab_widget("thread") if self.screen.side.current == "thread" else None
        inside = isinstance(thread, Thread) and self.screen.is_inside(self.screen.focused, thread)
        return self.screen.target(thread.root_id if isinstance(thread, Thread) and inside else "")

    def _ask_topic(self, target: Target) -> None:
        from tui.ui.screens.meeting_start import StartMeeting

        client = self.client
        if not target.channel_id:
            return
        if not self._has_line():
            self.tell(sentence(UserMistake("tele.offline.meeting")), alarm=True)
            return
        dialog = StartMeeting(
            client.channels.title(target.channel_id),
            client.meetings.audience(target.channel_id),
            thread=bool(target.root_id),
        )

        def answered(answer: tuple[str, bool] | None) -> None:
            if answer is not None:
                self.meet(target, answer[0], asked=answer[1])

        self.push(dialog, answered)

    def _has_line(self) -> bool:
        return self.client.connection().live

    def meet(self, target: Target, topic: str, *, asked: bool = False) -> bool:
        """Starts a meeting, after a question where many would be told and the person has not seen how many
        (`asked`). False = it cannot be started now, and that was said.
        """
        from tui.client.meetings import MANY

        if not self._has_line():
            self.tell(sentence(UserMistake("tele.offline.meeting")), alarm=True)
            return False

        def counted(done: Future[int]) -> None:
            error = None if done.cancelled() else done.exception()
            if error is not None:
                self.screen.post_message(Failed(error))
            elif done.result() < MANY:
                self._start_meeting(target, topic)
            else:
                dialog = Confirm(_("Start a meeting"), words.many(done.result()), _("Start"))
                self.push(dialog, lambda yes: self._start_meeting(target, topic) if yes else None)

        if asked:
            self._start_meeting(target, topic)
        else:
            audience = self.client.meetings.audience(target.channel_id)
            audience.add_done_callback(lambda done: self.screen.app.call_later(counted, done))
        return True

    def _start_meeting(self, target: Target, topic: str) -> None:
        try:
            started = self.client.meetings.start(target, topic)
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)
            return
        self.tell(_("Starting the meeting …"))
        self._await_meeting(target, started)

    def _await_meeting(self, target: Target, started: Future[Started]) -> None:
        started.add_done_callback(
            lambda done: self.screen.app.call_later(self._meeting_started, target, done)
        )

    def _meeting_started(self, target: Target, done: Future[Started]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self.screen.post_message(Failed(error))
            return
        found = done.result()
        meeting = self.client.meetings.of(found.post) if found.post is not None else None
        if found.question is not None:
            self._choose_name(target, found)
        elif meeting is not None:
            self.join_meeting(meeting, started=True)
        else:
            self.tell(_("The meeting has been started; its message is not here yet."))

    def _choose_name(self, target: Target, found: Started) -> None:
        """The plugin's own question, with its own words; answered as last time, where there was one."""
        known = self.client.meetings.naming.remembered(found.choices)
        if known is not None:
            self.tell(_("The room is named as last time: {how}").format(how=safe_line(known.name, 60)))
            self._answer_name(target, found, known)
            return
        offers = [Offer(choice.id, choice.name) for choice in found.choices]
        dialog = Picker(_("How shall the room be named?"), lambda _text: offers, verb=_("Start"))

        def chosen(key: str | None) -> None:
            choice = next((one for one in found.choices if one.id == key), None)
            if choice is not None:
                self.client.meetings.naming.remember(found.choices, choice)
                self.tell(_("Starting the meeting …"))
                self._answer_name(target, found, choice)

        self.push(dialog, chosen)

    def _answer_name(self, target: Target, found: Started, choice: Action) -> None:
        if found.question is not None:
            self._await_meeting(target, self.client.meetings.answer(target, found.question, choice))

    def ask_name_again(self) -> None:
        """The next meeting asks how its room is to be named."""
        if self.client.meetings.naming.forget():
            self.tell(_("The next meeting asks again how its room is to be named."))
        else:
            self.tell(_("Nothing is remembered: you are asked each time the server wants to know."))

    # joining
    def join(self, row: PostRow) -> None:
        """Asks which where a text leads to several."""
        found = self.client.meetings.all_of(row.post)
        if len(found) == 1:
            self.join_meeting(found[0])
        elif found:
            offers = [Offer(str(n), safe_line(one.meeting_id, 60), one.host) for n, one in enumerate(found)]
            dialog = Picker(_("Join which meeting?"), lambda _text: offers, verb=_("Join"))
            self.push(dialog, lambda key: self.join_meeting(found[int(key)]) if key else None)

    def join_latest(self) -> None:
        """The newest meeting of this channel, however old."""
        meeting = self.client.meetings.latest(self.channel_id)
        if meeting is not None:
            self.join_meeting(meeting)
        else:
            self.tell(_("There is no meeting in this channel."))

    def join_meeting(self, meeting: Meeting, *, started: bool = False) -> None:
        from tui.ui.screens.meeting_join import JoinScreen

        plan = self.client.meetings.joining.plan(meeting)
        dialog = JoinScreen(plan, self.screen.shared, started=started)
        self.push(dialog, lambda way: self._join_chosen(way, plan))

    def _join_chosen(self, way: str | None, plan: JoinPlan) -> None:
        from tui.ui.screens.meeting_join import NEW, TRUST

        meetings, meeting = self.client.meetings, plan.meeting
        if not way:
            return
        if way == NEW:
            self._ask_topic(self._meeting_target())
        elif way == TRUST:
            meetings.trust(meeting.host)
            self.join_meeting(meetings.again(meeting))
        else:
            self._open_meeting(meeting, way)

    def _open_meeting(self, meeting: Meeting, preset: str) -> None:
        """Hands it to the ladder: the token, if there is one, is fetched while a browser is being started.
        I am in a meeting only when its link has really left.
        """
        meetings = self.client.meetings
        joining = meetings.joining
        joining.remember(preset)
        try:
            request = joining.request(joining.plan(meeting, preset))
        except UserMistake as mistake:
            self.tell(sentence(mistake), alarm=True)
            return
        self._ladder.open_request(request, left=meetings.status.joined)

    # being in one
    def left(self) -> None:
        """Takes the status "in a meeting" back."""
        status = self.client.meetings.status
        if status.shown:
            status.left()
            self.tell(_("Your status “In a meeting” is taken back."))
        else:
            self.tell(_("There is no status of a meeting to take back."))

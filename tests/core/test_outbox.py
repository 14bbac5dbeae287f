"""The outbox's decisions, each one alone, and together against a server that dedupes for 30 seconds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tui.core import outbox
from tui.core.errors import (
    BadAnswer,
    Insecure,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TeleteamError,
    Throttled,
)
from tui.core.models import OutboxItem, Post, Target
from tui.core.outbox import Attempt, Done, LookUp, Moment, Park, PauseAll, Transmit, Wait

ITEM = OutboxItem("cid1", "post", Target("c"), "hello")


def at(seconds: float, unique: str = "u1", wall: float | None = None) -> Moment:
    wall = seconds if wall is None else wall
    return Moment(1_000_000 + round(wall * 1000), seconds, "me", unique, 900_000)


def sent(item: OutboxItem = ITEM, seconds: float = 0.0) -> Attempt:
    step = outbox.begin(Attempt(item), at(seconds))
    assert isinstance(step, Transmit)
    return step.attempt


def answer(attempt: Attempt, **changes: str) -> Post:
    post = Post("p1", "c", "me", "hello", props={outbox.CID_PROP: attempt.item.cid})
    return replace(post, **changes)  # type: ignore[arg-type]


def test_the_first_sending_mints_an_unguessable_pending_id() -> None:
    item = sent().item
    assert item.pending_post_id == "me:1000000u1"
    assert (item.state, item.attempts, item.first_try, item.server_time) == ("sending", 1, 1_000_000, 900_000)


def test_a01_within_25_seconds_the_same_id_goes_again() -> None:
    waiting = outbox.failed(sent(), Offline("reset"), 1.0)
    assert isinstance(waiting, Wait)
    assert waiting.attempt.item.state == "unsure"
    again = outbox.begin(waiting.attempt, at(24.9, "u2"))
    assert isinstance(again, Transmit)
    assert again.attempt.item.pending_post_id == "me:1000000u1"


def test_a02_later_it_is_looked_for_first() -> None:
    waiting = outbox.failed(sent(), Offline("timeout"), 1.0)
    step = outbox.begin(waiting.attempt, at(25.0, "u2"))
    assert step == LookUp(waiting.attempt, 900_000 - outbox.LOOK_BACK)
    anew = outbox.not_found(waiting.attempt, at(26.0, "u3"))
    assert anew.attempt.item.cid == "cid1"


def test_a02_what_still_lies_in_the_line_is_known_to_the_server_when_it_arrives_late() -> None:
    """A kernel or a proxy may deliver the first copy just when the line is back, beside the second."""
    waiting = outbox.failed(sent(), Offline("timeout"), 1.0)
    anew = outbox.not_found(waiting.attempt, at(90.0, "u3"))
    assert anew.attempt.item.pending_post_id == "me:1000000u1"


def test_a15_an_id_that_somebody_else_used_is_not_used_again() -> None:
    attempt = sent()
    looked = outbox.answered(attempt, answer(attempt, id="p2", channel_id="elsewhere"))
    assert isinstance(looked, LookUp)
    assert outbox.not_found(looked.attempt, at(2.0, "u4")).attempt.item.pending_post_id == "me:1002000u4"


def test_a03_after_a_crash_while_sending_it_is_looked_for_first() -> None:
    item = sent().item
    assert isinstance(outbox.begin(Attempt(item), at(1.0)), LookUp)


@pytest.mark.parametrize("wall", [-3600.0, 86_400.0])
def test_a14_a_clock_that_was_set_leads_to_a_look_not_to_a_second_post(wall: float) -> None:
    attempt = outbox.failed(sent(), Offline("reset"), 1.0).attempt
    step = outbox.begin(attempt, at(2.0, wall=2.0 + wall))
    assert isinstance(step, LookUp)
    assert step.since == 900_000 - outbox.LOOK_BACK


def test_a_sleep_that_the_monotonic_clock_did_not_see_counts() -> None:
    attempt = outbox.failed(sent(), Offline("reset"), 1.0).attempt
    assert isinstance(outbox.begin(attempt, at(3.0, wall=603.0)), LookUp)


def test_a07_five_answers_of_trouble_park_it() -> None:
    attempt = sent()
    for _ in range(4):
        outcome = outbox.failed(attempt, ServerTrouble("app.post.save.app_error", status=500), 1.0)
        assert isinstance(outcome, Wait)
        attempt = outcome.attempt
    last = outbox.failed(attempt, ServerTrouble("app.post.save.app_error", status=500), 1.0)
    assert isinstance(last, Park)
    assert (last.attempt.item.state, last.attempt.item.reason) == ("parked", "app.post.save.app_error")


@pytest.mark.parametrize("status", [400, 403, 404, 413, 501])
def test_a08_a_refusal_parks_it_with_its_reason(status: int) -> None:
    outcome = outbox.failed(sent(), Refused("some.id", status=status), 1.0)
    assert isinstance(outcome, Park)
    assert outcome.attempt.item.reason == "some.id"


def test_a09_a_dead_session_pauses_all_and_was_not_heard() -> None:
    outcome = outbox.failed(sent(), SignedOut("api.context.session_expired.app_error"), 1.0)
    assert isinstance(outcome, PauseAll)
    assert outcome.attempt.item.state == "queued"


def test_a10_a_throttled_item_waits_as_long_as_it_was_told() -> None:
    outcome = outbox.failed(sent(), Throttled(3.0), 1.0)
    assert isinstance(outcome, Wait)
    assert outcome.seconds == 3.0
    assert (outcome.attempt.item.state, outcome.attempt.item.reason) == ("queued", outbox.THROTTLED)


def test_still_saving_is_waited_for_and_not_counted() -> None:
    outcome = outbox.failed(sent(), ServerTrouble(outbox.STILL_SAVING, status=500), 9.0)
    assert isinstance(outcome, Wait)
    assert (outcome.seconds, outcome.attempt.troubles) == (1.0, 0)


def test_a15_another_posts_body_is_unsure_and_looked_up() -> None:
    attempt = sent()
    other = outbox.answered(attempt, answer(attempt, id="p2", props={}))  # type: ignore[arg-type]
    assert isinstance(other, LookUp)
    assert (other.attempt.item.state, other.attempt.started) == ("unsure", None)
    assert isinstance(outbox.answered(attempt, answer(attempt, channel_id="elsewhere")), LookUp)


def test_a15_a_page_that_is_no_answer_is_unsure() -> None:
    outcome = outbox.failed(sent(), BadAnswer("tele.answer.portal"), 2.0)
    assert isinstance(outcome, Wait)
    assert outcome.attempt.item.state == "unsure"


def test_our_own_post_is_done() -> None:
    attempt = sent()
    post = answer(attempt)
    assert outbox.answered(attempt, post) == Done(attempt, post)


@pytest.mark.parametrize("error", [Offline("dns"), Offline("refused"), Insecure("tele.insecure.certificate")])
def test_what_never_left_is_not_in_doubt(error: TeleteamError) -> None:
    outcome = outbox.failed(sent(), error, 1.0)
    assert isinstance(outcome, Wait)
    assert (outcome.seconds, outcome.attempt.item.state) == (None, "queued")


def test_a_failed_upload_leaves_it_queued() -> None:
    outcome = outbox.failed(Attempt(ITEM), Offline("reset"), 1.0)
    assert outcome.attempt.item.state == "queued"


def test_changes_of_posts_are_simply_sent_again() -> None:
    edit = OutboxItem("cid2", "edit", Target("c"), "new", post_id="p1", state="unsure", attempts=3)
    step = outbox.begin(Attempt(edit), at(100.0))
    assert isinstance(step, Transmit)
    assert step.attempt.item.pending_post_id == ""


def test_an_edited_text_gets_new_ids_once_it_was_tried() -> None:
    assert outbox.edited(ITEM, "other", "cid9") == replace(ITEM, text="other")
    tried = replace(sent().item, state="parked", reason="x")
    fresh = outbox.edited(tried, "other", "cid9")
    assert (fresh.cid, fresh.pending_post_id, fresh.state, fresh.first_try) == ("cid9", "", "queued", 0)


def test_a_retry_looks_before_it_sends() -> None:
    parked = replace(sent().item, state="parked", reason="x")
    retried = outbox.retried(parked)
    assert (retried.state, retried.reason) == ("unsure", "")
    assert isinstance(outbox.begin(Attempt(retried), at(1.0)), LookUp)
    assert outbox.retried(replace(ITEM, state="parked")).state == "queued"


def test_only_what_is_not_under_way_may_be_changed() -> None:
    states = ["queued", "sending", "unsure", "parked"]
    assert [outbox.may_change(replace(ITEM, state=state)) for state in states] == [True, False, False, True]


def test_another_persons_uuid_is_not_ours() -> None:
    mine, theirs = Post("a", "c", "me", props={outbox.CID_PROP: "x"}), Post("b", "c", "eve")
    theirs = replace(theirs, props={outbox.CID_PROP: "y"})
    assert outbox.find_own([mine, theirs], "x", "me") == mine
    assert outbox.find_own([mine, theirs], "y", "me") is None


class Sending(RuleBasedStateMachine):
    """A queue of one channel, its process, its disk, and a server."""

    @initialize()
    def begin(self) -> None:
        self.steady = 0.0
        self.wall = 0.0
        self.server_now = 1_000_000
        self.server: list[tuple[int, str, str]] = []
        self.pending: dict[str, tuple[float, str]] = {}
        self.true_time = 0.0
        self.disk: dict[str, OutboxItem] = {}
        self.process: dict[str, Attempt] = {}
        self.queued: set[str] = set()
        self.gone: set[str] = set()
        self.made = 0
        self.clock_set = False

    def moment(self) -> Moment:
        self.made += 1
        newest = self.server[-1][0] if self.server else 500_000
        return Moment(1_000_000 + round(self.wall * 1000), self.steady, "me", f"{self.made:x}", newest)

    @rule(text=st.text(max_size=3))
    def queue(self, text: str) -> None:
        self.made += 1
        self.queued.add(f"cid{self.made}")
        self.disk[f"cid{self.made}"] = OutboxItem(f"cid{self.made}", "post", Target("c"), text)

    @rule(
        how=st.sampled_from(
            [
                "ok",
                "ok",
                "ok",
                "lost",
                "reset",
                "dns",
                "500",
                "500 saved",
                "429",
                "401",
                "html",
                "other",
                "crash",
            ]
        )
    )
    def work(self, how: str) -> None:
        cid = next((cid for cid, item in self.disk.items() if item.state != "parked"), None)
        if cid is None:
            return
        attempt = replace(self.process.get(cid, Attempt(self.disk[cid])), item=self.disk[cid])
        step = outbox.begin(attempt, self.moment())
        self.store(step.attempt)
        if isinstance(step, LookUp):
            if self.look(step, cid):
                self.finish(cid)
                return
            step = outbox.not_found(step.attempt, self.moment())
            self.store(step.attempt)
        self.transmit(step.attempt, how)

    def look(self, step: LookUp, cid: str) -> bool:
        """The server's answer to `since`: never blind for a post of ours."""
        return any(known == cid and at > step.since for at, known, _ in self.server)

    def transmit(self, attempt: Attempt, how: str) -> None:
        item = attempt.item
        stored = how in ("ok", "lost", "500 saved", "html", "other", "crash")
        if stored:
            self.receive(item)
        if how == "crash":
            self.crash()
        elif how == "ok":
            kept = self.pending[item.pending_post_id][1]
            outcome = outbox.answered(attempt, Post("p", "c", "me", props={outbox.CID_PROP: kept}))
            self.settle(outcome)
        elif how == "other":
            self.settle(outbox.answered(attempt, Post("p", "c", "me")))
        else:
            errors: dict[str, TeleteamError] = {
                "lost": Offline("timeout"),
                "reset": Offline("reset"),
                "dns": Offline("dns"),
                "500": ServerTrouble("x", status=500),
                "500 saved": ServerTrouble("x", status=500),
                "429": Throttled(2.0),
                "401": SignedOut("x"),
                "html": BadAnswer("tele.answer.portal"),
            }
            self.settle(outbox.failed(attempt, errors[how], 1.0))

    def receive(self, item: OutboxItem) -> None:
        known = self.pending.get(item.pending_post_id)
        if known is None or self.true_time - known[0] >= 30:
            self.server_now += 1
            self.server.append((self.server_now, item.cid, item.text))
            self.pending[item.pending_post_id] = (self.true_time, item.cid)

    def settle(self, outcome: outbox.Outcome) -> None:
        if isinstance(outcome, Done):
            self.finish(outcome.attempt.item.cid)
        else:
            self.store(outcome.attempt)

    def store(self, attempt: Attempt) -> None:
        self.process[attempt.item.cid] = attempt
        self.disk[attempt.item.cid] = attempt.item

    def finish(self, cid: str) -> None:
        del self.disk[cid]
        self.process.pop(cid, None)

    @rule()
    def crash(self) -> None:
        """A new process knows what is on the disk; its monotonic clock may begin anywhere."""
        self.process.clear()
        self.steady = 5.0

    @rule(seconds=st.sampled_from([1.0, 12.0, 26.0, 31.0]))
    def wait(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += seconds
        self.true_time += seconds

    @rule(seconds=st.sampled_from([31.0, 3600.0]))
    def sleep(self, seconds: float) -> None:
        """The machine is suspended: the monotonic clock stands still."""
        self.wall += seconds
        self.true_time += seconds

    @precondition(lambda self: not self.clock_set)
    @rule(seconds=st.sampled_from([-3600.0, 86_400.0]))
    def set_clock(self, seconds: float) -> None:
        self.wall += seconds
        self.clock_set = True

    @rule()
    def others_write(self) -> None:
        self.server_now += 100_000
        self.server.append((self.server_now, "", "someone else"))

    @precondition(lambda self: any(outbox.may_change(item) for item in self.disk.values()))
    @rule(text=st.text(max_size=3))
    def edit(self, text: str) -> None:
        """What was parked may be on the server under its old uuid: that one is given up knowingly."""
        cid = next(cid for cid, item in self.disk.items() if outbox.may_change(item))
        self.made += 1
        fresh = outbox.edited(self.disk.pop(cid), text, f"cid{self.made}")
        self.process.pop(cid, None)
        if fresh.cid != cid:
            self.gone.add(cid)
            self.queued.add(fresh.cid)
        self.disk[fresh.cid] = fresh

    @precondition(lambda self: any(item.state == "parked" for item in self.disk.values()))
    @rule()
    def retry(self) -> None:
        cid = next(cid for cid, item in self.disk.items() if item.state == "parked")
        self.disk[cid] = outbox.retried(self.disk[cid])

    @precondition(lambda self: any(outbox.may_change(item) for item in self.disk.values()))
    @rule()
    def discard(self) -> None:
        cid = next(cid for cid, item in self.disk.items() if outbox.may_change(item))
        del self.disk[cid]
        self.process.pop(cid, None)
        self.gone.add(cid)

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        ours = [cid for _, cid, _ in self.server if cid]
        assert len(ours) == len(set(ours))

    @invariant()
    def nothing_is_lost(self) -> None:
        arrived = {cid for _, cid, _ in self.server}
        assert self.queued <= arrived | set(self.disk) | self.gone


def test_d41_no_order_of_mishaps_loses_or_doubles_a_post() -> None:
    run_state_machine_as_test(
        Sending, settings=settings(max_examples=250, stateful_step_count=30, deadline=None)
    )

"""Asking the person: a form, a menu, one or several people.

Invariant: a form stays with what was typed until the server has taken it; what it refuses is said there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from tui.client.wording.errors import sentence
from tui.core.dialogs import Element, IntegrationDialog
from tui.core.errors import UserMistake
from tui.core.ids import ChannelId, UserId
from tui.core.models import User
from tui.core.names import display_name
from tui.core.safe_text import safe_line
from tui.core.search import Candidate, rank
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.form import IntegrationForm
from tui.ui.screens.picker import Offer, Picker

T = TypeVar("T")
MOST_PEOPLE = 30
DONE = "+done"
Values = Mapping[str, str]
Entry = tuple[Offer, Callable[[], object]]
"""A row of a menu and what it does."""


class Asking(Desk):
    def title_of(self, channel_id: ChannelId) -> str:
        """Its name, safe."""
        return safe_line(self.client.channels.title(channel_id), 60) or "?"

    def name_of(self, user_id: UserId) -> str:
        return safe_line(self.client.people.name(user_id), 60) or "?"

    def told(self, asked: Future[T], words: str) -> None:
        """Says `words` when it is done, else why not."""
        self.when_done(asked, lambda _result: self.tell(words))

    def form(
        self,
        title: str,
        elements: Sequence[Element],
        send: Callable[[Values], Future[T]],
        then: Callable[[T], object],
        *,
        verb: str = "",
    ) -> None:
        """A form; `send` hands it on, `then` is called with what came of it."""
        dialog = IntegrationDialog("", title=title, submit_label=verb, elements=tuple(elements))
        form: IntegrationForm

        def finished(done: Future[T]) -> None:
            error = None if done.cancelled() else done.exception()
            if error is not None:
                form.refuse({}, sentence(error))
            elif not done.cancelled():
                form.dismiss(True)
                then(done.result())

        def submit(values: Values) -> None:
            try:
                asked = send(values)
            except UserMistake as mistake:
                form.refuse({}, sentence(mistake))
                return
            asked.add_done_callback(lambda done: self.screen.app.call_later(finished, done))

        form = IntegrationForm(dialog, submit, _choices)
        self.push(form)

    def menu(self, title: str, entries: Sequence[Entry], *, verb: str = "", placeholder: str = "") -> None:
        """A list of things to do; what is typed narrows it."""
        acts = {offer.key: act for offer, act in entries}

        def find(text: str) -> list[Offer]:
            return narrowed([offer for offer, _act in entries], text)

        dialog = Picker(title, find, verb=verb or _("Choose"), placeholder=placeholder)
        self.push(dialog, taking(lambda key: acts[key]()))

    def confirm(self, title: str, question: str, yes: str, then: Callable[[], object]) -> None:
        dialog = Confirm(title, question, yes)

        def answered(sure: bool | None) -> None:
            if sure:
                then()

        self.push(dialog, answered)

    def person(self, title: str, then: Callable[[UserId], object], *, verb: str = "") -> None:
        """One person: known ones at once, others as the server finds them."""
        self._pick(title, verb or _("Choose"), (), "", lambda key: then(key))

    def people(
        self,
        title: str,
        verb: str,
        then: Callable[[tuple[UserId, ...]], object],
        *,
        most: int = 50,
        not_in: ChannelId = "",
    ) -> None:
        """Several people, one after the other; the first row goes on with those chosen."""

        def again(chosen: tuple[UserId, ...]) -> None:
            self._pick(title, verb, chosen, not_in, lambda key: choose(chosen, key))

        def choose(chosen: tuple[UserId, ...], key: str) -> None:
            both = chosen if key == DONE else (*chosen, key)
            if key == DONE or len(both) >= most:
                then(both)
            else:
                again(both)

        again(())

    def _pick(
        self,
        title: str,
        verb: str,
        chosen: tuple[UserId, ...],
        not_in: ChannelId,
        then: Callable[[str], object],
    ) -> None:
        found: dict[UserId, User] = {}
        asked: set[str] = set()
        picker: Picker

        def find(text: str) -> list[Offer]:
            ready = []
            if chosen and not text.strip():
                names = ", ".join(self.name_of(user_id) for user_id in chosen)
                ready = [Offer(DONE, _("Go on with {names}").format(names=names), verb, "✓")]
            if (term := text.strip("@ ")) not in asked:
                asked.add(term)
                self._look_up(term, not_in, lambda users: came(text, users))
            return [*ready, *self._offers(text, found, {*chosen, self.client.account.user_id})]

        def came(text: str, users: list[User]) -> None:
            fresh = {user.id: user for user in users if user.id not in found}
            found.update(fresh)
            if fresh and picker.is_mounted and picker.editor.text == text:
                picker.read()

        picker = Picker(title, find, placeholder=_("Name of a colleague"), verb=verb)
        self.push(picker, taking(then))

    def _offers(self, text: str, found: Mapping[UserId, User], without: set[UserId]) -> list[Offer]:
        """People of the store and of the server that fit what is typed."""
        known = {user.id: user for user in self.client.people.search(text.strip("@ "))}
        setting = self.client.people.name_setting()
        offers = [
            Offer(
                user.id,
                display_name(user, setting),
                f"@{user.username}",
                status=self.client.people.status(user.id) or "offline",
            )
            for user in {**known, **found}.values()
            if user.id not in without and not user.delete_at
        ]
        return narrowed(offers, text.strip("@ "))[:MOST_PEOPLE]

    def _look_up(self, term: str, not_in: ChannelId, came: Callable[[list[User]], None]) -> None:
        """Asks the server for names of at least two letters."""
        if len(term) < 2 or not self.client.connection().live:
            return
        asked = self.client.people.lookup(term, not_in_channel=not_in)

        def done(future: Future[list[User]]) -> None:
            if not future.cancelled() and future.exception() is None:
                self.screen.app.call_later(came, future.result())

        asked.add_done_callback(done)


def taking(then: Callable[[str], object]) -> Callable[[str | None], None]:
    """The key that a list answers with goes to `then`; none goes nowhere."""

    def answered(key: str | None) -> None:
        if key:
            then(key)

    return answered


def narrowed(offers: Sequence[Offer], text: str) -> list[Offer]:
    """Those that fit what is typed, best first."""
    if not text.strip():
        return list(offers)
    by_key = {offer.key: offer for offer in offers}
    candidates = [Candidate("", o.key, o.title, (o.detail,) if o.detail else ()) for o in offers]
    return [by_key[candidate.id] for candidate in rank(text, candidates, len(candidates))]


def _choices(element: Element, text: str) -> list[Offer]:
    return narrowed([Offer(option.value, option.text) for option in element.options], text)


def text_field(name: str, title: str, value: str = "", **more: Any) -> Element:
    """A line to type in; `most` and the like as in `Element`."""
    return Element(name, title, default=value, **more)

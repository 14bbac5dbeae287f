"""Teams and accounts: joining by an invite link, open teams, leaving, inviting; another profile.

Invariant: an invite link is read here and never opened in a browser.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from tui.core.ids import TeamId
from tui.core.models import Team
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.desks.asking import Asking, Entry, text_field
from tui.ui.screens.picker import Offer


class TeamDesk(Asking):
    def menu_of_teams(self) -> None:
        """My teams, and what can be done with them."""
        current = self.client.teams.current()
        entries: list[Entry] = [
            (
                Offer(
                    badge.team_id,
                    badge.name,
                    str(badge.unread.mentions or ""),
                    "●" if badge.current else "○",
                ),
                partial(self.screen.open_team, badge.team_id),
            )
            for badge in self.client.teams.badges()
        ]
        entries += [
            (Offer("+link", _("Join a team by an invite link …"), "", "+"), self.join_by_link),
            (Offer("+open", _("Teams that are open to all …"), "", "+"), self.browse),
        ]
        if current is not None:
            name = safe_line(current.display_name, 60)
            entries += [
                (
                    Offer("+invite", _("Copy the invite link of {team}").format(team=name), "", "›"),
                    self.invite,
                ),
                (Offer("+mail", _("Invite into {team} by e-mail …").format(team=name), "", "›"), self.mail),
                (Offer("+add", _("Add people to {team} …").format(team=name), "", "›"), self.add),
                (Offer("+leave", _("Leave {team}").format(team=name), "", "✗"), partial(self.leave, current)),
            ]
        self.menu(_("Teams"), entries)

    def join_by_link(self) -> None:
        self.form(
            _("Join a team"),
            [text_field("link", _("Invite link"), placeholder="https://…/signup_user_complete/?id=…")],
            lambda values: self.client.teams.join_by_link(values["link"]),
            self._joined,
            verb=_("Join"),
        )

    def browse(self) -> None:
        self.when_done(self.client.teams.open_ones(), self._offer)

    def _offer(self, teams: list[Team]) -> None:
        entries: list[Entry] = [
            (
                Offer(team.id, team.display_name, safe_line(team.description, 80), "○"),
                partial(self._join, team.id),
            )
            for team in teams
        ]
        if entries:
            self.menu(_("Teams that are open to all"), entries, verb=_("Join"))
        else:
            self.tell(_("There is no other team that is open to all."))

    def _join(self, team_id: TeamId) -> None:
        self.when_done(self.client.teams.join(team_id), self._joined)

    def _joined(self, team_id: TeamId) -> None:
        team = self.client.teams.get(team_id)
        self.screen.open_team(team_id)
        name = safe_line(team.display_name, 60) if team else ""
        self.tell(_("You are in the team {team} now.").format(team=name))

    def invite(self) -> None:
        """The invite link goes into the clipboard."""
        self.when_done(self.client.teams.invite_link(), self._copy)

    def _copy(self, link: str) -> None:
        if link:
            self.screen.copy(link)
        else:
            self.tell(_("You may not invite into this team."), alarm=True)

    def mail(self) -> None:
        """The form is the question: it says who will get a mail from the server."""
        team = self.client.teams.current()
        if team is None:
            return
        name, sent = safe_line(team.display_name, 60), _("Invited by e-mail.")
        self.form(
            _("Invite into {team}").format(team=name),
            [text_field("mails", _("E-mail addresses"), help=_("The server sends each of them a mail."))],
            lambda values: self.client.teams.invite_by_mail(values["mails"]),
            lambda failed: self.tell(self._not_sent(failed) if failed else sent, alarm=bool(failed)),
            verb=_("Invite"),
        )

    def _not_sent(self, addresses: list[str]) -> str:
        names = safe_line(", ".join(addresses), 200)
        return _("The server sent no mail to: {names}.").format(names=names)

    def add(self) -> None:
        self.person(_("Add to the team"), self._add, verb=_("Add"))

    def _add(self, user_id: str) -> None:
        words = _("Added: {names}.").format(names=self.name_of(user_id))
        self.told(self.client.teams.add(user_id), words)

    def leave(self, team: Team) -> None:
        name = safe_line(team.display_name, 60)
        question = _("Leave {team} and all its channels? To come back you need an invitation.")
        self.confirm(
            _("Leave the team"),
            question.format(team=name),
            _("Leave"),
            lambda: self.when_done(self.client.teams.leave(team.id), lambda _none: self._left(name)),
        )

    def _left(self, name: str) -> None:
        rest = self.client.teams.all()
        if rest:
            self.screen.open_team(rest[0].id)
        self.tell(_("You have left {channel}.").format(channel=name))

    # other accounts
    def accounts(self) -> None:
        """Other accounts on this computer: the drafts are kept, the other one opens at once."""
        known = self.screen.shared.accounts().by_id
        mine = self.client.account.id
        entries: list[Entry] = [
            (
                Offer(one.id, f"{one.username} · {urlsplit(one.url).hostname or one.url}", one.id, "○"),
                partial(self._change_to, one.id),
            )
            for one in known.values()
            if one.id != mine
        ]
        if entries:
            self.menu(_("Another account"), entries, verb=_("Change to"))
        else:
            self.tell(_("There is no other account here. Add one with: teleteam login ADDRESS"))

    def _change_to(self, account_id: str) -> None:
        self.screen.app.call_later(self.screen.tele.change_account, account_id)

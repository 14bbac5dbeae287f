"""The texts of cards, which everybody reads in any client, and what their states are called.

Invariant: a card's values stand between backticks, in the order of `Card.values`, and nothing else does
(`core.pairing.matches`); every translation must keep that order.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.device_ids import first_and_last
from tui.core.pairing import Card, CardKind, Doubt
from tui.core.shared_paths import PathTrouble
from tui.core.sharing import Arrival, Step
from tui.settings.i18n import N_, Later, _

WRONG: Mapping[Doubt, Later] = {
    Doubt.VERSION: N_("This card is of a newer teleteam. Update yours to use it."),
    Doubt.SHAPE: N_("This card is broken. Nothing can be done with it."),
    Doubt.CHECK_DIGITS: N_("The check digits of this device ID are wrong. Do not use it."),
    Doubt.TEXT_DIFFERS: N_("This card says something else than its text. Do not trust it."),
    Doubt.EDITED: N_("This card was edited afterwards. Ask for a new one."),
    Doubt.MANUFACTURED: N_("A program wrote this card, not a person. It is not used."),
    Doubt.NOT_DIRECT: N_("Cards like this one count in direct messages only."),
    Doubt.STRANGER: N_("This card is not of the person you are writing with. It is not used."),
}
PLACES: Mapping[PathTrouble, Later] = {
    PathTrouble.EMPTY: N_("Type the directory for the folder."),
    PathTrouble.NOT_ABSOLUTE: N_("Begin the path with / or ~/."),
    PathTrouble.ODD: N_("This path holds characters or steps that are not allowed."),
    PathTrouble.HOME: N_("Never the whole home directory: take a directory in it."),
    PathTrouble.ABOVE_HOME: N_("Your home directory lies in there. Take a directory of its own."),
    PathTrouble.SYSTEM: N_("That belongs to the system and must not be shared."),
    PathTrouble.HIDDEN: N_("Hidden directories of your home hold keys and settings. Take another one."),
    PathTrouble.OURS: N_("teleteam or Syncthing keep their own data there. Take another one."),
    PathTrouble.NESTED: N_("Another shared folder is there, in it or around it. Take another one."),
    PathTrouble.NO_DIRECTORY: N_("A file is in the way there."),
    PathTrouble.DENIED: N_("You may not write there."),
    PathTrouble.NOT_THERE: N_("There is no such directory."),
}
STEPS: Mapping[Step, Later] = {
    Step.DEVICE: N_("{name}’s device is in your Syncthing"),
    Step.CONNECTED: N_("The two machines are connected"),
    Step.SHARED: N_("The folder is set up here and shared"),
    Step.ACCEPTED: N_("{name} has accepted the folder"),
    Step.SYNCED: N_("Everything has arrived on both sides"),
}
ARRIVALS: Mapping[Arrival, Later] = {
    Arrival.ASKING: N_("looking whether it is here …"),
    Arrival.NO_SYNCTHING: N_("Syncthing does not answer here"),
    Arrival.NO_FOLDER: N_("this folder is not shared with this machine"),
    Arrival.UNANNOUNCED: N_("not announced yet"),
    Arrival.ON_THE_WAY: N_("on the way to you"),
    Arrival.HERE: N_("is here"),
    Arrival.GONE: N_("was deleted in the meantime"),
    Arrival.IGNORED: N_("an ignore pattern keeps it away from here"),
}


def card_text(card: Card) -> str:
    """What stands in the message; readable without teleteam."""
    match card.kind:
        case CardKind.REQUEST:
            return "\n".join((_request(card), "", _for_the_web_page(), _compare(card)))
        case CardKind.ANSWER:
            return "\n".join((_answer(card), _compare(card)))
        case CardKind.WITHDRAW:
            text = _("I take back my pairing request. Please do not add the device {device}.")
            return text.format(device=_span(card.device_id))
        case CardKind.UNPAIR:
            text = _("I have ended the pairing. My device {device} no longer exchanges files with yours.")
            return text.format(device=_span(card.device_id))
        case CardKind.FOLDER:
            return _folder(card)
        case CardKind.FILE:
            text = _("File {path} lies in the shared folder {folder} (folder ID {id}).")
        case CardKind.CONFLICT:
            text = _("We both changed a file. Your version won; mine is now {path} in the folder {folder} (folder ID {id}). Could you look at it?")  # fmt: skip # noqa: E501
    return text.format(path=_span(card.path), folder=_span(card.label), id=_span(card.folder_id))


def _request(card: Card) -> str:
    text = _("**Pair our machines (Syncthing)?** My device is {name}, its ID:\n{device}")
    return _with_addresses(text.format(name=_span(card.name), device=_span(card.device_id)), card)


def _answer(card: Card) -> str:
    text = _("**Pairing accepted.** My device is {name}, its ID:\n{device}")
    return _with_addresses(text.format(name=_span(card.name), device=_span(card.device_id)), card)


def _with_addresses(text: str, card: Card) -> str:
    if not card.addresses:
        return text
    where = ", ".join(map(_span, card.addresses))
    return text + "\n" + _("Address: {address}").format(address=where)


def _for_the_web_page() -> str:
    return _(
        "With teleteam: press Enter on this message. Without: open Syncthing’s web page, “Add Remote "
        "Device”, paste the ID, and send me yours (“Actions” → “Show ID”)."
    )


def _compare(card: Card) -> str:
    first, last = first_and_last(card.device_id)
    text = _("Please compare: the ID begins with {first} and ends with {last}.")
    return text.format(first=first, last=last)


def _folder(card: Card) -> str:
    text = _("**Shared folder for you:** {folder} (folder ID {id}), from my device\n{device}")
    return "\n".join(
        (
            text.format(folder=_span(card.label), id=_span(card.folder_id), device=_span(card.device_id)),
            "",
            _("With teleteam: press Enter on this message. Without: Syncthing’s web page asks you."),
        )
    )


def _span(value: str) -> str:
    return f"`{value}`"


def step(which: Step, name: str) -> str:
    """A line of the checklist; `name` is safe."""
    return str(STEPS[which]).format(name=name)

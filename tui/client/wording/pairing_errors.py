"""What can go wrong in pairing and sharing, as sentences; part of the table in `error_texts`.

Invariant: texts may name {detail} only.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.settings.i18n import N_, Later

PAIRING: Mapping[str, Later] = {
    "tele.pairing.device_id": N_("That is no device ID: its check digits are wrong."),
    "tele.pairing.own_device": N_("That is this machine’s own device ID."),
    "tele.pairing.unknown_device": N_("That device is not in your Syncthing. Pair first."),
    "tele.pairing.address": N_("An address looks like tcp://host:22000."),
    "tele.pairing.bad_card": N_("This card cannot be used."),
    "tele.pairing.not_mine": N_("Only your own request can be taken back."),
    "tele.pairing.withdrawn": N_("This request was taken back."),
    "tele.pairing.unasked": N_("This answers no request of yours. Nothing was added."),
    "tele.pairing.other_owner": N_("That device belongs to somebody else you have paired with."),
    "tele.pairing.foreign": N_("That device was not paired with this person here. Pair first."),
    "tele.sharing.not_offered": N_(
        "Syncthing does not know of that offer yet. Both machines must be on and connected; try again then."
    ),
    "tele.sharing.encrypted": N_("That offer is for encrypted data. Set it up in Syncthing’s web page."),
    "tele.sharing.type": N_("Syncthing does not know that kind of folder."),
    "tele.sharing.label": N_("Give the folder a name."),
    "tele.shelf.stopped": N_("Stopped. Nothing was copied."),
    "tele.shelf.name": N_("A card cannot carry the name of this file. Rename it first."),
    "tele.shelf.no_conflict": N_("That is no conflict copy."),
    "tele.shelf.no_folder": N_("That folder is not in your Syncthing."),
    "tele.shelf.no_directory": N_("The folder’s directory is missing. Is the drive connected?"),
}

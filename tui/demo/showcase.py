"""One message of every kind, so that the demo shows what a client must cope with.

Invariant: hostile ones are harmless text here; what they would do to a careless terminal is the point.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.demo.records import Wire


@dataclass(frozen=True, slots=True)
class Piece:
    channel: str
    author: str
    message: str
    type: str = ""
    props: Wire = field(default_factory=dict)
    pinned: bool = False
    replies: tuple[tuple[str, str], ...] = ()
    """(author, message) of the thread under it."""


LONG = "\n\n".join(
    f"**{number}. Absatz.** Telearbeit gelingt, wenn alle wissen, wann wer erreichbar ist, wo die "
    "Unterlagen liegen und wie man einander hilft, ohne ständig zu stören. Deshalb schreiben wir "
    "Wichtiges in den Kanal, nicht in fünf einzelne Nachrichten, und halten Absprachen dort fest, "
    "wo sie später jemand sucht."
    for number in range(1, 15)
)

CARD: Wire = {
    "from_webhook": "true",
    "override_username": "Überwachung",
    "attachments": [
        {
            "fallback": "Störung: mail.example.org antwortet nicht",
            "color": "danger",
            "pretext": "Meldung der Überwachung",
            "author_name": "checkmk",
            "title": "mail.example.org antwortet nicht",
            "title_link": "https://monitor.example.org/host/mail",
            "text": "Seit **14:02** keine Antwort auf Port 587.\nLetzter guter Wert: 38 ms",
            "fields": [
                {"title": "Dienst", "value": "SMTP", "short": True},
                {"title": "Standort", "value": "Graz", "short": True},
                {"title": "Betroffen", "value": "Versand aus der Buchhaltung", "short": False},
            ],
            "footer": "automatisch",
            "actions": [
                {"id": "take", "name": "Übernehmen", "type": "button", "style": "primary"},
                {"id": "mute", "name": "1 h stumm", "type": "button"},
            ],
        }
    ],
}

TABLE = """\
Stand der Teilprojekte (#bericht):

| Teilprojekt | Verantwortlich | Stand | Stunden |
|:------------|:--------------:|-------|--------:|
| Oberfläche  | @ines          | :large_green_circle: fertig | 128 |
| Server      | @lukas         | :large_yellow_circle: läuft | 340,5 |
| Übersetzung | @james         | ~~offen~~ begonnen | 12 |
| Prüfung     | @rosa          | wartet auf `v2.3` | 0 |"""

CODE = """\
So rechne ich die Überstunden aus:

```python
from datetime import timedelta

def balance(days: list[timedelta], target: timedelta = timedelta(hours=7.7)) -> timedelta:
    \"\"\"Positive = overtime.\"\"\"
    return sum((day - target for day in days), start=timedelta())
```

und in der Shell: `teleteam read ~urlaub -n 5 | grep -i juli`"""

LISTS = """\
## Übergabe an die Urlaubsvertretung

1. Postfach `angebote@` täglich leeren
2. Tickets:
   - rote zuerst
   - bei *Rückfragen* an @emma
3. Zeiten bis Freitag **12 Uhr** bestätigen

- [x] Schlüssel übergeben
- [x] Ordner geteilt
- [ ] Kalender freigeben
- [ ] Notruf testen

> Wer fragt, führt.
> > Wer doppelt fragt, auch.

---
Mehr im [Handbuch](https://intranet.example.org/handbuch "Handbuch") oder in ~doku."""

PIECES = (
    Piece("projekt-polarstern", "katharina", TABLE, pinned=True),
    Piece("projekt-polarstern", "theresa", LISTS),
    Piece(
        "projekt-polarstern",
        "felix",
        "@anna der Kunde hätte gern einen Termin am Mittwoch. Geht das bei dir?",
        replies=(
            ("anna", "Mittwoch ja, aber erst ab 14 Uhr."),
            ("felix", "Passt, ich sage zu. Danke, @anna!"),
            ("katharina", "Ich komme dazu."),
        ),
    ),
    Piece("entwicklung", "lukas", CODE),
    Piece(
        "entwicklung",
        "simon",
        "Release **2.3.0** is out :rocket: #release\n\n### Changes\n* faster start\n* German *and* English\n"
        "* fixes for [X2Go](https://wiki.x2go.org/)\n\nThanks @ben @lukas @rosa :nordlicht:",
        pinned=True,
        replies=(("ben", "Lovely!"), ("rosa", "Läuft bei mir :+1:"), ("emma", "Customers will be happy.")),
    ),
    Piece("betrieb", "wetterbot", "Störung erkannt", "slack_attachment", CARD),
    Piece("sicherheit", "david", LONG, pinned=True),
    Piece(
        "telearbeit",
        "david",
        "VPN: `nmcli con up nordlicht`, danach X2Go auf `terminal.example.org`.",
        pinned=True,
    ),
    Piece(
        "formatierung",
        "james",
        "**bold** *italic* ***both*** ~~gone~~ `code` ~town-square @here not really :thinking:\n"
        "www.example.org mailto:info@example.org https://example.org/a_(b)?q=ä#frag",
    ),
    Piece("formatierung", "ines", ":nordlicht: :heart: :tada:"),
    Piece("formatierung", "quirin", "$$e^{i\\pi}+1=0$$\n```latex\n\\frac{a}{b}\n```"),
    Piece(
        "formatierung",
        "oskar",
        "Escape-Test: \x1b[31mrot\x1b[0m \x1b]0;Titel gekapert\x07 \x1b]52;c;Y3VybA==\x07 \x9b2J Ende",
    ),
    Piece(
        "formatierung",
        "oskar",
        "Markup-Test: [red]rot[/] [link=https://a] [/x] [@click=app.quit]klick[/] $x {y}",
    ),
    Piece(
        "formatierung",
        "oskar",
        "Richtung: \u202eetoN eseid\u202c und \u2066eingeschlossen\u2069, Breite: 👩‍👩‍👧‍👦 漢字 ﷽ Z͑ͫ̓ͪ̂ͫ",
    ),
    Piece(
        "formatierung",
        "oskar",
        "[Sparkasse](https://sparkasse.example.org.phish.example.net/login) bitte anmelden",
    ),
    Piece(
        "formatierung",
        "oskar",
        "| " + " | ".join(f"Spalte {n}" for n in range(40)) + " |\n" + "|---" * 40 + "|",
    ),
    Piece("off-topic", "gerda", "*winkt in die Runde*", "me"),
    Piece("lager", "norbert", "Rundruf an alle @channel: Inventur am Samstag, bitte Fächer beschriften."),
    Piece(
        "kundendienst",
        "emma",
        "Customer quote of the week:\n> It just works, even on hotel wifi.\n\n@anna :heart:",
    ),
    Piece(
        "telearbeit",
        "clara",
        "Bitte tragt eure Telearbeitstage ein: ~urlaub\nFragen gern hier im #telearbeit-Faden.",
        replies=(
            ("gerda", "Gilt das auch für halbe Tage?"),
            ("clara", "Ja, einfach „½“ dazuschreiben."),
            ("urs", "Merci vilmal!"),
            ("anna", "Eingetragen."),
        ),
    ),
)

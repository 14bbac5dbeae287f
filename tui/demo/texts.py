"""What the people of the demo company say, as templates, and the tables of who and where they are.

Invariant: all of it is invented. `{x}` is filled from WORDS; each line is one message.
"""

from __future__ import annotations

PEOPLE = """\
anna|Anna|Größlinger|Projektleitung|de|
ben|Ben|Osterhagen|Softwareentwicklung|de|
clara|Clara|Winkelbauer|Personal|de|
david|David|Achleitner|IT-Betrieb|de|
emma|Emma|Whitcombe|Customer Success|en|
felix|Felix|Brückner|Vertrieb|de|
gerda|Gerda|Haslinger|Buchhaltung|de|
hannes|Hannes|Pöttschacher|Werkstattleitung|de|
ines|Ines|Kaltenegger|Grafik|de|
james|James|Thornbury|Technical Writer|en|
katharina|Katharina|Müllner|Geschäftsführung|de|
lukas|Lukas|Weißenböck|Softwareentwicklung|de|
margaret|Margaret|Ashdown|Sales UK|en|
norbert|Norbert|Zangerl|Lager|de|
oskar|Oskar|Lindström|Support|en|
petra|Petra|Jägersberger|Einkauf|de|
quirin|Quirin|Sölch|Konstruktion|de|
rosa|Rosa|Übelhör|Qualitätssicherung|de|
simon|Simon|Fairweather|DevOps|en|
theresa|Theresa|Vogelsang|Assistenz|de|
urs|Urs|Bächtold|Beratung|de|
valentin|Valentin|Krämer|Ausbildung|de|gone
wetterbot|Wetter|Bot||de|bot
baubot|Build|Bot||en|bot
kalender|Kalender|Bot||de|bot
"""
"""username|first name|last name|position|locale|bot or gone (deactivated)."""

TEAMS = (
    ("nordlicht", "Nordlicht GmbH", "Alle, die bei Nordlicht arbeiten"),
    ("werkstatt", "Werkstatt Wien", "Planung, Lager und Montage"),
)

CHANNELS = """\
nordlicht|town-square|Town Square|O|120|12|||Neues für alle · [Telearbeit](https://intranet.example.org/telearbeit)
nordlicht|off-topic|Off-Topic|O|160|20|muted||Alles außer Arbeit :coffee:
nordlicht|projekt-polarstern|Projekt Polarstern|P|420|7|fav||Abgabe am 18. · Stand: :large_green_circle: · ~doku
nordlicht|entwicklung|Entwicklung|O|520|9||Technik|Build: https://ci.example.org/nordlicht · Bereitschaft: @simon
nordlicht|release|Releases|O|90|3||Technik|Nur Ankündigungen
nordlicht|betrieb|IT-Betrieb|O|260|5||Technik|Störungen zuerst hier melden
nordlicht|ci|CI-Meldungen|O|240|40|muted|Technik|Alles von @baubot
nordlicht|doku|Dokumentation|O|110|0||Technik|
nordlicht|kundendienst|Kundendienst|O|300|6|||Tickets: https://hilfe.example.org
nordlicht|vertrieb|Vertrieb|O|140|0|||
nordlicht|sales-uk|Sales UK|O|170|4|||Please write in English here
nordlicht|marketing|Marketing & Grafik|O|120|0|||
nordlicht|personal|Personal|P|60|2|||
nordlicht|buchhaltung|Buchhaltung|O|70|0|||
nordlicht|leitung|Leitungsrunde|P|130|3|fav||Jeden Montag um 9:00
nordlicht|urlaub|Urlaub und Abwesenheit|O|90|1|||
nordlicht|mittagessen|Mittagessen|O|140|8|muted||Wer geht wohin?
nordlicht|telearbeit|Telearbeit|O|150|5|fav||Fragen zu VPN, X2Go und Zuhause
nordlicht|sicherheit|Informationssicherheit|O|60|0||Technik|
nordlicht|design-review|Design Review|P|80|0|||
nordlicht|willkommen|Willkommen|O|40|0|||Hier stellen sich neue Leute vor
nordlicht|formatierung|Formatierung ausprobieren|O|20|0|||Spielwiese für Markdown
nordlicht|buecher|Bücherecke|O|50|0|||
nordlicht|sommerfest-2025|Sommerfest 2025|O|45|0|archived||
nordlicht|projekt-altmuehl|Projekt Altmühl|P|60|0|archived||
werkstatt|town-square|Town Square|O|60|4|||
werkstatt|off-topic|Off-Topic|O|40|0|||
werkstatt|montage|Montage|O|220|9|||Tagesplan hängt auch am Tor 2
werkstatt|lager|Lager|O|150|3|||
werkstatt|bestellungen|Bestellungen|O|120|0||Einkauf|
werkstatt|lieferanten|Lieferanten|P|70|2||Einkauf|
werkstatt|konstruktion|Konstruktion|O|160|0|fav||Pläne: Ordner „Zeichnungen“ (Syncthing)
werkstatt|qualitaet|Qualität|O|90|1|||
werkstatt|fuhrpark|Fuhrpark|O|60|0|muted||
werkstatt|lehrlinge|Lehrlinge|P|50|0|||
werkstatt|nachtschicht|Nachtschicht|O|70|0|||
werkstatt|alte-halle|Alte Halle|O|30|0|archived||
"""  # noqa: E501
"""team|name|title|type|posts|unread for anna|muted, fav or archived|custom category|header."""

NOT_JOINED = frozenset({"design-review", "lehrlinge", "buecher", "nachtschicht"})
"""Channels that anna could join or never sees."""

DIRECTS = (
    ("ben", 90, 2),
    ("clara", 40, 0),
    ("david", 60, 1),
    ("emma", 45, 0),
    ("katharina", 35, 1),
    ("simon", 25, 0),
    ("valentin", 15, 0),
    ("anna", 12, 0),
    ("kalender", 20, 3),
)
"""With whom anna writes: name, posts, unread."""

GROUPS = ((("ben", "clara"), 40, 3), (("david", "simon", "lukas", "rosa"), 60, 0))

GERMAN = """\
Guten Morgen zusammen!
Ich bin heute {place} und ab {hour} Uhr wieder erreichbar.
Hat jemand die {thing} gesehen? Ich finde sie im Ordner nicht.
Die {thing} liegt jetzt unter „{folder}“, bitte einmal drüberschauen.
Passt für mich.
Danke dir!
Können wir das auf {day} verschieben? Da ist weniger los.
Ich habe {customer} angerufen, sie melden sich bis {day}.
@{person} kannst du dir das bitte ansehen?
@{person} danke, das war genau das Richtige :+1:
Beim VPN musste ich mich heute zweimal anmelden. Geht es noch wem so?
Kurze Frage: Wer kümmert sich um {customer}, solange {name} im Urlaub ist?
Wir brauchen für {customer} noch {number} Stück, Liefertermin ist {day}.
Das sehe ich anders. Wenn wir die {thing} jetzt ändern, müssen wir alles neu prüfen. Ich würde bis nach der Abgabe warten und dann in Ruhe aufräumen.
Mahlzeit! Heute gibt es {food}.
Ich schaue mir das am Nachmittag an und melde mich dann.
Der Rechner in der Besprechung hängt wieder. Ich starte ihn neu.
Erledigt :white_check_mark:
Die Sitzung dauert heute nur {number} Minuten, versprochen.
Siehe ~{channel}, dort steht alles dazu.
Für die Abrechnung fehlen mir noch die Belege von {name}.
So machen wir es. Ich trage es ein.
Super Arbeit, {name}! :tada:
Leider muss ich absagen, das Kind ist krank.
Ist der Beamer im kleinen Zimmer repariert? Sonst nehme ich den großen Raum.
Bitte die Zahlen bis {day} eintragen: https://intranet.example.org/zahlen/{number}
Ich habe die {thing} überarbeitet:\\n- Seite {number} neu\\n- Anhang gekürzt\\n- Rechtschreibung geprüft
#protokoll von heute kommt am Nachmittag.
Grüße aus dem Zug, das Netz ist hier sehr dünn. Antworten können dauern.
Ja. Nein. Vielleicht. Fragt mich {day} noch einmal :slightly_smiling_face:
"""  # noqa: E501

ENGLISH = """\
Good morning everyone
I'll be {place_en} today, back online at {hour}.
Has anyone got the latest version of the {thing_en}?
The {thing_en} is in the shared folder now, please have a look before {day_en}.
Works for me.
Thanks a lot!
Could we move this to {day_en}? My calendar is rather full.
I spoke to {customer}, they will get back to us by {day_en}.
@{person} could you take a look, please?
Deployed to staging. Let me know if anything looks odd.
The build is green again :green_heart:
I disagree slightly: changing the {thing_en} now means testing everything twice. Let's do it after the release.
`make test` takes {number} seconds here, is that normal?
See ~{channel} for the details.
Reviewed, two small comments inline.
Can someone restart the runner? It has been stuck for {number} minutes.
Done :white_check_mark:
Lovely, let's ship it :rocket:
Sorry, train wifi. I'll read up tonight.
The customer in Leeds asks for {number} more licences.
#standup yesterday: {thing_en}; today: {thing_en}; blockers: none
I'm out on {day_en}, @{person} covers for me.
"""  # noqa: E501

CI = """\
Build #{big} **succeeded** on `main` in {number} s
Build #{big} **failed** on `feature/{channel}`: {number} tests failed\\n```\\nFAILED tests/test_{channel}.py::test_times - AssertionError\\n```
Deployment {big} to staging finished
Nightly backup finished, {number} GB
"""  # noqa: E501

CALENDAR = """\
Erinnerung: *Jour fixe Polarstern* beginnt in {number} Minuten
Neuer Termin am {day} um {hour} Uhr: **Abstimmung {customer}**
{day}: {name} ist abwesend
"""

CALLS_FOR_ANNA = {
    "town-square": "@anna stellst du am {day} kurz den Stand vor?",
    "projekt-polarstern": "@anna die {thing} ist freigegeben, kannst du sie {customer} schicken?",
    "kundendienst": "@anna {customer} fragt nach dir persönlich.",
    "betrieb": "@anna dein Rechner braucht einen Neustart, bitte vor {day}.",
    "sales-uk": "@anna could you confirm the {thing_en} for {customer}?",
    "montage": "Könnte @anna am {day} zur Abnahme kommen?",
}
"""Among the unread posts of these channels one is for anna."""

WORDS: dict[str, tuple[str, ...]] = {
    "place": ("im Homeoffice", "beim Kunden", "im Zug nach Graz", "in der Werkstatt", "auf Dienstreise"),
    "place_en": ("at home", "in Leeds", "on the train", "in the workshop", "at the dentist"),
    "hour": ("9", "10", "11", "13", "14", "15"),
    "day": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "day_en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "thing": ("Angebotsvorlage", "Zeichnung", "Preisliste", "Präsentation", "Stückliste", "Übergabemappe"),
    "thing_en": ("proposal", "release notes", "price list", "slides", "checklist", "style guide"),
    "folder": ("Projekte/Polarstern", "Vorlagen", "Zeichnungen/2026", "Übergabe", "Fotos"),
    "customer": (
        "Bäckerei Rößler",
        "Hotel Alpenblick",
        "Stadtwerke Mürz",
        "Ashford & Daughters",
        "Kräuterhof",
    ),
    "food": ("Käsespätzle", "Erdäpfelsalat", "Linsensuppe", "Kaiserschmarrn", "Gemüsecurry"),
    "number": tuple(str(n) for n in range(2, 48)),
    "big": tuple(str(n) for n in range(4100, 4180)),
    "channel": ("doku", "betrieb", "telearbeit", "release", "urlaub", "kundendienst"),
}

EMOJIS = ("+1", "tada", "heart", "eyes", "white_check_mark", "rocket", "joy", "coffee", "nordlicht")

FILES = (
    ("Protokoll Jour fixe.txt", "Protokoll\n=========\n\nAnwesend: alle\nBeschluss: vertagt\n"),
    ("stueckliste.csv", "Teil;Anzahl\nSchraube M6;40\nScheibe;80\nWinkel;12\n"),
    ("notes.md", "# Notes\n\n- ask Leeds\n- update the slides\n"),
    ("Übersicht Räume.txt", "Großer Saal: 24\nKleines Zimmer: 6\n"),
    ("build.log", "compiling …\nlinking …\nok\n" * 40),
)

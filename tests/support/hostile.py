"""Texts that a colleague, a guest or a broken server may put anywhere: one list for every room's tests.

Invariant: everything here is data. `HOSTILE` fits in any field (name, header, file name, message); the
`WORST_MESSAGES` are legal messages (at most 16,383 characters) that are only meant for bodies.
"""

from __future__ import annotations

import re

ESC = "\x1b"

TERMINAL_SEQUENCES: tuple[str, ...] = (
    f"{ESC}]0;EVIL TITLE{ESC}\\",
    f"{ESC}]0;EVIL TITLE\x07",
    f"{ESC}]52;c;ZXZpbA=={ESC}\\",
    "\x9d52;c;ZXZpbA==\x9c",
    f"{ESC}[2J{ESC}[H",
    f"{ESC}[21t",
    f"{ESC}[6n{ESC}[c{ESC}[>q",
    f"{ESC}]8;;https://evil.example/{ESC}\\good.example{ESC}]8;;{ESC}\\",
    f"{ESC}P$qm{ESC}\\",
    f"{ESC}_Ga=T;AAAA{ESC}\\",
    f"{ESC}^private{ESC}\\",
    f"{ESC}]99;i=1:d=0;evil{ESC}\\",
    f"{ESC}]777;notify;evil;evil{ESC}\\",
    f"{ESC}[?1049l{ESC}[?1000h{ESC}[?2004l",
    f"{ESC}c{ESC}#8{ESC}(0",
    "\x9b31mred\x9b0m",
    "\x90q\x9c\x98x\x9c\x9ey\x9c\x9fz\x9c",
    "\x0e\x0f\x05",
    f"{ESC}tmux;{ESC}{ESC}]52;c;ZXZpbA==\x07{ESC}\\",
)
"""Titles, clipboard, erasing, queries, hyperlinks, DCS/APC/PM, notifications, modes, C1, shifts, tmux."""

CONTROLS: tuple[str, ...] = (
    "".join(map(chr, range(0x20))),
    "\x7f" + "".join(map(chr, range(0x80, 0xA0))),
    "AAAA\rPWN",
    "a\b\b\bb",
    "first\x0bsecond\x0cthird",
    "one\r\ntwo\ntree\tfour",
    "line\u2028separator\u2029paragraph\x85next",
    "\x00\x00null\x00",
)

BIDI: tuple[str, ...] = (
    "invoice\u202egpj.exe",
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "user \u2067\u2066admin\u2069 approved\u2069",
    "\u202eabc\u202c" * 20,
)

INVISIBLE: tuple[str, ...] = (
    "pay\u200bpal\u200b",
    "a\u200cb\u200dc\u2060d\ufeffe\u00adf\u034fg\u180eh",
    "x\U000e0041\U000e0042\U000e007f",
    "x\U000e0100\U000e01ef\ufe00\ufe01",
    "\u3164\u115f\u1160\uffa0\u17b4\u17b5",
    "\ufff9note\ufffatext\ufffb",
    "\u200b",
    "\u200d\u200d\u200d",
)

SURROGATES: tuple[str, ...] = ("\ud800", "low\udc00end", "\ude00\ud83d", "x\udfffy")

MARKUP: tuple[str, ...] = (
    "[@click=app.quit]x[/]",
    "[@click=app.open('file:///etc/passwd')]x[/]",
    "[/nope]",
    "[/]",
    "[link=https://evil.example]x[/link]",
    '[link="https://evil.example"]good.example[/link]',
    "[bold red on white]x",
    "[b]x[/i]",
    "\\[not markup\\]",
    "[[double]] ]] [[",
    "$v $text ${HOME} $$ %s %(name)s {0} {name}",
    ":smile: &lt;b&gt; &#27;[2J <b>x</b><script>alert(1)</script>",
    "[on_click=x][/on_click] [$accent]x[/$accent]",
    "[not closed",
    "closed only]",
    "@[]/\\@[]/\\",
)

UNICODE: tuple[str, ...] = (
    "Z" + "\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 8 + "algo",
    "\u0301\u0301 leading marks",
    "a\u20dd\u20de\u20e0" * 20,
    "שלום עולם (test) 123",
    "مرحبا بالعالم",
    "👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 ❤️ 1️⃣",
    "🇩🇪🇦🇹🇨🇭🇩",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "क्‍ष ക്‍ می‌خواهم",
    "漢字ｶﾅ한글ㅤ全角",
    "ﷺ𒐫꧅",
    "½ ㎏ ﬀ ™️ ⌚︎",
    "\ue000\uf8ff\U000f0000 \ufffe\uffff",
)

SHELL: tuple[str, ...] = (
    "$(id)",
    "`id`",
    "-rf",
    "--remote-debugging-port=1",
    "; rm -rf ~",
    "<b>&amp;</b>",
    "%action",
)

NAMES: tuple[str, ...] = (
    "..\\..\\win.ini",
    "../../etc/passwd",
    "/etc/passwd",
    ".bashrc",
    ".",
    "..",
    "",
    "   ",
    "a\u202egpj.exe",
    "con.txt",
    "x" * 300 + ".txt",
)
"""File names; also useful as any other name."""

LONG: tuple[str, ...] = ("x" * 10_000, "漢" * 10_000, "a " * 5_000, "[" * 10_000, "👨‍👩‍👧‍👦" * 1_000)
"""Lines of about 10 kB."""

HOSTILE: tuple[str, ...] = (
    *TERMINAL_SEQUENCES,
    *CONTROLS,
    *BIDI,
    *INVISIBLE,
    *SURROGATES,
    *MARKUP,
    *UNICODE,
    *SHELL,
    *NAMES,
    *LONG,
)

MAX_RUNES = 16_383
"""Longest legal message of a Mattermost server."""

_WIDE_TABLE = "\n".join(["|" + "a|" * 300, "|" + "-|" * 300, *["|" + "|" * 300] * 20])

WORST_MESSAGES: dict[str, str] = {
    "table of 300 columns": _WIDE_TABLE,
    "newlines": "\n" * MAX_RUNES,
    "lines": "a\n" * 8_191,
    "paragraphs": "a\n\n" * 5_461,
    "quotes": ">" * 8_000,
    "quoted lines": "> a\n" * 4_000,
    "list of 180 levels": "\n".join(" " * (2 * n) + "- a" for n in range(90)),
    "list of 180 levels on one line": "- " * 180 + "a",
    "list": "- a\n" * 4_000,
    "numbers": "1. a\n" * 3_200,
    "tasks": "- [ ] a\n" * 2_000,
    "stars": "*" * MAX_RUNES,
    "brackets": "[" * MAX_RUNES,
    "closing brackets": "]" * MAX_RUNES,
    "backticks": "`" * MAX_RUNES,
    "growing backticks": "".join("`" * n + "a" for n in range(1, 180)),
    "emoji": "😀" * MAX_RUNES,
    "emoji names": (":smile:" * 2_400)[:MAX_RUNES],
    "unknown emoji names": (":aa" * 5_461)[:MAX_RUNES],
    "underscores": "a_" * 8_000,
    "opening stars": "*a " * 5_000,
    "star pairs": "*a*" * 5_400,
    "star soup": "*a **b ***c " * 1_300,
    "closing stars": "a* " * 5_000,
    "alternating": "*_" * 8_000,
    "strikes": "~~a" * 5_400,
    "links": "[a](http://b.c)" * 1_000,
    "half links": "[a](" * 4_000,
    "images": "![a](" * 3_200,
    "nested images": "![" * 3_000 + "a" + "](b)" * 2_500,
    "angles": "<" * MAX_RUNES,
    "bare links": "http://a.de " * 1_300,
    "hosts": "www.a.de " * 1_800,
    "mentions": "@anna " * 2_700,
    "at signs": "@" * MAX_RUNES,
    "hashtags": "#tag " * 3_200,
    "channels": "~town " * 2_700,
    "addresses": "a@b.de " * 2_300,
    "long address": "a" * 16_000 + "@b.de",
    "colons": ":" * MAX_RUNES,
    "slashes": "://" * 5_461,
    "backslashes": "\\" * MAX_RUNES,
    "long line": "word " * 3_276,
    "one word": "x" * MAX_RUNES,
    "combining marks": "a" + "\u0301" * (MAX_RUNES - 1),
    "joiners": "\u200d" * MAX_RUNES,
    "overrides": "\u202e" * MAX_RUNES,
    "escapes": ESC * MAX_RUNES,
    "tabs": "\t" * MAX_RUNES,
    "headings": "# a\n" * 4_000,
    "underlined": "a\n-\n" * 4_000,
    "rules": "---\n" * 4_000,
    "fences": "```\n" * 4_000,
    "open fence": "```py\n" + "x = 1\n" * 2_500,
    "indented code": "    a\n\n" * 2_300,
    "small tables": "a|b\n-|-\nc|d\n\n" * 1_200,
    "long table": "a|b\n-|-\n" + "c|d\n" * 4_000,
    "quotes in lists": "- > " * 4_000,
    "quotes in numbers": "1. > 1. > 1. > 1. > 1. > \n" * 600,
    "pipes": "|" * MAX_RUNES,
    "entities": "&amp;" * 3_200,
    "parentheses": "[a](" + "(" * 16_000,
    "html": "<b>" * 5_461,
}
"""Legal messages that were chosen to be as expensive as possible; each must cost under 100 ms."""

_RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]"
)


def raw_controls(text: str) -> list[str]:
    """Every character in `text` that must never reach a terminal (LF alone is allowed), as escapes."""
    return [char.encode("unicode_escape").decode() for char in _RAW.findall(text)]

"""The message catalogue: finds the texts of the program, keeps the German .po, compiles the .mo.

    python -m tests.support.catalogue           what is missing, obsolete or wrong
    python -m tests.support.catalogue update    the .po with new texts added (empty) and old ones dropped,
    and the .mo python -m tests.support.catalogue fill FILE the translations of FILE (a piece of .po) put
    into the .po, and the .mo python -m tests.support.catalogue compile   the .mo alone

Invariant: the same .po gives the same .mo, byte for byte. No gettext tools are needed.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
PO = ROOT / "tui/locale/de/LC_MESSAGES/teleteam.po"
MO = PO.with_suffix(".mo")
MAGIC = 0x950412DE
HEADER = (
    "Project-Id-Version: teleteam\n"
    "Language: de\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|(%(?:\(\w+\))?[sdr%])")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}

Key = tuple[str, str]
"""(context, msgid)."""


@dataclass(frozen=True)
class Message:
    """One text: `texts` are the translations, one for each plural form."""

    msgid: str
    context: str = ""
    plural: str = ""
    texts: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.msgid

    @property
    def done(self) -> bool:
        return bool(self.texts) and all(self.texts) and not self.fuzzy


@dataclass
class Found:
    """What the program's source holds."""

    messages: dict[Key, Message] = field(default_factory=dict)
    dynamic: list[str] = field(default_factory=list)
    """file:line of calls whose text is no literal."""

    def add(self, message: Message, file: str) -> None:
        known = self.messages.get(message.key, message)
        plural = known.plural or message.plural
        files = tuple(sorted({*known.files, file}))
        self.messages[message.key] = replace(known, plural=plural, files=files)


def collect(root: Path = ROOT) -> Found:
    """Every text in `_()`, `N_()`, `ngettext()` and `pgettext()` of the package."""
    found = Found()
    for path in sorted((root / "tui").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                _collect_call(node, name, found)
    return found


def _collect_call(node: ast.Call, file: str, found: Found) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    wanted = {"_": 1, "N_": 1, "pgettext": 2, "ngettext": 2}.get(name, 0)
    if not wanted or file.endswith("settings/i18n.py"):
        return
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(texts) < wanted:
        found.dynamic.append(f"{file}:{node.lineno}")
    elif name == "pgettext":
        found.add(Message(texts[1], context=texts[0]), file)
    else:
        found.add(Message(texts[0], plural=texts[1] if name == "ngettext" else ""), file)


def read_po(text: str) -> dict[Key, Message]:
    """The entries of a .po file, without its header."""
    entries: dict[Key, Message] = {}
    for block in re.split(r"\n\s*\n", text):
        message = _parse_block(block)
        if message is not None and message.msgid:
            entries[message.key] = message
    return entries


def _parse_block(block: str) -> Message | None:
    parts: dict[str, str] = {}
    current = ""
    fuzzy = False
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            continue
        word, _sep, _rest = line.partition(" ")
        current = current if line.startswith('"') else word
        parts[current] = parts.get(current, "") + _unquote(line)
    if "msgid" not in parts:
        return None
    texts = tuple(parts[name] for name in ("msgstr", "msgstr[0]", "msgstr[1]") if name in parts)
    return Message(
        parts["msgid"], parts.get("msgctxt", ""), parts.get("msgid_plural", ""), texts, fuzzy=fuzzy
    )


def _unquote(line: str) -> str:
    match = _STRING.search(line)
    if match is None:
        raise ValueError(f"not a .po line: {line}")
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), match[1])


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    if "\n" not in escaped.rstrip("\n"):
        return '"' + escaped.replace("\n", "\\n") + '"'
    lines = escaped.splitlines(keepends=True)
    return '""\n' + "\n".join('"' + line.replace("\n", "\\n") + '"' for line in lines)


def write_po(entries: Iterable[Message]) -> str:
    """The text of a .po file, sorted by msgid."""
    blocks = [f'# German texts of teleteam.\nmsgid ""\nmsgstr {_quote(HEADER)}']
    blocks += [_block(m) for m in sorted(entries, key=lambda m: (m.msgid.casefold(), m.msgid, m.context))]
    return "\n\n".join(blocks) + "\n"


def _block(message: Message) -> str:
    lines = [f"#: {file}" for file in message.files]
    if message.fuzzy:
        lines.append("#, fuzzy")
    if message.context:
        lines.append(f"msgctxt {_quote(message.context)}")
    lines.append(f"msgid {_quote(message.msgid)}")
    if not message.plural:
        return "\n".join([*lines, f"msgstr {_quote(message.texts[0] if message.texts else '')}"])
    lines.append(f"msgid_plural {_quote(message.plural)}")
    texts = message.texts if len(message.texts) == 2 else ("", "")
    return "\n".join([*lines, *(f"msgstr[{n}] {_quote(text)}" for n, text in enumerate(texts))])


def compile_mo(entries: Iterable[Message]) -> bytes:
    """The .mo file (GNU gettext manual, "The Format of GNU MO Files"): magic, two sorted tables, strings."""
    pairs = [(b"", HEADER.encode())]
    for message in entries:
        if message.done:
            context = f"{message.context}\x04" if message.context else ""
            original = f"{context}{message.msgid}" + (f"\0{message.plural}" if message.plural else "")
            pairs.append((original.encode(), "\0".join(message.texts).encode()))
    pairs.sort()
    start = 28 + 16 * len(pairs)
    strings = b""
    originals: list[tuple[int, int]] = []
    translations: list[tuple[int, int]] = []
    for table, texts in ((originals, [p[0] for p in pairs]), (translations, [p[1] for p in pairs])):
        for text in texts:
            table.append((len(text), start + len(strings)))
            strings += text + b"\0"
    count = len(pairs)
    head = struct.pack("<7I", MAGIC, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + b"".join(struct.pack("<2I", *row) for row in originals + translations) + strings


def load() -> dict[Key, Message]:
    """The entries of our .po."""
    return read_po(PO.read_text(encoding="utf-8")) if PO.exists() else {}


def merged(found: Mapping[Key, Message], known: Mapping[Key, Message]) -> list[Message]:
    """The program's texts with the translations that are known."""
    return [_merge(message, known.get(key)) for key, message in found.items()]


def _merge(message: Message, known: Message | None) -> Message:
    forms = 2 if message.plural else 1
    fits = known is not None and len(known.texts) == forms
    return replace(message, texts=known.texts, fuzzy=known.fuzzy) if known and fits else message


def problems(found: Found, known: Mapping[Key, Message]) -> Iterator[str]:
    """What keeps the catalogue from being whole, a line each."""
    for key, message in found.messages.items():
        entry = known.get(key)
        if entry is None or not entry.done:
            yield f"missing: {message.msgid!r} ({', '.join(message.files)})"
        elif bool(entry.plural) != bool(message.plural):
            yield f"plural differs: {message.msgid!r}"
        else:
            yield from _flaws(entry)
    for key in known.keys() - found.messages.keys():
        yield f"obsolete: {key[1]!r}"


def _flaws(entry: Message) -> Iterator[str]:
    """Placeholders must be the same (the singular may leave them out), blanks at the ends too."""
    for number, text in enumerate(entry.texts):
        source = entry.plural if number else entry.msgid
        missing, extra = _fields(source) - _fields(text), _fields(text) - _fields(source)
        if extra or (missing and not (entry.plural and number == 0)):
            yield f"placeholders differ: {entry.msgid!r}"
        if (source[:1].isspace(), source[-1:].isspace()) != (text[:1].isspace(), text[-1:].isspace()):
            yield f"blanks at the ends differ: {entry.msgid!r}"


def _fields(text: str) -> set[str]:
    return {match[0] for match in _PLACEHOLDER.finditer(text)}


def save(entries: list[Message]) -> None:
    """Writes .po and .mo."""
    PO.write_text(write_po(entries), encoding="utf-8")
    MO.write_bytes(compile_mo(read_po(PO.read_text(encoding="utf-8")).values()))


def main(words: list[str]) -> int:
    """The helper's commands; see the module's docstring. Returns the exit code."""
    found, known = collect(), load()
    if words[:1] == ["update"]:
        save(merged(found.messages, known))
    elif words[:1] == ["fill"]:
        known |= read_po(Path(words[1]).read_text(encoding="utf-8"))
        save(merged(found.messages, known))
    elif words[:1] == ["compile"]:
        MO.write_bytes(compile_mo(known.values()))
    lines = list(problems(found, load()))
    sys.stdout.writelines(f"{line}\n" for line in (*lines, *(f"no literal: {p}" for p in found.dynamic)))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

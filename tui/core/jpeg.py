"""Decodes small baseline JPEGs: the thumbnails that the server makes of pictures.

Only what such a thumbnail needs (ITU T.81 baseline, Huffman, 8 bits, at most 4:2:0); sizes are checked before
anything is decoded, so that the worst input costs a second, never memory. No library: a decoder in C would
read what strangers have sent.

Invariant: damaged or other input is BadPicture, never anything else.
"""

from __future__ import annotations

import math

from tui.core.values import dataclass

MOST_PIXELS = 200_000
Pixel = tuple[int, int, int]


class BadPicture(ValueError):
    """No picture that can be shown here."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`rows[y][x]` = (red, green, blue), 0 to 255."""

    width: int
    height: int
    rows: list[list[Pixel]]


@dataclass
class _Component:
    ident: int
    across: int
    down: int
    table: int
    dc: int = 0
    ac: int = 0
    last: int = 0
    lines: int = 0
    plane: list[list[int]] | None = None


_ZIGZAG = sorted(
    range(64),
    key=lambda n: (n // 8 + n % 8, n // 8 if (n // 8 + n % 8) % 2 else n % 8),
)
_COS = [
    [math.cos((2 * x + 1) * u * math.pi / 16) * (math.sqrt(0.125) if u == 0 else 0.5) for u in range(8)]
    for x in range(8)
]


def decode(data: bytes) -> Picture:
    """The picture. Raises BadPicture."""
    try:
        return _Decoder(data).picture()
    except (IndexError, KeyError, ZeroDivisionError, TypeError) as error:
        raise BadPicture(type(error).__name__) from None


class _Decoder:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._quant: dict[int, list[int]] = {}
        self._codes: dict[int, dict[tuple[int, int], int]] = {}
        self._parts: list[_Component] = []
        self._width = self._height = self._restart = 0
        self._bits = self._held = self._at = 0

    def picture(self) -> Picture:
        if self._data[:2] != b"\xff\xd8":
            raise BadPicture("no JPEG")
        at = 2
        while True:
            if self._data[at] != 0xFF:
                raise BadPicture("marker")
            marker, length = self._data[at + 1], int.from_bytes(self._data[at + 2 : at + 4], "big")
            body = self._data[at + 4 : at + 2 + length]
            if length < 2:
                raise BadPicture("length")
            at += 2 + length
            if marker == 0xDB:
                self._read_quant(body)
            elif marker == 0xC4:
                self._read_codes(body)
            elif marker in (0xC0, 0xC1):
                self._read_frame(body)
            elif marker == 0xDD:
                self._restart = int.from_bytes(body[:2], "big")
            elif marker == 0xDA:
                self._read_scan_head(body)
                self._at = at
                self._scan()
                return self._colored()
            elif 0xC2 <= marker <= 0xCF or marker == 0xD9:
                raise BadPicture("not baseline")

    def _read_quant(self, body: bytes) -> None:
        at = 0
        while at < len(body):
            wide, ident = body[at] >> 4, body[at] & 15
            step = 2 if wide else 1
            values = [
                int.from_bytes(body[at + 1 + n * step : at + 1 + (n + 1) * step], "big") for n in range(64)
            ]
            self._quant[ident] = values
            at += 1 + 64 * step

    def _read_codes(self, body: bytes) -> None:
        at = 0
        while at < len(body):
            counts, code, place = body[at + 1 : at + 17], 0, at + 17
            table: dict[tuple[int, int], int] = {}
            for length, count in enumerate(counts, 1):
                for _ in range(count):
                    table[length, code] = body[place]
                    code, place = code + 1, place + 1
                code <<= 1
            self._codes[body[at]] = table
            at = place

    def _read_frame(self, body: bytes) -> None:
        self._height, self._width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        if body[0] != 8 or body[5] not in (1, 3) or not 0 < self._width * self._height <= MOST_PIXELS:
            raise BadPicture("size")
        self._parts = [
            _Component(body[n], body[n + 1] >> 4, body[n + 1] & 15, body[n + 2])
            for n in range(6, 6 + 3 * body[5], 3)
        ]
        if any(not (1 <= part.across <= 2 and 1 <= part.down <= 2) for part in self._parts):
            raise BadPicture("sampling")

    def _read_scan_head(self, body: bytes) -> None:
        if not self._parts or body[0] != len(self._parts):
            raise BadPicture("scan")
        for part, n in zip(self._parts, range(1, 1 + 2 * body[0], 2), strict=True):
            part.dc, part.ac = body[n + 1] >> 4, body[n + 1] & 15

    # the bits
    def _bit(self) -> int:
        if not self._bits:
            byte = self._data[self._at]
            self._at += 1
            if byte == 0xFF:
                if self._data[self._at] != 0:
                    raise BadPicture("cut short")
                self._at += 1
            self._held, self._bits = byte, 8
        self._bits -= 1
        return self._held >> self._bits & 1

    def _receive(self, count: int) -> int:
        """A signed number of so many bits (T.81 F.2.2.1)."""
        value = 0
        for _ in range(count):
            value = value << 1 | self._bit()
        return value if not count or value >> (count - 1) else value - (1 << count) + 1

    def _symbol(self, table: dict[tuple[int, int], int]) -> int:
        code = 0
        for length in range(1, 17):
            code = code << 1 | self._bit()
            found = table.get((length, code))
            if found is not None:
                return found
        raise BadPicture("code")

    # the blocks
    def _scan(self) -> None:
        across, down = max(p.across for p in self._parts), max(p.down for p in self._parts)
        wide, high = -(-self._width // (8 * across)), -(-self._height // (8 * down))
        for part in self._parts:
            part.plane = [[0] * (wide * part.across * 8) for _ in range(high * part.down * 8)]
        for number in range(wide * high):
            if self._restart and number and number % self._restart == 0:
                self._begin_again()
            for part in self._parts:
                for n in range(part.across * part.down):
                    column = (number % wide * part.across + n % part.across) * 8
                    self._block(part, column, (number // wide * part.down + n // part.across) * 8)

    def _begin_again(self) -> None:
        self._bits = 0
        if self._data[self._at] != 0xFF or not 0xD0 <= self._data[self._at + 1] <= 0xD7:
            raise BadPicture("restart")
        self._at += 2
        for part in self._parts:
            part.last = 0

    def _block(self, part: _Component, column: int, line: int) -> None:
        quant = self._quant[part.table]
        part.last += self._receive(self._symbol(self._codes[part.dc]))
        values = [0.0] * 64
        values[0] = part.last * quant[0]
        place, table = 1, self._codes[0x10 | part.ac]
        while place < 64:
            symbol = self._symbol(table)
            if not symbol:
                break
            place += symbol >> 4
            size = symbol & 15
            if size:
                values[_ZIGZAG[place]] = self._receive(size) * quant[place]
            place += 1
        _put(values, part, column, line)

    # the colours
    def _colored(self) -> Picture:
        across, down = max(p.across for p in self._parts), max(p.down for p in self._parts)
        rows = []
        for y in range(self._height):
            lines = [(part.plane or [])[y * part.down // down] for part in self._parts]
            steps = [part.across for part in self._parts]
            if len(lines) == 1:
                rows.append([(value, value, value) for value in lines[0][: self._width]])
            else:
                rows.append(
                    [
                        _rgb(*(line[x * step // across] for line, step in zip(lines, steps, strict=True)))
                        for x in range(self._width)
                    ]
                )
        return Picture(self._width, self._height, rows)


def _put(values: list[float], part: _Component, column: int, line: int) -> None:
    """Inverse cosine transform, rows then columns, into the component's plane."""
    assert part.plane is not None
    half = []
    for v in range(0, 64, 8):
        row = values[v : v + 8]
        half.append([sum(map(_product, cos, row)) for cos in _COS] if any(row) else [0.0] * 8)
    columns = list(zip(*half, strict=True))
    for y, cos in enumerate(_COS):
        target = part.plane[line + y]
        for x, held in enumerate(columns):
            target[column + x] = max(0, min(255, round(sum(map(_product, cos, held)) + 128)))


def _product(one: float, other: float) -> float:
    return one * other


def _rgb(y: int, cb: int, cr: int) -> Pixel:
    """JFIF's colours."""
    blue, red = cb - 128, cr - 128
    return (
        max(0, min(255, round(y + 1.402 * red))),
        max(0, min(255, round(y - 0.344136 * blue - 0.714136 * red))),
        max(0, min(255, round(y + 1.772 * blue))),
    )

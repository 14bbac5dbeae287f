"""Tables of figures: printed for the person who waits, written as Markdown for docs/bench.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.budgets.limits import Limit, over


@dataclass
class Table:
    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    exceeded: list[str] = field(default_factory=list)
    """Byte and request budgets that are not kept, in words: the bench fails by them."""

    def add(self, *cells: object) -> None:
        self.rows.append(tuple(shown(cell) for cell in cells))

    def plain(self) -> str:
        """For a terminal: columns aligned, the first to the left."""
        widths = [max(len(row[at]) for row in (self.columns, *self.rows)) for at in range(len(self.columns))]

        def line(row: tuple[str, ...]) -> str:
            rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
            return "  ".join((row[0].ljust(widths[0]), *rest)).rstrip()

        return "\n".join([self.title, line(self.columns), *map(line, self.rows), *self.notes])

    def markdown(self) -> str:
        head = [f"## {self.title}", "", _cells(self.columns), "|---|" + "---:|" * (len(self.columns) - 1)]
        notes = ["", *(f"{note}  " for note in self.notes)] if self.notes else []
        return "\n".join([*head, *map(_cells, self.rows), *notes])


def _cells(row: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def shown(value: object) -> str:
    """Numbers with three figures or whole, thousands apart."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def ratio(figure: float, baseline: float) -> str:
    return f"×{figure / baseline:.2f}" if baseline else "–"


def budget_table(
    title: str,
    figures: Mapping[str, int],
    limits: Mapping[str, Limit],
    beside: Mapping[str, Mapping[str, int]] | None = None,
) -> Table:
    """Figures beside their aims and peers; `beside` = more columns measured in the same run, by name."""
    more = beside or {}
    table = Table(title, ("what", "figure", "aim", "held", *more, "best peer (measured earlier)"))
    for key, figure in figures.items():
        limit = limits[key]
        aim = "–" if limit.aim is None else shown(limit.aim)
        others = (_beside(figure, column.get(key)) for column in more.values())
        table.add(_title(limit), figure, _judged(figure, limit, aim), limit.held, *others, limit.peer or "–")
    table.exceeded = over(figures, limits)
    table.notes = _missed([limits[key] for key in figures if not limits[key].reached])
    return table


def _missed(limits: Iterable[Limit]) -> list[str]:
    """One line for each reason, with the titles it concerns."""
    reasons: dict[str, list[str]] = {}
    for limit in limits:
        reasons.setdefault(limit.missed, []).append(limit.title)
    return [f"**Missed** ({'; '.join(titles)}): {reason}." for reason, titles in reasons.items()]


def _title(limit: Limit) -> str:
    return f"{limit.title}, {limit.unit}" if limit.unit else limit.title


def _judged(figure: int, limit: Limit, aim: str) -> str:
    return f"{aim} missed" if limit.aim is not None and figure > limit.aim else aim


def _beside(figure: int, other: int | None) -> str:
    return "–" if other is None else f"{shown(other)} ({ratio(other, figure)})"

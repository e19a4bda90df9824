"""How are figures drawn? SVG made on the server: bars, month lines, a schematic map; each with its words, a table beside.

Colours are never alone: what is unmet is dark and solid, what is met is white with an edge, lines differ by their dashes and
carry their names, so that a grey print says the same. No style attribute: the pages forbid them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from bot.journal.tables import Cell, Masque, said
from directory.catalogue import Directory
from directory.model import Point

SOMBRE, CLAIR, TRAIT = "#1d4f91", "#ffffff", "#51515c"


def bar(dark: Cell, whole: Cell, most: float, title: str) -> str:
    """One horizontal bar: `dark` of `whole` is solid, the rest is outlined. A hidden part leaves the outline alone."""
    scale = 99 / most if most else 0  # the edge of the longest bar must be seen
    shapes = []
    if isinstance(whole, int | float) and whole > 0:
        shapes.append(_rect(whole * scale, CLAIR, TRAIT))
    if isinstance(dark, int | float) and dark > 0:
        shapes.append(_rect(dark * scale, SOMBRE, SOMBRE))
    return (
        f'<svg class="barre" role="img" width="100%" height="16" preserveAspectRatio="none">'
        f"<title>{escape(title)}</title>{''.join(shapes)}</svg>"
    )


def _rect(width: float, fill: str, stroke: str) -> str:
    return f'<rect x="0" y="2" width="{max(width, 0.4):.2f}%" height="12" fill="{fill}" stroke="{stroke}"></rect>'


def months(labels: Sequence[str], series: Mapping[str, Sequence[Cell]], title: str) -> str:
    """Lines over months, from zero; a hidden month is a gap. The names of the lines stand at their ends."""
    width, height, left, right, top, bottom = 720, 270, 58, 150, 16, 44
    numbers = [value for values in series.values() for value in values if isinstance(value, int | float)]
    step = _step(max(numbers, default=0))
    most = max(step, -(-max(numbers, default=0) // step) * step)
    across = (width - left - right) / max(len(labels) - 1, 1)

    def x(index: int) -> float:
        return left + across * index

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - value / most)

    parts = [f"<title>{escape(title)}</title>"]
    for tick in range(0, int(most) + 1, int(step)):
        parts.append(_line(left, y(tick), width - right, y(tick), "#d5d5da"))
        parts.append(_text(left - 8, y(tick) + 4, said(tick, "nombre"), "end"))
    every = max(1, -(-len(labels) // 12))
    for index, label in enumerate(labels):
        if index % every == 0:
            parts.append(_text(x(index), height - bottom + 18, label.split()[0], "middle"))
            if index == 0 or label.startswith("janv"):
                parts.append(_text(x(index), height - bottom + 34, label.split()[-1], "middle"))
    ends: list[float] = []
    for rank, (name, values) in enumerate(series.items()):
        dash = ("", "7 4", "2 3")[rank % 3]
        for run in _runs(values):
            points = " ".join(f"{x(index):.1f},{y(value):.1f}" for index, value in run)
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{SOMBRE if rank == 1 else "#1b1b1f"}" stroke-width="2.5"'
                f' stroke-dasharray="{dash or "none"}"></polyline>'
            )
            parts += [_mark(rank, x(index), y(value)) for index, value in run]
        known = [(index, value) for index, value in enumerate(values) if isinstance(value, int | float)]
        if known:
            place = y(known[-1][1]) + 4
            while any(abs(place - other) < 16 for other in ends):
                place += 16 if place < height / 2 else -16
            ends.append(place)
            parts.append(_text(width - right + 12, place, name, "start"))
    return _svg("courbe", width, height, parts)


def _step(most: float) -> int:
    """The distance between two lines of the grid: 1, 2 or 5 times a power of ten, so that there are at most five."""
    return next(step for power in range(12) for factor in (1, 2, 5) if most / (step := factor * 10**power) <= 5)


def _runs(values: Sequence[Cell]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for index, value in enumerate(values):
        if isinstance(value, int | float):
            runs[-1].append((index, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _mark(rank: int, x: float, y: float) -> str:
    if rank % 3 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#1b1b1f"></circle>'
    if rank % 3 == 1:
        return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{SOMBRE}"></rect>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#ffffff" stroke="#1b1b1f"></circle>'


def tiles(directory: Directory, figures: Mapping[str, tuple[Cell, Cell]], title: str) -> str:
    """The quarters as tiles where they really are, (requests, unmet) in each; those of which no point is known stand apart."""
    width, tall, wide, high = 820, 350, 186, 96
    found = {each: point for each in directory.quartiers if (point := place_of(directory, each))}
    parts = [f"<title>{escape(title)}</title>", _text(width / 2, 16, "Nord ↑", "middle")]
    taken: list[tuple[float, float]] = []
    if found:
        west, east = min(p.longitude for p in found.values()), max(p.longitude for p in found.values())
        south, north = min(p.latitude for p in found.values()), max(p.latitude for p in found.values())
        for each, point in sorted(found.items(), key=lambda item: (-item[1].latitude, item[0])):
            x = 4 + (width - wide - 8) * ((point.longitude - west) / (east - west) if east > west else 0.5)
            y = 26 + (tall - high - 30) * ((north - point.latitude) / (north - south) if north > south else 0.5)
            while any(abs(x - a) < wide + 6 and abs(y - b) < high + 6 for a, b in taken):
                y += high + 8
            taken.append((x, y))
            parts.append(_tile(directory.quartiers[each].nom, figures.get(each), x, y, wide, high))
    bottom = max([tall, *(y + high + 8 for _, y in taken)])
    lost = [each for each in directory.quartiers if each not in found]
    if lost:
        parts.append(_text(4, bottom + 14, "Sans repère dans l'annuaire (placés à part) :", "start"))
        for index, each in enumerate(lost):
            x = 4 + (index % 4) * (wide + 10)
            y = bottom + 24 + index // 4 * (high + 10)
            parts.append(_tile(directory.quartiers[each].nom, figures.get(each), x, y, wide, high))
        bottom += 24 + -(-len(lost) // 4) * (high + 10)
    return _svg("plan", width, int(bottom + 4), parts)


def place_of(directory: Directory, quartier: str) -> Point | None:
    """Where a quarter is drawn: its landmark, else the middle of the places that the directory has there."""
    centre = directory.quartiers[quartier].centre
    if centre:
        return centre
    points = [lieu.point for lieu in directory.lieux.values() if quartier in lieu.quartiers and lieu.point]
    if not points:
        return None
    return Point(sum(p.latitude for p in points) / len(points), sum(p.longitude for p in points) / len(points))


def _tile(name: str, counts: tuple[Cell, Cell] | None, x: float, y: float, wide: float, high: float) -> str:
    asked, unmet = counts or (None, None)
    rate = unmet / asked if isinstance(asked, int) and isinstance(unmet, int) and asked else None
    # The rail at the left fills with the share of unmet needs: its length says it, not its colour alone.
    rail = "" if rate is None else _box(x, y + high * (1 - min(rate, 1)), 10, high * min(rate, 1), SOMBRE, SOMBRE)
    told = [f"Demandes : {said(asked, 'nombre')}", f"Non couverts : {said(unmet, 'nombre')}"]
    if rate is not None:
        told[1] += f" ({said(rate, 'part')})"
    head, _, rest = name.partition(" - ")
    named = [f"{head} -", rest] if rest and len(name) > 22 else [name]
    lines = [_text(x + 18, y + 20 + 17 * index, text, "start", bold=True) for index, text in enumerate(named)]
    lines += [_text(x + 18, y + 64 + 20 * index, text, "start") for index, text in enumerate(told)]
    return _box(x, y, wide, high, CLAIR, TRAIT) + _box(x, y, 10, high, "#ececef", TRAIT) + rail + "".join(lines)


def _box(x: float, y: float, width: float, height: float, fill: str, stroke: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}" stroke="{stroke}"></rect>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"></line>'


def _text(x: float, y: float, words: object, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#1b1b1f"{weight}>{escape(str(words))}</text>'


def _svg(kind: str, width: int, height: int, parts: Sequence[str]) -> str:
    return f'<svg class="{kind}" role="img" viewBox="0 0 {width} {height}" font-size="13">{"".join(parts)}</svg>'


def shade(value: Cell, most: float) -> int:
    """0 to 5: how dark a cell of a heat map is; 0 for what is hidden or nothing."""
    if isinstance(value, Masque | str) or not value or not most:
        return 0
    return min(5, 1 + int(5 * value / most * 0.999))

"""Where is a point, how far is a place, and which quarter does a name mean?

Distances are metres as the crow flies. Typos are the understanding's work: names here are only written without accents.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt

from directory.catalogue import Directory
from directory.model import Point, Quartier

EARTH = 6_371_000.0


def distance(a: Point, b: Point) -> float:
    """Metres between two points, along the surface of the Earth."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))


def within(quartier: Quartier, point: Point) -> bool:
    """Whether the point is inside the perimeter of the quarter. False when no perimeter was imported.

    Rings are counted together (even: outside), so a hole in a perimeter, or a perimeter in several pieces, is right.
    """
    x, y = point.longitude, point.latitude
    inside = False
    for ring in quartier.anneaux:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def quartier_of(directory: Directory, point: Point) -> str | None:
    """The quarter whose official perimeter holds the point; None outside all of them, or when none was imported."""
    return next((quartier.id for quartier in directory.quartiers.values() if within(quartier, point)), None)


def nearest_quartiers(directory: Directory, point: Point) -> tuple[str, ...]:
    """All quarters, nearest first, by their perimeter or else by their landmark; those with neither come last."""

    def metres(quartier: Quartier) -> float:
        if quartier.anneaux:
            return 0.0 if within(quartier, point) else min(_to_ring(ring, point) for ring in quartier.anneaux)
        return distance(quartier.centre, point) if quartier.centre else float("inf")

    return tuple(sorted(directory.quartiers, key=lambda each: (metres(directory.quartiers[each]), each)))


def names(directory: Directory) -> dict[str, tuple[str, ...]]:
    """Every normalised name that means a quarter (its name, local names, misspellings, streets, shared names), and the
    quarters it can mean, in their order."""
    found: dict[str, list[str]] = {}
    for quartier in directory.quartiers.values():
        for name in (quartier.nom, quartier.id, *quartier.noms, *quartier.rues):
            found.setdefault(normalise(name), []).append(quartier.id)
    for name, ids in directory.noms_partages.items():
        found.setdefault(normalise(name), []).extend(ids)
    order = {each: rank for rank, each in enumerate(directory.quartiers)}
    return {name: tuple(sorted(set(ids), key=order.__getitem__)) for name, ids in found.items() if name}


def normalise(text: str) -> str:
    """Small letters without accents or signs, words parted by one blank: « L'Étouvie ! » is "l etouvie"."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", text).strip()


def _to_ring(ring: tuple[tuple[float, float], ...], point: Point) -> float:
    """Metres from a point to a ring, on a flat Earth around the point: right to the metre within a city."""
    scale = radians(1) * EARTH
    shrink = cos(radians(point.latitude))
    flat = [((x - point.longitude) * scale * shrink, (y - point.latitude) * scale) for x, y in ring]
    return min(_to_segment(*a, *b) for a, b in pairwise(flat))


def _to_segment(x1: float, y1: float, x2: float, y2: float) -> float:
    """Distance from the origin to a segment."""
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    part = max(0.0, min(1.0, -(x1 * dx + y1 * dy) / length)) if length else 0.0
    return hypot(x1 + part * dx, y1 + part * dy)

"""What can a patient reader work out of everything published? Drawn journals, and linear programs over their figures.

The reader writes every sum there is (totals and margins, months, quarters, half-years, years), knows that a hidden count is
one at least (a zero is shown, but for sensitive needs), and asks for the least and the most that each hidden count can be.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from datetime import date

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from bot.journal.periods import month_of
from bot.journal.plan import BESOINS_SENSIBLES, SUIT, annual, equations, sensible

JAN = month_of(date(2026, 1, 1))
FAR = 1e6


def months(seed: int, size: int, count: int = 12) -> dict[int, dict]:
    """The counts of `count` months from January, as `bot.journal.cells` gives them."""
    rng = random.Random(seed)
    needs = [(1, None, "aide-alimentaire"), (1, None, "energie"), (3, "droits", "violences"), (3, "droits", "retraite"),
             (3, "services", "impots"), (3, "services", "papiers-identite"), (6, None, "sante-mentale"),
             (6, None, "acces-soins"), (10, None, "culture-sport")]  # fmt: skip
    found = {}
    for month in range(JAN, JAN + count):
        cells: Counter = Counter()
        for _ in range(size):
            need = rng.choices(needs, [9, 7, 1, 4, 5, 2, 1, 4, 1])[0]
            where = rng.choices(("a", "b", "c", None), [9, 5, 1, 4])[0]
            unmet = rng.random() < 0.25
            for mesure in ("demandes", "non_couverts" if unmet else "orientations"):
                cells[mesure, "", ()] += 1
                cells[mesure, "defi", need[:1]] += 1
                cells[mesure, "besoin", need] += 1
                if need[0] == 3:
                    cells[mesure, "axe", need[:2]] += 1
                cells[mesure, "quartier", (where,)] += 1
                cells[mesure, "defi quartier", (need[0], where)] += 1
            if unmet:
                cells["non_couverts", "raison", (rng.choice(("pas_aide", "rien_bientot", "rien_bientot")),)] += 1
            if rng.random() < 0.3:
                said = "aides" if rng.random() < 0.8 else "pas_aides"
                for mesure in ("avis", said):
                    cells[mesure, "", ()] += 1
                    cells[mesure, "quartier", (where,)] += 1
            langue = rng.choices(("fr", "ar", "ps"), [9, 2, 1])[0]
            messages = rng.randint(1, 30)
            for coupe, values in (("", ()), ("langue", (langue,))):
                cells["conversations", coupe, values] += 1
                cells["messages", coupe, values] += messages
            droit, kind = rng.choice(("rsa", "css")), rng.choice(("nc", "nd", "nr"))
            if rng.random() < 0.2:
                for coupe, values in (("", ()), ("type", (kind,)), ("droit", (droit,)), ("droit type", (droit, kind))):
                    cells["non_recours", coupe, values] += 1
        for need in needs:
            if need[2] in BESOINS_SENSIBLES:
                for mesure in ("demandes", "orientations", "non_couverts"):
                    cells.setdefault((mesure, "besoin", need), 0)
        cells["urgences", "", ()] = rng.randint(0, 3)
        found[month] = dict(cells)
    return found


def knowledge(done, periods):
    """Unknown -> column, and the sums a reader of everything published for some periods can write: (row, constant)."""
    columns: dict = {}
    rows = []

    def term(periode, key, sign, row):
        """Add a cell to an equation: what is shown goes to the right side, what is hidden is an unknown."""
        shown = done.value(periode, (SUIT.get(key[0], key[0]), *key[1:]))
        if shown is not None:
            return sign * done.value(periode, key)
        column = columns.setdefault((periode, key), len(columns))
        row[column] = row.get(column, 0) + sign
        return 0

    for periode in periods:
        values = done.valeurs[periode]
        sums = [one for one in equations(values, jumeaux=periode.longueur == 1) if not annual(one[0])]
        sums += [
            (("messages", *w[1:]), tuple(("messages", *p[1:]) for p in ps)) for w, ps in sums if w[0] == "conversations"
        ]
        for whole, parts in sums:
            row: dict = {}
            constant = term(periode, whole, 1, row) + sum(term(periode, part, -1, row) for part in parts)
            rows.append((row, -constant))
        finer = [part for part in periode.parties() if part in done.valeurs]
        if finer:
            for key in values:
                if not annual(key):
                    row = {}
                    constant = term(periode, key, 1, row) + sum(term(part, key, -1, row) for part in finer)
                    rows.append((row, -constant))
    return columns, [(row, constant) for row, constant in rows if row]


def matrix(columns, rows):
    terms = [(index, column, sign) for index, (row, _) in enumerate(rows) for column, sign in row.items()]
    where, column, sign = zip(*terms, strict=True)
    return csr_matrix((sign, (where, column)), shape=(len(rows), len(columns)), dtype=float)


def given_away(done, periods, draws=12):
    """(cell, count, least, most) of each hidden count for which one whole number is left, by linear programming."""
    columns, rows = knowledge(done, periods)
    if not columns:
        return []
    names, known = list(columns), matrix(columns, rows)
    constants = np.array([constant for _, constant in rows], dtype=float)
    bounds = [(0 if sensible(key) else 1, FAR) for _, key in names]

    def extreme(goal):
        solved = linprog(goal, A_eq=known, b_eq=constants, bounds=bounds, method="highs")
        if solved.status != 0:
            raise RuntimeError(solved.message)
        return solved.x

    # Corners in random directions free most unknowns; only those that hardly moved are asked about one by one.
    corners = np.array([extreme(np.random.default_rng(draw).normal(size=len(names))) for draw in range(draws)])
    least, most = corners.min(axis=0), corners.max(axis=0)
    found = []
    for column, name in enumerate(names):
        if most[column] - least[column] >= 1:
            continue
        for sign in (1, -1):
            goal = np.zeros(len(names))
            goal[column] = sign
            corner = extreme(goal)
            least, most = np.minimum(least, corner), np.maximum(most, corner)
        if math.floor(most[column] + 1e-6) <= math.ceil(least[column] - 1e-6):
            found.append((name, done.valeurs[name[0]][name[1]], least[column], most[column]))
    return found

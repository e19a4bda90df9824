"""How often does a reader with linear programs find a hidden count, and what is left to read? On drawn journals of a year.

Run it with `python -m benchmarks.suppression [journals of each size] [sizes, demands a month]`, as `10 90,150,250`.
"""

from __future__ import annotations

import sys
import time

from bot.journal.suppression import publish
from tests.bot.journal.attack import JAN, given_away, months


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 5
    sizes = [int(each) for each in arguments[1].split(",")] if len(arguments) > 1 else [60, 90, 150, 250, 500]
    open_ones = 0
    for size in sizes:
        given, shown, cells, spent = 0, 0, 0, 0.0
        for seed in range(count):
            start = time.process_time()
            done = publish(months(seed, size), JAN + 11)
            spent += time.process_time() - start
            found = given_away(done, list(done.valeurs))
            given += bool(found)
            for (periode, key), number, least, most in found:
                print(f"    {size}, {seed}: {periode.nom} {key} is {number}, between {least:.2f} and {most:.2f}")
            cells += sum(map(len, done.valeurs.values()))
            shown += sum(
                done.value(periode, key) is not None for periode in done.valeurs for key in done.valeurs[periode]
            )
        print(
            f"{size:5} a month: {given} of {count} journals give a hidden count; {shown / cells:.0%} of the cells are shown; "
            f"decided in {spent / count:.1f} s"
        )
        open_ones += given
    print(f"{open_ones} of {count * len(sizes)} journals give a hidden count")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`python -m bot.understanding "message"` explains one message; `--jsonl` reads and writes measuring lines."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.understanding import engine, report
from bot.understanding.model import Contexte


def main(argv: list[str]) -> int:
    """Explains the message given, or answers lines."""
    from directory.load import load

    understander = engine.load(directory=load(Path(__file__).parents[2] / "directory" / "data").directory)
    if "--jsonl" in argv:
        report.jsonl_lines(understander, sys.stdin, sys.stdout)
    else:
        print(report.explain(understander.understand(" ".join(argv), Contexte())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Where Chromium is, and how a machine that has none gets it: Debian's package, when apt and the right are there.

`python tests/browser.py --install` is part of `make test`; it never fails: the tests say what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

HOW = "apt-get install chromium (Debian, Ubuntu), or set CHROMIUM to the path of a Chromium or Chrome"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium to drive, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> None:
    """Install Debian's package when this user may; say so when not."""
    if find_chromium():
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"No Chromium here: the tests of pages will not run. {HOW}", file=sys.stderr)
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], **quiet)
    if not find_chromium():
        print(f"Chromium could not be installed: the tests of pages will not run. {HOW}", file=sys.stderr)


if __name__ == "__main__" and "--install" in sys.argv[1:]:
    install()

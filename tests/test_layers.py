"""Who may import whom, read from the imports themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A package or module, and what of ours it may import. The longest name that fits a module is its rule.
ALLOWED: dict[str, tuple[str, ...]] = {
    "directory": ("directory",),
    "rules": ("rules", "directory.datafile", "directory.vocabulary"),
    "bot.spoken": (),
    "bot.config": (),
    "bot.langues": ("directory.datafile",),
    "bot.conversation": ("bot.conversation", "bot.cards", "bot.opening", "bot.orientation", "bot.rights", "bot.understanding.model", "bot.langues", "directory", "rules"),
    "bot.orientation": ("directory", "rules"),
    "bot.rights": ("bot.conversation.messages", "directory", "rules"),
    "bot.understanding": ("bot.understanding", "bot.langues", "directory"),
    "bot.texts": ("bot.cards", "bot.opening", "bot.conversation.messages", "bot.langues", "bot.spoken", "directory"),
    "bot.texts_extract": ("bot", "directory"),
    "bot.storage": ("bot.storage", "bot.accounts", "bot.conversation", "bot.journal", "bot.signalements", "bot.review.table", "bot.spoken", "directory"),
    "bot.journal": ("bot.journal", "bot.conversation.events", "bot.storage", "directory"),
    "bot.runner": ("bot.conversation", "bot.storage", "bot.journal", "bot.spoken", "bot.channels.base", "bot.outbox", "bot.pseudonym", "directory"),
    "bot.outbox": ("bot.storage.base", "bot.channels.base"),
    "bot.cards": ("bot.conversation.messages", "bot.opening", "directory"),
    "bot.opening": ("bot.conversation.messages", "directory"),
    "bot.signalements": ("directory",),
    "bot.recherche": ("directory",),
    "bot.review": ("bot.review", "bot.accounts.audit", "bot.journal", "bot.understanding.lexicon", "directory.datafile"),
    "bot.fiche": ("bot.cards", "bot.conversation.messages", "bot.langues", "bot.opening", "bot.orientation", "bot.rights", "bot.semaine", "bot.spoken", "bot.texts", "directory", "rules"),
    "bot.semaine": ("bot.conversation.messages", "directory"),
    "bot.channels": ("bot.channels", "bot.conversation.messages", "bot.spoken", "bot.texts", "bot.langues", "bot.runner", "bot.storage.base", "bot.web", "directory"),
    "bot.accounts": ("bot.accounts",),
    "bot.web": ("bot.web", "bot.chiffres", "bot.fiche", "bot.recherche", "bot.semaine", "bot.signalements", "bot.conversation.events", "bot.conversation.ages_said", "bot.accounts", "bot.config", "bot.live", "bot.storage.base", "bot.orientation", "bot.rights", "bot.conversation.facts", "bot.journal", "bot.review", "bot.texts", "bot.langues", "bot.pseudonym", "bot.spoken", "bot.cards", "bot.opening", "bot.conversation.messages", "bot.understanding.model", "directory", "rules"),
    "bot.check": ("bot", "directory", "locales", "rules"),
    "bot": ("bot", "directory", "rules"),
}  # fmt: skip

# Outside libraries have fixed homes.
HOMES: dict[str, tuple[str, ...]] = {
    "yaml": ("directory.datafile",),
    "opening_hours": ("directory.hours",),
    "pydantic": ("directory",),
    "rapidfuzz": ("bot.understanding", "bot.recherche", "bot.review"),
    "babel": ("bot.texts", "bot.texts_extract", "bot.langues", "locales"),
    "telegram": ("bot.channels.telegram",),
    "aiohttp": ("bot.web", "bot.channels", "bot.app"),
    "jinja2": ("bot.web", "bot.channels.webchat"),
    "argon2": ("bot.accounts",),
    "limits": ("bot.accounts",),
    "sqlite_utils": ("bot.accounts", "bot.storage", "bot.journal", "bot.review", "bot.signalements"),
    "sqlite3": (
        "bot.accounts",
        "bot.chiffres",
        "bot.demo",
        "bot.storage",
        "bot.journal",
        "bot.review",
        "bot.signalements",
    ),
    "numpy": ("bot.understanding", "bot.journal.linear"),
    "openpyxl": ("bot.journal.xlsx",),
    "fpdf": ("bot.journal.report_pdf",),
    "scipy": ("bot.understanding.train",),
    "segno": ("bot.web.fiche", "bot.channels.borne"),
    "click": ("bot.cli",),
}


def modules() -> list[Path]:
    return sorted(path for top in ("bot", "directory", "rules", "locales") for path in (ROOT / top).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> list[tuple[int, str]]:
    """(line, dotted name) of every import, `from a.b import c` giving a.b and a.b.c where that is a module."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                is_module = (ROOT / Path(*full.split("."))).with_suffix(".py").exists() or (
                    ROOT / Path(*full.split("."))
                ).is_dir()
                found.append((node.lineno, full if is_module else node.module))
    return found


def fits(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith((prefix + ".", prefix + "_"))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_lies_below_it(path):
    name = name_of(path)
    rule = max((key for key in ALLOWED if fits(name, key)), key=len, default=None)
    wrong = []
    for line, imported in imports(path):
        top = imported.split(".")[0]
        if top in ("bot", "directory", "rules") and rule and not any(fits(imported, ok) for ok in ALLOWED[rule]):
            wrong.append(f"{path.relative_to(ROOT)}:{line} imports {imported}: {rule} may import {ALLOWED[rule]}")
        if top in HOMES and not any(fits(name, home) for home in HOMES[top]):
            wrong.append(f"{path.relative_to(ROOT)}:{line} imports {top}: its home is {HOMES[top]}")
    assert wrong == []

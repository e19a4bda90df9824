"""How is understanding shown and measured? For people: `explain`. For programs: JSON lines on standard input and output.

A line in: {"id", "text", "lang_hint"}. A line out: {"id", "needs": [{"id", "score"}], "confident", "emergency", "lang",
"quartier"}, with "other" and "lieu" besides.
"""

from __future__ import annotations

import json
from typing import TextIO

from bot.understanding.engine import Understander
from bot.understanding.model import Comprehension, Confiance, Contexte, Indice

_CONFIANCE = {
    Confiance.SURE: "sûr : le robot répond",
    Confiance.UNSURE: "pas sûr : le robot propose des choix",
    Confiance.LOST: "perdu : le robot montre les thèmes",
}


def _evidence(indices: tuple[Indice, ...]) -> str:
    shown = [
        f"« {i.trouve} » (appris, {i.poids:g})"
        if i.lexique == "modèle"
        else f"« {i.trouve} » = « {i.lexique} » ({i.poids:g})"
        for i in indices
    ]
    return ", ".join(shown)


def explain(comprehension: Comprehension) -> str:
    """What was understood and why, in French, for whoever runs or teaches the bot."""
    c = comprehension
    lines = []
    if c.urgence:
        lines.append(f"DANGER     {c.urgence}   {_evidence(c.urgence_indices)}")
    lines.append(f"langue     {c.langue}{'' if c.langue_sure else ' (pas sûr)'}")
    if c.propos:
        lines.append(f"propos     {c.propos.value}")
    lines.append(f"confiance  {_CONFIANCE[c.confiance]}")
    for rank, b in enumerate(c.besoins):
        why = _evidence(b.indices)
        lines.append(f"{'besoins' if rank == 0 else '':10s} {b.score:.2f}  {b.besoin}{'   ' + why if why else ''}")
    if c.quartier or c.quartiers_possibles:
        lines.append(f"quartier   {c.quartier or ' ou '.join(c.quartiers_possibles)}   {_evidence(c.quartier_indices)}")
    if c.lieu:
        lines.append(f"lieu       {c.lieu}")
    return "\n".join(lines)


def answer(comprehension: Comprehension) -> dict:
    """One line of the measuring format."""
    return {
        "needs": [{"id": b.besoin, "score": b.score} for b in comprehension.besoins],
        "confident": comprehension.confiance is Confiance.SURE,
        "emergency": comprehension.urgence,
        "lang": comprehension.langue,
        "quartier": comprehension.quartier,
        "other": comprehension.propos.value if comprehension.propos else None,
        "lieu": comprehension.lieu,
    }


def jsonl_lines(understander: Understander, stdin: TextIO, stdout: TextIO) -> None:
    """Answers each line in order; an empty line is skipped, a line that is no message is answered with its fault."""
    for line in stdin:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, ident, hint = str(asked["text"]), asked.get("id"), asked.get("lang_hint")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            out = {"error": f"ligne illisible : {error!r}"}
        else:
            out = {"id": ident, **answer(understander.understand(text, Contexte(langue=hint)))}
        stdout.write(json.dumps(out, ensure_ascii=False) + "\n")
        stdout.flush()

"""How else could somebody have typed this phrase? Rewritings used when training, so that typos are nothing new.

Deterministic: the random generator is given. Nothing here runs while answering.
"""

from __future__ import annotations

import re
from random import Random

_SMS = [
    (r"\bje (?=[bcdfgjklmnpqrstvz])", "j"),
    (r"\bj['’]ai\b", ("g", "jai", "jé", "j ai", "ge")),
    (r"\bc['’]est\b", ("c", "cé", "ces", "sé")),
    (r"\bqu['’]est-ce que\b", ("keske", "kesk", "qu est ce que")),
    (r"\best-ce que?\b", ("eske", "esk")),
    (r"\bqu['’ ]?il\b", ("kil", "quil", "qil")),
    (r"\bqu['’ ]?(?=[aeiouyé])", ("k", "qu")),
    (r"\bque\b", ("ke", "k", "q")),
    (r"\bqui\b", ("ki", "qi")),
    (r"\bquel", ("kel", "quel")),
    (r"\bquand\b", ("kan", "qd", "quan")),
    (r"\bquelqu['’]un\b", ("kelkun", "qqn", "kelk1")),
    (r"\bquelque", ("kelke", "qq")),
    (r"\bpas\b", ("pa", "pas")),
    (r"\bplus\b", ("plu", "+")),
    (r"\bpour\b", ("pr", "pour", "por")),
    (r"\bpourquoi\b", ("pk", "pourkoi", "pq")),
    (r"\bquoi\b", ("koi", "qoi")),
    (r"\bdans\b", ("ds", "dan")),
    (r"\bavec\b", ("ac", "avc", "avek")),
    (r"\btou(?:s|t|te)s?\b", ("tt", "tou", "ts")),
    (r"\bbeaucoup\b", ("bcp", "bocou")),
    (r"\btrop\b", ("tro",)),
    (r"\bvous\b", ("vs", "vou")),
    (r"\bnous\b", ("ns", "nou")),
    (r"\bmes\b", ("mé", "me")),
    (r"\bles\b", ("lé", "les", "le")),
    (r"\bdes\b", ("dé", "de")),
    (r"\best\b", ("é", "e", "est")),
    (r"\bet\b", ("é", "et", "e")),
    (r"\bsuis\b", ("sui", "suis", "chui")),
    (r"\bil y a\b", ("ya", "y a", "ia")),
    (r"\bm['’]", "m"),
    (r"\bd['’]", "d"),
    (r"\bl['’]", "l"),
    (r"\bn['’]", ""),
    (r"\bne ", ""),
    (r"eau\b", "o"),
    (r"(?<=.)au(?=.)", ("o", "au")),
    (r"(?<=..)(?:er|ez|ée?s?)\b", ("é", "e", "er", "é")),
    (r"(?<=..)ai[st]\b", ("é", "ai", "ait")),
    (r"(?<=...)[sxtd]\b", ""),
    (r"(?<=...)e\b", ("", "e")),
    (r"(?<=...)ent\b", ("e", "")),
    (r"qu", ("k", "qu", "q")),
    (r"ph", "f"),
    (r"(?<=[aeiou])ss(?=[aeiou])", ("ss", "s")),
    (r"ç", ("s", "c")),
    (r"([bcdfglmnprt])\1", r"\1"),
    (r"(?<=\w)h(?=[aeiou])", ("h", "")),
    (r"en(?=[dtsc])", ("an", "en")),
    (r"ain\b", ("in", "ain")),
]
_SMS_RULES = [(re.compile(p), r if isinstance(r, tuple) else (r,)) for p, r in _SMS]

_ARABIZI = [
    (r"3", ("3", "a", "aa", "3")),
    (r"7|(?<![cskgtd])h", ("7", "h", "h")),
    (r"9|q", ("9", "q", "k")),
    (r"kh|5", ("kh", "5", "kh")),
    (r"gh", ("gh", "4", "r")),
    (r"ch|sh", ("ch", "sh", "ch")),
    (r"ou|oo", ("ou", "o", "u", "w")),
    (r"dj", ("j", "dj")),
    (r"(?<=[bcdfgjklmnqrstvz379])[aeiou](?=[bcdfgjklmnqrstvz379])", ("", "e", "a", "i")),
    (r"ee|ii", ("i", "y")),
    (r"([bcdfgjklmnqrstvz])\1", r"\1"),
]
_ARABIZI_RULES = [(re.compile(p), r if isinstance(r, tuple) else (r,)) for p, r in _ARABIZI]

OWN_RULES = frozenset({"fr", "ar-Latn"})
"""Languages whose writing by ear has rules here."""

_NEAR = dict(
    zip(
        "azertyuiopqsdfghjklmwxcvbn",
        [
            "zq",
            "ae",
            "zr",
            "et",
            "ry",
            "tu",
            "yi",
            "uo",
            "ip",
            "om",
            "as",
            "qd",
            "sf",
            "dg",
            "fh",
            "gj",
            "hk",
            "jl",
            "km",
            "lp",
            "xs",
            "wc",
            "xv",
            "cb",
            "vn",
            "bm",
        ],
        strict=True,
    )
)


def _rewrite(text: str, rules: list, random: Random, rate: float) -> str:
    text = text.lower()
    for pattern, choices in rules:
        if random.random() < rate:
            choice = random.choice(choices)
            text = pattern.sub(choice, text)
    return text


def typos(text: str, random: Random, rate: float = 0.05) -> str:
    """Letters swapped, dropped, doubled or hit beside, about one in 1/rate."""
    out = list(text)
    for i in range(len(out) - 1):
        if out[i].isalpha() and random.random() < rate:
            kind = random.randrange(4)
            if kind == 0:
                out[i], out[i + 1] = out[i + 1], out[i]
            elif kind == 1:
                out[i] = ""
            elif kind == 2:
                out[i] *= 2
            else:
                out[i] = random.choice(_NEAR.get(out[i], out[i]))
    return "".join(out)


def shorter(text: str, frequents: frozenset[str], random: Random) -> str:
    """As in a search box: the little words go, or any word one time in six."""
    words = text.split()
    strict = random.random() < 0.5
    kept = [w for w in words if not (strict and w.lower() in frequents) and (strict or random.random() > 0.17)]
    return " ".join(kept) if kept else text


def variants(
    text: str, langue: str, frequents: frozenset[str], small_talk: tuple[str, ...], random: Random, count: int
) -> list[str]:
    """`count` other ways of typing the phrase."""
    out = []
    for turn in range(count):
        kind = (turn + random.randrange(2)) % 3
        if langue == "fr" and kind != 2:
            new = _rewrite(text, _SMS_RULES, random, 0.65)
        elif langue == "ar-Latn" and kind != 2:
            new = _rewrite(text, _ARABIZI_RULES, random, 0.45)
        elif kind == 1:
            new = shorter(text, frequents, random)
        else:
            new = typos(text, random)
        if random.random() < 0.12 and small_talk:
            new = (
                f"{random.choice(small_talk)} {new}" if random.random() < 0.7 else f"{new} {random.choice(small_talk)}"
            )
        out.append(new)
    return out

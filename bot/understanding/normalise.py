"""How is a message written down so that spellings of the same word meet?

Three views of the same words, each a plain string of words separated by one space:

- `plain`: lower case, no accents; one letter for each family of Arabic letter variants; articles and their clitics taken
  off Arabic words; numbers that say nothing replaced by 0.
- `sound`: the words as a French speaker would pronounce them, so that "jé pa le drwa" meets "j'ai pas le droit".
- `bones`: consonants only, in one alphabet for Latin, Arabic and Cyrillic letters, so that "khedma" meets "خدمة".

Pure functions; words are cached because people use the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 4096
"""Characters read of one message: what Telegram lets through. The rest of a longer one is not read."""

# Numbers that carry meaning in this field; any other number is only "a number".
NUMBERS = frozenset(
    [
        "15",
        "17",
        "18",
        "112",
        "114",
        "115",
        "116",
        "119",
        "196",
        "3114",
        "3117",
        "3119",
        "3133",
        "3230",
        "3237",
        "3919",
        "3939",
        "3949",
        "3960",
        "3646",
        "93",
    ]
)

_LATIN = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ə": "e", "þ": "th"}
_CYRILLIC = {"ё": "е", "ґ": "г", "ѓ": "г", "ў": "у"}
_ARABIC = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیيېۍئےێ", "ي"),
    **dict.fromkeys("ؤۆۇۋ", "و"),
    **dict.fromkeys("ةہھەۀۂۃ", "ه"),
    **dict.fromkeys("کڪڭ", "ك"),
    **dict.fromkeys("ګڨڮ", "گ"),
    "ڤ": "ف",
    "ڵ": "ل",
    "ڼ": "ن",
    "ټ": "ت",
    "ډ": "د",
    "ړ": "ر",
    "ښ": "ش",
    "ږ": "ژ",
    "ء": "",
    "ـ": "",
}
_DIGITS = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
# Joiners inside a word vanish; every other sign separates words.
_VANISH = dict.fromkeys(
    "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069", ""
)
_FOLD: dict[str, str] = {**_LATIN, **_CYRILLIC, **_ARABIC, **_DIGITS, **_VANISH}
_APOSTROPHES = "'’ʼ‘`´ʹ′"
_CYRILLIC_APOSTROPHE = re.compile(f"(?<=[\u0400-\u04ff])[{_APOSTROPHES}](?=[\u0400-\u04ff])")
_REPEATED = re.compile(r"([^\W\d])\1{2,}")
_ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=..)")


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    known = _FOLD.get(char)
    if known is not None:
        return known
    if "\u0400" <= char <= "\u052f":
        return char
    kept = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    if not kept and unicodedata.combining(char):
        return ""
    return "".join(_FOLD.get(c, c) if c.isalnum() else " " for c in kept) or " "


def letters(text: str) -> str:
    """Lower case and composed, signs and accents kept: what language detection looks at."""
    return unicodedata.normalize("NFC", text[:LONGEST].replace("İ", "i").lower())


@lru_cache(maxsize=16384)
def _word(word: str) -> str:
    if word.isdigit():
        return word if word in NUMBERS else "0"
    if "\u0600" <= word[0] <= "\u06ff":
        return _ARTICLE.sub("", word) if len(word) > 4 else word
    return word


def words(text: str) -> list[str]:
    """The words of a text in their plain spelling."""
    low = _CYRILLIC_APOSTROPHE.sub("", letters(text))
    folded = "".join(map(_fold, low))
    return [_word(w) for w in _REPEATED.sub(r"\1", folded).split()]


def plain(text: str) -> str:
    """The plain view as one string."""
    return " ".join(words(text))


def spoken(text: str) -> list[str]:
    """The words with their accents and letters as typed, in lower case: what tells languages apart."""
    return "".join(
        c if c.isalnum() or unicodedata.combining(c) else " " for c in letters(text) if c not in _VANISH
    ).split()


# French as it sounds, in the order of the rules: (what is written, what is heard). One capital letter is one sound.
_SOUNDS = [
    (r"^(?:g|j)$", "je"),
    (r"eaux?|aux?|ault|haut", "o"),
    (r"ph", "f"),
    (r"sch|ch|sh", "S"),
    (r"gn", "n"),
    (r"gu(?=[eiy])", "g"),
    (r"g(?=[eiy])", "j"),
    (r"qu|q|ck|cc(?=[aour])", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"sc|ss", "s"),
    (r"tion", "sO"),
    (r"oin", "wI"),
    (r"oi|oy|oua", "wa"),
    (r"ou|oo", "U"),
    (r"(?:ain|ein|aim|yn|ym|in|im|un|um)(?![aeiouyhnm])", "I"),
    (r"(?:an|en|am|em)(?![aeiouyhnm])", "A"),
    (r"(?:on|om)(?![aeiouyhnm])", "O"),
    (r"oeu|eu|oe", "e"),
    (r"(?:ai|ei|ay|ey)", "e"),
    (r"(?:er|ez|et|es|ed)$", "e"),
    (r"h", ""),
    (r"y", "i"),
    (r"w(?!a|I)", "v"),
    (r"z", "s"),
    (r"x", "ks"),
    (r"(?<=[^e])(?:ent)$", ""),
    (r"(?<=..)[sxtdp]$", ""),
    (r"(.)\1+", r"\1"),
    (r"(?<=.)e(?=.)", ""),
    (r"(?<=..)e$", ""),
]
_SOUND_RULES = [(re.compile(pattern), heard) for pattern, heard in _SOUNDS]
_LATIN_WORD = re.compile("[a-z]")


@lru_cache(maxsize=16384)
def sound(word: str) -> str:
    """A plain word in Latin letters as a French speaker says it, silent letters dropped; "" in another script."""
    if not _LATIN_WORD.search(word):
        return ""
    for pattern, heard in _SOUND_RULES:
        word = pattern.sub(heard, word)
    return word


_PAIRS = [
    ("kh", "x"),
    ("gh", "R"),
    ("ch", "C"),
    ("sh", "C"),
    ("th", "t"),
    ("dh", "d"),
    ("dj", "j"),
    ("qu", "q"),
    ("ck", "k"),
    ("ph", "f"),
]
_PAIR = re.compile("|".join(written for written, _ in _PAIRS))
_BONES = {
    **dict(zip("bdfjklmnrstxz", "bdfjklmnrstxz", strict=True)),
    **{
        "c": "k",
        "q": "q",
        "g": "q",
        "p": "b",
        "v": "f",
        "h": "h",
        "7": "h",
        "3": "3",
        "9": "q",
        "5": "x",
        "2": "",
        "8": "R",
    },
    **dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنه", "bttjhxddrzsCsdtd3RfqklmnH", strict=True)),
    **{"پ": "b", "چ": "C", "ژ": "j", "گ": "q", "ځ": "z", "څ": "s"},
    **dict(zip("бвгджзклмнпрстфхцчшщ", "bfqdjzklmnbrstfxsCCC", strict=True)),
}


@lru_cache(maxsize=16384)
def bones(word: str) -> str:
    """The consonants of a plain word in one alphabet; a leading article "l" goes, as "ال" did."""
    word = _PAIR.sub(lambda m: dict(_PAIRS)[m[0]], word)
    out = "".join(c if c in "xRC" else _BONES.get(c, "") for c in word)
    out = out[:-1] if out.endswith(("H", "h")) and len(out) > 2 else out
    out = re.sub(r"(.)\1+", r"\1", out.replace("H", "h"))
    return out[1:] if len(out) > 2 and out[0] == "l" else out


_TO_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфхыэі", "abvgdeziiklmnoprstufhyei", strict=True)),
    **{
        "ж": "j",
        "ц": "ts",
        "ч": "ch",
        "ш": "ch",
        "щ": "ch",
        "ъ": "",
        "ь": "",
        "ю": "iou",
        "я": "ia",
        "ї": "i",
        "є": "ie",
    },
    **dict(zip("ابتجحخدذرزسشصضطعغفقكلمنهوي", "abtjhkddrzsvsdtagfkklmnhoi", strict=True)),
    **{"ش": "ch", "و": "ou", "پ": "p", "چ": "tch", "ژ": "j", "گ": "g", "ث": "t", "ظ": "z"},
}


@lru_cache(maxsize=16384)
def latin(word: str) -> str:
    """A plain word in Latin letters, roughly as a French person would write the sounds ("этуви" -> "etuvi")."""
    return "".join(_TO_LATIN.get(c, c) for c in word)

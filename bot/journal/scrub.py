"""Which words must never reach the journal: whatever names, locates or numbers a person is replaced by what it was.

`scrub` errs on the side of removing: a word lost costs a little evidence, a name kept costs somebody their privacy.
Rules are tried in the order of RULES, from the most telling shape to the most general.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300

# Arabic-Indic and Persian digits, and the full-width ones, are digits like the others.
_DIGITS = {ord(char): str(unicodedata.digit(char)) for char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f]")

# What may stand between the digits of one number.
_GAP = r"[\s.\-_/()·,]{0,3}"


def _words(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


_MONTHS = _words(
    r"janv(?:ier)?|févr?(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|aout|sept(?:embre)?",
    r"oct(?:obre)?|nov(?:embre)?|déc(?:embre)?|dec(?:embre)?",
    r"jan(?:uary)?|feb(?:ruary)?|march|apr(?:il)?|may|june?|july?|aug(?:ust)?|september|october|november|december",
    r"يناير|فبراير|مارس|أبريل|ابريل|مايو|ماي|يونيو|يوليو|أغسطس|اغسطس|غشت|سبتمبر|شتنبر|أكتوبر|اكتوبر|نوفمبر|نونبر|ديسمبر|دجنبر",
    r"جانفي|فيفري|أفريل|جوان|جويلية|أوت",
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
)

# Words of a street, then what follows it, up to the end of the clause.
_STREET = _words(
    r"rue|avenue|av\.|boulevard|bd\.?|bld|place|allée|allee|chemin|impasse|square|cours|quai|route|passage|résidence",
    r"residence|cité|lotissement|bâtiment|batiment|bât\.?|bat\.?|immeuble|escalier|appartement|appt?\.?|étage|etage",
    r"street|road|lane|flat|apartment|building|floor",
    r"شارع|زنقة|نهج|عمارة|شقة|طابق|حي",
    r"calle|avenida|plaza|piso",
)
_STREET_AFTER = _words(
    r"rue|avenue|boulevard|place|allée|allee|chemin|impasse|square|quai|route|passage|résidence|cité"
)

# After these words comes a name. What stops it: punctuation, a digit, or one of the words of _NOT_A_NAME.
_NAME_BEFORE = _words(
    r"je\s+m['’]?\s?appel+e?s?", r"j['’]?\s?m['’]?\s?appel+e?", r"m['’]appel+e", r"je\s+me\s+nomme", r"moi\s+c['’]?\s?est",
    r"mon\s+(?:pré)?nom\s+(?:de\s+famille\s+)?(?:est|c['’]?est|:)", r"mon\s+prenom\s+(?:est|c['’]?est|:)",
    r"(?:nom|prénom|prenom)\s*(?:et\s+prénoms?\s*)?:", r"(?:il|elle|on)\s+s['’]appel+e(?:nt)?",
    r"(?:mon|ma)\s+(?:mari|femme|fils|fille|frère|frere|sœur|soeur|père|pere|mère|mere|enfant|bébé|bebe)\s+s['’]appel+e",
    r"(?:monsieur|madame|mademoiselle|mme|mlle|mr|m\.)(?=\s+[^\W\d_])", r"signé\s*:?",
    r"my\s+(?:first\s+|last\s+|full\s+|sur)?name\s*(?:is|'s|:)", r"my\s+name[’']s", r"i\s+am\s+called", r"call\s+me",
    r"(?:his|her)\s+name\s+is", r"(?:mrs|miss|ms|mister)\.?(?=\s+[^\W\d_])",
    r"إسمي|اسمي|أسمي|انا\s+اسمي|أنا\s+اسمي|إسمي\s+هو|اسمي\s+هو|اسمه|اسمها|سميتي|سميتو|سميتها|السيدة?",
    r"me\s+llamo|mi\s+nombre\s+es|meu\s+nome\s+é|o\s+meu\s+nome\s+é|chamo-me|me\s+chamo|mi\s+chiamo|benim\s+ad[ıi]m|ad[ıi]m",
    r"меня\s+зовут|мене\s+звати|мене\s+звуть|numele\s+meu\s+este|mă\s+numesc|ma\s+numesc|quhem|unë\s+quhem",
    r"smiti|smiyti|ismi|esmi|wana\s+smiti|اسم\s+من|نام\s+من|اسمم|زما\s+نوم",
)  # fmt: skip
_NOT_A_NAME = _words(
    r"et|je|j|j['’]\w*|ai|suis|habite|habitons|vis|depuis|pour|à|a|au|avec|mais|qui|que|il|elle|on|nous|vous|ma|mon|mes|dans|car",
    r"and|i|im|i['’]\w+|live|am|have|need|my|in|from|but|who|want|can|is|was|he|she|we",
    r"و|أنا|انا|وأنا|وانا|أسكن|اسكن|ساكن|ساكنة|أريد|اريد|بغيت|عندي|من|في|أبحث|ابحث|أحتاج|احتاج",
    r"y|tengo|vivo|soy|necesito|e|moro|preciso|tenho|ve|я|и|живу|și|si|dhe",
)

_FILE_BEFORE = _words(
    r"allocataire", r"dossier", r"(?:n°|nº|numéro|numero|num|no)\s+(?:d['’e]\s*)?[^\W\d_]+", r"matricule", r"identifiant",
    r"sécu(?:rité\s+sociale)?", r"secu(?:rite\s+sociale)?", r"référence", r"reference", r"réf\.?", r"ref\.?", r"étranger",
    r"agdref", r"file\s+number", r"case\s+number", r"account", r"رقم\s+\w+", r"ملف", r"رقم",
)  # fmt: skip

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mark, re.compile(pattern, re.IGNORECASE | re.UNICODE))
    for mark, pattern in (
        ("[courriel]", r"[^\s@<>]+\s?(?:@|\(at\)|\[at\]|\sarobase\s|\sat\s(?=\w+\.\w))\s?[\w\-]+(?:\s?\.\s?[\w\-]+)+"),
        ("[lien]", r"\b(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|facebook\.com|instagram\.com)/\S+"),
        ("[compte]", r"(?<![\w@])@[A-Za-z0-9_.]{3,}"),
        ("[iban]", r"\b[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,4})?\b"),
        # Social security: sex, year, month, department (Corsica has a letter), 6 digits, maybe a key.
        (
            "[numéro]",
            rf"(?<!\d)[1-478]{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}\d{_GAP}(?:\d{_GAP}\d|2\s?[AB])(?:{_GAP}\d){{6,8}}(?!\d)",
        ),
        (
            "[date]",
            rf"\b\d{{1,2}}(?:er|st|nd|rd|th)?\s*(?:of\s+|de\s+)?{_MONTHS}\.?\s*(?:de\s+)?,?\s*(?:19|20)\d\d\b"
            rf"|\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
            r"|(?<!\d)\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d\d(?!\d)"
            r"|(?<!\d)(?:19|20)\d\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{1,2}(?!\d)",
        ),
        (
            "[date]",
            r"(?:(?<=\bné le )|(?<=\bnée le )|(?<=\bne le )|(?<=\bnee le )|(?<=\bborn on )|(?<=\bborn in )"
            r"|(?<=\bné en )|(?<=\bnée en )|(?<=\bne en )|(?<=\bnee en )|(?<=مواليد )|(?<=ولدت في )|(?<=ولدت سنة ))"
            rf"(?:\d{{1,2}}[\s/.\-]+)?(?:{_MONTHS}|\d{{1,2}})?[\s/.\-]*\d{{2,4}}",
        ),
        ("[téléphone]", rf"(?<![\w])(?:\+|00)\s?\d{{1,3}}(?:{_GAP}\d){{6,12}}(?!\d)"),
        ("[téléphone]", rf"(?<![\d\w])0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)"),
        ("[numéro]", rf"(?:(?<=\s)|^|\b)(?P<avant>{_FILE_BEFORE})\W{{0,4}}(?:(?:caf|cpam|est|is|:|n°|de|هو)\W{{0,3}}){{0,3}}"
                     r"(?=[\w\-]*\d)[A-Z0-9][A-Z0-9\-./ ]{2,20}(?<=[A-Z0-9])"),
        (
            "[adresse]",
            rf"(?<!\d)\d{{1,4}}\s?(?:bis|ter|quater|[a-d]\b)?\s*,?\s*{_STREET}\b(?:[\s'’]+[^\s,.;:!?()\d]+){{1,5}}(?:\s*,?\s*\d{{5}}(?:\s+[^\W\d_]+)?)?",
        ),
        ("[adresse]", rf"\b(?P<avant>j['’]?habite|habitant|domicilié\w*|mon adresse(?: est| c['’]est)?|my address(?: is)?|i live (?:at|on)|عنواني|أسكن في|اسكن في|ساكن في|ساكنة في)"
                      rf"(?P<mot>[\s:,'’]+(?:[^\W\d_]+\s+){{0,2}}?){_STREET}\b(?:[\s'’]+[^\s,.;:!?()]+){{1,5}}"),
        ("[adresse]", rf"\b\d{{1,4}}\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\s+{_words('street', 'road', 'avenue', 'lane')}\b"),
        ("[adresse]", rf"\b{_words('appartement', 'appt?', 'bâtiment', 'batiment', 'bât', 'bat', 'escalier', 'étage', 'etage', 'flat', 'porte', 'شقة', 'عمارة')}\.?\s*(?:n°\s*)?(?:\d{{1,4}}\s?[a-z]?|[a-z])\b"),
        ("[adresse]", r"\b\d{1,2}(?:er|e|è|ème|eme)\s+étage\b"),
        ("[nom]", rf"\b(?P<avant>{_NAME_BEFORE})(?P<mot>\s*[:,]?\s*)(?!{_NOT_A_NAME}\b)[^\W\d_][\w'’\-]*(?:\s+(?!{_NOT_A_NAME}\b)[^\W\d_][\w'’\-]*){{0,2}}"),
        ("[numéro]", r"(?<![\d\w])\d(?:[\s.\-_/]?\d){5,}[A-Za-z]?(?!\d)"),
        ("[numéro]", r"\b(?=[A-Z0-9]*\d[A-Z0-9]*\d[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,}\b"),
    )
)  # fmt: skip


def scrub(text: str) -> str:
    """The same words without phone numbers, e-mails, numbers of files, names, addresses, dates, links or accounts.

    At most 300 characters, on one line; "" when nothing but marks is left.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_DIGITS)
    text = " ".join(text.split())[: 4 * LONGEST]
    for mark, pattern in RULES:
        text = pattern.sub(lambda match, mark=mark: _replaced(match, mark), text)
    text = re.sub(r"(\[[^\]]+\])(?:\W*\1)+", r"\1", text)
    if not re.search(r"\w", re.sub(r"\[[^\]]+\]", "", text)):
        return ""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def _replaced(match: re.Match[str], mark: str) -> str:
    """The words that announce the secret stay, so that the sentence still reads."""
    groups = match.groupdict()
    before = groups.get("avant") or ""
    return f"{before} {mark}" if before else mark

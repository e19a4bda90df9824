"""Which words must never reach the journal: whatever names, locates or numbers a person is replaced by what it was.

`scrub` errs on the side of removing: a word lost costs a little evidence, a name kept costs somebody their privacy.
Rules are tried in the order of RULES, from the most telling shape to the most general. A rule may have a group
`avant`: the words that announce the secret, which stay, so that the sentence still reads.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300

# Arabic-Indic, Persian and full-width digits are digits like the others.
_DIGITS = {ord(char): str(unicodedata.digit(char)) for char in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MARK = re.compile(r"\[[^\]]+\]")

# What may stand between two digits of one number.
_GAP = r"[\s.\-_/()·,]{0,3}"


def _any(words: str) -> str:
    """An alternative over expressions separated by two spaces or a new line."""
    return "(?:" + "|".join(re.split(r"\s{2,}", words.strip())) + ")"


_MONTH = _any(r"""
    janv(?:ier)?  f[ée]vr?(?:ier)?  mars  avr(?:il)?  mai  juin  juil(?:let)?  ao[uû]t  sept(?:embre)?  oct(?:obre)?
    nov(?:embre)?  d[ée]c(?:embre)?  jan(?:uary)?  feb(?:ruary)?  march  apr(?:il)?  may  june?  july?  aug(?:ust)?
    september  october  november  december  enero  febrero  marzo  abril  mayo  junio  julio  agosto  septiembre
    octubre  noviembre  diciembre  يناير  فبراير  مارس  [أا]بريل  مايو  ماي  يونيو  يوليو  [أا]غسطس  غشت  سبتمبر
    شتنبر  [أا]كتوبر  نوفمبر  نونبر  ديسمبر  دجنبر  جانفي  فيفري  [أا]فريل  جوان  جويلية  أوت
""")

# Words that end a name or an address: the sentence goes on.
_GOES_ON = _any(r"""
    et  ou  je  j['’]\w*  ai  suis  habite  habitons  vis  depuis  pour  avec  mais  car  qui  que  il  elle  on  nous
    vous  ma  mon  mes  notre  dans  donc  alors  parce  quand  bonjour  bonsoir  merci  svp  s['’]il  and  or  i  im
    i['’]\w+  live  am  have  need  my  in  from  but  who  want  can  is  was  he  she  we  at  back  please  because
    y  o  tengo  vivo  soy  necesito  moro  preciso  tenho  ve  я  и  живу  și  si  dhe  bghit  3andi
    و?(?:أنا|انا)  و?(?:أ|ا)سكن  و?ساكنة?  و?(?:أ|ا)ريد  و?بغيت  و?عندي  و?(?:أ|ا)بحث  و?(?:أ|ا)حتاج  من  في  و
""")
_NO_NAME = _any(r"""
    à  a  au  aux  la  le  les  l['’]\w+  de  du  des  d['’]\w+  un  une  en  est  pas  plus  ça  ca  ce  cette  comme
    tout  trop  très  vraiment  pareil  compliqué\w*  complique  difficile  urgent\w*  grave  mort  the  not  so  on
""")

_ROAD = _any(r"""
    rue  avenue  av\.  boulevard  bd\.?  bld  place(?!\s+(?:en|pour|à|au|dans|libre|d['’e]))  all[ée]e  chemin  impasse
    square  quai  route  r[ée]sidence  cit[ée]  street  road  lane  calle  avenida  شارع  زنقة  نهج  حي
""")
_DOOR = _any(r"""
    appartement  appt  apt  app  b[âa]timent  b[âa]t  escalier  [ée]tage  immeuble  porte  flat  apartment  شقة  عمارة  طابق
""")
_LIVES = _any(r"""
    j['’]?\s?habite  habitant  domicili\w+  mon\s+adresse(?:\s+est|\s+c['’]?\s?est)?  my\s+address(?:\s+is)?
    i\s+live\s+(?:at|on|in)  vivo\s+en  عنواني  (?:أ|ا)سكن\s+في  ساكنة?\s+في
""")

_NAMED = _any(r"""
    j(?:e|['’])\s*m['’]?\s?ap+el+e?s?  m['’]?\s?ap+el+e  je\s+me\s+nomme  moi[\s,]+c['’]?\s?est
    mon\s+(?:pr[ée])?nom\s+(?:de\s+famille\s+)?(?:est|c['’]?\s?est|:)  (?:nom|pr[ée]nom)\s*(?:et\s+pr[ée]noms?\s*)?:
    (?:il|elle)\s+s['’]?\s?ap+el+e
    (?:mari|femme|fils|fille|fr[èe]re|s(?:œ|oe)ur|p[èe]re|m[èe]re|enfant|b[ée]b[ée])\s+s['’]?\s?ap+el+e
    monsieur  madame  mademoiselle  mme  mlle  mr  m\.  sign[ée]\s*:?
    my\s+(?:first\s+|last\s+|full\s+|sur)?name\s*(?:is|['’]?s|:)?  i\s+am\s+called  call\s+me  (?:his|her)\s+name\s+is
    mrs  miss  ms  mister  [إاأ]سم(?:ي|ه|ها)(?:\s+هو|\s+هي)?  سميت(?:ي|و|ها)  السيدة?  اسم\s+من  نام\s+من  زما\s+نوم
    me\s+llamo  mi\s+nombre\s+es  meu\s+nome\s+é  me\s+chamo  chamo-me  mi\s+chiamo  benim\s+ad[ıi]m  меня\s+зовут
    мене\s+зва?ти  numele\s+meu\s+este  m[ăa]\s+numesc  quhem  smi[yi]?ti  ismi  esmi
""")
_PARTICLE = r"(?-i:de|el|al|ben|bent|bint|ould|da|dos|van|von)\s+(?-i:[A-ZÀ-Ý])[\w'’\-]*"
_STOP = rf"(?!(?:{_GOES_ON}|{_NO_NAME})(?![\w'’]))"
_NAME = rf"{_STOP}[^\W\d_][\w'’\-]*(?:\s+(?:{_PARTICLE}|{_STOP}[^\W\d_][\w'’\-]*)){{0,2}}"
_CAPITALS = r"(?-i:[A-ZÀ-Ý])[\w'’\-]+\s+(?-i:[A-ZÀ-Ý])[\w'’\-]+"
_PLACE_NAME = rf"(?:[\s,'’]+(?!(?:{_GOES_ON}|{_DOOR})\b)[^\s,.;:!?()\d\[]+){{1,5}}"

_FILE = _any(r"""
    allocataire  dossier  matricule  identifiant  r[ée]f(?:[ée]rence)?\.?  ref(?:erence)?  [ée]tranger  agdref
    s[ée]cu(?:rit[ée]\s+sociale)?  (?:n°|nº|num[ée]ro|num|no)\s*(?:d['’e]\s*)?[^\W\d_]*  file\s+number  case\s+number
    account(?:\s+number)?  ملف  رقم(?:\s+[^\W\d_]+)?
""")
_BIRTH = _any(
    r"""n[ée]e?\s+(?:le|en)  n[ée]e?  born\s+(?:on|in)  date\s+de\s+naissance\s*:?  مواليد  ولدت\s+(?:في|سنة|عام)"""
)
_SECRET = _any(r"""mots?\s+de\s+passe  mdp  password  code(?:\s+(?:secret|pin|confidentiel))?  pin""")

_PATTERNS = (
    (
        "courriel",
        r"[^\s@<>(\[]+(?:@|\s@\s|\s?\(at\)\s?|\s?\[at\]\s?|\s+arobase\s+|\s+at\s+(?=\w+\.\w))[\w\-]+(?:(?:\s?\.\s?|\s+point\s+)[\w\-]+)+",
    ),
    ("lien", r"\b(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|facebook\.com|instagram\.com|m\.me)/\S+"),
    ("compte", r"(?<![\w@])@[A-Za-z0-9_.]{3,}"),
    ("secret", rf"\b(?P<avant>{_SECRET})\s*(?:est|is|:|=|c['’]est)\s*\S+"),
    ("iban", r"\b[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,4})?\b"),
    # Social security: sex, year, month, department (a letter for Corsica), six digits, perhaps the key.
    ("numéro", rf"(?<!\d)[1-478](?:{_GAP}\d){{4}}{_GAP}(?:\d{_GAP}\d|2\s?[AB])(?:{_GAP}\d){{6,8}}(?!\d)"),
    ("téléphone", rf"(?<!\w)(?:\+|00)\s?\d{{1,3}}(?:{_GAP}\d){{6,12}}(?!\d)"),
    ("téléphone", rf"(?<![\d\w])0{_GAP}[1-9](?:{_GAP}\d){{8}}(?!\d)"),
    (
        "date",
        rf"(?<!\d)\d{{1,2}}(?:er|st|nd|rd|th)?\s*(?:of\s+|de\s+)?{_MONTH}\.?\s*(?:de\s+)?,?\s*(?:19|20)\d\d\b"
        rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
        r"|(?<!\d)\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d\d(?!\d)"
        r"|(?<!\d)\d{1,2}\s\d{1,2}\s(?:19|20)\d\d(?!\d)"
        r"|(?<!\d)(?:19|20)\d\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{1,2}(?!\d)",
    ),
    (
        "date",
        rf"\b(?P<avant>{_BIRTH})\s*(?:\d{{1,2}}(?:er)?[\s/.\-]+)?(?:{_MONTH}[\s/.\-]*)?(?:\d{{1,2}}[\s/.\-]+)?(?:(?:19|20)\d\d|\d\d)\b",
    ),
    # A number that a word announces: five characters are enough (3949 is a number for all).
    (
        "numéro",
        rf"\b(?P<avant>{_FILE})\W{{0,4}}(?:(?:caf|cpam|mdph|est|is|هو)\b\W{{0,3}}){{0,3}}(?=[A-Z0-9\-./]*\d)(?=[A-Z0-9\-./]{{5}})[A-Z0-9\-./]*[A-Z0-9](?:\s\d+)*(?:\s[A-Z]\b)?",
    ),
    ("adresse", rf"(?<!\d)\d{{1,4}}\s?(?:(?:bis|ter|quater|[a-d])\b)?\s*,?\s*{_ROAD}\b{_PLACE_NAME}(?:\s*,?\s*\d{{5}}\b)?"),
    ("adresse", rf"(?<!\d)\d{{1,4}}\s+(?:[^\W\d_]+\s+){{1,2}}{_any('street  road  avenue  lane')}\b"),
    ("adresse", rf"\b(?P<avant>{_LIVES})[\s:,'’]+(?:[^\W\d_]+\s+){{0,2}}?{_ROAD}\b{_PLACE_NAME}(?:\s*\d{{1,4}}\b)?"),
    ("adresse", rf"\b{_DOOR}\.?\s*(?:n°\s*|رقم\s*)?(?:\d{{1,4}}(?:\s?(?-i:[A-Z])\b)?|(?-i:[A-Z])\b)(?!\w)"),
    ("adresse", r"(?<!\d)\d{1,2}(?:er|[eè]|[eè]me|st|nd|rd|th)\s+(?:[ée]tage|floor)\b"),
    ("nom", rf"\b(?P<avant>{_NAMED})(?!\w)\s*[:,.]?\s*{_NAME}"),
    ("nom", rf"\b(?P<avant>je\s+suis|i\s+am|i['’]m)\s+{_CAPITALS}"),
    ("numéro", r"(?<![\d\w])\d(?:[\s.\-_/]?\d){5,}[A-Z]?(?!\d)"),
    ("numéro", r"\b(?=(?:[A-Z]*\d){3})(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,}\b"),
)  # fmt: skip
RULES = tuple((f"[{mark}]", re.compile(pattern, re.IGNORECASE)) for mark, pattern in _PATTERNS)


def scrub(text: str) -> str:
    """The same words without phone numbers, e-mails, numbers of files, names, addresses, dates, links or accounts.

    One line, at most 300 characters; "" when nothing but marks is left.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_DIGITS)
    text = " ".join(text.split())[: 4 * LONGEST]
    for mark, pattern in RULES:
        text = pattern.sub(lambda match, mark=mark: _replaced(match, mark), text)
    text = re.sub(r"(\[[^\]]+\])(?:\W*\1)+", r"\1", text)
    if not re.search(r"\w", _MARK.sub("", text)):
        return ""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def _replaced(match: re.Match[str], mark: str) -> str:
    before = match.groupdict().get("avant")
    return f"{before.rstrip()} {mark}" if before else mark

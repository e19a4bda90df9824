"""How is a reply said in the person's language? The only module that knows catalogues and Babel.

A sentence missing in a language is looked for in the next one of its chain (`locales/langues.yaml`), down to French,
which is the source. Names, phones, addresses and French words are marked left-to-right inside right-to-left lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, dates, lists, numbers, units
from babel.messages.pofile import read_po

from bot.cards import card_lines, map_url
from bot.conversation.messages import (
    Adresse,
    Choice,
    Distance,
    DoorCard,
    Euros,
    Jour,
    Lien,
    Line,
    Liste,
    Mois,
    Nom,
    Reply,
    Telephone,
    Text,
    Vocabulaire,
)  # fmt: skip
from bot.langues import SOURCE, Langue, Langues
from bot.opening import opening_line
from bot.spoken import Span, Spoken, SpokenChoice
from directory.model import Horaires, Ouverture

ISOLATE, POP = "\u2066", "\u2069"
TOKEN = "\ue000"
FRENCH_SPACES = re.compile(r" (?=[:;?!»])|(?<=«) ")
YEAR_WORD = re.compile(r"\s[гр]\.$")  # "2026 г.": its point would stand beside that of the sentence
LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language: msgid to its translation, or to its plural forms."""

    messages: dict[str, str | tuple[str, ...]]
    plural: Callable[[int], int]

    def find(self, msgid: str, n: int | None) -> str | None:
        found = self.messages.get(msgid)
        if isinstance(found, tuple):
            return found[self.plural(n or 0)]
        return found


def load_catalogue(path: Path, code: str) -> Catalogue:
    """Read a .po file; empty and fuzzy entries count as missing."""
    with path.open("rb") as file:  # without its comments for translators: a third of the memory
        lines = BytesIO(b"".join(line for line in file if not line.startswith((b"#:", b"#."))))
    po = read_po(lines, locale=code.replace("-", "_"))
    messages = {}
    for entry in po:
        msgid = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
        string = tuple(entry.string) if isinstance(entry.string, tuple | list) else entry.string
        if msgid and string and all(string) and not entry.fuzzy:
            messages[msgid] = string
    return Catalogue(messages, c2py(po.plural_expr))


@cache
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """A template cut into (literal, place) pairs."""
    return tuple((literal, field) for literal, field, _, _ in Formatter().parse(template))


@cache
def _long_date(locale: Locale) -> str:
    """The pattern of "jeudi 26 novembre" in a language, from its own for weekday, day and month."""
    skeletons = locale.datetime_skeletons
    pattern = (skeletons.get("MMMMEd") or skeletons["MMMEd"]).pattern
    return re.sub("M+", "MMMM", re.sub("[Ec]+", "EEEE", pattern))


class Texts:
    """Says replies. Catalogues are read the first time their language is spoken."""

    def __init__(self, folder: Path, langues: Langues) -> None:
        self._folder = folder
        self._langues = langues
        self._catalogues: dict[str, Catalogue] = {}

    def langue(self, code: str) -> Langue:
        """The language a reply in `code` is really said in: the first of its chain that has a catalogue."""
        chain = (self._langues[code] for code in self._langues.chaine(code))
        return next((langue for langue in chain if langue.traduite), self._langues[SOURCE])

    def say(self, reply: Reply) -> Spoken:
        """The reply in final words, in the person's language or what it falls back to."""
        voice = _Voice(self, self.langue(reply.langue), reply.moment)
        lines: list[tuple[Span, ...]] = []
        for before, part in zip((None, *reply.parts), reply.parts, strict=False):
            if isinstance(before, DoorCard) or (before is not None and isinstance(part, DoorCard)):
                lines.append(())  # a breath around each door
            lines += [voice.line(line) for line in voice.lines_of(part)]
        choices = [voice.choice(choice) for choice in reply.choices]
        return Spoken(
            voice.langue.code, voice.langue.direction, tuple(lines), tuple(choices), reply.urgent, reply.chiffre
        )

    def text(self, text: Text, langue: str, moment: datetime | None = None) -> str:
        """One text as a plain string, with isolates where a right-to-left language needs them."""
        return _Voice(self, self.langue(langue), moment).plain(text)

    def vocabulary(self, words: str, langue: str) -> str:
        """Words of the rules or of the directory, as they are said in `langue`."""
        return self.text(Text("{mots}", {"mots": Vocabulaire(words)}), langue)

    def find(self, msgid: str, n: int | None, langue: str) -> tuple[str, Langue] | None:
        """The sentence in `langue` or down its chain, with the language it was found in. None: not a catalogue entry."""
        for code in self._langues.chaine(langue):
            found = self._catalogue(code).find(msgid, n)
            if found is not None:
                return found, self._langues[code]
        return None

    def _catalogue(self, code: str) -> Catalogue:
        if code not in self._catalogues:
            path = self._folder / code / "LC_MESSAGES" / "bonneporte.po"
            missing = Catalogue({}, lambda n: int(n > 1))
            self._catalogues[code] = load_catalogue(path, code) if path.is_file() else missing
        return self._catalogues[code]


def load(folder: Path, langues: Langues) -> Texts:
    """The voices of the locales folder."""
    return Texts(Path(folder), langues)


class _Voice:
    """Says texts in one language at one moment."""

    def __init__(self, texts: Texts, langue: Langue, moment: datetime | None) -> None:
        self.texts, self.langue, self.moment = texts, langue, moment
        self.locale = _locale(langue.bcp47)
        self.calendar = _locale(langue.jours or langue.bcp47)
        self.rtl = langue.direction == "rtl"

    def lines_of(self, part: Line | DoorCard) -> Iterable[Line]:
        return card_lines(part, self.langue.code, self.moment) if isinstance(part, DoorCard) else (part,)

    def line(self, line: Line) -> tuple[Span, ...]:
        picto = [Span(f"{line.picto} ")] if line.picto else []
        return _merged([*picto, *self.spans(line.text)])

    def choice(self, choice: Choice) -> SpokenChoice:
        return SpokenChoice(choice.action, self.plain(choice.label), choice.picto, choice.url)

    def plain(self, text: Text) -> str:
        spans = _merged(self.spans(text))
        return "".join(f"{ISOLATE}{span.texte}{POP}" if span.ltr else span.texte for span in spans)

    def spans(self, text: Text) -> list[Span]:
        found = self.texts.find(text.msgid, text.n, self.langue.code)
        if found is None:
            plural = text.msgid_plural and text.n is not None and text.n > 1
            template, home = (text.msgid_plural if plural else text.msgid), self.texts.langue(SOURCE)
        else:
            template, home = found
        spans = []
        for literal, place in _pieces(template):
            if literal:
                spans.append(self.written(literal, home))
            if place is not None:
                spans.extend(self.value(text.values[place]))
        return spans

    def written(self, texte: str, home: Langue) -> Span:
        """Words written in `home`, the reply's language or one it fell back to."""
        foreign = home.direction == "ltr" and bool(LATIN.search(texte))
        return self.run(_french(texte) if home.bcp47 == "fr" else texte, ltr=foreign)

    def run(self, texte: str, style: str = "texte", href: str | None = None, *, ltr: bool | None = None) -> Span:
        """A run of text; by default Latin letters are isolated in a right-to-left line."""
        return Span(texte, style, href, self.rtl and (bool(LATIN.search(texte)) if ltr is None else ltr))

    def value(self, value: Any) -> list[Span]:
        for kind, say in SAYINGS:
            if isinstance(value, kind):
                said = say(self, value)
                return said if isinstance(said, list) else [said]
        raise TypeError(f"no way to say a {type(value).__name__}")

    def telephone(self, value: Telephone) -> Span:
        style = "sms" if value.sms else "tel"
        return self.run(value.numero, style, f"{style}:{re.sub(r'[^0-9+]', '', value.numero)}", ltr=True)

    def adresse(self, value: Adresse) -> Span:
        return self.run(value.texte, "adresse", map_url(value), ltr=True)

    def lien(self, value: Lien) -> Span:
        parts = urlsplit(value.url)
        shown = parts.netloc.removeprefix("www.") + (parts.path if parts.path != "/" and not value.court else "")
        return self.run(shown or value.url, "lien", value.url, ltr=True)

    def vocabulaire(self, value: Vocabulaire) -> Span:
        found = self.texts.find(value.texte, None, self.langue.code)
        return self.written(*(found or (value.texte, self.texts.langue(SOURCE))))

    def distance(self, value: Distance) -> Span:
        if value.metres < 975:
            amount, unit = max(50, round(value.metres / 50) * 50), "length-meter"
        else:
            amount, unit = round(value.metres / 1000, 1), "length-kilometer"
        return self.run(units.format_unit(amount, unit, "short", locale=self.locale), ltr=False)

    def euros(self, value: Euros) -> Span:
        """As it stands on the papers people hold ("1 128 €"), in every language: no comma or point to mistake."""
        pattern = FRENCH.currency_formats["standard"].pattern
        if value.montant == int(value.montant):
            pattern = re.sub(r"\.0+", "", pattern)
        said = numbers.format_currency(value.montant, "EUR", pattern, FRENCH, currency_digits=False)
        return self.run(said.replace("\u202f", "\u00a0"), ltr=True)

    def heure(self, value: time | datetime) -> Span:
        whole = value.minute == 0 and self.langue.heure_pleine
        pattern = whole or self.langue.heure or "short"
        clock = value.time() if isinstance(value, datetime) else value
        return self.run(dates.format_time(clock, pattern, locale=self.locale).replace(" ", "\u00a0"), ltr=False)

    def jour(self, value: date) -> Span:
        said = dates.format_date(value, _long_date(self.calendar), locale=self.calendar)
        return self.run(said.replace(" 1 ", " 1er ") if self.langue.bcp47 == "fr" else said, ltr=False)

    def jour_de_semaine(self, value: Jour) -> Span:
        return self.run(dates.format_date(value.jour, "EEEE", locale=self.calendar), ltr=False)

    def mois(self, value: Mois) -> Span:
        year, month = (*value.iso.split("-"), None)[:2]
        if month is None:
            return self.run(year)
        day = date(int(year), int(month), 1)
        return self.run(YEAR_WORD.sub("", dates.format_skeleton("yMMMM", day, locale=self.calendar)), ltr=False)

    def liste(self, value: Liste) -> list[Span]:
        """The values joined as the language joins them."""
        items = iter(value.valeurs)
        joined = lists.format_list([TOKEN] * len(value.valeurs), locale=self.locale)
        spans: list[Span] = []
        for piece in re.split(f"({TOKEN})", joined):
            spans.extend(self.value(next(items)) if piece == TOKEN else [self.run(piece)] if piece else [])
        return spans

    def ouverture(self, value: Ouverture) -> list[Span]:
        return self.spans(opening_line(value, Horaires(), self.moment, say_call=True).text)

    def nombre(self, value: float) -> Span:
        return self.run(numbers.format_decimal(value, locale=self.locale))


SAYINGS: tuple[tuple[Any, Callable[[_Voice, Any], Span | list[Span]]], ...] = (
    (Text, _Voice.spans),
    (str, lambda voice, value: voice.run(_french(value) if voice.langue.bcp47 == "fr" else value)),
    (int | float, _Voice.nombre),
    (datetime | time, _Voice.heure),
    (date, _Voice.jour),
    (Nom, lambda voice, value: voice.run(value.texte, "nom", ltr=True)),
    (Telephone, _Voice.telephone),
    (Adresse, _Voice.adresse),
    (Lien, _Voice.lien),
    (Vocabulaire, _Voice.vocabulaire),
    (Distance, _Voice.distance),
    (Euros, _Voice.euros),
    (Jour, _Voice.jour_de_semaine),
    (Mois, _Voice.mois),
    (Liste, _Voice.liste),
    (Ouverture, _Voice.ouverture),
)


def _french(texte: str) -> str:
    """No line break before French double punctuation."""
    return FRENCH_SPACES.sub("\u00a0", texte)


FRENCH = Locale.parse("fr")


@cache
def _locale(bcp47: str) -> Locale:
    return Locale.parse(bcp47, sep="-")


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring plain runs of the same direction made one; empty runs dropped."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if last and (last.style, last.href, last.ltr) == (span.style, span.href, span.ltr) and span.style == "texte":
            merged[-1] = Span(last.texte + span.texte, ltr=span.ltr)
        elif span.texte:
            merged.append(span)
    return tuple(merged)

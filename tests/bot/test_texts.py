"""A reply is said in the person's language, as that language writes hours, days, lists and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot import texts
from bot.cards import card_lines
from bot.conversation.messages import (
    TN,
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
    T,
    Telephone,
    Text,
    Vocabulaire,
)  # fmt: skip
from bot.opening import opening_line
from bot.spoken import Spoken
from directory.model import (
    Confiance,
    Etat,
    EtatLieu,
    Horaires,
    Lieu,
    Motif,
    Ouverture,
    Point,
    Porte,
    Raison,
    RendezVous,
    Service,
)  # fmt: skip
from tests.bot.factories import LANGUES, LANGUES_DU_DEBUT, LOCALES, TEXTS, TUESDAY

LIEU = Lieu(
    "essai", "Guichet", "france-services", EtatLieu.OUVERT, Confiance.HAUTE, "2023-06-30", (),
    adresse="1 rue de l’Essai", point=Point(49.9, 2.3), telephone="03 53 01 00 01",
)  # fmt: skip
SERVICE = Service("aide", "Aide aux papiers", ("demarches-administratives",), resume="On vous aide.")
OPEN = Ouverture(Etat.OUVERT, jusqu_a=TUESDAY.replace(hour=17, minute=30))


def porte(lieu: Lieu = LIEU, service: Service = SERVICE, ouverture: Ouverture = OPEN, **more) -> Porte:
    return Porte(lieu, service, "demarches-administratives", ouverture, more.pop("raisons", ()), **more)


def said(text: Text, langue: str = "fr") -> str:
    return TEXTS.text(text, langue, TUESDAY).replace("\u00a0", " ").replace("\u202f", " ")


def card(door: Porte, langue: str = "fr", **more) -> list[str]:
    lines = card_lines(
        DoorCard(door, picto="🏢", genre="France Services", besoin="Aide aux papiers", **more), langue, TUESDAY
    )
    return [f"{line.picto} {said(line.text, langue)}".strip() for line in lines]


@pytest.mark.parametrize(
    ("langue", "said_as"),
    [("es", "jueves, 26 de noviembre"), ("pt", "quinta-feira, 26 de novembro"), ("ro", "joi, 26 noiembrie")],
)
def test_a_date_is_whole_words_in_every_language(langue, said_as):
    assert said(Text("{v}", {"v": date(2026, 11, 26)}), langue) == said_as


@pytest.mark.parametrize(
    ("value", "fr", "en", "ar"),
    [
        (time(17, 30), "17 h 30", "17:30", "5:30 م"),
        (time(9, 0), "9 h", "09:00", "9:00 ص"),
        (date(2026, 11, 26), "jeudi 26 novembre", "Thursday 26 November", "الخميس، 26 نوفمبر"),
        (date(2026, 10, 1), "jeudi 1er octobre", "Thursday 1 October", "الخميس، 1 أكتوبر"),
        (Jour(date(2026, 11, 26)), "jeudi", "Thursday", "الخميس"),
        (Mois("2023-06-30"), "juin 2023", "June 2023", "يونيو 2023"),
        (Mois("2023"), "2023", "2023", "2023"),
        (Distance(430), "450 m", "450 m", "450 مترًا"),
        (Distance(1234), "1,2 km", "1.2 km", "1.2 كم"),
        (Distance(12), "50 m", "50 m", "50 مترًا"),
        (1350, "1 350", "1,350", "1,350"),
        (Liste(("a", "b", "c")), "a, b et c", "a, b and c", "\u2066a\u2069 و\u2066b\u2069 و\u2066c\u2069"),
        (Vocabulaire("Logement"), "Logement", "Housing", "السكن"),
    ],
)
def test_a_value_is_written_as_each_language_writes_it(value, fr, en, ar):
    text = Text("{v}", {"v": value})

    assert (said(text), said(text, "en"), said(text, "ar")) == (fr, en, ar)


@pytest.mark.parametrize("langue", [one.code for one in LANGUES])
def test_an_amount_is_written_as_on_french_papers_in_every_language(langue):
    assert "1 128 €" in said(Text("{v}", {"v": Euros(1128)}), langue)


def test_french_double_punctuation_and_hours_do_not_break_over_lines():
    assert TEXTS.text(T("Quelle langue ?"), "fr") == "Quelle langue\u00a0?"
    assert TEXTS.text(Text("{h}", {"h": time(17, 30)}), "fr") == "17\u00a0h\u00a030"


@pytest.mark.parametrize(("n", "ar"), [(1, "هذا مكان آخر:"), (2, "هذان مكانان آخران:"), (3, "هذه 3 أماكن أخرى:")])
def test_plurals_follow_the_language(n, ar):
    text = TN("Voici une autre porte :", "Voici {n} autres portes :", n)

    assert said(text, "ar") == ar
    assert said(text, "en") == ("Here is another place:" if n == 1 else f"Here are {n} more places:")


def test_phone_address_link_and_name_carry_what_a_channel_needs():
    values = {"n": Nom("CCAS"), "t": Telephone("03 22 97 40 40"), "a": Adresse("1 rue X", Point(49.9, 2.3))}
    values |= {"l": Lien("https://www.caf.fr/"), "s": Telephone("114", sms=True)}

    spoken = TEXTS.say(Reply("ar", (Line(Text("{n} {t} {a} {l} {s}", values)),)))

    spans = {span.style: span for span in spoken.lines[0] if span.style != "texte"}
    assert {style: (span.texte, span.href) for style, span in spans.items()} == {
        "nom": ("CCAS", None),
        "tel": ("03 22 97 40 40", "tel:0322974040"),
        "adresse": ("1 rue X", "https://www.openstreetmap.org/?mlat=49.90000&mlon=2.30000#map=18/49.90000/2.30000"),
        "lien": ("caf.fr", "https://www.caf.fr/"),
        "sms": ("114", "sms:114"),
    }
    assert all(span.ltr for span in spans.values())


def test_an_address_with_no_point_is_looked_for_with_its_town():
    lines = TEXTS.say(Reply("fr", (DoorCard(porte(replace(LIEU, point=None))),))).lines

    (href,) = (span.href for line in lines for span in line if span.style == "adresse")
    assert href == "https://www.openstreetmap.org/search?query=1%20rue%20de%20l%E2%80%99Essai%2C%20Amiens"


def test_nothing_is_isolated_in_a_left_to_right_language():
    spoken = TEXTS.say(Reply("fr", (DoorCard(porte()),)))

    assert not any(span.ltr for line in spoken.lines for span in line)


def test_a_button_isolates_french_words_in_arabic():
    choice = Choice("quartier:etouvie", Text("{nom}", {"nom": Nom("Étouvie")}), "🏘️")

    spoken = TEXTS.say(Reply("ar", (Line(T("Quelle langue ?")),), (choice,)))

    assert spoken.choices[0].label == "\u2066Étouvie\u2069"


def test_a_sentence_missing_in_arabic_is_said_in_french_and_isolated():
    (line,) = TEXTS.say(Reply("ar", (Line(Text("Une phrase nouvelle.")),))).lines

    assert [(span.texte, span.ltr) for span in line] == [("Une phrase nouvelle.", True)]


@pytest.mark.parametrize(
    ("asked", "spoken"), [("fr-falc", "fr"), ("ru", "en"), ("ps", "en"), ("es", "fr"), ("xx", "fr")]
)
def test_a_language_with_no_catalogue_is_said_in_its_fallback(asked, spoken):
    few = texts.load(LOCALES, LANGUES_DU_DEBUT)

    assert few.say(Reply(asked, (Line(T("Gratuit")),))).langue == spoken


def test_a_spoken_reply_survives_json():
    spoken = TEXTS.say(Reply("ar", (DoorCard(porte()),), (Choice("a", T("Retour"), "↩️"),)))

    assert Spoken.from_json(spoken.to_json()) == spoken


def test_a_door_says_its_lines_in_the_order_of_the_rule():
    service = replace(SERVICE, rendez_vous=RendezVous.SANS, a_apporter=("la facture", "une pièce d’identité"))
    door = porte(replace(LIEU, frais="gratuit"), service, raisons=(Raison.DANS_LE_QUARTIER,), ancien=True)

    assert card(door, quartier="Étouvie") == [
        "🏢 Guichet, votre quartier (Étouvie)",
        "On vous aide.",
        "🟢 Ouvert maintenant, jusqu’à 17 h 30",
        "🚶 Sans rendez-vous · Gratuit",
        "📍 1 rue de l’Essai",
        "☎️ 03 53 01 00 01",
        "🧾 Apportez : la facture et une pièce d’identité",
        "⚠️ Infos vérifiées en juin 2023. À vérifier par téléphone.",
    ]


def test_easy_to_read_french_keeps_the_words_of_the_place():
    assert card(porte(), "fr-falc")[1] == "On vous aide."


def test_in_another_language_the_kind_of_place_and_the_need_are_said_and_the_name_stays_french():
    service = replace(SERVICE, nom="Permanence de la CAF", permanence=True)

    lines = card(porte(service=service), "en")

    assert lines[:2] == [
        "🏢 Guichet",
        "France Services (help with paperwork) · Help with paperwork. Ask for: Permanence de la CAF.",
    ]


def test_a_short_door_takes_two_lines():
    assert card(porte(distance=800.0), full=False) == [
        "🏢 Guichet, à 800 m · 🟢 Ouvert maintenant, jusqu’à 17 h 30",
        "📍 1 rue de l’Essai · ☎️ 03 53 01 00 01",
    ]


def test_a_door_to_call_first_says_so():
    door = porte(replace(LIEU, appeler_avant=True), ouverture=Ouverture(Etat.INCONNU))

    assert card(door)[-1] == "⚠️ Appelez avant d’y aller."
    assert "🕘 Horaires à vérifier" in card(door)


def test_without_a_phone_another_named_door_tells_where_to_ask():
    door = porte(replace(LIEU, telephone=None, appeler_avant=True))

    assert card(door)[-1] == "⚠️ À vérifier avant d’y aller, par exemple à France Services."


def test_who_may_come_is_said():
    door = porte(service=replace(SERVICE, conditions="Il faut être envoyé par un travailleur social."))

    assert "ℹ️ Il faut être envoyé par un travailleur social." in card(door)
    assert "ℹ️ For: Young people" in card(porte(), "en", publics=("Jeunes",))
    assert "· Pour : Jeunes ·" in card(porte(), full=False, publics=("Jeunes",))[0]


def test_a_site_has_no_hours_and_no_address():
    site = replace(
        LIEU, adresse=None, point=None, telephone=None, a_distance=True, site_web="https://www.impots.gouv.fr"
    )

    assert card(porte(site, ouverture=Ouverture(Etat.INCONNU))) == ["🏢 Guichet", "On vous aide.", "🌐 impots.gouv.fr"]


@pytest.mark.parametrize(
    ("ouverture", "words"),
    [
        (Ouverture(Etat.OUVERT, permanent=True), "Ouvert jour et nuit"),
        (OPEN, "Ouvert maintenant, jusqu’à 17 h 30"),
        (
            Ouverture(Etat.FERME_BIENTOT, jusqu_a=TUESDAY + timedelta(minutes=20)),
            "Ouvert, mais ferme bientôt : à 10 h 20",
        ),
        (Ouverture(Etat.FERME, prochaine=TUESDAY.replace(hour=14)), "Fermé. Ouvre aujourd’hui à 14 h"),
        (Ouverture(Etat.FERME, prochaine=datetime(2026, 11, 25, 9, 0)), "Fermé. Ouvre demain à 9 h"),
        (Ouverture(Etat.FERME, prochaine=datetime(2026, 11, 27, 9, 0)), "Fermé. Ouvre vendredi à 9 h"),
        (Ouverture(Etat.FERME, prochaine=datetime(2026, 12, 3, 8, 30)), "Fermé. Ouvre le jeudi 3 décembre à 8 h 30"),
        (Ouverture(Etat.FERME), "Fermé. Réouverture à vérifier."),
        (
            Ouverture(Etat.FERME, prochaine=datetime(2026, 11, 25, 9, 0), motif=Motif("ferie", "Toussaint")),
            "Fermé aujourd’hui : Toussaint, jour férié. Ouvre demain à 9 h",
        ),
        (Ouverture(Etat.FERME, motif=Motif("fermeture", "travaux")), "Fermé : travaux. Réouverture à vérifier."),
        (Ouverture(Etat.PEUT_ETRE), "Horaires pas sûrs. Appelez avant d’y aller."),
        (
            Ouverture(Etat.PEUT_ETRE, motif=Motif("ferie", "11 novembre")),
            "11 novembre : Horaires pas sûrs. Appelez avant d’y aller.",
        ),
        (Ouverture(Etat.INCONNU), "Horaires à vérifier : appelez avant d’y aller"),
    ],
)
def test_the_five_answers_about_time_are_said_in_words(ouverture, words):
    line = opening_line(ouverture, Horaires(), TUESDAY, say_call=True)

    assert said(line.text) == words


def test_a_place_by_appointment_says_so_with_its_hours():
    open_now = Ouverture(Etat.PEUT_ETRE, jusqu_a=TUESDAY.replace(hour=12))

    line = opening_line(open_now, Horaires(), TUESDAY, say_call=True, booked=True)

    assert said(line.text) == "Ouvert sur rendez-vous, jusqu’à 12 h"


def test_what_is_no_street_leads_to_no_map():
    vague = replace(LIEU, adresse="près de la gare (à demander à la mairie)", point=None)

    lines = TEXTS.say(Reply("fr", (DoorCard(porte(vague)),))).lines

    assert [span.href for line in lines for span in line if span.style == "adresse"] == [None]


def test_old_hours_say_their_month():
    line = opening_line(OPEN, Horaires(osm="x", verifie_le="2021-04-23"), TUESDAY, say_call=True)

    assert said(line.text) == "Ouvert maintenant, jusqu’à 17 h 30 (horaires vus en avril 2021)"


@pytest.mark.parametrize("langue", ["ru", "uk"])
def test_a_month_that_ends_a_sentence_has_one_point(langue):
    said = TEXTS.text(T("Texte : {texte}. Vérifié en {mois}.", texte="L1", mois=Mois("2026-04-02")), langue)

    assert said.endswith("2026.")

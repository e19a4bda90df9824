"""How is an opening said in words? The five answers about time, as texts that any language can say."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.messages import Jour, Line, Mois, T, Text, Vocabulaire
from directory.model import Etat, Horaires, Motif, Ouverture


def suite(*texts: Text | None, entre: str = " ") -> Text:
    """Several texts on one line, in this order; None is left out."""
    kept = {f"t{index}": text for index, text in enumerate(text for text in texts if text is not None)}
    return Text(entre.join(f"{{{name}}}" for name in kept), kept)


LONGUEUR = 120  # characters of a source's own words (hours, conditions): longer ones are asked by phone


def opening_line(
    ouverture: Ouverture,
    horaires: Horaires,
    moment: datetime | None,
    *,
    say_call: bool,
    short: bool = False,
    booked: bool = False,
) -> Line:
    """The line about time for a door. `say_call`: tell to call when unsure (false when it is said elsewhere, or when
    there is no number); `short` leaves out the hours that a source says in words; `booked`: by appointment only."""
    date_des_horaires = T("(horaires vus en {mois})", mois=Mois(horaires.verifie_le)) if horaires.verifie_le else None
    match ouverture.etat:
        case Etat.OUVERT | Etat.FERME_BIENTOT if ouverture.permanent:
            return Line(T("Ouvert jour et nuit"), "🟢")
        case Etat.OUVERT:
            return Line(suite(_until(ouverture.jusqu_a), date_des_horaires), "🟢")
        case Etat.FERME_BIENTOT:
            return Line(suite(_closes_soon(ouverture.jusqu_a), date_des_horaires), "🟠")
        case Etat.FERME:
            return Line(suite(_closed(ouverture.motif), _next(ouverture.prochaine, moment), date_des_horaires), "🔴")
        case Etat.PEUT_ETRE:
            unsure = _maybe(ouverture, moment, say_call=say_call, booked=booked)
            # A public holiday that the hours do not speak of: its name says why nobody is sure.
            fete = Text("{fete} :", {"fete": Vocabulaire(ouverture.motif.nom)}) if ouverture.motif else None
            return Line(suite(fete, unsure, date_des_horaires), "🟡")
        case _:
            return _unknown(horaires, say_call=say_call, short=short)


def _until(fin: datetime | None) -> Text:
    return T("Ouvert maintenant, jusqu’à {heure}", heure=fin) if fin else T("Ouvert maintenant")


def _closes_soon(fin: datetime | None) -> Text:
    return T("Ouvert, mais ferme bientôt : à {heure}", heure=fin) if fin else T("Ouvert, mais ferme bientôt")


def _closed(motif: Motif | None) -> Text:
    """Closed, and why when the reason is known: the named holiday, the school holidays, the works."""
    if motif is None:
        return T("Fermé.")
    nom = Vocabulaire(motif.nom)
    if motif.genre == "ferie":
        return T("Fermé aujourd’hui : {fete}, jour férié.", fete=nom)
    return T("Fermé : {motif}.", motif=nom)


def _next(prochaine: datetime | None, moment: datetime | None) -> Text:
    if prochaine is None:
        return T("Réouverture à vérifier.")
    days = (prochaine.date() - moment.date()).days if moment else None
    if days == 0:
        return T("Ouvre aujourd’hui à {heure}", heure=prochaine)
    if days == 1:
        return T("Ouvre demain à {heure}", heure=prochaine)
    if days is not None and timedelta(days=days) < timedelta(days=7):
        return T("Ouvre {jour} à {heure}", jour=Jour(prochaine.date()), heure=prochaine)
    return T("Ouvre le {date} à {heure}", date=prochaine.date(), heure=prochaine)


def _maybe(ouverture: Ouverture, moment: datetime | None, *, say_call: bool, booked: bool) -> Text:
    if booked and ouverture.jusqu_a:
        return T("Ouvert sur rendez-vous, jusqu’à {heure}", heure=ouverture.jusqu_a)
    if booked and ouverture.prochaine:
        return suite(T("Sur rendez-vous."), _next(ouverture.prochaine, moment))
    call = T("Appelez avant d’y aller.") if say_call else None
    if ouverture.jusqu_a:
        return suite(T("Peut-être ouvert, jusqu’à {heure}.", heure=ouverture.jusqu_a), call)
    if ouverture.prochaine:
        return suite(T("Horaires pas sûrs."), _next(ouverture.prochaine, moment))
    return suite(T("Horaires pas sûrs."), call)


def _unknown(horaires: Horaires, *, say_call: bool, short: bool) -> Line:
    if horaires.texte and len(horaires.texte) <= LONGUEUR and not short:
        return Line(T("Horaires à vérifier : {horaires}", horaires=Vocabulaire(horaires.texte)), "🕘")
    return Line(T("Horaires à vérifier : appelez avant d’y aller") if say_call else T("Horaires à vérifier"), "🕘")

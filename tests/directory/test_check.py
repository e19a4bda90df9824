"""What is worth a look: it depends on the day, and never refuses anything."""

from datetime import date
from pathlib import Path

from directory.check import lint, main
from directory.load import load
from tests.directory.factories import a_folder

TODAY = date(2026, 11, 22)


def findings(folder, today=TODAY, file="mairie-exemple.yaml"):
    return [
        f"{problem.line}: {problem.message}" for problem in lint(load(folder), today) if Path(problem.file).name == file
    ]


def change(tmp_path, old="", new="", added=""):
    folder = a_folder(tmp_path)
    path = folder / "ville" / "mairie-exemple.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1) + added)
    return folder


def test_a_sound_place_gives_nothing_to_look_at(tmp_path):
    assert findings(a_folder(tmp_path)) == []


def test_a_finished_closure(tmp_path):
    folder = change(tmp_path, added="exceptions:\n  - {du: 2026-07-01, au: 2026-08-31, ferme: true, motif: congés}\n")

    assert findings(folder) == ["17: cette exception est finie depuis le 31/08/2026. Enlevez-la."]
    assert findings(folder, date(2026, 8, 31)) == []


def test_hours_whose_validity_ended(tmp_path):
    folder = change(tmp_path, added="valable: {au: 2026-06-30}\n")

    assert findings(folder) == ["16: ces horaires ne valent plus depuis le 30/06/2026. Écrivez les nouveaux."]


def test_a_weekday_written_twice(tmp_path):
    folder = change(tmp_path, "Mo-Fr 09:00-12:00;", "Mo-Fr 09:00-12:00; Tu 14:00-17:00;")

    assert findings(folder) == [
        "7: mardi : écrit deux fois, les dernières heures remplacent les autres. Vérifiez que c’est voulu."
    ]


def test_hours_silent_about_public_holidays(tmp_path):
    assert "« peut-être »" in findings(change(tmp_path, "; PH off", ""))[0]


def test_a_service_that_never_opens(tmp_path):
    folder = change(tmp_path, added="exceptions:\n  - {du: 2026-11-01, au: 2027-06-30, ferme: true}\n")

    assert findings(folder) == [
        "13: ce service n’a aucun créneau dans les 60 jours. Écrivez ses nouvelles dates, ou fermez-le."
    ]


def test_old_facts_and_undated_facts(tmp_path):
    assert findings(change(tmp_path, "verifie_le: 2026-01-15", "verifie_le: 2023-05")) == [
        "9: ces faits datent de 2023-05. Téléphonez pour vérifier, puis changez « verifie_le »."
    ]


def test_facts_from_the_future(tmp_path):
    assert findings(change(tmp_path, "verifie_le: 2026-01-15", "verifie_le: 2027-01-15")) == [
        "9: « 2027-01-15 » est dans l’avenir. Corrigez la date."
    ]


def test_a_place_nobody_can_reach_or_call(tmp_path):
    folder = change(tmp_path, 'adresse: 1 rue de l\'Exemple\ntelephone: "03 22 00 00 00"\n', "")

    assert findings(folder)[0].endswith(
        "on ne sait ni aller ni joindre ce lieu. Cherchez une adresse, un téléphone ou un site."
    )


def test_a_permanence_held_by_nobody(tmp_path):
    folder = a_folder(tmp_path)
    path = folder / "quartiers" / "le-nord" / "maison-exemple.yaml"
    path.write_text(path.read_text().replace("    structure: caf\n", ""))

    assert findings(folder, file=path.name) == ["18: on ne sait pas qui tient cette permanence. Ajoutez « structure »."]


def test_needs_with_no_door_or_no_sure_local_door(tmp_path):
    said = findings(a_folder(tmp_path), file="besoins.yaml")

    assert any("aucune porte ne répond au besoin « transport »" in message for message in said)
    assert not any("lien-social" in message for message in said)


def test_a_calendar_about_to_end(tmp_path):
    folder = a_folder(tmp_path)

    assert findings(folder, file="vacances_zone_b.yaml") == []
    assert findings(folder, date(2028, 6, 1), file="vacances_zone_b.yaml") == [
        "8: ce calendrier s’arrête le 31/08/2028. Ajoutez la suite : après, la réponse sera « horaires inconnus »."
    ]


def test_the_command_prints_everything_and_fails_on_errors_only(tmp_path, capsys):
    folder = change(tmp_path, "verifie_le: 2026-01-15", "verifie_le: 2020")
    assert main([str(folder)]) == 0
    assert "avis : ces faits datent de 2020." in capsys.readouterr().out

    (folder / "ville" / "vide.yaml").write_text("")
    assert main([str(folder)]) == 1
    assert "vide.yaml:1: le fichier est vide." in capsys.readouterr().out

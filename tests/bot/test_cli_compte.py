"""The accounts from the command line, while the service holds the database."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from bot.accounts import audit, table
from bot.cli import main
from bot.storage.sqlite import beside, open_store

PASSWORD = "une phrase assez longue"


@pytest.fixture
def compte(tmp_path):
    """Run `bonneporte compte …`; gives (exit code, what it said)."""

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        environment = {"BONNEPORTE_DATA": str(tmp_path), "BONNEPORTE_PORT": "8091"}
        done = CliRunner().invoke(main, ["compte", *arguments], input=typed, env=environment)
        return done.exit_code, done.output

    return run


async def test_accounts_change_beside_a_running_service(compte, tmp_path):
    store = open_store(tmp_path)
    assert compte("creer", "Camille.Essai", "--role", "agent")[0] == 0
    seen = await store.read(table.everybody)
    compte("desactiver", "camille.essai")
    after = await store.read(table.everybody)
    await store.close()

    assert [(one.nom, one.role, one.actif) for one in seen] == [("camille.essai", "agent", True)]
    assert not after[0].actif


def test_a_new_account_gives_a_whole_address_to_hand_over(compte):
    code, said = compte("creer", "camille.essai")

    assert code == 0
    assert re.match(r"http://127\.0\.0\.1:8091/equipe/acces/\S{30,}\n", said)


def test_without_a_name_the_link_makes_the_first_administrator_until_there_is_one(compte):
    assert "/equipe/premier/" in compte("lien")[1]
    compte("creer", "chef.essai", "--role", "administrateur")
    assert "/equipe/premier/" in compte("lien")[1]  # invited, not come yet
    compte("motdepasse", "chef.essai", typed=f"{PASSWORD}\n{PASSWORD}\n")
    code, said = compte("lien")

    assert code == 1
    assert "déjà un administrateur" in said


def test_the_last_administrator_cannot_be_closed_from_here_either(compte):
    compte("creer", "chef.essai", "--role", "administrateur")
    compte("motdepasse", "chef.essai", typed=f"{PASSWORD}\n{PASSWORD}\n")

    for arguments in (("desactiver", "chef.essai"), ("role", "chef.essai", "agent")):
        code, said = compte(*arguments)
        assert code == 1
        assert "dernier administrateur" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("creer", "deux mots"), "sans espace"),
        (("lien", "personne"), "Aucun compte « personne »"),
        (("desactiver", "personne"), "Aucun compte"),
        (("role", "personne", "agent"), "Aucun compte"),
        (("motdepasse", "personne"), "Aucun compte"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(compte, arguments, sentence):
    code, said = compte(*arguments)

    assert code == 1
    assert sentence in said


def test_a_short_password_is_refused_and_nothing_changes(compte):
    compte("creer", "camille.essai")
    code, said = compte("motdepasse", "camille.essai", typed="court\ncourt\n")

    assert code == 1
    assert "12 caractères" in said
    assert "attend son mot de passe" in compte("lister")[1]


def test_the_trail_says_that_it_was_done_from_the_terminal(compte, tmp_path):
    compte("creer", "camille.essai")
    compte("role", "camille.essai", "agent")
    with beside(tmp_path) as db:
        lines = [line for _, line in audit.latest(db, 10)]

    assert {line.compte for line in lines} == {"terminal"}
    assert [line.action for line in lines] == ["rôle changé", "lien d’accès donné", "compte créé"]

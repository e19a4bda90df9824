"""The staff site in a real browser."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_an_administrator_invites_a_mediateur_who_chooses_a_password(visit_equipe, visit):
    page = visit_equipe("administrateur", "/equipe/comptes")
    page.get_by_label("Identifiant").fill("nouvelle.personne")
    page.get_by_role("button", name="Créer le compte").click()
    link = page.get_by_label("Lien à copier").input_value()

    other = visit("/equipe/acces/" + link.rsplit("/", 1)[1])
    other.get_by_label("Mot de passe", exact=True).fill("trois petits chats dehors")
    other.get_by_label("Le même mot de passe").fill("trois petits chats dehors")
    other.get_by_role("button", name="Enregistrer et entrer").click()

    assert other.get_by_text("Bienvenue").is_visible()
    assert other.get_by_text("nouvelle.personne").is_visible()

"""The staff site in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.accounts import table
from bot.storage.sqlite import beside
from tests.bot.web.conftest import running_site
from tests.bot.web.equipe import HASHED, PASSWORD

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


def choose(page, password: str, nom: str = "") -> None:
    """Fill the page of a link."""
    if nom:
        page.get_by_label("Identifiant").fill(nom)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_label("Le même mot de passe").fill(password)
    page.get_by_role("button", name="Enregistrer et entrer").click()


def test_from_a_fresh_start_the_link_of_the_terminal_leads_to_a_mediateur_at_work(browser, tmp_path):
    with running_site(tmp_path) as url:
        first = re.search(r"http\S+/equipe/premier/\S+", (tmp_path / "serve.log").read_text())[0]
        chef, camille = browser.new_context().new_page(), browser.new_context().new_page()
        chef.goto(first)
        choose(chef, PASSWORD, "chef.essai")
        chef.get_by_role("link", name="Comptes").first.click()
        chef.get_by_label("Identifiant").fill("camille.essai")
        chef.get_by_role("button", name="Créer le compte").click()
        camille.goto(chef.get_by_label("Lien à copier").input_value())
        choose(camille, "une autre phrase assez longue")

        expect(camille.get_by_text("Bienvenue")).to_be_visible()
        expect(camille.get_by_role("link", name="Comptes")).to_have_count(0)
        assert camille.goto(url + "/equipe/comptes").status == 403
        for page in (chef, camille):
            page.context.close()


def test_after_going_out_the_back_button_shows_nothing(browser, site, site_folder):
    with beside(site_folder) as db:
        table.set_password(db, "essai", table.add(db, "essai", "sortante.essai", "administrateur"), HASHED)
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(site + "/equipe/connexion?suite=/equipe/comptes")
    page.get_by_label("Identifiant").fill("sortante.essai")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", name="Comptes", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sortir").click()
    expect(page.get_by_role("heading", name="Connexion de l’équipe")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("heading", name="Connexion de l’équipe")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("sortante.essai")
    context.close()

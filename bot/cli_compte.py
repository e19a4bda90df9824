"""The accounts of staff from the command line, also while the service runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from bot.accounts.model import TERMINAL
from bot.config import ConfigError, load_config

T = TypeVar("T")
WHO = TERMINAL  # what the audit trail says of a change made here
ROLES = click.Choice(["mediateur", "agent", "administrateur"])


def change(operation: Callable[[Any], T]) -> T:
    """Run an operation in one transaction on the database of the settings, or say in one line why not."""
    from bot.accounts.model import AccountFault
    from bot.storage.base import StoreUnavailable
    from bot.storage.sqlite import beside

    try:
        with beside(load_config().data) as db:
            return operation(db)
    except (AccountFault, StoreUnavailable, ConfigError) as error:
        raise click.ClickException(str(error)) from None


def named(db: Any, name: str):
    """The account of that identifier, or a fault that says it does not exist."""
    from bot.accounts import table
    from bot.accounts.model import AccountFault

    found = table.by_name(db, name)
    if found is None:
        raise AccountFault(f"Aucun compte « {name} ». Les comptes : bonneporte compte lister")
    return found


def now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Paris"))


def say_link(kind: str, token: str, life: str) -> None:
    click.echo(f"{load_config().address}/equipe/{kind}/{token}")
    click.echo(f"Ce lien marche une seule fois, pendant {life}.")


@click.group()
def compte() -> None:
    """Les comptes de l'équipe, aussi pendant que le service tourne."""


@compte.command()
@click.argument("identifiant")
@click.option("--role", type=ROLES, default="mediateur", show_default=True)
def creer(identifiant: str, role: str) -> None:
    """Créer un compte, et donner le lien par lequel la personne choisit son mot de passe."""
    from bot.accounts import links, table

    say_link(
        "acces", change(lambda db: links.access(db, WHO, table.add(db, WHO, identifiant, role).id, now())), "7 jours"
    )


@compte.command()
def lister() -> None:
    """Montrer les comptes."""
    from bot.accounts import table
    from bot.accounts.model import ROLE_NOMS

    everybody = change(table.everybody)
    for one in everybody:
        state = "désactivé" if not one.actif else "actif" if one.a_un_mot_de_passe else "attend son mot de passe"
        click.echo(f"{one.nom:30} {ROLE_NOMS[one.role]:15} {state:24} dernière entrée : {one.entre_le or 'jamais'}")
    if not everybody:
        click.echo("Aucun compte. Pour le premier administrateur : bonneporte compte lien")


@compte.command()
@click.argument("identifiant")
def motdepasse(identifiant: str) -> None:
    """Changer un mot de passe d'ici ; les sessions de ce compte se ferment."""
    from bot.accounts import passwords, table

    nom = change(lambda db: named(db, identifiant)).nom
    password = click.prompt("Nouveau mot de passe", hide_input=True, confirmation_prompt="Encore une fois")

    def operation(db: Any) -> None:
        passwords.check_password(password, nom)
        table.set_password(db, WHO, named(db, nom), passwords.hash_password(password))

    change(operation)
    click.echo(f"{nom} : mot de passe changé.")


@compte.command()
@click.argument("identifiant")
def desactiver(identifiant: str) -> None:
    """Fermer un compte : ses sessions et ses liens s'arrêtent tout de suite."""
    _set_active(identifiant, False)


@compte.command()
@click.argument("identifiant")
def rouvrir(identifiant: str) -> None:
    """Rouvrir un compte fermé."""
    _set_active(identifiant, True)


def _set_active(identifiant: str, active: bool) -> None:
    from bot.accounts import table

    after = change(lambda db: table.set_active(db, WHO, named(db, identifiant).id, active))
    click.echo(f"{after.nom} : {'actif' if after.actif else 'désactivé'}.")


@compte.command(name="role")
@click.argument("identifiant")
@click.argument("role", type=ROLES)
def change_role(identifiant: str, role: str) -> None:
    """Changer le rôle d'un compte."""
    from bot.accounts import table
    from bot.accounts.model import ROLE_NOMS

    after = change(lambda db: table.set_role(db, WHO, named(db, identifiant).id, role))
    click.echo(f"{after.nom} : {ROLE_NOMS[after.role]}.")


@compte.command()
@click.argument("identifiant", required=False)
def lien(identifiant: str | None) -> None:
    """Donner un lien pour choisir un mot de passe. Sans IDENTIFIANT : pour le premier administrateur."""
    from bot.accounts import links

    if identifiant:
        say_link("acces", change(lambda db: links.access(db, WHO, named(db, identifiant).id, now())), "7 jours")
        return
    token = change(lambda db: links.first(db, now()))
    if token is None:
        raise click.ClickException("Il y a déjà un administrateur. Donnez un identifiant : bonneporte compte lien NOM")
    say_link("premier", token, "24 heures")

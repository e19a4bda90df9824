"""The figures from the command line: the terminal's tables, the report, the exports, and the demonstration to try them on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.config import Config, ConfigError, load_config


def settings() -> Config:
    """The settings, or one plain line and exit 1."""
    try:
        return load_config()
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


def data(config: Config):
    """The data in service, or one plain line and exit 1."""
    from bot.app import StartError, load_data

    try:
        return load_data(config)
    except StartError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def told() -> Iterator[None]:
    """What cannot be done is said in one line."""
    from bot.demo import DemoRefused
    from bot.journal.periods import PeriodError
    from bot.storage.base import StoreUnavailable

    try:
        yield
    except (DemoRefused, PeriodError, StoreUnavailable) as error:
        raise click.ClickException(str(error)) from None


def today(text: str | None) -> date:
    """The day given, else today in Amiens."""
    if text is None:
        return datetime.now(ZoneInfo("Europe/Paris")).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"« {text} » n'est pas une date. Écrivez 2026-11-22.") from None


@click.command()
@click.option(
    "--dossier", type=click.Path(file_okay=False, path_type=Path), default=None, help="Où. Sans cela : data/demo."
)
@click.option(
    "--lignes", type=click.IntRange(100, 200_000), default=20_000, show_default=True, help="Lignes du journal."
)
@click.option(
    "--jour", default=None, metavar="DATE", help="Le dernier jour de l'année inventée. Sans cela : aujourd'hui."
)
@click.option("--recommencer", is_flag=True, help="Jeter la démonstration qui est là, et la refaire.")
def demo(dossier: Path | None, lignes: int, jour: str | None, recommencer: bool) -> None:
    """Remplir une base de démonstration, à part : une année d'activité inventée, pour tout essayer."""
    from bot.demo import make
    from bot.web.revue_listes import places

    config = settings()
    live = data(config)
    folder = dossier or config.data / "demo"
    last = today(jour)
    now = datetime.now(ZoneInfo("Europe/Paris")).replace(year=last.year, month=last.month, day=last.day)
    with told():
        made = make(folder, live.directory, places(live), now, lignes, again=recommencer)
    click.echo(
        f"Démonstration : {made.lignes} lignes inventées, du {made.du:%d/%m/%Y} au {made.au:%d/%m/%Y}, dans {folder}"
    )
    click.echo(f"Pour l'ouvrir : BONNEPORTE_DATA={folder} bonneporte serve")
    click.echo("Puis choisir un mot de passe, une fois, pendant 7 jours :")
    for nom, _, token in made.comptes:
        click.echo(f"  {nom:20} {config.address}/equipe/acces/{token}")


COMMANDS = (demo,)

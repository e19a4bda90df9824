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
    from bot.live import DataFault
    from bot.storage.base import StoreUnavailable

    try:
        yield
    except DataFault as fault:
        raise click.ClickException(f"{fault}\nCorrigez, puis : bonneporte check") from None
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


FORMATS = ("html", "pdf", "csv", "xlsx", "json")


def period(command):
    """The options of a period and of the day from which it is looked at."""
    for option in (
        click.option("--jour", default=None, metavar="DATE", help="Le jour où l'on regarde. Sans cela : aujourd'hui."),
        click.option("--au", default="", metavar="DATE", help="Dernier jour, ou dernier mois (2026-03)."),
        click.option("--du", default="", metavar="DATE", help="Premier jour, ou premier mois (2026-01)."),
    ):
        command = option(command)
    return command


@contextmanager
def opened(du: str, au: str, jour: str | None):
    """(the report of the period, what its indicators were asked about), from the journal of the settings."""
    from bot.chiffres import asked, from_folder, read
    from bot.journal.report import make
    from bot.storage.sqlite import FILE

    config = settings()
    if not (config.data / FILE).exists():
        raise click.ClickException(f"{config.data} : pas encore de journal. Il se remplit avec : bonneporte serve")
    day = today(jour)
    with told():
        periode, wanted, widened = asked(du, au, day)
        about, demo = from_folder(config.data, read(config.directory), periode, day, config.seuil)
    yield make(about, demo=demo or config.demo, elargie=widened, demandee=wanted), about


@click.command()
@period
@click.option(
    "--sortie", type=click.Path(file_okay=False, path_type=Path), default=Path("rapports"), show_default=True,
    help="Dossier où écrire.",
)  # fmt: skip
@click.option(
    "--format",
    "formats",
    default=",".join(FORMATS),
    show_default=True,
    help="Un ou plusieurs, séparés par des virgules.",
)
def rapport(du: str, au: str, jour: str | None, sortie: Path, formats: str) -> None:
    """Écrire le rapport d'une période, pour le comité technique et le comité de pilotage. Sans période : le dernier trimestre."""
    from bot.web.tableaux import document

    chosen = _chosen(formats)
    with opened(du, au, jour) as (report, about):
        base = f"rapport-{report.periode.code}"
        written: dict[str, bytes] = {}
        if "html" in chosen:
            written[f"{base}.html"] = document(report, about).encode("utf-8")
        if "pdf" in chosen:
            from bot.journal.report_pdf import pdf

            written[f"{base}.pdf"] = pdf(report)
        written |= _tables(report, chosen, base)
        _write(sortie, written)
        for text in report.avertissements:
            click.echo(text)


@click.command()
@period
@click.option(
    "--sortie", type=click.Path(file_okay=False, path_type=Path), default=Path("rapports"), show_default=True,
    help="Dossier où écrire.",
)  # fmt: skip
@click.option(
    "--format", "formats", default="csv,xlsx,json", show_default=True, help="Un ou plusieurs, séparés par des virgules."
)
@click.option("--datasette", type=click.Path(dir_okay=False, path_type=Path), default=None,
              help="Écrire plutôt la vue publique : un fichier SQLite de tout ce qui peut être montré.")  # fmt: skip
def export(du: str, au: str, jour: str | None, sortie: Path, formats: str, datasette: Path | None) -> None:
    """Écrire les tableaux seuls, pour un tableur ou un programme, avec le dictionnaire de leurs colonnes."""
    chosen = _chosen(formats)
    with opened(du, au, jour) as (report, about):
        if datasette is None:
            _write(sortie, _tables(report, chosen, f"tableaux-{report.periode.code}"))
            return
        from bot.journal.public import write

        datasette.parent.mkdir(parents=True, exist_ok=True)
        metadata = write(datasette, about, report)
        click.echo(datasette)
        click.echo(f"Pour l'ouvrir : datasette {datasette} -m {metadata}")


@click.command()
@period
@click.argument("indicateur", required=False)
def chiffres(du: str, au: str, jour: str | None, indicateur: str | None) -> None:
    """Montrer les chiffres d'une période dans le terminal : tous, ou un INDICATEUR."""
    from bot.journal.indicators import INDICATEURS
    from bot.journal.terminal import as_text

    if indicateur is not None and indicateur not in INDICATEURS:
        raise click.ClickException(f"« {indicateur} » : indicateur inconnu. Les indicateurs : {', '.join(INDICATEURS)}")
    with opened(du, au, jour) as (report, _):
        click.echo(as_text(report, [indicateur] if indicateur else list(INDICATEURS)))


def _chosen(formats: str) -> set[str]:
    chosen = {each.strip() for each in formats.split(",") if each.strip()}
    if not chosen or chosen - set(FORMATS):
        raise click.BadParameter(f"« {formats} » : les formats sont {', '.join(FORMATS)}.", param_hint="--format")
    return chosen


def _tables(report, chosen: set[str], base: str) -> dict[str, bytes]:
    from bot.journal.export import as_json, csv_files
    from bot.journal.xlsx import xlsx

    written: dict[str, bytes] = {}
    if "csv" in chosen:
        written |= {f"{base}-csv/{name}": text.encode("utf-8") for name, text in csv_files(report).items()}
    if "xlsx" in chosen:
        written[f"{base}.xlsx"] = xlsx(report)
    if "json" in chosen:
        written[f"{base}.json"] = as_json(report).encode("utf-8")
    return written


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        for name, body in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
    except OSError as error:
        raise click.ClickException(f"{folder} : impossible d'écrire ({error.strerror}).") from None
    for name in dict.fromkeys(name.split("/")[0] for name in files):
        click.echo(folder / name)


COMMANDS = (chiffres, rapport, export, demo)

"""The command line: each command reads its arguments, calls one function, prints. Nothing is decided here.

Imports stay inside the commands, so that a conversation in the terminal never waits for Telegram's library.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from bot.cli_chiffres import COMMANDS as FIGURES
from bot.cli_compte import compte
from bot.config import Config, ConfigError, load_config


def config() -> Config:
    """The settings, or one plain line and exit 1."""
    try:
        return load_config()
    except ConfigError as error:
        raise click.ClickException(str(error)) from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bonneporte")
def main() -> None:
    """La Bonne Porte : la bonne porte pour chaque habitant, et le journal de ce qui manque.

    Sans réglage : `bonneporte serve` ouvre la page, `bonneporte chat` parle dans le terminal.
    """


@main.command()
def serve() -> None:
    """Ouvrir la page web (et Telegram, si un jeton est donné)."""
    from bot.app import StartError, serve

    try:
        asyncio.run(serve(config(), click.echo))
    except StartError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo("Arrêté. Rien n'est perdu : ce qui attendait sera répondu au prochain démarrage.")


@main.command()
def chat() -> None:
    """Parler dans le terminal. Un chiffre choisit un bouton ; Ctrl-D arrête."""
    from bot.app import StartError, chat

    try:
        asyncio.run(chat(config(), sys.stdin, sys.stdout))
    except StartError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo()


@main.command()
@click.argument("words", nargs=-1, metavar="[MESSAGE]")
@click.option("--jsonl", is_flag=True, help="Lire et écrire une ligne JSON par message (entrée et sortie standard).")
def understand(words: tuple[str, ...], jsonl: bool) -> None:
    """Montrer ce qui est compris d'un MESSAGE, et pourquoi."""
    from bot.app import StartError, load_data
    from bot.understanding.model import Contexte
    from bot.understanding.report import explain, jsonl_lines

    try:
        understander = load_data(config()).understander
    except StartError as error:
        raise click.ClickException(str(error)) from None
    if jsonl:
        jsonl_lines(understander, sys.stdin, sys.stdout)
    elif words:
        click.echo(explain(understander.understand(" ".join(words), Contexte())))
    else:
        raise click.UsageError("donnez un message, ou --jsonl. Par exemple : bonneporte understand « j'ai faim »")


@main.command()
@click.argument("fichier", required=False, type=click.File("r", encoding="utf-8", errors="replace"))
@click.option(
    "--jsonl",
    is_flag=True,
    help="Lire un foyer par ligne JSON (FICHIER ou entrée standard), écrire un résultat par ligne.",
)
def eligible(fichier: TextIO | None, jsonl: bool) -> None:
    """Dire les droits probables : les questions dans le terminal, ou des foyers en JSON avec --jsonl."""
    if jsonl:
        sys.exit(_eligible_jsonl(fichier or sys.stdin))
    if fichier is not None:
        raise click.UsageError(
            "avec un FICHIER, ajoutez --jsonl. Par exemple : bonneporte eligible --jsonl foyers.jsonl"
        )
    from bot.app import StartError, chat

    try:
        asyncio.run(chat(config(), sys.stdin, sys.stdout, first="/droits"))
    except StartError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        click.echo()


def _eligible_jsonl(source: TextIO) -> int:
    """Only the rules are loaded: no lexicon, no directory."""
    if source is sys.stdin:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    from bot.eligible import eligible_lines
    from rules.load import DONNEES, load

    loaded = load(DONNEES)
    if loaded.rulebook is None:
        faults = [str(problem) for problem in loaded.problems if problem.is_error]
        raise click.ClickException("\n".join([*faults, "Corrigez, puis : bonneporte check"]))
    tell = partial(click.echo, err=True)
    return 1 if eligible_lines(loaded.rulebook, source, sys.stdout, tell, datetime.now().date()) else 0


@main.command()
@click.option("--avis", is_flag=True, help="Montrer aussi ce qui mérite un coup d'œil sans être une faute.")
def check(avis: bool) -> None:
    """Vérifier toutes les données : chaque faute avec son fichier, sa ligne et ce qu'il faut faire."""
    from bot.check import check_all
    from bot.storage.sqlite import FILE

    settings = config()
    report = check_all(settings.directory, datetime.now().date(), database=settings.data / FILE)
    for problem in report.problems:
        if avis or problem.is_error:
            click.echo(problem)
    click.echo(report.summary)
    sys.exit(1 if report.errors else 0)


@main.command()
@click.option(
    "--derniers", default=20, show_default=True, type=click.IntRange(0, 1000), help="Combien de lignes montrer."
)
def journal(derniers: int) -> None:
    """Montrer les derniers besoins non couverts et les totaux par défi et par quartier."""
    from bot.app import StartError, load_data
    from bot.journal.show import show
    from bot.storage.sqlite import FILE

    try:
        live = load_data(config())
    except StartError as error:
        raise click.ClickException(str(error)) from None
    click.echo(show(config().data / FILE, live.directory, derniers))


@main.group()
def lexicon() -> None:
    """Faire grandir les lexiques."""


@lexicon.command(name="suggest")
@click.option("--derniers", default=2000, show_default=True, type=click.IntRange(1, 100_000), help="Lignes lues.")
@click.option("--corriges", is_flag=True, help="Seulement les mots dont un agent a corrigé le besoin, à la revue.")
@click.option(
    "--ecrire",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Dossier où écrire ces mots corrigés, un fichier par langue.",
)
def lexicon_suggest(derniers: int, corriges: bool, ecrire: Path | None) -> None:
    """Proposer des phrases pour les lexiques, à partir des mots nettoyés du journal. Rien n'est changé : à relire."""
    from bot.app import StartError, load_data
    from bot.journal.show import EMPTY, unmet_words
    from bot.review.lexicon import as_lexicons, known, proposals, read_corrected, write_proposals
    from bot.storage.sqlite import FILE
    from bot.understanding.suggest import as_yaml, suggest

    file = config().data / FILE
    corrected = read_corrected(file)
    found = proposals(corrected, known({langue for _number, langue, *_rest in corrected}))
    if found:
        click.echo("# Mots mal compris, sous le besoin qu'un agent leur a donné")
        click.echo(as_lexicons(found))
    if ecrire is not None:
        try:
            for path in write_proposals(found, ecrire):
                click.echo(f"Écrit : {path}")
        except (OSError, ValueError) as error:
            raise click.ClickException(str(error)) from None
    if corriges or ecrire is not None:
        if not found:
            click.echo("Aucun mot corrigé à proposer. Ils viennent de la page « Revue » du site de l'équipe.")
        return
    messages = unmet_words(file, derniers)
    settled = {(langue, mots) for _number, langue, _besoin, mots, _compris in corrected}
    left = [one for one in messages if (one[0], one[1]) not in settled]
    if not messages:
        click.echo(EMPTY)
        return
    try:
        live = load_data(config())
    except StartError as error:
        raise click.ClickException(str(error)) from None
    click.echo(as_yaml(suggest(left, live.understander.understand)))


@main.group(name="import")
def import_group() -> None:
    """Prendre des données d'ailleurs. Rien n'est remplacé s'il y a une faute."""


@import_group.command(name="quartiers")
@click.argument("fichier", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_quartiers(fichier: Path) -> None:
    """Prendre les périmètres officiels des QPV : le FICHIER GeoJSON de data.gouv.fr (code_qp, lib_qp, WGS84)."""
    from directory.importers.quartiers import ImportFault, import_perimeters

    try:
        for line in import_perimeters(fichier, config().directory):
            click.echo(line)
    except ImportFault as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option(
    "--dossier", type=click.Path(path_type=Path), default=None, help="Où écrire. Sans cela : directory/schemas."
)
def schemas(dossier: Path | None) -> None:
    """Écrire les JSON Schema de chaque genre de fichier, pour les éditeurs de texte."""
    from directory.schema import write_schemas

    for path in write_schemas(dossier):
        click.echo(path)


main.add_command(compte)
for command in FIGURES:
    main.add_command(command)

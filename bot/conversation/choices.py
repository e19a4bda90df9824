"""Which buttons are offered? Each carries all it needs in its action, so that an old one still answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import route_url
from bot.conversation import evident, facts
from bot.conversation.messages import Choice, Nom, T, Text, Vocabulaire
from bot.conversation.world import Turn, World
from bot.orientation import rights_for
from directory.model import Porte

MAXIMUM = 6
QUESTION = 10  # a question shows all its answers at once: nobody finds theirs behind "others"
LIEN = "lien"  # the action of a button that is a link: never sent back

AUTRES = T("Autres")
RETOUR = T("Retour")
RECOMMENCER = Choice("recommencer", T("Autre question"), "💬")
THEMES = Choice("themes:0", T("Tous les thèmes"), "🗂️")
LANGUE = Choice("langues", T("Langue"), "🌐")
AUTRE_CHOSE = Choice("autre-chose", T("Autre chose"), "🤷")
VOIR_MES_DROITS = T("Voir mes droits")
MON_QUARTIER = Choice("quartier:choisir", T("Mon quartier"), "🏘️")
CHANGER_DE_QUARTIER = Choice("quartier:choisir", T("Changer de quartier"), "🏘️")


def paged(choices: Sequence[Choice], page: int, action: str, *, back: str | None = None) -> tuple[Choice, ...]:
    """One page of a long list: "Autres" opens the next (`action`:<page>), "Retour" the one before, or `back` from the
    first. Never more than six buttons."""
    pages: list[Sequence[Choice]] = []
    rest = list(choices)
    while rest:
        room = MAXIMUM - bool(pages or back)
        size = room if len(rest) <= room else room - 1
        pages.append(rest[:size])
        rest = rest[size:]
    page = page if 0 <= page < len(pages) else 0
    shown = list(pages[page]) if pages else []
    if page + 1 < len(pages):
        shown.append(Choice(f"{action}:{page + 1}", AUTRES, "➕"))
    previous = f"{action}:{page - 1}" if page else back
    if previous:
        shown.append(Choice(previous, RETOUR, "↩️"))
    return tuple(shown)


def need_choice(world: World, besoin: str) -> Choice:
    need = world.directory.vocabulaire.besoins[besoin]
    return Choice(f"besoin:{besoin}", Text("{nom}", {"nom": Vocabulaire(need.nom)}), need.picto)


def theme_choices(world: World, page: int = 0) -> tuple[Choice, ...]:
    themes = world.directory.vocabulaire.themes.values()
    buttons = [
        Choice(f"theme:{theme.id}", Text("{nom}", {"nom": Vocabulaire(theme.nom)}), theme.picto) for theme in themes
    ]
    if world.rulebook and world.rulebook.droits:
        buttons.insert(3, Choice("droits", VOIR_MES_DROITS, "✅"))
    return paged(buttons, page, "themes")


def rights_choice(turn: Turn, besoin: str) -> tuple[Choice, ...]:
    """Questions left in the middle are taken up again; else the rights of this need are offered, when it has some."""
    rulebook, known = turn.world.rulebook, turn.conversation
    if rulebook is None:
        return ()
    if known.droits and known.reponses:
        droits, today = rights_for(rulebook, known.droits), turn.world.now.date()
        if facts.following(rulebook, droits, evident.told(rulebook, known.droits, known.reponses, today), today):
            return (Choice(f"droits:{known.droits}", T("Reprendre mes droits"), "▶️"),)
    return (Choice(f"droits:{besoin}", VOIR_MES_DROITS, "✅"),) if rights_for(rulebook, besoin) else ()


def theme_need_choices(world: World, theme: str, page: int = 0) -> tuple[Choice, ...]:
    buttons = [need_choice(world, besoin) for besoin in world.directory.vocabulaire.themes[theme].besoins]
    return paged(buttons, page, f"theme:{theme}", back="themes:0")


def quarter_choice(world: World, quartier: str) -> Choice:
    return Choice(f"quartier:{quartier}", Text("{nom}", {"nom": Nom(world.directory.quartiers[quartier].nom)}), "🏘️")


def language_choice(world: World, code: str) -> Choice:
    return Choice(f"langue:{code}", Text("{nom}", {"nom": world.langues[code].nom}), "🌐")


def way_there(porte: Porte) -> Choice | None:
    """The link to the walk, or to the site of what has no address."""
    route = route_url(porte.lieu)
    if route:
        return Choice(LIEN, T("Y aller"), "🧭", route)
    site = porte.service.site_web or porte.lieu.site_web
    return Choice(LIEN, T("Voir le site"), "🌐", site) if site and porte.lieu.a_distance else None


def door_choices(
    portes: tuple[Porte, ...],
    besoin: str,
    *,
    suivante: int | None,
    extra: tuple[Choice, ...] = (),
    quartier: str | None = None,
) -> tuple[Choice, ...]:
    """What one can do with doors: go, see others (`suivante` is the rank of the next), say whether it helped, correct.

    `extra` are shown after the first; what is least needed falls off the end."""
    wanted = (
        way_there(portes[0]) if portes else None,
        *extra,
        Choice(f"porte:{besoin}:{suivante}", T("Autre porte"), "➕") if suivante else None,
        Choice(f"aide:oui:{besoin}", T("Ça m’a aidé"), "👍"),
        Choice(f"aide:non:{besoin}", T("Ça n’a pas aidé"), "👎"),
        Choice(f"pas-ca:{besoin}", T("Ce n’est pas ça"), "❌"),
        CHANGER_DE_QUARTIER if quartier else MON_QUARTIER,
    )
    return tuple(choice for choice in wanted if choice)[:MAXIMUM]

"""Where does the person live? Asked only when it changes the answer; a button, a word, a location or "I'd rather not"."""

from __future__ import annotations

from bot.conversation.choices import quarter_choice
from bot.conversation.messages import Choice, Line, Nom, T, Text
from bot.conversation.world import Step, Turn
from directory.geo import distance, nearest_quartiers, normalise, quartier_of
from directory.model import Point

LOIN = 20_000  # metres: beyond, the doors of Amiens are of no use by distance
# Words said around the name of where one lives: with nothing else, the message says where and not what.
_AUTOUR = """
    quartier j habite je vis suis a au aux en le la l les de du d dans sur rue chez nous on c est mon secteur
    i live in am at the my from near area neighbourhood we
    vivo en el la barrio de soy yo del mi vivimos
    moro vivo no na em bairro do da eu meu moramos
    ben da de oturuyorum yaşıyorum mahalle mahallesi mahallesinde mahallede biz oturuyoruz
    я живу в на районе район квартале мы живём живем
    я живу в у на районі район кварталі ми живемо
    eu locuiesc stau în la cartierul cartier noi locuim
    unë banoj jetoj në lagjen lagje lagjja te ne banojmë
    انا أنا اسكن أسكن اعيش أعيش في من حي ساكن ساكنة نسكن
    من در زندگی می کنم میکنم می‌کنم منطقه محله ساکن هستم ما
    زه په کې کي کښې اوسېږم اوسیږم سیمه سیمې د موږ
"""
AUTOUR = frozenset(normalise(_AUTOUR).split())
QUESTION = T("Vous habitez où ?")
POSITION = Choice("partager:position", T("Ma position"), "📍")
PLUS = Choice("quartier:autres", T("Autre quartier"), "➕")
REFUS = Choice("quartier:aucun", T("Je ne préfère pas dire"), "🤐")
AILLEURS = Choice("quartier:aucun", T("Ailleurs à Amiens"), "🏙️")


def unknown(turn: Turn) -> bool:
    """True when the quarter may be asked: not known, no location, not refused."""
    known = turn.conversation
    return not (known.quartier or known.point or known.quartier_refuse)


def ask(turn: Turn, *before: Line | None, question: Text = QUESTION, rest: bool = False) -> Step:
    """Ask with three quarters, the others, the location, and the right not to say; `rest` shows the other quarters."""
    turn = turn.knowing(attend="quartier")
    quartiers = tuple(turn.world.directory.quartiers)
    if rest:
        choices = (*(quarter_choice(turn.world, one) for one in quartiers[3:]), AILLEURS, POSITION)[:6]
    else:
        choices = (*(quarter_choice(turn.world, one) for one in quartiers[:3]), PLUS, POSITION, REFUS)
    return turn.say(*before, Line(question, "🏘️"), choices=choices)


def which(turn: Turn, quartiers: tuple[str, ...]) -> Step:
    """A name that several quarters share: which one?"""
    turn = turn.knowing(attend="quartier")
    known = (one for one in quartiers if one in turn.world.directory.quartiers)
    choices = (*(quarter_choice(turn.world, one) for one in tuple(known)[:4]), PLUS, REFUS)
    return turn.say(Line(T("C’est lequel ?"), "🏘️"), choices=choices)


def missed(turn: Turn) -> Step:
    """An answer we cannot place, once: asked again by buttons."""
    turn = turn.knowing(perdu=turn.conversation.perdu + 1)
    return ask(turn, question=T("Je ne trouve pas ce nom. Choisissez, ou écrivez votre rue :"))


def confirm(turn: Turn) -> Step:
    """A location came with nothing asked: which quarter, among the nearest?"""
    near = nearest_quartiers(turn.world.directory, turn.conversation.point)[:3]
    choices = (*(quarter_choice(turn.world, one) for one in near), PLUS, REFUS)
    turn = turn.knowing(attend="quartier")
    return turn.say(Line(T("Merci. C’est quel quartier ?"), "📍"), choices=choices)


def located(turn: Turn, point: Point) -> tuple[Turn, Line | None]:
    """Take a shared location in: the quarter when perimeters are known, else the point alone. Too far: said kindly."""
    directory = turn.world.directory
    near = nearest_quartiers(directory, point)
    centre = directory.quartiers[near[0]].centre if near else None
    if centre and distance(point, centre) > LOIN:
        return turn, Line(T("Vous êtes loin d’Amiens. Je connais seulement les lieux d’Amiens."), "📍")
    turn = turn.knowing(point=point, quartier=quartier_of(directory, point), quartier_refuse=False)
    return turn, None


def noted(turn: Turn) -> Line:
    """The sentence that says which quarter was understood."""
    quartier = turn.conversation.quartier
    if quartier is None:
        return Line(T("D’accord. Je cherche dans toute la ville."), "🏙️")
    return Line(T("C’est noté : {quartier}.", quartier=Nom(turn.world.directory.quartiers[quartier].nom)), "🏘️")

"""Which words that were not understood could enter the lexicons? Proposals to review, never an automatic change.

Like messages are put together, most frequent first; beside each, the needs the engine would have guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.understanding.model import Comprehension, Contexte

ALIKE = 85.0  # similarity, 0 to 100, from which two messages say the same thing
GUESSES = 3
LONGEST = 200  # characters: a longer message is a story, not an entry


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words nobody taught us: how many messages said so, the first one's words, and the needs they may mean."""

    langue: str
    texte: str
    fois: int
    besoins: tuple[str, ...]


def suggest(
    messages: Iterable[tuple[str, str, str | None]], understand: Callable[[str, Contexte], Comprehension]
) -> tuple[Proposal, ...]:
    """Proposals for (language, cleaned words, need that staff gave or None), most said first."""
    groups: list[tuple[str, str, str | None, int]] = []
    for langue, words, besoin in messages:
        text = " ".join(words.split())
        if not text or len(text) > LONGEST:
            continue
        for at, (code, first, known, count) in enumerate(groups):
            if code == langue and fuzz.token_sort_ratio(first.casefold(), text.casefold()) >= ALIKE:
                groups[at] = (code, first, known or besoin, count + 1)
                break
        else:
            groups.append((langue, text, besoin, 1))
    groups.sort(key=lambda group: (-group[3], group[0], group[1]))
    return tuple(
        Proposal(langue, text, count, (besoin,) if besoin else _guesses(text, langue, understand))
        for langue, text, besoin, count in groups
    )


def _guesses(text: str, langue: str, understand: Callable[[str, Contexte], Comprehension]) -> tuple[str, ...]:
    found = understand(text, Contexte(langue=langue)).besoins
    return tuple(one.besoin for one in found[:GUESSES])


def as_yaml(proposals: Sequence[Proposal]) -> str:
    """The proposals as lines to copy under a need of a lexicon, the guesses beside them as a comment."""
    lines = []
    for langue in dict.fromkeys(proposal.langue for proposal in proposals):
        lines.append(
            f"# bot/understanding/data/{langue}.yaml : relisez, choisissez le besoin, copiez sous « phrases: »"
        )
        for proposal in proposals:
            if proposal.langue == langue:
                text = proposal.texte.replace('"', "'")
                guesses = " ou ".join(proposal.besoins) or "aucune idée"
                lines.append(f'      - "{text}"  # {proposal.fois} fois ; peut-être : {guesses}')
    return "\n".join(lines)

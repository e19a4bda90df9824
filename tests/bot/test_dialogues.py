"""Whole conversations, as YAML transcripts, with the real directory, the real understanding and the real words.

One file a conversation, in `dialogues/`. Each step is what the person does (`dit`, `bouton`, `position`, `envoie`) and what
must come back: `contient` and `sans` (words), `boutons` (actions among those offered), `portes` (how many),
`langue`, and what the journal is told: `note` (exactly) or `note_aussi` (among other things).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.events import Avis, BesoinNonCouvert, DroitEvalue, Event, Orientation, Recours, Urgence
from bot.conversation.messages import DoorCard
from bot.understanding import engine as understanding
from directory.datafile import plain
from tests.bot.factories import Answer, Talk, real_directory, real_rulebook

FILES = sorted((Path(__file__).parent / "dialogues").glob("*.yaml"))


@pytest.fixture(scope="module")
def understand():
    return understanding.load(directory=real_directory()).understand


def play(talk: Talk, step: dict) -> Answer:
    if "dit" in step:
        return talk.says(step["dit"])
    if "bouton" in step:
        return talk.presses(step["bouton"])
    if "position" in step:
        return talk.shares(*(float(number) for number in step["position"].split(",")))
    return talk.sends(step["envoie"])


def noted(event: Event) -> str:
    """An event as a transcript writes it."""
    match event:
        case Orientation():
            return f"Orientation {event.besoin}"
        case BesoinNonCouvert():
            return f"BesoinNonCouvert {event.raison}"
        case Avis():
            return f"Avis {'oui' if event.aide else 'non'}"
        case DroitEvalue():
            return f"Droit {event.droit} {event.niveau}"
        case Recours():
            return f"Recours {event.droit} {event.reponse or event.motif}"
        case Urgence():
            return f"Urgence {event.urgence}"
    return type(event).__name__


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_conversation_goes_as_written(file, understand):
    talk = Talk(understand=understand, directory=real_directory(), rulebook=real_rulebook())
    for step in plain(file)["suite"]:
        answer = play(talk, step)
        shown = f"\n{file.name}, {step}\n{answer.text}\n{answer.choices}"
        for words in step.get("contient", ()):
            assert words in answer.text, shown
        for words in step.get("sans", ()):
            assert words not in answer.text, shown
        assert set(step.get("boutons", ())) <= set(answer.choices), shown
        if "langue" in step:
            assert answer.spoken.langue == step["langue"], shown
        if "portes" in step:
            assert sum(isinstance(part, DoorCard) for part in answer.reply.parts) == int(step["portes"]), shown
        assert set(step.get("note_aussi", ())) <= {noted(event) for event in talk.events}, (shown, talk.events)
        if "note" in step:
            assert [noted(event) for event in talk.events] == list(step["note"]), shown


def test_there_are_transcripts_in_each_language_we_offer():
    assert {file.stem.split("-")[0] for file in FILES} >= {"fr", "en", "ar"}

"""Words that were not understood become proposals for a lexicon, most said first."""

from __future__ import annotations

from bot.understanding.model import BesoinTrouve, Comprehension, Confiance
from bot.understanding.suggest import as_yaml, suggest
from directory.datafile import read_text


def guess(text, contexte):
    return Comprehension("fr", True, (BesoinTrouve("energie", 0.2), BesoinTrouve("dettes-budget", 0.1)), Confiance.LOST)


def test_like_messages_are_counted_together_and_the_most_said_comes_first():
    proposals = suggest(
        [("fr", "le linky clignote", None), ("fr", "ma poubelle", None), ("fr", "linky  clignote le", None)], guess
    )

    assert [(one.texte, one.fois) for one in proposals] == [("le linky clignote", 2), ("ma poubelle", 1)]
    assert proposals[0].besoins == ("energie", "dettes-budget")


def test_a_need_given_by_staff_is_kept_rather_than_guessed():
    (proposal,) = suggest([("fr", "le linky clignote", None), ("fr", "le linky clignote", "energie")], guess)

    assert proposal.besoins == ("energie",)


def test_the_same_words_in_two_languages_are_two_proposals():
    assert len(suggest([("fr", "taxi", None), ("tr", "taxi", None)], guess)) == 2


def test_the_proposals_are_lines_that_can_be_copied_into_a_lexicon(tmp_path):
    text = as_yaml(suggest([("fr", 'il dit "non": pourquoi', None)], guess))
    document, problems = read_text("phrases:\n" + text, tmp_path / "x.yaml")

    assert problems == []
    assert document.data["phrases"] == ["il dit 'non': pourquoi"]
    assert "peut-être : energie ou dettes-budget" in text

"""A lexicon is data: what changes in it counts at once, and what is wrong in it stops nobody."""

from __future__ import annotations

import io
import json

from bot.understanding import compile as compiler
from bot.understanding import engine, lexicon
from bot.understanding.model import Confiance, Contexte
from bot.understanding.report import explain, jsonl_lines


def best(understander, text):
    return next((b.besoin for b in understander.understand(text, Contexte()).besoins), None)


def test_a_word_added_to_a_lexicon_counts_before_the_next_build(small):
    folder, where = small
    before = engine.load(folder, where=where).understand("mon zbigoudi", Contexte())
    assert before.confiance is not Confiance.SURE
    text = (folder / "fr.yaml").read_text(encoding="utf-8")
    (folder / "fr.yaml").write_text(
        text.replace("mots: [électricité,", "mots: [zbigoudi, électricité,"), encoding="utf-8"
    )
    understander = engine.load(folder, where=where)
    assert understander.perime
    understood = understander.understand("mon zbigoudi", Contexte())
    assert understood.besoins[0].besoin == "energie"
    assert understood.confiance is Confiance.SURE
    assert best(understander, "mon zbigoudy") == "energie"


def test_a_danger_phrase_added_to_a_lexicon_is_heard_before_the_next_build(small):
    folder, where = small
    text = (folder / "fr.yaml").read_text(encoding="utf-8")
    (folder / "fr.yaml").write_text(
        text.replace("[je veux mourir,", "[je veux mourir, adieu la compagnie ce soir,"), encoding="utf-8"
    )
    understander = engine.load(folder, where=where)
    assert understander.understand("adieu la compagnie ce soir", Contexte()).urgence == "suicide"
    assert understander.understand("adieu la compagni ce soir", Contexte()).urgence == "suicide"


def test_a_broken_lexicon_leaves_the_last_good_model_in_service(small):
    folder, where = small
    (folder / "fr.yaml").write_text("langue: [fr\nbesoins: {", encoding="utf-8")
    assert best(engine.load(folder, where=where), "je cherche un emploi") == "recherche-emploi"


def test_the_same_lexicons_make_the_same_model(small, tmp_path):
    folder, where = small
    again = compiler.build(folder, tmp_path / "again")
    for path in compiler.build(folder, where).glob("*.npy"):
        assert path.read_bytes() == (again / path.name).read_bytes()


def test_nothing_is_built_twice(small):
    folder, where = small
    done = compiler.build(folder, where)
    before = (done / "appris.json").stat().st_mtime_ns
    assert compiler.build(folder, where) == done
    assert (done / "appris.json").stat().st_mtime_ns == before


def test_an_unknown_need_in_a_lexicon_is_named():
    lex = lexicon.from_plain(
        {"langue": "fr", "besoins": {"manger": {"phrases": ["j'ai faim"]}}, "urgences": {"feu": ["au feu"]}}
    )
    assert lexicon.problems(lex, frozenset({"aide-alimentaire"})) == [
        "besoin inconnu « manger »",
        "urgence inconnue « feu »",
    ]


def test_lines_are_answered_in_order_and_a_bad_line_stops_nothing(small):
    folder, where = small
    out = io.StringIO()
    asked = (
        '{"id": "1", "text": "je veux mourir"}\nrien\n\n{"id": "2", "text": "trouver un emploi", "lang_hint": null}\n'
    )
    jsonl_lines(engine.load(folder, where=where), io.StringIO(asked), out)
    first, bad, second = map(json.loads, out.getvalue().splitlines())
    assert (first["id"], first["emergency"]) == ("1", "suicide")
    assert "error" in bad
    assert second["needs"][0]["id"] == "recherche-emploi"
    assert {"confident", "lang", "quartier"} <= second.keys()


def test_explain_says_what_matched(small):
    folder, where = small
    understander = engine.load(folder, where=where)
    assert "DANGER     suicide" in explain(understander.understand("je veux mourir", Contexte()))
    assert "« travail »" in explain(understander.understand("travail", Contexte()))

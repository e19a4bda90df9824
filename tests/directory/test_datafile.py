"""Reading YAML: every scalar keeps its letters, every value has its line, every fault is said."""

import gc

import pytest

from directory.datafile import DataError, many, nearest, plain, read


def written(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "fiche.yaml"
    path.write_bytes(text.encode(encoding))
    return path


def test_scalars_keep_the_letters_that_were_written(tmp_path):
    path = written(
        tmp_path, "langue: no\ncode_postal: 02100\nheure: 12:30\ndate: 2026-11-22\noui: yes\nnombre: 1_000\n"
    )

    assert plain(path) == {
        "langue": "no",
        "code_postal": "02100",
        "heure": "12:30",
        "date": "2026-11-22",
        "oui": "yes",
        "nombre": "1_000",
    }


def test_a_value_deep_in_a_file_knows_its_line(tmp_path):
    path = written(tmp_path, "# titre\nservices:\n  - id: un\n  - id: deux\n    besoins:\n      - energie\n")

    document, problems = read(path)

    assert problems == []
    assert document.line(("services", 1, "id")) == 4
    assert document.line(("services", 1, "besoins", 0)) == 6
    assert document.line(("services", 1, "nom")) == 4  # not written: the block that should hold it


def test_a_file_from_a_windows_editor_is_read_like_any_other(tmp_path):
    path = written(tmp_path, "﻿nom: Café\r\nadresse: là\r\n")

    assert plain(path) == {"nom": "Café", "adresse": "là"}


def test_plain_refuses_a_file_with_a_duplicate_key_and_says_where(tmp_path):
    path = written(tmp_path, "mots:\n  energie: [gaz]\n  energie: [eau]\n")

    with pytest.raises(
        DataError, match=r"fiche\.yaml:3: la clé « energie » est écrite deux fois \(déjà à la ligne 2\)"
    ):
        plain(path)


def test_a_missing_file_is_a_problem_and_not_a_crash(tmp_path):
    document, problems = read(tmp_path / "absent.yaml")

    assert document is None
    assert "ne se lit pas" in problems[0].message


@pytest.mark.parametrize("text", ["a: &x\n  - *x\n", "a: &x {b: *x}\n"])
def test_a_file_that_refers_to_itself_does_not_hang(tmp_path, text):
    _, problems = read(written(tmp_path, text))

    assert any("renvois" in problem.message for problem in problems)


def test_any_text_gives_a_document_or_a_problem(tmp_path):
    for text in (
        "%",
        "&",
        "a: [",
        "{",
        "- - -",
        "? ?",
        "a: !!python/object:os.system x",
        "\t",
        "'",
        "a: |\n b\n c: d\n",
        "!",
    ):
        document, problems = read(written(tmp_path, text))
        assert document is not None or problems, text


@pytest.mark.parametrize(
    "text", ["[" * 9000 + "]" * 9000, "[" * 3000 + "]" * 3000, "- " * 2000 + "a", "{a: " * 2000 + "}" * 2000]
)
def test_a_file_nested_beyond_reason_is_a_problem_and_not_a_crash(tmp_path, text):
    document, problems = read(written(tmp_path, text))

    assert document is None
    assert len(problems) == 1


def test_what_a_message_quotes_is_short_and_on_one_line(tmp_path):
    document, _ = read(written(tmp_path, "a: b\n"))

    message = document.problem((), f"« {'mot ' * 40}\n{'mot ' * 40} » est faux.").message

    assert len(message) < 90
    assert "\n" not in message


def test_the_garbage_collector_is_back_after_a_failure():
    def fails_while_reading():
        with many():
            assert not gc.isenabled()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_while_reading()

    assert gc.isenabled()


@pytest.mark.parametrize(
    ("word", "expected"), [("horaire", "horaires_accueil"), ("telefone", "telephone"), ("wifi", None), ("xyz", None)]
)
def test_the_nearest_word_is_offered_only_when_it_is_near(word, expected):
    assert nearest(word, ["horaires_accueil", "telephone", "nom"]) == expected

"""The JSON Schemas for editors are those of the code, and the data follow them."""

import json

import jsonschema
import pytest
import yaml

from directory.schema import KINDS, SCHEMAS, write_schemas
from tests.directory.factories import DATA, a_folder


class AsEditors(yaml.CSafeLoader):
    """YAML as an editor's language server reads it: numbers and booleans are typed, dates are texts."""


AsEditors.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def test_the_committed_schemas_are_fresh(tmp_path):
    written = write_schemas(tmp_path)

    assert {path.name for path in written} == {path.name for path in SCHEMAS.glob("*.json")}
    for path in written:
        assert path.read_text() == (SCHEMAS / path.name).read_text(), f"bonneporte schemas: {path.name} is stale"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.nom)
def test_every_data_file_follows_the_schema_of_its_kind(kind):
    schema = json.loads((SCHEMAS / f"{kind.nom}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = [path for pattern in kind.ou for path in DATA.glob(pattern)]

    faults = {
        path.name: [error.message for error in validator.iter_errors(yaml.load(path.read_text(), AsEditors))]
        for path in files
    }

    assert files
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("telephone:", "telephon:"),
        ("type: mairie", "type: mairies"),
        ("etat: ouvert", "etat: ouverte"),
        ("[demarches-administratives]", "[demarches]"),
        ("id: mairie-exemple", "id: Mairie Exemple"),
        ("nom: Accueil d'exemple", "nom: null"),
    ],
)
def test_an_editor_underlines_what_the_loader_refuses(tmp_path, old, new):
    schema = json.loads((SCHEMAS / "lieu.json").read_text())
    text = (a_folder(tmp_path) / "ville" / "mairie-exemple.yaml").read_text()
    validator = jsonschema.Draft202012Validator(schema)

    assert validator.is_valid(yaml.load(text, AsEditors))
    assert not validator.is_valid(yaml.load(text.replace(old, new), AsEditors))

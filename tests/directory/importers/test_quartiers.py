"""The official perimeters come in from the public GeoJSON, all right or not at all."""

import json

import pytest

from directory.geo import quartier_of
from directory.importers.quartiers import ImportFault, import_perimeters
from directory.load import load
from directory.model import Point
from tests.directory.factories import a_folder

NORD = [[[2.29, 49.90], [2.31, 49.90], [2.31, 49.92], [2.29, 49.92], [2.29, 49.90]]]
SUD = [
    [[[2.29, 49.87], [2.31, 49.87], [2.31, 49.88], [2.29, 49.87]]],
    [[[2.35, 49.87], [2.36, 49.87], [2.36, 49.88], [2.35, 49.87]]],
]


def shape(code, kind, coordinates):
    return {
        "type": "Feature",
        "properties": {"code_qp": code, "lib_qp": "Un quartier", "insee_com": "80021"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(tmp_path, *features):
    path = tmp_path / "QP2024_WGS84.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_our_quarters_are_kept_and_a_location_then_gives_its_quarter(tmp_path):
    folder = a_folder(tmp_path)
    elsewhere = shape("QN01234M", "Polygon", NORD)
    source = geojson(tmp_path, elsewhere, shape("QN08001M", "Polygon", NORD), shape("QN08002M", "MultiPolygon", SUD))

    said = import_perimeters(source, folder)
    directory = load(folder).directory

    assert said[0] == "Le Nord (QN08001M) : périmètre repris."
    assert said[-1].startswith("2 périmètres écrits dans ")
    assert quartier_of(directory, Point(49.91, 2.30)) == "le-nord"
    assert quartier_of(directory, Point(49.872, 2.359)) == "le-sud"
    assert quartier_of(directory, Point(49.95, 2.30)) is None


def test_a_quarter_without_a_shape_is_said_and_the_others_are_kept(tmp_path):
    folder = a_folder(tmp_path)

    said = import_perimeters(geojson(tmp_path, shape("QN08001M", "Polygon", NORD)), folder)

    assert "Le Sud : pas de périmètre dans ce fichier." in said
    assert load(folder).directory.quartiers["le-sud"].anneaux == ()


def test_importing_twice_changes_nothing(tmp_path):
    folder = a_folder(tmp_path)
    source = geojson(tmp_path, shape("QN08001M", "Polygon", NORD))
    import_perimeters(source, folder)
    first = (folder / "perimetres.geojson").read_bytes()

    import_perimeters(source, folder)

    assert (folder / "perimetres.geojson").read_bytes() == first


LAMBERT = [[[648000.0, 6976000.0], [649000.0, 6976000.0], [649000.0, 6977000.0], [648000.0, 6976000.0]]]


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ([], "aucune forme n’a un code_qp attendu (QN08001M, QN08002M)"),
        ([shape("QN01234M", "Polygon", NORD)], "aucune forme n’a un code_qp attendu"),
        ([shape("QN08001M", "Point", [2.3, 49.9])], "ce n’est ni un Polygon ni un MultiPolygon"),
        ([shape("QN08001M", "Polygon", LAMBERT)], "Choisissez l’export WGS84"),
        ([shape("QN08001M", "Polygon", [NORD[0][:-1]])], "un contour n’est pas fermé"),
        ([shape("QN08001M", "Polygon", [["a", "b"]])], "ses coordonnées ne se lisent pas"),
        ([shape("QN08001M", "Polygon", NORD)] * 2, "a deux formes"),
        ([{"type": "Feature", "properties": {"code_qp": "QN08001M"}}], "ce n’est ni un Polygon ni un MultiPolygon"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_changes(tmp_path, features, message):
    folder = a_folder(tmp_path)
    import_perimeters(geojson(tmp_path, shape("QN08001M", "Polygon", NORD)), folder)
    before = (folder / "perimetres.geojson").read_bytes()

    with pytest.raises(ImportFault) as refusal:
        import_perimeters(geojson(tmp_path, *features), folder)

    assert message in str(refusal.value)
    assert (folder / "perimetres.geojson").read_bytes() == before


@pytest.mark.parametrize("text", ["", "nom;code", '{"type": "Topology"}', "[1, 2]", '{"type": "FeatureCollection"}'])
def test_a_file_that_is_not_geojson_is_refused(tmp_path, text):
    source = tmp_path / "fichier.geojson"
    source.write_text(text)

    with pytest.raises(ImportFault, match=r"fichier\.geojson:\d+: ce n’est pas"):
        import_perimeters(source, a_folder(tmp_path))


def test_perimeters_damaged_by_hand_are_a_fault_of_the_folder(tmp_path):
    folder = a_folder(tmp_path)
    import_perimeters(geojson(tmp_path, shape("QN08001M", "Polygon", NORD)), folder)
    path = folder / "perimetres.geojson"
    path.write_text(path.read_text().replace("le-nord", "le-nor"))

    loaded = load(folder)

    assert loaded.directory is None
    assert "Vouliez-vous dire « le-nord » ?" in loaded.problems[0].message

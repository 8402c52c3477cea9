"""The picture and the table of a path: drawn from the rows, current in the documentation, right for any path."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from governance.countyfile import read_county
from governance.countyfile.show import as_version, show
from governance.drawing import path_rows, path_svg
from governance.management.commands.county import drawings
from governance.models import County
from governance.selectors import body_names, paths_in_force
from tests.factories import orebro
from tests.governance.conftest import SORMLAND

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.django_db
def test_the_documentation_shows_the_paths_as_they_are_loaded(sormland: None) -> None:
    drawn = drawings(County.objects.get()) | drawings(orebro())
    assert sorted(drawn) == sorted(path.name for path in DOCS.glob("arendegang-*"))
    assert len(drawn) == 2 * 4
    assert {name: (DOCS / name).read_text(encoding="utf-8") for name in drawn} == drawn


@pytest.mark.django_db
def test_the_picture_is_drawn_from_the_rows_as_from_the_file(sormland: None) -> None:
    county = County.objects.get()
    (version,) = paths_in_force(county.pk)
    from_file = as_version(read_county(SORMLAND).paths[0])
    names = body_names(county.pk)
    assert path_svg(version, names) == path_svg(from_file, names)
    assert path_rows(version, names) == path_rows(from_file, names)


def test_the_picture_holds_every_step_and_move_and_no_style() -> None:
    version = as_version(read_county(SORMLAND).paths[0])
    text = path_svg(version, {}, here="beslut", standalone=True)
    root = ET.fromstring(text)  # noqa: S314 - our own picture
    words = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [element.tag.split("}")[1] for element in root][:2] == ["title", "desc"]
    assert {station.name for station in version.stations.values()} <= set(words)
    for move in version.moves[1:]:
        assert any(move.name in word for word in words)
    assert text.count("path-station--here") == 1
    assert ("style=" in text, "<style" in text, "<script" in text) == (False, False, False)


def test_names_are_escaped() -> None:
    version = as_version(read_county(SORMLAND.replace('slag = "utkast"', 'namn = "<b>&"\nslag = "utkast"')).paths[0])
    assert "&lt;b&gt;&amp;" in path_svg(version, {})
    assert "<b>" not in path_svg(version, {})


def test_boxes_do_not_overlap_and_lie_within_the_picture() -> None:
    version = as_version(read_county(SORMLAND).paths[0])
    root = ET.fromstring(path_svg(version, {}))  # noqa: S314
    _, _, width, height = (int(number) for number in root.attrib["viewBox"].split())
    boxes = [
        tuple(int(element.attrib[key]) for key in ("x", "y", "width", "height"))
        for element in root.iter("rect")
        if element.attrib.get("class") == "path-box"
    ]
    assert len(boxes) == len(version.stations)
    for number, (x, y, wide, high) in enumerate(boxes):
        assert (x >= 0, y >= 0, x + wide <= width, y + high <= height) == (True, True, True, True)
        for other in boxes[number + 1 :]:
            apart = x + wide < other[0] or other[0] + other[2] < x or y + high < other[1] or other[1] + other[3] < y
            assert apart


def test_a_line_of_the_table_can_be_read_aloud() -> None:
    rows = {row.code: row for row in reversed(path_rows(as_version(read_county(SORMLAND).paths[0]), {}))}
    assert str(rows["skapa"]) == (
        "Skapa: (början) → Utkast. Görs av ansvarig grupp (författa satsningar) eller styrgrupp (besluta)."
    )
    assert str(rows["aterremiss"]) == (
        "Återremiss: Beslut → Beredning eller Komplettering. Görs av styrgrupp (besluta), på möte. Kräver skäl."
    )
    assert str(rows["lamna_in"]) == (
        "Lämna in: Utkast → Inlämnad. Görs av ansvarig grupp (författa satsningar). Kräver grinden Inlämning."
    )


def test_show_tells_the_whole_county() -> None:
    lines = show(read_county(SORMLAND)).splitlines()
    assert "  Flens kommun (kommun, 0482)" in lines
    assert "  Länsstyrgruppen (styrgrupp, arbetar åt Nämnden för socialtjänst och vård (NSV))" in lines
    assert "    Ordförande: besluta, leda möten, föra in beslut, medge avsteg" in lines
    assert "    Adjungerad: deltar utan mandat" in lines
    assert "  Slutför: Breddinförande → Slutförd. Görs av styrgrupp (besluta), på möte. Kräver grinden Slut." in lines

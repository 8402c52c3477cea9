"""What was frozen is what is read, and a difference names what changed in words."""

from copy import deepcopy
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satsningar.content import Content, canonical_json
from satsningar.models import Revision
from satsningar.present import kronor, part_text
from satsningar.revisions import (
    FieldDifference,
    RevisionDamaged,
    RowDifference,
    difference,
    revision_content,
    word_difference,
)


def changed(complete: Content) -> dict[str, Any]:
    return deepcopy(dict(complete.parts))


def test_equal_contents_do_not_differ(complete: Content) -> None:
    assert difference(complete.parts, changed(complete)) == []


def test_a_changed_text_shows_its_words(complete: Content) -> None:
    new = changed(complete)
    new["uppdrag"]["syfte"] = "Fler får bedömning och god vård."
    (part,) = difference(complete.parts, new)
    assert (part.code, part.title, part.rows) == ("uppdrag", "Uppdrag", ())
    assert part.fields == (
        FieldDifference(
            "Syfte",
            "changed",
            "Fler får bedömning och vård hemma.",
            "Fler får bedömning och god vård.",
            (
                ("same", "Fler får bedömning och "),
                ("added", "god "),
                ("same", "vård"),
                ("removed", " hemma"),
                ("same", "."),
            ),
        ),
    )


def test_names_sums_days_and_choices_are_in_words(complete: Content) -> None:
    new = changed(complete)
    flen = complete.municipalities[1]
    new["uppdrag"].update(ledande_organisation_id=flen.id, ledande_organisation_namn=flen.name, startar=None)
    new["ekonomi"]["grov_kostnad"] = "1300000.50"
    new["ekonomi"]["kostnader"][0].update(halso_och_sjukvard=False, slag="it", belopp="830000.00", ar=2028)
    uppdrag, ekonomi = difference(complete.parts, new)
    assert [(field.label, field.change, field.before, field.after) for field in uppdrag.fields] == [
        ("Startar", "removed", "2027-01-11", ""),
        ("Ledande organisation", "changed", "Region Sörmland", "Flens kommun"),
    ]
    assert [(field.before, field.after) for field in ekonomi.fields] == [
        ("1\xa0250\xa0000\xa0kr", "1\xa0300\xa0000,50\xa0kr")
    ]
    (row,) = ekonomi.rows
    assert (row.name, row.change) == ("2028, Region Sörmland, It och system", "changed")
    assert [(field.label, field.before, field.after) for field in row.fields] == [
        ("År", "2027", "2028"),
        ("Slag", "Personal", "It och system"),
        ("Är hälso- och sjukvård", "Ja", "Nej"),
    ]


def test_lines_are_matched_by_id_wherever_they_stand(complete: Content) -> None:
    new = changed(complete)
    rows = new["uppfoljning"]["matt"]
    rows.reverse()
    assert difference(complete.parts, new) == []
    gone = rows.pop(0)
    rows.append({**gone, "id": None, "namn": "Antal hembesök"})
    (part,) = difference(complete.parts, new)
    assert [(row.list_title, row.name, row.change) for row in part.rows] == [
        ("Mått", gone["namn"], "removed"),
        ("Mått", "Antal hembesök", "added"),
    ]


def test_a_link_is_called_by_what_it_leads_to(complete: Content) -> None:
    new = changed(complete)
    link = new["koppling"]["kopplingar"].pop(0)
    (part,) = difference(complete.parts, new)
    assert part.rows == (
        RowDifference(
            "Kopplingar till målbilden",
            link["malomrade_namn"],
            "removed",
            (
                FieldDifference("Slag", "removed", "Målområde", ""),
                FieldDifference("Koppling", "removed", link["malomrade_namn"], ""),
                FieldDifference("Varför", "removed", link["varfor"], ""),
            ),
        ),
    )


def test_a_part_that_one_lacks_counts_as_empty(complete: Content) -> None:
    old = {code: value for code, value in complete.parts.items() if code != "slutrapport"}
    (part,) = difference(old, complete.parts)
    assert (part.code, {field.change for field in part.fields}) == ("slutrapport", {"added"})


@given(st.text(), st.text())
def test_the_pieces_of_a_difference_make_both_texts(before: str, after: str) -> None:
    pieces = list(word_difference(before, after))
    assert "".join(text for op, text in pieces if op != "added") == before
    assert "".join(text for op, text in pieces if op != "removed") == after


def test_long_texts_are_compared_by_line() -> None:
    before = "ett ord till\n" * 2000
    pieces = list(word_difference(before, before + "slut"))
    assert pieces == [("same", before), ("added", "slut")]


def test_a_revision_is_read_as_it_was_frozen(complete: Content) -> None:
    text = canonical_json(complete.parts)
    revision = Revision(number=1, content=text, sha256=sha256(text.encode()).hexdigest())
    assert revision_content(revision) == complete.parts


def test_a_damaged_revision_is_not_read(complete: Content) -> None:
    text = canonical_json(complete.parts)
    revision = Revision(number=1, content=text + " ", sha256=sha256(text.encode()).hexdigest())
    with pytest.raises(RevisionDamaged):
        revision_content(revision)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("0.00", "0\xa0kr"),
        ("1250000.00", "1\xa0250\xa0000\xa0kr"),
        ("0.05", "0,05\xa0kr"),
        ("1000.50", "1\xa0000,50\xa0kr"),
    ],
)
def test_sums_are_written_with_thousands_apart(stored: str, read: str) -> None:
    assert kronor(stored) == read


def test_a_part_reads_in_words(complete: Content) -> None:
    text = part_text("inforande", complete.part("inforande"))
    assert text.title == "Plan för införande"
    assert [field.label for field in text.fields] == [
        "Pilot i liten skala",
        "Kärna som ska vara lika",
        "Vad som får anpassas lokalt",
    ]
    (municipalities,) = text.lists
    assert municipalities.heads == ("Organisation", "År", "Efter piloten", "Ansvarig", "Lokal anpassning")
    assert [row[0].text for row in municipalities.rows] == [o.name for o in complete.municipalities]

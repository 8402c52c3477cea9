"""Lists find, narrow and sort as a Swede expects, and a case carries its marks."""

from collections.abc import Iterable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from governance.models import County, Organisation
from satsningar.attachments import attach
from satsningar.marks import set_registernummer, set_secrecy
from satsningar.models import Registernummer, Satsning
from satsningar.selectors import Filters, filtered, ordered, registernummer_of, search
from tests import factories

TITLES = ["Äldremottagningar", "Ökad samordning", "Ambulerande team", "Årlig läkemedelsgenomgång", "Zonterapi"]


@pytest.fixture
def many(county: County) -> dict[str, Satsning]:
    """Give a satsning of each title."""
    return {title: factories.make_satsning(county, title) for title in TITLES}


def titles(satsningar: Iterable[Satsning]) -> list[str]:
    return [row.uppdrag.titel for row in satsningar]


def test_titles_stand_in_swedish_order(many: dict[str, Satsning]) -> None:
    everything = Satsning.objects.all()
    right = ["Ambulerande team", "Zonterapi", "Årlig läkemedelsgenomgång", "Äldremottagningar", "Ökad samordning"]
    assert titles(ordered(everything, "titel")) == right
    assert titles(ordered(everything, "-titel")) == right[::-1]


def test_an_unknown_order_gives_the_latest_act_first(many: dict[str, Satsning]) -> None:
    assert titles(ordered(Satsning.objects.all(), "'; DROP")) == TITLES[::-1]


SEARCHES = [
    ("läkemedel", ["Årlig läkemedelsgenomgång"]),
    ("samordningen", ["Ökad samordning"]),
    ("ÄLDRE", ["Äldremottagningar"]),
    ("team ambulerande", ["Ambulerande team"]),
    ("team zon", []),
    ("", TITLES),
    ("   ", TITLES),
    ("'; --", []),
    ("%", []),
    ("a:* | b", []),
    ("x" * 10_000, []),
    ("team\x00", ["Ambulerande team"]),
]


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_words_find_what_begins_with_them(many: dict[str, Satsning], text: str, found: list[str]) -> None:
    assert sorted(titles(search(Satsning.objects.all(), text))) == sorted(found)


def test_a_reference_number_is_found(many: dict[str, Satsning]) -> None:
    Satsning.objects.filter(pk=many["Zonterapi"].pk).update(reference="LSG 2026-0014")
    assert titles(search(Satsning.objects.all(), "2026-0014")) == ["Zonterapi"]
    assert titles(search(Satsning.objects.all(), "lsg 2026-0014")) == ["Zonterapi"]


def test_the_words_of_the_assignment_are_found(satsning: Satsning) -> None:
    factories.fill(satsning, ["uppdrag"])
    assert list(search(Satsning.objects.all(), "akuten")) == [satsning]
    assert list(search(Satsning.objects.all(), "verksamhetschef karin")) == [satsning]


def test_the_search_uses_its_index(many: dict[str, Satsning]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "uppdrag_words" in search(Satsning.objects.all(), "läkemedel").explain()


def test_filters_narrow_by_what_is_chosen(many: dict[str, Satsning]) -> None:
    one = many["Ökad samordning"]
    read = factories.fill(one, ["koppling", "omfattning"])
    focus = next(row["fokusomrade_id"] for row in read.rows("koppling", "kopplingar") if row["fokusomrade_id"])
    everything = Satsning.objects.all()
    assert list(filtered(everything, Filters(fokusomrade_id=focus))) == [one]
    assert list(filtered(everything, Filters(organisation_id=read.participants[0].id))) == [one]
    assert list(filtered(everything, Filters(organisation_id=read.municipalities[-1].id))) == []
    assert filtered(everything, Filters(county_id=one.county_id)).count() == len(TITLES)
    assert filtered(everything, Filters(county_id=0)).count() == 0
    assert filtered(everything, Filters(stations=[one.station])).count() == len(TITLES)
    assert filtered(everything, Filters(stations=["beslut"])).count() == 0
    assert filtered(everything, Filters(body_id=one.beslutsorgan_id)).count() == len(TITLES)
    assert filtered(everything, Filters(body_id=0)).count() == 0
    assert list(filtered(everything, Filters(text="samordning", organisation_id=read.participants[0].id))) == [one]


PDF = b"%PDF-1.7\n"


def test_a_handling_carries_its_mark_until_it_is_taken_away(
    satsning: Satsning, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    handling = attach(satsning, SimpleUploadedFile("kvar.pdf", PDF), person=satsning.created_by).handling

    for said in ("26 kap. 1 § OSL", ""):
        set_secrecy(handling.pk, said)
        handling.refresh_from_db()
        assert handling.secrecy == said
    with pytest.raises(ValidationError):
        set_secrecy(handling.pk, "x" * 201)


def test_each_organisation_has_its_own_registry_number(satsning: Satsning) -> None:
    flen, trosa = (Organisation.objects.get(code=code) for code in ("flen", "trosa"))
    set_registernummer(satsning.pk, trosa.pk, "SN 2026/7")
    set_registernummer(satsning.pk, flen.pk, " KS\n2026/12 ")
    set_registernummer(satsning.pk, trosa.pk, "SN 2026/8")
    assert [(row.organisation, row.number) for row in registernummer_of(satsning.pk)] == [
        (flen, "KS 2026/12"),
        (trosa, "SN 2026/8"),
    ]
    set_registernummer(satsning.pk, flen.pk, "")
    assert Registernummer.objects.get().organisation == trosa


def test_a_registry_number_of_another_county_or_too_long_is_refused(satsning: Satsning) -> None:
    other = County.objects.create(code="annat", name="Annat län")
    theirs = Organisation.objects.create(county=other, code="x", name="X", kind="kommun")
    for organisation, number in ((theirs.pk, "1"), (0, "1"), (Organisation.objects.all()[0].pk, "1" * 61)):
        with pytest.raises(ValidationError):
            set_registernummer(satsning.pk, organisation, number)
    assert Registernummer.objects.count() == 0

"""Versions in the file: from a day to come, one a day, never changed once in force, never taken from under a case."""

from datetime import date, timedelta

import pytest

from governance.countyfile import CountyFileError, Problem, compare_with_loaded, export, load, read_county
from governance.minuted import record_paragraph
from governance.models import Arendegang, ArendegangVersion, County, CountyLoad, Station
from governance.permissions import today
from tests.governance.conftest import SORMLAND
from tests.governance.test_load import DECIDED, changed

DAY = timedelta(days=1)


def version(number: int, day: date, *more: tuple[str, str]) -> str:
    """Return Sörmland's file with its path in another version."""
    return changed(("version = 1", f"version = {number}"), (DECIDED, f"galler_fran = {day.isoformat()}"), *more)


def refusal(text: str) -> list[Problem]:
    """Load a file that must be refused, both when it is compared and when it is loaded; return what was said."""
    loads = CountyLoad.objects.count()
    with pytest.raises(CountyFileError) as compared:
        compare_with_loaded(text)
    with pytest.raises(CountyFileError) as caught:
        load(text)
    assert compared.value.problems == caught.value.problems
    assert CountyLoad.objects.count() == loads
    return list(caught.value.problems)


def numbers() -> list[int]:
    return list(ArendegangVersion.objects.order_by("number").values_list("number", flat=True))


RENAMED = ('slag = "utkast"', 'namn = "Idé"\nslag = "utkast"')


@pytest.mark.django_db
def test_new_version_may_not_have_come_into_force_already(sormland: None) -> None:
    yesterday = today() - DAY
    (problem,) = refusal(version(2, yesterday))

    assert problem.place == "arendegang[0].galler_fran"
    assert problem.line is not None
    assert problem.message == f"Version 2 skulle gälla från {yesterday}, en dag som har varit."
    assert problem.remedy == f"Skriv {today()} eller en senare dag."
    assert numbers() == [1]


@pytest.mark.django_db
def test_very_first_version_of_a_path_may_look_back(sormland: None) -> None:
    assert ArendegangVersion.objects.get().in_force_from < today()


@pytest.mark.django_db
def test_new_version_may_come_into_force_today_but_not_two_on_one_day(sormland: None) -> None:
    load(version(2, today()))

    (problem,) = refusal(version(3, today(), RENAMED))

    assert problem.place == "arendegang[0].galler_fran"
    assert problem.message == f"Version 3 skulle gälla från samma dag som version 2 ({today()})."
    assert problem.remedy == f"Skriv {today() + DAY} eller en senare dag."
    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_version_that_a_meeting_has_decided_is_neither_replaced_nor_withdrawn(sormland: None) -> None:
    load(version(2, today() + DAY, RENAMED))
    second = ArendegangVersion.objects.get(number=2)
    record_paragraph(second, paragraph="§ 14", decided_on=date(2026, 11, 3), decided_by="Länsstyrgruppen")
    decided = "Version 2 är beslutad (Länsstyrgruppen 2026-11-03, § 14)"

    (replaced,) = refusal(version(2, today() + 2 * DAY, RENAMED))
    (withdrawn,) = refusal(SORMLAND)

    assert (replaced.place, withdrawn.place) == ("arendegang[0].version", "arendegang[0].version")
    assert (replaced.message, replaced.remedy) == (f"{decided} och kan inte ändras.", "Höj versionen till 3.")
    assert (withdrawn.message, withdrawn.remedy) == (f"{decided} och kan inte dras tillbaka.", "Skriv 2 eller högre.")
    assert not load(version(2, today() + DAY, RENAMED))
    load(version(3, today() + 2 * DAY))
    assert numbers() == [1, 2, 3]
    assert list(ArendegangVersion.objects.order_by("number").values_list("decided_paragraph", flat=True)) == [
        "",
        "§ 14",
        "",
    ]


@pytest.mark.django_db
def test_version_to_come_is_replaced_under_its_number(sormland: None) -> None:
    load(version(2, today() + DAY, RENAMED))
    again = version(2, today() + 2 * DAY, ('slag = "utkast"', 'namn = "Skiss"\nslag = "utkast"'))

    assert [str(one) for one in load(again).changes][-1] == (
        "~ version av lansgemensam 2: ersätts innan den har börjat gälla"
    )

    assert numbers() == [1, 2]
    second = ArendegangVersion.objects.get(number=2)
    assert second.in_force_from == today() + 2 * DAY
    assert second.stations.get(kind="utkast").name == "Skiss"
    assert not Station.objects.filter(name="Idé").exists()
    assert not load(again)


@pytest.mark.django_db
def test_version_to_come_is_withdrawn_by_the_file_before_it(sormland: None) -> None:
    load(version(2, today() + DAY, RENAMED))

    assert str(compare_with_loaded(SORMLAND).changes[-1]) == (
        f"- version av lansgemensam 2: dras tillbaka, skulle ha gällt från {today() + DAY}"
    )
    load(SORMLAND)

    assert numbers() == [1]
    assert not load(SORMLAND)
    assert read_county(export(County.objects.get())) == read_county(SORMLAND)


@pytest.mark.django_db
def test_version_in_force_is_neither_withdrawn_nor_replaced(sormland: None) -> None:
    load(version(2, today()))

    (back,) = refusal(SORMLAND)
    (other,) = refusal(version(2, today(), RENAMED))

    assert (back.message, back.remedy) == ("Version 2 är redan laddad.", "Skriv 2 eller högre.")
    assert other.message.startswith("Version 2 är laddad och kan inte ändras")
    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_replacement_may_not_come_into_force_in_the_past_or_before_the_version_in_force(sormland: None) -> None:
    load(version(2, today() + DAY))

    assert [one.place for one in refusal(version(2, today() - DAY, RENAMED))] == ["arendegang[0].galler_fran"]
    assert [one.place for one in refusal(version(2, date(2020, 1, 1), RENAMED))] == ["arendegang[0].galler_fran"]
    assert ArendegangVersion.objects.get(number=2).in_force_from == today() + DAY


@pytest.mark.django_db
def test_several_versions_may_wait_each_for_its_day(sormland: None) -> None:
    load(version(2, today() + DAY))
    load(version(3, today() + 2 * DAY, RENAMED))
    assert numbers() == [1, 2, 3]

    load(version(2, today() + DAY))

    assert numbers() == [1, 2]


@pytest.mark.django_db
def test_path_without_cases_ends_when_it_leaves_the_file(sormland: None) -> None:
    start = SORMLAND.index("[[arendegang]]")
    other = SORMLAND[:start] + SORMLAND[start:].replace('kod = "lansgemensam"', 'kod = "annan"', 1)

    load(other)

    assert Arendegang.objects.get(code="lansgemensam").ended_on == today()
    assert Arendegang.objects.get(code="annan").ended_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", ['slag = "flytta_version"', 'slag = "pausa"\nnamn = "Vila"\nkod = "flytta_version"']
)
def test_built_in_move_is_not_written_in_a_file(written: str) -> None:
    text = SORMLAND + f'\n[[arendegang.forflyttning]]\n{written}\nfran = "genomforande"\ntill = "vilande"\n'
    with pytest.raises(CountyFileError) as caught:
        read_county(text + 'av = { regionalt_stod = "leda_arenden" }\n')
    (problem,) = caught.value.problems
    assert problem.place.endswith(".kod" if "kod" in written else ".slag")

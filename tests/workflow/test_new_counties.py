"""Every region of Sweden: the county file that the guide suggests loads, and a case walks through it to its end."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.conditions import HIGHEST
from governance.countyfile import load, read_county
from governance.countyfile.begin import default_answers, new_county, write_new_county
from governance.countyfile.ready import ready_paths
from governance.models import Body, County, Membership, Organisation
from governance.official import counties, municipalities, regions
from governance.vocabulary import OrganisationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.workflow.walking import FillingWalker, walk_to_the_end
from workflow import journal
from workflow.errors import Incomplete
from workflow.rights import station_of

DAY = date(2026, 1, 1)
REGIONS = sorted(regions())
LAST_STEPS = ("genomforande", "uppfoljning", "breddinforande", "slutford")
LARGEST, MIDDLE, GOTLAND = "14", "04", "09"


def suggested(county_code: str, path: str = "standard") -> str:
    """Return the file that the guide suggests."""
    return write_new_county(default_answers(county_code, in_force_from=DAY, path=path))


def test_the_list_is_the_whole_of_sweden() -> None:
    per_county = [one.county_code for one in municipalities().values()]

    assert (len(counties()), len(municipalities())) == (21, 290)
    assert sorted(regions()) == sorted(counties()) == sorted(set(per_county))
    assert len({one.code for one in regions().values()}) == len({one.region_name for one in regions().values()}) == 21
    assert (per_county.count(LARGEST), per_county.count(MIDDLE), per_county.count(GOTLAND)) == (49, 9, 1)


def test_every_region_with_every_ready_path_gives_a_file_that_says_what_was_answered() -> None:
    for code in REGIONS:
        for path in ready_paths():
            answers = default_answers(code, in_force_from=DAY, path=path)

            assert read_county(write_new_county(answers)) == new_county(answers)


def test_gotland_stands_as_region_and_as_municipality() -> None:
    found = [
        (one.name, one.kind, one.kommunkod)
        for one in new_county(default_answers(GOTLAND, in_force_from=DAY)).organisations
    ]

    assert found == [
        ("Region Gotland, regionens uppgifter", OrganisationKind.REGION, ""),
        ("Region Gotland, kommunens uppgifter", OrganisationKind.KOMMUN, "0980"),
    ]


def test_all_of_sweden_loads_beside_each_other_and_nobody_sits_anywhere(db: None) -> None:
    for code in REGIONS:
        load(suggested(code))

    assert County.objects.count() == 21
    assert Organisation.objects.filter(kind=OrganisationKind.KOMMUN).count() == 290
    assert set(Body.objects.values_list("county", flat=True)) == set(County.objects.values_list("pk", flat=True))
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("path", list(ready_paths()))
def test_a_case_walks_every_ready_path_to_its_end(db: None, path: str) -> None:
    passed = walk_to_the_end(suggested(MIDDLE, path))

    preparing = {"utan-beredningsgrupp": ["beredning"], "tva-nivaer": ["inlamnad", "beredning", "gemensam-beredning"]}
    assert passed == [
        "utkast",
        *preparing.get(path, ["inlamnad", "beredning"]),
        *("beslut", "beslutad", *LAST_STEPS),
    ]


@pytest.mark.parametrize(("limit", "through"), [(HIGHEST, []), (1, ["beslut-namnd"])])
def test_a_case_above_the_limit_is_decided_by_the_namnd(db: None, limit: int, through: list[str]) -> None:
    answers = default_answers(MIDDLE, in_force_from=DAY, path="namnd")

    passed = walk_to_the_end(write_new_county(replace(answers, limit=limit)))

    assert passed == ["utkast", "inlamnad", "beredning", "beslut", *through, "beslutad", *LAST_STEPS]


def after_forstudie(target: str) -> tuple[FillingWalker, Satsning]:
    """Carry a case through its förstudie to one of the ends of the decision after it, having seen each step."""
    load(suggested(MIDDLE, "forstudie"))
    walker = FillingWalker(County.objects.get())
    satsning = walker.make()
    walker.walk(satsning, until="beslutad")

    passed = walker.take(satsning, "starta_forstudie", "anmal", "beslut_efter_forstudie", to=target)

    assert passed == ["forstudie", "forstudie", target]
    return walker, satsning


def test_a_case_walks_through_its_forstudie(db: None) -> None:
    walker, satsning = after_forstudie("beslutad")

    assert walker.walk(satsning) == ["beslutad", *LAST_STEPS]
    assert journal.verify(walker.county.pk, walker.county.name)[1] is None


def test_a_case_ends_after_its_forstudie(db: None) -> None:
    _, satsning = after_forstudie("avslagen")

    assert station_of(Satsning.objects.get(pk=satsning.pk)).is_final


def test_the_decision_after_the_forstudie_waits_for_its_report(db: None) -> None:
    load(suggested(MIDDLE, "forstudie"))
    walker = FillingWalker(County.objects.get(), writes_nothing_in=frozenset({PartCode.FORSTUDIERAPPORT}))
    satsning = walker.make()
    walker.walk(satsning, until="beslutad")

    with pytest.raises(Incomplete) as caught:
        walker.take(satsning, "starta_forstudie", "anmal", "beslut_efter_forstudie")

    assert {gap.part for gap in caught.value.gaps} == {"forstudierapport"}


@pytest.mark.parametrize("code", [GOTLAND, LARGEST])
def test_a_case_walks_to_its_end_in_the_smallest_and_the_largest_county(db: None, code: str) -> None:
    assert walk_to_the_end(suggested(code))[-1] == "slutford"


@pytest.mark.soak
@pytest.mark.parametrize("code", REGIONS)
def test_a_case_walks_to_its_end_in_every_county(db: None, code: str) -> None:
    for path in ready_paths():
        with transaction.atomic():
            walk_to_the_end(suggested(code, path))
            transaction.set_rollback(True)


def test_loading_takes_as_many_statements_for_forty_nine_municipalities_as_for_nine(db: None) -> None:
    counted = {}
    for code in (LARGEST, MIDDLE):
        with CaptureQueriesContext(connection) as first:
            load(suggested(code))
        with CaptureQueriesContext(connection) as again:
            load(suggested(code))
        with CaptureQueriesContext(connection) as changed:
            load(suggested(code).replace(' kommun"', 's kommun"').replace("Länsstyrgruppen", "Länets styrgrupp"))
        counted[code] = (len(first), len(again), len(changed))

    assert counted[LARGEST] == counted[MIDDLE]
    assert max(counted[LARGEST]) < 40

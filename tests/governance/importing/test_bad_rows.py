"""What is wrong in a row is told at its cell with a remedy, everything at once, and then nothing is kept or written."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.errors import Refused
from governance.import_people.known import name_key
from governance.models import Membership, PeopleImport, Person
from governance.permissions import today
from governance.services import register_membership
from governance.sheets.days import read_day
from governance.vocabulary import Role
from tests.governance.importing.conftest import Check, ReadIn, places, rows_of
from tests.governance.importing.sheets import as_csv, row, xlsx
from tests.governance.pages.conftest import DAY, Counties

pytestmark = pytest.mark.django_db

BODIES = {
    "Arbetsgruppen mobila team": ("ledamot", "ordforande", "sekreterare"),
    "beredning-personcentrering": ("ledamot", "handlaggare"),
    "lansstyrgruppen": ("ledamot", "ersattare"),
    "fouis": ("ledamot",),
}


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"name": None}, "A2", "Skriv ett namn."),
        ({"name": "R\u202eut"}, "A2", "tecken som inte syns"),
        ({"name": "R" * 151}, "A2", "högst 150 tecken"),
        ({"name": "R" * 1001}, "A2", "högst 150 tecken"),
        ({"email": None}, "B2", "Skriv en e-postadress"),
        ({"email": "rut"}, "B2", "Skriv en e-postadress"),
        ({"email": "r" * 255 + "@exempel.test"}, "B2", "för lång"),
        ({"title": "T" * 151}, "C2", "högst 150 tecken"),
        ({"body": "Arbetsgruppen mobilla team"}, "D2", "Menar du ”Arbetsgruppen mobila team”"),
        ({"body": "Zzz"}, "D2", "blad ”Organ och roller”"),
        ({"body": None}, "D2", "Skriv vilket organ"),
        ({"role": "Ledamott"}, "E2", "Menar du ledamot?"),
        ({"role": None}, "E2", "Skriv vilken roll personen har. Välj bland:"),
        ({"role": "Samordnare"}, "E2", "har inte rollen samordnare. Välj bland:"),
        ({"represents": "Fleen"}, "F2", "Menar du ”Flens kommun”?"),
        ({"body": "lansstyrgruppen", "represents": ""}, "F2", "Ange vilken organisation"),
        ({"body": "kontakt-flen", "role": "Kontaktperson", "represents": "Trosa"}, "F2", "företräder Flen"),
        ({"starts_on": None}, "G2", "Skriv vilken dag uppdraget börjar"),
        ({"starts_on": "3/4 2026"}, "G2", "kan läsas på flera sätt"),
        ({"starts_on": "03-04-2026"}, "G2", "kan läsas på flera sätt"),
        ({"starts_on": "2026-02-30"}, "G2", "Dagen 2026-02-30 finns inte"),
        ({"starts_on": "snart"}, "G2", "är ingen dag"),
        ({"starts_on": 2026}, "G2", "är ett tal, ingen dag"),
        ({"starts_on": "1899-12-31"}, "G2", "från 1900-01-01"),
        ({"starts_on": "2200-01-01"}, "G2", "till 2200-01-01"),
        ({"ends_on": date(2025, 12, 31)}, "H2", "slutar innan det börjar"),
        ({"ends_on": "9999-12-31"}, "H2", "Skriv en dag före"),
        ({"ends_on": True}, "H2", "är ingen dag"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    counties: Counties, check: Check, changes: dict[str, Any], place: str, words: str
) -> None:
    before = rows_of(Person), rows_of(Membership)

    checked, kept = check(xlsx([row(**changes)]))

    told = places(checked)
    assert list(told) == [place]
    assert words in told[place]
    assert kept is None
    assert (rows_of(Person), rows_of(Membership), rows_of(PeopleImport)) == (*before, [])


def test_everything_that_is_wrong_is_told_at_once_in_order(check: Check) -> None:
    checked, _ = check(
        as_csv([row(), row("", "fel", "", "x", "y", "z", "å", "ä"), row("Bo", "bo@exempel.test", role="Kock")])
    )

    assert [problem.place for problem in checked.problems] == ["A3", "B3", "D3", "E3", "F3", "G3", "H3", "E4"]


def test_rows_that_contradict_each_other_are_told_at_the_later_one(check: Check) -> None:
    checked, _ = check(
        xlsx(
            [
                row(ends_on=date(2026, 12, 31)),
                row("Någon Annan", "RUT@exempel.test", "Kurator", "fouis"),
                row(starts_on=date(2026, 12, 31)),
                row(starts_on=date(2027, 1, 1)),
                row(ends_on=date(2026, 12, 31)),
            ]
        )
    )

    told = places(checked)
    assert list(told) == ["A3", "C3", "G4"]
    assert "Rad 2 har samma adress men namnet Rut Exempelberg" in told["A3"]
    assert "Rad 2 har befattningen Chef" in told["C3"]
    assert "överlappar det på rad 2" in told["G4"]
    assert "Rad 6 säger samma som rad 2." in checked.notices


def test_rows_that_contradict_what_is_kept_are_told(counties: Counties, check: Check, read_in: ReadIn) -> None:
    read_in(xlsx([row(represents="Flen", ends_on=date(2026, 12, 31))]))

    for changes, place, words in (
        ({"starts_on": date(2026, 6, 1)}, "G2", "har redan uppdraget från och med 2026-01-01 till och med 2026-12-31"),
        ({"represents": "Trosa"}, "F2", "företräder redan Flen"),
        ({"ends_on": date(2027, 1, 1)}, "H2", "slutar redan 2026-12-31 och kan inte förlängas"),
    ):
        checked, _ = check(xlsx([row(**changes)]))
        assert list(places(checked)) == [place]
        assert words in places(checked)[place]


def test_somebody_shut_out_gets_no_membership(counties: Counties, check: Check) -> None:
    Person.objects.filter(pk=counties.member.pk).update(is_active=False)

    checked, _ = check(xlsx([row("Maria Lindqvist", "maria@sormland.example", "", "fouis")]))

    assert "får inte logga in" in places(checked)["B2"]


def test_a_body_that_has_ended_takes_nobody(counties: Counties, check: Check) -> None:
    counties.own.bodies.filter(code="fouis").update(ended_on=today() - DAY)

    checked, _ = check(xlsx([row(body="fouis")]))

    assert "upphörde" in places(checked)["D2"]


def test_another_countys_body_and_organisation_are_unknown(counties: Counties, check: Check) -> None:
    counties.other.bodies.filter(code="fouis").update(code="fou-granne", name="Grannlänets forskning")

    checked, _ = check(xlsx([row(body="fou-granne"), row(body="Grannlänets forskning")]))

    assert list(places(checked)) == ["D2", "D3"]
    assert "Grannlänets" not in places(checked)["D2"].replace("”Grannlänets forskning”", "")


def test_a_name_that_two_bodies_share_asks_for_the_code(counties: Counties, check: Check) -> None:
    counties.own.bodies.filter(code="fouis").update(name="Arbetsgruppen mobila team")

    checked, _ = check(xlsx([row()]))

    assert "Skriv organets kod: arbetsgrupp-mobila-team, fouis." in places(checked)["D2"]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-03", "20261103", "2026-11-3", "2026/11/03", "2026.11.03", "2026 11 03"),
        *("3 november 2026", "den 3 nov. 2026", "3 nov 2026", "46329", "2026-11-03 00:00:00", "2026-11-03T14:05"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 11, 3)


@pytest.mark.parametrize("value", [date(2026, 11, 3), datetime(2026, 11, 3, 14, 5), 46_329, 46_329.0, "3 nov 2026"])  # noqa: DTZ001 - a cell has no zone
def test_a_day_in_a_cell_is_read_as_the_sheet_holds_it(check: Check, value: Any) -> None:
    checked, _ = check(xlsx([row(starts_on=value)]))

    assert checked.difference is not None
    assert checked.difference.added[0].starts_on == date(2026, 11, 3)


@given(st.text(max_size=30))
def test_whatever_stands_in_a_cell_is_a_day_or_a_sentence(text: str) -> None:
    try:
        found: date | str = read_day(text)
    except Refused as refusal:
        found = refusal.message

    assert isinstance(found, date) or found.endswith("2026-11-03.")


@given(st.text(max_size=40))
def test_a_names_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


# --- Whatever sheet --------------------------------------------------------------------------------------------------

NAMES = st.text("abcdefåäöABCÅÄÖé-' ", min_size=1, max_size=20).map(str.strip).filter(lambda text: text.strip("-' "))
PERIODS = st.tuples(st.integers(0, 3000), st.none() | st.integers(0, 900))


@st.composite
def good_rows(draw: Any) -> list[list[Any]]:
    """Give rows that are right: each person with roles that do not overlap."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        name, title = f"{draw(NAMES)} {number}x", draw(st.sampled_from(["", "Chef", "Kurator"]))
        seats = draw(
            st.lists(
                st.sampled_from([(body, role) for body, roles in BODIES.items() for role in roles]),
                max_size=3,
                unique=True,
            )
        )
        email = f"p{number}@exempel.test"
        if not seats:
            rows.append([name, email, title, "", "", "", "", ""])
        for body, role in seats:
            start, length = draw(PERIODS)
            begins = date(2020, 1, 1) + start * DAY
            ends = None if length is None else begins + length * DAY
            form = draw(st.sampled_from([str, lambda day: day, lambda day: f"{day:%Y%m%d}"]))
            rows.append([name, email, title, body, role, "Flen", form(begins), form(ends) if ends else ""])
    return list(draw(st.permutations(rows)))


@given(rows=good_rows(), make=st.sampled_from([xlsx, as_csv]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_good_rows_come_out_as_they_went_in(
    counties: Counties, read_in: ReadIn, rows: list[list[Any]], make: Any
) -> None:
    with _undone():
        read_in(make(rows))

        people = Person.objects.filter(email__endswith="@exempel.test")
        assert {(one.email, name_key(one.name)) for one in people} == {(one[1], name_key(one[0])) for one in rows}
        wanted = {
            (one[1], _code(counties, one[3]), one[4], read_day(str(one[6])), read_day(str(one[7])) if one[7] else None)
            for one in rows
            if one[3]
        }
        kept = Membership.objects.filter(person__in=people).select_related("person", "body")
        assert {(m.person.email, m.body.code, m.role, m.starts_on, m.ends_on) for m in kept} == wanted


BREAKS = {
    0: ["", "\u202eab", "x" * 200],
    1: ["", "adress", "a b@exempel.test"],
    2: ["t" * 200],
    3: ["", "Gruppen som inte finns"],
    4: ["", "kock", "samordnare"],
    5: ["Stockholm"],
    6: ["", "2026-13-01", "1/2 2026", "1850-01-01", "12"],
    7: ["1950-01-01", "i morgon", "2999-01-01"],
}


@given(
    rows=good_rows().filter(lambda rows: all(one[3] for one in rows)),
    which=st.data(),
    column=st.sampled_from(sorted(BREAKS)),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_broken_cell_is_named_and_nothing_is_written(
    counties: Counties, check: Check, rows: list[list[Any]], which: Any, column: int
) -> None:
    place = which.draw(st.integers(0, len(rows) - 1))
    rows = [list(one) for one in rows]
    rows[place][column] = which.draw(st.sampled_from(BREAKS[column]))
    before = rows_of(Person), rows_of(Membership)

    checked, kept = check(xlsx(rows))

    assert f"{'ABCDEFGH'[column]}{place + 2}" in places(checked)
    assert kept is None
    assert (rows_of(Person), rows_of(Membership)) == before


def _code(counties: Counties, text: str) -> str:
    return str(counties.own.bodies.get(code=text).code if " " not in text else "arbetsgrupp-mobila-team")


@contextmanager
def _undone() -> Iterator[None]:
    """Undo everything at the end, so that one example leaves nothing to the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_a_person_of_the_county_by_an_ended_role_is_known(counties: Counties, check: Check) -> None:
    person = Person.objects.create_user("gammal@exempel.test", "Gammal Exempel")
    body = counties.body("fouis")
    register_membership(
        person=person, body=body, role=Role.LEDAMOT, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1)
    )

    checked, _ = check(xlsx([row("Gammal Exempel", "gammal@exempel.test", "")]))

    assert checked.difference is not None
    assert checked.difference.counts() == {"people": 0, "changed": 0, "added": 1, "ended": 0, "unchanged": 0}

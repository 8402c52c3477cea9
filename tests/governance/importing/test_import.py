"""Reading in: what was in the sheet is what is kept, once, wholly or not at all, and only in the county's own."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.errors import NotAdministrator, Refused
from governance.import_people import Changed, answer, check_file, check_kept, discard, load
from governance.import_people.spec import ANOTHER
from governance.models import Membership, Organisation, PeopleImport, Person
from governance.permissions import today
from governance.services import add_person, end_membership, register_membership
from governance.vocabulary import Role
from tests.governance.importing.conftest import Check, ReadIn, places, rows_of
from tests.governance.importing.sheets import DAY, START, as_csv, row, xlsx
from tests.governance.pages.conftest import Counties

pytestmark = pytest.mark.django_db


def test_people_and_memberships_are_as_the_sheet_says(counties: Counties, read_in: ReadIn) -> None:
    done = read_in(
        xlsx(
            [
                row(represents="Flen", ends_on=date(2026, 12, 31)),
                row(title="", body="lansstyrgruppen", role="ledamot", represents="flen", starts_on="2027-01-01"),
                row("Bo Exempelsson", "BO@exempel.test", "", None, None, "", None),  # type: ignore[arg-type]
                row("Ada Exempel", "ada@exempel.test", "", "kontakt-flen", "Kontaktperson", ""),
            ]
        )
    )

    flen = Organisation.objects.get(county=counties.own, code="flen")
    rut = Person.objects.get(email="rut@exempel.test")
    assert (rut.name, rut.title, rut.is_active, rut.has_usable_password()) == ("Rut Exempelberg", "Chef", True, False)
    assert [
        (one.body.code, one.role, one.represents, one.starts_on, one.ends_on, one.created_by)
        for one in rut.memberships.order_by("starts_on").select_related("body", "represents", "created_by")
    ] == [
        ("arbetsgrupp-mobila-team", "ledamot", flen, START, date(2026, 12, 31), counties.administrator),
        ("lansstyrgruppen", "ledamot", flen, date(2027, 1, 1), None, counties.administrator),
    ]
    assert Person.objects.get(email="bo@exempel.test").memberships.count() == 0
    assert Person.objects.get(email="ada@exempel.test").memberships.get().represents == flen
    assert done.counts == {"people": 3, "changed": 0, "added": 3, "ended": 0, "unchanged": 0}
    assert (done.loaded_by, done.sheet, len(done.new_people)) == (counties.administrator, {}, 3)


@pytest.mark.parametrize("make", [xlsx, as_csv])
def test_the_same_file_twice_changes_nothing(read_in: ReadIn, check: Check, make: Any) -> None:
    data = make([row(), row("Bo Exempelsson", "bo@exempel.test", ends_on=date(2030, 1, 1))])
    read_in(data)
    before = rows_of(Person), rows_of(Membership)

    checked, _ = check(data)
    again = read_in(data)

    assert checked.difference is not None
    assert checked.difference.is_empty
    assert again.counts == {"people": 0, "changed": 0, "added": 0, "ended": 0, "unchanged": 2}
    assert (rows_of(Person), rows_of(Membership)) == before


def test_what_is_read_in_is_not_read_in_again(counties: Counties, read_in: ReadIn) -> None:
    done = read_in(xlsx([row()]))
    before = rows_of(Person), rows_of(Membership), rows_of(PeopleImport)

    again = load(done, actor=counties.administrator, seen="whatever")

    assert again.pk == done.pk
    assert (rows_of(Person), rows_of(Membership), rows_of(PeopleImport)) == before


def test_a_day_in_till_ends_what_is_there_and_makes_room_for_a_new(counties: Counties, read_in: ReadIn) -> None:
    read_in(xlsx([row()]))

    done = read_in(
        xlsx([row(ends_on=date(2026, 6, 30)), row(represents="Flen", starts_on=date(2026, 7, 1), ends_on=None)])
    )

    rut = Person.objects.get(email="rut@exempel.test")
    assert [(one.starts_on, one.ends_on, one.ended_by) for one in rut.memberships.order_by("starts_on")] == [
        (START, date(2026, 6, 30), counties.administrator),
        (date(2026, 7, 1), None, None),
    ]
    assert (done.counts["ended"], done.counts["added"]) == (1, 1)


def test_an_empty_till_leaves_an_end_that_is_set(counties: Counties, read_in: ReadIn, check: Check) -> None:
    read_in(xlsx([row()]))
    membership = Membership.objects.get(person__email="rut@exempel.test")
    end_membership(actor=counties.administrator, membership=membership, ends_on=date(2027, 1, 1))

    checked, _ = check(xlsx([row()]))

    assert checked.difference is not None
    assert checked.difference.is_empty
    assert checked.notices == [
        "Rad 2 har ingen dag i Till. Uppdraget slutar redan 2027-01-01, och det står kvar.",
    ]


def test_name_and_title_are_changed_where_they_are_the_countys_own(counties: Counties, read_in: ReadIn) -> None:
    read_in(xlsx([row()]))

    read_in(xlsx([row("Rut  Nyberg", title="Direktör")]))

    rut = Person.objects.get(email="rut@exempel.test")
    assert (rut.name, rut.title) == ("Rut Nyberg", "Direktör")


# --- Isolation -------------------------------------------------------------------------------------------------------


def test_somebody_of_another_county_gets_a_membership_and_is_neither_shown_nor_changed(
    counties: Counties, check: Check, read_in: ReadIn
) -> None:
    data = xlsx([row("Ett Annatnamn", "Gunnar@Grannlan.example", "Annan titel")])
    checked, _ = check(data)

    done = read_in(data)

    gunnar = Person.objects.get(pk=counties.neighbour.pk)
    assert "Gunnar" not in str(checked).replace("gunnar@grannlan.example", "")
    assert (gunnar.name, gunnar.title, gunnar.added_in) == ("Gunnar Granne", "", None)
    assert gunnar.memberships.filter(body__county=counties.own).count() == 1
    assert (done.counts["people"], done.new_people) == (0, [])


def test_somebody_with_roles_in_two_counties_keeps_name_and_title(counties: Counties, check: Check) -> None:
    body = counties.body("fouis", other=True)
    register_membership(person=counties.member, body=body, role=Role.LEDAMOT, starts_on=today())

    checked, _ = check(xlsx([row("Maria Annorlunda", "maria@sormland.example", "Ny titel", "fouis")]))

    assert checked.difference is not None
    assert checked.difference.changed == ()
    assert any("ändras inte för Maria Lindqvist" in notice for notice in checked.notices)


def test_same_name_in_another_county_is_not_asked_about(counties: Counties, check: Check) -> None:
    checked, _ = check(xlsx([row("Gunnar Granne", "gunnar.granne@exempel.test")]))

    assert checked.questions == []


@pytest.mark.parametrize("who", ["neighbour", "member", "superuser", "ended"])
def test_only_those_who_administer_the_county_read_in(counties: Counties, check: Check, who: str) -> None:
    _, kept = check(xlsx([row()]))
    assert kept is not None
    _, checked = check_kept(kept, actor=counties.administrator)
    if who == "superuser":
        actor = Person.objects.create_superuser("rot@exempel.test", "Rot")
    elif who == "ended":
        actor = counties.administrator
        actor.memberships.update(ends_on=today() - DAY)
    else:
        actor = getattr(counties, who)
    before = rows_of(Person), rows_of(Membership), rows_of(PeopleImport)

    for act in (
        lambda: check_file(xlsx([row()]), "x.xlsx", actor=actor, county=counties.own),
        lambda: check_kept(kept, actor=actor),
        lambda: answer(kept, {}, actor=actor),
        lambda: discard(kept, actor=actor),
        lambda: load(kept, actor=actor, seen=checked.digest),
    ):
        with pytest.raises(NotAdministrator):
            act()

    assert (rows_of(Person), rows_of(Membership), rows_of(PeopleImport)) == before


def test_nobody_gives_a_role_to_themselves_by_a_sheet(counties: Counties, check: Check) -> None:
    Person.objects.filter(pk=counties.administrator.pk).update(email="asa@exempel.test")

    checked, _ = check(xlsx([row("Åsa Nyström", "asa@exempel.test", "")]))

    assert places(checked) == {"B2": "Ingen ger sig själv ett uppdrag. Be en kollega i regionalt stöd."}


def test_somebody_just_added_is_seen_in_the_county_that_added_them_alone(counties: Counties, check: Check) -> None:
    add_person(actor=counties.neighbour, email="nyss@exempel.test", name="Nyss Tillagd")

    checked, _ = check(xlsx([row("Nyss Tillagd", "annan@exempel.test")]))

    assert checked.questions == []


# --- The same person? ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["maria lindqvist", "Lindqvist, Maria", "MARIA  LINDQVIST", "Mária Lindqvist"])
def test_same_name_with_another_address_is_asked_about(counties: Counties, check: Check, spelling: str) -> None:
    checked, kept = check(xlsx([row(spelling, "maria.lindqvist@exempel.test")]))

    (question,) = checked.questions
    assert question.candidates == (
        ("maria@sormland.example", "Maria Lindqvist, maria@sormland.example, som finns redan"),
    )
    assert kept is not None
    with pytest.raises(Refused, match="Svara först"):
        load(kept, actor=counties.administrator, seen=checked.digest)
    assert not Person.objects.filter(email="maria.lindqvist@exempel.test").exists()


def test_one_who_is_the_same_gets_the_membership(counties: Counties, read_in: ReadIn) -> None:
    data = xlsx([row("Maria Lindqvist", "ml@exempel.test", body="lansstyrgruppen", represents="Flen")])

    done = read_in(data, ml__exempel_test="maria@sormland.example")

    assert done.counts["people"] == 0
    assert counties.member.memberships.filter(body__code="lansstyrgruppen").count() == 1


def test_one_who_is_another_is_added(read_in: ReadIn) -> None:
    read_in(xlsx([row("Maria Lindqvist", "ml@exempel.test")]), ml__exempel_test=ANOTHER)

    assert Person.objects.filter(name="Maria Lindqvist").count() == 2


def test_two_new_of_one_name_are_asked_about_and_may_be_one(check: Check, read_in: ReadIn) -> None:
    data = xlsx([row(), row("Exempelberg Rut", "rut.e@exempel.test", "", "lansstyrgruppen", "Sekreterare")])
    checked, _ = check(data)
    assert [question.email for question in checked.questions] == ["rut.e@exempel.test"]

    read_in(data, rut_e__exempel_test="rut@exempel.test")

    assert Person.objects.get(name="Rut Exempelberg").memberships.count() == 2
    assert not Person.objects.filter(email="rut.e@exempel.test").exists()


def test_an_answer_that_is_none_of_the_candidates_is_no_answer(counties: Counties, check: Check) -> None:
    _, kept = check(xlsx([row("Maria Lindqvist", "ml@exempel.test")]))
    assert kept is not None

    answer(kept, {"ml@exempel.test": counties.neighbour.email}, actor=counties.administrator)

    _, checked = check_kept(kept, actor=counties.administrator)
    assert len(checked.unanswered) == 1


# --- Somebody else meanwhile -----------------------------------------------------------------------------------------


def test_a_change_by_somebody_else_meanwhile_writes_nothing_and_shows_the_new_difference(
    counties: Counties, check: Check
) -> None:
    checked, kept = check(xlsx([row(), row("Bo Exempelsson", "bo@exempel.test")]))
    assert kept is not None
    add_person(actor=counties.administrator, email="bo@exempel.test", name="Bo Exempelsson")
    before = rows_of(Person), rows_of(Membership)

    with pytest.raises(Changed):
        load(kept, actor=counties.administrator, seen=checked.digest)

    assert (rows_of(Person), rows_of(Membership)) == before
    _, anew = check_kept(kept, actor=counties.administrator)
    assert anew.difference is not None
    assert [one.email for one in anew.difference.people] == ["rut@exempel.test"]
    load(kept, actor=counties.administrator, seen=anew.digest)
    assert Person.objects.filter(email="rut@exempel.test").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_upload", [True, False])
def test_two_who_read_in_at_once_read_in_once(counties: Counties, check: Check, *, same_upload: bool) -> None:
    data = xlsx([row(f"Rut Exempelberg {number}", f"rut{number}@exempel.test") for number in range(20)])
    uploads = [check(data) for _ in range(1 if same_upload else 4)]
    outcomes: list[str] = []

    def read(number: int) -> None:
        checked, kept = uploads[number % len(uploads)]
        assert kept is not None
        try:
            load(kept, actor=counties.administrator, seen=checked.digest)
            outcomes.append("read in")
        except Changed:
            outcomes.append("changed")
        finally:
            connection.close()

    threads = [threading.Thread(target=read, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == (["read in"] * 4 if same_upload else ["changed"] * 3 + ["read in"])
    assert Person.objects.filter(email__endswith="@exempel.test").count() == 20
    assert Membership.objects.filter(person__email__endswith="@exempel.test").count() == 20


def test_what_waits_unread_is_removed_after_a_week(counties: Counties, check: Check) -> None:
    _, old = check(xlsx([row()]))
    assert old is not None
    PeopleImport.objects.filter(pk=old.pk).update(uploaded_at=old.uploaded_at - timedelta(days=8))

    check(xlsx([row()]))

    assert not PeopleImport.objects.filter(pk=old.pk).exists()


# --- How much it takes -----------------------------------------------------------------------------------------------


def _statements(counties: Counties, count: int, offset: int) -> tuple[int, int]:
    rows = [row(f"Exempel {offset + n} X", f"e{offset + n}@exempel.test") for n in range(count)]
    with CaptureQueriesContext(connection) as checking:
        checked, kept = check_file(xlsx(rows), "x.xlsx", actor=counties.administrator, county=counties.own)
    assert kept is not None
    with CaptureQueriesContext(connection) as loading:
        load(kept, actor=counties.administrator, seen=checked.digest)
    return len(checking), len(loading)


def test_statements_are_as_many_at_10_and_at_1000_rows(counties: Counties) -> None:
    few, many = _statements(counties, 10, 0), _statements(counties, 1000, 10_000)

    assert Membership.objects.count() == 3 + 1010
    assert many == few
    assert few[0] <= 9
    assert few[1] <= 20

"""A new term of office: everybody's membership ends and begins anew on the same days, all or none."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.countyfile import load
from governance.errors import NotAdministrator, Refused
from governance.models import Body, Membership, Organisation, Person
from governance.permissions import today
from governance.terms import Newcomer, Seat, Term, TermRefused, begin_term, mark_of_members, of_term
from governance.vocabulary import BodyKind, Mandate, Role
from tests.workflow.leaving.conftest import DAY, Leaving
from tests.workflow.pages.helping import at, text_of
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import BEREDNING, STOD, STYRGRUPP, World
from workflow.leaving.acts import Handover, try_term
from workflow.leaving.tasks import OpenTasks

LAST = today() + 30 * DAY
FIRST = LAST + DAY

pytestmark = pytest.mark.django_db


def seats(world: World, code: str = STYRGRUPP) -> list[tuple[str, str, str, date, date | None]]:
    """Return everything that is kept of a body's memberships."""
    rows = Membership.objects.filter(body=world.body(code)).select_related("person", "represents")
    return sorted((row.person.email, row.role, str(row.represents or ""), row.starts_on, row.ends_on) for row in rows)


def same(row: Membership) -> Seat:
    return Seat(Role(row.role), row.represents)


def whole(rows: list[Membership], **changes: Any) -> Term:
    """Return a term in which everybody stays, but for what is given."""
    leaves = changes.pop("leaves", frozenset())
    stays = {row.pk: same(row) for row in rows if row.pk not in leaves} | changes.pop("stays", {})
    return Term(**({"last_day": LAST, "first_day": FIRST, "stays": stays, "leaves": leaves} | changes))


@pytest.fixture
def board(world: World) -> list[Membership]:
    """Return the deciding body's members and its secretary."""
    assert world.secretary.pk
    world.members()
    return of_term(world.body(STYRGRUPP), LAST)


def test_a_term_ends_begins_and_changes_roles_in_one(world: World, board: list[Membership]) -> None:
    body, flen = world.body(STYRGRUPP), Organisation.objects.get(county=world.county, code="flen")
    old = Person.objects.create_user("gammal@exempel.test", "Gammal Exempel")
    first, second = [row for row in board if row.role == Role.LEDAMOT.value][:2]
    term = whole(
        board,
        leaves=frozenset({first.pk}),
        stays={second.pk: Seat(Role.ORDFORANDE, flen)},
        newcomers=(
            Newcomer("Gammal@exempel.test", "", Seat(Role.LEDAMOT, flen)),
            Newcomer("ny@exempel.test", "Ny  Exempel", Seat(Role.ERSATTARE, flen)),
        ),
    )

    made = begin_term(actor=world.coordinator, body=body, term=term, seen=mark_of_members(board))

    assert len(made) == len(board) - 1 + 2
    for row in board:
        row.refresh_from_db()
        assert (row.ends_on, row.ended_by) == (LAST, world.coordinator)
    new = Membership.objects.filter(body=body, starts_on=FIRST, ends_on=None)
    assert {(row.person_id, row.role) for row in new} >= {
        (second.person_id, "ordforande"),
        (old.pk, "ledamot"),
    }
    assert not new.filter(person=first.person_id).exists()
    newcomer = Person.objects.get(email="ny@exempel.test")
    assert (newcomer.name, newcomer.added_in, newcomer.has_usable_password()) == ("Ny Exempel", world.county, False)
    assert {row.created_by for row in new} == {world.coordinator}


def test_the_actors_own_membership_is_left_as_it_is(world: World) -> None:
    colleague = world.seat(STOD, Role.SAMORDNARE)
    body, actor = world.body(STOD), world.coordinator
    rows = [row for row in of_term(body, LAST) if row.person_id != actor.pk]

    begin_term(actor=actor, body=body, term=whole(rows), seen=mark_of_members(rows))

    assert Membership.objects.get(person=actor).ends_on is None
    assert Membership.objects.filter(person=colleague).count() == 2


@pytest.mark.parametrize("who", ["author", "secretary", "superuser", "ended"])
def test_only_those_who_administer_begin_a_term(world: World, board: list[Membership], who: str) -> None:
    actors = {
        "author": world.author,
        "secretary": world.secretary,
        "superuser": Person.objects.create_superuser("rot@exempel.test", "Rot"),
        "ended": world.seat(STOD, Role.SAMORDNARE, ends_on=today() - DAY),
    }
    before, body = seats(world), world.body(STYRGRUPP)

    with pytest.raises(NotAdministrator):
        begin_term(actor=actors[who], body=body, term=whole(board), seen=mark_of_members(board))
    assert at(actors[who]).get(f"/organ/{body.pk}/ny-period/").status_code in {403, 404}

    assert seats(world) == before


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"first_day": LAST}, [("", "first_day")]),
        ({"last_day": date(1800, 1, 1)}, [("", "last_day")]),
        ({"newcomers": (Newcomer("fel", "X", Seat(Role.SEKRETERARE, None)),)}, [("n0", "email")]),
        ({"newcomers": (Newcomer("a@exempel.test", " ", Seat(Role.SEKRETERARE, None)),)}, [("n0", "name")]),
        ({"newcomers": (Newcomer("a@exempel.test", "A", Seat(Role.LEDAMOT, None)),)}, [("n0", "represents")]),
        ({"newcomers": (Newcomer("a@exempel.test", "A", Seat(Role.SAMORDNARE, None)),)}, [("n0", "role")]),
    ],
)
def test_what_cannot_be_is_told_at_its_row_and_nothing_changes(
    world: World, board: list[Membership], changes: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    before = seats(world)

    with pytest.raises(TermRefused) as refusal:
        begin_term(
            actor=world.coordinator,
            body=world.body(STYRGRUPP),
            term=whole(board, **changes),
            seen=mark_of_members(board),
        )

    assert [(row, field) for row, field, _ in refusal.value.errors] == errors
    assert seats(world) == before
    assert not Person.objects.filter(email="a@exempel.test").exists()


def test_every_error_is_told_at_once(world: World, board: list[Membership]) -> None:
    twin = Newcomer("a@exempel.test", "A", Seat(Role.SEKRETERARE, None))
    actor = Newcomer("", "", Seat(Role.SEKRETERARE, None))

    with pytest.raises(TermRefused) as refusal:
        begin_term(
            actor=world.coordinator,
            body=world.body(STYRGRUPP),
            term=whole(board, newcomers=(twin, twin, actor)),
            seen=mark_of_members(board),
        )

    assert [(row, field) for row, field, _ in refusal.value.errors] == [("n2", "email"), ("n1", "role")]


def test_nothing_is_told_of_somebody_of_another_county(world: World, board: list[Membership]) -> None:
    load(OTHER_COUNTY)
    body = Body.objects.get(county__code="annat", kind=BodyKind.STYRGRUPP)
    elsewhere = Person.objects.create_user("lo@exempel.test", "Lo Hemlig", None, is_active=False)
    body.memberships.create(person=elsewhere, role=Role.SEKRETERARE, starts_on=today() - DAY)

    def told(email: str, name: str) -> list[tuple[str, str, str]]:
        newcomer = Newcomer(email, name, Seat(Role.SEKRETERARE, None))
        with pytest.raises(TermRefused) as refusal:
            begin_term(
                actor=world.coordinator,
                body=world.body(STYRGRUPP),
                term=whole(board, newcomers=(newcomer, newcomer)),
                seen=mark_of_members(board),
            )
        return list(refusal.value.errors)

    assert told("lo@exempel.test", "L  Exempel") == told("ny@exempel.test", "L  Exempel")
    assert told("lo@exempel.test", "L  Exempel") == [("n1", "role", "L Exempel står två gånger som sekreterare.")]
    assert told("lo@exempel.test", "") == [("n1", "role", "lo@exempel.test står två gånger som sekreterare.")]


def test_an_own_account_that_is_shut_is_told(world: World, board: list[Membership]) -> None:
    shut = world.author
    Person.objects.filter(pk=shut.pk).update(is_active=False)

    with pytest.raises(TermRefused) as refusal:
        begin_term(
            actor=world.coordinator,
            body=world.body(STYRGRUPP),
            term=whole(board, newcomers=(Newcomer(shut.email, shut.name, Seat(Role.SEKRETERARE, None)),)),
            seen=mark_of_members(board),
        )

    assert refusal.value.errors == (("n0", "email", "Personen får inte logga in."),)


def test_nobody_gives_themselves_a_role_in_a_new_term(world: World, board: list[Membership]) -> None:
    own = Newcomer(world.coordinator.email, "", Seat(Role.SEKRETERARE, None))

    with pytest.raises(TermRefused, match="sig själv"):
        begin_term(
            actor=world.coordinator,
            body=world.body(STYRGRUPP),
            term=whole(board, newcomers=(own,)),
            seen=mark_of_members(board),
        )


def test_a_change_meanwhile_or_somebody_left_out_is_refused(world: World, board: list[Membership]) -> None:
    term, mark, body = whole(board), mark_of_members(board), world.body(STYRGRUPP)
    left_out = Term(LAST, FIRST, {}, frozenset())
    with pytest.raises(Refused, match="fortsätter eller slutar"):
        begin_term(actor=world.coordinator, body=body, term=left_out, seen=mark)
    Membership.objects.filter(pk=board[0].pk).update(ends_on=LAST + timedelta(days=400))
    before = seats(world)

    with pytest.raises(Refused, match="Någon har ändrat uppdragen"):
        begin_term(actor=world.coordinator, body=body, term=term, seen=mark)

    assert seats(world) == before


def test_trying_leaves_nothing_behind_and_tells_what_is_lost(world: World, board: list[Membership]) -> None:
    secretary = next(row for row in board if row.role == Role.SEKRETERARE.value)
    assert world.coordinator.pk
    before, people = seats(world), Person.objects.count()
    term = whole(
        board,
        leaves=frozenset({secretary.pk}),
        newcomers=(Newcomer("a@exempel.test", "A", Seat(Role.LEDAMOT, board[-1].represents or board[0].represents)),),
    )

    after = try_term(
        actor=world.coordinator,
        body=world.body(STYRGRUPP),
        term=term,
        seen=mark_of_members(board),
        leaving=[secretary],
    )

    assert after.orphaned() == [Mandate.PROTOKOLLFORA]
    assert (seats(world), Person.objects.count()) == (before, people)


# --- The pages -------------------------------------------------------------------------------------------------------


def address(world: World, code: str) -> str:
    return f"/organ/{world.body(code).pk}/ny-period/?sista={LAST}&forsta={FIRST}"


def posted(page: Any, **changes: str) -> dict[str, Any]:
    """Return what a browser would send of the page's forms, but for what is given."""
    found: dict[str, Any] = {"nya-TOTAL_FORMS": "0", "nya-INITIAL_FORMS": "0"}
    for form in page.context["work"].members:
        for name in ("beslut", "role", "represents"):
            found[f"{form.prefix}-{name}"] = form[name].value() or ""
    return found | changes


def test_the_days_are_asked_first(world: World) -> None:
    client, path = at(world.coordinator), f"/organ/{world.body(STYRGRUPP).pk}/ny-period/"

    assert "Sista dag i den gamla perioden" in text_of(client.get(path))
    wrong = client.get(f"{path}?sista=2026-12-31&forsta=2026-12-31")
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["forsta"])
    assert client.get(f"{path}?sista=hej&forsta=").status_code == 422


def test_a_term_is_put_together_looked_through_and_begun(leaving: Leaving) -> None:
    world = leaving.world
    client, path = at(world.coordinator), address(world, BEREDNING)
    page = client.get(path)
    officer = Membership.objects.get(person=leaving.officer)
    before = seats(world, BEREDNING)
    sent = posted(
        page,
        **{
            f"m{officer.pk}-beslut": "slutar",
            "nya-TOTAL_FORMS": "2",
            "nya-0-email": "ny@exempel.test",
            "nya-0-name": "Ny Exempel",
            "nya-0-role": "ledamot",
            "nya-0-represents": str(officer.represents_id),
            "nya-1-email": "",
        },
    )

    looked = client.post(path, sent | {"granska": "1"})
    text = text_of(looked)
    assert seats(world, BEREDNING) == before
    assert "Ingenting är ändrat än" in text
    assert f"Det här har {leaving.officer} öppet" in text
    assert "Ny Exempel" in text
    kept = dict(looked.context["sent"])
    back = client.post(path, kept | {"andra": "1"})
    assert 'value="Ny Exempel"' in text_of(back)
    assert back.status_code == 200
    missing = client.post(path, kept | {"genomfor": "1", "sett": looked.context["mark"]})
    name = f"tar_over_{leaving.officer.pk}_cases"
    assert list(missing.context["form"].errors) == [name]
    done = client.post(
        path,
        kept | {"genomfor": "1", "sett": looked.context["mark"], name: str(leaving.colleague.pk)},
        follow=True,
    )

    assert "har en ny period" in text_of(done)
    assert "1 satsning har fått ny handläggare." in text_of(done)
    assert world.fresh(leaving.case).handlaggare_id == leaving.colleague.pk
    assert Membership.objects.get(pk=officer.pk).ends_on == LAST
    assert not Membership.objects.filter(person=leaving.officer, starts_on=FIRST).exists()
    assert Membership.objects.filter(person=leaving.colleague, starts_on=FIRST).count() == 1
    assert Person.objects.get(email="ny@exempel.test").memberships.get().starts_on == FIRST


def test_a_change_since_looking_through_is_shown_again(leaving: Leaving) -> None:
    world = leaving.world
    client, path = at(world.coordinator), address(world, BEREDNING)
    sent = posted(client.get(path))
    mark = client.post(path, sent | {"granska": "1"}).context["mark"]
    world.seat(BEREDNING, Role.LEDAMOT)
    before = seats(world, BEREDNING)

    late = client.post(path, sent | {"genomfor": "1", "sett": mark})

    assert late.status_code == 422
    assert seats(world, BEREDNING) == before


def test_rows_are_added_and_taken_away_without_javascript(leaving: Leaving) -> None:
    client, path = at(leaving.world.coordinator), address(leaving.world, BEREDNING)
    sent = posted(client.get(path))

    one = client.post(path, sent | {"lagg_till_nya": "1"})
    filled = {"nya-TOTAL_FORMS": "1", "nya-0-email": "rut@exempel.test", "nya-0-role": "ledamot"}
    two = client.post(path, sent | filled | {"lagg_till_nya": "1"})
    none = client.post(path, sent | filled | {"ta_bort_nya-0": "1"})

    assert [len(page.context["work"].newcomers.forms) for page in (one, two, none)] == [1, 2, 0]
    assert 'value="rut@exempel.test"' in text_of(two)
    assert "Fel:" not in text_of(two)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"nya-TOTAL_FORMS": "1", "nya-0-name": "Rut"}, "Skriv personens e-postadress."),
        ({"nya-TOTAL_FORMS": "1", "nya-0-email": "fel", "nya-0-role": "ledamot"}, "Skriv en e-postadress"),
        ({"nya-TOTAL_FORMS": "hej"}, ""),
        ({"nya-TOTAL_FORMS": "99999999"}, ""),
        ({"nya-TOTAL_FORMS": "150"}, ""),
    ],
)
def test_what_is_wrong_is_told_at_the_field(leaving: Leaving, changes: dict[str, str], message: str) -> None:
    client, path = at(leaving.world.coordinator), address(leaving.world, BEREDNING)

    answer = client.post(path, posted(client.get(path)) | changes | {"granska": "1"})

    assert answer.status_code in {200, 422}
    assert message in text_of(answer)


def test_another_countys_body_and_one_that_has_ended_have_no_term(world: World) -> None:
    client = at(world.coordinator)
    body = world.body(STYRGRUPP)
    body.ended_on = today()
    body.save()

    assert client.get("/organ/999999/ny-period/").status_code == 404
    assert client.get(f"/organ/{body.pk}/ny-period/").status_code == 422


def test_the_page_costs_the_same_for_3_and_30_members(leaving: Leaving) -> None:
    world = leaving.world
    client, path, counts = at(world.coordinator), address(world, BEREDNING), []
    for more in (0, 27):
        for _ in range(more):
            world.seat(BEREDNING, Role.LEDAMOT)
        page = client.get(path)
        with CaptureQueriesContext(connection) as shown:
            client.get(path)
        with CaptureQueriesContext(connection) as looked:
            assert client.post(path, posted(page) | {"granska": "1"}).status_code == 200
        counts.append((len(shown), len(looked)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 50


def test_a_handover_of_nothing_locks_nothing() -> None:
    assert Handover(1, OpenTasks(), cases_to=2).satsningar() == set()

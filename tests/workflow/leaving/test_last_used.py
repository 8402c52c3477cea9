"""No membership ends before it was last used, whichever way it is ended."""

from datetime import date

import pytest

from governance.errors import Refused
from governance.import_people import check_file, check_kept
from governance.import_people import load as read_in
from governance.last_acts import last_used
from governance.models import Membership
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from tests.governance.importing.sheets import row, xlsx
from tests.workflow.leaving.conftest import DAY
from tests.workflow.world import World
from workflow.leaving.acts import Handover, leave, refuse_before_last_act
from workflow.leaving.tasks import OpenTasks
from workflow.models import Beslut, Beslutsdeltagare

pytestmark = pytest.mark.django_db


def line(membership: Membership, ends_on: date) -> bytes:
    """Return a sheet that ends a membership on a day."""
    person, represents = membership.person, membership.represents
    return xlsx(
        [
            row(
                person.name,
                person.email,
                person.title,
                membership.body.name,
                Role(membership.role).label,
                represents.name if represents else "",
                membership.starts_on,
                ends_on,
            )
        ]
    )


def test_a_sheet_does_not_end_a_membership_before_its_last_act(world: World) -> None:
    world.carried_to(StationKind.BESLUTAD)
    membership = Membership.objects.get(person=world.secretary)

    checked, kept = check_file(line(membership, today() - DAY), "x.xlsx", actor=world.coordinator, county=world.county)

    assert kept is None
    (problem,) = checked.problems
    assert problem.message == (
        f"{membership.person.name} använde uppdraget senast {today()}. Skriv den dagen eller en senare."
    )
    assert problem.place == "H2"
    _, kept = check_file(line(membership, today()), "x.xlsx", actor=world.coordinator, county=world.county)
    assert kept is not None
    _, checked = check_kept(kept, actor=world.coordinator)
    read_in(kept, actor=world.coordinator, seen=checked.digest)
    membership.refresh_from_db()
    assert membership.ends_on == today()


def test_an_act_after_the_sheet_was_looked_at_stops_it(world: World) -> None:
    case = world.carried_to(StationKind.BESLUT)
    membership = Membership.objects.get(person=world.secretary)
    checked, kept = check_file(line(membership, today() - DAY), "x.xlsx", actor=world.coordinator, county=world.county)
    assert kept is not None
    world.decide(case, "bifall")

    with pytest.raises(Refused):
        read_in(kept, actor=world.coordinator, seen=checked.digest)

    membership.refresh_from_db()
    assert membership.ends_on is None


def test_a_member_who_was_counted_in_a_meeting_is_a_member_that_day(world: World) -> None:
    world.carried_to(StationKind.BESLUTAD)
    meeting = Beslut.objects.latest("pk").meeting_date
    counted = Beslutsdeltagare.objects.select_related("membership__body").exclude(person=world.secretary).first()
    assert counted is not None
    membership = counted.membership

    assert last_used([membership.pk]) == {membership.pk: meeting}
    with pytest.raises(Refused, match=f"använde uppdraget senast {meeting}"):
        leave(
            actor=world.coordinator,
            membership=membership,
            ends_on=meeting - DAY,
            handover=Handover(membership.person_id, OpenTasks()),
        )
    refuse_before_last_act([membership], meeting)


def test_an_act_counts_for_the_membership_that_held_that_day(world: World) -> None:
    world.carried_to(StationKind.BESLUTAD)
    now = Membership.objects.get(person=world.secretary)
    Membership.objects.filter(pk=now.pk).update(starts_on=today())
    before = now.body.memberships.create(
        person=now.person, role=now.role, starts_on=today() - 30 * DAY, ends_on=today() - DAY
    )

    assert last_used([before.pk, now.pk]) == {now.pk: today()}

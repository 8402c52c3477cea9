"""Who reads and who writes: the predicate and the queryset agree, and the tables of the domain hold."""

from datetime import timedelta

import pytest

from governance.countyfile import load
from governance.models import County, Organisation, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, LATER_PARTS, PartCode
from tests.factories import SORMLAND
from tests.workflow.world import ARBETSGRUPP, BEREDNING, ROUTES, STOD, STYRGRUPP, World
from workflow import facts
from workflow.edits import save_part
from workflow.errors import NoMandate
from workflow.rights import Access, access, may_read, readable, viewer

OTHER_COUNTY = SORMLAND.read_text(encoding="utf-8").replace('kod = "sormland"', 'kod = "annat"')


def everybody(world: World) -> dict[str, Person]:
    """Return a person of every sort there is."""
    day = timedelta(days=1)
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")
    contact_body = world.county.bodies.filter(kind=BodyKind.ORGANISATION)[0]
    people = {
        "author": world.author,
        "other group": world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT),
        "officer": world.officer,
        "member": world.seat(STYRGRUPP, Role.LEDAMOT),
        "coordinator": world.coordinator,
        "observer": world.seat(ARBETSGRUPP, Role.ADJUNGERAD),
        "contact": world.seat(contact_body.code, Role.KONTAKTPERSON),
        "ended": world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today() - day),
        "coming": world.seat(BEREDNING, Role.LEDAMOT, starts_on=today() + day),
        "nobody": Person.objects.create_user("ingen@example.org", "Exempelingen"),
        "superuser": superuser,
        "inactive": world.seat(STOD, Role.SAMORDNARE),
        "other county": in_other_county(),
    }
    people["inactive"].is_active = False
    people["inactive"].save()
    return people


def in_other_county() -> Person:
    """Return the coordinator of another county."""
    load(OTHER_COUNTY)
    county = County.objects.get(code="annat")
    person = Person.objects.create_user("annan@example.org", "Exempelannan")
    body = county.bodies.get(code=STOD)
    register_membership(person=person, body=body, role=Role.SAMORDNARE, starts_on=today())
    return person


READS_DRAFT = {"author", "observer", "coordinator"}
READS_REST = READS_DRAFT | {"other group", "officer", "member", "contact"}


@pytest.mark.parametrize("kind", ROUTES)
def test_readers_are_those_of_the_table_and_both_shapes_agree(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)
    never_submitted = satsning.submitted_at is None

    for label, person in everybody(world).items():
        who = viewer(person)
        found = may_read(who, satsning)
        assert found == (label in (READS_DRAFT if never_submitted else READS_REST)), label
        assert readable(who).filter(pk=satsning.pk).exists() == found, label


def test_withdrawn_draft_is_read_by_its_authors_alone(world: World) -> None:
    satsning = world.carried_to(StationKind.ATERKALLAD)

    assert satsning.submitted_at is None
    assert not may_read(viewer(world.officer), satsning)


PLANS = frozenset({*LATER_PARTS, PartCode.INFORANDE}) - {PartCode.FORSTUDIERAPPORT}
WRITES: dict[StationKind, frozenset[str]] = {
    StationKind.UTKAST: frozenset(DECIDED_PARTS),
    StationKind.KOMPLETTERING: frozenset({PartCode.EKONOMI}),
    StationKind.BESLUTAD: PLANS,
    StationKind.GENOMFORANDE: PLANS,
    StationKind.VILANDE: PLANS,
    StationKind.UPPFOLJNING: PLANS,
    StationKind.BREDDINFORANDE: PLANS,
}
"""What the ansvarig grupp writes; nothing at the other stations."""
PROPOSES = {StationKind.GENOMFORANDE, StationKind.UPPFOLJNING, StationKind.BREDDINFORANDE}


@pytest.mark.parametrize("kind", ROUTES)
def test_writers_are_those_of_the_table(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)
    known, people = facts.read(satsning.pk), everybody(world)
    own = (
        {PartCode.LAGE, PartCode.INFORANDE, PartCode.VARDEN}
        if kind
        in PROPOSES
        | {
            StationKind.BESLUTAD,
            StationKind.VILANDE,
        }
        else set()
    )

    for part in PartCode:
        for label, person in people.items():
            how = access(viewer(person), satsning, part, known)
            expected = Access.NONE
            if label == "author" and part in WRITES.get(kind, ()):
                expected = Access.WRITE
            elif label == "author" and kind in PROPOSES and part in DECIDED_PARTS:
                expected = Access.PROPOSE
            elif label == "contact" and part in own:
                expected = Access.OWN_ROWS
            assert how == expected, (part, label)


@pytest.mark.parametrize("kind", [StationKind.BESLUT, StationKind.SLUTFORD])
def test_frozen_case_takes_no_save(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)
    read = content.read(satsning.pk)

    for part in PartCode:
        with pytest.raises(NoMandate):
            save_part(satsning.pk, part, read.part(part), actor=world.author, expected_version=read.versions[part])

    assert content.read(satsning.pk) == read


@pytest.mark.parametrize("label", ["other county", "ended", "nobody", "superuser", "inactive"])
def test_stranger_is_told_that_there_is_no_such_case(world: World, label: str) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    stranger = everybody(world)[label]
    read = content.read(satsning.pk)

    with pytest.raises(Satsning.DoesNotExist):
        save_part(satsning.pk, "varden", read.part("varden"), actor=stranger, expected_version=read.versions["varden"])
    with pytest.raises(Satsning.DoesNotExist):
        world.do(satsning, "paborja_uppfoljning", stranger)


def test_contact_writes_its_own_lines_and_no_other(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    world.fill(satsning, PartCode.LAGE)
    flen = Organisation.objects.get(county=world.county, kommunkod="0482")
    contact = world.seat(flen.bodies.get(kind=BodyKind.ORGANISATION).code, Role.KONTAKTPERSON)
    read = content.read(satsning.pk)
    rows = [{**row, "kommentar": "Skrivet av Flen."} for row in read.rows("lage", "organisationer")]

    value = {"organisationer": rows, "kommentar": "Skrivet av Flen."}
    save_part(satsning.pk, PartCode.LAGE, value, actor=contact, expected_version=read.versions["lage"])

    after = content.read(satsning.pk)
    changed = [row["organisation_namn"] for row in after.rows("lage", "organisationer") if "Flen" in row["kommentar"]]
    assert changed == [flen.name]
    assert after.part("lage")["kommentar"] == read.part("lage")["kommentar"]

"""Cases that were on their way before the system: who registers them, what is refused, and what holds afterwards."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from governance.models import Body, Fokusomrade, Organisation
from governance.permissions import today
from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS, StationKind
from satsningar import content
from satsningar.models import ReferenceSeries, Satsning
from satsningar.partspec import PARTS
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.factories import complete_value, orebro
from tests.workflow.registration.conftest import DECIDED, SOURCE, MakeEntry
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World, make_world
from workflow import facts, journal
from workflow.creation import create_satsning
from workflow.edits import save_part
from workflow.errors import Incomplete, Invalid, NoMandate, NotFromHere, Stale
from workflow.models import JournalEntry, Registrering
from workflow.registration.actions import complete_registration, register, register_all
from workflow.registration.entries import NEVER_ENTERED, Entry
from workflow.rights import Access, access, station_of, viewer
from workflow.vocabulary import Act

NOT_IN_SORMLAND = frozenset({StationKind.FORSTUDIE})


def registered(world: World, entry: MakeEntry, **other: Any) -> Satsning:
    id_, _ = register(entry(**other), actor=world.coordinator)
    return world.fresh(Satsning.objects.get(pk=id_))


def refused(world: World, entry: MakeEntry, **other: Any) -> dict[str, list[str]]:
    """Return what an entry is refused for, having seen that nothing was written."""
    before = (Satsning.objects.count(), JournalEntry.objects.count())
    with pytest.raises(Invalid) as caught:
        register(entry(**other), actor=world.coordinator)
    assert (Satsning.objects.count(), JournalEntry.objects.count()) == before
    return caught.value.errors


def complete(world: World, satsning: Satsning) -> None:
    complete_registration(satsning.pk, actor=world.coordinator, expected_edition=world.fresh(satsning).edition)


def test_a_case_enters_at_its_step_with_its_decision_in_the_first_entry_of_its_journal(
    world: World, entry: MakeEntry
) -> None:
    satsning = registered(world, entry, reference="lsg 2024-31", handlaggare_id=world.officer.pk)

    assert (satsning.station, satsning.reference) == ("genomforande", "LSG 2024-0031")
    assert timezone.localdate(satsning.station_since).isoformat() == "2025-01-13"
    assert satsning.beredningsgrupp == world.body(BEREDNING)
    assert satsning.handlaggare == world.officer
    assert satsning.submitted_at is not None
    [first] = JournalEntry.objects.filter(satsning=satsning)
    assert (first.act, first.from_station, first.to_station) == (Act.REGISTRERA_I_EFTERHAND, "", "genomforande")
    assert (first.actor, first.mandate) == (world.coordinator, "leda_arenden")
    kept = Registrering.objects.get(satsning=satsning)
    assert (kept.decided_on, kept.source, kept.entered_at) == (DECIDED, SOURCE, "genomforande")
    assert kept.act_id == first.act_id
    assert journal.verify(world.county.pk, world.county.name) == (1, None)


def test_content_that_is_known_is_written_with_the_case(world: World, entry: MakeEntry) -> None:
    region = Organisation.objects.filter(county=world.county)[0]
    focus = Fokusomrade.objects.filter(county=world.county)[0]
    parts = {
        "uppdrag": {"behov": "Många åker in i onödan.", "startar": "2025-01-13"},
        "omfattning": {"deltagare": [{"organisation_id": region.pk}]},
        "ekonomi": {"grov_kostnad": "1250000"},
        "koppling": {"kopplingar": [{"fokusomrade_id": focus.pk}]},
    }

    read = content.read(registered(world, entry, parts=parts).pk)

    assert (read.title, read.part("uppdrag")["behov"]) == ("Trygg hemgång", "Många åker in i onödan.")
    assert [one.id for one in read.participants] == [region.pk]
    assert read.part("ekonomi")["grov_kostnad"] == "1250000.00"
    assert [row["fokusomrade_namn"] for row in read.rows("koppling", "kopplingar")] == [focus.name]


@pytest.mark.parametrize("kind", [kind for kind in StationKind if kind not in NEVER_ENTERED | NOT_IN_SORMLAND])
def test_every_step_but_three_may_be_entered_at(world: World, entry: MakeEntry, kind: StationKind) -> None:
    satsning = registered(world, entry, station=kind.value)

    assert station_of(satsning).kind == kind


@pytest.mark.parametrize("station", ["utkast", "komplettering", "beslut", "", "finns-inte"])
def test_other_steps_are_refused(world: World, entry: MakeEntry, station: str) -> None:
    [message] = refused(world, entry, station=station)["station"]

    assert message.startswith("Välj ett steg i ")
    assert "Genomförande" in message
    assert "Utkast" not in message


def test_only_regionalt_stod_registers(world: World, entry: MakeEntry) -> None:
    people = everybody(world)

    for label, person in people.items():
        if label == "coordinator":
            continue
        with pytest.raises(NoMandate, match="regionalt stöd i länet"):
            register(entry(), actor=person)
    assert not Satsning.objects.exists()


def test_everything_wrong_is_told_at_once(world: World, entry: MakeEntry) -> None:
    tomorrow = today() + timedelta(days=1)
    foreign = Organisation.objects.latest("pk").pk + 1
    found = refused(
        world,
        entry,
        titel="",
        decided_on=tomorrow,
        source="x" * 251,
        since=tomorrow - timedelta(days=4),
        reference=f"LSG {today().year + 1}-0001",
        handlaggare_id=world.author.pk,
        parts={
            "uppdrag": {"startar": "2025-02-01", "slutar": "2025-01-01"},
            "omfattning": {"deltagare": [{"organisation_id": foreign}]},
        },
    )

    assert set(found) == {
        "titel",
        "decided_on",
        "source",
        "since",
        "reference",
        "handlaggare",
        "uppdrag.slutar",
        "omfattning.deltagare-0-organisation_id",
    }


@pytest.mark.parametrize(
    "kind", [*sorted(DECIDED_KINDS - NOT_IN_SORMLAND), *sorted(FINAL_KINDS - {StationKind.ATERKALLAD})]
)
def test_what_is_decided_has_a_day_and_a_source(world: World, entry: MakeEntry, kind: StationKind) -> None:
    assert set(refused(world, entry, station=kind.value, decided_on=None, source=" ")) == {"decided_on", "source"}


@pytest.mark.parametrize("kind", [StationKind.INLAMNAD, StationKind.BEREDNING, StationKind.ATERKALLAD])
def test_what_is_not_decided_needs_none(world: World, entry: MakeEntry, kind: StationKind) -> None:
    satsning = registered(world, entry, station=kind.value, decided_on=None, source="", since=None)

    assert timezone.localdate(satsning.station_since) == today()


def test_numbers_go_on_after_those_that_are_entered(world: World, entry: MakeEntry) -> None:
    year = today().year
    registered(world, entry, reference=f"LSG {year}-0031")
    registered(world, entry, titel="En annan", reference=f"LSG {year}-0007")
    registered(world, entry, titel="En tredje", reference="Dnr 2019/44")

    handed_in = world.carried_to(StationKind.INLAMNAD)

    assert handed_in.reference == f"LSG {year}-0032"
    assert ReferenceSeries.objects.get(body=world.body(STYRGRUPP), year=year).last == 32


def test_a_number_is_given_once(world: World, entry: MakeEntry) -> None:
    handed_in = world.carried_to(StationKind.INLAMNAD)

    taken = refused(world, entry, reference=handed_in.reference.lower().replace("-00", "-"))

    assert taken["reference"] == [
        f"{handed_in.reference} har redan satsningen ”Mobila team i hela länet”. Rätta numret eller lämna tomt."
    ]


@pytest.mark.parametrize("number", ["0", "123456"])
def test_a_number_that_no_series_gives_is_refused(world: World, entry: MakeEntry, number: str) -> None:
    assert refused(world, entry, reference=f"LSG 2024-{number}")["reference"] == [
        "Löpnumret ska ligga mellan 1 och 99999."
    ]


def test_many_are_registered_all_or_none(world: World, entry: MakeEntry) -> None:
    good, bad = entry(titel="En"), entry(titel="Två", station="beslut")

    with pytest.raises(Invalid):
        register_all([good, bad], actor=world.coordinator)
    assert not Satsning.objects.exists()

    done = register_all([good, entry(titel="Två")], actor=world.coordinator)

    assert [performed.number for _, performed in done] == [1, 2]
    assert journal.verify(world.county.pk, world.county.name) == (2, None)


def test_the_same_number_twice_in_one_go_is_refused(world: World, entry: MakeEntry) -> None:
    with pytest.raises(Invalid) as caught:
        register_all([entry(reference="A 1"), entry(titel="Två", reference="A 1")], actor=world.coordinator)

    assert set(caught.value.errors) == {"reference"}
    assert not Satsning.objects.exists()


def test_regionalt_stod_and_the_group_write_in_until_it_is_complete(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)
    people = everybody(world)
    known = facts.read(satsning.pk)

    assert (known.registered, known.writing_in) == (True, True)
    for label, person in people.items():
        who = viewer(person)
        writes = {part for part in PARTS if access(who, satsning, part, known) is Access.WRITE}
        assert writes == (set(PARTS) if label in {"author", "coordinator"} else set()), label

    complete(world, satsning)

    known = facts.read(satsning.pk)
    assert (known.registered, known.writing_in) == (True, False)
    author, coordinator = viewer(world.author), viewer(world.coordinator)
    assert {access(author, satsning, part, known) for part in DECIDED_PARTS if part != PartCode.INFORANDE} == {
        Access.PROPOSE
    }
    assert {access(coordinator, satsning, part, known) for part in PARTS} == {Access.NONE}


def test_before_the_decision_only_the_proposal_is_written_in(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry, station="beredning")
    who, known = viewer(world.author), facts.read(satsning.pk)

    assert {part for part in PARTS if access(who, satsning, part, known) is Access.WRITE} == set(DECIDED_PARTS)


def test_history_is_written_in_too(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry, station="slutford")
    save_part(satsning.pk, "slutrapport", {"resultat": "Allt."}, actor=world.author, expected_version=0)
    complete(world, satsning)

    with pytest.raises(NoMandate):
        save_part(satsning.pk, "slutrapport", {"resultat": "Annat."}, actor=world.author, expected_version=1)


def test_complete_freezes_what_was_written_in(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)
    value = complete_value(content.read(satsning.pk), "uppdrag")
    save_part(satsning.pk, "uppdrag", value, actor=world.coordinator, expected_version=1)

    complete(world, satsning)

    [revision] = satsning.revisions.all()
    assert revision.content == content.read(satsning.pk).canonical
    newest = JournalEntry.objects.filter(satsning=satsning).latest("number")
    assert (newest.act, newest.revision_id, newest.to_station) == ("inskrivning_klar", revision.pk, "genomforande")
    assert journal.verify(world.county.pk, world.county.name) == (2, None)


def test_only_regionalt_stod_declares_it_complete_once(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)
    edition = satsning.edition

    for label, person in everybody(world).items():
        if label == "coordinator":
            continue
        with pytest.raises((NoMandate, Satsning.DoesNotExist)):
            complete_registration(satsning.pk, actor=person, expected_edition=edition)
    with pytest.raises(Stale):
        complete_registration(satsning.pk, actor=world.coordinator, expected_edition=edition - 1)
    complete(world, satsning)
    with pytest.raises(NotFromHere):
        complete(world, satsning)
    with pytest.raises(NotFromHere):
        complete(world, world.make())


def test_nothing_is_demanded_until_the_next_gate(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)

    world.do(satsning, "pausa", world.coordinator, reason="Projektledaren är ledig.")
    world.do(satsning, "ateruppta", world.coordinator, reason="Tillbaka.")
    world.do(satsning, "paborja_uppfoljning", world.author)
    with pytest.raises(Incomplete) as caught:
        world.bring(satsning, "breddinfor")

    codes = {gap.code.value for gap in caught.value.gaps}
    assert {"inskrivning_klar", "uppfoljningsrapport"} <= codes


def test_a_registered_case_goes_on_to_its_end_by_the_ordinary_acts(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)
    for code in (*DECIDED_PARTS, PartCode.VARDEN):
        read = content.read(satsning.pk)
        value = complete_value(read, code)
        save_part(satsning.pk, code, value, actor=world.author, expected_version=read.versions[code])
    complete(world, satsning)

    world.do(satsning, "paborja_uppfoljning", world.author)
    world.fill(satsning, PartCode.UPPFOLJNINGSRAPPORT)
    world.bring(satsning, "breddinfor")
    world.decide(satsning, "breddinfor")
    world.fill(satsning, PartCode.LAGE, PartCode.SLUTRAPPORT)
    world.bring(satsning, "slutfor")
    world.decide(satsning, "slutfor")

    assert world.fresh(satsning).station == "slutford"
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_a_registered_case_in_preparation_is_brought_when_it_is_written_in(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry, station="beredning", handlaggare_id=world.officer.pk)
    world.state(satsning)
    for code in DECIDED_PARTS:
        read = content.read(satsning.pk)
        value = complete_value(read, code)
        save_part(satsning.pk, code, value, actor=world.coordinator, expected_version=read.versions[code])
    with pytest.raises(Incomplete) as caught:
        world.do(satsning, "anmal", world.officer)
    assert [gap.code.value for gap in caught.value.gaps] == ["inskrivning_klar"]

    complete(world, satsning)
    world.do(satsning, "anmal", world.officer)

    assert world.fresh(satsning).station == "beslut"


def test_what_was_registered_is_only_added_to(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)

    for statement in (
        "UPDATE workflow_registrering SET source = ''",
        "DELETE FROM workflow_registrering",
    ):
        with pytest.raises(Exception) as caught, transaction.atomic(), connection.cursor() as cursor:  # noqa: PT011 - the driver's own
            cursor.execute(statement)
        assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert Registrering.objects.get(satsning=satsning).source == SOURCE


@pytest.mark.django_db(transaction=True)
def test_an_altered_registration_is_found_by_the_journal(
    transactional_db: None, owner_cursor: psycopg.Cursor[Any]
) -> None:
    world = make_world()
    said = Entry(ansvarig_grupp=world.body(ARBETSGRUPP), titel="Trygg", station="inlamnad")
    id_, _ = register(said, actor=world.coordinator)

    owner_cursor.execute("UPDATE workflow_registrering SET source = 'LSG 2020 § 1'")
    owner_cursor.connection.commit()
    entries, fault = journal.verify(world.county.pk, world.county.name)

    assert entries == 1
    assert fault is not None
    assert fault.message == f"registreringen av satsning {id_} är inte den som journalen anger"


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_the_step_of_a_registered_case_to_its_journal(transactional_db: None) -> None:
    world = make_world()
    said = Entry(
        ansvarig_grupp=world.body(ARBETSGRUPP),
        titel="Trygg hemgång",
        station="genomforande",
        decided_on=DECIDED,
        source=SOURCE,
    )
    id_, _ = register(said, actor=world.coordinator)

    with pytest.raises(IntegrityError, match="newest journal entry says genomforande"):
        Satsning.objects.filter(pk=id_).update(station="slutford")


def test_another_countys_people_find_nothing(world: World, entry: MakeEntry) -> None:
    satsning = registered(world, entry)
    stranger = everybody(world)["other county"]

    with pytest.raises(Satsning.DoesNotExist):
        complete_registration(satsning.pk, actor=stranger, expected_edition=satsning.edition)
    with pytest.raises(NoMandate):
        register(entry(), actor=stranger)


def test_a_body_of_another_county_prepares_nothing_here(world: World, entry: MakeEntry) -> None:
    there = Body.objects.filter(county=orebro(), kind="beredningsgrupp")[0]

    with pytest.raises(Invalid) as refusal:
        register(entry(beredningsgrupp=there), actor=world.coordinator)

    assert set(refusal.value.errors) == {"beredningsgrupp"}
    with pytest.raises(Invalid):
        create_satsning(world.body(ARBETSGRUPP), "Trygg hemgång", actor=world.author, beredningsgrupp=there)
    assert not Satsning.objects.exists()

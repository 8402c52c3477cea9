"""Moving a case to another version of its path: an act like every other, that loses nothing and passes nothing by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from governance.countyfile import CountyFileError, load
from governance.countyfile.spec import PathSpec
from governance.models import ArendegangVersion, County, Person
from governance.paths import path_version
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.factories import SORMLAND
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.versions.helping import (
    Change,
    move,
    put_into_force,
    recoded,
    renamed,
    second_level,
    submitted_to_preparation,
    text_of_version,
    without,
    without_move,
)
from tests.workflow.world import ARBETSGRUPP, STOD, STYRGRUPP, World
from workflow import journal
from workflow.actions import perform
from workflow.edits import save_part
from workflow.errors import Invalid, NoMandate, NotFromHere, Stale
from workflow.inputs import Inputs
from workflow.models import JournalEntry, Round
from workflow.rights import station_of
from workflow.selectors.revisions import names_of_acts, revisions_of
from workflow.selectors.timeline import days_of, entries_of

EVALUATED: tuple[Change, ...] = (recoded("uppfoljning", "utvardering"), renamed("utvardering", "Utvärdering"))


def story(satsning: Satsning) -> str:
    """Return the case's whole history as its page says it."""
    return repr(days_of(satsning.pk, entries_of(satsning.pk)))


def refusal(world: World, satsning: Satsning, error: type[Exception], act: object) -> str:
    """Try what must be refused and leave nothing behind; return what was said."""
    before = (story(satsning), world.fresh(satsning).edition, world.fresh(satsning).version_id)
    assert callable(act)
    with pytest.raises(error) as caught:
        act()
    assert (story(satsning), world.fresh(satsning).edition, world.fresh(satsning).version_id) == before
    return str(caught.value)


def test_move_sets_version_and_step_and_is_read_in_the_names_of_both(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    since = satsning.station_since
    second = put_into_force(2, *EVALUATED)

    done = move(world, satsning, second, "utvardering")

    moved = world.fresh(satsning)
    assert (moved.version_id, moved.station, done.station) == (second.pk, "utvardering", "utvardering")
    assert (moved.edition, moved.station_since) == (satsning.edition + 1, since)
    newest = entries_of(satsning.pk)[0]
    assert (newest.act, newest.version, newest.to_station) == ("flytta_version", second.pk, "utvardering")
    assert {key: newest.said[key] for key in ("from", "to", "versions", "reason")} == {
        "from": "Uppföljning",
        "to": "Utvärdering",
        "versions": [1, 2],
        "reason": "Den nya ärendegången gäller nu.",
    }
    assert "Från version 1 (steget Uppföljning) till version 2 (steget Utvärdering)" in story(satsning)
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_what_happened_before_reads_as_it_did(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    before, rows = story(satsning), list(JournalEntry.objects.order_by("number").values())
    names = names_of_acts(satsning, revisions_of(satsning.pk))
    second = put_into_force(
        2, recoded("beredning", "prov"), renamed("prov", "Prövning"), recoded("uppfoljning", "utvardering")
    )

    move(world, satsning, second, "utvardering")

    moved = world.fresh(satsning)
    entries = entries_of(satsning.pk)
    assert repr(days_of(satsning.pk, entries[1:])) == before
    assert list(JournalEntry.objects.order_by("number").values())[:-1] == rows
    assert names_of_acts(moved, revisions_of(satsning.pk)) == names


def test_revision_is_named_by_the_version_it_was_frozen_in(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2, lambda path: _with_name(path, "lamna_in", "Skicka in"))

    move(world, satsning, second, "inlamnad")

    assert names_of_acts(world.fresh(satsning), revisions_of(satsning.pk)) == {1: "Lämna in"}


def _with_name(path: PathSpec, code: str, name: str) -> PathSpec:
    return replace(path, moves=tuple(replace(one, name=name) if one.code == code else one for one in path.moves))


def test_case_goes_on_in_its_new_version_and_may_come_back(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    first, second = satsning.version, put_into_force(2, *EVALUATED)
    move(world, satsning, second, "utvardering")

    world.do(satsning, "flytta_version", world.coordinator, **back(first))
    assert world.fresh(satsning).station == "uppfoljning"
    move(world, satsning, second, "utvardering")
    world.fill(satsning, PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
    world.bring(satsning, "breddinfor")
    world.decide(satsning, "breddinfor")

    assert station_of(world.fresh(satsning)).kind == StationKind.BREDDINFORANDE


def back(version: ArendegangVersion) -> dict[str, object]:
    """Return what is sent to move a case back."""
    return {"target": "uppfoljning", "reason": "Fel satsning.", "inputs": Inputs(version_id=version.pk)}


# Who, and what is refused


def test_only_those_who_hold_cases_together_in_the_county_move_them(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2)
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")
    sitting = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    sitting.is_superuser = True
    sitting.save()
    load(OTHER_COUNTY)
    foreign = Person.objects.create_user("annan@example.org", "Exempelannan", "lösenord")
    body = County.objects.get(code="annat").bodies.get(kind="regionalt_stod")
    register_membership(person=foreign, body=body, role=Role.SAMORDNARE, starts_on=today())
    ended = world.seat(STOD, Role.SAMORDNARE, ends_on=today() - timedelta(days=1))

    for who in (world.author, world.officer, world.secretary, world.person(STYRGRUPP, Role.ORDFORANDE), sitting):
        said = refusal(world, satsning, NoMandate, lambda who=who: move(world, satsning, second, "inlamnad", actor=who))
        assert said.startswith("”Flytta till en annan version” görs av länsgemensamt regionalt stöd.")
    for who in (superuser, foreign, ended):
        refusal(
            world,
            satsning,
            Satsning.DoesNotExist,
            lambda who=who: move(world, satsning, second, "inlamnad", actor=who),
        )


def test_move_needs_a_reason_and_the_edition_that_was_seen(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2)

    def stale() -> None:
        perform(
            satsning.pk,
            "flytta_version",
            actor=world.coordinator,
            expected_edition=satsning.edition - 1,
            reason="Därför.",
            target="inlamnad",
            inputs=Inputs(version_id=second.pk),
        )

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "inlamnad", reason=" \n"))
    assert said == "Skriv varför."
    refusal(world, satsning, Stale, stale)


def test_version_must_be_another_of_the_same_path_and_in_force(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    load(OTHER_COUNTY)
    other = ArendegangVersion.objects.get(arendegang__county__code="annat")
    tomorrow = today() + timedelta(days=1)
    coming = put_into_force(2, day=tomorrow)
    gone = ArendegangVersion(pk=2**62)

    def said(version: ArendegangVersion) -> str:
        return refusal(world, satsning, Invalid, lambda: move(world, satsning, version, "inlamnad"))

    assert said(other) == said(gone) == "Välj en version av samma ärendegång."
    assert said(satsning.version) == "Satsningen följer redan version 1."
    assert said(coming) == f"Version 2 gäller från {tomorrow}. Flytta satsningar dit tidigast då."


@pytest.mark.parametrize("target", ["", "finns-inte", "Inlämnad", "slutford; --"])
def test_step_must_be_one_of_the_new_version(world: World, target: str) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2)

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, target))

    assert said == "Välj vilket steg satsningen ska gå till."


@pytest.mark.parametrize("kind", [StationKind.SLUTFORD, StationKind.ATERKALLAD])
def test_case_that_has_ended_is_never_moved(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)
    second = put_into_force(2)

    said = refusal(world, satsning, NotFromHere, lambda: move(world, satsning, second, satsning.station))

    assert said.startswith("En avslutad satsning flyttas inte till en annan version.")


WAYS_PAST: list[tuple[StationKind, str]] = [
    (StationKind.UTKAST, "inlamnad"),
    (StationKind.UTKAST, "genomforande"),
    (StationKind.INLAMNAD, "beslut"),
    (StationKind.BEREDNING, "beslutad"),
    (StationKind.BESLUT, "beslutad"),
    (StationKind.BESLUTAD, "genomforande"),
    (StationKind.UPPFOLJNING, "breddinforande"),
    (StationKind.GENOMFORANDE, "slutford"),
    (StationKind.BEREDNING, "aterkallad"),
]


@pytest.mark.parametrize(("kind", "target"), WAYS_PAST)
def test_change_of_version_is_no_way_past_a_step(world: World, kind: StationKind, target: str) -> None:
    satsning = world.carried_to(kind)
    second = put_into_force(2)

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, target))

    assert "det vore att gå förbi ärendegången" in said


def test_step_that_the_version_lacks_has_one_that_stands_for_it(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    second = put_into_force(2, submitted_to_preparation)

    move(world, satsning, second, "beredning")

    moved = world.fresh(satsning)
    assert (moved.version_id, moved.station) == (second.pk, "beredning")
    assert moved.station_since > satsning.station_since


# What is open around the case


def test_matter_on_the_table_is_decided_in_the_new_version(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    second = put_into_force(2, recoded("beslut", "bordet"))

    move(world, satsning, second, "bordet")

    assert satsning.anmalningar.get().closed_at is None
    world.decide(satsning, "bifall")
    assert world.fresh(satsning).station == "beslutad"
    assert satsning.anmalningar.get().closed_at is not None


def test_matter_that_the_new_version_cannot_decide_stays(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    world.fill(satsning, PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
    world.bring(satsning, "fortsatt")
    second = put_into_force(2, without_move("fortsatt"))

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "uppfoljning"))

    assert said == "”Fortsätt” är anmält till beslut, men kan inte beslutas i Uppföljning i version 2."
    assert satsning.anmalningar.filter(closed_at=None).count() == 1


def test_case_that_waits_for_a_completion_stays_where_it_can_be_given(world: World) -> None:
    satsning = world.carried_to(StationKind.KOMPLETTERING)
    second = put_into_force(2, without("komplettering"))

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "beredning"))

    assert "En komplettering är begärd. Flytta satsningen när den är lämnad." in said


def test_completion_that_is_asked_for_is_given_in_the_new_version(world: World) -> None:
    satsning = world.carried_to(StationKind.KOMPLETTERING)
    second = put_into_force(2, recoded("komplettering", "tillagg"))

    move(world, satsning, second, "tillagg")
    world.prepare_for(satsning, "lamna_komplettering")
    world.do(satsning, "lamna_komplettering", world.author)

    assert world.fresh(satsning).station == "beredning"
    assert satsning.kompletteringar.filter(closed_at=None).count() == 0


def test_open_round_goes_along_to_a_step_of_the_same_kind_and_to_no_other(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    world.confirm_resources(satsning)
    Round.objects.filter(satsning=satsning).update(closed_at=None)
    second = put_into_force(2, _decided_is_started)

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "genomforande"))

    assert said == "En remiss eller bekräftelse pågår. Flytta satsningen när den är stängd."


def _decided_is_started(path: PathSpec) -> PathSpec:
    """Take away the step *beslutad*: a case is in implementation once it has been decided."""
    moves = tuple(replace(one, targets=("genomforande",)) if one.code == "bifall" else one for one in path.moves)
    return without("beslutad")(replace(path, moves=moves))


def test_proposed_change_stays_where_it_can_be_decided(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    value = {**content.read(satsning.pk).part(PartCode.UPPDRAG), "syfte": "Ett nytt syfte."}
    save_part(satsning.pk, PartCode.UPPDRAG, value, actor=world.author, expected_version=0)
    second = put_into_force(2, without_move("andringsbeslut"))

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "genomforande"))

    assert said == "Det finns ändringsförslag, men i Genomförande i version 2 beslutas inga ändringar."


def test_case_stays_when_another_body_decides_in_the_new_version(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    other = SORMLAND.read_text(encoding="utf-8")
    text = text_of_version(2).replace('av = { styrgrupp = "besluta" }', 'av = { nsv = "besluta" }')
    assert text != other
    load(text)
    second = ArendegangVersion.objects.get(number=2)

    said = refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "inlamnad"))

    assert said == "Länsstyrgruppen beslutar om satsningen, men inte om satsningar i version 2."


# What the database holds


def test_database_refuses_a_version_that_the_journal_does_not_say(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    stale = world.fresh(satsning)
    second = put_into_force(2)
    move(world, satsning, second, "inlamnad")

    def save() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            stale.save(update_fields=["version"])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="follows version"):
        save()
    assert world.fresh(satsning).version_id == second.pk


def test_every_entry_of_a_case_says_in_which_version_it_happened(world: World) -> None:
    satsning = world.carried_to(StationKind.SLUTFORD)

    assert {entry.version for entry in entries_of(satsning.pk)} == {satsning.version_id}


# Days and paths


@contextmanager
def on(day: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let it be another day."""
    real = timezone.localdate
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "localdate", lambda value=None, zone=None: real(value, zone) if value else day)
        yield


def test_new_case_takes_the_version_of_its_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today() + timedelta(days=30)
    second = put_into_force(2, renamed("utkast", "Idé"), day=day)
    before = world.make("Före")

    with on(day - timedelta(days=1), monkeypatch):
        eve = world.make("Dagen före")
    with on(day, monkeypatch):
        same = world.make("Samma dag")
    with on(day + timedelta(days=400), monkeypatch):
        after = world.make("Efter")

    assert [one.version.number for one in (before, eve, same, after)] == [1, 1, 2, 2]
    assert station_of(same).name == "Idé"
    assert path_version(second.pk).stations["utkast"].name == "Idé"


def test_version_that_has_come_into_force_is_not_withdrawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    day = today() + timedelta(days=30)
    put_into_force(2, renamed("utkast", "Idé"), day=day)
    with on(day, monkeypatch):
        satsning = world.make()
        with pytest.raises(CountyFileError) as caught:
            load(SORMLAND.read_text(encoding="utf-8"))

    assert [one.message for one in caught.value.problems] == ["Version 2 är redan laddad."]
    assert world.fresh(satsning).version.number == 2


def test_path_is_not_left_out_while_cases_run_in_it(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    text = SORMLAND.read_text(encoding="utf-8").replace('kod = "lansgemensam"', 'kod = "annan"')

    with pytest.raises(CountyFileError) as caught:
        load(text)
    (problem,) = caught.value.problems
    assert problem.message == (
        "”Ärendegång för gemensamma satsningar” (lansgemensam) finns inte i filen, men den följs av en satsning som "
        "inte är avslutad."
    )
    assert problem.remedy == "Låt ärendegången stå kvar i filen tills den är tom."

    world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
    load(text)
    assert world.fresh(satsning).version.arendegang.ended_on == today()


def test_second_level_is_entered_by_its_own_move_alone(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    second = put_into_force(2, second_level)

    refusal(world, satsning, Invalid, lambda: move(world, satsning, second, "lansberedning"))
    move(world, satsning, second, "beredning")
    world.do(satsning, "vidare", world.officer)

    assert world.fresh(satsning).station == "lansberedning"
    _bring(world, satsning)
    assert world.fresh(satsning).station == "beslut"


def _bring(world: World, satsning: Satsning) -> None:
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)

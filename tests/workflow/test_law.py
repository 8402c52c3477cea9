"""The law: Sörmland's moves as a literal set, and every reason there is to refuse each of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from governance.models import ArendegangVersion, Person
from governance.paths import PathVersion, path_version
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.vocabulary import PartCode
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World
from workflow.actions import perform
from workflow.edits import save_part
from workflow.errors import Incomplete, Invalid, Jav, NoMandate, NoQuorum, NotFromHere, Stale
from workflow.inputs import Decision, Inputs, Participant
from workflow.models import JournalEntry

GROUP, PREPARES, DECIDES, SUPPORT = "ansvarig_grupp", "beredningsgrupp", "styrgrupp", "regionalt_stod"
DECIDED = {"beslutad", "genomforande", "vilande", "uppfoljning", "breddinforande"}
RUNNING = {"genomforande", "uppfoljning", "breddinforande"}
BEFORE = {"utkast", "inlamnad", "beredning", "komplettering", "beslut"}

LAW = {
    ("skapa", "", "utkast", GROUP, ""),
    ("skapa", "", "utkast", DECIDES, ""),
    ("lamna_in", "utkast", "inlamnad", GROUP, "inlamning"),
    ("ta_upp", "inlamnad", "beredning", PREPARES, ""),
    ("begar_komplettering", "beredning", "komplettering", PREPARES, ""),
    ("lamna_komplettering", "komplettering", "beredning", GROUP, "komplettering"),
    ("anmal", "beredning", "beslut", PREPARES, "beslut"),
    *(("anmal", here, here, by, "") for here in DECIDED for by in (PREPARES, SUPPORT)),
    ("bifall", "beslut", "beslutad", DECIDES, "beslut"),
    ("avslag", "beslut", "avslagen", DECIDES, ""),
    ("aterremiss", "beslut", "beredning", DECIDES, ""),
    ("aterremiss", "beslut", "komplettering", DECIDES, ""),
    ("bordlaggning", "beslut", "beslut", DECIDES, ""),
    ("starta", "beslutad", "genomforande", GROUP, "start"),
    *(("pausa", "genomforande", "vilande", by, "") for by in (DECIDES, SUPPORT)),
    *(("ateruppta", "vilande", "genomforande", by, "") for by in (DECIDES, SUPPORT)),
    ("paborja_uppfoljning", "genomforande", "uppfoljning", GROUP, ""),
    ("fortsatt", "uppfoljning", "genomforande", DECIDES, ""),
    *(("andringsbeslut", here, here, DECIDES, "andring") for here in RUNNING),
    ("breddinfor", "uppfoljning", "breddinforande", DECIDES, "breddinforande"),
    ("slutfor", "breddinforande", "slutford", DECIDES, "slut"),
    *(("avbryt", here, "avbruten", DECIDES, "avbrott") for here in DECIDED),
    *(("aterkalla", here, "aterkallad", GROUP, "") for here in BEFORE),
    *(("byt_ansvarig_grupp", here, here, SUPPORT, "") for here in BEFORE | DECIDED),
}
IN_MEETING = {
    "bifall",
    "avslag",
    "aterremiss",
    "bordlaggning",
    "fortsatt",
    "andringsbeslut",
    "breddinfor",
    "slutfor",
    "avbryt",
}
WITH_REASON = {
    "begar_komplettering",
    "avslag",
    "aterremiss",
    "pausa",
    "ateruppta",
    "fortsatt",
    "andringsbeslut",
    "avbryt",
    "aterkalla",
    "byt_ansvarig_grupp",
}


def sormlands_path(world: World) -> PathVersion:
    return path_version(ArendegangVersion.objects.get(arendegang__county=world.county).pk)


def test_sormlands_moves_are_the_law(world: World) -> None:
    path = sormlands_path(world)

    moves = {
        (move.code, source, target, by, move.gate.code if move.gate else "")
        for move in path.moves
        for source in move.sources or ("",)
        for target in move.targets or (source,)
        for by in move.made_by
    }

    assert moves == LAW
    assert {move.code for move in path.moves if move.in_meeting} == IN_MEETING
    assert {move.code for move in path.moves if move.needs_reason} == WITH_REASON


MOVES: dict[str, StationKind] = {
    "lamna_in": StationKind.UTKAST,
    "ta_upp": StationKind.INLAMNAD,
    "begar_komplettering": StationKind.BEREDNING,
    "lamna_komplettering": StationKind.KOMPLETTERING,
    "anmal": StationKind.BEREDNING,
    "bifall": StationKind.BESLUT,
    "avslag": StationKind.BESLUT,
    "aterremiss": StationKind.BESLUT,
    "bordlaggning": StationKind.BESLUT,
    "starta": StationKind.BESLUTAD,
    "pausa": StationKind.GENOMFORANDE,
    "ateruppta": StationKind.VILANDE,
    "paborja_uppfoljning": StationKind.GENOMFORANDE,
    "fortsatt": StationKind.UPPFOLJNING,
    "andringsbeslut": StationKind.GENOMFORANDE,
    "breddinfor": StationKind.UPPFOLJNING,
    "slutfor": StationKind.BREDDINFORANDE,
    "avbryt": StationKind.BESLUTAD,
    "aterkalla": StationKind.UTKAST,
    "byt_ansvarig_grupp": StationKind.UPPFOLJNING,
}
"""From which kind of station each move is tried."""

ACTORS: dict[str, tuple[str, Role]] = {
    **dict.fromkeys(IN_MEETING, (STYRGRUPP, Role.SEKRETERARE)),
    **dict.fromkeys(("ta_upp", "begar_komplettering", "anmal"), (BEREDNING, Role.HANDLAGGARE)),
    **dict.fromkeys(("pausa", "ateruppta", "byt_ansvarig_grupp"), (STOD, Role.SAMORDNARE)),
    **dict.fromkeys(
        ("lamna_in", "lamna_komplettering", "starta", "paborja_uppfoljning", "aterkalla"), (ARBETSGRUPP, Role.LEDAMOT)
    ),
}
"""Who may make each move."""


def refused(world: World, satsning: Satsning, move: str, actor: Person, error: type[Exception], **sent: object) -> str:
    """Try a move that must be refused with this error and leave nothing behind; return what was said."""
    before = (world.fresh(satsning).station, world.fresh(satsning).edition, JournalEntry.objects.count())
    with pytest.raises(error) as caught:
        world.do(satsning, move, actor, **sent)
    after = (world.fresh(satsning).station, world.fresh(satsning).edition, JournalEntry.objects.count())
    assert before == after
    return str(caught.value)


@pytest.mark.parametrize("move", MOVES)
def test_move_is_made_by_whom_the_law_says(world: World, move: str) -> None:
    satsning = world.carried_to(MOVES[move])
    sent = world.prepare_for(satsning, move)

    done = world.do(satsning, move, world.person(*ACTORS[move]), **sent)

    assert (move, satsning.station, done.station) in {(code, source, target) for code, source, target, _, _ in LAW}


@pytest.mark.parametrize("move", MOVES)
def test_move_is_refused_from_every_other_station(world: World, move: str) -> None:
    path = sormlands_path(world)
    sources = {source for found in path.moves if found.code == move for source in found.sources}
    elsewhere = StationKind.SLUTFORD if "inlamnad" in sources else StationKind.INLAMNAD
    satsning = world.carried_to(elsewhere)

    said = refused(world, satsning, move, world.person(*ACTORS[move]), NotFromHere)

    assert path.stations[satsning.station].name in said


@pytest.mark.parametrize("move", MOVES)
def test_move_is_refused_to_everybody_else_when_stale_and_without_reason(world: World, move: str) -> None:
    satsning = world.carried_to(MOVES[move])
    sent = world.prepare_for(satsning, move)
    may = world.person(*ACTORS[move])

    refuse_other_bodies_and_roles(world, satsning, move, sent)
    refuse_before_and_after_the_membership(world, satsning, move, sent)
    with pytest.raises(Stale):
        perform(satsning.pk, move, actor=may, expected_edition=world.fresh(satsning).edition - 1, **sent)  # type: ignore[arg-type]
    if move in WITH_REASON:
        assert refused(world, satsning, move, may, Invalid, **{**sent, "reason": "  \n"}) == "Skriv varför."


def refuse_other_bodies_and_roles(world: World, satsning: Satsning, move: str, sent: dict[str, object]) -> None:
    """Try it as another group, in a role without the mandate, and as a superuser with a seat elsewhere."""
    body, _ = ACTORS[move]
    superuser = world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT)
    superuser.is_superuser = superuser.is_staff = True
    superuser.save()
    observer = world.seat("fouis", Role.LEDAMOT) if body == STOD else world.seat(body, Role.ADJUNGERAD)

    for who in (world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT), observer, superuser):
        sees = satsning.submitted_at is not None or who.memberships.filter(body=satsning.ansvarig_grupp).exists()
        said = refused(world, satsning, move, who, NoMandate if sees else Satsning.DoesNotExist, **sent)
        assert ("Du är" in said) == sees


def refuse_before_and_after_the_membership(
    world: World, satsning: Satsning, move: str, sent: dict[str, object]
) -> None:
    """Try it the day after the last day and the day before the first, with and without a seat elsewhere."""
    body, role = ACTORS[move]
    day = timedelta(days=1)
    ended = world.seat(body, role, ends_on=today() - day)
    coming = world.seat(body, role, starts_on=today() + day)
    nobody = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")

    for who in (ended, coming, nobody):
        refused(world, satsning, move, who, Satsning.DoesNotExist, **sent)
    for who in (ended, coming):
        register_membership(
            person=who,
            body=world.body("fouis"),
            role=Role.LEDAMOT,
            starts_on=today(),
            represents=world.county.organisations.all()[0],
        )
        refused(world, satsning, move, who, NoMandate if satsning.submitted_at else Satsning.DoesNotExist, **sent)


@pytest.mark.parametrize("move", MOVES)
def test_move_is_allowed_on_the_first_and_the_last_day(world: World, move: str) -> None:
    satsning = world.carried_to(MOVES[move])
    sent = world.prepare_for(satsning, move)
    body, role = ACTORS[move]

    done = world.do(satsning, move, world.seat(body, role, starts_on=today(), ends_on=today()), **sent)

    newest = JournalEntry.objects.order_by("number").last()
    assert newest is not None
    assert done.number == newest.number


@pytest.mark.parametrize("move", sorted(IN_MEETING))
def test_decision_is_refused_without_quorum_by_somebody_with_jav_and_without_an_anmalan(
    world: World, move: str
) -> None:
    satsning = world.carried_to(MOVES[move])
    sent = world.prepare_for(satsning, move)

    def tried(actor: Person, decision: Decision, error: type[Exception]) -> str:
        inputs = with_decision(sent["inputs"], replace(decision, to_meeting=later()))
        return refused(world, satsning, move, actor, error, **{**sent, "inputs": inputs})

    assert "regionen och 4 kommuner deltar" in tried(world.secretary, world.decision(present=5), NoQuorum)
    assert "regionen och 4 kommuner deltar" in tried(world.secretary, world.decision(present=6, jav=(1,)), NoQuorum)
    assert "inte regionen och 9 kommuner" in tried(world.secretary, world.decision(jav=(0,)), NoQuorum)

    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    everybody = world.decision()
    away = Participant(chair.memberships.get().pk, jav=True, jav_reason="Gift med den som leder.")
    with_chair = replace(everybody, participants=(*everybody.participants, away))
    assert tried(chair, with_chair, Jav) == "Du har jäv i ärendet. Någon annan behöver föra in beslutet."

    satsning.anmalningar.update(closed_at=satsning.created_at)
    said = tried(world.secretary, world.decision(), NotFromHere)
    assert said == f"Satsningen är inte anmäld till beslut i {world.body(STYRGRUPP)}."


GATED = {
    "lamna_in": "uppdrag",
    "lamna_komplettering": "uppdrag",
    "anmal": "brukarmedverkan",
    "bifall": "brukarmedverkan",
    "starta": "varden",
    "andringsbeslut": "",
    "breddinfor": "uppfoljningsrapport",
    "slutfor": "slutrapport",
    "avbryt": "slutrapport",
}


@pytest.mark.parametrize("move", sorted(GATED))
def test_move_is_refused_while_its_gate_lacks_something(world: World, move: str) -> None:
    satsning = world.carried_to(MOVES[move])
    sent = world.prepare_for(satsning, move)
    read = content.read(satsning.pk)
    if GATED[move]:
        empty(satsning, GATED[move])
    else:
        satsning.andringsforslag.update(closed_at=satsning.created_at)

    before = JournalEntry.objects.count()
    with pytest.raises(Incomplete) as caught:
        world.do(satsning, move, world.person(*ACTORS[move]), **sent)

    assert caught.value.gaps
    assert {gap.part for gap in caught.value.gaps} <= {*read.parts, "utlatande"}
    assert JournalEntry.objects.count() == before


def test_change_written_after_the_anmalan_is_not_decided_by_it(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    world.fill(satsning, PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
    world.bring(satsning, "breddinfor")
    read = content.read(satsning.pk)
    changed = {**read.part(PartCode.UPPDRAG), "syfte": "Något som aldrig låg på bordet."}
    save_part(satsning.pk, PartCode.UPPDRAG, changed, actor=world.author, expected_version=0)

    with pytest.raises(NotFromHere) as caught:
        world.decide(satsning, "andringsbeslut", reason="Därför.")

    assert str(caught.value) == "Ändringsförslaget skrevs efter anmälan till beslut och ligger inte på bordet."
    assert content.read(satsning.pk).part(PartCode.UPPDRAG) == read.part(PartCode.UPPDRAG)


def empty(satsning: Satsning, part: str) -> None:
    """Take away what a part holds, past the acts."""
    spec = PARTS[part]
    for model in spec.rows.values():
        model._default_manager.filter(satsning=satsning.pk).delete()
    with connection.cursor() as cursor:
        texts = [f.column for f in spec.fields if f.get_internal_type() in {"TextField", "CharField"}]
        sets = ", ".join(f"{column} = ''" for column in texts)
        cursor.execute(f"UPDATE {spec.model._meta.db_table} SET {sets} WHERE satsning_id = %s", [satsning.pk])  # noqa: S608


def with_decision(inputs: object, decision: Decision) -> Inputs:
    """Return the inputs with another decision."""
    assert isinstance(inputs, Inputs)
    return replace(inputs, decision=decision)


def later() -> date:
    """Return a day after today."""
    return today() + timedelta(days=30)

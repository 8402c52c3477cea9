"""`manage.py move_version`: the trial, the progress, what is refused, and going on after a stop."""

import io

import pytest
from django.core.management import CommandError, call_command

from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.workflow.versions.helping import put_into_force, submitted_to_preparation, without
from tests.workflow.world import World
from workflow.models import Versionsflytt


def ran(world: World, *more: str, before: int = 1, after: int = 2, actor: str = "") -> str:
    """Run the command and return what it says."""
    out = io.StringIO()
    call_command(
        "move_version",
        "sormland",
        "lansgemensam",
        str(before),
        str(after),
        "--actor",
        actor or world.coordinator.email,
        *more,
        stdout=out,
        stderr=out,
    )
    return out.getvalue()


def test_dry_run_tells_and_moves_nothing(world: World) -> None:
    world.make()
    waiting = world.carried_to(StationKind.KOMPLETTERING)
    put_into_force(2, without("komplettering"))

    said = ran(world, "--dry-run")

    assert said.splitlines() == [
        f"kvar: {waiting.reference}: Version 2 har inget steg där en satsning i Komplettering kan stå.",
        "1 från Utkast till Utkast",
        "1 kan flyttas, 1 står kvar.",
    ]
    assert Versionsflytt.objects.count() == 0


def test_cases_are_moved_with_progress_and_the_rest_when_it_is_run_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [world.make(f"Satsning {number}") for number in range(3)]
    second = put_into_force(2)
    monkeypatch.setattr("workflow.management.commands.move_version.STEP", 2)

    said = ran(world, "--reason", "Nya regler.")

    assert said.splitlines()[-3:] == ["2 av 3", "3 av 3", "Klart: 3 flyttade, 0 inte flyttade."]
    assert {world.fresh(case).version_id for case in cases} == {second.pk}
    assert ran(world, "--reason", "Nya regler.").splitlines() == ["0 kan flyttas, 0 står kvar."]


def test_step_is_mapped_by_hand(world: World) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    put_into_force(2, submitted_to_preparation)

    with pytest.raises(CommandError, match="Ange stegen med --map"):
        ran(world, "--reason", "Nya regler.")
    ran(world, "--reason", "Nya regler.", "--map", "inlamnad=beredning")

    assert world.fresh(case).station == "beredning"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reason", "x", "--map", "beredning"], "ska vara steget i version 1"),
        (["--reason", "x", "--map", "finns-inte=beredning"], "ska vara steget i version 1"),
        (["--reason", " "], "Skriv varför. Ingenting är flyttat."),
    ],
)
def test_what_cannot_be_used_is_refused(world: World, arguments: list[str], said: str) -> None:
    world.make()
    put_into_force(2)

    with pytest.raises(CommandError, match=said):
        ran(world, *arguments)

    assert Satsning.objects.filter(version__number=2).count() == 0


def test_person_version_and_mandate_are_asked_for(world: World) -> None:
    world.make()
    put_into_force(2)

    with pytest.raises(CommandError, match="Ingen har e-postadressen"):
        ran(world, actor="ingen@exempel.test")
    with pytest.raises(CommandError, match="har ingen version 7"):
        ran(world, after=7)
    with pytest.raises(CommandError, match="Satsningar flyttas mellan versioner av"):
        ran(world, "--reason", "Nya regler.", actor=world.author.email)
    assert Satsning.objects.filter(version__number=2).count() == 0

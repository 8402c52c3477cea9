"""A county file ends no body, and makes none another kind, while cases that have not ended are its."""

import pytest

from governance.countyfile import CountyFileError, Problem, load
from governance.permissions import today
from governance.vocabulary import BodyKind, StationKind
from tests.factories import SORMLAND
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow.models import Anmalan
from workflow.versions.holding import running_of_bodies

pytestmark = pytest.mark.django_db
KEEP = "Låt organet stå kvar i filen med samma kod tills den är avslutad eller har lämnats till ett annat organ."


def recoded(code: str) -> str:
    """Return Sörmland's file with another code for a body, wherever it stands."""
    return SORMLAND.read_text(encoding="utf-8").replace(f'"{code}"', f'"ny-{code}"')


def refusal(text: str) -> list[Problem]:
    with pytest.raises(CountyFileError) as caught:
        load(text)
    return list(caught.value.problems)


@pytest.mark.parametrize("code", [ARBETSGRUPP, BEREDNING, STYRGRUPP])
def test_a_body_is_not_left_out_while_cases_are_its(world: World, code: str) -> None:
    case = world.carried_to(StationKind.BESLUT)
    body = world.body(code)

    (problem,) = refusal(recoded(code))

    assert problem.place == "organ"
    assert problem.message == f"”{body.name}” ({code}) finns inte i filen, men har en satsning som inte är avslutad."
    assert problem.remedy == KEEP
    assert world.body(code).ended_on is None
    world.do(case, "aterkalla", world.author, reason="Inte aktuell.")
    load(recoded(code))
    assert world.body(code).ended_on == today()


def test_a_body_with_cases_does_not_become_another_kind(world: World) -> None:
    world.carried_to(StationKind.BEREDNING)
    world.carried_to(StationKind.BEREDNING)
    body = world.body(ARBETSGRUPP)
    text = SORMLAND.read_text(encoding="utf-8")
    before, _, after = text.partition(f'kod = "{ARBETSGRUPP}"')
    after = after.replace('slag = "arbetsgrupp"', 'slag = "referensgrupp"', 1)
    changed = f'{before}kod = "{ARBETSGRUPP}"{after}'

    (problem,) = refusal(changed)

    assert problem.place.endswith(".slag")
    assert problem.message == (
        f"”{body.name}” ({ARBETSGRUPP}) är arbetsgrupp och kan inte bli referensgrupp: organet har 2 satsningar som "
        "inte är avslutade."
    )
    assert problem.remedy == 'Skriv slag = "arbetsgrupp" tills de är avslutade eller har lämnats till ett annat organ.'
    assert world.body(ARBETSGRUPP).kind == BodyKind.ARBETSGRUPP


def test_a_body_without_cases_ends_and_changes_as_before(world: World) -> None:
    load(recoded(ARBETSGRUPP))

    assert world.body(ARBETSGRUPP).ended_on == today()


def test_the_body_that_a_case_is_before_counts_too(world: World) -> None:
    case = world.carried_to(StationKind.BESLUT)
    other = world.body("fouis")
    Anmalan.objects.filter(satsning=case).update(body=other)

    ids = {world.body(code).pk for code in (ARBETSGRUPP, BEREDNING, STYRGRUPP)}
    assert running_of_bodies({*ids, other.pk}) == dict.fromkeys({*ids, other.pk}, 1)

    Anmalan.objects.filter(satsning=case).update(closed_at=case.created_at)
    assert running_of_bodies({*ids, other.pk}) == dict.fromkeys(ids, 1)

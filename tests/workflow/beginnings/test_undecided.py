"""What nobody has decided is never published, whichever way the case has gone."""

import json
from datetime import timedelta

import pytest

from governance.vocabulary import StationKind
from satsningar import content
from satsningar.models import Revision, Satsning
from satsningar.revisions import revision_content
from satsningar.vocabulary import PartCode
from tests.workflow.beginnings.conftest import Enter
from tests.workflow.beginnings.test_publishing import published
from tests.workflow.hands import Hands
from tests.workflow.registration.conftest import DECIDED, SOURCE
from tests.workflow.test_orebro import BEREDER, LEDNING, hands, to_study  # noqa: F401 - the fixture
from tests.workflow.world import ARBETSGRUPP, World
from workflow.beginnings.publishing import decided_revision, published_parts, words_beside
from workflow.edits import save_part
from workflow.errors import NotFromHere
from workflow.inputs import Inputs
from workflow.models import Anmalan
from workflow.registration.actions import complete_registration, register
from workflow.registration.entries import Entry

SECRET = "Hemligt förslag."


def propose(world: World, satsning: Satsning, text: str = SECRET) -> None:
    read = content.read(satsning.pk)
    value = {**read.part(PartCode.UPPDRAG), "syfte": text}
    save_part(satsning.pk, PartCode.UPPDRAG, value, actor=world.author, expected_version=0)


def shared(world: World, satsning: Satsning) -> str:
    return json.dumps(published_parts(published(world, satsning).revision), ensure_ascii=False)


def registered(world: World, station: str) -> Satsning:
    decided = {} if station == "beredning" else {"decided_on": DECIDED, "source": SOURCE}
    said = Entry(ansvarig_grupp=world.body(ARBETSGRUPP), titel="Trygg hemgång", station=station, **decided)  # type: ignore[arg-type]
    id_, _ = register(said, actor=world.coordinator)
    satsning = Satsning.objects.get(pk=id_)
    complete_registration(id_, actor=world.coordinator, expected_edition=satsning.edition)
    return world.fresh(satsning)


def test_an_anmalan_of_something_else_freezes_what_stands(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    propose(world, satsning)

    world.bring(satsning, "fortsatt")

    assert revision_content(Anmalan.objects.latest("pk").revision)["uppdrag"]["syfte"] != SECRET
    world.decide(satsning, "fortsatt", reason="Mer tid.")
    assert SECRET not in shared(world, satsning)


def test_an_anmalan_of_the_change_freezes_it_as_proposed(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    propose(world, satsning)

    world.bring(satsning, "andringsbeslut")

    assert revision_content(Anmalan.objects.latest("pk").revision)["uppdrag"]["syfte"] == SECRET


def test_a_decision_of_something_else_than_the_change_on_the_table_shares_no_proposal(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    propose(world, satsning)
    world.bring(satsning, "andringsbeslut")

    world.decide(satsning, "fortsatt", reason="Mer tid.")

    assert SECRET not in shared(world, satsning)


def test_changes_that_do_not_lie_on_the_table_are_not_decided(world: World) -> None:
    satsning = world.carried_to(StationKind.UPPFOLJNING)
    propose(world, satsning)
    world.bring(satsning, "fortsatt")

    with pytest.raises(NotFromHere, match="ligger inte på bordet"):
        world.decide(satsning, "andringsbeslut", reason="Målgruppen har ändrats.")

    assert content.read(satsning.pk).part("uppdrag")["syfte"] != SECRET


def test_what_is_aterkallad_is_not_published(world: World) -> None:
    satsning = registered(world, "beredning")
    world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")

    with pytest.raises(NotFromHere):
        published(world, satsning)


def test_what_was_registered_avslagen_is_not_published(world: World) -> None:
    satsning = registered(world, "avslagen")

    with pytest.raises(NotFromHere):
        published(world, satsning)


def test_what_was_registered_undecided_is_published_only_as_decided_here(world: World) -> None:
    satsning = registered(world, "beredning")
    assert decided_revision(satsning) is None

    decided = registered_decided(world)

    assert decided_revision(decided) == Revision.objects.get(satsning=decided)


def registered_decided(world: World) -> Satsning:
    said = Entry(
        ansvarig_grupp=world.body(ARBETSGRUPP),
        titel="Trygg utskrivning",
        station="genomforande",
        decided_on=DECIDED - timedelta(days=1),
        source=SOURCE,
    )
    id_, _ = register(said, actor=world.coordinator)
    satsning = Satsning.objects.get(pk=id_)
    complete_registration(id_, actor=world.coordinator, expected_edition=satsning.edition)
    return world.fresh(satsning)


def test_the_changed_wording_of_a_change_stands_beside_it(world: World, enter: Enter) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    propose(world, satsning, "Ett nytt syfte.")
    world.bring(satsning, "andringsbeslut")
    decision = world.decision(amended_wording="Bara i Flen.", condition="Rapport i maj.")
    world.do(satsning, "andringsbeslut", world.secretary, reason="Nytt.", inputs=Inputs(decision=decision))

    client = enter(world.coordinator)
    before = client.get(f"/satsningar/{satsning.pk}/publicera/").content.decode()
    found = published(world, satsning)
    page = client.get(f"/publicerade/{found.pk}/").content.decode()

    for text in (before, page):
        assert "Bara i Flen." in text
        assert "Rapport i maj." in text
        assert "Ett nytt syfte." in text


def test_a_later_decision_is_not_shared_by_an_earlier_publication(world: World, enter: Enter) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    found = published(world, satsning)
    propose(world, satsning)
    world.bring(satsning, "andringsbeslut")
    decision = world.decision(amended_wording="Bara i Flen.")
    world.do(satsning, "andringsbeslut", world.secretary, reason="Nytt.", inputs=Inputs(decision=decision))

    page = enter(world.coordinator).get(f"/publicerade/{found.pk}/").content.decode()

    assert words_beside(world.fresh(satsning)) != ()
    assert "Bara i Flen." not in page
    assert SECRET not in page


def test_what_a_pre_study_changed_is_shared_when_it_is_decided(hands: Hands) -> None:  # noqa: F811 - the fixture
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.propose(PartCode.UPPDRAG, malgrupp="Alla med palliativ vård i hemmet.")
    hands.bring(BEREDER, "beslut_efter_forstudie")
    on_the_table = decided_revision(hands.case)
    assert on_the_table is not None
    assert revision_content(on_the_table)["uppdrag"]["malgrupp"] != "Alla med palliativ vård i hemmet."

    hands.decide("beslut_efter_forstudie", LEDNING, target="beslutad")

    decided = decided_revision(hands.case)
    assert decided is not None
    assert revision_content(decided)["uppdrag"]["malgrupp"] == "Alla med palliativ vård i hemmet."

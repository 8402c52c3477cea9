"""Who is told of which act: every act says so, and what is written with it is what the table says."""

from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.world import ARBETSGRUPP, BEREDNING, World
from workflow.models import JournalEntry, Notice
from workflow.notices.concerned import TOLD
from workflow.vocabulary import Act


def told(satsning: Satsning) -> dict[str, str]:
    """Return whom the case's last act was told to, with what is expected of them."""
    entry = JournalEntry.objects.filter(satsning=satsning).latest("number")
    return {row.person.name: row.expected for row in Notice.objects.filter(entry=entry).select_related("person")}


def test_every_act_says_whom_it_concerns() -> None:
    assert set(TOLD) == set(Act)


def test_handing_in_tells_the_preparing_bodies_what_is_expected(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    chair = world.seat(BEREDNING, Role.ORDFORANDE)
    officer = world.officer
    satsning = world.carried_to(StationKind.INLAMNAD)
    assert told(satsning) == {
        colleague.name: "",
        officer.name: "Ta upp",
        chair.name: "Ta upp",
    }


def test_what_is_brought_to_a_decision_is_to_be_taken_up_whatever_was_proposed(world: World) -> None:
    secretary = world.secretary
    satsning = world.carried_to(StationKind.BESLUT)
    assert told(satsning)[secretary.name] == "Ta upp ärendet till beslut"

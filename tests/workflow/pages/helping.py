"""What the tests of pages share: a person at a browser, and what is posted for an act's inputs."""

from typing import Any

from django.test import Client
from django.urls import reverse

from governance.models import Person
from governance.paths import MoveValue
from governance.vocabulary import ANSVARIG_GRUPP
from satsningar.models import Satsning
from tests.workflow.world import World
from workflow.inputs import Inputs
from workflow.rights import path_of

ACTORS = {
    ANSVARIG_GRUPP: "author",
    "beredningsgrupp": "officer",
    "regionalt_stod": "coordinator",
    "styrgrupp": "secretary",
}


def at(person: Person) -> Client:
    """Return a browser where the person is logged in."""
    client = Client()
    client.force_login(person)
    return client


def url(name: str, satsning: Satsning, *more: object) -> str:
    """Return the address of one of a case's pages."""
    return reverse(name, args=[satsning.pk, *more])


def text_of(response: Any) -> str:
    """Return a page's text."""
    return str(response.content.decode())


def move_of(satsning: Satsning, code: str) -> MoveValue:
    """Return a move that leaves from where the case stands."""
    move = path_of(satsning).move_from(satsning.station, code)
    assert move is not None
    return move


def actor_of(world: World, move: MoveValue) -> Person:
    """Return the person of the world who makes a move."""
    person: Person = world.secretary if move.in_meeting else getattr(world, ACTORS[next(iter(move.made_by))])
    return person


def posted(world: World, satsning: Satsning, *, reason: str = "", target: str = "", **more: Any) -> dict[str, Any]:
    """Return what a browser posts for a move made on what the person has just seen."""
    inputs: Inputs = more.get("inputs") or Inputs()
    data: dict[str, Any] = {"edition": world.fresh(satsning).edition, "reason": reason, "target": target}
    data |= {f"begaran_{request.part}": request.text for request in inputs.requests}
    if inputs.handlaggare_id:
        data["handlaggare"] = inputs.handlaggare_id
    if inputs.proposed_move:
        data["proposed_move"] = inputs.proposed_move
    if inputs.ansvarig_grupp_id:
        data["ansvarig_grupp"] = inputs.ansvarig_grupp_id
    if decision := inputs.decision:
        data |= {"meeting_date": decision.meeting_date.isoformat(), "paragraph": decision.paragraph}
        data |= {"amended_wording": decision.amended_wording, "condition": decision.condition}
        data |= {"to_meeting": decision.to_meeting.isoformat()} if decision.to_meeting else {}
        for one in decision.participants:
            data[f"participants-{one.membership_id}-{'jav' if one.jav else 'deltog'}"] = "1"
            data[f"participants-{one.membership_id}-varfor"] = one.jav_reason
    return data

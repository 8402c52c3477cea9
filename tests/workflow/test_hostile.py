"""What an adversary tried against cases, files, people and the database, held by tests."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from governance.countyfile import load
from governance.errors import NotAdministrator
from governance.invitations import invite
from governance.models import Body, Person
from governance.permissions import today
from governance.services import change_person, register_membership
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar.errors import AttachmentRefused
from satsningar.models import Bilaga, Satsning
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import ARBETSGRUPP, World
from workflow.documents import add_files
from workflow.models import Komplettering

AUTOSAVE = {"X-Autosave": "1"}


def test_temporary_table_named_as_the_journal_cannot_move_a_station(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    statements = (
        "CREATE TEMPORARY TABLE workflow_journalentry AS SELECT * FROM public.workflow_journalentry",
        "UPDATE workflow_journalentry SET to_station = 'slutford'",
        "UPDATE satsningar_satsning SET station = 'slutford'",
        "SET CONSTRAINTS ALL IMMEDIATE",
    )

    with pytest.raises(IntegrityError, match="newest journal entry says"), transaction.atomic():
        connection.cursor().execute("; ".join(statements))

    assert world.fresh(satsning).station == "inlamnad"


def test_files_sent_with_one_that_is_refused_leave_nothing_behind(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    satsning = world.make()
    files = [SimpleUploadedFile("bra.txt", b"hej"), SimpleUploadedFile("program.exe", b"MZ\x00")]

    with pytest.raises(AttachmentRefused):
        add_files(satsning.pk, files, actor=world.author)

    assert not Bilaga.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, person: invite(actor=actor, person=person),
        lambda actor, person: change_person(actor=actor, person=person, name="Ny", title="", is_active=False),
    ],
)
def test_person_with_a_role_to_come_elsewhere_is_not_one_countys_alone(
    world: World, act: Callable[[Person, Person], object]
) -> None:
    """An ended role here gives no first password to somebody who decides in another county from tomorrow."""
    load(OTHER_COUNTY)
    newcomer = Person.objects.create_user("ny@example.org", "Ny Exempelson", None)
    register_membership(
        person=newcomer,
        body=world.body("regionalt-stod"),
        role=Role.SAMORDNARE,
        starts_on=today() - timedelta(days=9),
        ends_on=today() - timedelta(days=1),
    )
    other = Body.objects.filter(county__code="annat", kind=BodyKind.REGIONALT_STOD)[0]
    register_membership(person=newcomer, body=other, role=Role.SAMORDNARE, starts_on=today() + timedelta(days=1))

    with pytest.raises(NotAdministrator):
        act(world.coordinator, newcomer)


def asked(world: World) -> tuple[Satsning, Komplettering, str]:
    """Return a case to be completed, the request, and the name of the field that answers it."""
    satsning = world.carried_to(StationKind.KOMPLETTERING)
    row = Komplettering.objects.get(satsning=satsning)
    return satsning, row, f"svar-{row.pk}"


def shown(browser: Any, address: str) -> dict[str, str]:
    """Return the hidden and visible fields of the form as a page shows them."""
    form = browser.get(address).context["form"]
    return {field.html_name: field.value() or "" for field in form}


def test_answer_of_a_colleague_is_not_written_over(world: World) -> None:
    satsning, row, name = asked(world)
    address = url("komplettering", satsning)
    first, second = at(world.author), at(world.seat(ARBETSGRUPP, Role.LEDAMOT))
    both = shown(first, address)
    assert first.post(address, {**both, name: "Regionen betalar."}).status_code == 302

    conflict = second.post(address, {**both, name: "Kommunerna betalar."})
    by_itself = second.post(address, {**both, name: "Kommunerna betalar."}, headers=AUTOSAVE)
    untouched = second.post(address, both)

    assert (conflict.status_code, by_itself.status_code, untouched.status_code) == (409, 409, 302)
    assert "Regionen betalar." in text_of(conflict)
    assert "Kommunerna betalar." in text_of(conflict)
    row.refresh_from_db()
    assert row.svar == "Regionen betalar."

    version = conflict.context["conflict"]["version"]
    chosen = {**both, name: "Kommunerna betalar.", "konflikt": "behall_min", "konflikt_version": version}
    assert second.post(address, chosen).status_code == 302
    row.refresh_from_db()
    assert row.svar == "Kommunerna betalar."


def test_answer_saves_itself_time_after_time(world: World) -> None:
    satsning, row, name = asked(world)
    address, browser = url("komplettering", satsning), at(world.author)
    sent = shown(browser, address)

    for text in ("Regionen", "Regionen betalar", "Regionen betalar."):
        sent |= {name: text}
        answer = browser.post(address, sent, headers=AUTOSAVE)
        assert answer.status_code == 200
        sent |= answer.json()["values"]

    row.refresh_from_db()
    assert row.svar == "Regionen betalar."


def test_refusal_gives_back_a_short_sentence(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    response = at(world.author).post(url("del", satsning, "uppdrag"), {"version": "1", "titel": "Kort titel"})

    assert response.status_code == 403
    assert "Kort titel" in text_of(response)

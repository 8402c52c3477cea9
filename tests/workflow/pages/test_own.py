"""What an organisation has to say of a satsning: its own lines and gaps, where they are written, and by whom."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Body, Organisation, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP, World
from workflow import facts
from workflow.edits import save_part
from workflow.gates import gaps_of
from workflow.models import RoundAnswer
from workflow.rights import path_of, viewer
from workflow.rounds.actions import open_round
from workflow.rounds.selectors import rounds_of
from workflow.selectors.cases import readable_case
from workflow.selectors.own import Own, OwnPart, organisations_of, own_view
from workflow.vocabulary import RoundKind


def organisation(world: World, name: str) -> Organisation:
    return Organisation.objects.get(county=world.county, name=name)


def contact(world: World, code: str) -> Person:
    return world.person(code, Role.KONTAKTPERSON)


def own(person: Person, satsning: Satsning, *, number: str = "") -> Own:
    """Return the case as the person's first organisation meets it."""
    who = viewer(person)
    found = readable_case(who, satsning.pk)
    return own_view(
        who,
        found,
        organisations_of(who, found)[0],
        read=content.read(found.pk),
        known=facts.read(found.pk),
        rounds=rounds_of(found),
        number=number,
    )


def part(seen: Own, code: str) -> OwnPart:
    return next(one for one in seen.parts if one.code == code)


def test_contact_sees_the_lines_of_its_organisation_alone(world: World) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    taking_part = content.read(satsning.pk).participants[1]
    body = Body.objects.get(kind="organisation", organisation=taking_part.id)

    seen = own(contact(world, body.code), satsning)

    assert (seen.organisation.pk, seen.takes_part, seen.leads) == (taking_part.id, True, False)
    for code in ("omfattning", "resurser", "inforande"):
        assert len(part(seen, code).lines) == 1
    assert part(seen, "ekonomi").lines == ()
    text = text_of(at(contact(world, body.code)).get(url("min_organisation", satsning)))
    assert f"Det som gäller {taking_part.name}" in text
    assert "420\xa0000" not in text


def test_gaps_of_an_organisation_lead_to_its_own_fields(world: World) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    trosa = organisation(world, "Trosa kommun")

    seen = own(contact(world, "kontakt-trosa"), satsning)

    lage = part(seen, "lage")
    [gap] = lage.gaps
    assert gap.message == "Trosa kommun har varken infört eller avstått."
    assert gap.needed_now
    assert gap.url == f"/satsningar/{satsning.pk}/del/lage/?organisation={trosa.pk}#id_organisationer-{trosa.pk}-status"
    page = text_of(at(contact(world, "kontakt-trosa")).get(gap.url.partition("#")[0]))
    assert f'id="id_organisationer-{trosa.pk}-status"' in page
    assert "1 sak saknas från er" in text_of(at(contact(world, "kontakt-trosa")).get(url("min_organisation", satsning)))


def test_what_the_contact_does_not_write_is_read_with_who_does(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    seen = own(contact(world, "kontakt-trosa"), satsning)

    omfattning = part(seen, "omfattning")
    assert omfattning.url == ""
    assert "Arbetsgruppen mobila team skriver igen om komplettering begärs." in omfattning.who
    assert part(seen, "diarienummer").url.startswith(url("diarienummer", satsning))


def test_draft_shows_a_representative_what_is_missing_now_and_later(world: World) -> None:
    draft = world.make()
    trosa = organisation(world, "Trosa kommun")
    author = world.seat(ARBETSGRUPP, Role.LEDAMOT, represents=trosa)
    rows = {"deltagare": [{"organisation_id": trosa.pk, "roll": ""}]}
    save_part(
        draft.pk, "omfattning", rows, actor=author, expected_version=content.read(draft.pk).versions["omfattning"]
    )

    seen = own(author, draft)

    assert seen.organisation == trosa
    [roll] = part(seen, "omfattning").gaps
    assert (roll.message, roll.needed_now) == ("Skriv vad Trosa kommun gör i satsningen.", False)
    assert roll.url == f"/satsningar/{draft.pk}/del/omfattning/#id_deltagare-0-roll"
    assert [gap.message for gap in part(seen, "resurser").gaps] == ["Trosa kommun saknar avsatt tid. Lägg till en rad."]
    assert all("Trosa kommun" in gap.message for one in seen.parts for gap in one.gaps)
    fields = [gap.url.partition("#")[2] for gap in part(seen, "inforande").gaps]
    assert len(fields) == len(set(fields))


def test_confirmation_is_asked_for_and_answered(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    taking_part = content.read(satsning.pk).participants[1]
    body = Body.objects.get(kind="organisation", organisation=taking_part.id)
    person = contact(world, body.code)
    [unasked] = part(own(person, satsning), "bekraftelse").gaps
    assert unasked.message == f"{taking_part.name} har inte bekräftat sina resurser."

    open_round(
        satsning.pk,
        RoundKind.RESURSBEKRAFTELSE,
        actor=world.author,
        purpose="Bekräfta",
        questions=(),
        deadline=today(),
        receivers=[body.pk],
    )

    answer = RoundAnswer.objects.get(body=body)
    seen = own(person, satsning)
    [asked] = part(seen, f"svar-{answer.pk}").gaps
    assert asked.url == reverse("runda_svara", args=[answer.pk])
    assert not [one for one in seen.parts if one.code == "bekraftelse"]
    assert "Allt som gäller organisationen" in text_of(at(person).get("/"))


def test_who_speaks_for_nobody_is_told_whom_the_page_is_for(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)

    response = at(world.officer).get(url("min_organisation", satsning))

    assert response.status_code == 403
    assert "kontaktperson" in text_of(response)
    assert "Bara det som gäller" not in text_of(at(world.officer).get(url("satsning", satsning)))


def test_strangers_and_others_organisations_are_not_found(world: World) -> None:
    draft, satsning = world.make(), world.carried_to(StationKind.INLAMNAD)
    trosa, ended = (
        contact(world, "kontakt-trosa"),
        world.seat("kontakt-flen", Role.KONTAKTPERSON, ends_on=world_before()),
    )
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")

    assert at(trosa).get(url("min_organisation", draft)).status_code == 404
    assert at(ended).get(url("min_organisation", satsning)).status_code == 404
    assert at(superuser).get(url("min_organisation", satsning)).status_code == 404
    flen = organisation(world, "Flens kommun").pk
    for asked in (str(flen), "x", "0", "9" * 40):
        assert at(trosa).get(url("min_organisation", satsning), {"organisation": asked}).status_code == 404


def world_before() -> Any:
    return today().replace(year=today().year - 1)


def test_person_with_several_organisations_chooses(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    trosa = organisation(world, "Trosa kommun")
    person = contact(world, "kontakt-flen")
    register_membership(
        person=person, body=world.body("kontakt-trosa"), role=Role.KONTAKTPERSON, starts_on=world_before()
    )

    text = text_of(at(person).get(url("min_organisation", satsning), {"organisation": trosa.pk}))

    assert "Det som gäller Trosa kommun" in text
    assert "Du svarar också för" in text
    assert "Flens kommun" in text


def test_final_case_lacks_nothing_and_is_read(world: World) -> None:
    satsning = world.carried_to(StationKind.SLUTFORD)

    seen = own(contact(world, "kontakt-trosa"), satsning, number="VON 1")

    assert seen.missing == 0
    assert {one.url for one in seen.parts} - {part(seen, "diarienummer").url} == {""}
    assert "Satsningen är avslutad" in text_of(
        at(contact(world, "kontakt-trosa")).get(url("min_organisation", satsning))
    )


def test_statements_are_as_many_however_many_lines(world: World) -> None:
    counts = []
    person = contact(world, "kontakt-trosa")
    for kind in (StationKind.GENOMFORANDE, StationKind.SLUTFORD):
        browser, address = at(person), url("min_organisation", world.carried_to(kind))
        browser.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200
        counts.append(len(caught))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("parts", [(), DECIDED_PARTS])
def test_every_gap_that_names_an_organisation_says_whose_it_is(world: World, parts: tuple[str, ...]) -> None:
    draft = world.make()
    world.fill(draft, "omfattning", *parts)
    read = content.read(draft.pk)
    found = gaps_of(path_of(world.fresh(draft)).gates.values(), read, facts.read(draft.pk))
    names = {one.name: one.id for one in read.organisations}

    for gap in found:
        named = [id_ for name, id_ in names.items() if gap.message.startswith(f"{name} ")]
        assert gap.organisation_id in {None, *names.values()}
        assert not named or gap.organisation_id == named[0], gap

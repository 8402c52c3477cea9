"""Why a case stands still: who says so, what is refused, where it shows, and that the journal is believed."""

import pytest

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import journal
from workflow.deadlines.models import Stopp
from workflow.deadlines.stopping import go_on, stop
from workflow.errors import Invalid, NoMandate, NotFromHere, Refusal, Stale
from workflow.models import JournalEntry


def say(world: World, case: Satsning, person: Person, cause: str = "resurs", text: str = "") -> None:
    stop(case.pk, cause, text, actor=person, expected_edition=world.fresh(case).edition)


def sound(world: World) -> bool:
    return journal.verify(world.county.pk, world.county.name)[1] is None


MAY = {"author", "officer", "coordinator"}


def everybody(world: World) -> dict[str, Person]:
    return {
        "author": world.author,
        "officer": world.officer,
        "coordinator": world.coordinator,
        "secretary": world.secretary,
        "chair": world.person(STYRGRUPP, Role.ORDFORANDE),
        "contact": world.seat("kontakt-trosa", Role.KONTAKTPERSON),
        "other preparing": world.seat("beredning-halsoframjande", Role.HANDLAGGARE)
        if world.county.bodies.filter(code="beredning-halsoframjande").exists()
        else world.seat("kontakt-flen", Role.KONTAKTPERSON),
        "co-opted": world.seat(ARBETSGRUPP, Role.ADJUNGERAD),
        "stranger": Person.objects.create_user("framling@example.org", "Främmande Person", "lösenord"),
    }


def test_those_with_the_mandate_say_so_and_nobody_else(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    could = set()
    for who, person in everybody(world).items():
        entries = JournalEntry.objects.count()
        try:
            say(world, case, person, "annat", f"Skäl av {who}")
            could.add(who)
        except (Refusal, Satsning.DoesNotExist):
            assert JournalEntry.objects.count() == entries
        status = at(person).get(url("star_still", case)).status_code
        assert status == (200 if who in MAY else 404 if who == "stranger" else 403)

    assert could == MAY
    assert Stopp.objects.filter(cleared_at=None).count() == 1
    with pytest.raises(NoMandate):
        go_on(case.pk, actor=world.secretary)
    go_on(case.pk, actor=world.officer)
    assert sound(world)


def test_a_preparing_body_says_nothing_of_a_draft_that_it_may_not_read(world: World) -> None:
    case = world.make()

    with pytest.raises(Satsning.DoesNotExist):
        say(world, case, world.officer)


@pytest.mark.parametrize(
    ("cause", "text", "field"), [("vet_inte", "", "cause"), ("annat", "  ", "text"), ("resurs", "x" * 251, "text")]
)
def test_bad_input_gets_a_sentence_at_its_field(world: World, cause: str, text: str, field: str) -> None:
    case = world.carried_to(StationKind.BEREDNING)

    with pytest.raises(Invalid) as refused:
        say(world, case, world.officer, cause, text)
    page = at(world.officer).post(
        url("star_still", case), {"cause": cause, "text": text, "edition": world.fresh(case).edition}
    )

    assert list(refused.value.errors) == [field]
    assert page.status_code == 422
    assert not Stopp.objects.exists()


def test_a_cause_must_be_chosen(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    page = at(world.officer).post(url("star_still", case), {"text": "", "edition": world.fresh(case).edition})
    assert (page.status_code, "Välj en orsak." in page.content.decode()) == (422, True)


def test_same_cause_twice_and_what_is_stale_are_refused(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    edition = world.fresh(case).edition
    say(world, case, world.officer, "lag")

    with pytest.raises(NotFromHere, match="Det står redan"):
        say(world, case, world.officer, "lag")
    with pytest.raises(Stale):
        stop(case.pk, "resurs", "", actor=world.officer, expected_edition=edition)
    go_on(case.pk, actor=world.officer)
    with pytest.raises(NotFromHere, match="Det står inte"):
        go_on(case.pk, actor=world.officer)


def test_it_shows_at_the_case_and_is_summed_in_laget_with_the_list_behind(world: World) -> None:
    case, other = (world.carried_to(StationKind.BEREDNING) for _ in range(2))
    say(world, case, world.officer, "annat", "Väntar på lokaler")
    browser = at(world.coordinator)

    page = text_of(browser.get(url("satsning", case)))
    assert ("Satsningen står still" in page, "Väntar på lokaler" in page) == (True, True)
    assert "sa varför satsningen står still" in page.lower()
    overview = browser.get("/laget/")
    [one] = overview.context["stops"]
    assert (one["text"], one["count"]) == ("Annat", 1)
    narrowed = text_of(browser.get(f"/laget/{one['url']}"))
    assert f"/satsningar/{case.pk}/" in narrowed
    assert f"/satsningar/{other.pk}/" not in narrowed
    assert "Står still: annat" in text_of(at(world.officer).get("/"))
    browser.post(url("gar_vidare", case))
    assert browser.get("/laget/").context["stops"] == []


def test_what_has_ended_does_not_stand_still(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    say(world, case, world.officer)
    reader = at(world.coordinator)
    listed = "/laget/?stopp=alla&steg=alla"
    shown = url("satsning", case)
    before = ("Står still" in text_of(reader.get(shown)), shown in text_of(reader.get(listed)))

    world.do(case, "aterkalla", world.author, reason="Inte aktuell.")

    after = ("Står still" in text_of(reader.get(shown)), shown in text_of(reader.get(listed)))
    assert (before, after) == ((True, True), (False, False))
    assert sound(world)


def test_what_is_changed_beside_the_journal_is_found(world: World) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    say(world, case, world.officer, "lag")
    assert sound(world)

    Stopp.objects.update(cause="resurs")

    assert not sound(world)
    assert BEREDNING

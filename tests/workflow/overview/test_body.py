"""A body's page: what it is, who sits there, and its cases within what one may read."""

from datetime import timedelta

from governance.countyfile import load
from governance.meeting_rules import meeting_in_words, meeting_rule
from governance.models import Body
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from tests.workflow.overview.conftest import Enter
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World


def test_the_page_shows_mandate_rule_and_members_by_when_they_sit(world: World, enter: Enter) -> None:
    world.members()
    day = timedelta(days=1)
    former = world.seat(STYRGRUPP, Role.ERSATTARE, ends_on=today() - day)
    coming = world.seat(STYRGRUPP, Role.VICE_ORDFORANDE, starts_on=today() + day)

    response = enter(world.author).get(f"/organ/{world.body(STYRGRUPP).pk}/")

    members = response.context["members"]
    assert len(members.now) == 10
    assert [row.person for row in members.coming] == [coming]
    assert [row.person for row in members.former] == [former]
    text = response.content.decode()
    assert "Beslutsför när regionen och minst 5 kommuner är företrädda." in text
    assert "Lägg till ledamot" not in text


def test_the_page_tells_how_a_body_meets_if_it_does(world: World, enter: Enter) -> None:
    client = enter(world.author)
    deciding, working = (client.get(f"/organ/{world.body(code).pk}/") for code in (STYRGRUPP, ARBETSGRUPP))

    assert deciding.context["meetings"] == meeting_in_words(meeting_rule(world.body(STYRGRUPP)))
    text = deciding.content.decode()
    assert "Så håller organet möten" in text
    assert "Mellan mötena kan ledamöterna besluta per capsulam, och ordföranden ensam på delegation." in text
    assert "Så håller organet möten" not in working.content.decode()


def test_cases_are_counted_within_what_one_may_read(world: World, enter: Enter) -> None:
    world.make("Ett utkast")
    world.carried_to(StationKind.INLAMNAD)
    address = f"/organ/{world.body(ARBETSGRUPP).pk}/"

    def counted(response: object) -> list[tuple[str, int]]:
        return [(case["label"], case["count"]) for case in response.context["cases"]]  # type: ignore[attr-defined]

    assert counted(enter(world.author).get(address)) == [("Svarar för", 2)]
    assert counted(enter(world.officer).get(address)) == [("Svarar för", 1)]


def test_another_countys_body_is_not_there(world: World, enter: Enter) -> None:
    load(OTHER_COUNTY)
    body = Body.objects.get(county__code="annat", code=STYRGRUPP)

    assert enter(world.coordinator).get(f"/organ/{body.pk}/").status_code == 404
    assert enter(world.coordinator).get("/organ/999999999999999999999/").status_code == 404

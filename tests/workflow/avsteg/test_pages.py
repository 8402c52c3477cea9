"""The pages of avsteg: beside a gap, on the desk, in the decision papers, and counted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.vocabulary import Role
from satsningar.vocabulary import PartCode
from tests.workflow.avsteg.conftest import BECAUSE, ECONOMY, REASON, Asking
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.models import Avsteg
from workflow.vocabulary import Avstegslage


def post(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, data)


def test_who_may_ask_is_offered_to_beside_what_is_missing(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(also=(PartCode.UPPFOLJNING,))
    address = url("avsteg_begar", satsning, "beslut", ECONOMY)

    assert address in text_of(at(world.author).get(url("satsning", satsning)))
    assert address in text_of(at(world.officer).get(url("satsning", satsning)))
    world.state(satsning)
    assert address in text_of(at(world.officer).get(url("gor", satsning, "anmal")))
    assert "Be om avsteg" not in text_of(at(world.coordinator).get(url("satsning", satsning)))
    assert "Be om avsteg" not in text_of(at(asking.chair).get(url("satsning", satsning)))


def test_what_is_never_waived_has_no_link(world: World, asking: Asking) -> None:
    draft = world.make()
    page = text_of(at(world.author).get(url("satsning", draft)))

    assert url("avsteg_begar", draft, "inlamning", "fokusomrade") in page
    assert url("avsteg_begar", draft, "inlamning", "syfte") not in page


def test_asked_and_answered_on_the_pages(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    author, chair = at(world.author), at(asking.chair)
    address = url("avsteg_begar", satsning, "beslut", ECONOMY)
    assert "Lägg till kostnaderna år för år." in text_of(author.get(address))

    asked = post(author, address, edition=satsning.edition, reason=REASON)

    assert asked.status_code == 302
    page = text_of(author.get(url("satsning", satsning)))
    assert "Avsteg begärt" in page
    assert REASON in page
    avsteg = Avsteg.objects.get()
    assert reverse("avsteg", args=[satsning.pk, avsteg.pk]) in text_of(chair.get("/"))
    assert "Svara på begäran om avsteg" not in text_of(author.get("/"))

    answered = post(
        chair,
        url("avsteg", satsning, avsteg.pk),
        edition=asking.edition(satsning),
        outcome="medgivet",
        reason=BECAUSE,
        utan_jav="on",
    )

    assert answered.status_code == 302
    assert "Svara på begäran om avsteg" not in text_of(chair.get("/"))
    page = text_of(author.get(url("satsning", satsning)))
    assert "Det här krävs inte för ”anmäl till beslut”" in page
    assert "Allt som behövs för ”anmäl till beslut”" not in page
    assert BECAUSE in page


def test_avsteg_stand_first_in_the_decision_papers(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    asking.granted(satsning)
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)

    for address in (url("satsning", satsning), url("gor", satsning, "bifall"), url("gor", satsning, "avslag")):
        page = text_of(at(world.secretary).get(address))
        assert "Avsteg i " in page
        assert page.index(REASON) < page.index(BECAUSE) < page.index("s-summary" if "gor" in address else "Nästa steg")
    case = text_of(at(world.secretary).get(url("satsning", satsning)))
    assert (case.count("Skälen står överst på sidan."), case.count(REASON)) == (1, 2), "above, and among the events"
    frozen = text_of(at(world.secretary).get(url("revision", satsning, 2)))
    assert "Avsteg som gällde när revisionen frystes" in frozen
    assert "Avsteg som gällde" not in text_of(at(world.secretary).get(url("revision", satsning, 1)))
    assert "Med avsteg: 1" in text_of(at(world.secretary).get("/"))

    world.decide(satsning, "bifall")

    assert "Med avsteg" in text_of(at(world.author).get(url("satsning", satsning)))
    assert "Med avsteg från: Ekonomin är komplett" in text_of(at(world.author).get(url("satsning", satsning)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": ""}, "Skriv varför kravet inte kan eller inte bör uppfyllas."),
        ({"reason": "a" * 100_000}, "Texten är för lång"),
        ({"reason": REASON, "edition": "1"}, "Satsningen har ändrats sedan du öppnade sidan."),
        ({"reason": REASON, "edition": "nonsens"}, "Fel:"),
    ],
)
def test_request_that_cannot_be_used_is_shown_again(
    world: World, asking: Asking, data: dict[str, str], said: str
) -> None:
    satsning = asking.without_economy()
    response = post(
        at(world.author), url("avsteg_begar", satsning, "beslut", ECONOMY), **({"edition": satsning.edition} | data)
    )

    assert response.status_code in {409, 422}
    assert said in text_of(response)
    assert not Avsteg.objects.exists()


def test_every_error_of_an_answer_is_shown_at_once(asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())
    response = post(at(asking.chair), url("avsteg", avsteg.satsning, avsteg.pk), edition=1, outcome="nej", reason="")

    assert response.status_code == 422
    for said in ("Välj om avsteget medges eller avslås.", "Skriv varför.", "Kryssa för att du inte har jäv."):
        assert said in text_of(response)


def test_page_of_a_request_says_who_answers(world: World, asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())
    address = url("avsteg", avsteg.satsning, avsteg.pk)

    assert "Avsteg medges av den som har det uppdraget i Länsstyrgruppen." in text_of(at(world.officer).get(address))
    assert "Ingen har det uppdraget i dag." in text_of(at(world.officer).get(address))
    assert f"I dag har {asking.chair.name} det uppdraget." in text_of(at(world.officer).get(address))
    assert 'name="outcome"' not in text_of(at(world.officer).get(address))
    assert 'name="outcome"' in text_of(at(asking.chair).get(address))
    assert "Ta tillbaka begäran" in text_of(at(world.author).get(address))
    assert "Ta tillbaka begäran" not in text_of(at(asking.chair).get(address))
    assert at(in_other_county()).get(address).status_code == 404


def test_another_countys_answer_is_404_when_it_is_whole(world: World, asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())
    data = {"edition": 1, "outcome": "medgivet", "reason": "Ja.", "utan_jav": "on"}

    assert at(in_other_county()).post(url("avsteg", avsteg.satsning, avsteg.pk), data).status_code == 404


def test_request_is_taken_back_on_its_page(world: World, asking: Asking) -> None:
    avsteg = asking.ask(asking.without_economy())
    address = url("avsteg_ta_tillbaka", avsteg.satsning, avsteg.pk)

    assert at(world.author).get(address).headers["Location"] == url("avsteg", avsteg.satsning, avsteg.pk)
    assert at(world.officer).post(address).status_code == 403
    assert at(world.author).post(address).status_code == 302
    assert asking.again(avsteg).state == Avstegslage.ATERTAGET


@pytest.mark.parametrize(
    ("gate", "requirement", "status"),
    [
        ("beslut", "baslinje", 404),
        ("finns", "inte", 404),
        ("start", "baslinje", 409),
        ("beslut", "del_uppdrag", 422),
        ("beslut", "del_resurser", 422),
    ],
)
def test_page_that_nobody_could_send_is_refused(
    world: World, asking: Asking, gate: str, requirement: str, status: int
) -> None:
    satsning = asking.without_economy()

    assert at(world.author).get(url("avsteg_begar", satsning, gate, requirement)).status_code == status
    assert at(asking.chair).get(url("avsteg_begar", satsning, "beslut", ECONOMY)).status_code == 403


# --- Counted ---------------------------------------------------------------------------------------------------------


def test_avsteg_are_counted_per_requirement_and_body(world: World, asking: Asking) -> None:
    first = asking.without_economy(also=(PartCode.RESURSER, PartCode.UPPFOLJNING))
    asking.granted(first)
    asking.answer(asking.ask(first, "del_resurser", actor=world.officer), "avslaget")
    asking.ask(asking.without_economy())

    page = at(world.coordinator).get("/avsteg/")

    assert [figure["value"] for figure in page.context["figures"]] == [3, 1, 1, 1]
    per_requirement, per_body = page.context["tables"]
    assert [(one.name, one.asked, one.granted, one.denied) for one in per_requirement["rows"]] == [
        ("Resurserna är kompletta", 1, 0, 1),
        ("Ekonomin är komplett", 2, 1, 0),
    ]
    assert {one.name: one.asked for one in per_body["rows"]} == {
        world.body(ARBETSGRUPP).name: 2,
        world.officer.memberships.get().body.name: 1,
    }
    narrowed = at(asking.chair).get(f"/avsteg/?krav={ECONOMY}&lage=begart")
    assert len(narrowed.context["rows"]) == 1
    assert text_of(at(asking.chair).get("/avsteg/?krav=finns-inte&fran=x&lage=%00")).count("Välj") > 0


def test_counts_are_for_those_who_follow_or_decide(world: World, asking: Asking) -> None:
    asking.ask(asking.without_economy())

    assert len(at(world.seat(STYRGRUPP, Role.LEDAMOT)).get("/avsteg/").context["rows"]) == 1
    assert at(world.author).get("/avsteg/").status_code == 403
    assert at(world.officer).get("/avsteg/").status_code == 403
    assert at(in_other_county()).get("/avsteg/").context["rows"] == []
    assert Client().get("/avsteg/").status_code == 302


def test_avsteg_of_a_draft_is_counted_for_those_who_may_read_it(world: World, asking: Asking) -> None:
    asking.ask(world.make(), "fokusomrade", "inlamning")

    assert len(at(asking.chair).get("/avsteg/").context["rows"]) == 1
    assert at(world.seat(STYRGRUPP, Role.LEDAMOT)).get("/avsteg/").context["rows"] == []
    assert len(at(world.coordinator).get("/avsteg/").context["rows"]) == 1


def test_laget_has_a_column_and_a_filter(world: World, asking: Asking) -> None:
    granted, asked, plain = (asking.without_economy() for _ in range(3))
    asking.granted(granted)
    asking.ask(asked)
    client = at(world.coordinator)

    def shown(query: str) -> set[int]:
        groups = client.get(f"/laget/?{query}").context["groups"]
        return {row.id for group in groups for row in group["rows"]}

    assert shown("") == {granted.pk, asked.pk, plain.pk}
    assert shown("avsteg=begart") == {asked.pk}
    assert shown("avsteg=medgivet") == {granted.pk}
    assert shown("avsteg=nagot") == {granted.pk, asked.pk}
    assert "1 medgivet" in text_of(client.get("/laget/"))
    sheet = b"".join(client.get("/laget.csv?avsteg=medgivet")).decode()
    assert "Ekonomin är komplett: medgivet" in sheet


def test_pages_cost_the_same_for_one_avsteg_and_for_many(world: World, asking: Asking) -> None:
    chair, coordinator = at(asking.chair), at(world.coordinator)
    parts = (PartCode.RESURSER, PartCode.UPPFOLJNING, PartCode.INFORANDE)
    satsning = asking.without_economy(also=parts)
    asking.ask(satsning)
    pages = [(chair, "/"), (chair, "/avsteg/"), (coordinator, "/avsteg/"), (coordinator, "/laget/")]
    pages += [(coordinator, url("satsning", satsning))]

    def counted() -> list[int]:
        return [statements_of(lambda client=client, page=page: client.get(page)) for client, page in pages]  # type: ignore[misc]

    counted()
    one = counted()
    for code in ("del_resurser", "del_uppfoljning", "del_inforande"):
        asking.ask(satsning, code)
    for _ in range(3):
        asking.granted(asking.without_economy())

    assert counted() == one

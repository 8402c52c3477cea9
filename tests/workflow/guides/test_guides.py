"""The guide of each role on *mitt arbete*: shown, put away for ever by oneself alone, and had back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Person
from governance.vocabulary import BodyKind, Role
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.pages.helping import at, text_of
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World
from workflow.guides.selectors import guides_of, help_with
from workflow.guides.texts import STEPS
from workflow.guides.vocabulary import Guide
from workflow.models import HiddenGuide
from workflow.rights import viewer


def in_body(code: str, role: Role) -> Callable[[World], Person]:
    return lambda world: world.seat(code, role)


WHO: dict[Guide, Callable[[World], Person]] = {
    Guide.ARBETSGRUPP: in_body(ARBETSGRUPP, Role.LEDAMOT),
    Guide.BEREDNING: in_body(BEREDNING, Role.HANDLAGGARE),
    Guide.BESLUT: in_body(STYRGRUPP, Role.LEDAMOT),
    Guide.SEKRETERARE: in_body(STYRGRUPP, Role.SEKRETERARE),
    Guide.STOD: in_body(STOD, Role.SAMORDNARE),
    Guide.KONTAKT: in_body("kontakt-trosa", Role.KONTAKTPERSON),
    Guide.DELTAR: in_body(ARBETSGRUPP, Role.ADJUNGERAD),
}


@pytest.mark.parametrize("guide", Guide)
def test_each_role_has_its_guide_on_the_desk(world: World, guide: Guide) -> None:
    person = WHO[guide](world)
    page = at(person).get("/")

    assert guides_of(viewer(person)) == (guide,)
    assert page.context["guide"].guide == guide
    assert guide.label in text_of(page)
    assert 3 <= len(STEPS[guide]) <= 5


@pytest.mark.parametrize("guide", Guide)
def test_every_step_leads_to_a_page_that_the_role_may_open(world: World, guide: Guide) -> None:
    client = at(WHO[guide](world))

    for step in client.get("/").context["guide"].steps:
        response = client.get(step["url"].partition("#")[0])
        assert response.status_code == 200, step
        anchor = step["url"].partition("#")[2]
        assert not anchor or f'id="{anchor}"' in text_of(response), step


def test_guide_is_put_away_for_ever_and_had_back(world: World) -> None:
    client, other = at(world.author), at(world.seat(ARBETSGRUPP, Role.LEDAMOT))

    assert client.post(reverse("dolj_genomgang", args=["arbetsgrupp"])).status_code == 302
    assert client.post(reverse("dolj_genomgang", args=["arbetsgrupp"])).status_code == 302

    assert HiddenGuide.objects.count() == 1
    assert client.get("/").context["guide"] is None
    assert at(Person.objects.get(pk=world.author.pk)).get("/").context["guide"] is None
    assert other.get("/").context["guide"].guide == Guide.ARBETSGRUPP
    assert "Visa på Mitt arbete igen" in text_of(client.get("/hjalp/"))
    assert client.post(reverse("visa_genomgang", args=["arbetsgrupp"])).status_code == 302
    assert client.get("/").context["guide"].guide == Guide.ARBETSGRUPP


def test_next_guide_follows_for_somebody_with_several_roles(world: World) -> None:
    both = world.person(STYRGRUPP, Role.LEDAMOT)
    world.also(both, ARBETSGRUPP, Role.LEDAMOT)
    client = at(both)

    page = client.get("/")
    assert (page.context["guide"].guide, page.context["more_guides"]) == (Guide.ARBETSGRUPP, True)
    client.post(reverse("dolj_genomgang", args=["arbetsgrupp"]))
    page = client.get("/")
    assert (page.context["guide"].guide, page.context["more_guides"]) == (Guide.BESLUT, False)


@pytest.mark.parametrize("name", ["dolj_genomgang", "visa_genomgang"])
def test_only_own_guides_by_a_form_of_ones_own(world: World, name: str) -> None:
    client = at(world.author)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.author)

    assert client.get(reverse(name, args=["arbetsgrupp"])).headers["Location"] == reverse("hjalp")
    assert client.post(reverse(name, args=["stod"])).status_code == 404
    assert client.post(reverse(name, args=["finns-inte"])).status_code == 404
    assert strict.post(reverse(name, args=["arbetsgrupp"])).status_code == 403
    assert Client().post(reverse(name, args=["arbetsgrupp"])).status_code == 302
    assert not HiddenGuide.objects.exists()


def test_who_has_no_role_has_no_guide_but_help(db: None, world: World) -> None:
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")
    client = at(superuser)

    assert client.get("/").context["guide"] is None
    page = text_of(client.get("/hjalp/"))
    assert "Du har inget uppdrag i ett län i dag." in page
    assert world.body(STYRGRUPP).name not in page
    assert world.body(STOD).name not in text_of(client.get("/hjalp/delar/"))


def test_help_shows_the_countys_own_path_and_bodies(world: World) -> None:
    page = text_of(at(world.author).get("/hjalp/"))

    for said in ("Ärendegång för gemensamma satsningar", "Beredning", "hos beredningsgrupp", "Ctrl + K", "Återremiss"):
        assert said in page
    assert reverse("organet", args=[world.body(STOD).pk]) in page


def test_part_says_who_may_help_and_links_to_them(world: World) -> None:
    draft = world.make()
    fou = world.county.bodies.get(kind=BodyKind.FOU)
    client = at(world.author)

    page = text_of(client.get(reverse("del", args=[draft.pk, "uppfoljning"])))
    assert "Så gör du den här delen bra" in page
    assert f'<a href="{reverse("organet", args=[fou.pk])}">{fou.name}</a>' in page
    assert reverse("hjalp_delar") in text_of(client.get(reverse("satsning", args=[draft.pk])))
    assert fou.name in text_of(client.get("/hjalp/delar/"))
    assert fou.name in text_of(at(world.coordinator).get(reverse("del", args=[draft.pk, "uppfoljning"])))


def test_help_of_a_part_names_the_cases_own_preparing_body_alone(world: World) -> None:
    bodies = list(world.county.bodies.all())
    own = world.body(BEREDNING)

    [helper] = [one for one in help_with("uppdrag", bodies, own.pk)["helpers"] if one["kind"] == "Beredningsgrupp"]
    assert [body.pk for body in helper["bodies"]] == [own.pk]
    assert help_with("uppdrag", [])["helpers"] == []


def test_help_costs_the_same_for_one_county_and_body_and_for_many(world: World) -> None:
    client = at(world.author)
    client.get("/hjalp/")

    assert statements_of(lambda: client.get("/hjalp/")) == 8
    assert statements_of(lambda: client.get("/hjalp/delar/")) == 6

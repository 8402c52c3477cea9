"""The county's templates: who keeps them, what one may hold, and satsningar that begin from one."""

from typing import Any

import pytest
from django.http import QueryDict

from governance.models import Arendegang, County
from satsningar import content
from satsningar.errors import Conflict
from satsningar.models import Satsning
from tests.workflow.beginnings.conftest import Enter
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow import facts
from workflow.beginnings.forms import parts_posted
from workflow.beginnings.mallar import end_template, save_template, template_fields
from workflow.beginnings.sources import find_start
from workflow.creation import create_satsning
from workflow.errors import Invalid, NoMandate
from workflow.models import Forlaga, Mall
from workflow.rights import viewer

PARTS = {"uppdrag": {"behov": "Vad visar statistiken?"}, "brukarmedverkan": {"vilka": "Vilka har ni frågat?"}}


def kept(world: World, **other: Any) -> Mall:
    said: dict[str, Any] = {"name": "Länets mall", "description": "", "parts": PARTS} | other
    return save_template(said.pop("county_id", world.county.pk), actor=said.pop("actor", world.coordinator), **said)


def test_a_satsning_begins_with_the_texts_of_a_template_and_marks_them(world: World) -> None:
    mall = kept(world)

    start = find_start(viewer(world.author), f"mall-{mall.pk}")
    id_, _ = create_satsning(world.body(ARBETSGRUPP), "Ny", actor=world.author, start=start)

    read = content.read(id_)
    assert (read.title, read.part("uppdrag")["behov"]) == ("Ny", "Vad visar statistiken?")
    assert facts.read(id_).copied_parts == ("uppdrag", "brukarmedverkan")
    assert Forlaga.objects.get(satsning=id_).label == "mallen Länets mall, version 1"


def test_only_regionalt_stod_keeps_templates(world: World) -> None:
    mall = kept(world)

    for label, person in everybody(world).items():
        if label == "coordinator":
            continue
        with pytest.raises(NoMandate):
            kept(world, name="En annan", actor=person)
        with pytest.raises(Mall.DoesNotExist):
            end_template(mall.pk, actor=person)
    assert Mall.objects.count() == 1


def test_parts_and_fields_that_the_path_does_not_know_are_refused_at_their_place(world: World) -> None:
    wrong = {
        "visioner": {"text": "x"},
        "varden": {"kommentar": "x"},
        "uppdrag": {"behov": "ok", "titel": "x", "startar": "2027-01-01", "finns_inte": "x", "syfte": "x" * 20_001},
    }

    with pytest.raises(Invalid) as caught:
        kept(world, name="", parts=wrong, arendegang_id=10**9)

    assert set(caught.value.errors) == {
        "name",
        "arendegang",
        "visioner",
        "varden",
        "uppdrag-titel",
        "uppdrag-startar",
        "uppdrag-finns_inte",
        "uppdrag-syfte",
    }
    assert caught.value.errors["visioner"] == [
        "Ärendegången har ingen del som heter ”visioner”. Ta bort den ur mallen."
    ]
    assert not Mall.objects.exists()


def test_an_empty_template_and_a_name_taken_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="minst ett av fälten"):
        kept(world, parts={"uppdrag": {"behov": "  "}})
    kept(world)
    with pytest.raises(Invalid, match="redan en mall"):
        kept(world)


def test_versions_go_up_and_a_colleagues_is_not_written_over(world: World) -> None:
    mall = kept(world)

    second = kept(world, mall_id=mall.pk, expected_version=1, parts={"uppdrag": {"syfte": "Vad ska det leda till?"}})
    assert (second.version, second.parts) == (2, {"uppdrag": {"syfte": "Vad ska det leda till?"}})
    with pytest.raises(Conflict):
        kept(world, mall_id=mall.pk, expected_version=1)


def test_a_template_is_of_its_county_and_its_path(world: World) -> None:
    mall = kept(world)
    stranger = everybody(world)["other county"]
    other = County.objects.get(code="annat")

    assert find_start(viewer(stranger), f"mall-{mall.pk}") is None
    path = Arendegang.objects.create(county=world.county, code="annan", name="Annan gång")
    Mall.objects.filter(pk=mall.pk).update(arendegang=path)
    start = find_start(viewer(world.author), f"mall-{mall.pk}")
    with pytest.raises(Invalid, match="en annan ärendegång"):
        create_satsning(world.body(ARBETSGRUPP), "Ny", actor=world.author, start=start)
    with pytest.raises(NoMandate):
        kept(world, county_id=other.pk)
    assert not Satsning.objects.exists()


def test_an_ended_template_is_offered_no_more(world: World) -> None:
    mall = kept(world)

    end_template(mall.pk, actor=world.coordinator)

    assert find_start(viewer(world.author), f"mall-{mall.pk}") is None
    with pytest.raises(Mall.DoesNotExist):
        kept(world, mall_id=mall.pk, expected_version=1)
    assert kept(world).pk != mall.pk


def test_a_template_holds_texts_alone() -> None:
    names = {field.name for code in ("uppdrag", "koppling", "ekonomi") for field in template_fields(code)}

    assert {"behov", "tidplan", "framgangsfaktorer", "efter_projektet"} <= names
    assert names.isdisjoint({"titel", "ledare", "startar", "grov_kostnad", "ledande_organisation"})


def test_pages_keep_show_offer_and_end_a_template(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)
    assert "Länet har ingen mall än" in client.get("/mallar/").content.decode()

    made = client.post(
        "/mallar/ny/", {"name": "Länets mall", "version": "0", "uppdrag-behov": "Vad vet ni?"}, follow=True
    )
    mall = Mall.objects.get()
    assert "Mallen är sparad." in made.content.decode()
    assert "Vad vet ni?" in client.get(f"/mallar/{mall.pk}/").content.decode()
    offered = enter(world.author).get("/satsningar/ny/").content.decode()
    assert f"/satsningar/ny/?fran=mall-{mall.pk}" in offered
    again = {"name": "Länets mall", "version": "1", "uppdrag-behov": "Nytt."}
    assert client.post(f"/mallar/{mall.pk}/", again).status_code == 302
    stale = client.post(f"/mallar/{mall.pk}/", again)
    assert stale.status_code == 409
    assert "Någon annan har sparat mallen" in stale.content.decode()
    client.post(f"/mallar/{mall.pk}/avsluta/")
    assert "Länets mall" not in enter(world.author).get("/satsningar/ny/").content.decode()
    assert client.post(f"/mallar/{mall.pk}/avsluta/").status_code == 404
    assert client.get(f"/mallar/{mall.pk}/").status_code == 404


def test_pages_refuse_in_words_and_by_role(world: World, enter: Enter) -> None:
    client = enter(world.coordinator)

    unknown = client.post("/mallar/ny/", {"name": "M", "version": "0", "visioner-text": "x", "uppdrag-behov": "y"})
    assert unknown.status_code == 422
    assert "Ärendegången har ingen del som heter ”visioner”" in unknown.content.decode()
    assert client.post("/mallar/ny/", {"name": "", "version": "0"}).status_code == 422
    for address in ("/mallar/", "/mallar/ny/"):
        assert enter(world.author).get(address).status_code == 403
    mall = kept(world)
    assert enter(everybody(world)["other county"]).get(f"/mallar/{mall.pk}/").status_code == 404


def test_what_is_posted_is_sorted_by_part() -> None:
    assert parts_posted(QueryDict("name=x&uppdrag-behov=a&nonsens-x=b")) == {
        "uppdrag": {"behov": "a"},
        "nonsens": {"x": "b"},
    }

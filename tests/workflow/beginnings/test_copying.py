"""Satsningar begun from an earlier one: what comes along, what does not, and the marks until somebody has looked."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Fokusomrade, Organisation
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Handling, Satsning
from satsningar.vocabulary import DECIDED_PARTS, LATER_PARTS
from tests.workflow.beginnings.conftest import Enter
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow import facts, journal
from workflow.beginnings.copying import Start, mark_reviewed
from workflow.beginnings.sources import find_start
from workflow.creation import create_satsning
from workflow.edits import save_part
from workflow.errors import Incomplete, Invalid, NoMandate
from workflow.models import Forlaga, KopieradDel
from workflow.rights import viewer


def begun(world: World, start: Start | None, titel: str = "Mobila team, andra försöket") -> Satsning:
    assert start is not None
    id_, _ = create_satsning(world.body(ARBETSGRUPP), titel, actor=world.author, start=start)
    return Satsning.objects.get(pk=id_)


def from_earlier(world: World, earlier: Satsning) -> Start | None:
    return find_start(viewer(world.author), f"satsning-{earlier.pk}")


def without_ids(value: Any) -> Any:
    """Return content without the ids of its lines and without the versions they have."""
    if isinstance(value, dict):
        return {key: without_ids(inner) for key, inner in value.items() if key != "id"}
    return [without_ids(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture
def earlier(world: World) -> Satsning:
    """Return a case that has run and has results."""
    return world.carried_to(StationKind.BREDDINFORANDE)


def test_the_decided_parts_come_along_and_nothing_else(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))

    was, now = content.read(earlier.pk), content.read(new.pk)
    for part in DECIDED_PARTS:
        expected = dict(was.part(part)) | ({"titel": "Mobila team, andra försöket"} if part == "uppdrag" else {})
        assert without_ids(now.part(part)) == without_ids(expected), part
    assert [part for part in LATER_PARTS if now.versions[part]] == []
    assert (new.station, new.reference, new.submitted_at) == ("utkast", "", None)
    assert not Handling.objects.filter(satsning=new).exists()
    assert not new.revisions.exists()
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_where_it_comes_from_stands_in_the_case_and_its_journal(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))

    kept = Forlaga.objects.get(satsning=new)
    assert (kept.label, kept.tidigare_id, kept.left_behind) == (
        f"Mobila team i hela länet ({earlier.reference})",
        earlier.pk,
        [],
    )
    assert kept.label in new.journal.get().payload.content


def test_what_comes_from_example_data_is_example_data(world: World) -> None:
    example = world.make()
    Satsning.objects.filter(pk=example.pk).update(is_example=True)

    assert begun(world, from_earlier(world, example)).is_example
    assert not begun(world, from_earlier(world, world.make())).is_example


def test_only_parts_with_content_are_marked(world: World) -> None:
    draft = world.make()
    world.fill(draft, "uppdrag", "ekonomi")

    new = begun(world, from_earlier(world, draft))

    assert facts.read(new.pk).copied_parts == ("uppdrag", "ekonomi")


def test_what_has_ended_in_the_county_is_left_out_and_told(world: World, earlier: Satsning) -> None:
    read = content.read(earlier.pk)
    [_, second, *_] = read.rows("omfattning", "deltagare")
    focus = read.rows("koppling", "kopplingar")[1]
    Organisation.objects.filter(pk=second["organisation_id"]).update(ended_on=today())
    Fokusomrade.objects.filter(pk=focus["fokusomrade_id"]).update(ended_on=today())

    new = begun(world, from_earlier(world, earlier))

    kept = content.read(new.pk)
    assert second["organisation_id"] not in {row["organisation_id"] for row in kept.rows("omfattning", "deltagare")}
    left = Forlaga.objects.get(satsning=new).left_behind
    assert ["omfattning", f"Deltagande organisationer: {second['organisation_namn']}"] in left
    assert any(part == "koppling" and focus["fokusomrade_namn"] in text for part, text in left)


def test_marks_are_gaps_when_it_is_handed_in(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))

    with pytest.raises(Incomplete) as caught:
        world.do(new, "lamna_in", world.author)
    assert [gap.message for gap in caught.value.gaps] == [
        f"Gå igenom det som är kopierat i {part.label.lower()}." for part in DECIDED_PARTS
    ]

    for part in DECIDED_PARTS:
        mark_reviewed(new.pk, part, actor=world.author)
    world.do(new, "lamna_in", world.author)
    assert world.fresh(new).station == "inlamnad"


def test_saving_a_part_takes_its_mark_off(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))
    read = content.read(new.pk)

    save_part(new.pk, "uppdrag", {"syfte": "Ett annat."}, actor=world.author, expected_version=read.versions["uppdrag"])
    save_part(new.pk, "ekonomi", {}, actor=world.author, expected_version=read.versions["ekonomi"])

    assert not {"uppdrag", "ekonomi"} & set(facts.read(new.pk).copied_parts)
    mark = KopieradDel.objects.get(satsning=new, part="uppdrag")
    assert (mark.reviewed_by, mark.reviewed_at is None) == (world.author, False)


def test_a_save_that_is_refused_leaves_the_mark(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))

    with pytest.raises(ValidationError):
        save_part(new.pk, "uppdrag", {"startar": "i går"}, actor=world.author, expected_version=2)

    assert "uppdrag" in facts.read(new.pk).copied_parts


def test_only_those_who_write_the_draft_take_marks_off(world: World, earlier: Satsning) -> None:
    new = begun(world, from_earlier(world, earlier))

    for label, person in everybody(world).items():
        if label == "author":
            continue
        with pytest.raises((NoMandate, Satsning.DoesNotExist)):
            mark_reviewed(new.pk, "uppdrag", actor=person)
    assert len(facts.read(new.pk).copied_parts) == len(DECIDED_PARTS)


def test_one_begins_only_from_what_one_may_read(world: World) -> None:
    draft, handed_in = world.make(), world.carried_to(StationKind.INLAMNAD)
    readers = {label: viewer(person) for label, person in everybody(world).items()}

    for label, who in readers.items():
        sees = label in {"author", "observer", "coordinator"}
        assert (find_start(who, f"satsning-{draft.pk}") is not None) == sees, label
    for label in ("nobody", "superuser", "ended", "coming", "other county", "inactive"):
        assert find_start(readers[label], f"satsning-{handed_in.pk}") is None


@pytest.mark.parametrize(
    "named", ["", "satsning-", "satsning-0", "satsning-99999999999999999999", "mall--1", "x-1", "mall-1 "]
)
def test_nonsense_is_nothing_to_begin_from(world: World, named: str) -> None:
    assert find_start(viewer(world.author), named) is None


def test_a_case_of_another_county_is_not_taken_over_unpublished(world: World, earlier: Satsning) -> None:
    start = from_earlier(world, earlier)
    assert start is not None
    foreign = everybody(world)["other county"]
    group = world.county.__class__.objects.get(code="annat").bodies.get(code=ARBETSGRUPP)
    both = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    register_membership(person=both, body=group, role=Role.LEDAMOT, starts_on=today())

    with pytest.raises(Invalid, match="annat län"):
        create_satsning(group, "Hit", actor=both, start=find_start(viewer(both), f"satsning-{earlier.pk}"))
    assert find_start(viewer(foreign), f"satsning-{earlier.pk}") is None


def test_pages_lead_from_an_earlier_one_to_a_marked_draft(world: World, enter: Enter, earlier: Satsning) -> None:
    client = enter(world.author)

    assert "En tidigare satsning i länet" in client.get("/satsningar/ny/").content.decode()
    chosen = client.get("/satsningar/ny/tidigare/?q=mobila").content.decode()
    assert f"/satsningar/ny/?fran=satsning-{earlier.pk}" in chosen
    form = client.get(f"/satsningar/ny/?fran=satsning-{earlier.pk}").content.decode()
    assert 'value="Mobila team i hela länet"' in form
    posted = {"titel": "Igen", "ansvarig_grupp": earlier.ansvarig_grupp_id, "fran": f"satsning-{earlier.pk}"}
    page = client.post("/satsningar/ny/", posted, follow=True).content.decode()

    new = Satsning.objects.latest("pk")
    assert page.count("Kopierad, inte granskad") == len(DECIDED_PARTS)
    assert f'href="/satsningar/{earlier.pk}/"' in page
    part = client.get(f"/satsningar/{new.pk}/del/uppdrag/").content.decode()
    assert 'id="id_kopierat"' in part
    after = client.post(f"/satsningar/{new.pk}/del/uppdrag/genomgangen/", follow=True).content.decode()
    assert after.count("Kopierad, inte granskad") == len(DECIDED_PARTS) - 1


def test_pages_refuse_what_may_not_be_read(world: World, enter: Enter) -> None:
    draft = world.make("Kvarnstensprojektet")
    outsider = world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT)
    client = enter(outsider)

    assert client.get(f"/satsningar/ny/?fran=satsning-{draft.pk}").status_code == 404
    assert client.post("/satsningar/ny/", {"fran": f"satsning-{draft.pk}"}).status_code == 404
    assert "Kvarnstens" not in client.get("/satsningar/ny/tidigare/").content.decode()
    assert client.post(f"/satsningar/{draft.pk}/del/uppdrag/genomgangen/").status_code == 404
    assert client.post(f"/satsningar/{draft.pk}/del/finns-inte/genomgangen/").status_code == 404
    assert enter(world.officer).get("/satsningar/ny/tidigare/").status_code == 403


def test_the_list_of_earlier_ones_costs_the_same_for_one_and_for_many(
    world: World, enter: Enter, django_assert_num_queries: Any
) -> None:
    world.make()
    client = enter(world.author)
    client.get("/satsningar/ny/tidigare/")
    with CaptureQueriesContext(connection) as one:
        client.get("/satsningar/ny/tidigare/")
    for number in range(8):
        world.make(f"Satsning {number}")
    with django_assert_num_queries(len(one)):
        client.get("/satsningar/ny/tidigare/")

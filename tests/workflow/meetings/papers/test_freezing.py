"""What lies on the table: as it is now until it is frozen, and afterwards as it was frozen."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from satsningar import content
from satsningar.models import Handling, Satsning
from satsningar.vocabulary import Handlingsslag, PartCode
from tests.workflow.avsteg.conftest import Asking, asking
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import add_case, add_item, make_meeting
from tests.workflow.world import STEPS, World
from workflow.documents import add_files, mark_secrecy
from workflow.edits import save_part
from workflow.meetings.models import AgendaItem, Meeting, OvrigBilaga, OvrigtArende, Underlag
from workflow.meetings.papers.content import Tabled, TabledFile, as_json
from workflow.meetings.papers.freezing import PapersDamaged, freeze_items
from workflow.meetings.papers.tabled import differences, previous_of, tabled_of
from workflow.meetings.selectors import items_of
from workflow.meetings.vocabulary import ItemKind, MatterKind
from workflow.models import Anmalan, Utlatande

__all__ = ["asking"]


def freeze(world: World, meeting: Meeting) -> None:
    with transaction.atomic():
        freeze_items(meeting, items_of(meeting), at=timezone.now(), actor=world.secretary)


def read(meeting: Meeting) -> dict[int, Tabled]:
    return tabled_of(items_of(meeting))


def on_table(item: AgendaItem) -> Tabled:
    return read(item.meeting)[item.pk]


def case_of(item: AgendaItem) -> Satsning:
    return Satsning.objects.get(anmalningar__agenda_items=item.pk)


def add_matter(world: World, meeting: Meeting, **columns: str) -> AgendaItem:
    words = {
        "title": "Handlingsplan för samsjuklighet",
        "background": "Planen gäller till 2030.",
        "forslag": "Anta den.",
    }
    matter = OvrigtArende.objects.create(
        **words | columns, body=meeting.body, kind=MatterKind.HANDLINGSPLAN, created_by=world.secretary
    )
    return add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title=matter.title)


def test_case_lies_on_the_table_as_it_was_brought(world: World) -> None:
    item = add_case(world, make_meeting(world))
    satsning, anmalan = case_of(item), item.anmalan
    assert anmalan is not None

    found = on_table(item)

    assert found == Tabled(
        title="Mobila team i hela länet",
        reference=satsning.reference,
        satsning_id=satsning.pk,
        revision_id=anmalan.revision_id,
        revision_number=anmalan.revision.number,
        move="bifall",
        move_name="Bifall",
        target="Beslutad",
        made_by=world.body("beredning-personcentrering").name,
        utlatande="Väl berett.",
        rekommendation="tillstyrkan",
        forslag="Satsningen godkänns.",
        parts=content.read(satsning.pk).parts,
    )
    assert not found.is_frozen


def test_other_matter_and_information_lie_on_the_table(world: World) -> None:
    meeting = make_meeting(world)
    other = add_matter(world, meeting)
    matter = OvrigtArende.objects.get()
    OvrigBilaga.objects.create(matter=matter, name="plan.pdf", size=3, sha256="0" * 64, uploaded_by=world.secretary)
    OvrigBilaga.objects.create(
        matter=matter, name="borta.pdf", size=3, removed_at=timezone.now(), uploaded_by=world.secretary
    )
    told = add_item(world, meeting, text="Läget är *gott*.")

    found = read(meeting)

    kept = OvrigBilaga.objects.get(name="plan.pdf")
    assert found == {
        other.pk: Tabled(
            title="Handlingsplan för samsjuklighet",
            background="Planen gäller till 2030.",
            forslag="Anta den.",
            files=(TabledFile("ovrig", kept.pk, "plan.pdf", 3, "0" * 64),),
        ),
        told.pk: Tabled(title="Läget i länet", background="Läget är *gott*."),
    }


def test_frozen_papers_stand_whatever_happens_to_the_matter(world: World) -> None:
    meeting = make_meeting(world)
    case, other = add_case(world, meeting), add_matter(world, meeting)
    before = read(meeting)
    freeze(world, meeting)

    OvrigtArende.objects.update(background="Ändrad.")
    world.do(case_of(case), "aterkalla", world.author, reason="Inte aktuell.")
    found = read(meeting)

    assert [found[one.pk].number for one in (case, other)] == [1, 1]
    assert {id_: replace(one, number=None, frozen_at=None) for id_, one in found.items()} == before
    for one in Underlag.objects.all():
        assert one.content == as_json(found[one.item_id])
        assert one.sha256 == sha256(one.content.encode()).hexdigest()
        assert one.revision_id == found[one.item_id].revision_id


def test_freezing_again_writes_a_number_for_what_differs_alone(world: World) -> None:
    meeting = make_meeting(world)
    add_case(world, meeting)
    other = add_matter(world, meeting)
    freeze(world, meeting)
    freeze(world, meeting)
    assert Underlag.objects.count() == 2

    OvrigtArende.objects.update(forslag="Anta den med ändring.")
    freeze(world, meeting)

    assert list(other.underlag.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Underlag.objects.count() == 3
    assert on_table(other).forslag == "Anta den med ändring."


def test_an_item_of_another_meeting_is_not_frozen(world: World) -> None:
    meeting, other = make_meeting(world), make_meeting(world, days=50)
    item = add_item(world, other)
    with transaction.atomic():
        freeze_items(meeting, [item], at=timezone.now(), actor=world.secretary)
    assert not Underlag.objects.exists()


def test_frozen_papers_that_are_not_what_was_frozen_are_not_shown(world: World) -> None:
    meeting = make_meeting(world)
    item = add_item(world, meeting, text="Läget är gott.")
    Underlag.objects.create(
        item=item,
        number=1,
        content='{"title": "Annat"}',
        sha256="0" * 64,
        frozen_at=meeting.starts_at,
        frozen_by=world.secretary,
    )
    found = on_table(item)
    assert (found.title, found.background, found.damaged) == (
        "Läget i länet",
        "",
        "Handlingarna stämmer inte med sin kontrollsumma.",
    )


def test_a_damaged_revision_is_not_frozen(world: World) -> None:
    meeting = make_meeting(world)
    item = add_case(world, meeting)
    anmalan = Anmalan.objects.select_related("revision").get()
    anmalan.revision.sha256 = "0" * 64
    items: Sequence[AgendaItem] = list(items_of(meeting))
    items[0].anmalan = anmalan

    assert tabled_of(items)[item.pk].damaged == "Revision 2 stämmer inte med sin kontrollsumma."
    with pytest.raises(PapersDamaged, match="Mobila team i hela länet: Revision 2 stämmer inte"), transaction.atomic():
        freeze_items(meeting, items, at=timezone.now(), actor=world.secretary)
    assert not Underlag.objects.exists()


def attached(world: World, satsning: Satsning, name: str, secrecy: str = "") -> int:
    upload = SimpleUploadedFile(name, b"%PDF-1.7\n")
    [bilaga] = add_files(satsning.pk, [upload], actor=world.author, secrecy=secrecy)
    return bilaga.pk


def test_files_with_a_secrecy_mark_are_named_by_the_mark_also_when_it_came_afterwards(world: World) -> None:
    satsning = world.make()
    first = attached(world, satsning, "kalkyl.pdf")
    second = attached(world, satsning, "Annas sak.pdf", "OSL 25 kap. 1 §")
    for step in ("lamna_in", "ta_upp", "anmal"):
        STEPS[step](world, satsning)
    meeting = make_meeting(world)
    item = add_item(
        world, meeting, kind=ItemKind.ARENDE, anmalan=Anmalan.objects.get(satsning=satsning), title="Mobila team"
    )
    marked = TabledFile("bilaga", second, "Handling med sekretessmarkering (OSL 25 kap. 1 §)", 0, "")
    whole = TabledFile("bilaga", first, "kalkyl.pdf", 9, sha256(b"%PDF-1.7\n").hexdigest())
    assert on_table(item).files == (whole, marked)
    freeze(world, meeting)
    assert on_table(item).files == (whole, marked)
    assert "Annas" not in Underlag.objects.get().content

    handling = satsning.handlingar.get(bilaga=first)
    mark_secrecy(satsning.pk, handling.pk, "OSL 19 kap. 3 §", actor=world.author)

    assert on_table(item).files == (
        TabledFile("bilaga", first, "Handling med sekretessmarkering (OSL 19 kap. 3 §)", 0, ""),
        marked,
    )


def test_utlatande_with_a_secrecy_mark_is_left_out(world: World) -> None:
    item = add_case(world, make_meeting(world))
    satsning = case_of(item)
    satsning.handlingar.filter(kind="utlatande").update(secrecy="OSL 25 kap. 1 §")
    found = on_table(item)
    assert (found.utlatande, found.utlatande_sekretess) == ("", "OSL 25 kap. 1 §")


def test_an_items_mark_is_that_of_now(world: World) -> None:
    meeting = make_meeting(world)
    own = add_item(world, meeting, sekretess="OSL 25 kap. 1 §")
    other = add_matter(world, meeting, sekretess="OSL 19 kap. 3 §")
    freeze(world, meeting)
    assert [on_table(one).sekretess for one in (own, other)] == ["OSL 25 kap. 1 §", "OSL 19 kap. 3 §"]
    AgendaItem.objects.filter(pk=own.pk).update(sekretess="")
    assert on_table(own).sekretess == ""


def test_what_changed_is_told_against_the_last_decision(world: World) -> None:
    satsning = world.fresh(case_of(add_case(world, make_meeting(world))))
    decided_on = Anmalan.objects.get(satsning=satsning).revision.number
    world.do(satsning, "aterremiss", world.secretary, **world.prepare_for(satsning, "aterremiss"))
    AgendaItem.objects.update(settled_at=timezone.now())
    version = content.read(satsning.pk).versions[PartCode.EKONOMI]
    value = {**content.read(satsning.pk).part(PartCode.EKONOMI), "efter_projektet": "Regionen betalar allt."}
    save_part(satsning.pk, PartCode.EKONOMI, value, actor=world.author, expected_version=version)
    for move, actor in (("lamna_komplettering", world.author), ("anmal", world.officer)):
        world.do(satsning, move, actor, **world.prepare_for(satsning, move))
    meeting = make_meeting(world, days=50)
    item = add_item(
        world,
        meeting,
        kind=ItemKind.ARENDE,
        anmalan=Anmalan.objects.get(satsning=satsning, closed_at=None),
        title="Mobila team",
    )
    freeze(world, meeting)

    found = on_table(item)

    assert (found.last_revision, found.changed) == (decided_on, ("ekonomi",))
    [part] = differences(found, previous_of([found])[satsning.pk])
    assert [(field.label, field.after) for field in part.fields] == [
        ("Vem som betalar efter projektet", "Regionen betalar allt.")
    ]


def test_what_lay_on_the_table_and_was_not_decided_counts_as_last_time(world: World) -> None:
    first = make_meeting(world)
    item = add_case(world, first)
    freeze(world, first)
    AgendaItem.objects.filter(pk=item.pk).update(withdrawn_at=timezone.now())
    again = add_item(
        world, make_meeting(world, days=50), kind=ItemKind.ARENDE, anmalan=item.anmalan, title="Mobila team"
    )
    found = on_table(again)
    assert (found.last_revision, found.changed) == (found.revision_number, ())


def test_many_items_take_as_many_statements_as_few(world: World) -> None:
    few, many = make_meeting(world), make_meeting(world, days=50)
    for meeting, count in ((few, 1), (many, 4)):
        for _ in range(count):
            add_case(world, meeting)
            add_matter(world, meeting)
            add_item(world, meeting)
    freeze(world, make_meeting(world, days=70))
    reading = [statements_of(partial(read, meeting)) for meeting in (few, many)]
    freezing = [statements_of(partial(freeze, world, meeting)) for meeting in (few, many)]
    frozen = [statements_of(partial(read, meeting)) for meeting in (few, many)]
    assert reading[0] == reading[1] <= 12
    assert freezing[0] == freezing[1] <= 15
    assert frozen == [3, 3]


def test_avsteg_let_through_and_gaps_of_the_proposed_move_are_told(world: World, asking: Asking) -> None:
    satsning = asking.without_economy()
    avsteg = asking.granted(satsning)
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)
    meeting = make_meeting(world)
    anmalan = Anmalan.objects.get(satsning=satsning)
    item = add_item(world, meeting, kind=ItemKind.ARENDE, anmalan=anmalan, title="Mobila team")
    found = on_table(item)
    assert ([one["id"] for one in found.avsteg], found.gaps) == ([avsteg.pk], ())
    Utlatande.objects.update(forslag="")
    assert on_table(item).gaps == ("Skriv förslaget till beslut.",)


def test_a_statement_marked_after_the_kallelse_is_read_no_more(world: World) -> None:
    meeting = make_meeting(world)
    item = add_case(world, meeting)
    freeze(world, meeting)
    assert on_table(item).utlatande == "Väl berett."
    Handling.objects.filter(satsning=case_of(item), kind=Handlingsslag.UTLATANDE).update(secrecy="OSL 25 kap. 1 §")

    assert (on_table(item).utlatande, on_table(item).utlatande_sekretess) == ("", "OSL 25 kap. 1 §")

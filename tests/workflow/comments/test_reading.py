"""What has changed since somebody last read a case, part by part; and that versions of parts are kept."""

import json
from typing import Any

import pytest

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Delversion
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.comments.conftest import Talking
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP, World
from workflow.comments.models import CaseReadMark


@pytest.fixture
def draft(world: World) -> Talking:
    """Return a draft that its group writes."""
    talking = Talking(world, world.make())
    world.fill(talking.case, "uppdrag", "ekonomi")
    return talking


@pytest.fixture
def colleague(world: World) -> Person:
    """Return somebody else in the group."""
    return world.seat(ARBETSGRUPP, Role.LEDAMOT)


NOTICE = "Ändrat sedan du läste"


def posted_versions(talking: Talking) -> dict[str, Any]:
    return {f"version-{part}": version for part, version in content.read(talking.case.pk).versions.items()}


def test_reader_sees_what_somebody_else_has_changed_until_it_is_read(draft: Talking, colleague: Person) -> None:
    reader = at(colleague)
    assert NOTICE not in text_of(reader.get(url("satsning", draft.case)))
    draft.save(malgrupp="Alla som är över åttio år.")

    page = text_of(reader.get(url("satsning", draft.case)))
    assert (NOTICE in page, url("andrat", draft.case) in page) == (True, True)
    changes = text_of(reader.get(url("andrat", draft.case)))
    assert "åttio" in changes
    assert f"Sparad av {draft.world.author.name}" in changes
    assert "Målgrupp" in changes
    assert "Ekonomi" not in changes

    done = reader.post(url("andrat", draft.case), posted_versions(draft))
    assert done.status_code == 302
    assert NOTICE not in text_of(reader.get(url("satsning", draft.case)))
    assert "Inget är ändrat" in text_of(reader.get(url("andrat", draft.case)))


def test_what_one_saves_oneself_is_read(draft: Talking) -> None:
    writer = at(draft.world.author)
    writer.get(url("satsning", draft.case))

    draft.save(malgrupp="Alla som är över åttio år.")

    assert NOTICE not in text_of(writer.get(url("satsning", draft.case)))


def test_own_save_does_not_hide_what_another_saved_before(draft: Talking, colleague: Person) -> None:
    writer = at(draft.world.author)
    writer.get(url("satsning", draft.case))
    draft.save(malgrupp="Alla som är över åttio år.", actor=colleague)
    draft.save(syfte="Ett annat syfte.")

    assert "åttio" in text_of(writer.get(url("andrat", draft.case)))


def test_what_is_saved_while_one_reads_stays_unread(draft: Talking, colleague: Person) -> None:
    reader = at(colleague)
    reader.get(url("satsning", draft.case))
    draft.save(malgrupp="Första.")
    seen = posted_versions(draft)
    draft.save(malgrupp="Andra.")

    reader.post(url("andrat", draft.case), seen)

    changes = text_of(reader.get(url("andrat", draft.case)))
    assert ("Första" in changes, "Andra" in changes) == (True, True)


def test_nobody_marks_their_way_back_to_what_stood_in_a_draft_they_never_read(world: World) -> None:
    talking = Talking(world, world.make())
    talking.save(syfte="Hemligt i utkastet.")
    first = posted_versions(talking)
    world.fill(talking.case, *DECIDED_PARTS)
    world.do(talking.case, "lamna_in", world.author)
    reader = at(world.officer)

    assert reader.post(url("andrat", talking.case), first).status_code == 302

    assert "Hemligt" not in text_of(reader.get(url("andrat", talking.case)))
    assert CaseReadMark.objects.get(person=world.officer).versions == content.read(talking.case.pk).versions


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 30, "999999", "²"])
def test_bad_versions_mark_nothing_that_was_not_there(draft: Talking, colleague: Person, sent: str) -> None:
    reader = at(colleague)
    reader.get(url("satsning", draft.case))
    before = CaseReadMark.objects.get(person=colleague).versions

    answer = reader.post(url("andrat", draft.case), {"version-uppdrag": sent})

    assert answer.status_code == 302
    assert CaseReadMark.objects.get(person=colleague).versions == before


def test_each_save_is_kept_as_it_is_read(draft: Talking) -> None:
    draft.save(part="ekonomi", grov_kostnad="5000.00")
    read = content.read(draft.case.pk)

    kept = Delversion.objects.get(satsning=draft.case, part="ekonomi", version=read.versions["ekonomi"])

    assert json.loads(json.dumps(kept.value)) == json.loads(json.dumps(read.part("ekonomi")))
    versions = Delversion.objects.filter(satsning=draft.case, part="ekonomi").values_list("version", flat=True)
    assert sorted(versions) == list(range(1, read.versions["ekonomi"] + 1))


@pytest.mark.parametrize("kind", [StationKind.GENOMFORANDE, StationKind.SLUTFORD])
def test_every_part_is_kept_as_it_stands(world: World, kind: StationKind) -> None:
    """Whoever wrote it: an author, a contact, a decision that adopted a change."""
    case = world.carried_to(kind)
    read = content.read(case.pk)
    kept = {
        (one.part, one.version): json.loads(json.dumps(one.value)) for one in Delversion.objects.filter(satsning=case)
    }

    now = json.loads(json.dumps(dict(read.parts)))
    assert {part: kept[part, read.versions[part]] for part in now if read.versions[part]} == {
        part: value for part, value in now.items() if read.versions[part]
    }


def test_first_page_costs_one_statement_more_than_the_next(draft: Talking, colleague: Person) -> None:
    reader = at(colleague)

    reader.get(url("satsning", draft.case))

    assert CaseReadMark.objects.filter(person=colleague).count() == 1
    reader.get(url("satsning", draft.case))
    assert CaseReadMark.objects.filter(person=colleague).count() == 1

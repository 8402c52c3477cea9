"""Bringing, changing, withdrawing and settling a matter that is no satsning, and putting it on an agenda."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from governance.models import ArendegangVersion, Body, Fokusomrade
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.errors import AttachmentRefused, Conflict
from tests.workflow.meetings.building import make_meeting
from tests.workflow.meetings.matters.conftest import WORDS, Matters
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.models import AgendaItem, Meeting, OvrigBilaga, OvrigtArende, Underlag
from workflow.meetings.papers.content import from_json
from workflow.meetings.planning.agenda import OnAnotherAgenda
from workflow.meetings.planning.keeper import NotNow
from workflow.meetings.planning.matters.actions import create_matter, put_on_agenda, withdraw
from workflow.meetings.planning.matters.deciding import settled
from workflow.meetings.planning.matters.files import add_files, remove_file
from workflow.meetings.planning.matters.rights import is_under, open_bodies, standing_to_bring, standing_to_edit
from workflow.meetings.planning.matters.selectors import MatterState, at, state_of, waiting_for_agenda, with_state
from workflow.meetings.planning.matters.words import MatterWords
from workflow.meetings.rights import may_read_matter, readable_matters
from workflow.meetings.vocabulary import ItemKind, MatterKind, MeetingState, Outcome
from workflow.models import JournalEntry
from workflow.rights import viewer
from workflow.vocabulary import Act

TEXT = "underlag.txt"


def file(name: str = TEXT, holds: bytes = b"Remissen.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, holds)


def last_act() -> tuple[str, object]:
    entry = JournalEntry.objects.latest("number")
    return entry.act, entry.body_id


@pytest.mark.parametrize(
    ("body", "role", "brings"),
    [
        (STYRGRUPP, Role.SEKRETERARE, True),
        (STYRGRUPP, Role.ORDFORANDE, True),
        (STYRGRUPP, Role.LEDAMOT, False),
        (STYRGRUPP, Role.ADJUNGERAD, False),
        (STOD, Role.SAMORDNARE, True),
        (BEREDNING, Role.HANDLAGGARE, True),
        (BEREDNING, Role.ADJUNGERAD, False),
        (ARBETSGRUPP, Role.LEDAMOT, False),
    ],
)
def test_who_brings_a_matter_is_one_rule_in_two_shapes(
    world: World, matters: Matters, body: str, role: Role, brings: bool
) -> None:
    person, styrgrupp = world.person(body, role), world.body(STYRGRUPP)

    assert (standing_to_bring(viewer(person), styrgrupp) is not None) == brings
    assert (styrgrupp in open_bodies(viewer(person))) == brings
    if brings:
        matter = matters.make(actor=person)
        assert matter.created_by_body == world.body(body)
        assert last_act() == (Act.OVRIGT_ARENDE, world.body(body).pk)
    else:
        with pytest.raises(NoMandate, match="Ärenden till Länsstyrgruppen"):
            matters.make(actor=person)
        assert not OvrigtArende.objects.exists()


def test_every_open_body_is_one_that_the_person_may_bring_a_matter_before(world: World) -> None:
    for person in (world.secretary, world.officer, world.coordinator, world.author):
        who = viewer(person)
        every = Body.objects.filter(county=world.county).order_by("position")
        assert open_bodies(who) == [body for body in every if standing_to_bring(who, body)]


def test_a_body_that_holds_no_meetings_is_brought_nothing(world: World) -> None:
    assert standing_to_bring(viewer(world.coordinator), world.body(ARBETSGRUPP)) is None


def test_a_chain_of_parents_that_goes_round_ends() -> None:
    assert not is_under(1, 9, {1: 2, 2: 3, 3: 1})
    assert is_under(1, 3, {1: 2, 2: 3, 3: None})
    assert not is_under(3, 3, {3: None})


def test_nobody_of_another_county_knows_that_the_body_is_there(world: World) -> None:
    stranger = in_other_county()
    with pytest.raises(Body.DoesNotExist):
        create_matter(world.body(STYRGRUPP).pk, WORDS, actor=stranger)


@pytest.mark.parametrize("mark", ["", "OSL 25 kap. 1 §"])
def test_who_reads_a_matter_is_one_rule_in_two_shapes(world: World, matters: Matters, mark: str) -> None:
    matter = matters.make(replace(WORDS, sekretess=mark), actor=world.officer)
    expected = {
        world.secretary: True,
        world.person(STYRGRUPP, Role.ADJUNGERAD): True,
        world.officer: True,
        world.person(BEREDNING, Role.ADJUNGERAD): True,
        world.coordinator: not mark,
        world.author: False,
        in_other_county(): False,
    }
    for person, reads in expected.items():
        who = viewer(person)
        assert may_read_matter(who, matter) == reads
        assert readable_matters(who).filter(pk=matter.pk).exists() == reads


def test_who_changes_a_matter(world: World, matters: Matters) -> None:
    matter = matters.make(actor=world.officer)
    expected = {
        world.secretary: True,
        world.officer: True,
        world.person(BEREDNING, Role.ORDFORANDE): True,
        world.coordinator: False,
        world.person(STYRGRUPP, Role.LEDAMOT): False,
    }
    assert {p: standing_to_edit(viewer(p), matter) is not None for p in expected} == expected
    with pytest.raises(NoMandate, match=r"eller av .*, som anmälde det"):
        matters.save(matter, WORDS, actor=world.coordinator)
    with pytest.raises(OvrigtArende.DoesNotExist):
        matters.save(matter, WORDS, actor=world.author)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (replace(WORDS, title="  \x00 "), "title"),
        (replace(WORDS, title="a" * 201), "title"),
        (replace(WORDS, kind="satsning"), "kind"),
        (replace(WORDS, background="a" * 20_001), "background"),
        (replace(WORDS, sekretess="a" * 101), "sekretess"),
        (replace(WORDS, version_id=1), "version_id"),
        (replace(WORDS, kind=MatterKind.ARENDEGANG, version_id=2**31), "version_id"),
        (replace(WORDS, kind=MatterKind.FOKUSOMRADE, fokusomrade_id=-1), "fokusomrade_id"),
    ],
)
def test_words_that_cannot_be_used_are_refused_at_their_field(matters: Matters, words: MatterWords, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        matters.make(words)
    assert list(refused.value.errors) == [field]
    assert not OvrigtArende.objects.exists()


def test_what_is_decided_or_taken_up_elsewhere_is_no_new_matter(world: World, matters: Matters) -> None:
    area = Fokusomrade.objects.filter(county=world.county)[0]
    words = replace(WORDS, kind=MatterKind.FOKUSOMRADE, fokusomrade_id=area.pk)
    first = matters.make(words)
    with pytest.raises(Invalid, match="Det finns redan ett öppet ärende"):
        matters.make(words)
    settled(first, matters.decided(matters.on_agenda(first), Outcome.BIFALL))
    with pytest.raises(Invalid, match=r"redan beslutat: Länsstyrgruppen .*, § 14"):
        matters.make(words)


def test_saved_once_and_of_two_the_second_sees_what_stands_there(world: World, matters: Matters) -> None:
    seen = matters.make(actor=world.officer)
    mine, theirs = replace(WORDS, title="Min rubrik"), replace(WORDS, title="Deras rubrik")

    assert matters.save(seen, theirs) == 2
    assert last_act() == (Act.OVRIGT_ARENDE_ANDRAT, world.body(STYRGRUPP).pk)
    with pytest.raises(Conflict) as found:
        matters.save(seen, mine, actor=world.officer)
    assert (found.value.current["title"], found.value.version) == ("Deras rubrik", 2)
    assert matters.save(seen, theirs, actor=world.officer) == 2, "the same words are no conflict"
    assert matters.fresh(seen).title == "Deras rubrik"


def test_put_last_on_an_agenda(world: World, matters: Matters) -> None:
    matter, meeting = matters.make(), make_meeting(world)
    item = matters.on_agenda(matter, meeting)

    assert (item.kind, item.title, item.position, item.is_late) == (ItemKind.OVRIGT, matter.title, 1, False)
    assert last_act()[0] == Act.MOTE_ANDRAT
    assert Meeting.objects.get(pk=meeting.pk).edition == meeting.edition + 1
    with pytest.raises(OnAnotherAgenda, match="Ärendet står redan på dagordningen för Länsstyrgruppens möte"):
        matters.on_agenda(matter, make_meeting(world, days=40))
    assert list(waiting_for_agenda(matter.body_id)) == []


def test_a_matter_after_the_papers_last_day_is_late(world: World, matters: Matters) -> None:
    meeting = make_meeting(world, days=9)
    assert meeting.papers_due < today()
    assert matters.on_agenda(matters.make(), meeting).is_late


def test_after_the_kallelse_a_matter_is_late_and_frozen(world: World, matters: Matters) -> None:
    matter = matters.make(actor=world.officer)
    (kept,) = add_files(matter.pk, [file()], actor=world.officer)
    item = matters.on_agenda(matter, make_meeting(world, state=MeetingState.KALLAT))

    assert item.is_late
    frozen = from_json(Underlag.objects.get(item=item).content)
    assert (frozen.title, frozen.forslag, frozen.background) == (WORDS.title, WORDS.forslag, WORDS.background)
    assert frozen.made_by == world.body(BEREDNING).name
    assert [(one.kept_in, one.id, one.sha256) for one in frozen.files] == [("ovrig", kept.pk, kept.sha256)]
    with pytest.raises(NotFromHere, match="de är frysta"):
        matters.save(matter, replace(WORDS, title="Ny"))


def test_what_does_not_go_on_an_agenda(world: World, matters: Matters) -> None:
    matter, planned = matters.make(), make_meeting(world)
    for state in (MeetingState.AVSLUTAT, MeetingState.JUSTERAT, MeetingState.INSTALLT):
        with pytest.raises(NotNow):
            matters.on_agenda(matter, make_meeting(world, state=state))
    with pytest.raises(Meeting.DoesNotExist):
        matters.on_agenda(matter, make_meeting(world, body=world.body(BEREDNING)))
    with pytest.raises(NoMandate, match="planeras av dess sekreterare och ordförande"):
        put_on_agenda(matter.pk, planned.pk, actor=world.coordinator)
    with pytest.raises(Meeting.DoesNotExist):
        put_on_agenda(matter.pk, planned.pk, actor=world.author)
    with pytest.raises(Invalid, match="Skriv förslaget till beslut"):
        matters.on_agenda(matters.make(replace(WORDS, forslag=" ")), planned)
    withdraw(matter.pk, reason="Löst.", actor=world.secretary)
    with pytest.raises(NotFromHere, match="avslutat"):
        matters.on_agenda(matter, planned)
    assert not AgendaItem.objects.exists()


def test_papers_change_until_the_kallelse_and_not_after(world: World, matters: Matters) -> None:
    matter = matters.make(actor=world.officer)
    item = matters.on_agenda(matter)
    before = Meeting.objects.get(pk=item.meeting_id).edition
    matters.save(matter, replace(WORDS, title="Ny rubrik"), actor=world.officer)
    item.refresh_from_db()
    assert (item.title, Meeting.objects.get(pk=item.meeting_id).edition) == ("Ny rubrik", before + 1)

    Meeting.objects.filter(pk=item.meeting_id).update(state=MeetingState.KALLAT, called_at=timezone.now())

    frozen = "har gått ut med ärendets handlingar, och de är frysta"
    with pytest.raises(NotFromHere, match=frozen):
        matters.save(matters.fresh(matter), WORDS)
    with pytest.raises(NotFromHere, match=frozen):
        add_files(matter.pk, [file()], actor=world.secretary)
    with pytest.raises(NotFromHere, match=frozen):
        withdraw(matter.pk, reason="Löst.", actor=world.secretary)
    assert matters.fresh(matter).title == "Ny rubrik"


def test_withdrawn_with_a_reason_and_not_from_an_agenda(world: World, matters: Matters) -> None:
    matter = matters.make()
    with pytest.raises(Invalid, match="Skriv varför"):
        withdraw(matter.pk, reason=" ", actor=world.secretary)
    item = matters.on_agenda(matter)
    with pytest.raises(NotFromHere, match="Ta bort det därifrån först"):
        withdraw(matter.pk, reason="Löst.", actor=world.secretary)
    item.delete()
    withdraw(matter.pk, reason="Löst.", actor=world.secretary)
    assert last_act()[0] == Act.OVRIGT_ARENDE_ATERTAGET
    with pytest.raises(NotFromHere, match="avslutat"):
        matters.save(matters.fresh(matter), WORDS)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_matter_follows_what_the_meeting_decided(world: World, matters: Matters, outcome: Outcome) -> None:
    area = Fokusomrade.objects.filter(county=world.county)[0]
    matter = matters.make(replace(WORDS, kind=MatterKind.FOKUSOMRADE, fokusomrade_id=area.pk))
    paragraf = matters.decided(matters.on_agenda(matter), outcome)

    settled(matter, paragraf)

    back = outcome in {Outcome.BORDLAGGNING, Outcome.ATERREMISS, Outcome.UTGICK}
    assert (matters.fresh(matter).closed_at is None) == back
    area.refresh_from_db()
    bifall = outcome in {Outcome.BIFALL, Outcome.BIFALL_ANDRING}
    said = ("§ 14", today(), "Länsstyrgruppen") if bifall else ("", None, "")
    assert (area.decided_paragraph, area.minuted_on, area.minuted_by) == said
    if back:
        matters.save(matters.fresh(matter), replace(matters_words(matter), title="Omarbetat"))
        assert matters.on_agenda(matters.fresh(matter), make_meeting(world, days=50)).title == "Omarbetat"


def matters_words(matter: OvrigtArende) -> MatterWords:
    return replace(WORDS, kind=matter.kind, fokusomrade_id=matter.fokusomrade_id)


def test_a_version_carries_the_paragraph_that_decided_it_once(world: World, matters: Matters) -> None:
    version = ArendegangVersion.objects.filter(arendegang__county=world.county).latest("pk")
    words = replace(WORDS, kind=MatterKind.ARENDEGANG, version_id=version.pk)
    first = matters.make(words)
    settled(first, matters.decided(matters.on_agenda(first), Outcome.BIFALL))
    version.refresh_from_db()
    assert version.decided_paragraph == "§ 14"

    second = matters.make()
    OvrigtArende.objects.filter(pk=second.pk).update(kind=MatterKind.ARENDEGANG, version=version)
    paragraf = matters.decided(matters.on_agenda(second, make_meeting(world, days=50)), Outcome.BIFALL, number=15)
    with pytest.raises(NotFromHere, match="redan fört"):
        settled(second, paragraf)


def test_how_a_matter_stands_is_one_rule_in_two_shapes(world: World, matters: Matters) -> None:
    waiting, ahead, gone, back = (matters.make() for _ in range(4))
    decided = matters.make()
    matters.on_agenda(ahead)
    withdraw(gone.pk, reason="Löst.", actor=world.secretary)
    settled(back, matters.decided(matters.on_agenda(back, make_meeting(world)), Outcome.BORDLAGGNING))
    settled(decided, matters.decided(matters.on_agenda(decided, make_meeting(world)), Outcome.AVSLAG, number=15))
    expected = {
        waiting.pk: MatterState.VANTAR,
        ahead.pk: MatterState.PA_DAGORDNING,
        gone.pk: MatterState.ATERTAGET,
        back.pk: MatterState.VANTAR,
        decided.pk: MatterState.AVGJORT,
    }
    assert {row.pk: state_of(row) for row in with_state(OvrigtArende.objects.all())} == expected
    for state in MatterState:
        found = set(OvrigtArende.objects.filter(at(state)).values_list("pk", flat=True))
        assert found == {pk for pk, one in expected.items() if one is state}


def test_files_are_kept_all_or_none(world: World, matters: Matters, media: Path) -> None:
    matter = matters.make()
    with pytest.raises(AttachmentRefused, match="är tom"):
        add_files(matter.pk, [file(), file("tom.txt", b"")], actor=world.secretary)
    assert not OvrigBilaga.objects.exists()
    assert [one for one in media.rglob("*") if one.is_file()] == []

    (kept,) = add_files(matter.pk, [file()], actor=world.secretary)
    assert (kept.name, kept.size, kept.content_type) == (TEXT, 9, "text/plain")
    assert last_act()[0] == Act.BILAGA_TILLAGD
    remove_file(matter.pk, kept.pk, actor=world.secretary)
    with pytest.raises(OvrigBilaga.DoesNotExist):
        remove_file(matter.pk, kept.pk, actor=world.secretary)


@pytest.mark.parametrize(("before", "after"), [("", "OSL 25 kap. 1 §"), ("OSL 25 kap. 1 §", "")])
def test_mark_of_what_has_a_paragraph_is_not_changed_on_the_matter(matters: Matters, before: str, after: str) -> None:
    matter = matters.make(replace(WORDS, sekretess=before))
    matters.decided(matters.on_agenda(matter), Outcome.BORDLAGGNING)

    with pytest.raises(Invalid, match="Den som för protokollet"):
        matters.save(matter, replace(WORDS, sekretess=after))

    assert matters.fresh(matter).sekretess == before
    matters.save(matter, replace(WORDS, sekretess=before, title="En annan rubrik"))
    assert matters.fresh(matter).title == "En annan rubrik"

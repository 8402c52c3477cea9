"""The pages of matters that are no satsning."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.models import Fokusomrade
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import make_meeting
from tests.workflow.meetings.matters.conftest import WORDS, Matters
from tests.workflow.pages.helping import at, text_of
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import BEREDNING, STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Meeting, OvrigBilaga, OvrigtArende
from workflow.meetings.planning.matters.files import add_files
from workflow.meetings.vocabulary import MatterKind, MeetingState, Outcome


def page(matter: OvrigtArende, name: str = "ovrigt_arende", *more: object) -> str:
    return reverse(name, args=[matter.pk, *more])


def posted(**more: Any) -> dict[str, Any]:
    return {name: value for name, value in (WORDS.columns | more).items() if value is not None}


def test_brought_read_put_on_an_agenda_and_decided(world: World, matters: Matters) -> None:
    officer, secretary = at(world.officer), at(world.secretary)
    assert reverse("ovrigt_arende_nytt") in text_of(officer.get(reverse("ovriga_arenden")))
    styrgrupp = world.body(STYRGRUPP)
    assert reverse("ovrigt_arende_skriv", args=[styrgrupp.pk]) in text_of(officer.get(reverse("ovrigt_arende_nytt")))

    brought = officer.post(reverse("ovrigt_arende_skriv", args=[styrgrupp.pk]), posted())

    matter = OvrigtArende.objects.get()
    assert (brought.status_code, brought["Location"]) == (302, page(matter))
    shown = text_of(officer.get(page(matter)))
    assert WORDS.title in shown
    assert "Lägg på dagordningen" not in shown
    meeting = make_meeting(world)
    assert "Lägg på dagordningen" in text_of(secretary.get(page(matter)))
    assert WORDS.title in text_of(secretary.get(reverse("dagordning", args=[meeting.pk])))
    put = secretary.post(page(matter, "ovrigt_arende_dagordning"), {"meeting": meeting.pk})
    assert put["Location"] == reverse("dagordning", args=[meeting.pk])
    assert "På dagordningen" in text_of(secretary.get(page(matter)))

    matters.decided(AgendaItem.objects.get(), Outcome.BORDLAGGNING)

    shown = text_of(officer.get(page(matter)))
    assert "§ 14" in shown
    assert "Väntar på ett möte" in shown


def test_one_body_is_not_asked_for(world: World) -> None:
    asked = at(world.secretary).get(reverse("ovrigt_arende_nytt"))
    assert asked["Location"] == reverse("ovrigt_arende_skriv", args=[world.body(STYRGRUPP).pk])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"title": ""}, "Skriv en rubrik."),
        ({"kind": "nonsens"}, "Välj vad ärendet gäller."),
        ({"background": "a" * 100_000}, "Texten är för lång"),
        ({"kind": "fokusomrade", "fokusomrade_id": "1x"}, "Välj ett fokusområde som finns i länet"),
        ({"kind": "arendegang", "version_id": "99999999999999999999"}, "Välj en version som finns i länet"),
    ],
)
def test_words_that_cannot_be_used_are_shown_again(world: World, data: dict[str, str], said: str) -> None:
    answer = at(world.secretary).post(
        reverse("ovrigt_arende_skriv", args=[world.body(STYRGRUPP).pk]), posted(forslag="Kvar.") | data
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Kvar." in text_of(answer)
    assert not OvrigtArende.objects.exists()


def test_a_focus_area_is_offered_with_a_matter_about_one(world: World, matters: Matters) -> None:
    """Without a script the field stands there for every kind: it says so, and counts for one alone."""
    area = Fokusomrade.objects.filter(county=world.county)[0]
    address, client = reverse("ovrigt_arende_skriv", args=[world.body(STYRGRUPP).pk]), at(world.secretary)
    shown = text_of(client.get(address))
    assert 'data-when="kind" data-is="fokusomrade"' in shown
    assert "annars räknas valet inte" in shown
    assert client.post(address, posted(fokusomrade_id=area.pk)).status_code == 302
    assert client.post(address, posted(fokusomrade_id="1x")).status_code == 302
    assert list(OvrigtArende.objects.values_list("fokusomrade", flat=True)) == [None, None]
    OvrigtArende.objects.all().delete()
    matters.make(replace(WORDS, kind=MatterKind.FOKUSOMRADE, fokusomrade_id=area.pk))
    assert str(area) in text_of(at(world.secretary).get(page(OvrigtArende.objects.get())))


def test_of_two_who_change_a_matter_the_second_sees_both_texts(world: World, matters: Matters) -> None:
    matter, secretary = matters.make(), at(world.secretary)
    edit = page(matter, "ovrigt_arende_andra")
    assert secretary.post(edit, posted(title="Deras rubrik", version=1)).status_code == 302
    second = secretary.post(edit, posted(title="Min rubrik", version=1))

    assert second.status_code == 409
    assert "Deras rubrik" in text_of(second)
    assert "Min rubrik" in text_of(second)
    kept = posted(title="Min rubrik", version=1, konflikt="behall_min", konflikt_version=2)
    assert secretary.post(edit, kept).status_code == 302
    assert matters.fresh(matter).title == "Min rubrik"
    assert secretary.post(edit, posted(title="X", version=1, konflikt="ta_deras")).status_code == 302
    assert matters.fresh(matter).title == "Min rubrik"


def test_frozen_papers_say_why_they_do_not_change(world: World, matters: Matters) -> None:
    matter = matters.make()
    item = matters.on_agenda(matter)
    Meeting.objects.filter(pk=item.meeting_id).update(state=MeetingState.KALLAT)
    secretary = at(world.secretary)

    shown = text_of(secretary.get(page(matter)))
    assert "de är frysta" in shown
    assert page(matter, "ovrigt_arende_andra") not in shown
    refused = secretary.post(page(matter, "ovrigt_arende_andra"), posted(title="Ny rubrik", version=1))
    assert (refused.status_code, "de är frysta" in text_of(refused)) == (409, True)
    assert matters.fresh(matter).title == WORDS.title


def test_what_nobody_may_see_is_not_there(world: World, matters: Matters) -> None:
    matter = matters.make(replace(WORDS, sekretess="OSL 25 kap. 1 §"), actor=world.officer)
    for person in (world.coordinator, world.author, in_other_county()):
        client = at(person)
        assert client.get(page(matter)).status_code == 404
        assert client.post(page(matter, "ovrigt_arende_andra"), posted()).status_code == 404
        assert WORDS.title not in text_of(client.get(reverse("ovriga_arenden")))
    assert WORDS.title in text_of(at(world.secretary).get(reverse("ovriga_arenden")))


def test_who_may_not_is_told_who_may(world: World, matters: Matters) -> None:
    matter = matters.make()
    coordinator = at(world.coordinator)
    assert "Ärendet ändras av sekreteraren" in text_of(coordinator.get(page(matter)))
    assert coordinator.get(page(matter, "ovrigt_arende_andra")).status_code == 403
    assert at(world.author).get(reverse("ovrigt_arende_nytt")).status_code == 403
    assert at(world.author).get(reverse("ovrigt_arende_skriv", args=[matter.body_id])).status_code == 403
    assert at(in_other_county()).get(reverse("ovrigt_arende_skriv", args=[matter.body_id])).status_code == 404


def test_a_file_is_given_out_to_readers_alone(world: World, matters: Matters) -> None:
    matter, secretary = matters.make(), at(world.secretary)
    sent = secretary.post(
        page(matter, "ovrigt_arende_bilagor"), {"files": SimpleUploadedFile("remiss.txt", b"Remissen.")}
    )
    row = OvrigBilaga.objects.get()
    address = page(matter, "ovrig_bilaga", row.pk)

    assert sent.status_code == 302
    assert address in text_of(secretary.get(page(matter)))
    given: Any = secretary.get(address)
    assert b"".join(given.streaming_content) == b"Remissen."
    assert (given["Content-Disposition"], given["Content-Security-Policy"]) == (
        'attachment; filename="remiss.txt"',
        "default-src 'none'; sandbox",
    )
    assert at(world.author).get(address).status_code == 404
    other = matters.make()
    assert secretary.get(page(other, "ovrig_bilaga", row.pk)).status_code == 404
    refused = secretary.post(page(matter, "ovrigt_arende_bilagor"), {"files": SimpleUploadedFile("a.exe", b"MZ\x00")})
    assert (refused.status_code, "av en typ som inte tas emot" in text_of(refused)) == (422, True)
    assert secretary.post(page(matter, "ta_bort_ovrig_bilaga", row.pk)).status_code == 302
    assert secretary.get(address).status_code == 404


def test_withdrawn_on_its_page(world: World, matters: Matters) -> None:
    matter, secretary = matters.make(), at(world.secretary)
    empty = secretary.post(page(matter, "ovrigt_arende_ta_tillbaka"), {"reason": ""})
    assert (empty.status_code, "Skriv varför ärendet tas tillbaka." in text_of(empty)) == (422, True)
    assert secretary.post(page(matter, "ovrigt_arende_ta_tillbaka"), {"reason": "Löst."}).status_code == 302
    assert "Återtaget" in text_of(secretary.get(page(matter)))


def test_a_meeting_that_is_not_offered_is_refused_at_the_field(world: World, matters: Matters) -> None:
    matter, secretary = matters.make(), at(world.secretary)
    elsewhere = make_meeting(world, body=world.body(BEREDNING))
    for value in (elsewhere.pk, "x", ""):
        answer = secretary.post(page(matter, "ovrigt_arende_dagordning"), {"meeting": value})
        assert answer.status_code == 422
    assert not AgendaItem.objects.exists()


def test_the_list_is_narrowed_and_costs_as_much_for_many(world: World, matters: Matters) -> None:
    matter = matters.make()
    matters.on_agenda(matter)
    secretary, address = at(world.secretary), reverse("ovriga_arenden")
    matters.make(replace(WORDS, title="Val av vice ordförande", kind=MatterKind.UTNAMNING))
    narrowed = text_of(secretary.get(f"{address}?lage=pa_dagordning&organ={matter.body_id}"))
    assert WORDS.title in narrowed
    assert "Val av vice ordförande" not in narrowed
    assert secretary.get(f"{address}?lage=nonsens&organ=x&sida=-1").status_code == 200

    few = statements_of(lambda: secretary.get(address))
    few_page = statements_of(lambda: secretary.get(page(matter)))
    for number in range(12):
        other = matters.make(replace(WORDS, title=f"Ärende {number}"))
        add_files(other.pk, [SimpleUploadedFile("a.txt", b"A")], actor=world.secretary)
        add_files(matter.pk, [SimpleUploadedFile("a.txt", b"A")], actor=world.secretary)
    assert statements_of(lambda: secretary.get(address)) == few
    assert statements_of(lambda: secretary.get(page(matter))) == few_page

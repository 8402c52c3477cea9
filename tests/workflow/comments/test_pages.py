"""The pages of comments: beside the field, the case's list, a thread, gathering them, and what each differs since."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.vocabulary import Role, StationKind
from satsningar.vocabulary import PartCode
from tests.workflow.comments.conftest import ASKS, Talking
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import STYRGRUPP
from workflow.comments.actions import NOT_IN_LIST
from workflow.comments.models import Kommentar, Kommentarsnamn
from workflow.models import Komplettering


def thread_url(row: Kommentar) -> str:
    return reverse("kommentar", args=[row.satsning_id, row.pk])


def test_comment_is_made_beside_the_field_and_shown_there(talking: Talking) -> None:
    officer = at(talking.world.officer)
    part = text_of(officer.get(url("del", talking.case, "uppdrag")))
    address = f"{url('ny_kommentar', talking.case, 'uppdrag')}?falt=malgrupp"
    assert address in part

    form = text_of(officer.get(address))
    assert '<option value="malgrupp" selected>Målgrupp</option>' in form
    done: Any = officer.post(url("ny_kommentar", talking.case, "uppdrag"), {"field": "malgrupp", "text": ASKS})
    assert (done.status_code, done.url) == (302, url("del", talking.case, "uppdrag") + "#id_malgrupp")

    [row] = Kommentar.objects.all()
    for person in (talking.world.officer, talking.world.author, talking.world.seat(STYRGRUPP, Role.LEDAMOT)):
        shown = text_of(at(person).get(url("del", talking.case, "uppdrag")))
        assert (ASKS in shown, thread_url(row) in shown) == (True, True)
    assert "Kommentera<" not in text_of(at(talking.world.author).get(url("del", talking.case, "uppdrag")))


def test_writer_sees_comments_beside_fields_and_lists_of_the_form(talking: Talking) -> None:
    field, rows, whole = talking.comment(), talking.comment("Vad?", "ekonomi", "kostnader"), talking.comment(field="")
    talking.request(field, rows, whole)
    author = at(talking.world.author)

    for part, comments in (("uppdrag", (field, whole)), ("ekonomi", (rows,))):
        page = text_of(author.get(url("del", talking.case, part)))
        assert "data-autosave" in page
        assert all(thread_url(row) in page for row in comments)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"field": "malgrupp", "text": ""}, "Skriv vad du vill säga."),
        ({"field": "annat", "text": "Hej"}, "Välj vad i delen kommentaren gäller."),
        ({"field": "", "text": "Hej", "names": ["999999"]}, NOT_IN_LIST),
        ({"field": "", "text": "Hej", "names": ["x"]}, NOT_IN_LIST),
        ({"field": "", "text": "Kvar " + "x" * 4_000}, "Texten är"),
    ],
)
def test_bad_comment_gets_a_sentence_and_loses_nothing(talking: Talking, data: dict[str, Any], message: str) -> None:
    answer = at(talking.world.officer).post(url("ny_kommentar", talking.case, "uppdrag"), data)

    page = text_of(answer)
    assert answer.status_code == 422
    assert message in page
    assert data["text"][:100] in page
    assert Kommentar.objects.count() == 0


def test_named_is_chosen_among_those_who_read(talking: Talking) -> None:
    member = talking.world.seat(STYRGRUPP, Role.LEDAMOT)
    address = url("ny_kommentar", talking.case, "uppdrag")
    page = text_of(at(talking.world.officer).get(address))
    assert (member.name in page, f'value="{talking.world.officer.pk}"' in page) == (True, False)

    at(talking.world.officer).post(address, {"field": "", "text": "Vet du?", "names": [member.pk]})

    assert list(Kommentarsnamn.objects.values_list("person", flat=True)) == [member.pk]
    shown = text_of(at(member).get(f"{url('kommentarer', talking.case)}?namnd=on"))
    assert (f"@{member.name}" in shown, "Vet du?" in shown) == (True, True)


def test_comment_is_answered_and_accepted_on_its_page(talking: Talking) -> None:
    row = talking.comment()
    author, officer = at(talking.world.author), at(talking.world.officer)
    assert "Svara" in text_of(author.get(thread_url(row)))

    author.post(thread_url(row), {"seen": 0, "kind": "svar", "text": "Äldre med flera sjukdomar."})
    shown = text_of(officer.get(thread_url(row)))
    assert ("Äldre med flera sjukdomar." in shown, "Godta svaret" in shown) == (True, True)
    officer.post(thread_url(row), {"seen": 1, "kind": "godtagen", "text": ""})

    assert talking.state(row) == "godtagen"


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        ({"seen": 0, "kind": "godtagen", "text": "Kvar."}, 409, "Någon har skrivit"),
        ({"seen": 1, "kind": "oppnad", "text": ""}, 422, "Skriv vad som fattas."),
        ({"seen": 1, "kind": "svar", "text": "Kvar."}, 422, "Läs hur kommentaren står nu."),
        ({"seen": 1, "text": "Kvar."}, 422, "Välj vad du vill göra."),
        ({"seen": "x", "kind": "inlagg", "text": "Kvar."}, 422, "Kvar."),
    ],
)
def test_bad_entry_gets_a_sentence_and_loses_nothing(
    talking: Talking, data: dict[str, Any], status: int, message: str
) -> None:
    row = talking.comment()
    talking.write(row, "svar", "Äldre.")

    answer = at(talking.world.officer).post(thread_url(row), data)

    assert (answer.status_code, message in text_of(answer), data["text"] in text_of(answer)) == (status, True, True)
    assert row.inlagg.count() == 1


def test_reader_without_a_part_in_it_is_told_who_comments(talking: Talking) -> None:
    row = talking.comment()
    observer = at(talking.world.seat(STYRGRUPP, Role.ADJUNGERAD))

    shown = text_of(observer.get(thread_url(row)))
    assert ("Satsningen kommenteras av" in shown, "<textarea" in shown) == (True, False)
    refused = observer.post(thread_url(row), {"seen": 0, "kind": "inlagg", "text": "Hej"})
    assert (refused.status_code, row.inlagg.count()) == (403, 0)
    assert observer.get(url("ny_kommentar", talking.case, "uppdrag")).status_code == 403


def test_comment_of_another_case_is_not_found(talking: Talking) -> None:
    other = Talking(talking.world, talking.world.carried_to(StationKind.BEREDNING))
    row = other.comment()

    answers = [
        at(talking.world.officer).get(reverse("kommentar", args=[talking.case.pk, key]))
        for key in (row.pk, 0, 2**63, 10**30)
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]


def test_list_is_narrowed_by_state_and_part(talking: Talking) -> None:
    answered, left = talking.comment("Vem?"), talking.comment("Var?", "omfattning", "")
    talking.write(answered, "svar", "Äldre.")
    client = at(talking.world.author)

    def shown(query: str) -> tuple[bool, bool]:
        page = text_of(client.get(url("kommentarer", talking.case) + query))
        return thread_url(answered) in page, thread_url(left) in page

    assert shown("") == (True, True)
    assert shown("?lage=oppen") == (False, True)
    assert shown("?lage=besvarad") == (True, False)
    assert shown("?del=omfattning") == (False, True)
    assert shown("?namnd=on") == (False, False)
    assert shown("?lage=finnsinte&sida=99") == (True, True)


def test_request_lists_open_comments_by_part_ticked(talking: Talking) -> None:
    asked, left = talking.comment("Vem betalar sedan?", "ekonomi", ""), talking.comment()
    closed = talking.comment("Redan svarat", "resurser", "")
    talking.write(closed, "svar", "Ja.")
    officer, address = at(talking.world.officer), url("gor", talking.case, "begar_komplettering")

    page = text_of(officer.get(address))
    assert "Hela delen: Vem betalar sedan?" in page
    assert page.count(" checked") == 2
    assert "Redan svarat" not in page
    edition = talking.world.fresh(talking.case).edition
    data = {"edition": edition, "reason": "Oklart.", "kommentarer_ekonomi": [asked.pk]}
    assert officer.post(address, data).status_code == 302

    [request] = Komplettering.objects.filter(satsning=talking.case)
    assert (request.part, [one.kommentar_id for one in request.kommentarer.all()]) == ("ekonomi", [asked.pk])
    assert talking.state(left) == "oppen"


def test_request_without_comments_or_words_says_what_is_needed(talking: Talking) -> None:
    talking.comment()
    edition = talking.world.fresh(talking.case).edition
    answer = at(talking.world.officer).post(
        url("gor", talking.case, "begar_komplettering"), {"edition": edition, "reason": "Oklart."}
    )

    assert answer.status_code == 422
    assert "eller välj en öppen kommentar" in text_of(answer)


def test_handing_in_shows_what_differs_since_each_comment(talking: Talking) -> None:
    changed, same = talking.comment(), talking.comment("Vad?", "ekonomi", "efter_projektet")
    talking.request(changed, same)
    talking.save(malgrupp="Äldre med stora behov i hela länet.")
    for row in (changed, same):
        talking.write(row, "svar", "Nu står det i delen.")
    author = at(talking.world.author)

    for address in (url("gor", talking.case, "lamna_komplettering"), url("komplettering", talking.case)):
        page = text_of(author.get(address))
        assert page.count("Ändrat sedan kommentaren") == 1
        assert "Inget är ändrat här sedan kommentaren skrevs." in page
        assert "<ins>stora</ins>" in page or "stora behov" in page
    assert thread_url(changed) in text_of(author.get(url("gor", talking.case, "lamna_komplettering")))


def test_case_page_says_how_many_comments_stand_how(talking: Talking) -> None:
    rows = [talking.comment(), talking.comment()]
    talking.write(rows[0], "svar", "Ja.")

    page = text_of(at(talking.world.author).get(url("satsning", talking.case)))

    assert ("1 öppen" in page, "1 besvarad" in page, "godtagen" in page) == (True, True, False)


def test_pages_cost_the_same_however_many_comments(talking: Talking) -> None:
    client = at(talking.world.author)
    addresses = [url("satsning", talking.case), url("kommentarer", talking.case), url("del", talking.case, "uppdrag")]
    talking.write(talking.comment(), "svar", "Ja.")

    def costs() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                client.get(address)
            found.append(len(caught))
        return found

    few = costs()
    for _ in range(8):
        talking.write(talking.comment(), "svar", "Ja.")

    assert costs() == few


@pytest.mark.parametrize("part", [PartCode.SLUTRAPPORT, "ingen"])
def test_only_parts_of_the_proposal_are_commented(talking: Talking, part: str) -> None:
    assert at(talking.world.officer).get(url("ny_kommentar", talking.case, part)).status_code == 404

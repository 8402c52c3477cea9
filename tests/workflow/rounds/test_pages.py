"""The pages of rounds: who sees them, what they say, and that a form does what the act does."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.factories import make_person
from tests.workflow.rounds.conftest import Rounds
from workflow.rounds.answers import answer_remiss, decline, hand_over
from workflow.rounds.models import Round
from workflow.rounds.questions import Question
from workflow.vocabulary import AnswerState, Stance


def page(person: Person, address: str, data: Mapping[str, object] | None = None) -> tuple[int, str]:
    """Return status and text of a page asked for, or posted to, by somebody."""
    client = Client()
    client.force_login(person)
    response = client.get(address) if data is None else client.post(address, data)
    return response.status_code, response.content.decode()


def post(person: Person, address: str, data: Mapping[str, object]) -> str:
    """Post a form that is taken; return where it leads."""
    client = Client()
    client.force_login(person)
    response = client.post(address, data)
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def asked(*questions: str) -> dict[str, object]:
    """Return the list of questions as a form sends it."""
    rows = {f"fragor-{number}-text": text for number, text in enumerate(questions)}
    return {"fragor-TOTAL_FORMS": str(len(questions)), "fragor-INITIAL_FORMS": "0", **rows}


def sent(rounds: Rounds, **changed: object) -> dict[str, object]:
    values: dict[str, object] = {
        "purpose": "Synpunkter inför beslut",
        **asked("Vad betyder det för er?"),
        "deadline": (today() + timedelta(days=21)).isoformat(),
        "receivers": [str(body.pk) for body in rounds.contacts("flen", "trosa")],
    }
    return values | changed


def test_remiss_travels_through_the_pages(rounds: Rounds) -> None:
    satsning, officer = rounds.in_preparation(), rounds.world.officer
    opening = reverse("runda_oppna", args=[satsning.pk, "remiss"])
    status, text = page(officer, opening)
    assert (status, "Trosa kommun" in text, "Beredningsgruppen personcentrering</label>" in text) == (200, True, False)

    there = post(officer, opening, sent(rounds))
    held = Round.objects.get(satsning=satsning)
    assert there == held.get_absolute_url()
    flen, trosa = rounds.answer(held, "flen"), rounds.answer(held, "trosa")

    answering = reverse("runda_svara", args=[flen.pk])
    assert answering in page(rounds.contact("flen"), there)[1]
    assert "Vad betyder det för er?" in page(rounds.contact("flen"), answering)[1]
    post(
        rounds.contact("flen"),
        answering,
        {
            "stance": "med_andringar",
            "text": "Flen börjar **hösten 2027**.",
            "stance-1": "avstar",
        },
    )

    colleague = rounds.world.seat("kontakt-trosa", Role.KONTAKTPERSON)
    post(rounds.contact("trosa"), reverse("runda_lamna_over", args=[trosa.pk]), {"to": str(colleague.pk)})

    status, text = page(officer, there)
    assert status == 200
    assert "1 av 2 har svarat" in text
    assert "<strong>hösten 2027</strong>" in text
    assert f"Ligger hos {colleague.name}" in text
    closing = reverse("runda_stang", args=[held.pk])
    assert closing in text
    assert "Trosa kommun" in page(officer, closing)[1]

    post(officer, closing, {})
    text = page(officer, there)[1]
    assert "Svarade inte" in text
    assert closing not in text


def test_confirmation_travels_through_the_pages(rounds: Rounds) -> None:
    satsning, author = rounds.decided(), rounds.world.author
    opening = reverse("runda_oppna", args=[satsning.pk, "resursbekraftelse"])
    taking_part = [str(body.pk) for body in rounds.contacts("region-sormland", "eskilstuna", "flen")]
    assert page(author, opening)[1].count("checked") == 3

    there = post(author, opening, sent(rounds, receivers=taking_part, **asked()))
    held = Round.objects.get(satsning=satsning)
    region, flen = rounds.answer(held, "region-sormland"), rounds.answer(held, "flen")
    text = page(rounds.contact("region-sormland"), reverse("runda_svara", args=[region.pk]))[1]
    assert "Distriktssköterska" in text
    assert "830\xa0000\xa0kr" in text
    yes = {"stance": "bekraftar", "decision_date": today().isoformat(), "decision_number": "RS-HOS26-0117"}
    post(rounds.contact("region-sormland"), reverse("runda_svara", args=[region.pk]), yes)
    no = {"stance": "avbojer", "text": "Vi har ingen personal."}
    post(rounds.contact("flen"), reverse("runda_svara", args=[flen.pk]), no)

    text = page(author, there)[1]
    assert "RS-HOS26-0117" in text
    assert "Vi har ingen personal." in text
    assert rounds.answer(held, "flen").state == AnswerState.AVBOJD


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(rounds: Rounds) -> None:
    satsning, officer = rounds.in_preparation(), rounds.world.officer
    opening = reverse("runda_oppna", args=[satsning.pk, "remiss"])

    status, text = page(officer, opening, sent(rounds, deadline="2020-01-01"))
    assert (status, "Sista svarsdag kan inte ha passerat." in text, "Vad betyder det för er?" in text) == (
        422,
        True,
        True,
    )
    status, text = page(officer, opening, {**asked(), "deadline": "snart", "receivers": ["9" * 30, "x"]})
    assert status == 422
    assert "Skriv vad svaren ska användas till." in text
    assert "Skriv datumet som år, månad, dag" in text
    assert "Någon av mottagarna kan inte svara." in text
    assert not Round.objects.exists()

    held = rounds.remiss("flen", satsning=satsning)
    answering = reverse("runda_svara", args=[rounds.answer(held, "flen").pk])
    status, text = page(rounds.contact("flen"), answering, {"stance": "avstyrker", "text": "\x00 "})
    assert (status, "Skriv varför ni avstyrker." in text) == (422, True)
    assert page(rounds.contact("flen"), answering, {"stance": "nej"})[0] == 422


@pytest.mark.parametrize("chosen", ["9" * 5000, "-1", "någon", ""])
def test_answer_is_handed_over_to_nobody_who_is_not_in_the_list(rounds: Rounds, chosen: str) -> None:
    answer = rounds.answer(rounds.remiss("flen"), "flen")

    there = reverse("runda_lamna_over", args=[answer.pk])

    assert page(rounds.contact("flen"), there, {"to": chosen})[0] == 422


def test_readers_see_the_pages_and_are_told_who_can(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    answer, reader = rounds.answer(held, "flen"), rounds.contact("gnesta")
    addresses = {
        held.get_absolute_url(): "Väntar på svar",
        reverse("runda_svara", args=[answer.pk]): "Kontaktpersoner i Flens kommun svarar på det här.",
        reverse("runda_lamna_over", args=[answer.pk]): "Kontaktpersoner i Flens kommun svarar på det här.",
        reverse("runda_stang", args=[held.pk]): "Beredningsgruppen personcentrering har skickat ut frågan",
        reverse("runda_oppna", args=[held.satsning_id, "remiss"]): "skickar ut remisser. Du är kontaktperson i",
        reverse("runda_oppna", args=[held.satsning_id, "resursbekraftelse"]): "när satsningen är beslutad",
    }

    shown = {address: page(reader, address) for address in addresses}

    assert {address: status for address, (status, _) in shown.items()} == dict.fromkeys(addresses, 200)
    assert {address: words in shown[address][1] for address, words in addresses.items()} == dict.fromkeys(
        addresses, True
    )
    assert not any('<form method="post" class="s-sheet' in text for _, text in shown.values())


def test_an_answer_is_not_handed_over_where_nobody_else_answers(rounds: Rounds) -> None:
    answer = rounds.answer(rounds.remiss("flen"), "flen")
    address, alone = reverse("runda_lamna_over", args=[answer.pk]), rounds.contact("flen")
    assert "Det finns ingen att lämna över till" in page(alone, address)[1]
    answering = reverse("runda_svara", args=[answer.pk])
    assert f'href="{address}"' not in page(alone, answering)[1]
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    assert f"{colleague.name}</label>" in page(alone, address)[1]
    assert f'href="{address}"' in page(alone, answering)[1]


def test_errors_stand_in_the_order_of_the_page(rounds: Rounds) -> None:
    answer = rounds.answer(rounds.remiss("flen", questions=[Question("Vad saknas?")]), "flen")
    text = page(rounds.contact("flen"), reverse("runda_svara", args=[answer.pk]), {})[1]
    assert 0 < text.index("Er syn på fråga 1: ") < text.index("Er samlade syn: ")


def test_strangers_see_nothing(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    answer = rounds.answer(held, "flen")
    superuser = Person.objects.create_superuser("root@example.org", "Rot")
    addresses = [
        held.get_absolute_url(),
        reverse("runda_svara", args=[answer.pk]),
        reverse("runda_lamna_over", args=[answer.pk]),
        reverse("runda_stang", args=[held.pk]),
        reverse("runda_oppna", args=[held.satsning_id, "remiss"]),
    ]

    for person in (make_person(), superuser):
        assert [page(person, address)[0] for address in addresses] == [404] * 5
        assert [page(person, address, {"stance": "instammer", "to": "1"})[0] for address in addresses[1:]] == [404] * 4
    assert [Client().get(address).status_code for address in addresses] == [302] * 5


@pytest.mark.parametrize("name", ["runda", "runda_stang", "runda_svara", "runda_lamna_over"])
def test_what_is_not_there_is_404(rounds: Rounds, name: str) -> None:
    assert page(rounds.world.officer, reverse(name, args=[10**9]))[0] == 404


def test_kind_that_does_not_exist_is_404(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()

    assert page(rounds.world.officer, reverse("runda_oppna", args=[satsning.pk, "enkat"]))[0] == 404


def test_refused_act_says_why_with_its_status(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answering = reverse("runda_svara", args=[rounds.answer(held, "flen").pk])
    written = {"stance": "avstyrker", "text": "En lång text som ingen vill skriva om."}
    assert page(rounds.contact("trosa"), answering, written)[0] == 403
    post(rounds.contact("flen"), answering, written)

    status, text = page(rounds.contact("flen"), answering, written)
    assert (status, "har redan svarat" in text, written["text"] in text) == (409, True, True)
    assert page(rounds.contact("flen"), reverse("runda_stang", args=[held.pk]), {})[0] == 403


def test_round_page_costs_the_same_however_many_answer(rounds: Rounds) -> None:
    few, many = rounds.remiss("flen", "gnesta"), rounds.remiss("flen", "gnesta", "trosa", "nykoping", "vingaker")
    for held in (few, many):
        answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    for code in ("trosa", "nykoping"):
        answer_remiss(rounds.answer(many, code).pk, actor=rounds.contact(code), stance=Stance.INSTAMMER)
    hand_over(
        rounds.answer(many, "vingaker").pk,
        actor=rounds.contact("vingaker"),
        to_id=rounds.world.seat("kontakt-vingaker", Role.KONTAKTPERSON).pk,
    )
    client = Client()
    client.force_login(rounds.world.officer)

    counts = set()
    for held in (few, many):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(held.get_absolute_url()).status_code == 200
        counts.add(len(captured))

    assert len(counts) == 1


def test_round_is_still_read_when_the_case_is_over(rounds: Rounds) -> None:
    satsning = rounds.decided()
    held = rounds.confirmation(satsning)
    decline(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), reason="Vi har ingen personal.")
    world = rounds.world
    world.do(satsning, "avbryt", world.secretary, **world.prepare_for(satsning, "avbryt"))

    status, text = page(rounds.contact("trosa"), held.get_absolute_url())

    assert Satsning.objects.get(pk=satsning.pk).station == "avbruten"
    assert (status, "Svarade inte" in text, "Vi har ingen personal." in text) == (200, True, True)

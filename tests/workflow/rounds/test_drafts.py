"""What is written of an answer before it is sent, and what is added to it after."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.errors import Conflict
from satsningar.models import Handling, Satsning
from tests.workflow.rounds.conftest import Rounds
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.rights import viewer
from workflow.rounds.actions import close_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, hand_over
from workflow.rounds.drafts import draft_of, save_draft
from workflow.rounds.inputs import DECLINES, OnQuestion, Reply
from workflow.rounds.models import RoundAddendum, RoundAnswer, RoundDraft
from workflow.rounds.questions import Question
from workflow.rounds.views.answering import WRITTEN_SINCE
from workflow.vocabulary import Stance

SECRET = "Bara vi vet det här än"
WRITTEN = Reply(Stance.MED_ANDRINGAR, SECRET, {1: OnQuestion(Stance.INSTAMMER, "Ja.")})


def asked(rounds: Rounds) -> RoundAnswer:
    held = rounds.remiss("flen", "trosa", questions=[Question("Stämmer det?")])
    return rounds.answer(held, "flen")


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person: Person, answer: RoundAnswer, data: Mapping[str, object], **headers: str) -> Any:
    return browser(person).post(reverse("runda_svara", args=[answer.pk]), data, headers=headers)


def test_draft_is_kept_in_part_and_journaled_by_nothing(rounds: Rounds) -> None:
    answer = asked(rounds)
    before = rounds.world.fresh(answer.round.satsning).edition

    kept = save_draft(answer.pk, WRITTEN, actor=rounds.contact("flen"), expected_version=0)

    assert (kept.version, kept.content) == (
        1,
        {
            "stance": "med_andringar",
            "text": SECRET,
            "decision_date": "",
            "decision_number": "",
            "replies": [[1, "instammer", "Ja."]],
        },
    )
    assert rounds.world.fresh(answer.round.satsning).edition == before
    assert rounds.answer(answer.round, "flen").state == "vantar"


def test_draft_is_read_by_its_own_body_alone(rounds: Rounds) -> None:
    world, answer = rounds.world, asked(rounds)
    save_draft(answer.pk, WRITTEN, actor=rounds.contact("flen"), expected_version=0)
    colleague = world.seat("kontakt-flen", Role.KONTAKTPERSON)
    inside = [rounds.contact("flen"), colleague]
    outside = [rounds.contact("trosa"), world.officer, world.author, world.coordinator, world.secretary]

    assert [draft_of(viewer(who), answer) is not None for who in inside] == [True, True]
    assert [draft_of(viewer(who), answer) for who in outside] == [None] * 5
    addresses = [
        reverse("runda_svara", args=[answer.pk]),
        answer.round.get_absolute_url(),
        reverse("runda_sammanstallning", args=[answer.round_id]),
        reverse("satsning", args=[answer.round.satsning_id]),
        reverse("utskrift", args=[answer.round.satsning_id]),
    ]
    shown = {
        (who.name, address): SECRET in browser(who).get(address).content.decode()
        for who in (*inside, *outside)
        for address in addresses
    }
    assert [key for key, is_shown in shown.items() if is_shown] == [(who.name, addresses[0]) for who in inside]


def test_draft_handed_over_is_read_and_no_longer_written(rounds: Rounds) -> None:
    answer, first = asked(rounds), rounds.contact("flen")
    save_draft(answer.pk, WRITTEN, actor=first, expected_version=0)
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    hand_over(answer.pk, actor=first, to_id=colleague.pk)

    with pytest.raises(NoMandate, match="överlämnat till"):
        save_draft(answer.pk, WRITTEN, actor=first, expected_version=1)
    assert SECRET in browser(first).get(reverse("runda_svara", args=[answer.pk])).content.decode()
    assert save_draft(answer.pk, WRITTEN, actor=colleague, expected_version=1).version == 2


def test_draft_is_thrown_away_when_the_answer_is_sent(rounds: Rounds) -> None:
    answer, contact = asked(rounds), rounds.contact("flen")
    save_draft(answer.pk, WRITTEN, actor=contact, expected_version=0)

    answer_remiss(
        answer.pk, actor=contact, stance=Stance.INSTAMMER, replies={1: OnQuestion(Stance.INSTAMMER)}, seen_draft=1
    )

    assert not RoundDraft.objects.exists()
    with pytest.raises(NotFromHere, match="har redan svarat"):
        save_draft(answer.pk, WRITTEN, actor=contact, expected_version=0)


def test_nobody_writes_over_a_colleague_unseen(rounds: Rounds) -> None:
    answer, contact = asked(rounds), rounds.contact("flen")
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    save_draft(answer.pk, WRITTEN, actor=contact, expected_version=0)

    with pytest.raises(Conflict) as conflict:
        save_draft(answer.pk, Reply(text="Annat"), actor=colleague, expected_version=0)
    with pytest.raises(Conflict):
        answer_remiss(
            answer.pk,
            actor=colleague,
            stance=Stance.INSTAMMER,
            replies={1: OnQuestion(Stance.INSTAMMER)},
            seen_draft=0,
        )

    assert (conflict.value.version, conflict.value.current["text"]) == (1, SECRET)
    assert RoundDraft.objects.get().content["text"] == SECRET
    assert rounds.answer(answer.round, "flen").state == "vantar"


@pytest.mark.parametrize(
    ("reply", "errors"),
    [
        (Reply(text="x" * 20_001), {"text": ["Texten är 20\xa0001 tecken; här ryms 20\xa0000."]}),
        (Reply("ja"), {"stance": ["Välj ett ställningstagande."]}),
        (Reply(replies={1: OnQuestion("ja")}), {"stance-1": ["Välj ett ställningstagande."]}),
    ],
)
def test_draft_that_cannot_be_stored_says_why(rounds: Rounds, reply: Reply, errors: dict[str, list[str]]) -> None:
    answer = asked(rounds)

    with pytest.raises(Invalid) as refused:
        save_draft(answer.pk, reply, actor=rounds.contact("flen"), expected_version=0)

    assert refused.value.errors == errors


def test_draft_is_nobody_elses_to_write(rounds: Rounds) -> None:
    answer = asked(rounds)
    left = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON, ends_on=today() - timedelta(days=1))

    for who in (rounds.contact("trosa"), rounds.world.officer):
        with pytest.raises(NoMandate):
            save_draft(answer.pk, WRITTEN, actor=who, expected_version=0)
    with pytest.raises(Satsning.DoesNotExist):
        save_draft(answer.pk, WRITTEN, actor=left, expected_version=0)


def test_page_saves_by_itself_and_by_its_button(rounds: Rounds) -> None:
    answer, contact = asked(rounds), rounds.contact("flen")

    by_itself = post(contact, answer, {"version": "0", "text": "Ett"}, **{"X-Autosave": "1"})
    by_button = post(contact, answer, {"version": "1", "text": "Ett och två", "spara": "1"})
    too_long = post(contact, answer, {"version": "2", "text": "x" * 20_001}, **{"X-Autosave": "1"})
    unseen = post(contact, answer, {"version": "1", "text": "Tre"}, **{"X-Autosave": "1"})

    assert (by_itself.status_code, by_itself.json()["version"]) == (200, 1)
    assert (by_button.status_code, by_button.headers["Location"]) == (302, reverse("runda_svara", args=[answer.pk]))
    assert (too_long.status_code, list(too_long.json()["errors"])) == (422, ["text"])
    assert (unseen.status_code, "Ett och två" in unseen.json()["html"]) == (409, True)
    assert RoundDraft.objects.get().content["text"] == "Ett och två"
    assert "Ett och två</textarea>" in browser(contact).get(reverse("runda_svara", args=[answer.pk])).content.decode()


def test_page_shows_both_texts_and_lets_one_choose(rounds: Rounds) -> None:
    answer, contact = asked(rounds), rounds.contact("flen")
    save_draft(answer.pk, WRITTEN, actor=contact, expected_version=0)
    mine = {"version": "0", "text": "Min text", "stance": "instammer", "stance-1": "instammer"}

    response = post(contact, answer, mine)
    text = response.content.decode()

    assert (response.status_code, SECRET in text, "Min text" in text) == (409, True, True)
    kept = post(contact, answer, mine | {"konflikt": "behall_min", "konflikt_version": "1"})
    assert (kept.status_code, RoundDraft.objects.get().content["text"]) == (302, "Min text")
    theirs = post(contact, answer, mine | {"konflikt": "ta_deras", "konflikt_version": "2"})
    assert (theirs.status_code, RoundDraft.objects.get().version) == (302, 2)


def test_nobody_declines_over_what_a_colleague_has_written_unseen(rounds: Rounds) -> None:
    answer, contact = asked(rounds), rounds.contact("flen")
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    there, reason = reverse("runda_avboj", args=[answer.pk]), {"text": "Vi hinner inte."}
    assert "tas bort" not in browser(colleague).get(there).content.decode()
    save_draft(answer.pk, WRITTEN, actor=contact, expected_version=0)

    unseen: tuple[dict[str, str], ...] = ({"version": "0"}, {})
    for version in unseen:
        response = browser(colleague).post(there, reason | version)
        assert (response.status_code, WRITTEN_SINCE in response.content.decode()) == (422, True)
    assert RoundDraft.objects.get().content["text"] == SECRET

    assert "tas bort" in browser(colleague).get(there).content.decode()
    assert browser(colleague).post(there, reason | {"version": "1"}).status_code == 302
    assert not RoundDraft.objects.exists()


def test_nobody_refuses_to_confirm_over_what_a_colleague_has_written_unseen(rounds: Rounds) -> None:
    answer = rounds.confirmation().answers.select_related("body").order_by("pk")[0]
    first, second = (rounds.world.seat(answer.body.code, Role.KONTAKTPERSON) for _ in range(2))
    save_draft(answer.pk, Reply(text=SECRET), actor=first, expected_version=0)

    response = post(second, answer, {"version": "0", "stance": DECLINES, "text": "Nej tack."})

    assert (response.status_code, SECRET in response.content.decode()) == (409, True)
    assert RoundDraft.objects.get().content["text"] == SECRET


# --- What is added to an answer --------------------------------------------------------------------------------------


def given(rounds: Rounds) -> RoundAnswer:
    held = rounds.remiss("flen", "trosa")
    return answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)


def test_answer_is_added_to_and_stays_as_it_was(rounds: Rounds) -> None:
    answer, colleague = given(rounds), rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    close_round(answer.round_id, actor=rounds.world.officer)

    add_to_answer(answer.pk, actor=colleague, text="Nämnden har nu beslutat.")

    after = rounds.answer(answer.round, "flen")
    assert (after.stance, after.text, after.answered_at) == (answer.stance, answer.text, answer.answered_at)
    assert [one.text for one in after.addenda.all()] == ["Nämnden har nu beslutat."]
    row = Handling.objects.get(satsning=answer.round.satsning, title__startswith="Komplettering av svar")
    assert (row.sender, row.status, row.owner, row.kind) == (
        "Flens kommun",
        "inkommen",
        answer.body.organisation,
        "remissvar",
    )
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RoundAddendum.objects.update(text="Annat")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RoundAddendum.objects.all().delete()


def test_answer_is_added_to_by_those_who_answer_once_there_is_one(rounds: Rounds) -> None:
    answer = given(rounds)
    with pytest.raises(NoMandate):
        add_to_answer(answer.pk, actor=rounds.world.officer, text="Nej.")
    with pytest.raises(NotFromHere, match="Trosa kommun har inte svarat"):
        add_to_answer(rounds.answer(answer.round, "trosa").pk, actor=rounds.contact("trosa"), text="Ja.")
    with pytest.raises(Invalid, match="Skriv det ni vill lägga till"):
        add_to_answer(answer.pk, actor=rounds.contact("flen"), text=" ")
    Membership.objects.filter(person=rounds.contact("flen")).update(ends_on=today() - timedelta(days=1))
    with pytest.raises(Satsning.DoesNotExist):
        add_to_answer(answer.pk, actor=rounds.contact("flen"), text="Ja.")

    assert not RoundAddendum.objects.exists()


def test_answer_is_not_added_to_when_the_case_is_over(rounds: Rounds) -> None:
    answer = given(rounds)
    rounds.world.do(answer.round.satsning, "aterkalla", rounds.world.author, reason="Inte aktuell.")

    with pytest.raises(NotFromHere, match="Ärendet är avslutat"):
        add_to_answer(answer.pk, actor=rounds.contact("flen"), text="Ja.")

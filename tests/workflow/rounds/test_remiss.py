"""A remiss: opened, answered, handed over, closed, joined; and who is refused."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from viewflow.workflow.models import Process, Task

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Handling, Revision, Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.factories import make_person
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP
from workflow import facts, journal
from workflow.errors import Incomplete, Invalid, NoMandate, NotFromHere, Refusal
from workflow.models import JournalEntry
from workflow.rounds.actions import close_round, open_round
from workflow.rounds.answers import answer_remiss, confirm_resources, hand_over
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.questions import Question
from workflow.rounds.selectors import possible_receivers, rounds_of
from workflow.vocabulary import Act, AnswerState, RoundKind, Stance


def newest(satsning: Satsning) -> tuple[JournalEntry, dict[str, object]]:
    entry = JournalEntry.objects.select_related("payload").filter(satsning=satsning)[0]
    return entry, json.loads(entry.payload.content)


def states(held: Round) -> dict[str, str]:
    return {answer.receiver: answer.state for answer in held.answers.all()}


def test_open_remiss_asks_everybody_and_records_what_was_shared(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    before = satsning.edition

    held = rounds.remiss("flen", "trosa", satsning=satsning)

    entry, payload = newest(satsning)
    shared = Handling.objects.filter(satsning=satsning, purpose="för synpunkter").order_by("receiver")
    assert states(held) == {"Flens kommun": AnswerState.VANTAR, "Trosa kommun": AnswerState.VANTAR}
    assert [(row.receiver, row.sender, row.date, row.status, row.revision_id) for row in shared] == [
        (name, "Beredningsgruppen personcentrering", today(), "arbetsmaterial", held.revision_id)
        for name in ("Flens kommun", "Trosa kommun")
    ]
    assert (entry.act, entry.actor, entry.revision_id) == (Act.RUNDA_OPPNAD, rounds.world.officer, held.revision_id)
    assert payload["receivers"] == ["Flens kommun", "Trosa kommun"]
    assert payload["purpose"] == "Synpunkter inför länsstyrgruppens beslut"
    assert rounds.world.fresh(satsning).edition == before + 1
    assert facts.read(satsning.pk).open_remisser == 1


def test_open_remiss_points_at_the_newest_revision_while_nothing_has_changed(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()

    first = rounds.remiss("flen", satsning=satsning)
    close_round(first.pk, actor=rounds.world.officer)
    second = rounds.remiss("trosa", satsning=satsning)

    assert first.revision_id == second.revision_id == Revision.objects.get(satsning=satsning).pk


def test_last_answer_ends_the_remiss(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")

    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    assert Round.objects.get(pk=held.pk).is_open
    last = answer_remiss(
        rounds.answer(held, "trosa").pk,
        actor=rounds.contact("trosa"),
        stance=Stance.MED_ANDRINGAR,
        text="Trosa behöver starta ett år senare.",
    )

    entry, payload = newest(held.satsning)
    process = Process.objects.get(pk=held.process_id)
    assert not Round.objects.get(pk=held.pk).is_open
    assert process.status == "DONE"
    assert not Task.objects.filter(process=process, finished=None).exists()
    assert (last.state, last.answered_by, last.text) == (
        AnswerState.BESVARAD,
        rounds.contact("trosa"),
        "Trosa behöver starta ett år senare.",
    )
    assert (entry.act, entry.body, payload["ended"]) == (Act.RUNDA_BESVARAD, last.body, True)
    assert (payload["stance"], payload["receiver"]) == ("Instämmer med ändringar", "Trosa kommun")
    assert facts.read(held.satsning_id).held_remisser == 1


def test_answer_is_a_received_document_owned_by_the_organisation(rounds: Rounds) -> None:
    held = rounds.remiss("flen")

    answer = answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    row = Handling.objects.get(satsning=held.satsning, kind="remissvar")
    assert (row.sender, row.receiver, row.status, row.owner, row.date) == (
        "Flens kommun",
        "Beredningsgruppen personcentrering",
        "inkommen",
        answer.body.organisation,
        today(),
    )
    assert row.title == "Svar från Flens kommun: Synpunkter inför länsstyrgruppens beslut"


def test_given_answer_is_kept_by_the_database(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer = answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        RoundAnswer.objects.filter(pk=answer.pk).update(text="Något annat")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        RoundAnswer.objects.filter(pk=answer.pk).delete()


@pytest.mark.parametrize("answered", [[], ["flen"], ["flen", "trosa"]])
def test_close_ends_the_remiss_with_what_has_come_in(rounds: Rounds, answered: list[str]) -> None:
    codes = ["flen", "trosa", "gnesta"]
    held = rounds.remiss(*codes)
    for code in answered:
        answer_remiss(rounds.answer(held, code).pk, actor=rounds.contact(code), stance=Stance.INSTAMMER)

    closed = close_round(held.pk, actor=rounds.world.officer)

    entry, payload = newest(held.satsning)
    expected = {code: AnswerState.BESVARAD if code in answered else AnswerState.UTEBLIVEN for code in codes}
    assert not closed.is_open
    assert {code: rounds.answer(held, code).state for code in codes} == expected
    assert Process.objects.get(pk=held.process_id).status == "DONE"
    assert not Task.objects.filter(process=held.process_id, finished=None).exists()
    assert entry.act == Act.RUNDA_STANGD
    assert len(payload["unanswered"]) == 3 - len(answered)  # type: ignore[arg-type]


def test_remisser_follow_one_another(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    first = rounds.remiss("flen", satsning=satsning)
    with pytest.raises(Invalid, match="Remiss pågår redan"):
        rounds.remiss("trosa", satsning=satsning)
    close_round(first.pk, actor=rounds.world.officer)

    second = rounds.remiss("flen", satsning=satsning)

    assert [held.pk for held in rounds_of(satsning)] == [second.pk, first.pk]


def test_open_remiss_keeps_the_case_from_decision(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    held = rounds.remiss("flen", satsning=satsning)
    rounds.world.state(satsning)

    with pytest.raises(Incomplete) as refused:
        rounds.world.do(satsning, "anmal", rounds.world.officer)
    assert [gap.message for gap in refused.value.gaps] == ["En remiss är öppen. Stäng den först."]

    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    assert rounds.world.do(satsning, "anmal", rounds.world.officer).station == "beslut"


def test_case_at_its_end_waits_for_nobody(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    held = rounds.remiss("flen", satsning=satsning)

    rounds.world.do(satsning, "aterkalla", rounds.world.author, reason="Inte aktuell.")

    assert not Round.objects.get(pk=held.pk).is_open
    assert states(held) == {"Flens kommun": AnswerState.UTEBLIVEN}
    with pytest.raises(NotFromHere, match="stängt"):
        answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)


def test_another_body_answers_by_the_mandate_of_its_work(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    body = rounds.world.body("beredning-halsa")
    held = open_round(
        satsning.pk,
        RoundKind.REMISS,
        actor=rounds.world.officer,
        purpose="Synpunkter",
        deadline=today(),
        receivers=[body.pk],
    )
    answer = held.answers.get()
    with pytest.raises(NoMandate):
        answer_remiss(
            answer.pk, actor=rounds.world.person("beredning-halsa", Role.SEKRETERARE), stance=Stance.INSTAMMER
        )

    given = answer_remiss(
        answer.pk, actor=rounds.world.person("beredning-halsa", Role.LEDAMOT), stance=Stance.INSTAMMER
    )

    assert given.receiver == "Beredningsgruppen hälsofrämjande och förebyggande"
    assert Handling.objects.get(satsning=satsning, kind="remissvar").owner is None


def test_possible_receivers_are_contacts_and_bodies_where_somebody_may_answer(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()

    bodies = possible_receivers(satsning, RoundKind.REMISS, asking=[rounds.world.body(BEREDNING).pk])

    codes = [body.code for body in bodies]
    assert codes[:10] == [
        f"kontakt-{code}"
        for code in (
            "region-sormland",
            "eskilstuna",
            "flen",
            "gnesta",
            "katrineholm",
            "nykoping",
            "oxelosund",
            "strangnas",
            "trosa",
            "vingaker",
        )
    ]
    assert codes[10:] == [
        "nsv",
        "lansstyrgruppen",
        "beredning-halsa",
        "arbetsgrupp-mobila-team",
        "arbetsgrupp-egenmonitorering",
        "arbetsgrupp-barn-unga",
        "regionalt-stod",
    ]


# --- Handing over ----------------------------------------------------------------------------------------------------


def test_hand_over_leaves_the_answer_to_the_colleague(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer, first = rounds.answer(held, "flen"), rounds.contact("flen")
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)

    handed = hand_over(answer.pk, actor=first, to_id=colleague.pk)

    entry, payload = newest(held.satsning)
    assert handed.assigned_to == Task.objects.get(pk=answer.task_id).owner == colleague
    assert (entry.act, payload["to_person"], payload["receiver"]) == (
        Act.RUNDA_OVERLAMNAD,
        colleague.name,
        "Flens kommun",
    )
    with pytest.raises(NoMandate, match=f"överlämnat till {colleague.name}"):
        answer_remiss(answer.pk, actor=first, stance=Stance.INSTAMMER)
    assert answer_remiss(answer.pk, actor=colleague, stance=Stance.INSTAMMER).answered_by == colleague


def test_hand_over_takes_an_answer_back(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    answer, first = rounds.answer(held, "flen"), rounds.contact("flen")
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    hand_over(answer.pk, actor=first, to_id=colleague.pk)

    hand_over(answer.pk, actor=first, to_id=first.pk)

    assert answer_remiss(answer.pk, actor=first, stance=Stance.INSTAMMER).answered_by == first


def test_answer_comes_back_when_the_colleague_has_left(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    answer, first = rounds.answer(held, "flen"), rounds.contact("flen")
    colleague = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    hand_over(answer.pk, actor=first, to_id=colleague.pk)
    Membership.objects.filter(person=colleague).update(ends_on=today() - timedelta(days=1))

    with pytest.raises(Satsning.DoesNotExist):
        answer_remiss(answer.pk, actor=colleague, stance=Stance.INSTAMMER)
    assert answer_remiss(answer.pk, actor=first, stance=Stance.INSTAMMER).answered_by == first


def test_hand_over_goes_to_those_who_may_answer_alone(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer, first = rounds.answer(held, "flen"), rounds.contact("flen")
    left = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON, ends_on=today() - timedelta(days=1))
    closed = rounds.world.seat("kontakt-flen", Role.KONTAKTPERSON)
    Person.objects.filter(pk=closed.pk).update(is_active=False)

    for person in (rounds.contact("trosa"), left, closed, rounds.world.officer):
        with pytest.raises(Invalid) as refused:
            hand_over(answer.pk, actor=first, to_id=person.pk)
        assert refused.value.errors == {"to": ["Välj någon som svarar för Flens kommun."]}
    with pytest.raises(NoMandate):
        hand_over(answer.pk, actor=rounds.contact("trosa"), to_id=first.pk)


# --- Refusals --------------------------------------------------------------------------------------------------------


def opening(rounds: Rounds, satsning: Satsning, actor: Person, **changed: object) -> Round:
    values: dict[str, object] = {
        "purpose": "Synpunkter",
        "deadline": today(),
        "receivers": [body.pk for body in rounds.contacts("flen", "trosa")],
    }
    return open_round(satsning.pk, RoundKind.REMISS, actor=actor, **(values | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"purpose": " \t "}, "purpose", "Skriv vad svaren ska användas till."),
        ({"purpose": "x" * 201}, "purpose", "Texten är 201 tecken; här ryms 200."),
        ({"questions": [Question("x" * 2_001)]}, "questions-0", "Texten är 2\xa0001 tecken; här ryms 2\xa0000."),
        ({"questions": [Question("Ja?", "tak")]}, "questions-0", "Välj en del i listan, eller hela satsningen."),
        ({"questions": [Question("Ja?"), Question("ja")]}, "questions-1", "Samma fråga står två gånger."),
        ({"questions": [Question(f"Fråga {n}?") for n in range(31)]}, "questions", "Ställ högst 30 frågor."),
        ({"deadline": None}, "deadline", "Ange när svaren senast ska ha kommit in."),
        ({"deadline": date(1899, 12, 31)}, "deadline", "Året ska ligga mellan 1900 och 2200."),
        ({"deadline": today() - timedelta(days=1)}, "deadline", "Sista svarsdag kan inte ha passerat."),
        ({"receivers": []}, "receivers", "Välj minst en mottagare."),
        ({"receivers": None}, "receivers", "Välj minst en mottagare."),
        ({"receivers": [2**70]}, "receivers", "Någon av mottagarna kan inte svara. Välj bland dem som finns i listan."),
    ],
)
def test_open_remiss_says_what_is_wrong_at_its_field(
    rounds: Rounds, changed: dict[str, object], field: str, message: str
) -> None:
    satsning = rounds.in_preparation()

    with pytest.raises(Invalid) as refused:
        opening(rounds, satsning, rounds.world.officer, **changed)

    assert refused.value.errors == {field: [message]}
    assert not Round.objects.exists()
    assert not Process.objects.exists()


def test_open_remiss_asks_nobody_twice_and_not_itself(rounds: Rounds) -> None:
    satsning = rounds.in_preparation()
    flen = rounds.contacts("flen")[0].pk
    own = rounds.world.body(BEREDNING).pk

    with pytest.raises(Invalid) as twice:
        opening(rounds, satsning, rounds.world.officer, receivers=[flen, flen])
    with pytest.raises(Invalid) as itself:
        opening(rounds, satsning, rounds.world.officer, receivers=[flen, own])

    assert twice.value.errors == {"receivers": ["Kontaktpersoner i Flens kommun står två gånger bland mottagarna."]}
    assert list(itself.value.errors) == ["receivers"]


def test_open_remiss_is_for_the_preparing_body(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.in_preparation()
    ended = world.seat(BEREDNING, Role.LEDAMOT, ends_on=today() - timedelta(days=1))
    coming = world.seat(BEREDNING, Role.LEDAMOT, starts_on=today() + timedelta(days=1))
    superuser = Person.objects.create_superuser("root@example.org", "Rot")
    others = [
        world.author,
        world.coordinator,
        world.person(STYRGRUPP, Role.ORDFORANDE),
        world.person("beredning-halsa", Role.LEDAMOT),
        world.person(BEREDNING, Role.SEKRETERARE),
        world.person(BEREDNING, Role.ADJUNGERAD),
        rounds.contact("flen"),
    ]

    for actor in others:
        with pytest.raises(NoMandate, match=r"Beredningsgruppen personcentrering skickar ut remisser. Du är "):
            opening(rounds, satsning, actor)
    for stranger in (ended, coming, superuser, make_person()):
        with pytest.raises(Satsning.DoesNotExist):
            opening(rounds, satsning, stranger)
    assert not Round.objects.exists()


@pytest.mark.parametrize("station", ["lamna_in", "utkast"])
def test_open_remiss_only_in_preparation(rounds: Rounds, station: str) -> None:
    world = rounds.world
    satsning = world.make()
    if station == "lamna_in":
        world.fill(satsning, *DECIDED_PARTS)
        world.do(satsning, "lamna_in", world.author)
        with pytest.raises(NoMandate, match=r"under beredningen. Satsningen är i steget Inlämnad"):
            opening(rounds, satsning, world.officer)
    else:
        with pytest.raises(Satsning.DoesNotExist):
            opening(rounds, satsning, world.officer)


def test_answer_is_refused_to_everybody_else(rounds: Rounds) -> None:
    world = rounds.world
    held = rounds.remiss("flen", "trosa")
    answer = rounds.answer(held, "flen")
    ended = world.seat("kontakt-flen", Role.KONTAKTPERSON, ends_on=today() - timedelta(days=1))
    superuser = Person.objects.create_superuser("root@example.org", "Rot")

    for actor in (rounds.contact("trosa"), world.officer, world.author, world.person(STOD, Role.SAMORDNARE)):
        with pytest.raises(NoMandate, match=r"Kontaktpersoner i Flens kommun svarar på det här. Du är "):
            answer_remiss(answer.pk, actor=actor, stance=Stance.INSTAMMER)
    for stranger in (ended, superuser, make_person()):
        with pytest.raises(Satsning.DoesNotExist):
            answer_remiss(answer.pk, actor=stranger, stance=Stance.INSTAMMER)
    assert rounds.answer(held, "flen").state == AnswerState.VANTAR


def test_answer_is_given_once(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer, contact = rounds.answer(held, "flen"), rounds.contact("flen")
    answer_remiss(answer.pk, actor=contact, stance=Stance.INSTAMMER)

    with pytest.raises(NotFromHere, match="Flens kommun har redan svarat"):
        answer_remiss(answer.pk, actor=contact, stance=Stance.AVSTYRKER, text="Vi har ångrat oss.")
    with pytest.raises(NotFromHere, match="har redan svarat"):
        hand_over(answer.pk, actor=contact, to_id=contact.pk)

    assert rounds.answer(held, "flen").stance == Stance.INSTAMMER


def test_answer_is_not_taken_after_closing(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    close_round(held.pk, actor=rounds.world.officer)

    with pytest.raises(NotFromHere, match="stängt"):
        answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    with pytest.raises(NotFromHere, match="redan stängd"):
        close_round(held.pk, actor=rounds.world.officer)


def test_answer_after_its_last_day_is_taken_while_the_remiss_is_open(rounds: Rounds) -> None:
    held = rounds.remiss("flen")
    Round.objects.filter(pk=held.pk).update(deadline=today() - timedelta(days=3))
    assert Round.objects.get(pk=held.pk).is_late

    answer = answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    assert answer.state == AnswerState.BESVARAD


@pytest.mark.parametrize(
    ("stance", "text", "errors"),
    [
        ("", "Bra.", {"stance": ["Välj ett ställningstagande."]}),
        (Stance.BEKRAFTAR, "Bra.", {"stance": ["Välj ett ställningstagande."]}),
        ("ja", "Bra.", {"stance": ["Välj ett ställningstagande."]}),
        (Stance.MED_ANDRINGAR, " ", {"text": ["Skriv vilka ändringar ni vill se."]}),
        (Stance.AVSTYRKER, "", {"text": ["Skriv varför ni avstyrker."]}),
        (Stance.INSTAMMER, "x" * 100_000, {"text": ["Texten är 100\xa0000 tecken; här ryms 20\xa0000."]}),
    ],
)
def test_answer_says_what_is_wrong_at_its_field(
    rounds: Rounds, stance: str, text: str, errors: dict[str, list[str]]
) -> None:
    held = rounds.remiss("flen")

    with pytest.raises(Invalid) as refused:
        answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=stance, text=text)

    assert refused.value.errors == errors
    assert rounds.answer(held, "flen").state == AnswerState.VANTAR


def test_remiss_is_not_answered_as_a_confirmation(rounds: Rounds) -> None:
    held = rounds.remiss("flen")

    with pytest.raises(NotFromHere, match="svar på remiss"):
        confirm_resources(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"))


def test_close_is_for_those_who_asked(rounds: Rounds) -> None:
    held = rounds.remiss("flen")

    for actor in (rounds.contact("flen"), rounds.world.author, rounds.world.person(ARBETSGRUPP, Role.ORDFORANDE)):
        with pytest.raises(NoMandate, match="Beredningsgruppen personcentrering har skickat ut frågan och stänger den"):
            close_round(held.pk, actor=actor)
    with pytest.raises(Satsning.DoesNotExist):
        close_round(held.pk, actor=make_person())
    assert close_round(held.pk, actor=rounds.world.person(BEREDNING, Role.ORDFORANDE)).closed_at is not None


def test_remiss_lives_on_while_the_case_is_completed(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.in_preparation()
    held = rounds.remiss("flen", "trosa", satsning=satsning)
    world.do(satsning, "begar_komplettering", world.officer, **world.prepare_for(satsning, "begar_komplettering"))

    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)

    assert close_round(held.pk, actor=world.officer).closed_at is not None


@pytest.mark.parametrize("act", ["open", "answer", "hand_over", "close"])
def test_what_does_not_exist_is_not_there(rounds: Rounds, act: str) -> None:
    actor = rounds.world.officer
    calls: dict[str, Callable[[], object]] = {
        "open": lambda: open_round(0, RoundKind.REMISS, actor=actor, purpose="x", deadline=today(), receivers=[]),
        "answer": lambda: answer_remiss(0, actor=actor, stance=Stance.INSTAMMER),
        "hand_over": lambda: hand_over(0, actor=actor, to_id=actor.pk),
        "close": lambda: close_round(0, actor=actor),
    }

    with pytest.raises(Satsning.DoesNotExist):
        calls[act]()


def test_acts_of_rounds_keep_the_chain(rounds: Rounds) -> None:
    held = rounds.remiss("flen", "trosa")
    answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    with pytest.raises(Refusal):
        answer_remiss(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    close_round(held.pk, actor=rounds.world.officer)

    number, broken = journal.verify(rounds.world.county.pk, "Sörmland")

    assert broken is None
    assert number == JournalEntry.objects.count()

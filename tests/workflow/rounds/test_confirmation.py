"""A confirmation of resources: asked of all who take part, confirmed or declined, asked again; and the gate."""

from datetime import date, timedelta

import pytest

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Handling, Revision, Satsning
from satsningar.vocabulary import PartCode
from tests.factories import make_person
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import BEREDNING, STYRGRUPP
from workflow import facts
from workflow.errors import Incomplete, Invalid, NoMandate, NotFromHere
from workflow.rounds.actions import close_round, open_round
from workflow.rounds.answers import answer_remiss, confirm_resources, decline
from workflow.rounds.models import Round
from workflow.vocabulary import AnswerState, RoundKind, Stance

TAKING_PART = ("region-sormland", "eskilstuna", "flen")


def receivers(held: Round) -> set[str]:
    return {answer.receiver for answer in held.answers.all()}


def confirm(rounds: Rounds, held: Round, *codes: str) -> None:
    for code in codes:
        confirm_resources(rounds.answer(held, code).pk, actor=rounds.contact(code))


def confirmed(satsning: Satsning) -> set[str]:
    known = facts.read(satsning.pk).confirmed
    return {one.name for one in content.read(satsning.pk).participants if one.id in known}


def test_every_organisation_that_takes_part_is_asked(rounds: Rounds) -> None:
    held = rounds.confirmation()

    shared = Handling.objects.filter(satsning=held.satsning, revision=held.revision, purpose="för beslut")
    assert receivers(held) == {"Region Sörmland", "Eskilstuna kommun", "Flens kommun"}
    assert set(shared.exclude(receiver="Länsstyrgruppen").values_list("receiver", "status")) == {
        (name, "expedierad") for name in receivers(held)
    }


def test_all_confirmed_ends_the_round_and_opens_the_gate(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.decided()
    world.fill(satsning, PartCode.VARDEN)
    held = rounds.confirmation(satsning)
    confirm(rounds, held, "eskilstuna", "flen")
    with pytest.raises(Incomplete) as refused:
        world.do(satsning, "starta", world.author)
    assert [gap.message for gap in refused.value.gaps] == ["Region Sörmland har inte bekräftat sina resurser."]

    answer = confirm_resources(
        rounds.answer(held, "region-sormland").pk,
        actor=rounds.contact("region-sormland"),
        text="Två tjänster från januari.",
        decision_date=today(),
        decision_number="RS-HOS26-0117",
    )

    assert not Round.objects.get(pk=held.pk).is_open
    assert (answer.stance, answer.home_decision_date, answer.home_decision_number) == (
        Stance.BEKRAFTAR,
        today(),
        "RS-HOS26-0117",
    )
    assert Handling.objects.filter(satsning=satsning, kind="bekraftelse", status="inkommen").count() == 3
    assert world.do(satsning, "starta", world.author).station == "genomforande"


def test_whoever_declined_or_was_never_heard_of_is_asked_again(rounds: Rounds) -> None:
    satsning = rounds.decided()
    first = rounds.confirmation(satsning)
    confirm(rounds, first, "eskilstuna")
    declined = decline(rounds.answer(first, "flen").pk, actor=rounds.contact("flen"), reason="Vi har ingen personal.")
    close_round(first.pk, actor=rounds.world.author)

    second = rounds.confirmation(satsning, actor=rounds.world.coordinator)

    assert (declined.state, declined.stance, declined.text) == (AnswerState.AVBOJD, "", "Vi har ingen personal.")
    assert rounds.answer(first, "region-sormland").state == AnswerState.UTEBLIVEN
    assert receivers(second) == {"Region Sörmland", "Flens kommun"}
    confirm(rounds, second, "flen", "region-sormland")
    assert confirmed(satsning) == {"Region Sörmland", "Eskilstuna kommun", "Flens kommun"}
    with pytest.raises(Invalid, match="Alla deltagande organisationer har redan bekräftat"):
        rounds.confirmation(satsning)


def test_later_decline_takes_an_earlier_confirmation_back(rounds: Rounds) -> None:
    satsning = rounds.decided()
    confirm(rounds, rounds.confirmation(satsning), *TAKING_PART)
    again = open_round(
        satsning.pk,
        RoundKind.RESURSBEKRAFTELSE,
        actor=rounds.world.author,
        purpose="Budgeten har ändrats",
        deadline=today(),
        receivers=[body.pk for body in rounds.contacts("flen")],
    )
    assert confirmed(satsning) == {"Region Sörmland", "Eskilstuna kommun", "Flens kommun"}

    decline(rounds.answer(again, "flen").pk, actor=rounds.contact("flen"), reason="Budgeten räcker inte.")

    assert confirmed(satsning) == {"Region Sörmland", "Eskilstuna kommun"}


def test_answer_that_never_came_takes_nothing_back(rounds: Rounds) -> None:
    satsning = rounds.decided()
    confirm(rounds, rounds.confirmation(satsning), *TAKING_PART)
    again = open_round(
        satsning.pk,
        RoundKind.RESURSBEKRAFTELSE,
        actor=rounds.world.author,
        purpose="Gäller det än?",
        deadline=today(),
        receivers=[body.pk for body in rounds.contacts("flen")],
    )
    close_round(again.pk, actor=rounds.world.author)

    assert confirmed(satsning) == {"Region Sörmland", "Eskilstuna kommun", "Flens kommun"}


def test_revision_is_frozen_anew_when_something_has_changed(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.decided()
    before = Revision.objects.filter(satsning=satsning).latest("number").number
    world.fill(satsning, PartCode.VARDEN)

    held = rounds.confirmation(satsning)

    assert (held.revision.number, held.revision.act) == (before + 1, "resursbekraftelse")
    assert held.revision.sha256 == content.read(satsning.pk).sha256


def test_only_those_who_take_part_are_asked(rounds: Rounds) -> None:
    satsning = rounds.decided()

    for code in ("kontakt-trosa", BEREDNING):
        with pytest.raises(Invalid) as refused:
            open_round(
                satsning.pk,
                RoundKind.RESURSBEKRAFTELSE,
                actor=rounds.world.author,
                purpose="Bekräfta",
                deadline=today(),
                receivers=[rounds.world.body(code).pk],
            )
        assert list(refused.value.errors) == ["receivers"]


def test_confirmation_is_asked_for_by_ansvarig_grupp_or_regionalt_stod(rounds: Rounds) -> None:
    world, satsning = rounds.world, rounds.decided()
    superuser = Person.objects.create_superuser("root@example.org", "Rot")

    for actor in (world.officer, world.person(STYRGRUPP, Role.ORDFORANDE), rounds.contact("flen")):
        with pytest.raises(NoMandate, match="Arbetsgruppen mobila team eller länsgemensamt regionalt stöd ber om"):
            rounds.confirmation(satsning, actor=actor)
    for stranger in (superuser, make_person()):
        with pytest.raises(Satsning.DoesNotExist):
            rounds.confirmation(satsning, actor=stranger)
    assert rounds.confirmation(satsning, actor=world.coordinator).is_open


@pytest.mark.parametrize("kind", [StationKind.BEREDNING, StationKind.GENOMFORANDE])
def test_confirmation_is_asked_for_when_decided_alone(rounds: Rounds, kind: StationKind) -> None:
    satsning = rounds.world.carried_to(kind)

    with pytest.raises(NoMandate, match=r"Resurser bekräftas när satsningen är beslutad\. Satsningen är i steget"):
        rounds.confirmation(satsning)


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"decision_date": today() + timedelta(days=1)},
            {"decision_date": ["Beslutet kan inte ligga framåt i tiden."]},
        ),
        ({"decision_date": date(1899, 1, 1)}, {"decision_date": ["Året ska ligga mellan 1900 och 2200."]}),
        ({"decision_number": "x" * 61}, {"decision_number": ["Texten är 61 tecken; här ryms 60."]}),
        ({"text": "x" * 20_001}, {"text": ["Texten är 20\xa0001 tecken; här ryms 20\xa0000."]}),
    ],
)
def test_confirmation_says_what_is_wrong_at_its_field(
    rounds: Rounds, sent: dict[str, object], errors: dict[str, list[str]]
) -> None:
    held = rounds.confirmation()

    with pytest.raises(Invalid) as refused:
        confirm_resources(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), **sent)  # type: ignore[arg-type]

    assert refused.value.errors == errors


def test_decline_says_why(rounds: Rounds) -> None:
    held = rounds.confirmation()

    with pytest.raises(Invalid) as refused:
        decline(rounds.answer(held, "flen").pk, actor=rounds.contact("flen"), reason=" \n")

    assert refused.value.errors == {"text": ["Skriv varför ni inte bekräftar resurserna."]}


def test_confirmation_is_refused_to_others_and_once_given(rounds: Rounds) -> None:
    held = rounds.confirmation()
    answer = rounds.answer(held, "flen")
    with pytest.raises(NoMandate):
        confirm_resources(answer.pk, actor=rounds.contact("eskilstuna"))
    with pytest.raises(NotFromHere, match="svar på bekräftelse av resurser"):
        answer_remiss(answer.pk, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    confirm(rounds, held, "flen")

    with pytest.raises(NotFromHere, match="har redan svarat"):
        decline(answer.pk, actor=rounds.contact("flen"), reason="Vi har ångrat oss.")

    assert confirmed(held.satsning) == {"Flens kommun"}

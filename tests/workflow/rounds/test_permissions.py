"""Who may do what with a round: every act of rounds, asked of everybody there is, held against one table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import Role
from satsningar.models import Satsning
from tests.factories import make_person, orebro
from tests.workflow.hands import Hands
from tests.workflow.rounds.conftest import Rounds
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP
from workflow.errors import NoMandate
from workflow.rounds.actions import close_round, open_round, withdraw_round
from workflow.rounds.addenda import add_to_answer
from workflow.rounds.answers import answer_remiss, confirm_resources, decline, hand_over
from workflow.rounds.chasing import extend_answer, extend_round, remind
from workflow.rounds.drafts import save_draft
from workflow.rounds.inputs import Reply
from workflow.rounds.models import Round
from workflow.rounds.more import ask_more
from workflow.vocabulary import RoundKind, Stance

DAY = timedelta(days=1)
Act = Callable[[Person], object]

ASKING = frozenset({"bereder: handläggare", "bereder: ledamot", "bereder: ordförande"})
OF_FLEN = frozenset({"Flens kontakt", "Flens andra kontakt"})
OF_HEALTH = frozenset({"annan beredning: ledamot"})
STARTING = frozenset({"författar", "regionalt stöd"})
MAY: dict[str, frozenset[str]] = {
    "open remiss": ASKING,
    "open samrad": ASKING,
    "close": ASKING,
    "withdraw": ASKING,
    "extend": ASKING,
    "extend one": ASKING,
    "remind": ASKING,
    "ask more": ASKING,
    "answer": OF_FLEN,
    "decline": OF_FLEN,
    "save draft": OF_FLEN,
    "hand over": OF_FLEN,
    "add": OF_FLEN,
    "answer samrad": OF_HEALTH,
    "open confirmation": STARTING,
    "close confirmation": STARTING,
    "withdraw confirmation": STARTING,
    "remind of confirmation": STARTING,
    "confirm": OF_FLEN,
    "decline to confirm": OF_FLEN,
}
"""What each act is: whose it is, and nobody else's."""
READERS = frozenset(
    {
        *ASKING,
        *OF_FLEN,
        *OF_HEALTH,
        *STARTING,
        "Trosas kontakt",
        "bereder: adjungerad",
        "bereder: sekreterare",
        "styrgrupp: sekreterare",
        "styrgrupp: ledamot",
        "författar: adjungerad",
    }
)
"""Who reads the case; to everybody else it does not exist."""


def everybody(rounds: Rounds) -> dict[str, Person]:
    world = rounds.world
    other = Hands(orebro())
    return {
        "bereder: handläggare": world.officer,
        "bereder: ledamot": world.person(BEREDNING, Role.LEDAMOT),
        "bereder: ordförande": world.person(BEREDNING, Role.ORDFORANDE),
        "bereder: adjungerad": world.person(BEREDNING, Role.ADJUNGERAD),
        "bereder: sekreterare": world.person(BEREDNING, Role.SEKRETERARE),
        "annan beredning: ledamot": world.person("beredning-halsa", Role.LEDAMOT),
        "författar": world.author,
        "författar: adjungerad": world.person(ARBETSGRUPP, Role.ADJUNGERAD),
        "regionalt stöd": world.coordinator,
        "styrgrupp: sekreterare": world.secretary,
        "styrgrupp: ledamot": world.person(STYRGRUPP, Role.LEDAMOT),
        "Flens kontakt": rounds.contact("flen"),
        "Flens andra kontakt": world.seat("kontakt-flen", Role.KONTAKTPERSON),
        "Trosas kontakt": rounds.contact("trosa"),
        "Flens förra kontakt": world.seat("kontakt-flen", Role.KONTAKTPERSON, ends_on=today() - DAY),
        "Flens kommande kontakt": world.seat("kontakt-flen", Role.KONTAKTPERSON, starts_on=today() + DAY),
        "beredningens förra ledamot": world.seat(BEREDNING, Role.LEDAMOT, ends_on=today() - DAY),
        "stödets förra samordnare": world.seat(STOD, Role.SAMORDNARE, ends_on=today() - DAY),
        "superanvändare": Person.objects.create_superuser("root@example.org", "Rot"),
        "utan uppdrag": make_person(),
        "annat län": other.person("stod-orebro", Role.SAMORDNARE),
    }


def opening(satsning: Satsning, kind: RoundKind, purpose: str, *receivers: int) -> Callable[[Person], Round]:
    return lambda who: open_round(
        satsning.pk, kind, actor=who, purpose=purpose, deadline=today(), receivers=receivers or None
    )


def acts(rounds: Rounds) -> dict[str, Act]:
    """Return every act of rounds, ready to be made by anybody; each is undone afterwards."""
    world, flen = rounds.world, rounds.contacts("flen")[0].pk
    health = world.body("beredning-halsa").pk
    case, decided = rounds.in_preparation(), rounds.decided()
    held = rounds.remiss("flen", "gnesta", satsning=case)
    answer = rounds.answer(held, "flen").pk
    given = rounds.remiss("flen", "gnesta")
    given_answer = rounds.answer(given, "flen").pk
    answer_remiss(given_answer, actor=rounds.contact("flen"), stance=Stance.INSTAMMER)
    samrad = opening(rounds.in_preparation(), RoundKind.SAMRAD, "Samråd", health)(world.officer)
    asked = rounds.confirmation(decided)
    confirming = rounds.answer(asked, "flen").pk
    longer = today() + 40 * DAY
    return {
        "open remiss": opening(rounds.in_preparation(), RoundKind.REMISS, "Synpunkter", flen),
        "open samrad": opening(rounds.in_preparation(), RoundKind.SAMRAD, "Samråd", health),
        "open confirmation": opening(rounds.decided(), RoundKind.RESURSBEKRAFTELSE, "Bekräfta"),
        "close": lambda who: close_round(held.pk, actor=who),
        "withdraw": lambda who: withdraw_round(held.pk, actor=who, reason="Fel."),
        "extend": lambda who: extend_round(held.pk, actor=who, deadline=longer),
        "extend one": lambda who: extend_answer(answer, actor=who, deadline=longer),
        "remind": lambda who: remind(held.pk, actor=who),
        "ask more": lambda who: ask_more(held.pk, actor=who, receivers=[rounds.contacts("nykoping")[0].pk]),
        "answer": lambda who: answer_remiss(answer, actor=who, stance=Stance.INSTAMMER),
        "decline": lambda who: decline(answer, actor=who, reason="Vi hinner inte."),
        "save draft": lambda who: save_draft(answer, Reply(text="Än så länge"), actor=who, expected_version=0),
        "hand over": lambda who: hand_over(answer, actor=who, to_id=rounds.contact("flen").pk),
        "add": lambda who: add_to_answer(given_answer, actor=who, text="Och en sak till."),
        "answer samrad": lambda who: answer_remiss(samrad.answers.get().pk, actor=who, stance=Stance.INSTAMMER),
        "close confirmation": lambda who: close_round(asked.pk, actor=who),
        "withdraw confirmation": lambda who: withdraw_round(asked.pk, actor=who, reason="Fel."),
        "remind of confirmation": lambda who: remind(asked.pk, actor=who),
        "confirm": lambda who: confirm_resources(confirming, actor=who),
        "decline to confirm": lambda who: decline(confirming, actor=who, reason="Ingen budget."),
    }


def outcome(act: Act, who: Person) -> str:
    """Return what became of an act that leaves nothing behind."""
    with transaction.atomic():
        try:
            act(who)
        except NoMandate as refusal:
            return "no mandate" if str(refusal) else "no mandate, and nothing said"
        except Satsning.DoesNotExist:
            return "not there"
        finally:
            transaction.set_rollback(True)
    return "done"


@pytest.mark.django_db
def test_every_act_is_made_by_those_it_is_for_and_by_nobody_else(rounds: Rounds) -> None:
    every = acts(rounds)
    people = everybody(rounds)
    assert every.keys() == MAY.keys()

    found = {(name, label): outcome(act, who) for name, act in every.items() for label, who in people.items()}

    expected = {
        (name, label): "done" if label in MAY[name] else "no mandate" if label in READERS else "not there"
        for name in every
        for label in people
    }
    assert {key: value for key, value in found.items() if value != expected[key]} == {}

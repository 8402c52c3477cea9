"""What is said of rounds: sentences of refusal, and how a round is named in the journal."""

from governance.models import Person
from governance.vocabulary import BodyKind, StationKind
from satsningar.models import Satsning
from workflow.rights import station_of
from workflow.rounds.models import Round, RoundAnswer
from workflow.rounds.words import WORDS
from workflow.saying import what_you_are
from workflow.vocabulary import RoundKind


def who_opens(kind: RoundKind, satsning: Satsning, actor: Person) -> str:
    """Return who opens such a round, and when, and what the actor is."""
    station = station_of(satsning)
    if kind != RoundKind.RESURSBEKRAFTELSE:
        if station.kind != StationKind.BEREDNING:
            return f"{WORDS[kind].when} under beredningen. Satsningen är i steget {station.name}."
        who = satsning.beredningsgrupp.name if satsning.beredningsgrupp else "Den grupp som bereder satsningen"
        return f"{who} {WORDS[kind].who_opens}. {what_you_are(actor, satsning)}"
    if station.kind != StationKind.BESLUTAD:
        return f"Resurser bekräftas när satsningen är beslutad. Satsningen är i steget {station.name}."
    who = f"{satsning.ansvarig_grupp.name} eller länsgemensamt regionalt stöd"
    return f"{who} ber om bekräftelse av resurser. {what_you_are(actor, satsning)}"


def who_answers(answer: RoundAnswer, satsning: Satsning, actor: Person) -> str:
    """Return who answers for the receiver, and what the actor is."""
    who = answer.body.name
    if answer.body.kind != BodyKind.ORGANISATION:
        who = f"De som bereder, beslutar eller författar i {who}"
    return f"{who} svarar på det här. {what_you_are(actor, satsning)}"


def who_closes(held: Round, satsning: Satsning, actor: Person) -> str:
    """Return who closes the round and chases its answers, and what the actor is."""
    return f"{held.opened_by_body.name} har skickat ut frågan och stänger den. {what_you_are(actor, satsning)}"


def named(held: Round) -> dict[str, object]:
    """Return how a round is named in the journal."""
    return {"round": held.pk, "kind": held.kind, "purpose": held.purpose}

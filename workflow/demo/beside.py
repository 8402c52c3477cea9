"""What the demonstration does beside a satsning's moves: make or register it, ask for an avsteg and answer it."""

from workflow.avsteg.actions import answer, ask
from workflow.creation import create_satsning
from workflow.demo.hands import Case, Cast
from workflow.demo.values import script
from workflow.models import Avsteg
from workflow.registration.actions import register
from workflow.registration.entries import Entry
from workflow.vocabulary import Avstegslage


def begin(cast: Cast, who: str, group: str, name: str, *, preparing: str = "") -> Case:
    """Let somebody make a satsning for a group, with the title of the file; it is marked as example data.

    One whose file says how it stood before the system is registered afterwards.
    """
    if "registrering" in script(name):
        return enter(cast, who, group, name)
    satsning_id, _ = create_satsning(
        cast.bodies[group],
        script(name)["titel"],
        actor=cast.people[who],
        beredningsgrupp=cast.bodies[preparing] if preparing else None,
        is_example=True,
    )
    return Case(cast, satsning_id, name)


def enter(cast: Cast, who: str, group: str, name: str) -> Case:
    """Let somebody in regionalt stöd register a satsning as its file says it stood."""
    file = script(name)
    said = file["registrering"]
    entry = Entry(
        ansvarig_grupp=cast.bodies[group],
        titel=file["titel"],
        station=said["steg"],
        decided_on=said["beslutad"],
        source=said["kalla"],
        since=said["sedan"],
        reference=said.get("arendenummer", ""),
        is_example=True,
    )
    satsning_id, _ = register(entry, actor=cast.people[who])
    return Case(cast, satsning_id, name)


def ask_avsteg(case: Case, who: str, gate: str, requirement: str, reason: str) -> None:
    """Ask that a requirement of a gate is waived."""
    actor, edition = case.cast.people[who], case.satsning.edition
    ask(case.id, gate, requirement, reason=reason, actor=actor, expected_edition=edition)


def answer_avsteg(case: Case, who: str, outcome: Avstegslage, reason: str) -> None:
    """Grant or deny the newest request for an avsteg."""
    answer(
        case.id,
        Avsteg.objects.filter(satsning=case.id).latest("pk").pk,
        outcome,
        reason=reason,
        declares_no_jav=True,
        actor=case.cast.people[who],
        expected_edition=case.satsning.edition,
    )

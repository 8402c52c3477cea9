"""What the demonstration does beside a satsning's moves: make or register it, avsteg, comments, co-authors."""

from datetime import timedelta

from governance.models import Franvaro
from governance.permissions import today
from workflow.absence.acts import delegate, substitutes
from workflow.avsteg.actions import answer, ask
from workflow.coauthors.actions import accept, invite, memberships_of
from workflow.comments.actions import comment, write
from workflow.comments.models import Kommentarsinlagg
from workflow.creation import create_satsning
from workflow.deadlines.stopping import stop
from workflow.demo.hands import Case, Cast
from workflow.demo.values import script
from workflow.inputs import Inputs
from workflow.models import Avsteg
from workflow.registration.actions import register
from workflow.registration.entries import Entry
from workflow.vocabulary import Avstegslage, Inlaggsslag, Medverkan


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


def stand_still(case: Case, who: str, cause: str, text: str) -> None:
    """Say why the case stands still."""
    stop(case.id, cause, text, actor=case.cast.people[who], expected_edition=case.satsning.edition)


def be_away(cast: Cast, who: str, body: str, days: int) -> None:
    """Let somebody be away from a body from today, a colleague standing in; nothing where somebody has been away."""
    seat = cast.seats(body)[who]
    if not Franvaro.objects.filter(membership=seat).exists():
        colleague, _ = substitutes(seat)[0]
        delegate(seat.pk, colleague, today(), today() + timedelta(days=days), actor=cast.people[who])


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


def comment_on(case: Case, who: str, part: str, field: str, text: str, *names: str) -> int:
    """Comment on a field of a part, naming some; return the comment's id."""
    people = case.cast.people
    return comment(case.id, part, field, text, actor=people[who], names=[people[name].pk for name in names])


def write_below(case: Case, who: str, comment_id: int, kind: Inlaggsslag, text: str = "") -> None:
    """Write below a comment, having read what stands there."""
    seen = Kommentarsinlagg.objects.filter(kommentar=comment_id).count()
    write(case.id, comment_id, kind, text, actor=case.cast.people[who], seen=seen)


def write_together(case: Case, who: str, guest: str, purpose: str) -> None:
    """Invite somebody to write a draft, who accepts by the first membership they have."""
    people = case.cast.people
    made = invite(case.id, people[guest].email, Medverkan.SKRIVA, purpose, actor=people[who])
    seats = memberships_of(people[guest], case.satsning.county_id)
    accept(made.token, membership_id=seats[0].pk, actor=people[guest])


def ask_about(case: Case, who: str, *comments: int, reason: str) -> None:
    """Ask for a completion that gathers comments."""
    case.act(who, "begar_komplettering", reason=reason, inputs=Inputs(comments=comments))

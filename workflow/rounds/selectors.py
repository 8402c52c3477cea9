"""Reads over rounds, named by what they return; none goes through viewflow's inbox."""

from collections.abc import Collection

from django.db.models import Prefetch, Q, QuerySet

from governance.models import Body, Person
from governance.permissions import Holder, holders, today
from governance.vocabulary import BodyKind
from satsningar import content
from satsningar.models import Satsning
from workflow import facts
from workflow.rounds.models import Round, RoundAddendum, RoundAnswer
from workflow.rounds.rights import ANSWERS_FOR_BODY, ANSWERS_FOR_ORGANISATION, answering_mandates
from workflow.vocabulary import RoundKind


def rounds_of(satsning: Satsning) -> list[Round]:
    """Return the rounds of a case, newest first, each with its `answers` in the county's order; two statements."""
    return list(_with_answers(Round.objects.filter(satsning=satsning), ordered_answers()))


def rounds_in_full(satsning: Satsning) -> list[Round]:
    """Return the rounds of a case as `rounds_of`, with their questions, the answers to each, and what was added."""
    return list(_in_full(Round.objects.filter(satsning=satsning)))


def round_with_answers(round_id: int) -> Round:
    """Return one round with its case and everything that is asked and answered in it.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    try:
        return _in_full(Round.objects.select_related("satsning__beslutsorgan", "satsning__ansvarig_grupp")).get(
            pk=round_id
        )
    except Round.DoesNotExist:
        raise Satsning.DoesNotExist from None


def _in_full(rounds: QuerySet[Round]) -> QuerySet[Round]:
    added = RoundAddendum.objects.select_related("added_by")
    answers = ordered_answers().prefetch_related("replies", "reminders", Prefetch("addenda", queryset=added))
    return _with_answers(rounds, answers).prefetch_related("questions")


def ordered_answers() -> QuerySet[RoundAnswer]:
    """Return answers with their receivers and people, in the county's order."""
    answers = RoundAnswer.objects.select_related("body__organisation", "assigned_to", "answered_by")
    return answers.order_by("body__organisation__position", "body__position", "pk")


def _with_answers(rounds: QuerySet[Round], answers: QuerySet[RoundAnswer]) -> QuerySet[Round]:
    known = rounds.select_related("opened_by", "opened_by_body", "revision").defer("revision__content")
    return known.prefetch_related(Prefetch("answers", queryset=answers))


def answer_of(answer_id: int) -> RoundAnswer:
    """Return one answer with its receiver, its round and its case.

    Raises:
        Satsning.DoesNotExist: there is none.

    """
    rows = RoundAnswer.objects.select_related(
        "assigned_to",
        "body__organisation",
        "round__opened_by",
        "round__opened_by_body",
        "round__satsning__ansvarig_grupp",
        "task",
    )
    try:
        return rows.get(pk=answer_id)
    except RoundAnswer.DoesNotExist:
        raise Satsning.DoesNotExist from None


def answerers(body: Body) -> tuple[Holder, ...]:
    """Return the people who may answer for the body today, each once, by name."""
    found = {
        holder.person_id: holder
        for mandate in answering_mandates(body.kind)
        for holder in holders(body.pk, mandate, today())
    }
    active = set(Person.objects.filter(pk__in=found, is_active=True).values_list("pk", flat=True))
    return tuple(
        sorted((one for id_, one in found.items() if id_ in active), key=lambda one: (one.name, one.person_id))
    )


def possible_receivers(satsning: Satsning, kind: RoundKind, *, asking: Collection[int] = ()) -> list[Body]:
    """Return the bodies that can be asked in a round on the case, contacts of organisations first.

    A remiss goes to the contacts of any of the county's organisations, and to its other bodies where some role may
    answer; a samråd to the other bodies that prepare. A confirmation of resources goes to the contacts of the
    organisations that take part.

    Args:
        satsning: the case.
        kind: which round.
        asking: the ids of the bodies that ask; nobody asks itself.

    """
    bodies = Body.objects.filter(county=satsning.county_id, ended_on=None).exclude(pk__in=asking)
    contacts = Q(kind=BodyKind.ORGANISATION, organisation__ended_on=None)
    if kind == RoundKind.RESURSBEKRAFTELSE:
        participants = [organisation.id for organisation in content.read(satsning.pk).participants]
        found = bodies.filter(contacts, organisation__in=participants)
    else:
        held = "seats__group__groupobjectpermission__permission__codename__in"
        others = ~Q(kind=BodyKind.ORGANISATION) & Q(**{held: ANSWERS_FOR_BODY})
        if kind == RoundKind.SAMRAD:
            asked = others & Q(kind=BodyKind.BEREDNINGSGRUPP)
        else:
            asked = others | (contacts & Q(**{held: ANSWERS_FOR_ORGANISATION}))
        found = bodies.filter(asked).distinct()
    rows = found.select_related("organisation").order_by("position", "pk")
    return sorted(rows, key=lambda body: body.kind != BodyKind.ORGANISATION)


def unconfirmed(satsning: Satsning, receivers: Collection[Body]) -> list[Body]:
    """Return those of the receivers whose organisation has not confirmed its resources, or has declined since."""
    confirmed = facts.read(satsning.pk).confirmed
    return [body for body in receivers if body.organisation_id not in confirmed]

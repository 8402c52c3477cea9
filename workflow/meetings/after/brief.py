"""What a meeting decided that concerns one organisation, on one page: the only place that gathers it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from governance.models import Body, Organisation
from governance.vocabulary import BodyKind
from satsningar import content
from satsningar.models import Revision
from workflow import facts
from workflow.gates import gaps
from workflow.meetings.after.receivers import APPROVING, DECISIONS
from workflow.meetings.after.rights import sent_before_mark
from workflow.meetings.models import Beslutsuppdrag, Meeting, Paragraf, Utdrag
from workflow.meetings.papers.own import OwnYear, Parts, for_organisation, summed
from workflow.meetings.rights import unmarked
from workflow.meetings.vocabulary import ItemKind
from workflow.models import RoundAnswer
from workflow.rights import Viewer, path_of, station_of
from workflow.vocabulary import AnswerState


@dataclass(frozen=True, slots=True)
class Concern:
    """A decision that concerns the organisation.

    `years` are what lay on the table for it when the body decided; `missing` is what the case waits for from it now.
    """

    paragraf: Paragraf
    utdrag: Utdrag | None
    years: tuple[OwnYear, ...] = ()
    missing: tuple[str, ...] = ()
    answers: tuple[RoundAnswer, ...] = ()
    duties: tuple[Beslutsuppdrag, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A meeting as it concerns an organisation; `total` is the sum over what it approved, by year."""

    organisation: Organisation
    concerns: tuple[Concern, ...]
    total: tuple[OwnYear, ...]


def brief_of(who: Viewer, meeting: Meeting, organisation: Organisation) -> Brief:
    """Return what a meeting decided that concerns an organisation; ten statements whatever it decided.

    Decisions on satsningar where it takes part, or of which its contact body has been sent an extract. One with a
    secrecy mark is left out for whoever neither sits in the body that decided nor has been sent it with the mark.
    """
    contact = Body.objects.filter(kind=BodyKind.ORGANISATION, organisation=organisation, ended_on=None).first()
    received = {
        one.paragraf_id: one
        for one in Utdrag.objects.filter(paragraf__item__meeting=meeting, receiver=contact).select_related(
            "receiver", "paragraf__item__matter"
        )
    }
    rows = Paragraf.objects.filter(
        item__meeting=meeting, item__kind__in=(ItemKind.ARENDE, ItemKind.OVRIGT), outcome__in=DECISIONS
    )
    if meeting.body_id not in who.bodies:
        reads = contact is not None and contact.pk in who.bodies
        mine = [key for key, one in received.items() if reads and not sent_before_mark(one)]
        rows = rows.filter(unmarked("item__") | Q(pk__in=mine))
    paragrafer = list(
        rows.select_related("item__anmalan__satsning__beslutsorgan", "item__matter", "beslut").order_by(
            "year", "number"
        )
    )
    contents = _decided_contents(paragrafer)
    shares = {one.pk: for_organisation(contents.get(one.pk, {}), organisation.pk) for one in paragrafer}
    shares = {one.pk: for_organisation(contents.get(one.pk, {}), organisation.pk) for one in paragrafer}
    concerned = [one for one in paragrafer if one.pk in received or shares[one.pk].takes_part]
    missing = _missing(concerned, organisation)
    duties = _duties(concerned, contact)
    answers = _answers(concerned, contact)
    concerns = tuple(
        Concern(
            paragraf=one,
            utdrag=received.get(one.pk),
            years=shares[one.pk].years,
            missing=missing.get(_case_of(one), ()),
            answers=tuple(answers.get(_case_of(one), ())),
            duties=tuple(duties.get(one.pk, ())),
        )
        for one in concerned
    )
    approved = (one for one in concerns if one.paragraf.outcome in APPROVING)
    return Brief(organisation, concerns, summed(year for one in approved for year in one.years))


def _case_of(paragraf: Paragraf) -> int:
    return paragraf.item.anmalan.satsning_id if paragraf.item.anmalan else 0


def _decided_contents(paragrafer: Iterable[Paragraf]) -> dict[int, Parts]:
    """Return the content that each paragraph was decided on, as it was frozen; one statement."""
    wanted = {
        one.pk: one.beslut.revision_id if one.beslut else one.item.anmalan.revision_id
        for one in paragrafer
        if one.item.anmalan
    }
    frozen = dict(Revision.objects.filter(pk__in=wanted.values()).values_list("pk", "content"))
    return {key: json.loads(frozen[revision]) for key, revision in wanted.items()}


def _missing(paragrafer: Iterable[Paragraf], organisation: Organisation) -> dict[int, tuple[str, ...]]:
    """Return what the next gate of each case lacks from the organisation, as the case is now; two statements."""
    cases = {one.item.anmalan.satsning_id: one.item.anmalan.satsning for one in paragrafer if one.item.anmalan}
    contents, known = content.read_many(list(cases)), facts.read_many(list(cases))
    found: dict[int, tuple[str, ...]] = {}
    for key, satsning in cases.items():
        if station_of(satsning).is_final or key not in contents:
            continue
        gate = path_of(satsning).next_gate(satsning.station)
        lacks = gaps(gate, contents[key], known[key])
        mine = tuple(gap.message for gap in lacks if gap.organisation_id == organisation.pk)
        if mine:
            found[key] = mine
    return found


def _duties(paragrafer: Iterable[Paragraf], contact: Body | None) -> dict[int, list[Beslutsuppdrag]]:
    """Return what the decisions ask of the organisation, carried out or not, by paragraph; one statement."""
    found: dict[int, list[Beslutsuppdrag]] = {}
    rows = Beslutsuppdrag.objects.filter(paragraf__in=[one.pk for one in paragrafer], responsible=contact)
    for one in rows.select_related("done_by") if contact else ():
        found.setdefault(one.paragraf_id, []).append(one)
    return found


def _answers(paragrafer: Iterable[Paragraf], contact: Body | None) -> dict[int, list[RoundAnswer]]:
    """Return the answers that are waited for from the organisation, by case; one statement."""
    found: dict[int, list[RoundAnswer]] = {}
    rows = RoundAnswer.objects.filter(
        round__satsning__in=[_case_of(one) for one in paragrafer],
        round__closed_at=None,
        body=contact,
        state=AnswerState.VANTAR,
    )
    for one in rows.select_related("round") if contact else ():
        found.setdefault(one.round.satsning_id, []).append(one)
    return found

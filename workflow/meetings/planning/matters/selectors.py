"""Matters that are no satsning as pages read them: one, many, those that wait for an agenda, and how each stands."""

from enum import Enum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from governance.models import ArendegangVersion, Body, Fokusomrade
from workflow.meetings.models import AgendaItem, Meeting, OvrigBilaga, OvrigtArende, Paragraf
from workflow.meetings.planning.keeper import OPEN_AGENDA
from workflow.meetings.planning.matters.deciding import COMES_BACK
from workflow.meetings.rights import readable_matters
from workflow.rights import Viewer


class MatterState(Enum):
    """How far a matter has come; the value stands in addresses."""

    VANTAR = "vantar"
    PA_DAGORDNING = "pa_dagordning"
    AVGJORT = "avgjort"
    ATERTAGET = "atertaget"

    @property
    def label(self) -> str:
        """Return it in words."""
        return _LABELS[self][0]

    @property
    def color(self) -> str:
        """Return the colour of its tag."""
        return _LABELS[self][1]


_LABELS = {
    MatterState.VANTAR: ("Väntar på ett möte", "warning"),
    MatterState.PA_DAGORDNING: ("På dagordningen", "info"),
    MatterState.AVGJORT: ("Avgjort", "success"),
    MatterState.ATERTAGET: ("Återtaget", "neutral"),
}

_ON_AGENDA = AgendaItem.objects.filter(matter=OuterRef("pk"), settled_at=None, withdrawn_at=None)
_FINAL = Paragraf.objects.filter(item__matter=OuterRef("pk")).exclude(outcome__in=COMES_BACK)


def at(state: MatterState) -> Q:
    """Return the condition that a matter stands so; `state_of` is the same rule for one."""
    match state:
        case MatterState.VANTAR:
            return Q(closed_at=None) & ~Q(Exists(_ON_AGENDA))
        case MatterState.PA_DAGORDNING:
            return Q(closed_at=None) & Q(Exists(_ON_AGENDA))
        case MatterState.AVGJORT:
            return Q(closed_at__isnull=False) & Q(Exists(_FINAL))
    return Q(closed_at__isnull=False) & ~Q(Exists(_FINAL))


def with_state(rows: QuerySet[OvrigtArende]) -> QuerySet[OvrigtArende]:
    """Return the matters with what is said of each: body, who brings it, meeting ahead and paragraph."""
    return rows.select_related("body", "body__county", "created_by", "created_by_body").annotate(
        ahead_id=Subquery(_ON_AGENDA.values("meeting_id")[:1]),
        ahead_at=Subquery(_ON_AGENDA.values("meeting__starts_at")[:1]),
        decided_label=Subquery(_FINAL.order_by("-pk").values("label")[:1]),
        decided_words=Subquery(_FINAL.order_by("-pk").values("outcome_words")[:1]),
    )


def state_of(matter: OvrigtArende) -> MatterState:
    """Return how far a matter that `with_state` gave has come; `at` is the same rule for many."""
    if matter.closed_at is None:
        return MatterState.VANTAR if getattr(matter, "ahead_id", None) is None else MatterState.PA_DAGORDNING
    return MatterState.AVGJORT if getattr(matter, "decided_label", None) else MatterState.ATERTAGET


def readable_matter(who: Viewer, matter_id: int) -> OvrigtArende:
    """Return a matter with what is said of it.

    Raises:
        Http404: there is none that the person may read.

    """
    rows = with_state(readable_matters(who)).select_related("version__arendegang", "fokusomrade")
    matter = rows.filter(pk=matter_id).first()
    if matter is None:
        raise Http404
    return matter


def waiting_for_agenda(body_id: int) -> QuerySet[OvrigtArende]:
    """Return the open matters of a body that stand on no agenda, the oldest first: part of its backlog."""
    rows = OvrigtArende.objects.filter(at(MatterState.VANTAR), body=body_id).select_related("created_by_body")
    return rows.order_by("created_at", "pk")


def files_of(matter: OvrigtArende) -> list[OvrigBilaga]:
    """Return the files of a matter, in the order they came; one statement."""
    return list(OvrigBilaga.objects.filter(matter=matter, removed_at=None))


def paragraphs_of(matter: OvrigtArende) -> list[Paragraf]:
    """Return what meetings have made of a matter, the newest first; one statement."""
    rows = Paragraf.objects.filter(item__matter=matter).select_related("item__meeting")
    return list(rows.order_by("-recorded_at", "-pk"))


def meetings_to_choose(body_id: int) -> list[Meeting]:
    """Return the meetings of a body whose agenda a matter may be put on, the next one first; one statement."""
    return list(Meeting.objects.filter(body=body_id, state__in=OPEN_AGENDA).order_by("starts_at", "pk"))


def undecided_versions(body: Body) -> list[ArendegangVersion]:
    """Return the versions of the county's paths that carry no paragraph yet, the newest first; one statement."""
    rows = ArendegangVersion.objects.filter(arendegang__county=body.county_id, minuted_on=None)
    return list(rows.select_related("arendegang").order_by("-in_force_from", "-number"))


def undecided_areas(body: Body) -> list[Fokusomrade]:
    """Return the county's fokusområden that carry no paragraph yet; one statement."""
    return list(Fokusomrade.objects.filter(county=body.county_id, minuted_on=None).order_by("position", "pk"))


def bodies_with_matters(who: Viewer) -> list[tuple[int, str]]:
    """Return the bodies, id and name, that have matters the person may read; one statement."""
    rows = readable_matters(who).order_by("body__position", "body_id").values_list("body_id", F("body__name"))
    return list(dict.fromkeys(rows))

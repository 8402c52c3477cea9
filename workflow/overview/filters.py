"""What the overview may be narrowed by, as forms in the address, and the tags that take a filter away again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from governance.vocabulary import FINAL_KINDS, StationKind
from satsningar.models import Satsning
from satsningar.selectors import Filters, filtered
from workflow.avsteg.models import Avsteg
from workflow.avsteg.selectors import at
from workflow.deadlines.showing import stopped_for
from workflow.deadlines.vocabulary import Stopporsak
from workflow.forms.filters import FilterForm
from workflow.models import Anmalan
from workflow.overview.scope import Scope
from workflow.vocabulary import Avstegslage

LONGEST_SEARCH = 200
RUNNING = tuple(kind for kind in StationKind if kind not in FINAL_KINDS)
GROUPS: dict[str, tuple[str, tuple[StationKind, ...]]] = {
    "alla": ("Alla, även avslutade", tuple(StationKind)),
    "avslutade": ("Avslutade", tuple(kind for kind in StationKind if kind in FINAL_KINDS)),
}
"""Several kinds of step under one name in the address."""
AVSTEG = (("begart", "Väntar på svar"), ("medgivet", "Medgivet"), ("nagot", "Begärt någon gång"))
"""What the cases may have in the way of avsteg."""


class OverviewForm(FilterForm):
    """The filters that Läget and the list have in common; an empty one narrows nothing."""

    lan = forms.TypedChoiceField(label="Län", required=False, coerce=int, empty_value=None)
    steg = forms.ChoiceField(label="Steg", required=False)
    fokus = forms.TypedChoiceField(label="Fokusområde", required=False, coerce=int, empty_value=None)
    anmalda = forms.BooleanField(label="Bara anmälda till beslut", required=False)

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        """Offer what there is within the scope; a filter with nothing to choose between is left out."""
        super().__init__(data)
        self.scope = scope
        self.offer("lan", [(id_, county.name) for id_, county in scope.counties.items()])
        if len(scope.counties) < 2:  # noqa: PLR2004 - with one county there is nothing to choose
            del self.fields["lan"]
        self.offer("steg", [*self.step_groups(), *_present_kinds(scope)], nothing=self.every_step)
        self.offer("fokus", [(one.pk, one.name) for one in scope.fokusomraden])

    every_step = "Alla"

    def step_groups(self) -> list[tuple[str, str]]:
        """Return the choices that stand for several kinds of step."""
        return [("avslutade", GROUPS["avslutade"][0])]

    def kinds(self, otherwise: tuple[StationKind, ...]) -> tuple[StationKind, ...]:
        """Return the kinds of step that are chosen."""
        step = self.values.get("steg") or ""
        if step in GROUPS:
            return GROUPS[step][1]
        return (StationKind(step),) if step else otherwise

    def narrow(self, cases: QuerySet[Satsning], **more: Any) -> QuerySet[Satsning]:
        """Return the cases that meet every filter but that of the step."""
        values = self.values
        asked = Filters(county_id=values.get("lan"), fokusomrade_id=values.get("fokus"), **more)
        return brought(filtered(cases, asked)) if values.get("anmalda") else filtered(cases, asked)


class TrackingForm(OverviewForm):
    """The filters of Läget."""

    organ = forms.TypedChoiceField(label="Organ", required=False, coerce=int, empty_value=None)
    handlaggare = forms.TypedChoiceField(label="Handläggare", required=False, coerce=int, empty_value=None)
    avsteg = forms.ChoiceField(label="Avsteg", required=False, choices=[("", "Alla"), *AVSTEG])
    stopp = forms.ChoiceField(
        label="Står still", required=False, choices=[("", "Alla"), ("alla", "Av någon orsak"), *Stopporsak.choices]
    )
    sena = forms.BooleanField(label="Bara överskriden väntan", required=False)
    field_order = ("lan", "steg", "organ", "handlaggare", "fokus", "avsteg", "stopp", "anmalda", "sena")
    every_step = "Pågående"

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        """Offer the bodies and the officers too."""
        super().__init__(data, scope=scope)
        self.offer("organ", [(body.pk, body.name) for body in scope.groups()])
        self.offer("handlaggare", [(one.pk, one.name) for one in scope.officers])

    def step_groups(self) -> list[tuple[str, str]]:
        """Return the choices that stand for several kinds of step."""
        return [(name, label) for name, (label, _) in GROUPS.items()]

    def narrowed(self) -> QuerySet[Satsning]:
        """Return the cases that meet every filter but those of step and wait."""
        cases = self.narrow(self.scope.cases, body_id=self.values.get("organ"))
        officer, avsteg = self.values.get("handlaggare"), self.values.get("avsteg")
        if avsteg:
            cases = cases.filter(having_avsteg(avsteg))
        if stopp := self.values.get("stopp"):
            cases = cases.filter(stopped_for(stopp, self.scope.versions.values()))
        return cases.filter(handlaggare=officer) if officer else cases


class ListForm(OverviewForm):
    """The filters of the list of satsningar."""

    q = forms.CharField(label="Sök", required=False, max_length=LONGEST_SEARCH)
    organisation = forms.TypedChoiceField(label="Organisation", required=False, coerce=int, empty_value=None)
    grupp = forms.TypedChoiceField(label="Grupp", required=False, coerce=int, empty_value=None)
    mina = forms.BooleanField(label="Bara mina", required=False)
    field_order = ("q", "lan", "steg", "fokus", "organisation", "grupp", "anmalda", "mina")

    def __init__(self, data: QueryDict, *, scope: Scope) -> None:
        """Offer the organisations and the groups too."""
        super().__init__(data, scope=scope)
        self.offer("organisation", [(one.pk, one.name) for one in scope.organisations])
        self.offer("grupp", [(body.pk, body.name) for body in scope.groups()])

    def narrowed(self) -> QuerySet[Satsning]:
        """Return the cases that meet every filter but that of the step."""
        values = self.values
        cases = self.narrow(
            self.scope.cases,
            text=values.get("q") or "",
            body_id=values.get("grupp"),
            organisation_id=values.get("organisation"),
        )
        return cases.filter(mine(self.scope)) if values.get("mina") else cases


def brought(cases: QuerySet[Satsning]) -> QuerySet[Satsning]:
    """Return those of the cases that lie before a deciding body, at whatever step they stand."""
    return cases.filter(pk__in=Anmalan.objects.filter(closed_at=None).values("satsning"))


def having_avsteg(name: str) -> Q:
    """Return the condition that a case has an avsteg of the kind that `AVSTEG` names."""
    rows = Avsteg.objects.order_by()
    if name == "begart":
        rows = rows.filter(at(Avstegslage.BEGART))
    elif name == "medgivet":
        rows = rows.filter(at(Avstegslage.MEDGIVET) | at(Avstegslage.UPPHORT))
    return Q(pk__in=rows.values("satsning"))


def mine(scope: Scope) -> Q:
    """Return the condition that a case is the person's: one's group answers for it, one handles it or made it."""
    who = scope.who
    return Q(ansvarig_grupp__in=who.bodies) | Q(handlaggare=who.person_id) | Q(created_by=who.person_id)


def _present_kinds(scope: Scope) -> Iterable[tuple[str, str]]:
    """Return the kinds of step that the counties' paths have, named as a path names them where all agree."""
    names: dict[StationKind, set[str]] = {}
    for version in scope.versions.values():
        for station in version.stations.values():
            names.setdefault(station.kind, set()).add(station.name)
    return [
        (kind.value, next(iter(names[kind])) if len(names[kind]) == 1 else str(kind.label))
        for kind in StationKind
        if kind in names
    ]

"""What somebody overlooks: the cases they may read, with the counties, bodies and paths these belong to."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from governance.models import ArendegangVersion, Body, County, Fokusomrade, Organisation, Person
from governance.paths import PathVersion, StationValue, path_version
from governance.sorting import swedish
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind
from satsningar.models import Satsning
from workflow.rights import Viewer, readable


@dataclass(frozen=True)
class Scope:
    """The cases a person may read and the constitution around them; each part is read once, when first asked for."""

    who: Viewer

    @property
    def cases(self) -> QuerySet[Satsning]:
        """Return the cases the person may read."""
        return readable(self.who)

    @cached_property
    def counties(self) -> dict[int, County]:
        """Return the counties the person takes part in, by name."""
        return {county.pk: county for county in County.objects.filter(pk__in=self.who.counties).order_by("name")}

    @cached_property
    def bodies(self) -> dict[int, Body]:
        """Return the counties' bodies in the county files' order, ended ones and contacts' too."""
        rows = Body.objects.filter(county__in=self.who.counties).order_by("county", "position", "pk")
        return {body.pk: body for body in rows}

    @cached_property
    def versions(self) -> dict[int, PathVersion]:
        """Return every version of the counties' paths."""
        ids = ArendegangVersion.objects.filter(arendegang__county__in=self.who.counties).values_list("pk", flat=True)
        return {id_: path_version(id_) for id_ in ids}

    @cached_property
    def fokusomraden(self) -> list[Fokusomrade]:
        """Return the counties' fokusområden, ended ones too: cases still link to them."""
        return list(Fokusomrade.objects.filter(county__in=self.who.counties).order_by("county", "position", "pk"))

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Return the counties' organisations that have not ended."""
        rows = Organisation.objects.filter(county__in=self.who.counties, ended_on=None)
        return list(rows.order_by("county", "position", "pk"))

    @cached_property
    def officers(self) -> list[Person]:
        """Return those who are handläggare of any of the cases."""
        theirs = self.cases.filter(handlaggare=OuterRef("pk"))
        return list(Person.objects.filter(Exists(theirs)).order_by(swedish("name"), "pk"))

    def groups(self) -> list[Body]:
        """Return the bodies that a case may belong to, contacts' left out."""
        return [body for body in self.bodies.values() if body.kind != BodyKind.ORGANISATION]

    def station_of(self, version_id: int, code: str) -> StationValue:
        """Return a step of a version."""
        return self.versions[version_id].stations[code]

    def body_name(self, body_id: int | None) -> str:
        """Return a body's name, or an empty text for none."""
        return self.bodies[body_id].name if body_id in self.bodies else ""

    def holder_of(
        self, station: StationValue, ansvarig_grupp_id: int, beredningsgrupp_id: int | None, beslutsorgan_id: int
    ) -> str:
        """Return the name of the body that has the case at a step; an empty text where it has ended.

        Args:
            station: the step.
            ansvarig_grupp_id: the case's own group.
            beredningsgrupp_id: the body that prepares it, if any.
            beslutsorgan_id: the body that decides it.

        """
        key = station.held_by
        own = {
            ANSVARIG_GRUPP: ansvarig_grupp_id,
            BodyKind.BEREDNINGSGRUPP.value: beredningsgrupp_id,
            self.bodies[beslutsorgan_id].kind: beslutsorgan_id,
        }
        if key in own and own[key] is not None:
            return self.body_name(own[key])
        county = self.bodies[ansvarig_grupp_id].county_id
        named = (body for body in self.bodies.values() if body.county_id == county and key in {body.code, body.kind})
        body = next(named, None)
        return body.name if body else ""

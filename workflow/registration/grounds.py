"""What the registration of cases in one county stands on, each part read once for however many cases."""

from functools import cached_property

from governance.models import Body
from governance.paths import PathVersion
from governance.permissions import holders, today
from governance.selectors import bodies_taking_cases
from governance.vocabulary import Mandate, MoveKind
from satsningar.models import Satsning
from satsningar.newcontent import CountyReferences
from workflow.creation import bodies_of, path_in_force
from workflow.machine import Arende
from workflow.models import Registrering
from workflow.registration.entries import Entry
from workflow.rights import bodies_for

Key = tuple[str, int, object]


class Grounds:
    """A county's bodies, paths and people who prepare, and the cases that are there already."""

    def __init__(self, county_id: int) -> None:
        """Take the county."""
        self.county_id = county_id
        self.references = CountyReferences(county_id)
        self._paths: dict[int, PathVersion] = {}
        self._officers: dict[int, dict[int, str]] = {}

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """Return the county's bodies that have not ended."""
        return bodies_of(self.county_id)

    @cached_property
    def groups(self) -> tuple[Body, ...]:
        """Return the bodies that may be ansvarig grupp."""
        return tuple(bodies_taking_cases(self.county_id))

    @cached_property
    def taken(self) -> dict[tuple[int, str], tuple[int, str]]:
        """Return the cases that have a number, as id and title, by their deciding body and number."""
        rows = Satsning.objects.filter(county=self.county_id).exclude(reference="")
        fields = rows.values_list("beslutsorgan", "reference", "pk", "uppdrag__titel")
        return {(body, reference): (pk, titel or "") for body, reference, pk, titel in fields}

    @cached_property
    def registered(self) -> dict[Key, int]:
        """Return the cases registered before, by title, group and day of decision."""
        rows = Registrering.objects.filter(satsning__county=self.county_id)
        fields = rows.values_list("satsning__uppdrag__titel", "satsning__ansvarig_grupp", "decided_on", "pk")
        return {key_of(titel or "", group, day): pk for titel, group, day, pk in fields}

    def there_already(self, entry: Entry) -> int | None:
        """Return the case that an entry is about where it is registered: by its number and title, or by what it is."""
        same = self.registered.get(key_of(entry.titel, entry.ansvarig_grupp.pk, entry.decided_on))
        if same is not None:
            return same
        numbered = (taken for (_, number), taken in self.taken.items() if number == entry.reference)
        titled = (pk for pk, title in numbered if title.casefold() == entry.titel.casefold())
        return next(titled, None)

    def path(self, group: Body) -> PathVersion:
        """Return the version in force of the path that a group's cases take.

        Raises:
            Invalid: none is in force.

        """
        if group.pk not in self._paths:
            self._paths[group.pk] = path_in_force(group)
        return self._paths[group.pk]

    def officers(self, arende: Arende, path: PathVersion) -> dict[int, str]:
        """Return those who may be handläggare of a case, by id: who prepares in the bodies that take it up."""
        takes_up = [move for move in path.moves if move.kind == MoveKind.TA_UPP]
        bodies = {body.pk for move in takes_up for body in bodies_for(move, arende, self.bodies)}
        found: dict[int, str] = {}
        for body_id in sorted(bodies):
            if body_id not in self._officers:
                held = holders(body_id, Mandate.BEREDA, today())
                self._officers[body_id] = {holder.person_id: holder.name for holder in held}
            found |= self._officers[body_id]
        return found


def key_of(titel: str, group_id: int, decided_on: object) -> Key:
    """Return what makes two registrations the same one."""
    return " ".join(titel.casefold().split()), group_id, decided_on

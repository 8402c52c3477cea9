"""The template to fill in: a workbook with the county's bodies and roles to choose among, or the same as CSV."""

from collections.abc import Sequence

from governance.import_people.columns import COLUMNS, MOST_ROWS
from governance.import_people.spec import Column
from governance.models import Body, County, Organisation, Seat
from governance.permissions import today
from governance.sheets import templates
from governance.sheets.templates import Listed
from governance.sorting import swedish
from governance.vocabulary import BodyKind, Role

RULES = (
    "En rad är ett uppdrag. Den som har flera uppdrag får en rad för varje, med samma e-postadress.",
    "Den som inte står i filen påverkas inte. Ett uppdrag avslutas med en dag i Till på samma rad som förut.",
    f"Högst {MOST_ROWS} rader i en fil. Samma fil två gånger ändrar ingenting andra gången.",
    "Ingenting skrivs när du laddar upp filen. Du ser först fel och skillnad, och läser sedan in.",
)
LISTS = "Organ och roller"


def example(bodies: Sequence[Body], organisations: Sequence[Organisation], roles: Sequence[Role]) -> dict[str, str]:
    """Return what the example row says."""
    return {
        Column.NAMN: "Rut Exempelberg",
        Column.EPOST: "rut.exempelberg@exempel.test",
        Column.BEFATTNING: "Verksamhetschef",
        Column.ORGAN: bodies[0].name if bodies else "",
        Column.ROLL: str(roles[0].label) if roles else "",
        Column.FORETRADER: organisations[0].name if organisations else "",
        Column.FRAN: today().isoformat(),
        Column.TILL: "",
    }


class _County:
    """What the template is made of."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.organisations = list(Organisation.objects.filter(county=county, ended_on=None).order_by(swedish("name")))
        rows = Body.objects.filter(county=county, ended_on=None).order_by("position", "pk")
        self.bodies = sorted(rows, key=lambda body: body.kind == BodyKind.ORGANISATION)
        held: dict[int, set[str]] = {}
        for body_id, role in Seat.objects.filter(body__in=self.bodies).values_list("body", "role"):
            held.setdefault(body_id, set()).add(role)
        self.roles = {body_id: [role for role in Role if role.value in roles] for body_id, roles in held.items()}
        of_any = {role for roles in self.roles.values() for role in roles}
        self.all_roles = [role for role in Role if role in of_any]

    def example(self) -> dict[str, str]:
        """Return the example row."""
        first = self.bodies[:1]
        roles = self.roles.get(first[0].pk, []) if first else []
        return example(first, self.organisations, roles)

    def lists(self) -> list[Listed]:
        """Return what there is to choose among."""
        return [
            Listed("Organ i länet", [body.name for body in self.bodies], Column.ORGAN, width=38),
            Listed("Kod", [body.code for body in self.bodies]),
            Listed("Roller i organet", [self._roles_of(body) for body in self.bodies], width=38),
            Listed("Roller", [str(role.label) for role in self.all_roles], Column.ROLL),
            Listed(""),
            Listed("Organisationer", [one.name for one in self.organisations], Column.FORETRADER),
        ]

    def _roles_of(self, body: Body) -> str:
        return ", ".join(role.label.lower() for role in self.roles.get(body.pk, []))


def as_csv(county: County) -> bytes:
    """Return the template as CSV."""
    return templates.as_csv(COLUMNS, _County(county).example())


def as_xlsx(county: County) -> bytes:
    """Return the template as a workbook: a sheet to fill in, one that explains, one of bodies and their roles."""
    known = _County(county)
    return templates.as_workbook(
        "Personer",
        COLUMNS,
        rules=RULES,
        most_rows=MOST_ROWS,
        example=known.example(),
        lists_title=LISTS,
        lists=known.lists(),
    )

"""Which mandates a county may give to which roles: who is co-opted acts never, and only members decide."""

from collections.abc import Mapping
from types import MappingProxyType

from governance.countyfile.fields import listed
from governance.countyfile.problems import Problems
from governance.countyfile.spec import CountySpec
from governance.vocabulary import Mandate, Role

_CHAIR = (Role.ORDFORANDE, Role.VICE_ORDFORANDE)
ONLY_FOR: Mapping[Mandate, tuple[Role, ...]] = MappingProxyType(
    {
        Mandate.BESLUTA: (*_CHAIR, Role.LEDAMOT, Role.ERSATTARE),
        Mandate.GE_AVSTEG: (*_CHAIR, Role.LEDAMOT),
    }
)
"""The roles that may have these mandates; every role but *adjungerad* may have any other."""


def check_mandates(spec: CountySpec, problems: Problems) -> None:
    """Note every mandate that a role cannot have, whatever the kind of body."""
    for kind, roles in spec.mandates.items():
        for role, held in roles.items():
            place = f"mandat.{kind.value}.{role.value}"
            if role is Role.ADJUNGERAD and held:
                problems.add(
                    place,
                    f"En adjungerad läser och yttrar sig men har inga mandat, och kan inte ha {listed(held)}.",
                    "Skriv adjungerad = [], eller ge mandatet till en annan roll.",
                )
                continue
            for mandate in held:
                allowed = ONLY_FOR.get(mandate)
                if allowed is not None and role not in allowed:
                    problems.add(
                        place,
                        f"Rollen ”{role.value}” kan inte ha mandatet ”{mandate.value}”.",
                        f"Ta bort mandatet, eller ge det till någon av rollerna {listed(allowed)}.",
                    )

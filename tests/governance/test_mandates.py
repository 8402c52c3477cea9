"""Which mandates a county file may give to which roles."""

import pytest

from governance.countyfile import CountyFileError, Problem, read_county
from governance.countyfile.defaults import MANDATES
from governance.vocabulary import Mandate, Role
from tests.governance.conftest import SORMLAND

CHAIR = 'ordforande = ["besluta", "leda_mote", "protokollfora", "ge_avsteg"]'
DECIDING = {"ordforande", "vice_ordforande", "ledamot", "ersattare"}


def problems(role: str, *mandates: str) -> list[Problem]:
    """Return what is wrong when a role of the steering group has these mandates."""
    held = ", ".join(f'"{mandate}"' for mandate in mandates)
    chair = "" if role == "ordforande" else CHAIR
    try:
        read_county(
            f'{SORMLAND}\n[mandat.styrgrupp]\n{chair}\nhandlaggare = ["bereda", "protokollfora"]\n{role} = [{held}]\n'
        )
    except CountyFileError as refusal:
        return list(refusal.problems)
    return []


@pytest.mark.parametrize("mandate", [mandate.value for mandate in Mandate])
def test_somebody_co_opted_has_no_mandate(mandate: str) -> None:
    (problem,) = problems("adjungerad", mandate)

    assert problem.place == "mandat.styrgrupp.adjungerad"
    assert problem.line is not None
    assert problem.message == (f"En adjungerad läser och yttrar sig men har inga mandat, och kan inte ha ”{mandate}”.")
    assert problem.remedy == "Skriv adjungerad = [], eller ge mandatet till en annan roll."
    assert not problems("adjungerad")


@pytest.mark.parametrize("role", [role.value for role in Role if role not in {Role.ADJUNGERAD, Role.HANDLAGGARE}])
@pytest.mark.parametrize(("mandate", "allowed"), [("besluta", DECIDING), ("ge_avsteg", DECIDING - {"ersattare"})])
def test_only_members_decide_and_waive(role: str, mandate: str, allowed: set[str]) -> None:
    found = problems(role, "besluta", "ge_avsteg") if role == "ordforande" else problems(role, mandate)

    if role in allowed:
        assert found == []
    else:
        (problem,) = found
        assert problem.place == f"mandat.styrgrupp.{role}"
        assert problem.message == f"Rollen ”{role}” kan inte ha mandatet ”{mandate}”."
        assert "ge det till någon av rollerna ”ordforande”, ”vice_ordforande”, ”ledamot”" in problem.remedy


def test_no_default_waives_by_others_than_the_chair() -> None:
    waiving = {role for roles in MANDATES.values() for role, held in roles.items() if Mandate.GE_AVSTEG in held}

    assert waiving == {Role.ORDFORANDE, Role.VICE_ORDFORANDE}

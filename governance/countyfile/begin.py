"""Writes the county file of a new county from a few answers; it is always valid and says what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from governance.countyfile.defaults import MANDATES
from governance.countyfile.export import export_spec
from governance.countyfile.fields import code_of
from governance.countyfile.ready import fitted, limited, ready_paths
from governance.countyfile.spec import BodySpec, CountySpec, OrganisationSpec, RuleSpec, contact_body
from governance.meeting_rules import MeetingRule, unusual, usual_rule
from governance.official import municipalities, regions
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, OrganisationKind, QuorumRule, RequirementCode

BODY_CODE, ORGANISATION_CODE = 50, 42
"""How long codes may be."""
SUGGESTED_LIMIT = 5_000_000
"""Kronor above which a nämnd decides, until the county says otherwise."""
GOTLAND = "09"
"""Whose region and only municipality are one authority; it stands in the file in both capacities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An arbetsgrupp; `works_for` is the place of its beredningsgrupp among the answers, or None for the styrgrupp."""

    name: str
    works_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody says about a new county; names are cleaned as a county file's are.

    `second_level` is the place of the beredningsgrupp that prepares after the others, where the path has such a level;
    `limit` is the cost in kronor above which the nämnd decides, where it has such a limit.
    """

    county_code: str
    municipalities: tuple[str, ...]
    others: tuple[tuple[str, OrganisationKind], ...] = ()
    styrgrupp: str
    rule: RuleSpec
    meeting: MeetingRule = field(default_factory=lambda: usual_rule(BodyKind.STYRGRUPP))
    prefix: str
    support: str
    namnd: str = ""
    preparing: tuple[str, ...] = ()
    groups: tuple[Group, ...]
    path: str
    second_level: int | None = None
    limit: int | None = None
    in_force_from: date
    decided_by: str = ""


class _Codes:
    """Gives every name a code of its own."""

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def give(self, name: str, otherwise: str, *, longest: int, ending: str = "") -> str:
        """Return the code made of a name, or of `otherwise` when it has no letters, with a number when it is taken."""
        base = code_of(name) or otherwise
        number = 1
        while True:
            tail = ending if number == 1 else f"-{number}"
            code = f"{base[: longest - len(tail)].rstrip('-')}{tail}"
            if code not in self._taken and f"kontakt-{code}" not in self._taken:
                self._taken.add(code)
                return code
            number += 1


def default_rule(municipality_count: int) -> RuleSpec:
    """Return the rule that a styrgrupp has unless it says otherwise: the region and more than half of the kommuner."""
    return RuleSpec(quorum=QuorumRule.REGION_OCH_KOMMUNER, municipalities=municipality_count // 2 + 1)


def default_answers(county_code: str, *, in_force_from: date, path: str = "standard") -> Answers:
    """Return the answers that the guide suggests for a region: all its municipalities and the usual bodies."""
    codes = tuple(sorted(code for code, one in municipalities().items() if one.county_code == county_code))
    preparing = ("Beredningsgruppen", "Gemensamma beredningsgruppen")[: ready_paths()[path].preparing]
    return Answers(
        county_code=county_code,
        municipalities=codes,
        styrgrupp="Länsstyrgruppen",
        rule=default_rule(len(codes)),
        prefix="LSG",
        support="Länsgemensamt regionalt stöd",
        preparing=preparing,
        groups=(Group(name="Arbetsgruppen", works_for=0 if preparing else None),),
        path=path,
        namnd="Den politiska nämnden" if ready_paths()[path].has_limit else "",
        second_level=1 if ready_paths()[path].has_second_level else None,
        limit=SUGGESTED_LIMIT if ready_paths()[path].has_limit else None,
        in_force_from=in_force_from,
    )


def new_county(answers: Answers) -> CountySpec:
    """Return the county that the answers describe.

    The gate of *inlämning* does not ask for a fokusområde: a new county has none yet.
    """
    region = regions()[answers.county_code]
    organisations = _organisations(answers)
    contacts = [contact_body(one).code for one in organisations]
    bodies, second_level = _bodies(answers, _Codes(*BodyKind.values, ANSVARIG_GRUPP, *contacts))
    kinds = {body.kind for body in bodies} | {BodyKind.ORGANISATION}
    path = fitted(
        ready_paths()[answers.path],
        in_force_from=answers.in_force_from,
        decided_by=answers.decided_by,
        second_level=second_level,
        without=frozenset({RequirementCode.FOKUSOMRADE}),
    )
    return CountySpec(
        code=region.code,
        name=region.name,
        county_code=region.county_code,
        organisations=organisations,
        bodies=bodies,
        mandates={kind: MANDATES[kind] for kind in BodyKind if kind in kinds},
        paths=(limited(path, answers.limit),),
    )


def write_new_county(answers: Answers) -> str:
    """Return the county file that the answers give."""
    spec = new_county(answers)
    lines = (
        f"Länsfil för {spec.name}, gjord i guiden för nya län. Formatet beskrivs i docs/lansfil.md.",
        "Målbild och fokusområden läggs till när de är beslutade, med kravet ”fokusomrade” i grinden inlamning.",
    )
    return "".join(f"# {line}\n" for line in lines) + "\n" + export_spec(spec)


def _organisations(answers: Answers) -> tuple[OrganisationSpec, ...]:
    region = regions()[answers.county_code]
    codes = _Codes()
    on_gotland = answers.county_code == GOTLAND
    name = f"{region.region_name}, regionens uppgifter" if on_gotland else region.region_name
    found = [
        OrganisationSpec(
            code=codes.give(region.region_name, "regionen", longest=ORGANISATION_CODE),
            name=name,
            kind=OrganisationKind.REGION,
        )
    ]
    for kommunkod in answers.municipalities:
        official = municipalities()[kommunkod]
        found.append(
            OrganisationSpec(
                code=codes.give(official.name, "kommun", longest=ORGANISATION_CODE),
                name=f"{region.region_name}, kommunens uppgifter" if on_gotland else official.full_name,
                kind=OrganisationKind.KOMMUN,
                kommunkod=kommunkod,
            )
        )
    found += [
        OrganisationSpec(code=codes.give(name, "organisation", longest=ORGANISATION_CODE), name=name, kind=kind)
        for name, kind in answers.others
    ]
    return tuple(found)


def _bodies(answers: Answers, codes: _Codes) -> tuple[tuple[BodySpec, ...], str]:
    """Return the bodies, and the code of the second level of preparation or an empty one."""

    def give(names: Iterable[str], otherwise: str) -> list[str]:
        return [codes.give(name, otherwise, longest=BODY_CODE) for name in names]

    namnd = give([answers.namnd], "namnden")[0] if answers.namnd else ""
    [styrgrupp] = give([answers.styrgrupp], "styrgruppen")
    preparing = give(answers.preparing, "beredningen")
    groups = give((group.name for group in answers.groups), "gruppen")
    [support] = give([answers.support], "stodet")
    second = preparing[answers.second_level] if answers.second_level is not None else ""
    found = []
    if namnd:
        formal = RuleSpec(quorum=QuorumRule.MER_AN_HALFTEN, formalities=True)
        found.append(BodySpec(code=namnd, name=answers.namnd, kind=BodyKind.NAMND, rule=formal))
    found.append(
        BodySpec(
            code=styrgrupp,
            name=answers.styrgrupp,
            kind=BodyKind.STYRGRUPP,
            parent=namnd,
            reference_pattern=f"{answers.prefix} {{ar}}-{{nummer:04d}}",
            rule=answers.rule,
            meeting=unusual(BodyKind.STYRGRUPP, answers.meeting),
        )
    )
    for code, name in zip(preparing, answers.preparing, strict=True):
        parent = second if second and code != second else styrgrupp
        found.append(BodySpec(code=code, name=name, kind=BodyKind.BEREDNINGSGRUPP, parent=parent))
    for code, group in zip(groups, answers.groups, strict=True):
        parent = preparing[group.works_for] if group.works_for is not None else styrgrupp
        found.append(BodySpec(code=code, name=group.name, kind=BodyKind.ARBETSGRUPP, parent=parent))
    found.append(BodySpec(code=support, name=answers.support, kind=BodyKind.REGIONALT_STOD, parent=styrgrupp))
    return tuple(found), second

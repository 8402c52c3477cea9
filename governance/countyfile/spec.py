"""A county file as a value: what is read, checked, compared, loaded and exported.

`place` says where in the file a thing stands; two files that say the same are equal wherever they say it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from governance.conditions import Condition
from governance.deadlines import Frister
from governance.meeting_rules import MeetingRule
from governance.vocabulary import (
    BodyKind,
    Mandate,
    MoveKind,
    Omfattning,
    OrganisationKind,
    QuorumRule,
    RequirementCode,
    Role,
    StationKind,
)

MandateTable = Mapping[BodyKind, Mapping[Role, tuple[Mandate, ...]]]
"""What each role may do in each kind of body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSpec:
    """An `[[organisation]]`."""

    code: str
    name: str
    kind: OrganisationKind
    kommunkod: str = ""
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSpec:
    """A `beslutsregel`: how a deciding body is quorate and whether a nämnd's formalities apply."""

    quorum: QuorumRule
    share: int | None = None
    municipalities: int | None = None
    formalities: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySpec:
    """An `[[organ]]`; `parent`, `organisation` and `arendegang` are codes or empty.

    `meeting` is None where the body meets by its kind's default, however the file says so.
    """

    code: str
    name: str
    kind: BodyKind
    purpose: str = ""
    mandate_text: str = ""
    parent: str = ""
    organisation: str = ""
    arendegang: str = ""
    reference_pattern: str = ""
    rule: RuleSpec | None = None
    meeting: MeetingRule | None = None
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSpec:
    """A coded line of the target picture."""

    code: str
    name: str
    description: str = ""
    unit: str = ""
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MalbildSpec:
    """The `[malbild]` with what belongs to the whole of it."""

    name: str
    year: int
    decided_by: str = ""
    framgangsfaktorer: tuple[ItemSpec, ...] = ()
    forflyttningar: tuple[ItemSpec, ...] = ()
    perspektiv: tuple[ItemSpec, ...] = ()
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MalomradeSpec:
    """A `[[malomrade]]` with its value words."""

    item: ItemSpec
    vardeord: tuple[ItemSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FokusomradeSpec:
    """A `[[fokusomrade]]` with its period and aims."""

    item: ItemSpec
    starts_on: date
    ends_on: date
    decided_by: str = ""
    malsattningar: tuple[ItemSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArstemaSpec:
    """An `[[arstema]]`: what the county concentrates on for one year."""

    item: ItemSpec
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndikatorSpec:
    """An `[[indikator]]` of a målområde, with its mått."""

    item: ItemSpec
    malomrade: str
    matt: tuple[ItemSpec, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSpec:
    """An `[[arendegang.steg]]`."""

    code: str
    name: str
    kind: StationKind
    held_by: str = ""
    days: int | None = None
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSpec:
    """An `[arendegang.grind.<kod>]`."""

    code: str
    name: str
    requirements: tuple[RequirementCode, ...]
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSpec:
    """An `[[arendegang.forflyttning]]`; `made_by` maps who to the mandate needed there."""

    code: str
    name: str
    kind: MoveKind
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    made_by: Mapping[str, Mandate] = field(default_factory=dict)
    in_meeting: bool = False
    needs_reason: bool = False
    gate: str = ""
    condition: Condition | None = None
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSpec:
    """An `[[arendegang]]` in one version."""

    code: str
    name: str
    standard: bool
    number: int
    in_force_from: date
    omfattning: Omfattning
    decided_on: date | None = None
    decided_by: str = ""
    stations: tuple[StationSpec, ...] = ()
    gates: tuple[GateSpec, ...] = ()
    moves: tuple[MoveSpec, ...] = ()
    frister: Frister = field(default_factory=Frister)
    place: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountySpec:
    """A whole county file; `mandates` is complete: defaults are filled in for every kind of body it has."""

    code: str
    name: str
    county_code: str = ""
    organisations: tuple[OrganisationSpec, ...] = ()
    bodies: tuple[BodySpec, ...] = ()
    mandates: MandateTable = field(default_factory=dict)
    malbild: MalbildSpec | None = None
    malomraden: tuple[MalomradeSpec, ...] = ()
    fokusomraden: tuple[FokusomradeSpec, ...] = ()
    indikatorer: tuple[IndikatorSpec, ...] = ()
    arsteman: tuple[ArstemaSpec, ...] = ()
    funding: tuple[ItemSpec, ...] = ()
    paths: tuple[PathSpec, ...] = ()

    @property
    def is_administered(self) -> bool:
        """Tell whether some role in some body administers people."""
        return any(Mandate.ADMINISTRERA in held for roles in self.mandates.values() for held in roles.values())

    def body_kinds(self) -> frozenset[BodyKind]:
        """Return the kinds of body the county has, that of its organisations' contacts included."""
        contacts = {BodyKind.ORGANISATION} if self.organisations else set()
        return frozenset({body.kind for body in self.bodies} | contacts)


def contact_body(organisation: OrganisationSpec) -> BodySpec:
    """Return the body of an organisation's contacts, which every organisation has without being written."""
    return BodySpec(
        code=f"kontakt-{organisation.code}",
        name=f"Kontaktpersoner i {organisation.name}",
        kind=BodyKind.ORGANISATION,
        organisation=organisation.code,
        place=organisation.place,
    )

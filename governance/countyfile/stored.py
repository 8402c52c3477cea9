"""Reads a loaded county: its rows by code, and the same county as the value a file would give."""

from dataclasses import dataclass, field
from typing import Any

from governance.countyfile.spec import (
    ArstemaSpec,
    BodySpec,
    CountySpec,
    FokusomradeSpec,
    IndikatorSpec,
    ItemSpec,
    MalbildSpec,
    MalomradeSpec,
    MandateTable,
    OrganisationSpec,
    PathSpec,
    RuleSpec,
)
from governance.countyfile.stored_versions import read_versions
from governance.meeting_rules import meeting_rule
from governance.models import (
    Arendegang,
    ArendegangVersion,
    Arstema,
    Body,
    County,
    Fokusomrade,
    Forflyttning,
    Framgangsfaktor,
    FundingArea,
    Indikator,
    Malbild,
    Malomrade,
    Malsattning,
    Matt,
    Organisation,
    Perspektiv,
    Seat,
    Vardeord,
)
from governance.models.target import CountyItem
from governance.permissions import granted_mandates, today
from governance.vocabulary import (
    BodyKind,
    Mandate,
    OrganisationKind,
    QuorumRule,
    Role,
)

CODED: tuple[type[Any], ...] = (
    Organisation,
    Body,
    Arendegang,
    Malomrade,
    Vardeord,
    Framgangsfaktor,
    Forflyttning,
    Perspektiv,
    Fokusomrade,
    Malsattning,
    Indikator,
    Matt,
    Arstema,
    FundingArea,
)
"""The tables whose rows are known by a code within the county, and end rather than disappear."""


@dataclass(frozen=True, slots=True)
class StoredCounty:
    """A county's rows, ended ones included; a county that is not loaded yet has none."""

    county: County | None
    malbild: Malbild | None = None
    coded: dict[type[Any], dict[str, Any]] = field(default_factory=lambda: {model: {} for model in CODED})
    seats: dict[tuple[str, Role], Seat] = field(default_factory=dict)
    held: dict[int, set[Mandate]] = field(default_factory=dict)
    versions: dict[str, tuple[PathSpec, ...]] = field(default_factory=dict)
    """The version of each path that is in force, if any, and those to come, by number; ended paths included."""
    decided: dict[tuple[str, int], str] = field(default_factory=dict)
    """By which paragraph, of those versions that a meeting here has decided, by path and number."""

    @property
    def newest(self) -> dict[str, PathSpec]:
        """Return the newest version of each path."""
        return {code: versions[-1] for code, versions in self.versions.items()}

    @property
    def spec(self) -> CountySpec | None:
        """Return the county as a file would say it, or None when it is not loaded."""
        return _spec(self, self.county) if self.county else None


def read_stored(code: str) -> StoredCounty:
    """Read everything that a county file governs, a statement per table."""
    county = County.objects.filter(code=code).first()
    if county is None:
        return StoredCounty(None)
    coded = {
        model: {row.code: row for row in model._default_manager.filter(county=county).order_by("pk")} for model in CODED
    }
    bodies = {body.pk: body for body in coded[Body].values()}
    versions = _current(county)
    paths = {row.pk: row.code for row in coded[Arendegang].values()}
    seats = list(Seat.objects.filter(body__county=county).order_by("pk"))
    return StoredCounty(
        county=county,
        malbild=Malbild.objects.filter(county=county).first(),
        coded=coded,
        seats={(bodies[seat.body_id].code, Role(seat.role)): seat for seat in seats},
        held=granted_mandates(seats),
        versions=read_versions(versions, coded[Arendegang].values()),
        decided={
            (paths[row.arendegang_id], row.number): f"{row.minuted_by} {row.minuted_on}, {row.decided_paragraph}"
            for row in versions.values()
            if row.decided_paragraph
        },
    )


def _current(county: County) -> dict[int, ArendegangVersion]:
    """Return the versions that are in force or to come, by path and number."""
    found: list[ArendegangVersion] = []
    behind: int | None = None
    for version in ArendegangVersion.objects.filter(arendegang__county=county).order_by("arendegang_id", "-number"):
        if version.arendegang_id == behind:
            continue
        found.append(version)
        if version.in_force_from <= today():
            behind = version.arendegang_id
    return {version.pk: version for version in reversed(found)}


def _live(stored: StoredCounty, model: type[Any]) -> list[Any]:
    """Return the rows that have not ended, in the file's order."""
    rows = [row for row in stored.coded[model].values() if row.ended_on is None]
    return sorted(rows, key=lambda row: (getattr(row, "position", 0), row.pk))


def _item(row: CountyItem) -> ItemSpec:
    unit = row.unit if isinstance(row, Matt) else ""
    return ItemSpec(code=row.code, name=row.name, description=row.description, unit=unit)


def _spec(stored: StoredCounty, county: County) -> CountySpec:
    codes = {model: {row.pk: row.code for row in rows.values()} for model, rows in stored.coded.items()}
    live = {model: _live(stored, model) for model in CODED}
    malbild = stored.malbild
    return CountySpec(
        code=county.code,
        name=county.name,
        county_code=county.county_code,
        organisations=tuple(
            OrganisationSpec(code=row.code, name=row.name, kind=OrganisationKind(row.kind), kommunkod=row.kommunkod)
            for row in live[Organisation]
        ),
        bodies=tuple(_body(row, codes) for row in live[Body] if row.kind != BodyKind.ORGANISATION),
        mandates=_mandates(stored, live[Body]),
        malbild=MalbildSpec(
            name=malbild.name,
            year=malbild.year,
            decided_by=malbild.decided_by,
            framgangsfaktorer=tuple(_item(row) for row in live[Framgangsfaktor]),
            forflyttningar=tuple(_item(row) for row in live[Forflyttning]),
            perspektiv=tuple(_item(row) for row in live[Perspektiv]),
        )
        if malbild
        else None,
        malomraden=tuple(
            MalomradeSpec(
                item=_item(area), vardeord=tuple(_item(row) for row in live[Vardeord] if row.malomrade_id == area.pk)
            )
            for area in live[Malomrade]
        ),
        fokusomraden=tuple(
            FokusomradeSpec(
                item=_item(focus),
                starts_on=focus.starts_on,
                ends_on=focus.ends_on,
                decided_by=focus.decided_by,
                malsattningar=tuple(_item(row) for row in live[Malsattning] if row.fokusomrade_id == focus.pk),
            )
            for focus in live[Fokusomrade]
        ),
        indikatorer=tuple(
            IndikatorSpec(
                item=_item(indikator),
                malomrade=codes[Malomrade][indikator.malomrade_id],
                matt=tuple(_item(row) for row in live[Matt] if row.indikator_id == indikator.pk),
            )
            for indikator in live[Indikator]
        ),
        arsteman=tuple(ArstemaSpec(item=_item(row), year=row.year) for row in live[Arstema]),
        funding=tuple(_item(row) for row in live[FundingArea]),
        paths=tuple(stored.newest[row.code] for row in live[Arendegang]),
    )


def _body(row: Body, codes: dict[type[Any], dict[int, str]]) -> BodySpec:
    rule = row.rule
    return BodySpec(
        code=row.code,
        name=row.name,
        kind=BodyKind(row.kind),
        purpose=row.purpose,
        mandate_text=row.mandate_text,
        parent=codes[Body][row.parent_id] if row.parent_id else "",
        organisation=codes[Organisation][row.organisation_id] if row.organisation_id else "",
        arendegang=codes[Arendegang][row.arendegang_id] if row.arendegang_id else "",
        reference_pattern=row.reference_pattern,
        rule=RuleSpec(
            quorum=QuorumRule(rule["quorum"]),
            share=rule.get("share"),
            municipalities=rule.get("municipalities"),
            formalities=rule["formalities"],
        )
        if rule
        else None,
        meeting=meeting_rule(row) if row.meeting_rule else None,
    )


def _mandates(stored: StoredCounty, bodies: list[Body]) -> MandateTable:
    """Return the roles per kind; a kind whose bodies have come to differ has none, so that loading mends it."""
    found: dict[BodyKind, dict[Role, tuple[Mandate, ...]]] = {}
    for body in bodies:
        kind = BodyKind(body.kind)
        roles = {
            role: tuple(mandate for mandate in Mandate if mandate in stored.held[seat.pk])
            for (code, role), seat in stored.seats.items()
            if code == body.code
        }
        ordered = {role: roles[role] for role in Role if role in roles}
        if found.setdefault(kind, ordered) != ordered:
            found[kind] = {}
    return {kind: found[kind] for kind in BodyKind if kind in found}

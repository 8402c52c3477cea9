"""Brings the rows of a county to what a checked file says: bulk writes, a statement or two per table."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db.models import Model

from governance.countyfile.spec import BodySpec, CountySpec, ItemSpec, RuleSpec, contact_body
from governance.countyfile.stored import StoredCounty
from governance.countyfile.write_versions import write_versions
from governance.meeting_rules import differing
from governance.models import (
    Arendegang,
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
from governance.permissions import grant_mandates
from governance.vocabulary import Role

M = TypeVar("M", bound=Model)
Wanted = dict[str, dict[str, Any]]


def write(spec: CountySpec, stored: StoredCounty, day: date, dropped: Mapping[str, Collection[int]]) -> County:
    """Write the county, inside the caller's transaction and lock.

    Effects, in order: the county; organisations and paths; bodies with their parents; seats with their
    mandates; the target picture; versions to come that are withdrawn or replaced, and those that are not
    there yet. What else the file no longer has is ended on `day`, never removed: cases may refer to it.
    """
    county = _save(stored.county or County(code=spec.code), {"name": spec.name, "county_code": spec.county_code})
    writer = _Writer(county, stored, day)
    writer.structure(spec)
    writer.target(spec)
    write_versions(spec.paths, stored, dropped)
    return county


def _save(row: M, values: Mapping[str, Any]) -> M:
    """Give the row these values and save it, where that changes anything."""
    if row.pk is None or any(getattr(row, key) != value for key, value in values.items()):
        for key, value in values.items():
            setattr(row, key, value)
        row.save()
    return row


class _Writer:
    """The county's rows on their way to what the file says."""

    def __init__(self, county: County, stored: StoredCounty, day: date) -> None:
        self.county = county
        self.stored = stored
        self.day = day

    def sync(self, model: type[Any], wanted: Wanted, *, first: Iterable[str] = ()) -> dict[str, Any]:
        """End, change and add rows so that those not ended are exactly the wanted; return them by code.

        Args:
            model: the table.
            wanted: the values of each row by its code.
            first: fields that are unique among rows: emptied first in rows whose value changes.

        """
        rows = self.stored.coded[model]
        manager = model._default_manager
        gone = [row.pk for code, row in rows.items() if code not in wanted and row.ended_on is None]
        if gone:
            manager.filter(pk__in=gone).update(ended_on=self.day)
        changed = []
        fields: set[str] = set()
        for code, values in wanted.items():
            if code in rows:
                new = {
                    key: value
                    for key, value in {**values, "ended_on": None}.items()
                    if getattr(rows[code], key) != value
                }
                if new:
                    changed.append((rows[code], new))
                    fields.update(new)
        for name in fields.intersection(first):
            manager.filter(pk__in=[row.pk for row, new in changed if name in new]).update(**{name: ""})
        for row, new in changed:
            for key, value in new.items():
                setattr(row, key, value)
        if changed:
            manager.bulk_update([row for row, _ in changed], sorted(fields))
        added = [model(county=self.county, code=code, **values) for code, values in wanted.items() if code not in rows]
        if added:
            manager.bulk_create(added)
        rows.update({row.code: row for row in added})
        return {code: rows[code] for code in wanted}

    def structure(self, spec: CountySpec) -> None:
        """Write organisations, paths, bodies and what their roles may do."""
        organisations = self.sync(
            Organisation,
            {
                one.code: {"name": one.name, "kind": one.kind.value, "kommunkod": one.kommunkod, "position": position}
                for position, one in enumerate(spec.organisations)
            },
            first=("kommunkod",),
        )
        paths = self.sync(Arendegang, {one.code: {"name": one.name, "standard": one.standard} for one in spec.paths})
        ended = [one.pk for one in self.stored.coded[Arendegang].values() if one.standard and one.code not in paths]
        if ended:
            Arendegang.objects.filter(pk__in=ended).update(standard=False)
        specs = (*spec.bodies, *(contact_body(organisation) for organisation in spec.organisations))
        bodies = self.sync(
            Body,
            {
                one.code: {
                    "name": one.name,
                    "kind": one.kind.value,
                    "purpose": one.purpose,
                    "mandate_text": one.mandate_text,
                    "organisation_id": organisations[one.organisation].pk if one.organisation else None,
                    "arendegang_id": paths[one.arendegang].pk if one.arendegang else None,
                    "rule": _rule(one.rule),
                    "meeting_rule": differing(one.kind, one.meeting) if one.meeting else {},
                    "reference_pattern": one.reference_pattern,
                    "position": position,
                }
                for position, one in enumerate(specs)
            },
        )
        self._parents(specs, bodies)
        self._seats(spec, specs, bodies)

    def _parents(self, specs: Iterable[BodySpec], bodies: Mapping[str, Body]) -> None:
        moved = []
        for one in specs:
            parent_id = bodies[one.parent].pk if one.parent else None
            if bodies[one.code].parent_id != parent_id:
                bodies[one.code].parent_id = parent_id
                moved.append(bodies[one.code])
        if moved:
            Body.objects.bulk_update(moved, ["parent"])

    def _seats(self, spec: CountySpec, specs: Iterable[BodySpec], bodies: Mapping[str, Body]) -> None:
        wanted = {(one.code, role): held for one in specs for role, held in spec.mandates[one.kind].items()}
        seats = self.stored.seats
        gone = [seat.group_id for (code, role), seat in seats.items() if code in bodies and (code, role) not in wanted]
        if gone:
            Group.objects.filter(pk__in=gone).delete()
        missing: list[tuple[str, Role]] = [key for key in wanted if key not in seats]
        groups = Group.objects.bulk_create(Group(name=f"{self.county.code}/{code}/{role}") for code, role in missing)
        added = Seat.objects.bulk_create(
            Seat(body=bodies[code], role=role.value, group=group)
            for (code, role), group in zip(missing, groups, strict=True)
        )
        here = {**seats, **dict(zip(missing, added, strict=True))}
        differing = {
            here[key]: held
            for key, held in wanted.items()
            if key not in seats or self.stored.held[here[key].pk] != set(held)
        }
        if differing:
            grant_mandates(differing)

    def target(self, spec: CountySpec) -> None:
        """Write the target picture and the areas of state funding."""
        malbild = spec.malbild
        if malbild:
            values = {"name": malbild.name, "year": malbild.year, "decided_by": malbild.decided_by}
            _save(self.stored.malbild or Malbild(county=self.county), values)
        elif self.stored.malbild:
            self.stored.malbild.delete()
        self.sync(Framgangsfaktor, _items(malbild.framgangsfaktorer if malbild else ()))
        self.sync(Forflyttning, _items(malbild.forflyttningar if malbild else ()))
        self.sync(Perspektiv, _items(malbild.perspektiv if malbild else ()))
        areas = self.sync(Malomrade, _items(one.item for one in spec.malomraden))
        focuses = self.sync(
            Fokusomrade,
            _with(
                _items(one.item for one in spec.fokusomraden),
                {
                    one.item.code: {
                        "starts_on": one.starts_on,
                        "ends_on": one.ends_on,
                        "decided_by": one.decided_by,
                    }
                    for one in spec.fokusomraden
                },
            ),
        )
        indikatorer = self.sync(
            Indikator,
            _with(
                _items(one.item for one in spec.indikatorer),
                {one.item.code: {"malomrade_id": areas[one.malomrade].pk} for one in spec.indikatorer},
            ),
        )
        self.sync(Vardeord, _under("malomrade_id", areas, ((one.item.code, one.vardeord) for one in spec.malomraden)))
        self.sync(
            Malsattning,
            _under("fokusomrade_id", focuses, ((one.item.code, one.malsattningar) for one in spec.fokusomraden)),
        )
        matt = _under("indikator_id", indikatorer, ((one.item.code, one.matt) for one in spec.indikatorer))
        units = {item.code: {"unit": item.unit} for one in spec.indikatorer for item in one.matt}
        self.sync(Matt, _with(matt, units))
        years = {one.item.code: {"year": one.year} for one in spec.arsteman}
        self.sync(Arstema, _with(_items(one.item for one in spec.arsteman), years))
        self.sync(FundingArea, _items(spec.funding))


def _rule(rule: RuleSpec | None) -> dict[str, object]:
    if rule is None:
        return {}
    found = {"quorum": rule.quorum.value, "share": rule.share, "municipalities": rule.municipalities}
    return {**{key: value for key, value in found.items() if value is not None}, "formalities": rule.formalities}


def _items(items: Iterable[ItemSpec]) -> Wanted:
    return {
        item.code: {"name": item.name, "description": item.description, "position": position}
        for position, item in enumerate(items)
    }


def _with(items: Wanted, more: Wanted) -> Wanted:
    return {code: {**values, **more[code]} for code, values in items.items()}


def _under(key: str, parents: Mapping[str, Any], groups: Iterable[tuple[str, tuple[ItemSpec, ...]]]) -> Wanted:
    pairs = [(code, item) for code, items in groups for item in items]
    owner = {item.code: {key: parents[code].pk} for code, item in pairs}
    return _with(_items(item for _, item in pairs), owner)

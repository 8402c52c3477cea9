"""The only writer of a satsning's content: one part at a time, whole, into its tables.

Who may write and whether the case may be written is asked by `workflow.edits`, which also holds the lock. A value has
the shape that `satsningar.content` reads: fields by column name, lists under their keys, each line
with its `id` or none.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db import models as db
from django.utils import timezone

from governance.models import Organisation
from governance.models.target import CountyItem
from satsningar import content
from satsningar.cleaning import clean_text
from satsningar.content import Content
from satsningar.errors import Conflict
from satsningar.models import Effektmatt, Satsning, Uppdrag
from satsningar.models.parts import PartRow
from satsningar.partcleaning import PartCleaner, plain_row
from satsningar.partspec import PARTS, PartSpec, content_fields
from satsningar.partversions import keep_version
from satsningar.references import named
from satsningar.vocabulary import PartCode

TITLE_LIMIT = 200

OWN_ROWS: Mapping[str, str] = {
    PartCode.INFORANDE: "kommuner",
    PartCode.VARDEN: "varden",
    PartCode.LAGE: "organisationer",
}
"""The lists where an organisation answers for its own lines, by part."""


def create_content(satsning_id: int, titel: str, *, person_id: int) -> int:
    """Write the first words of a satsning, its title; return the version of *uppdrag*.

    Raises:
        ValidationError: when there is no title or it is too long.

    """
    _assert_in_transaction()
    text, now = clean_title(titel), timezone.now()
    spec = PARTS[PartCode.UPPDRAG]
    after = {**spec.empty(), "titel": text}
    keep_version(satsning_id, spec, before=spec.empty(), after=after, version=1, at=now, person_id=person_id)
    Uppdrag.objects.create(satsning_id=satsning_id, titel=text, version=1, saved_at=now, saved_by_id=person_id)
    return 1


def clean_title(titel: str) -> str:
    """Return a title as it is stored.

    Raises:
        ValidationError: when it is empty or too long.

    """
    try:
        text = clean_text(titel, limit=TITLE_LIMIT, one_line=True)
    except ValidationError as error:
        raise ValidationError({"titel": error.messages}) from None
    if not text:
        raise ValidationError({"titel": "Ge satsningen en titel."})
    return text


def write_part(satsning_id: int, code: str, value: Mapping[str, Any], *, person_id: int, expected_version: int) -> int:
    """Write one part; return its version afterwards.

    What `value` does not mention stays as it is, keys that only show references (`…_namn`) are passed over. Lines keep
    their ids, lines without one are new, lines left out are removed. Effects, in order: the part is read; nothing is
    written when nothing differs; otherwise removed lines go, changed and new ones are written with their positions, the
    version is kept, and the part's own row is written with its version raised by one.

    Raises:
        Conflict: when the part has another version than `expected_version`.
        ValidationError: with a sentence for every field that cannot be stored.

    """
    _assert_in_transaction()
    read = _read(satsning_id, code, expected_version)
    return _write(read, PARTS[code], value, person_id)


def checked_value(satsning_id: int, code: str, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of a part as it would be stored and read again, without storing it.

    What it refers to carries its name, so that it can be shown and frozen as it is.

    Raises:
        ValidationError: with a sentence for every field that cannot be stored.

    """
    read, spec = content.read(satsning_id), PARTS[code]
    plain = PartCleaner(spec, read.part(code), lambda field, ids: _allowed(read, field, ids)).clean(value)
    if spec.code == PartCode.UPPFOLJNING:
        kept = {row["id"] for row in plain["matt"]}
        _refuse_removal_of_measured(
            read, "matt", [row["id"] for row in read.rows(code, "matt") if row["id"] not in kept]
        )
    return named(spec, plain, read)


def write_rows_of_organisation(  # noqa: PLR0913 - the same facts as `write_part`, and whose lines
    satsning_id: int,
    code: str,
    rows: Collection[Mapping[str, Any]],
    *,
    organisation_id: int,
    person_id: int,
    expected_version: int,
) -> int:
    """Write one organisation's own lines of *införande*, *värden* or *läge*; return the part's version afterwards.

    `rows` are the organisation's lines, all of them; the lines of others and the part's own fields stay as they are.

    Raises:
        Conflict: when the part has another version than `expected_version`.
        ValidationError: with a sentence for every field that cannot be stored, lines counted within `rows`.

    """
    _assert_in_transaction()
    key = OWN_ROWS[code]
    read = _read(satsning_id, code, expected_version)
    before = read.rows(code, key)
    others = [row for row in before if row["organisation_id"] != organisation_id]
    own_ids = {row["id"] for row in before if row["organisation_id"] == organisation_id}
    own = [{**row, "organisation_id": organisation_id} for row in rows]
    for number, row in enumerate(own):
        if row.get("id") is not None and row["id"] not in own_ids:
            raise ValidationError({f"{key}-{number}-id": "Raden hör inte till din organisation."})
    place = next((n for n, row in enumerate(before) if row["organisation_id"] == organisation_id), len(before))
    place = sum(row["organisation_id"] != organisation_id for row in before[:place])
    try:
        return _write(read, PARTS[code], {key: [*others[:place], *own, *others[place:]]}, person_id)
    except ValidationError as error:
        raise ValidationError(_counted_from(error.message_dict, key, place)) from None


def _counted_from(errors: Mapping[str, list[str]], key: str, first: int) -> dict[str, list[str]]:
    """Return errors whose lines are counted from `first` instead of 0."""
    counted: dict[str, list[str]] = {}
    for name, messages in errors.items():
        head, _, rest = name.removeprefix(f"{key}-").partition("-")
        moved = f"{key}-{int(head) - first}-{rest}" if name.startswith(f"{key}-") and head.isdigit() else name
        counted[moved] = messages
    return counted


def _assert_in_transaction() -> None:
    if not connection.in_atomic_block:
        msg = "content is written inside the transaction that holds the lock on the satsning"
        raise transaction.TransactionManagementError(msg)


def _read(satsning_id: int, code: str, expected_version: int) -> Content:
    read = content.read(satsning_id)
    version = read.versions[code]
    if version != expected_version:
        raise Conflict(read.part(code), version)
    return read


def _write(read: Content, spec: PartSpec, value: Mapping[str, Any], person_id: int) -> int:
    current, version = read.part(spec.code), read.versions[spec.code]
    plain = PartCleaner(spec, current, lambda field, ids: _allowed(read, field, ids)).clean(value)
    before = plain_value(spec, current)
    if plain == before:
        return version
    for key, model in spec.rows.items():
        plain[key] = _write_rows(read, key, model, before[key], plain[key])
    own, now = {field.attname: plain[field.attname] for field in spec.fields}, timezone.now()
    after = named(spec, plain, read)
    keep_version(read.satsning_id, spec, before=current, after=after, version=version + 1, at=now, person_id=person_id)
    instance = spec.model(satsning_id=read.satsning_id, version=version + 1, saved_at=now, saved_by_id=person_id, **own)
    spec.model._default_manager.bulk_create(
        [instance],
        update_conflicts=True,
        unique_fields=["satsning"],
        update_fields=["version", "saved_at", "saved_by", *(field.name for field in spec.fields)],
    )
    return version + 1


def plain_value(spec: PartSpec, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of a part without what only shows its references."""
    plain = plain_row(spec.fields, value)
    for key, model in spec.rows.items():
        plain[key] = [plain_row(content_fields(model), row) for row in value[key]]
    return plain


def _write_rows(
    read: Content, key: str, model: type[PartRow], before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Write the lines of a list; return them with the ids of the new ones."""
    kept = {row["id"] for row in after}
    removed = [row["id"] for row in before if row["id"] not in kept]
    if removed:
        if model is Effektmatt:
            _refuse_removal_of_measured(read, key, removed)
        model._default_manager.filter(satsning=read.satsning_id, pk__in=removed).delete()
    was = {row["id"]: (position, row) for position, row in enumerate(before)}
    instances = [
        model(satsning_id=read.satsning_id, position=position, **row)
        for position, row in enumerate(after)
        if row["id"] is None or was[row["id"]] != (position, row)
    ]
    new = [instance for instance in instances if instance.pk is None]
    changed = [instance for instance in instances if instance.pk is not None]
    manager: Any = model._default_manager
    manager.bulk_create(new)
    if changed:
        names = [field.name for field in content_fields(model) if not field.primary_key]
        manager.bulk_create(changed, update_conflicts=True, unique_fields=["pk"], update_fields=["position", *names])
    ids = iter(instance.pk for instance in new)
    return [row if row["id"] is not None else {**row, "id": next(ids)} for row in after]


def _refuse_removal_of_measured(read: Content, key: str, removed: Collection[int]) -> None:
    measured = {row["effektmatt_id"] for row in read.rows("varden", "varden")}
    names = [row["namn"] for row in read.rows("uppfoljning", "matt") if row["id"] in measured.intersection(removed)]
    if names:
        listed = ", ".join(f"”{name}”" for name in names)
        raise ValidationError({key: f"{listed} har mätvärden och kan inte tas bort. Ta bort värdena först."})


def _allowed(read: Content, field: db.ForeignKey[Any, Any], ids: Collection[int]) -> Collection[int]:
    """Return which of the ids a field of this satsning may refer to: its county's own, not ended."""
    target = field.related_model
    if target is Organisation:
        return {organisation.id for organisation in read.organisations}
    if target is Effektmatt:
        return {row["id"] for row in read.rows("uppfoljning", "matt")}
    if issubclass(target, CountyItem):
        county = Satsning.objects.filter(pk=read.satsning_id).values("county")
        found = target._default_manager.filter(pk__in=ids, ended_on=None, county__in=county)
        return set(found.values_list("pk", flat=True))
    msg = f"no rule for what {field} may refer to"
    raise TypeError(msg)
